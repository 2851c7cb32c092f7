#include "hub/server/print.h"

#include "hub/core/roster/roster.h"

namespace zige::hub {

std::string shown(const Json& json, std::string_view key) {
    const Json* member = json.find(key);
    if (member == nullptr) return {};
    if (member->text() != nullptr) return *member->text();
    if (const auto flag = member->boolean()) return *flag ? "true" : "false";
    return member->number().value_or("");
}

const Json::Array& list_of(const Json& json, std::string_view key) {
    static const Json::Array kNone;
    const Json* member = json.find(key);
    return member == nullptr || member->items() == nullptr ? kNone : *member->items();
}

std::string print_answer(std::string_view operation, const Json& answer, Lang lang) {
    for (const auto print : {print_registry, print_desk, print_audit, print_trust})
        if (std::string text = print(operation, answer, lang); !text.empty()) return text;
    return answer.write(2) + "\n";
}

std::string print_error(const Error& error, Lang lang) {
    std::string line = "zige-hub: " + std::string(text(error.id, lang)) + " (" + to_string(error.id) + ")";
    if (!error.field.empty()) line += ": " + error.field;
    if (!error.detail.empty()) line += ": " + error.detail;
    return line + "\n";
}

}  // namespace zige::hub
