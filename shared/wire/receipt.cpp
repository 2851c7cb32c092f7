#include "shared/wire/receipt.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "shared/base/codes.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"
#include "shared/wire/merkle.h"

namespace zige::wire {
namespace {

constexpr std::string_view kTitle = "zige-receipt";
constexpr std::string_view kVersion = "1";
constexpr std::size_t kMaxSignature = 128;

/// What is no plain ASCII is shown as question marks.
std::string shown(std::string_view value) {
    std::string text(value.substr(0, 60));
    for (char& c : text)
        if (c < ' ' || c > '~') c = '?';
    return text;
}

Error bad(std::string_view name, std::string_view value) {
    return fail(ErrorId::wire_bad_value, "receipt." + std::string(name), shown(value));
}

/// "ed25519-sha256": as people write it, with hyphens.
std::string name_of(Suite suite) {
    std::string name = to_string(suite);
    std::ranges::replace(name, '_', '-');
    return name;
}

std::optional<Suite> suite_of(std::string_view name) {
    for (const Suite suite : {Suite::ed25519_sha256, Suite::sm2_sm3})
        if (name == name_of(suite)) return suite;
    return std::nullopt;
}

/// The lines of a receipt, one after the other.
class Lines {
public:
    explicit Lines(std::string_view text) : left_(text) {}

    Result<std::string_view> value(std::string_view name) {
        std::string_view line = left_.substr(0, left_.find('\n'));
        const std::string_view rest = left_.substr(std::min(left_.size(), line.size() + 1));
        if (line.ends_with('\r')) line.remove_suffix(1);
        const bool named = line.starts_with(name) && (line.size() == name.size() || line[name.size()] == ' ');
        if (!named) return fail(ErrorId::wire_missing_field, "receipt." + std::string(name));
        left_ = rest;
        line.remove_prefix(std::min(line.size(), name.size() + 1));
        return line;
    }
    /// Digits only, and none too many in front.
    Result<std::uint64_t> number(std::string_view name, std::uint64_t max) {
        ZIGE_TRY(words, value(name));
        std::uint64_t number = 0;
        const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), number);
        const bool whole = error == std::errc() && end == words.data() + words.size();
        if (!whole || number == 0 || number > max || words.front() == '0') return bad(name, words);
        return number;
    }
    Result<Bytes> bytes(std::string_view name, std::size_t max) {
        ZIGE_TRY(words, value(name));
        auto read = from_hex(words);
        if (!read || read->empty() || read->size() > max || to_hex(*read) != words) return bad(name, words);
        return *std::move(read);
    }
    bool at_end() const { return left_.empty(); }

private:
    std::string_view left_;
};

Result<std::vector<Hash256>> read_path(std::string_view words) {
    std::vector<Hash256> path;
    while (!words.empty()) {
        const std::string_view one = words.substr(0, words.find(' '));
        const auto bytes = from_hex(one);
        if (!bytes || bytes->size() != Hash256{}.size() || to_hex(*bytes) != one || path.size() == kMaxReceiptPath)
            return bad("path", one);
        path.emplace_back();
        std::copy(bytes->begin(), bytes->end(), path.back().begin());
        words.remove_prefix(one.size());
        if (words.empty()) break;
        words.remove_prefix(1);
        if (words.empty()) return bad("path", "a blank at its end");
    }
    return path;
}

Result<void> read_head(Lines& lines, Receipt& receipt) {
    ZIGE_TRY(version, lines.value(kTitle));
    if (version != kVersion) return fail(ErrorId::wire_unknown_version, "receipt", shown(version));
    ZIGE_TRY(suite_name, lines.value("suite"));
    const auto suite = suite_of(suite_name);
    if (!suite) return bad("suite", suite_name);
    receipt.suite = *suite;
    constexpr std::uint64_t k32 = std::numeric_limits<std::uint32_t>::max();
    ZIGE_TRY(agent, lines.number("agent", k32));
    ZIGE_TRY(chapter, lines.number("chapter", k32));
    ZIGE_TRY(number, lines.number("number", kMaxSeq));
    ZIGE_TRY(first, lines.number("first", kMaxSeq));
    ZIGE_TRY(last, lines.number("last", kMaxSeq));
    receipt.agent = {static_cast<std::uint32_t>(agent)};
    receipt.chapter = {static_cast<std::uint32_t>(chapter)};
    receipt.number = number;
    receipt.batch.first = first;
    receipt.batch.last = last;
    if (number < first || number > last || last - first >= (1U << kMaxReceiptPath))
        return bad("number", "not one of first to last");
    return {};
}

}  // namespace

std::string write_receipt(const Receipt& receipt) {
    std::string text = std::string(kTitle) + " " + std::string(kVersion) + "\n";
    const auto line = [&text](std::string_view name, std::string_view value) {
        text.append(name).append(" ").append(value).append("\n");
    };
    line("suite", name_of(receipt.suite));
    line("agent", std::to_string(receipt.agent.value));
    line("chapter", std::to_string(receipt.chapter.value));
    line("number", std::to_string(receipt.number));
    line("first", std::to_string(receipt.batch.first));
    line("last", std::to_string(receipt.batch.last));
    line("signature", to_hex(receipt.batch.signature));
    text += "path";
    for (const Hash256& hash : receipt.path) text += " " + to_hex(hash);
    text += "\n";
    line("entry", to_hex(receipt.entry));
    return text;
}

Result<Receipt> read_receipt(std::string_view text) {
    if (text.size() > kMaxReceiptBytes) return fail(ErrorId::wire_too_large, "receipt", std::to_string(text.size()));
    Lines lines(text);
    Receipt receipt;
    ZIGE_CHECK(read_head(lines, receipt));
    ZIGE_TRY(signature, lines.bytes("signature", kMaxSignature));
    ZIGE_TRY(words, lines.value("path"));
    ZIGE_TRY(path, read_path(words));
    ZIGE_TRY(entry, lines.bytes("entry", kMaxJournalEntryBytes));
    if (!lines.at_end()) return fail(ErrorId::wire_trailing_bytes, "receipt");
    receipt.batch.signature = std::move(signature);
    receipt.path = std::move(path);
    receipt.entry = std::move(entry);
    return receipt;
}

Result<JournalEntry> check_receipt(const Receipt& receipt, ByteView public_key, const Hasher& hasher,
                                   const Verifier& verifier) {
    if (receipt.suite != verifier.suite())  // RCT-2
        return fail(ErrorId::wire_unknown_algorithm, "receipt.suite", name_of(receipt.suite));
    ZIGE_TRY(entry, decode_journal_entry(receipt.entry));
    if (entry.index != receipt.number)
        return fail(ErrorId::wire_bad_value, "receipt.number", "the entry says " + std::to_string(entry.index));
    const BatchSignature& batch = receipt.batch;
    const auto root = merkle_climb(merkle_leaf(receipt.entry, hasher), receipt.number - batch.first,
                                   batch.last - batch.first + 1, receipt.path, hasher);
    if (!root) return fail(ErrorId::wire_bad_root, "receipt.path", "not as long as the batch");  // RCT-3
    const Bytes message = batch_message(receipt.agent, receipt.chapter, batch.first, batch.last, *root);
    if (!verifier.verify(public_key, message, batch.signature))  // RCT-4
        return fail(ErrorId::wire_bad_signature, "receipt");
    return entry;
}

}  // namespace zige::wire
