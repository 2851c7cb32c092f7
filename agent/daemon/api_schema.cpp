#include "agent/daemon/api_schema.h"

#include <algorithm>
#include <vector>

namespace zige::daemon {
namespace {

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> parts(std::string_view text, char separator) {
    std::vector<std::string_view> list;
    while (true) {
        const auto at = text.find(separator);
        list.push_back(trimmed(text.substr(0, at)));
        if (at == std::string_view::npos) return list;
        text.remove_prefix(at + 1);
    }
}

Json of_pattern(std::string_view pattern) { return Json::object({{"type", "string"}, {"pattern", pattern}}); }

Json plain_schema(std::string_view type) {
    if (type == "text") return Json::object({{"type", "string"}});
    if (type == "int") return Json::object({{"type", "integer"}});
    if (type == "bool") return Json::object({{"type", "boolean"}});
    if (type == "null") return Json::object({{"type", "null"}});
    if (type == "any") return Json::object();
    if (type == "day") return of_pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    if (type == "time") return of_pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$");
    if (type == "hex") return of_pattern("^([0-9a-f]{2})+$");
    if (type.size() > 2 && type.front() == '\'' && type.back() == '\'')
        return Json::object({{"const", type.substr(1, type.size() - 2)}});
    expect(!type.empty() && type.front() >= 'A' && type.front() <= 'Z', "a type that is none in a schema");
    return Json::object({{"$ref", "#/components/schemas/" + std::string(type)}});
}

Json one_of_them(std::string_view type) {
    if (!type.ends_with("[]")) return plain_schema(type);
    return Json::object({{"type", "array"}, {"items", plain_schema(type.substr(0, type.size() - 2))}});
}

}  // namespace

Json type_schema(std::string_view type) {
    const auto alternatives = parts(type, '|');
    if (alternatives.size() == 1) return one_of_them(alternatives[0]);
    Json list = Json::array();
    for (const std::string_view each : alternatives) list.push(one_of_them(each));
    return Json::object({{"anyOf", std::move(list)}});
}

Json object_schema(std::string_view fields, bool closed) {
    Json properties = Json::object();
    Json required = Json::array();
    for (const std::string_view field : parts(fields, ',')) {
        if (field.empty() && fields.empty()) break;
        const auto colon = field.find(':');
        expect(colon != std::string_view::npos, "a field without a type in a schema");
        std::string_view name = trimmed(field.substr(0, colon));
        const bool optional = name.ends_with('?');
        if (optional) name.remove_suffix(1);
        expect(!name.empty() && properties.find(name) == nullptr, "a field without a name, or twice, in a schema");
        properties.set(std::string(name), type_schema(trimmed(field.substr(colon + 1))));
        if (!optional) required.push(name);
    }
    Json schema = Json::object({{"type", "object"}});
    if (!required.items()->empty()) schema.set("required", std::move(required));
    schema.set("properties", std::move(properties));
    if (closed) schema.set("additionalProperties", false);
    return schema;
}

}  // namespace zige::daemon
