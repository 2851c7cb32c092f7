#include "agent/daemon/openapi.h"

#include <map>
#include <set>
#include <vector>

#include "agent/daemon/api_schema.h"
#include "agent/daemon/claim_stream.h"

namespace zige::daemon {
namespace {

constexpr std::string_view kJsonType = "application/json";

/// The fields of a claim that are read; docs/embedding.md explains each. Others may stand beside them.
constexpr std::string_view kClaimFields =
    "infno?: text|int, claim_id?: text|int|null, idempotency_key?: text|int|null, mdtrt_id?: text|int|null, "
    "med_type?: text|int|null, emergency?: any, release?: any, order?: any, feedetail: any[]";

std::vector<std::string_view> words_in(std::string_view text) {
    std::vector<std::string_view> list;
    while (!text.empty()) {
        const auto blank = text.find(' ');
        if (blank != 0) list.push_back(text.substr(0, blank));
        text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
    }
    return list;
}

Json content_of(Json schema) {
    return Json::object({{std::string(kJsonType), Json::object({{"schema", std::move(schema)}})}});
}

/// What a generator of clients names the call: method and path in one word.
std::string operation_id(const RouteWords& route) {
    std::string id = route.method == "POST" ? "post" : "get";
    for (const char c : route.path) {
        if (c == '{' || c == '}' || c == '.') continue;
        id += c == '/' ? '_' : c;
    }
    return id;
}

void add_parameters(Json& list, std::string_view fields, const char* where) {
    if (fields.empty()) return;
    const Json schema = object_schema(fields, true);
    const Json* const required = schema.find("required");
    for (const Json::Member& each : *schema.find("properties")->members()) {
        bool needed = false;
        for (std::size_t i = 0; required != nullptr && i < required->items()->size(); ++i)
            needed = needed || *(*required->items())[i].text() == each.key;
        list.push(Json::object({{"name", each.key}, {"in", where}, {"required", needed}, {"schema", each.value}}));
    }
}

Json parameters_of(const RouteWords& route) {
    Json list = Json::array();
    for (std::string_view rest = route.path; rest.find('{') != std::string_view::npos;) {
        rest.remove_prefix(rest.find('{') + 1);
        add_parameters(list, std::string(rest.substr(0, rest.find('}'))) + ": text", "path");
    }
    add_parameters(list, route.query, "query");
    return list;
}

/// Names of errors by the HTTP status that they are answered with.
std::map<int, std::set<std::string_view>> errors_of(const RouteWords& route) {
    std::map<int, std::set<std::string_view>> by_status;
    const auto add = [&](std::string_view names) {
        for (const std::string_view name : words_in(names)) {
            const auto error = from_name<ErrorId>(name);
            expect(error.has_value(), "a route names an error that there is not");
            by_status[http_status(*error)].insert(name);
        }
    };
    add(route.errors);
    if (route.roles != kOwner) add(kErrorsOfEvery);  // the owner comes through the socket and shows no key
    if (route.roles != kEverybody && route.roles != kOwner) add("api_forbidden");
    if (!route.body.empty() && route.body != "nothing") add(kErrorsOfBodies);
    if (route.body.find("clerk_pin") != std::string_view::npos || route.path == "/v1/clear") add(kErrorsOfClerks);
    return by_status;
}

Json refusal_of(const std::set<std::string_view>& names) {
    Json list = Json::array();
    std::string words;
    for (const std::string_view name : names) {
        list.push(name);
        words += (words.empty() ? "" : ", ") + std::string(name);
    }
    Json code = Json::object({{"type", "object"}});
    code.set("properties", Json::object({{"code", Json::object({{"enum", std::move(list)}})}}));
    Json error = Json::object({{"type", "object"}});
    error.set("properties", Json::object({{"error", std::move(code)}}));
    Json schema = Json::object();
    schema.set("allOf", Json::array({type_schema("ErrorAnswer"), std::move(error)}));
    return Json::object({{"description", words}, {"content", content_of(std::move(schema))}});
}

Json responses_of(const RouteWords& route) {
    Json responses = Json::object();
    responses.set("200", Json::object({{"description", route.zh}, {"content", content_of(type_schema(route.answer))}}));
    if (route.answer == "FsiEnvelope") return responses;  // it refuses in the envelope, docs/embedding.md
    for (const auto& [status, names] : errors_of(route)) responses.set(std::to_string(status), refusal_of(names));
    responses.set("default", Json::object({{"description", "任何其他错误 any other error"},
                                           {"content", content_of(type_schema("ErrorAnswer"))}}));
    return responses;
}

/// The same call with a claim that comes line by line, which no schema of OpenAPI 3.1 has a word for.
Json line_by_line() {
    return Json::object({{"content-type", kStreamType},
                         {"max-lines", kMaxStreamLines},
                         {"max-bytes", kMaxStreamBytes},
                         {"line", type_schema("LineOfClaim")},
                         {"last-line", type_schema("ClearSummary|ClearBroken")}});
}

Json operation_of(const RouteWords& route) {
    Json roles = Json::array();
    for (const CallerRole role : {CallerRole::his, CallerRole::clerk, CallerRole::viewer, CallerRole::owner})
        if ((route.roles & bit(role)) != 0 && (role != CallerRole::owner || route.roles == kOwner))
            roles.push(to_string(role));
    Json operation = Json::object({{"operationId", operation_id(route)},
                                   {"summary", std::string(route.zh) + " " + std::string(route.en)},
                                   {"x-zige-roles", std::move(roles)}});
    if (route.roles == kOwner) operation.set("security", Json::array());
    Json parameters = parameters_of(route);
    if (!parameters.items()->empty()) operation.set("parameters", std::move(parameters));
    if (!route.body.empty() && route.body != "nothing") {
        const bool claim = route.body.starts_with("claim");  // and more, behind a comma
        const std::string fields =
            claim ? std::string(kClaimFields) + std::string(route.body.substr(5)) : std::string(route.body);
        operation.set("requestBody",
                      Json::object({{"required", true}, {"content", content_of(object_schema(fields, false))}}));
    }
    operation.set("responses", responses_of(route));
    if (route.path == "/v1/clear") operation.set("x-zige-line-by-line", line_by_line());
    return operation;
}

Json security_schemes() {
    return Json::object({{"key", Json::object({{"type", "apiKey"}, {"in", "header"}, {"name", "X-Zige-Key"}})},
                         {"bearer", Json::object({{"type", "http"}, {"scheme", "bearer"}})}});
}

}  // namespace

Json openapi_document(std::span<const RouteWords> routes, std::string_view version) {
    const Json schemas = api_schemas();
    Json paths = Json::object();
    for (const RouteWords& route : routes) {
        expect(schemas.find(route.answer) != nullptr, "a route answers with a schema that there is not");
        const std::string path(route.path);
        Json operations = paths.find(path) == nullptr ? Json::object() : *paths.find(path);
        operations.set(route.method == "POST" ? "post" : "get", operation_of(route));
        paths.set(path, std::move(operations));
    }
    return Json::object(
        {{"openapi", "3.1.0"},
         {"info", Json::object({{"title", "Zige 资格 本机接口 local interface"}, {"version", version}})},
         {"servers", Json::array({Json::object({{"url", "http://127.0.0.1:8620"}})})},
         {"security", Json::array({Json::object({{"key", Json::array()}}), Json::object({{"bearer", Json::array()}})})},
         {"paths", std::move(paths)},
         {"components", Json::object({{"schemas", schemas}, {"securitySchemes", security_schemes()}})}});
}

}  // namespace zige::daemon
