#include "agent/capi/json_fields.h"

namespace zige::capi {

const Json* JsonFields::find(std::string_view path) const {
    const Json* at = object_;
    while (at != nullptr && !path.empty()) {
        const auto dot = path.find('.');
        at = at->find(path.substr(0, dot));
        path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
    }
    return at == nullptr || at->is_null() ? nullptr : at;
}

std::int64_t JsonFields::integer(std::string_view path, std::int64_t when_missing) const {
    const Json* found = find(path);
    return found == nullptr ? when_missing : found->integer().value_or(when_missing);
}

std::int32_t JsonFields::flag(std::string_view path) const {
    const Json* found = find(path);
    return found != nullptr && found->boolean().value_or(false) ? 1 : 0;
}

std::string_view JsonFields::text(std::string_view path) const {
    const Json* found = find(path);
    return found == nullptr || found->text() == nullptr ? std::string_view{} : std::string_view(*found->text());
}

}  // namespace zige::capi
