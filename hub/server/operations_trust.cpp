#include <algorithm>

#include "hub/server/operations.h"
#include "hub/server/trust_json.h"

namespace zige::hub {
namespace {

constexpr std::size_t kMaxPublicKeyText = 2 * kMaxPublicKeyBytes;

std::int64_t days_until(Instant end, Instant now) {
    return std::max<std::int64_t>(0, std::chrono::floor<std::chrono::days>(end - now).count());
}

Json online_keys_json(const Trust& trust, Instant now) {
    Json keys{Json::Array{}};
    for (const Trust::OnlineKey& each : trust.online_keys(now))
        keys.push(Json::object({{"id", each.key.id},
                                {"public_key", to_hex(each.key.public_key)},
                                {"from", format(each.key.not_before)},
                                {"until", format(each.key.not_after)},
                                {"days_left", days_until(each.key.not_after, now)},
                                {"here", each.here},
                                {"signs", each.signs}}));
    return keys;
}

Result<Json> show(OperationContext& context, const CallArguments&, const ServiceCall&) {
    const Trust& trust = context.hub.trust();
    const wire::TrustDocument document = trust.document();
    Json roots{Json::Array{}};
    for (const Bytes& key : document.root_keys) roots.push(to_hex(key));
    return Json::object({{"hub", document.hub_id},
                         {"version", document.version},
                         {"suite", suite_name(document.suite)},
                         {"issued", format(document.issued)},
                         {"threshold", document.threshold},
                         {"root_keys", document.root_keys.size()},
                         {"roots", std::move(roots)},
                         {"online_keys", online_keys_json(trust, context.hub.clock().running)},
                         {"fingerprint", trust.fingerprint()}});
}

Result<std::vector<Bytes>> root_keys(const CallArguments& arguments) {
    std::vector<Bytes> keys;
    if (!arguments.has("root_public")) return keys;
    ZIGE_TRY(texts, arguments.long_texts("root_public"));
    for (std::string& text : texts) {
        while (!text.empty() && std::string_view(" \t\r\n").find(text.back()) != std::string_view::npos)
            text.pop_back();
        const auto key = text.size() <= kMaxPublicKeyText ? from_hex(text) : std::nullopt;
        if (!key) return fail(ErrorId::api_bad_field, "root_public", "not a public key in hexadecimal digits");
        keys.push_back(*key);
    }
    return keys;
}

Result<NextTrust> wish_of(const CallArguments& arguments) {
    NextTrust wish;
    ZIGE_TRY(days, arguments.number_or("days", wish.online_validity.count(), 1, kMaxOnlineValidity.count()));
    wish.online_validity = std::chrono::days{days};
    ZIGE_TRY(threshold, arguments.number_or("threshold", 0, 1, 8));
    if (threshold > 0) wish.threshold = static_cast<std::uint8_t>(threshold);
    ZIGE_TRY(revoked, arguments.number_or("keyid", 0, 1, 255));
    if (revoked > 0) wish.revoke = static_cast<std::uint8_t>(revoked);
    ZIGE_TRY(roots, root_keys(arguments));
    wish.root_keys = std::move(roots);
    wish.sealing_key = arguments.flag("sealing");
    wish.tls = arguments.flag("tls");
    ZIGE_TRY(time, arguments.maybe_text("reset_time"));
    if (!time) return wish;
    ZIGE_TRY(when, parse_time(*time, "reset_time"));
    ZIGE_TRY(epoch, arguments.number_or("reset_epoch", -1, 0, UINT32_MAX));
    if (epoch < 0) return fail(ErrorId::api_missing_field, "reset_epoch");
    wish.reset = wire::TrustReset{when, Epoch{static_cast<std::uint32_t>(epoch)}};
    return wish;
}

/// The draft goes to whoever asked; root keys never come near the service.
Result<Json> draft(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(wish, wish_of(arguments));
    ZIGE_TRY(draft, context.hub.rotation().draft(wish));
    return Json::object({{"draft", to_hex(encode(draft))}});
}

Result<Json> publish(OperationContext& context, const CallArguments& arguments, const ServiceCall& call) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(draft, decode_trust_draft(call.attachment));
    const wire::TrustDocument before = context.hub.trust().document();
    ZIGE_CHECK(context.hub.rotation().publish(actor, draft));
    ZIGE_TRY(now, show(context, arguments, call));
    now.set("restart_needed", before.tls_ca != context.hub.trust().document().tls_ca);
    return now;
}

Json jump_json(const std::optional<ClockGuard::Jump>& jump) {
    if (!jump) return Json();
    return Json::object({{"expected", format(jump->expected)},
                         {"wall", format(jump->wall)},
                         {"seconds", (jump->wall - jump->expected).count()},
                         {"rebooted", jump->rebooted}});
}

Result<Json> show_clock(OperationContext& context, const CallArguments&, const ServiceCall&) {
    const ClockGuard::Status clock = context.hub.clock();
    return Json::object({{"time", format(clock.running)},
                         {"wall", format(clock.wall)},
                         {"signing", !clock.refused},
                         {"jump", jump_json(clock.jump)}});
}

Result<Json> confirm_clock(OperationContext& context, const CallArguments& arguments, const ServiceCall& call) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(reason, arguments.text("reason"));
    ZIGE_CHECK(context.hub.confirm_clock(actor, reason));
    return show_clock(context, arguments, call);
}

constexpr NamedOperation kOperations[] = {{"trust.show", show},
                                          {"trust.draft", draft},
                                          {"trust.publish", publish},
                                          {"clock.show", show_clock},
                                          {"clock.confirm", confirm_clock}};

}  // namespace

std::span<const NamedOperation> trust_operations() { return kOperations; }

}  // namespace zige::hub
