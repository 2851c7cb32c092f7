#include "shared/wire/codec.h"
#include "tests/support/testing.h"
#include "tests/unit/wire/random_messages.h"

namespace zige::wire::testing {
namespace {

constexpr std::uint64_t kSeeds = 300;
constexpr std::size_t kDamagedBytes = 700;  // longer encodings are damaged only up to here

/// What the same tests do with every message.
struct Message {
    const char* name;
    Bytes (*draw)(std::uint64_t seed);       ///< a random value, encoded
    Result<Bytes> (*again)(ByteView bytes);  ///< decoded and encoded again
    bool (*survives)(std::uint64_t seed);    ///< decode(encode(value)) == value
};

template <class Value, Value (*kDraw)(Draw&), Result<Value> (*kDecode)(ByteView)>
Message message(const char* name) {
    return {name,
            [](std::uint64_t seed) {
                Draw draw(seed);
                return encode(kDraw(draw));
            },
            [](ByteView bytes) -> Result<Bytes> {
                ZIGE_TRY(value, kDecode(bytes));
                return encode(value);
            },
            [](std::uint64_t seed) {
                Draw draw(seed);
                const Value value = kDraw(draw);
                const auto back = kDecode(encode(value));
                if (!back.ok()) CPPUNIT_FAIL(back.error().describe());
                return *back == value;
            }};
}

const Message kMessages[] = {
    message<State, draw_state, decode_state>("state"),
    message<Head, draw_head, decode_head>("head"),
    message<Config, draw_config, decode_config>("config"),
    message<Record, draw_record, decode_record>("record"),
    message<Delta, draw_delta, decode_delta>("delta"),
    message<Manifest, draw_manifest, decode_manifest>("manifest"),
    message<JournalEntry, draw_journal_entry, decode_journal_entry>("journal_entry"),
    message<Segment, draw_segment, decode_segment>("segment"),
    message<Filing, draw_filing, decode_filing>("filing"),
    message<SyncRequest, draw_sync_request, decode_sync_request>("sync_request"),
    message<Held, draw_held, decode_held>("held"),
    message<SyncAnswer, draw_sync_answer, decode_sync_answer>("sync_answer"),
    message<TrustDocument, draw_trust_document, decode_trust_document>("trust_document"),
    message<SignedTrust, draw_signed_trust, decode_signed_trust>("signed_trust"),
    message<EnrolRequest, draw_enrol_request, decode_enrol_request>("enrol_request"),
    message<EnrolAnswer, draw_enrol_answer, decode_enrol_answer>("enrol_answer"),
    message<IneligibleUpdate, draw_ineligible_update, decode_ineligible_update>("ineligible_update"),
    message<CopyHandIn, draw_copy_hand_in, decode_copy_hand_in>("copy_hand_in"),
    message<Revocation, draw_revocation, decode_revocation>("revocation"),
    message<RenewRequest, draw_renew_request, decode_renew_request>("renew_request"),
    message<RenewAnswer, draw_renew_answer, decode_renew_answer>("renew_answer"),
    message<Statement, draw_statement, decode_statement>("statement"),
    message<EnrolFile, draw_enrol_file, decode_enrol_file>("enrol_file"),
    message<EnrolReply, draw_enrol_reply, decode_enrol_reply>("enrol_reply"),
};

std::string at_seed(std::uint64_t seed) { return "seed " + std::to_string(seed); }

TEST_EACH(Codec, gives_back_what_was_encoded, kMessages) {
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) CPPUNIT_ASSERT_MESSAGE(at_seed(seed), row.survives(seed));
}

TEST_EACH(Codec, refuses_every_truncation, kMessages) {
    const Bytes whole = row.draw(7);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto result = row.again(ByteView(whole).first(size));
        CPPUNIT_ASSERT_MESSAGE("cut to " + std::to_string(size), !result.ok());
        CPPUNIT_ASSERT_EQUAL(Errc::untrusted, result.error().code());
    }
}

TEST_EACH(Codec, refuses_a_byte_too_many, kMessages) {
    Bytes longer = row.draw(7);
    longer.push_back(std::byte{0});
    const auto result = row.again(longer);
    CPPUNIT_ASSERT(!result.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_trailing_bytes, result.error().id);
}

/// There is one encoding of each value: what a damaged message is read as is never what it was before.
TEST_EACH(Codec, reads_a_flipped_bit_as_another_value_or_not_at_all, kMessages) {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
        const Bytes whole = row.draw(seed);
        for (std::size_t bit = 0; bit < std::min(whole.size(), kDamagedBytes) * 8; ++bit) {
            Bytes damaged = whole;
            damaged[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
            const auto result = row.again(damaged);
            if (result.ok()) CPPUNIT_ASSERT_EQUAL_MESSAGE(at_seed(seed), to_hex(damaged), to_hex(*result));
        }
    }
}

}  // namespace
}  // namespace zige::wire::testing
