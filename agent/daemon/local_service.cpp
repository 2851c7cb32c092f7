#include "agent/daemon/local_service.h"

#include <algorithm>

#include "agent/daemon/calendar_api.h"
#include "shared/wire/limits.h"

namespace zige::daemon {
namespace {

constexpr unsigned bit(CallerRole role) { return 1U << static_cast<unsigned>(role); }
constexpr unsigned kOwner = bit(CallerRole::owner);
constexpr unsigned kClerk = kOwner | bit(CallerRole::clerk);
constexpr unsigned kTill = kClerk | bit(CallerRole::his);
constexpr unsigned kAll = kTill | bit(CallerRole::viewer);

/// "/v1/departures/*/undo" fits "/v1/departures/3f2a/undo": a star stands for one part of a path, which is not empty.
bool fits(std::string_view pattern, std::string_view path) {
    const auto star = pattern.find('*');
    if (star == std::string_view::npos) return pattern == path;
    const std::string_view tail = pattern.substr(star + 1);
    if (!path.starts_with(pattern.substr(0, star)) || !path.ends_with(tail)) return false;
    if (path.size() <= star + tail.size()) return false;
    const std::string_view part = path.substr(star, path.size() - star - tail.size());
    return part.find('/') == std::string_view::npos;
}

}  // namespace

struct LocalService::Route {
    std::string_view method;
    std::string_view path;
    unsigned roles;
    Result<Json> (LocalService::*handle)(const ApiRequest&);
};

const LocalService::Route LocalService::kRoutes[] = {
    {"POST", "/v1/check", kAll, &LocalService::check},
    {"POST", "/v1/clear", kTill, &LocalService::clear},
    {"GET", "/v1/decisions/*", kTill, &LocalService::decision},
    {"POST", "/v1/decisions/*/evidence", kTill, &LocalService::evidence},
    {"GET", "/v1/decisions/*/receipt", kTill, &LocalService::receipt},
    {"POST", "/v1/receipts/check", kAll, &LocalService::check_receipt},
    {"POST", "/v1/reverse", kTill, &LocalService::reverse},
    {"POST", "/v1/orders/precheck", kAll, &LocalService::precheck},
    {"GET", "/v1/mapping", kAll, &LocalService::mapping},
    {"GET", "/v1/evidence", kAll, &LocalService::evidence_duties},
    {"GET", "/v1/status", kAll, &LocalService::status},
    {"GET", "/v1/departures", kAll, &LocalService::departures},
    {"POST", "/v1/departures", kClerk, &LocalService::depart},
    {"POST", "/v1/departures/*/undo", kClerk, &LocalService::undo},
    {"POST", "/v1/departures/*/confirm", kClerk, &LocalService::confirm},
    {"POST", "/v1/departures/*/amend", kClerk, &LocalService::amend},
    {"GET", "/v1/filings", kAll, &LocalService::filings},
    {"POST", "/v1/filings", kClerk, &LocalService::file},
    {"GET", "/v1/filings/*/code", kClerk, &LocalService::filing_code},
    {"POST", "/v1/filings/*/undo", kClerk, &LocalService::take_back},
    {"GET", "/v1/filings/*", kAll, &LocalService::filing},
    {"POST", "/v1/duty", kTill, &LocalService::duty},
    {"POST", "/v1/sync", kClerk, &LocalService::sync_now},
    {"GET", "/v1/journal/verify", kClerk, &LocalService::verify_journal},
    {"GET", "/v1/calendar/*", kAll, &LocalService::calendar},
    {"POST", "/v1/statements", kClerk, &LocalService::add_statement},
    {"POST", "/v1/prolong", kClerk, &LocalService::prolong},
    {"GET", "/v1/keys", kOwner, &LocalService::list_keys},
    {"POST", "/v1/keys", kOwner, &LocalService::make_key},
    {"POST", "/v1/keys/revoke", kOwner, &LocalService::revoke_key},
};

LocalService::LocalService(agent::Agent& agent, ApiKeys& keys, const Clock& clock)
    : agent_(agent), keys_(keys), clock_(clock) {}

const LocalService::Route* LocalService::find_route(const ApiRequest& request, bool& path_known) const {
    path_known = false;
    for (const Route& route : kRoutes) {
        if (!fits(route.path, request.path)) continue;
        if (route.method == request.method) return &route;
        path_known = true;
    }
    return nullptr;
}

ApiAnswer LocalService::call(const ApiRequest& request) {
    bool path_known = false;
    const Route* route = find_route(request, path_known);
    if (route == nullptr)
        return error_answer(fail(path_known ? ErrorId::api_bad_method : ErrorId::api_unknown_path, "",
                                 request.method + " " + request.path));
    if ((route->roles & bit(request.caller.role)) == 0)
        return error_answer(
            fail(ErrorId::api_forbidden, "", std::string("a key of role ") + to_string(request.caller.role)));
    auto answer = (this->*route->handle)(request);
    return answer ? ApiAnswer{200, std::move(answer).value()} : error_answer(answer.error());
}

Result<agent::SyncReport> LocalService::sync(bool carry) {
    ZIGE_TRY(syncer, agent_.syncer());
    const std::lock_guard lock(syncing_);
    return syncer->sync_once(carry);
}

Result<Json> LocalService::calendar(const ApiRequest& request) {
    const auto view = agent_.view();
    const Calendar& calendar = view ? view->copy->calendar() : Calendar::official();
    const std::string_view last = std::string_view(request.path).substr(request.path.rfind('/') + 1);
    return last == "due" ? calendar_due(request.query, calendar, view != nullptr)
                         : calendar_year(last, calendar, view != nullptr);
}

Result<Json> LocalService::verify_journal(const ApiRequest&) {
    ZIGE_TRY(journal, agent_.journal());
    ZIGE_CHECK(journal->sign_pending());
    ZIGE_TRY(verified, journal->verify());
    const auto status = journal->status();
    return Json::object({{"agent", status.agent.value},
                         {"chapter", status.chapter.value},
                         {"entries", verified.entries},
                         {"batches", verified.batches},
                         {"not_signed", verified.not_signed},
                         {"chapters", verified.chapters},
                         {"held_by_hub", status.held},
                         {"hash", to_hex(status.hash)},
                         {"frozen", status.frozen},
                         {"anchor_ahead", status.anchor_ahead}});
}

Result<Json> LocalService::list_keys(const ApiRequest&) {
    Json list = Json::array();
    ZIGE_TRY(keys, keys_.list());
    for (const ApiKeys::Facts& key : keys)
        list.push(Json::object({{"name", key.name}, {"role", to_string(key.role)}, {"made", format(key.made)}}));
    return Json::object({{"keys", std::move(list)}});
}

Result<Json> LocalService::make_key(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(name, text_member(body, "name", kMaxText));
    ZIGE_TRY(role_name, text_member(body, "role", kMaxText));
    const auto role = key_role(role_name);
    if (!role) return fail(ErrorId::api_bad_field, "role", "his, clerk or viewer");
    ZIGE_TRY(key, keys_.create(name, *role, clock_.wall()));
    return Json::object({{"name", name}, {"role", role_name}, {"key", key}});
}

Result<Json> LocalService::revoke_key(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(name, text_member(body, "name", kMaxText));
    ZIGE_CHECK(keys_.revoke(name));
    return Json::object({{"name", name}, {"revoked", true}});
}

}  // namespace zige::daemon
