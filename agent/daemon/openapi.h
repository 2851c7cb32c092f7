#pragma once

#include <span>
#include <string_view>

#include "agent/daemon/service.h"
#include "shared/poco/json.h"

namespace zige::daemon {

/// One bit for each CallerRole.
constexpr unsigned bit(CallerRole role) { return 1U << static_cast<unsigned>(role); }
inline constexpr unsigned kOwner = bit(CallerRole::owner);
inline constexpr unsigned kClerk = kOwner | bit(CallerRole::clerk);
inline constexpr unsigned kTill = kClerk | bit(CallerRole::his);
inline constexpr unsigned kEverybody = kTill | bit(CallerRole::viewer);

/// A route of the local interface in words: what the OpenAPI document says of it. The notation of `query` and `body` is
/// that of object_schema(); `body` "": none is sent (GET), "nothing": any, "claim": the fields of docs/embedding.md.
struct RouteWords {
    std::string_view method;
    std::string_view path;  ///< "/v1/departures/{departure}/undo"
    unsigned roles = 0;
    std::string_view zh, en;  ///< what it does, in one line
    std::string_view query;
    std::string_view body;
    std::string_view answer;  ///< the name of one of api_schemas()
    std::string_view errors;  ///< names of errors of its own, beside those that every such route has
};

/// Whether all that a route must say is said; a table with a route that does not is not compiled.
constexpr bool is_described(const RouteWords& route) {
    return !route.method.empty() && route.path.starts_with('/') && route.roles != 0 && !route.zh.empty() &&
           !route.en.empty() && !route.answer.empty() && (route.method == "POST") != route.body.empty();
}

/// What every route may answer beside its own errors, by how it is called.
inline constexpr std::string_view kErrorsOfEvery = "api_unauthorized";
inline constexpr std::string_view kErrorsOfBodies = "api_not_json api_too_large";
inline constexpr std::string_view kErrorsOfClerks = "local_pin_needed local_pin_wrong local_pin_locked";

/// The OpenAPI 3.1 document of these routes. Throws Bug when a route names a schema or an error that there is not.
Json openapi_document(std::span<const RouteWords> routes, std::string_view version);

}  // namespace zige::daemon
