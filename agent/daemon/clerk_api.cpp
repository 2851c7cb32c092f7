#include <set>

#include "agent/daemon/local_service.h"
#include "shared/wire/limits.h"

namespace zige::daemon {
namespace {

Json clerk_json(const PinBook::Facts& clerk) {
    return Json::object({{"name", clerk.name}, {"made", format(clerk.made)}, {"locked", clerk.locked}});
}

struct Named {
    std::string name;
    std::string pin;
};

Result<Named> named_in(const Json& body) {
    ZIGE_TRY(name, text_member(body, "name", kMaxPinName));
    ZIGE_TRY(pin, text_member(body, "pin", kMaxText));
    return Named{name, pin};
}

}  // namespace

/// Where clerks are registered, a name that is said to act is proven by its PIN. The owner of the folder could give
/// himself any PIN, so that asking him for one proves nothing; one that he gives is judged.
Result<void> LocalService::prove(std::string_view name, std::string_view pin, const Caller& caller) {
    if (pin.empty() && (caller.role == CallerRole::owner || name == caller.name)) return {};
    ZIGE_TRY(none, parts_.clerks.empty());
    if (none) return {};
    if (pin.empty()) return fail(ErrorId::local_pin_needed, "clerk", std::string(name));
    ZIGE_TRY(proven, parts_.clerks.check(name, pin, agent_.time().running()));
    return {};
}

Result<std::string> LocalService::clerk_of(const Json& body, const Caller& caller) {
    ZIGE_TRY(clerk, optional_text_member(body, "clerk", kMaxText));
    ZIGE_TRY(pin, optional_text_member(body, "clerk_pin", kMaxText));
    const std::string name = clerk.value_or(caller.name);
    if (name.empty()) return fail(ErrorId::api_missing_field, "clerk");
    ZIGE_CHECK(prove(name, pin.value_or(""), caller));
    return name;
}

/// Who answers for lines (担责放行), in the claim or in a line: each name with its PIN, once.
Result<void> LocalService::prove_releases(const Json& body, const Caller& caller) {
    std::set<std::pair<std::string, std::string>> named;
    const auto note = [&](const Json& holder) -> Result<void> {
        const Json* release = holder.find("release");
        if (release == nullptr || release->members() == nullptr) return {};
        ZIGE_TRY(by, text_or_digits(release->find("released_by"), "release.released_by", kMaxText));
        ZIGE_TRY(pin, optional_text_member(*release, "pin", kMaxText));
        if (!by.empty()) named.emplace(by, pin.value_or(""));
        return {};
    };
    ZIGE_CHECK(note(body));
    if (const Json* lines = body.find("feedetail"); lines != nullptr && lines->items() != nullptr)
        for (const Json& line : *lines->items()) ZIGE_CHECK(note(line));
    for (const auto& [name, pin] : named) {
        const auto proven = prove(name, pin, caller);
        if (!proven) return fail(proven.error().id, "release.pin", proven.error().detail);
    }
    return {};
}

Result<Json> LocalService::list_clerks(const ApiRequest&) {
    ZIGE_TRY(clerks, parts_.clerks.list());
    Json list = Json::array();
    for (const PinBook::Facts& each : clerks) list.push(clerk_json(each));
    return Json::object({{"clerks", std::move(list)}});
}

/// A key's name and a clerk's are not the same: both stand in the journal as who did it.
Result<Json> LocalService::add_clerk(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(named, named_in(body));
    ZIGE_TRY(keys, parts_.keys.list());
    for (const ApiKeys::Facts& key : keys)
        if (key.name == named.name) return fail(ErrorId::local_clerk_name_taken, "name", named.name);
    ZIGE_CHECK(parts_.clerks.add(named.name, named.pin, clock_.wall()));
    return Json::object({{"name", named.name}, {"made", format(clock_.wall())}, {"locked", false}});
}

Result<Json> LocalService::remove_clerk(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(name, text_member(body, "name", kMaxText));
    ZIGE_CHECK(parts_.clerks.remove(name));
    return Json::object({{"name", name}, {"removed", true}});
}

Result<Json> LocalService::set_clerk_pin(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(named, named_in(body));
    ZIGE_TRY(known, parts_.clerks.has(named.name));
    if (!known) return fail(ErrorId::local_clerk_not_found, "name", named.name);
    ZIGE_CHECK(parts_.clerks.put(named.name, named.pin, clock_.wall(), {}));
    return Json::object({{"name", named.name}, {"made", format(clock_.wall())}, {"locked", false}});
}

}  // namespace zige::daemon
