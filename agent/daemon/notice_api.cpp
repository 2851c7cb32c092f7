#include "agent/daemon/answer.h"
#include "agent/daemon/local_service.h"
#include "shared/wire/limits.h"

namespace zige::daemon {
namespace {

constexpr std::string_view kPrefix = "ZIGE1:";  // as zige-hub prints it: then the envelope in hexadecimal

/// The envelope that a code or a file says; blanks and line ends between do not count.
Result<Bytes> envelope_of(std::string_view notice) {
    std::string text;
    for (const char c : notice)
        if (c != ' ' && c != '\r' && c != '\n' && c != '\t') text += c;
    if (!text.starts_with(kPrefix)) return fail(ErrorId::api_bad_field, "notice", "does not start with ZIGE1:");
    std::string digits = text.substr(kPrefix.size());
    for (char& c : digits)
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    const auto bytes = from_hex(digits);
    if (!bytes || bytes->size() > kMaxStatementEnvelope)
        return fail(ErrorId::api_bad_field, "notice", "hexadecimal digits are wrong or too many");
    return *bytes;
}

}  // namespace

Result<Json> LocalService::add_statement(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(notice, text_member(body, "notice", 4 * kMaxStatementEnvelope));
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
