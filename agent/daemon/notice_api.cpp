#include <algorithm>

#include "agent/daemon/answer.h"
#include "agent/daemon/local_service.h"
#include "shared/base/letters.h"
#include "shared/wire/limits.h"

namespace zige::daemon {
namespace {

constexpr std::string_view kPrefix = "ZIGE1:";  // as zige-hub prints it: then the envelope in hexadecimal

/// Takes the hexadecimal digits at the start of `text` to `digits`, over blanks and line ends, to the first line that
/// holds anything else.
std::string digits_at(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789abcdefABCDEF";
    constexpr std::string_view kBlanks = " \t\r";
    std::string digits;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        std::string found;
        for (const char c : line) {
            if (kBlanks.find(c) != std::string_view::npos) continue;
            if (kDigits.find(c) == std::string_view::npos) return digits;
            found += ascii_lower(c);
        }
        if (found.empty() && !digits.empty()) return digits;
        digits += found;
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
    return digits;
}

/// The envelope in a notice: the code alone, as a scanner types it, or the whole text that the bureau printed.
Result<Bytes> envelope_of(std::string_view notice) {
    const auto at = notice.find(kPrefix);
    if (at == std::string_view::npos) return fail(ErrorId::api_bad_field, "notice", "holds no ZIGE1:");
    const auto bytes = from_hex(digits_at(notice.substr(at + kPrefix.size())));
    if (!bytes || bytes->size() > kMaxStatementEnvelope)
        return fail(ErrorId::api_bad_field, "notice", "hexadecimal digits are wrong or too many");
    return *bytes;
}

}  // namespace

Result<Json> LocalService::add_statement(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(notice, text_member(body, "notice", kMaxNoticeText));
    ZIGE_TRY(envelope, envelope_of(notice));
    const std::lock_guard lock(syncing_);
    ZIGE_TRY(statement, agent_.add_statement(envelope));
    const auto view = agent_.view();
    const Registration* person = view ? view->copy->by_number(statement.no) : nullptr;
    return Json::object({{"registration", statement.no.value},
                         {"name", person == nullptr ? std::string() : person->name},
                         {"person", person == nullptr ? std::string() : person->code},
                         {"status", code_json(statement.interval.status)},
                         {"from", format(statement.interval.from)},
                         {"end", day_json(statement.interval.end)},
                         {"document", statement.interval.document},
                         {"basis", statement.basis.value}});
}

Result<Json> LocalService::prolong(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(code, text_member(body, "code", kMaxText));
    const std::lock_guard lock(syncing_);
    ZIGE_TRY(until, agent_.prolong(code));
    return Json::object({{"prolonged_until", format(until)}});
}

}  // namespace zige::daemon
