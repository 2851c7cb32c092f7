#include "shared/wire/receipt.h"

#include <functional>

#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "tests/support/fixed_keys.h"
#include "tests/support/testing.h"

namespace zige::wire {
namespace {

using zige::testing::fixed_signer;

constexpr std::uint64_t kFirst = 20;
constexpr AgentId kAgent{7};
constexpr Chapter kChapter{2};

/// A batch of `size` entries of one agent, signed, and receipts of it.
struct SignedBatch {
    explicit SignedBatch(std::size_t size, Suite which = Suite::ed25519_sha256)
        : suite(which),
          hasher(make_hasher(which)),
          verifier(make_verifier(which)),
          signer(fixed_signer(std::byte{0x31}, which)) {
        for (std::size_t i = 0; i < size; ++i) {
            entries.push_back(encode(JournalEntry{kFirst + i, {}, ContactEntry{}}));
            leaves.push_back(merkle_leaf(entries.back(), *hasher));
        }
        const Bytes message = batch_message(kAgent, kChapter, kFirst, kFirst + size - 1, merkle_root(leaves, *hasher));
        batch = {kFirst, kFirst + size - 1, signer->sign(message).value()};
    }
    Receipt receipt(std::size_t at) const {
        return {suite, kAgent, kChapter, kFirst + at, batch, merkle_path(leaves, at, *hasher), entries[at]};
    }
    Result<JournalEntry> check(const Receipt& receipt) const {
        return check_receipt(receipt, signer->public_key(), *hasher, *verifier);
    }

    Suite suite;
    std::unique_ptr<Hasher> hasher;
    std::unique_ptr<Verifier> verifier;
    std::unique_ptr<Signer> signer;
    std::vector<Bytes> entries;
    std::vector<Hash256> leaves;
    BatchSignature batch;
};

}  // namespace

TEST(Receipts, every_entry_of_a_batch_has_one) {
    for (const Suite suite : {Suite::ed25519_sha256, Suite::sm2_sm3})
        for (std::size_t size = 1; size <= 9; ++size) {
            const SignedBatch signed_batch(size, suite);
            for (std::size_t at = 0; at < size; ++at) {
                const Receipt receipt = signed_batch.receipt(at);
                CPPUNIT_ASSERT(receipt == read_receipt(write_receipt(receipt)).value());
                CPPUNIT_ASSERT_EQUAL(kFirst + at, signed_batch.check(receipt).value().index);
            }
        }
}

TEST(Receipts, line_ends_of_other_systems_are_taken) {
    const Receipt receipt = SignedBatch(3).receipt(1);
    std::string text = write_receipt(receipt);
    text.pop_back();
    CPPUNIT_ASSERT(receipt == read_receipt(text).value());
    std::string windows;
    for (const char c : text) windows += c == '\n' ? "\r\n" : std::string(1, c);
    CPPUNIT_ASSERT(receipt == read_receipt(windows).value());
}

/// RCT-1 to RCT-4: no character stands there that nothing depends on.
TEST(Receipts, refuses_every_changed_character) {
    const SignedBatch signed_batch(5);
    const std::string text = write_receipt(signed_batch.receipt(2));
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == '1' ? '2' : '1';
        const auto receipt = read_receipt(changed);
        CPPUNIT_ASSERT_MESSAGE(changed.substr(0, i + 1), !receipt.ok() || !signed_batch.check(*receipt).ok());
    }
}

namespace {

struct Row {
    const char* name;
    std::function<void(Receipt&)> spoil;
    ErrorId id;
};
const Row kRows[] = {
    {"another_suite", [](Receipt& r) { r.suite = Suite::sm2_sm3; }, ErrorId::wire_unknown_algorithm},
    {"another_number", [](Receipt& r) { ++r.number; }, ErrorId::wire_bad_value},
    {"a_path_that_is_too_short", [](Receipt& r) { r.path.pop_back(); }, ErrorId::wire_bad_root},
    {"a_path_that_is_too_long", [](Receipt& r) { r.path.push_back({}); }, ErrorId::wire_bad_root},
    {"another_hash_in_the_path", [](Receipt& r) { r.path[0][0] ^= std::byte{1}; }, ErrorId::wire_bad_signature},
    {"another_agent", [](Receipt& r) { ++r.agent.value; }, ErrorId::wire_bad_signature},
    {"another_chapter", [](Receipt& r) { ++r.chapter.value; }, ErrorId::wire_bad_signature},
    {"a_batch_that_ends_later", [](Receipt& r) { ++r.batch.last; }, ErrorId::wire_bad_root},
    {"another_signature", [](Receipt& r) { r.batch.signature[9] ^= std::byte{1}; }, ErrorId::wire_bad_signature},
    {"bytes_behind_the_entry", [](Receipt& r) { r.entry.push_back({}); }, ErrorId::wire_trailing_bytes},
    {"an_entry_of_its_own",
     [](Receipt& r) {
         r.entry = encode(JournalEntry{r.number, {}, PhoneCodeEntry{1, 1}});
     },
     ErrorId::wire_bad_signature},
};

}  // namespace

TEST_EACH(Receipts, refuses, kRows) {
    const SignedBatch signed_batch(4);
    Receipt receipt = signed_batch.receipt(1);
    row.spoil(receipt);
    CPPUNIT_ASSERT_EQUAL(row.id, signed_batch.check(receipt).error().id);
}

namespace {

struct TextRow {
    const char* name;
    std::function<void(std::string&)> spoil;
    ErrorId id;
    const char* field;
};
std::function<void(std::string&)> replace(std::string from, std::string to) {
    return [from, to](std::string& text) { text.replace(text.find(from), from.size(), to); };
}
const TextRow kTexts[] = {
    {"nothing", [](std::string& t) { t.clear(); }, ErrorId::wire_missing_field, "receipt.zige-receipt"},
    {"a_later_version", replace("receipt 1", "receipt 2"), ErrorId::wire_unknown_version, "receipt"},
    {"no_suite", replace("suite ed25519-sha256\n", ""), ErrorId::wire_missing_field, "receipt.suite"},
    {"an_unknown_suite", replace("ed25519-sha256", "rot13"), ErrorId::wire_bad_value, "receipt.suite"},
    {"a_zero_in_front", replace("agent 7", "agent 07"), ErrorId::wire_bad_value, "receipt.agent"},
    {"a_number_that_is_none", replace("agent 7", "agent seven"), ErrorId::wire_bad_value, "receipt.agent"},
    {"a_number_outside_the_batch", replace("number 21", "number 24"), ErrorId::wire_bad_value, "receipt.number"},
    {"a_batch_without_end", replace("last 23", "last 99999999"), ErrorId::wire_bad_value, "receipt.number"},
    {"half_a_byte", replace("signature ", "signature 0"), ErrorId::wire_bad_value, "receipt.signature"},
    {"capitals", replace("entry 83", "entry 8A"), ErrorId::wire_bad_value, "receipt.entry"},
    {"half_a_hash", replace("path ", "path 00 "), ErrorId::wire_bad_value, "receipt.path"},
    {"a_blank_behind_the_path", replace("\nentry", " \nentry"), ErrorId::wire_bad_value, "receipt.path"},
    {"a_line_more", [](std::string& t) { t += "\n"; }, ErrorId::wire_trailing_bytes, "receipt"},
    {"too_much", [](std::string& t) { t.append(kMaxReceiptBytes, ' '); }, ErrorId::wire_too_large, "receipt"},
};

}  // namespace

TEST_EACH(Receipts, refuses_a_text_with, kTexts) {
    std::string text = write_receipt(SignedBatch(4).receipt(1));
    row.spoil(text);
    const auto receipt = read_receipt(text);
    CPPUNIT_ASSERT(!receipt.ok());
    CPPUNIT_ASSERT_EQUAL(row.id, receipt.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), receipt.error().field);
}

}  // namespace zige::wire
