#include "hub/core/rotation.h"

#include <algorithm>

#include "hub/core/hub_values.h"
#include "hub/core/key_files.h"
#include "hub/core/statements.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

// The clock may be put right by minutes; a key that was made a moment ago must still sign.
constexpr std::chrono::hours kKeySlack{1};
constexpr std::chrono::days kClockSlack{1};  // certificates begin a day earlier: no agent judges them by a PC's clock
constexpr std::uint8_t kLastId = UINT8_MAX;

using OnlineKeys = std::vector<wire::OnlineKey>;

const wire::OnlineKey* find_id(const OnlineKeys& keys, std::uint8_t id) {
    const auto at = std::ranges::find(keys, id, &wire::OnlineKey::id);
    return at == keys.end() ? nullptr : &*at;
}

/// Without those that ended or are revoked, and room for `more`: the oldest go first. A document that revokes keeps one
/// less, so that what it dropped is told from what only made room (own_signature.cpp).
OnlineKeys still_used(OnlineKeys keys, const NextTrust& wish, Instant now, std::size_t more) {
    std::erase_if(keys, [&](const wire::OnlineKey& key) { return key.not_after <= now || key.id == wish.revoke; });
    std::ranges::sort(keys, {}, &wire::OnlineKey::id);
    const std::size_t room = kKeptOnlineKeys - more - (wish.revoke ? 1 : 0);
    if (keys.size() > room) keys.erase(keys.begin(), keys.end() - static_cast<std::ptrdiff_t>(room));
    return keys;
}

Result<void> check_wish(const NextTrust& wish, const wire::TrustDocument& now) {
    if (wish.online_validity <= std::chrono::days{0} || wish.online_validity > kMaxOnlineValidity)
        return fail(ErrorId::usage_bad_argument, "online_key_validity", "1 to 90 days");
    if (wish.tls_validity <= std::chrono::days{0})
        return fail(ErrorId::usage_bad_argument, "tls_validity", "at least a day");
    if (wish.revoke && find_id(now.online_keys, *wish.revoke) == nullptr)
        return fail(ErrorId::trust_key_unknown, "key", std::to_string(*wish.revoke));
    const std::size_t roots = wish.root_keys.empty() ? now.root_keys.size() : wish.root_keys.size();
    const std::size_t threshold = wish.threshold.value_or(now.threshold);
    if (roots > kMaxRootKeys || threshold == 0 || threshold > roots)
        return fail(ErrorId::usage_bad_argument, "threshold",
                    std::to_string(threshold) + " of " + std::to_string(roots) + " root keys");
    return {};
}

std::string ids_of(const OnlineKeys& keys, const OnlineKeys& without) {
    std::string ids;
    for (const wire::OnlineKey& key : keys)
        if (find_id(without, key.id) == nullptr) ids += (ids.empty() ? "" : " ") + std::to_string(key.id);
    return ids;
}

/// Without signatures that count for neither threshold: agents need not fetch them.
wire::SignedTrust smallest(const wire::TrustDocument& before, wire::SignedTrust trust, const Verifier& verifier) {
    for (std::size_t at = trust.signatures.size(); at-- > 0;) {
        wire::SignedTrust without = trust;
        without.signatures.erase(without.signatures.begin() + static_cast<std::ptrdiff_t>(at));
        if (wire::check_trust(&before, without, verifier).ok()) trust = std::move(without);
    }
    return trust;
}

}  // namespace

Result<std::uint8_t> Rotation::next_id() const {
    std::uint8_t highest = 0;
    for (const Bytes& bytes : trust_.chain()) {
        ZIGE_TRY(trust, wire::decode_signed_trust(bytes));
        ZIGE_TRY(document, wire::decode_trust_document(trust.document));
        for (const wire::OnlineKey& key : document.online_keys) highest = std::max(highest, key.id);
    }
    if (highest == kLastId) return fail(ErrorId::trust_key_reused, "trust.online_keys.id", "255 keys were used");
    return static_cast<std::uint8_t>(highest + 1);
}

Result<wire::OnlineKey> Rotation::make_online_key(const NextTrust& wish, Instant from) const {
    ZIGE_TRY(id, next_id());
    ZIGE_TRY(pem, env_.keys.make_signing_key());
    ZIGE_TRY(signer, env_.keys.open_signing_key(pem));
    const KeyFiles files(env_.files, folder_);
    ZIGE_CHECK(files.write(KeyFiles::name_of(KeyFiles::kOnline, signer->public_key()), pem));
    return wire::OnlineKey{id, signer->public_key(), from - kKeySlack, from - kKeySlack + wish.online_validity};
}

Result<void> Rotation::make_tls(wire::TrustDocument& next, const NextTrust& wish, Instant now) const {
    const Instant from = now - kClockSlack;
    const Instant until = now + wish.tls_validity;
    // Both authorities are trusted for a while: OpenSSL tells them apart by name.
    const std::string name = "zige " + next.hub_id + " " + std::to_string(next.version);
    ZIGE_TRY(authority, env_.keys.make_tls_authority(name, from, until));
    ZIGE_TRY(server, env_.keys.make_server_certificate(authority, from, until));
    const KeyFiles files(env_.files, folder_);
    const auto file = [&](const char* plain) { return KeyFiles::name_of(plain, authority.public_part); };
    ZIGE_CHECK(files.write(file(KeyFiles::kAuthorityKey), authority.private_pem));
    ZIGE_CHECK(files.write(file(KeyFiles::kAuthority), authority.public_part));
    ZIGE_CHECK(files.write(file(KeyFiles::kServerKey), server.private_pem));
    ZIGE_CHECK(files.write(file(KeyFiles::kServer), server.public_part));
    next.tls_ca = std::move(authority.public_part);
    return {};
}

Result<TrustDraft> Rotation::draft(const NextTrust& wish) const {
    const std::vector<Bytes> chain = trust_.chain();
    TrustDraft draft;
    ZIGE_TRY(previous, wire::decode_signed_trust(chain.back()));
    ZIGE_TRY(next, wire::decode_trust_document(previous.document));
    ZIGE_CHECK(check_wish(wish, next));
    ZIGE_TRY(now, publisher_.now());
    ++next.version;
    next.issued = now;
    const bool new_key = wish.online_key || wish.revoke.has_value();
    next.online_keys = still_used(std::move(next.online_keys), wish, now, new_key ? 1 : 0);
    if (new_key || next.online_keys.empty()) {
        ZIGE_TRY(key, make_online_key(wish, now));
        next.online_keys.push_back(std::move(key));
    }
    if (wish.sealing_key) {
        ZIGE_TRY(sealing, env_.keys.make_sealing_key());
        ZIGE_CHECK(KeyFiles(env_.files, folder_)
                       .write(KeyFiles::name_of(KeyFiles::kSealing, sealing.public_part), sealing.private_pem));
        next.sealing_key = std::move(sealing.public_part);
    }
    if (wish.tls) ZIGE_CHECK(make_tls(next, wish, now));
    if (!wish.root_keys.empty()) next.root_keys = wish.root_keys;
    next.threshold = wish.threshold.value_or(next.threshold);
    next.reset = wish.reset;  // that of the document before has done its work
    draft.previous = std::move(previous);
    draft.next.document = wire::encode(next);
    // What was asked for may be more than a trust document can hold: two equal root keys, say.
    ZIGE_CHECK(wire::decode_trust_document(draft.next.document));
    return draft;
}

Result<void> Rotation::check_new_keys(const wire::TrustDocument& before, const wire::TrustDocument& next) const {
    const KeyFiles files(env_.files, folder_);
    const auto missing = [](const char* name) {
        return fail(ErrorId::crypto_bad_key, name, "the private part of the new key is not in the key folder");
    };
    for (const wire::OnlineKey& key : next.online_keys) {
        if (find_id(before.online_keys, key.id) != nullptr) continue;
        const auto pem = files.read(KeyFiles::name_of(KeyFiles::kOnline, key.public_key));
        if (!pem.ok()) return missing(KeyFiles::kOnline);
        ZIGE_TRY(signer, env_.keys.open_signing_key(as_text(*pem)));
        if (signer->public_key() != key.public_key) return missing(KeyFiles::kOnline);
    }
    if (next.sealing_key != before.sealing_key &&
        !files.read(KeyFiles::name_of(KeyFiles::kSealing, next.sealing_key)).ok())
        return missing(KeyFiles::kSealing);
    if (next.tls_ca != before.tls_ca && !files.read(KeyFiles::name_of(KeyFiles::kServerKey, next.tls_ca)).ok())
        return missing(KeyFiles::kServerKey);
    return {};
}

/// All agents wait for a state of that epoch.
Result<void> Rotation::reset_epoch(Change& change, const wire::TrustReset& reset) const {
    LogEvent event;
    event.event = HubEvent::time_reset;
    event.body.add("time", format(reset.time)).add("epoch", static_cast<std::int64_t>(reset.epoch.value));
    ZIGE_CHECK(change.log(std::move(event)));
    ZIGE_CHECK(set_number(change.tx(), HubValue::epoch, reset.epoch.value));
    ZIGE_TRY(rows, change.tx().query(Sql::institution_codes, {}));
    for (const Row& row : rows) change.touch(row.text(0));
    return {};
}

Result<void> Rotation::store(Change& change, const wire::TrustDocument& before, const wire::TrustDocument& next,
                             const wire::SignedTrust& trust) const {
    ZIGE_CHECK(change.tx().exec(Sql::trust_put, {sql(next.version), sql(wire::encode(trust))}));
    const std::string gone = ids_of(before.online_keys, next.online_keys);
    bool revoked = false;
    for (const wire::OnlineKey& key : before.online_keys)
        revoked = revoked || (find_id(next.online_keys, key.id) == nullptr && key.not_after > change.now());
    LogEvent event;
    event.event = revoked ? HubEvent::trust_revoked : HubEvent::trust_rotated;
    event.body.add("version", static_cast<std::int64_t>(next.version))
        .add("online_keys", ids_of(next.online_keys, {}))
        .add("dropped", gone)
        .add("threshold", static_cast<std::int64_t>(next.threshold))
        .add("document", to_hex(env_.hasher.hash({trust.document})));
    ZIGE_CHECK(change.log(std::move(event)));
    change.use_trust(next.version);
    if (next.reset) ZIGE_CHECK(reset_epoch(change, *next.reset));
    if (gone.empty()) return {};
    // A blob is an envelope; one that a dropped key signed is of no use any more.
    return change.tx().exec(Sql::blob_purge, {sql(change.now() + std::chrono::hours{1})});
}

Result<Published> Rotation::publish(const std::string& actor, const TrustDraft& draft) {
    const wire::TrustDocument before = trust_.document();
    auto next = wire::check_trust(&before, draft.next, env_.verifier);
    if (!next.ok() && next.error().id == ErrorId::trust_too_few_signatures)
        return fail(ErrorId::trust_no_quorum, next.error().field, next.error().detail);
    if (!next.ok()) return next.error();
    ZIGE_CHECK(check_new_keys(before, *next));
    ZIGE_TRY(id, next_id());
    for (const wire::OnlineKey& key : next->online_keys)
        if (find_id(before.online_keys, key.id) == nullptr && key.id < id)
            return fail(ErrorId::trust_key_reused, "trust.online_keys.id", std::to_string(key.id));
    const wire::SignedTrust trust = smallest(before, draft.next, env_.verifier);
    ZIGE_TRY(published, publisher_.change(actor, [&](Change& change) -> Result<void> {
        return store(change, before, *next, trust);
    }));
    ZIGE_CHECK(trust_.reload());
    return published;
}

}  // namespace zige::hub
