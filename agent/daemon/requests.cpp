#include "agent/daemon/requests.h"

#include <algorithm>

#include "agent/daemon/calendar_api.h"
#include "agent/daemon/commands_clerk.h"
#include "agent/daemon/commands_followup.h"
#include "agent/daemon/local_service.h"
#include "agent/daemon/requests_filing.h"
#include "shared/posix/files.h"
#include "shared/wire/limits.h"
#include "shared/wire/receipt.h"

namespace zige::daemon {
namespace {

using Builder = Result<ApiRequest> (*)(const Invocation&, std::istream&, Instant);

ApiRequest get(std::string path, std::string query = {}) {
    return {"GET", std::move(path), std::move(query), "", {CallerRole::owner, ""}};
}
ApiRequest post(std::string path, const Json& body) {
    return {"POST", std::move(path), "", body.write(), {CallerRole::owner, ""}};
}

/// Sets `key` when the option was given.
void copy_option(Json& to, std::string_view key, const Invocation& from, std::string_view option) {
    if (from.has(option)) to.set(std::string(key), from.get(option));
}

/// "consultant=D4115...,nurse=N4115..."
Result<Json> people_of(const std::string& words) {
    Json people = Json::array();
    std::string_view rest = words;
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) return fail(ErrorId::usage_bad_argument, "--person", "ROLE=CODE");
        people.push(Json::object({{"role", pair.substr(0, equals)}, {"code", pair.substr(equals + 1)}}));
    }
    return people;
}

Result<Json> line_of(const Invocation& command, Instant now) {
    const bool preview = command.command->name == "check";
    Json line = Json::object({{"feedetl_sn", command.get("line-id", "1")}, {"infno", command.get("infno", "2204")}});
    if (!command.has("time") && !preview) return fail(ErrorId::usage_missing_argument, "--time");
    line.set("fee_ocur_time", command.has("time") ? command.get("time") : format(now));
    if (!command.has("amount") && !preview) return fail(ErrorId::usage_missing_argument, "--amount");
    line.set("det_item_fee_sumamt", command.get("amount", "0"));
    copy_option(line, "bilg_dr_codg", command, "ordering");
    copy_option(line, "orders_dr_code", command, "executing");
    copy_option(line, "bilg_dept_codg", command, "dept");
    copy_option(line, "med_type", command, "med-type");
    copy_option(line, "item_class", command, "item");
    line.set("insured", !command.has("self-paid"));
    ZIGE_TRY(people, people_of(command.get("person")));
    line.set("people", std::move(people));
    if (command.has("emergency"))
        line.set("emergency", Json::object({{"kind", command.get("emergency")},
                                            {"reason", command.get("reason")},
                                            {"declared_by", command.get("by")}}));
    if (command.has("release") || command.has("released-by"))
        line.set("release",
                 Json::object({{"reason", command.get("release")}, {"released_by", command.get("released-by")}}));
    if (command.has("order") || command.has("order-time"))
        line.set("order", Json::object({{"number", command.get("order")}, {"time", command.get("order-time")}}));
    copy_option(line, "mdtrt_id", command, "visit");
    copy_option(line, "med_list_codg", command, "item-code");
    return line;
}

Result<ApiRequest> decision(const Invocation& command, std::istream& in, Instant now) {
    const std::string path = "/v1/" + std::string(command.command->name);
    if (command.has("file")) {
        ZIGE_TRY(body, read_input(command.get("file"), in, kMaxApiBody));
        return ApiRequest{"POST", path, "", std::move(body), {CallerRole::owner, ""}};
    }
    ZIGE_TRY(line, line_of(command, now));
    Json claim = Json::object({{"feedetail", Json::array({std::move(line)})}});
    copy_option(claim, "claim_id", command, "claim-id");
    copy_option(claim, "idempotency_key", command, "key");
    return post(path, claim);
}

Result<ApiRequest> depart(const Invocation& command, std::istream&, Instant) {
    ZIGE_TRY(person, command.need("person"));
    ZIGE_TRY(last_day, command.need("last-day"));
    ZIGE_TRY(clerk, command.need("clerk"));
    return post("/v1/departures",
                Json::object(
                    {{"person", person}, {"last_day", last_day}, {"reason", command.get("reason")}, {"clerk", clerk}}));
}

Result<ApiRequest> undo(const Invocation& command, std::istream&, Instant) {
    if (command.has("filing")) {
        ZIGE_TRY(filing, command.need("filing"));
        ZIGE_TRY(who, command.need("clerk"));
        return post("/v1/filings/" + percent_encoded(filing) + "/undo", Json::object({{"clerk", who}}));
    }
    ZIGE_TRY(id, command.need("departure"));
    ZIGE_TRY(clerk, command.need("clerk"));
    return post("/v1/departures/" + percent_encoded(id) + "/undo", Json::object({{"clerk", clerk}}));
}

Result<ApiRequest> confirm(const Invocation& command, std::istream&, Instant) {
    ZIGE_TRY(id, command.need("departure"));
    ZIGE_TRY(updated_on, command.need("updated-on"));
    ZIGE_TRY(number, command.need("number"));
    ZIGE_TRY(clerk, command.need("clerk"));
    return post(
        "/v1/departures/" + percent_encoded(id) + "/confirm",
        Json::object(
            {{"updated_on", updated_on}, {"number", number}, {"clerk", clerk}, {"replace", command.has("replace")}}));
}

Result<ApiRequest> find_decision(const Invocation& command, std::istream&, Instant) {
    return get("/v1/decisions/" + percent_encoded(command.arguments[0]));
}

Result<ApiRequest> get_receipt(const Invocation& command, std::istream&, Instant) {
    return get("/v1/decisions/" + percent_encoded(command.arguments[0]) + "/receipt");
}

Result<ApiRequest> check_receipt(const Invocation& command, std::istream& in, Instant) {
    ZIGE_TRY(receipt, read_input(command.arguments[0], in, wire::kMaxReceiptBytes));
    return post("/v1/receipts/check", Json::object({{"receipt", receipt}}));
}

Result<ApiRequest> calendar_due(const Invocation& command, std::istream&, Instant) {
    return get("/v1/calendar/due",
               "from=" + percent_encoded(command.arguments[0]) + "&days=" + percent_encoded(command.arguments[1]));
}

Result<ApiRequest> calendar_show(const Invocation& command, std::istream&, Instant) {
    return get("/v1/calendar/" + percent_encoded(command.arguments[0]));
}

Result<ApiRequest> new_key(const Invocation& command, std::istream&, Instant) {
    ZIGE_TRY(name, command.need("name"));
    ZIGE_TRY(role, command.need("role"));
    return post("/v1/keys", Json::object({{"name", name}, {"role", role}}));
}

Result<ApiRequest> revoke_key(const Invocation& command, std::istream&, Instant) {
    return post("/v1/keys/revoke", Json::object({{"name", command.arguments[0]}}));
}

Result<ApiRequest> add_statement(const Invocation& command, std::istream& in, Instant) {
    ZIGE_TRY(path, command.need("file"));
    ZIGE_TRY(notice, read_input(path, in, kMaxNoticeText));
    return post("/v1/statements", Json::object({{"notice", notice}}));
}

Result<ApiRequest> prolong(const Invocation& command, std::istream&, Instant) {
    return post("/v1/prolong", Json::object({{"code", command.arguments[0]}}));
}

Result<ApiRequest> status(const Invocation&, std::istream&, Instant) { return get("/v1/status"); }
Result<ApiRequest> sync(const Invocation&, std::istream&, Instant) { return post("/v1/sync", Json::object()); }
Result<ApiRequest> departures(const Invocation&, std::istream&, Instant) { return get("/v1/departures"); }
Result<ApiRequest> verify(const Invocation&, std::istream&, Instant) { return get("/v1/journal/verify"); }
Result<ApiRequest> list_keys(const Invocation&, std::istream&, Instant) { return get("/v1/keys"); }

struct Entry {
    std::string_view command;
    Builder build;
};
constexpr Entry kBuilders[] = {
    {"check", decision},
    {"clear", decision},
    {"depart", depart},
    {"undo", undo},
    {"confirm", confirm},
    {"departures", departures},
    {"status", status},
    {"sync", sync},
    {"statement add", add_statement},
    {"prolong", prolong},
    {"journal verify", verify},
    {"journal find", find_decision},
    {"receipt get", get_receipt},
    {"receipt check", check_receipt},
    {"calendar due", calendar_due},
    {"calendar show", calendar_show},
    {"key new", new_key},
    {"key list", list_keys},
    {"key revoke", revoke_key},
};

/// Fields of the local interface, and the options or arguments that fill them.
struct Typed {
    std::string_view field;
    std::string_view option;
};
constexpr Typed kTyped[] = {
    {"bilg_dr_codg", "ordering"},
    {"orders_dr_code", "executing"},
    {"bilg_dept_codg", "dept"},
    {"department", "dept"},
    {"fee_ocur_time", "time"},
    {"fee_time", "time"},
    {"det_item_fee_sumamt", "amount"},
    {"feedetl_sn", "line-id"},
    {"line_id", "line-id"},
    {"idempotency_key", "key"},
    {"claim_id", "claim-id"},
    {"item_class", "item"},
    {"med_type", "med-type"},
    {"emergency.kind", "emergency"},
    {"emergency.reason", "reason"},
    {"emergency.declared_by", "by"},
    {"release.reason", "release"},
    {"release.released_by", "released-by"},
    {"order.number", "order"},
    {"order.time", "order-time"},
    {"mdtrt_id", "visit"},
    {"med_list_codg", "item-code"},
    {"resc_begntime", "begun"},
    {"resc_endtime", "ended"},
    {"record_number", "number"},
    {"references", "reference"},
    {"last_day", "last-day"},
    {"updated_on", "updated-on"},
    {"from", "DATE"},
    {"days", "N"},
    {"year", "YEAR"},
    {"reference", "REF"},
    {"signed_on", "signed-on"},
    {"commitment_signed", "commitment-signed"},
    {"first_day", "first-day"},
    {"to_institution", "to"},
    {"lapsed_on", "on"},
    {"leave", "kind"},
    {"identity_number", "identity-file"},
    {"certificate_type", "certificate-type"},
};

std::string_view name_typed(std::string_view field) {
    if (const auto dot = field.find("]."); dot != std::string_view::npos && !field.starts_with("people"))
        field.remove_prefix(dot + 2);  // "feedetail[0].", "lines[0]."
    if (field.starts_with("people")) return "person";
    const auto* const known = std::ranges::find(kTyped, field, &Typed::field);
    return known == std::end(kTyped) ? field : known->option;
}

}  // namespace

Error as_typed(const Invocation& command, Error error) {
    if (command.command == nullptr || command.has("file")) return error;
    const bool plain =
        std::ranges::find(command.command->options, error.field, &OptionSpec::name) != command.command->options.end();
    const std::string_view name = plain ? std::string_view(error.field) : name_typed(error.field);
    if (std::ranges::find(command.command->options, name, &OptionSpec::name) != command.command->options.end())
        error.field = "--" + std::string(name);
    else if (std::ranges::find(command.command->arguments, name) != command.command->arguments.end())
        error.field = name;
    return error;
}

Result<ApiRequest> request_of(const Invocation& command, std::istream& in, Instant now) {
    for (const Entry& entry : kBuilders)
        if (entry.command == command.command->name) return entry.build(command, in, now);
    ZIGE_TRY(filing, filing_request_of(command, in));
    if (filing) return *std::move(filing);
    ZIGE_TRY(followup, followup_request_of(command));
    if (followup) return *std::move(followup);
    ZIGE_TRY(clerk, clerk_request_of(command, in));
    if (clerk) return *std::move(clerk);
    return fail(ErrorId::usage_unknown_command, std::string(command.command->name));
}

Result<std::string> read_input(const std::string& path, std::istream& in, std::size_t limit) {
    if (path != "-") {
        ZIGE_TRY(bytes, make_posix_files()->read(path, limit));
        return std::string(as_text(bytes));
    }
    std::string text(limit + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (in.bad()) return fail(ErrorId::file_io, "-");
    if (text.size() > limit) return fail(ErrorId::file_too_large, "-", "over " + std::to_string(limit) + " bytes");
    return text;
}

}  // namespace zige::daemon
