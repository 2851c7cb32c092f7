#include "agent/daemon/answer.h"
#include "agent/daemon/local_service.h"
#include "shared/wire/limits.h"

namespace zige::daemon {
namespace {

Result<std::optional<Day>> optional_day(const Json& body, std::string_view key) {
    ZIGE_TRY(words, optional_text_member(body, key, kMaxText));
    if (!words) return std::optional<Day>{};
    ZIGE_TRY(day, parse_day(*words, key));
    return std::optional<Day>(day);
}

template <class Code>
Result<std::optional<Code>> optional_code(const Json& body, std::string_view key) {
    ZIGE_TRY(name, optional_text_member(body, key, kMaxCode));
    if (!name) return std::optional<Code>{};
    const auto code = from_name<Code>(*name);
    if (!code) return fail(ErrorId::api_bad_field, std::string(key), *name);
    return code;
}

Result<wire::FilingBody> registration(const Json& body) {
    wire::RegistrationFiling filed;
    ZIGE_TRY(code, optional_text_member(body, "code", kMaxCode));
    ZIGE_TRY(licence, optional_text_member(body, "licence", kMaxCode));
    ZIGE_TRY(name, text_member(body, "name", kMaxText));
    ZIGE_TRY(category, optional_code<Category>(body, "category"));
    ZIGE_TRY(post, optional_code<Post>(body, "post"));
    ZIGE_TRY(department, optional_text_member(body, "department", kMaxCode));
    ZIGE_TRY(commitment, optional_day(body, "commitment_signed"));
    ZIGE_TRY(from, day_member(body, "from"));
    ZIGE_TRY(multi_site, flag_member(body, "multi_site", false));
    filed.code = code.value_or("");
    filed.licence = licence.value_or("");
    filed.name = name;
    filed.category = category.value_or(Category::physician);
    filed.post = post.value_or(Post::staff);
    filed.department = department.value_or("");
    filed.commitment_signed = commitment;
    filed.from = from;
    filed.multi_site = multi_site;
    return wire::FilingBody(std::move(filed));
}

Result<wire::FilingBody> change(const Json& body) {
    wire::ChangeFiling filed;
    ZIGE_TRY(name, optional_text_member(body, "name", kMaxText));
    ZIGE_TRY(department, optional_text_member(body, "department", kMaxCode));
    ZIGE_TRY(code, optional_text_member(body, "code", kMaxCode));
    ZIGE_TRY(category, optional_code<Category>(body, "category"));
    filed.name = name;
    filed.department = department;
    filed.code = code;
    filed.category = category;
    return wire::FilingBody(std::move(filed));
}

Result<wire::FilingBody> commitment(const Json& body) {
    ZIGE_TRY(signed_on, day_member(body, "signed_on"));
    return wire::FilingBody(wire::CommitmentFiling{{}, signed_on});
}

Result<wire::FilingBody> leave(const Json& body) {
    ZIGE_TRY(kind, optional_code<LeaveKind>(body, "leave"));
    if (!kind) return fail(ErrorId::api_missing_field, "leave");
    ZIGE_TRY(from, day_member(body, "from"));
    ZIGE_TRY(until, optional_day(body, "until"));
    return wire::FilingBody(wire::LeaveFiling{{}, *kind, from, until});
}

Result<wire::FilingBody> transfer(const Json& body) {
    ZIGE_TRY(last_day, day_member(body, "last_day"));
    ZIGE_TRY(to, text_member(body, "to_institution", kMaxInstitutionCode));
    ZIGE_TRY(first_day, day_member(body, "first_day"));
    return wire::FilingBody(wire::TransferFiling{{}, last_day, to, first_day});
}

Result<wire::FilingBody> rehire(const Json& body) {
    ZIGE_TRY(from, day_member(body, "from"));
    ZIGE_TRY(until, optional_day(body, "until"));
    if (until && *until < from) return fail(ErrorId::filing_bad_interval, "until");
    return wire::FilingBody(wire::RehireFiling{{}, from, until});
}

Result<wire::FilingBody> death(const Json& body) {
    ZIGE_TRY(words, text_member(body, "at", kMaxText));
    ZIGE_TRY(at, parse_time(words, "at"));
    return wire::FilingBody(wire::DeathFiling{{}, at});
}

Result<wire::FilingBody> alias(const Json& body) {
    ZIGE_TRY(code, text_member(body, "code", kMaxCode));
    ZIGE_TRY(remove, flag_member(body, "remove", false));
    return wire::FilingBody(wire::AliasFiling{{}, code, remove});
}

Result<wire::FilingBody> presence(const Json& body) {
    if (body.find("present") == nullptr) return fail(ErrorId::api_missing_field, "present");
    ZIGE_TRY(present, flag_member(body, "present", true));
    ZIGE_TRY(note, optional_text_member(body, "note", kMaxText));
    return wire::FilingBody(wire::PresenceFiling{{}, present, note.value_or("")});
}

Result<wire::FilingBody> lapse(const Json& body) {
    ZIGE_TRY(licence, text_member(body, "licence", kMaxCode));
    ZIGE_TRY(lapsed_on, day_member(body, "lapsed_on"));
    ZIGE_TRY(reason, optional_text_member(body, "reason", kMaxText));
    return wire::FilingBody(wire::LicenceLapseFiling{{}, licence, lapsed_on, reason.value_or("")});
}

template <class Case>
Result<wire::FilingBody> application(const Json& body) {
    Case filed;
    ZIGE_TRY(document, text_member(body, "document", kMaxText));
    ZIGE_TRY(text, text_member(body, "text", kMaxCaseText));
    ZIGE_TRY(hash, optional_text_member(body, "attachment", 64));
    filed.document = document;
    filed.text = text;
    if (hash) {
        const auto bytes = from_hex(*hash);
        filed.attachment = bytes ? to_hash(*bytes) : std::nullopt;
        if (!filed.attachment) return fail(ErrorId::api_bad_field, "attachment", "64 hexadecimal digits");
    }
    return wire::FilingBody(std::move(filed));
}

/// The kinds that POST /v1/filings takes; departures and what follows from them have paths of their own.
struct Reader {
    FilingKind kind;
    Result<wire::FilingBody> (*read)(const Json&);
};
constexpr Reader kReaders[] = {
    {FilingKind::registration, registration},
    {FilingKind::change, change},
    {FilingKind::commitment, commitment},
    {FilingKind::leave, leave},
    {FilingKind::transfer, transfer},
    {FilingKind::rehire, rehire},
    {FilingKind::death, death},
    {FilingKind::alias, alias},
    {FilingKind::presence, presence},
    {FilingKind::licence_lapse, lapse},
    {FilingKind::appeal, application<wire::AppealFiling>},
    {FilingKind::repair, application<wire::RepairFiling>},
    {FilingKind::restoration, application<wire::RestorationFiling>},
};

Result<wire::FilingBody> body_of(const Json& body) {
    ZIGE_TRY(name, text_member(body, "kind", kMaxCode));
    const auto kind = from_name<FilingKind>(name);
    for (const Reader& reader : kReaders)
        if (kind == reader.kind) return reader.read(body);
    return fail(ErrorId::api_bad_field, "kind", name);
}

Result<std::optional<wire::Identity>> identity_of(const Json& body) {
    ZIGE_TRY(number, optional_text_member(body, "identity_number", kMaxCode));
    ZIGE_TRY(type, optional_text_member(body, "certificate_type", 2));
    if (!number) return std::optional<wire::Identity>{};
    return std::optional<wire::Identity>(wire::Identity{type.value_or("01"), *number});
}

Json filing_json(const agent::FilingStatus& filing) {
    const bool refused = filing.state == FilingState::refused;
    return Json::object({{"filing", to_hex(filing.filing.uuid)},
                         {"kind", code_json(wire::kind_of(filing.filing.body))},
                         {"state", code_json(filing.state)},
                         {"refused_because", refused ? code_json(filing.refused_because) : Json()},
                         {"undo_pending", filing.undo_pending},
                         {"registration", filing.no.value},
                         {"name", filing.name},
                         {"person", filing.code},
                         {"made", format(filing.filing.times.wall)},
                         {"clerk", filing.filing.clerk},
                         {"answer_expected", filing.expected ? due_json(*filing.expected) : Json()},
                         {"answer_late", filing.answer_late}});
}

}  // namespace

Result<Json> LocalService::file(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    agent::Desk::Act act;
    ZIGE_TRY(filed, body_of(body));
    act.body = std::move(filed);
    ZIGE_TRY(clerk, clerk_of(body, request.caller));
    act.clerk = clerk;
    ZIGE_TRY(identity, identity_of(body));
    act.identity = std::move(identity);
    if (!std::holds_alternative<wire::RegistrationFiling>(act.body)) {
        ZIGE_TRY(person, text_member(body, "person", kMaxCode));
        act.person = person;
    }
    ZIGE_TRY(desk, agent_.desk());
    ZIGE_TRY(done, desk->submit(std::move(act)));
    return filing_json(done);
}

Result<Json> LocalService::duty(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(person, text_member(body, "person", kMaxCode));
    if (body.find("on") == nullptr) return fail(ErrorId::api_missing_field, "on");
    ZIGE_TRY(on, flag_member(body, "on", true));
    ZIGE_TRY(clerk, clerk_of(body, request.caller));
    ZIGE_TRY(desk, agent_.desk());
    ZIGE_TRY(done, desk->duty(person, on, clerk));
    return filing_json(done);
}

Result<Json> LocalService::filings(const ApiRequest&) {
    ZIGE_TRY(desk, agent_.desk());
    Json list = Json::array();
    for (const agent::FilingStatus& each : desk->filings()) list.push(filing_json(each));
    return Json::object({{"filings", std::move(list)}, {"waiting", desk->waiting()}});
}

Result<Json> LocalService::filing(const ApiRequest& request) {
    ZIGE_TRY(desk, agent_.desk());
    ZIGE_TRY(found, desk->find(std::string(part_in(request))));
    return filing_json(found);
}

Result<Json> LocalService::take_back(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(clerk, clerk_of(body, request.caller));
    ZIGE_TRY(desk, agent_.desk());
    ZIGE_TRY(done, desk->take_back(std::string(part_in(request)), clerk));
    return filing_json(done);
}

Result<Json> LocalService::filing_code(const ApiRequest& request) {
    ZIGE_TRY(desk, agent_.desk());
    ZIGE_TRY(found, desk->find(std::string(part_in(request))));
    ZIGE_TRY(code, desk->filing_code(std::string(part_in(request))));
    Json answer = filing_json(found);
    answer.set("code", code);
    return answer;
}

}  // namespace zige::daemon
