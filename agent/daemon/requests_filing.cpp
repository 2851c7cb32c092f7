#include "agent/daemon/requests_filing.h"

#include <algorithm>

#include "agent/daemon/calendar_api.h"
#include "agent/daemon/secret_input.h"

namespace zige::daemon {
namespace {

constexpr std::size_t kMaxIdentityFile = 256;

ApiRequest get(std::string path) { return {"GET", std::move(path), "", "", {CallerRole::owner, ""}}; }
ApiRequest post(std::string path, const Json& body) {
    return {"POST", std::move(path), "", body.write(), {CallerRole::owner, ""}};
}

/// An option and the member that it becomes; one that is needed is asked for by its name.
struct Field {
    std::string_view option;
    std::string_view member;
    bool needed = false;
};
struct Form {
    std::string_view command;
    std::string_view kind;
    std::vector<Field> fields;
};

const std::vector<Form>& forms() {
    static const Field kWho{"person", "person", true};
    static const std::vector<Form> all = {
        {"register",
         "registration",
         {{"code", "code"},
          {"licence", "licence"},
          {"name", "name", true},
          {"category", "category"},
          {"post", "post"},
          {"department", "department"},
          {"from", "from", true},
          {"commitment-signed", "commitment_signed"}}},
        {"change",
         "change",
         {kWho, {"name", "name"}, {"department", "department"}, {"code", "code"}, {"category", "category"}}},
        {"commit", "commitment", {kWho, {"signed-on", "signed_on", true}}},
        {"leave", "leave", {kWho, {"kind", "leave", true}, {"from", "from", true}, {"until", "until"}}},
        {"transfer",
         "transfer",
         {kWho, {"last-day", "last_day", true}, {"to", "to_institution", true}, {"first-day", "first_day", true}}},
        {"rehire", "rehire", {kWho, {"from", "from", true}, {"until", "until"}}},
        {"death", "death", {kWho, {"at", "at", true}}},
        {"alias add", "alias", {kWho, {"code", "code", true}}},
        {"alias remove", "alias", {kWho, {"code", "code", true}}},
        {"present", "presence", {kWho, {"note", "note"}}},
        {"lapse",
         "licence_lapse",
         {kWho, {"licence", "licence", true}, {"on", "lapsed_on", true}, {"reason", "reason"}}},
        {"appeal",
         "appeal",
         {kWho, {"document", "document", true}, {"text", "text", true}, {"attachment", "attachment"}}},
        {"repair",
         "repair",
         {kWho, {"document", "document", true}, {"text", "text", true}, {"attachment", "attachment"}}},
        {"restore",
         "restoration",
         {kWho, {"document", "document", true}, {"text", "text", true}, {"attachment", "attachment"}}},
    };
    return all;
}

/// The identity number, from the terminal or a file; it goes into the body of a call to our own agent and nowhere else.
Result<std::optional<std::string>> identity_number(const Invocation& command, std::istream& in) {
    if (command.has("ask-identity")) {
        ZIGE_TRY(typed, read_unseen(command.lang == Lang::zh ? "证件号码（不显示）：" : "identity number (unseen): ",
                                    "--identity-file"));
        return std::optional<std::string>(std::move(typed));
    }
    if (!command.has("identity-file")) return std::optional<std::string>{};
    ZIGE_TRY(text, read_input(command.get("identity-file"), in, kMaxIdentityFile));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return std::optional<std::string>(std::move(text));
}

Result<void> add_identity(Json& body, const Invocation& command, std::istream& in) {
    ZIGE_TRY(number, identity_number(command, in));
    if (!number) return {};
    body.set("identity_number", *number);
    body.set("certificate_type", command.get("certificate-type", "01"));
    return {};
}

Result<void> add_answer(Json& body, const Invocation& command) {
    ZIGE_TRY(answer, command.need("answer"));
    if (answer != "yes" && answer != "no") return fail(ErrorId::usage_bad_argument, "--answer", "yes or no");
    body.set("present", answer == "yes");
    return {};
}

Result<ApiRequest> filled(const Form& form, const Invocation& command, std::istream& in) {
    Json body = Json::object({{"kind", form.kind}});
    for (const Field& field : form.fields) {
        if (!field.needed && !command.has(field.option)) continue;
        ZIGE_TRY(value, command.need(field.option));
        body.set(std::string(field.member), value);
    }
    ZIGE_TRY(clerk, command.need("clerk"));
    body.set("clerk", clerk);
    if (command.has("multi-site")) body.set("multi_site", true);
    if (form.command == "alias remove") body.set("remove", true);
    if (form.command == "present") ZIGE_CHECK(add_answer(body, command));
    ZIGE_CHECK(add_identity(body, command, in));
    return post("/v1/filings", body);
}

Result<ApiRequest> amend(const Invocation& command) {
    ZIGE_TRY(id, command.need("departure"));
    ZIGE_TRY(last_day, command.need("last-day"));
    ZIGE_TRY(clerk, command.need("clerk"));
    return post("/v1/departures/" + percent_encoded(id) + "/amend",
                Json::object({{"last_day", last_day}, {"clerk", clerk}}));
}

Result<ApiRequest> duty(const Invocation& command, bool on) {
    ZIGE_TRY(person, command.need("person"));
    ZIGE_TRY(clerk, command.need("clerk"));
    return post("/v1/duty", Json::object({{"person", person}, {"on", on}, {"clerk", clerk}}));
}

}  // namespace

Result<std::optional<ApiRequest>> filing_request_of(const Invocation& command, std::istream& in) {
    const std::string_view name = command.command->name;
    const auto some = [](Result<ApiRequest> request) -> Result<std::optional<ApiRequest>> {
        if (!request) return std::move(request).error();
        return std::optional<ApiRequest>(std::move(request).value());
    };
    const auto form = std::ranges::find(forms(), name, &Form::command);
    if (form != forms().end()) return some(filled(*form, command, in));
    if (name == "amend") return some(amend(command));
    if (name == "duty on" || name == "duty off") return some(duty(command, name == "duty on"));
    if (name == "filing list") return std::optional<ApiRequest>(get("/v1/filings"));
    if (name == "filing show")
        return std::optional<ApiRequest>(get("/v1/filings/" + percent_encoded(command.arguments[0])));
    if (name == "filing code")
        return std::optional<ApiRequest>(get("/v1/filings/" + percent_encoded(command.arguments[0]) + "/code"));
    return std::optional<ApiRequest>{};
}

}  // namespace zige::daemon
