#include "hub/server/trust_json.h"

#include <algorithm>

#include "hub/server/operations.h"

namespace zige::hub {
namespace {

using OnlineKeys = std::vector<wire::OnlineKey>;

const wire::OnlineKey* find_id(const OnlineKeys& keys, std::uint8_t id) {
    const auto at = std::ranges::find(keys, id, &wire::OnlineKey::id);
    return at == keys.end() ? nullptr : &*at;
}

Json key_json(const char* change, const wire::OnlineKey& key) {
    return Json::object({{"change", change},
                         {"id", key.id},
                         {"from", format(key.not_before)},
                         {"until", format(key.not_after)},
                         {"public_key", to_hex(key.public_key)}});
}

void add_online_keys(Json& changes, const DraftContent& content) {
    for (const wire::OnlineKey& key : content.next.online_keys) {
        const wire::OnlineKey* before = find_id(content.previous.online_keys, key.id);
        if (before == nullptr) changes.push(key_json("online_key_new", key));
        else if (*before != key) changes.push(key_json("online_key_changed", key));
    }
    for (const wire::OnlineKey& key : content.previous.online_keys)
        if (find_id(content.next.online_keys, key.id) == nullptr)
            changes.push(
                key_json(key.not_after > content.next.issued ? "online_key_revoked" : "online_key_ended", key));
}

void add_roots(Json& changes, const DraftContent& content) {
    for (const auto& root : content.roots)
        if (root.of_previous != root.of_next)
            changes.push(Json::object({{"change", root.of_next ? "root_key_new" : "root_key_dropped"},
                                       {"public_key", to_hex(root.public_key)}}));
    if (content.previous.threshold != content.next.threshold)
        changes.push(Json::object(
            {{"change", "threshold"}, {"before", content.previous.threshold}, {"after", content.next.threshold}}));
}

Json changes_json(const DraftContent& content) {
    Json changes{Json::Array{}};
    add_online_keys(changes, content);
    add_roots(changes, content);
    const auto& [previous, next, roots] = content;
    if (previous.sealing_key != next.sealing_key)
        changes.push(Json::object({{"change", "sealing_key"}, {"public_key", to_hex(next.sealing_key)}}));
    if (previous.tls_ca != next.tls_ca) changes.push(Json::object({{"change", "tls_authority"}}));
    if (previous.suite != next.suite)
        changes.push(Json::object({{"change", "suite"}, {"after", suite_name(next.suite)}}));
    if (next.reset)
        changes.push(Json::object(
            {{"change", "reset"}, {"time", format(next.reset->time)}, {"epoch", next.reset->epoch.value}}));
    return changes;
}

}  // namespace

Json draft_json(const DraftContent& content) {
    Json roots{Json::Array{}};
    for (const auto& root : content.roots)
        roots.push(Json::object({{"public_key", to_hex(root.public_key)},
                                 {"of_previous", root.of_previous},
                                 {"of_next", root.of_next},
                                 {"signed", root.has_signed}}));
    return Json::object({{"hub", content.next.hub_id},
                         {"previous_version", content.previous.version},
                         {"version", content.next.version},
                         {"issued", format(content.next.issued)},
                         {"changes", changes_json(content)},
                         {"roots", std::move(roots)},
                         {"threshold_of_previous", content.previous.threshold},
                         {"threshold_of_next", content.next.threshold},
                         {"signed_of_previous", content.signed_of_previous()},
                         {"signed_of_next", content.signed_of_next()},
                         {"complete", content.complete()}});
}

}  // namespace zige::hub
