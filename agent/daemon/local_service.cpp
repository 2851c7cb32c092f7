#include "agent/daemon/local_service.h"

#include "agent/daemon/calendar_api.h"
#include "shared/wire/limits.h"

namespace zige::daemon {

LocalService::LocalService(const Parts& parts) : parts_(parts), agent_(parts.agent), clock_(parts.clock) {}

Result<agent::SyncReport> LocalService::sync(bool carry) {
    ZIGE_TRY(syncer, agent_.syncer());
    const std::lock_guard lock(syncing_);
    return syncer->sync_once(carry);
}

Result<Json> LocalService::calendar(const ApiRequest& request) {
    const auto view = agent_.view();
    const Calendar& calendar = view ? view->copy->calendar() : Calendar::official();
    const std::string_view year = part_in(request);
    return year.empty() ? calendar_due(request.query, calendar, view != nullptr)
                        : calendar_year(year, calendar, view != nullptr);
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
    ZIGE_TRY(keys, parts_.keys.list());
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
    ZIGE_TRY(clerk, parts_.clerks.has(name));
    if (clerk) return fail(ErrorId::local_clerk_name_taken, "name", name);
    ZIGE_TRY(key, parts_.keys.create(name, *role, clock_.wall()));
    return Json::object({{"name", name}, {"role", role_name}, {"key", key}});
}

Result<Json> LocalService::revoke_key(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(name, text_member(body, "name", kMaxText));
    ZIGE_CHECK(parts_.keys.revoke(name));
    return Json::object({{"name", name}, {"revoked", true}});
}

}  // namespace zige::daemon
