#include "agent/daemon/claim_stream.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace zige::daemon {
namespace {

constexpr std::size_t kMaxLineBytes = 16U << 10;
constexpr std::string_view kLine = "feedetail[";

/// "feedetail[3].infno" of a part that begins with line `first` of the stream is "feedetail[503].infno".
Error moved(Error error, std::size_t first) {
    if (!error.field.starts_with(kLine)) return error;
    std::size_t index = 0;
    const char* const begin = error.field.data() + kLine.size();
    const char* const end = error.field.data() + error.field.size();
    const auto [rest, wrong] = std::from_chars(begin, end, index);
    if (wrong == std::errc{}) error.field = std::string(kLine) + std::to_string(index + first) + std::string(rest, end);
    return error;
}

}  // namespace

Result<ClaimStream> ClaimStream::read(std::string text) {
    if (text.size() > kMaxStreamBytes)
        return fail(ErrorId::api_too_large, "body", "at most " + std::to_string(kMaxStreamBytes) + " bytes");
    ClaimStream stream(std::move(text));
    ZIGE_CHECK(stream.split());
    ZIGE_CHECK(stream.check());
    return stream;
}

/// Where the lines stand; empty ones, as the last one usually is, are none.
Result<void> ClaimStream::split() {
    bool has_head = false;
    for (std::size_t at = 0; at < text_.size();) {
        const std::size_t end = std::min(text_.find('\n', at), text_.size());
        Span line{at, end - at};
        at = end + 1;
        if (line.size > 0 && text_[line.first + line.size - 1] == '\r') --line.size;
        if (line.size == 0) continue;
        if (line.size > kMaxLineBytes) return fail(ErrorId::local_bad_stream, "body", "a line over 16 kB");
        if (has_head) {
            lines_.push_back(line);
            if (lines_.size() > kMaxStreamLines)
                return fail(ErrorId::local_bad_stream, "body", "at most " + std::to_string(kMaxStreamLines) + " lines");
            continue;
        }
        ZIGE_TRY(head, parse_json(words(line), kMaxLineBytes));
        head_ = std::move(head);
        has_head = true;
    }
    if (head_.members() == nullptr) return fail(ErrorId::local_bad_stream, "body", "the first line is no object");
    if (head_.find("feedetail") != nullptr) return fail(ErrorId::local_bad_stream, "feedetail", "each line on its own");
    if (lines_.empty()) return fail(ErrorId::local_bad_stream, "body", "no fee line follows the first line");
    return {};
}

Result<void> ClaimStream::check() const {
    std::set<std::string, std::less<>> ids;
    for (std::size_t i = 0; i < parts(); ++i) {
        const std::size_t first = i * agent::kMaxLinesPerClaim;
        ZIGE_TRY(body, part(i));
        const auto claim = ClaimText::read(body);
        if (!claim) return moved(claim.error(), first);
        for (const agent::ClaimLine& line : claim->view().lines)
            if (!ids.emplace(line.line_id).second)
                return fail(ErrorId::api_bad_field, "feedetl_sn", "given twice: " + std::string(line.line_id));
    }
    return {};
}

/// One part has the key as it is, so that the same claim is the same however it comes.
Result<std::string> ClaimStream::key_of(std::size_t part) const {
    ZIGE_TRY(key, text_or_digits(head_.find("idempotency_key"), "idempotency_key", kMaxIdempotencyKey));
    if (key.empty() || parts() == 1) return key;
    key += "#" + std::to_string(part + 1);
    if (key.size() > kMaxIdempotencyKey)
        return fail(ErrorId::api_bad_field, "idempotency_key", "too long with the number of a part behind it");
    return key;
}

Result<Json> ClaimStream::part(std::size_t index) const {
    const std::size_t first = index * agent::kMaxLinesPerClaim;
    const std::size_t last = std::min(first + agent::kMaxLinesPerClaim, lines_.size());
    Json list = Json::array();
    for (std::size_t i = first; i < last; ++i) {
        auto line = parse_json(words(lines_[i]), kMaxLineBytes);
        const std::string name = std::string(kLine) + std::to_string(i) + "]";
        if (!line) return fail(line.error().id, name, line.error().detail);
        if (line->members() == nullptr) return fail(ErrorId::api_bad_field, name, "must be an object");
        const Json* number = line->find("feedetl_sn");
        const bool named =
            number != nullptr && !number->is_null() && (number->text() == nullptr || !number->text()->empty());
        if (!named && (head_.find("feedetl_sn") == nullptr)) line->set("feedetl_sn", std::to_string(i + 1));
        list.push(*std::move(line));
    }
    ZIGE_TRY(key, key_of(index));
    Json body = head_;
    if (!key.empty()) body.set("idempotency_key", std::move(key));
    body.set("feedetail", std::move(list));
    return body;
}

}  // namespace zige::daemon
