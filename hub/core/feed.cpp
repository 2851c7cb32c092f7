#include "hub/core/feed.h"

#include <algorithm>
#include <limits>

#include "hub/core/delta_draft.h"
#include "hub/core/hub_values.h"
#include "hub/core/records.h"
#include "hub/core/region.h"
#include "hub/core/statements.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr std::size_t kMaxCachedDeltas = 512;

}  // namespace

Feed::Feed(const Environment& env, const Trust& trust, Publisher& publisher, FeedOptions options)
    : env_(env), trust_(trust), publisher_(publisher), options_(options) {}

Result<Feed::Current> Feed::load(Tx& tx, const std::string& institution) const {
    ZIGE_TRY(visible, publisher_.visible());
    ZIGE_TRY(last, last_state(tx, institution, visible));
    if (!last) return fail(ErrorId::institution_not_found, "institution", institution);
    ZIGE_TRY(version, get_number(tx, HubValue::ineligible_version));
    return Current{std::move(last->state), last->hash, static_cast<std::uint32_t>(version)};
}

Result<Feed::Current> Feed::current(const std::string& institution) const {
    const auto quiet = publisher_.quiet();
    return read_from(env_.store, [&](Tx& tx) { return load(tx, institution); });
}

Result<Bytes> Feed::sign_head(const Current& current, Instant now) const {
    return trust_.sign(MessageType::head, wire::encode(wire::Head{current.state, now, current.ineligible_version}),
                       now);
}

Result<Bytes> Feed::head(const std::string& institution) {
    ZIGE_TRY(visible, publisher_.visible());
    ZIGE_TRY(now, publisher_.now());
    const std::uint32_t trust_version = trust_.version();
    {
        const std::scoped_lock lock(mutex_);
        const auto cached = heads_.find(institution);
        if (cached != heads_.end() && cached->second.visible == visible &&
            cached->second.trust_version == trust_version && now >= cached->second.signed_at &&
            now < cached->second.signed_at + options_.head_refresh)
            return cached->second.head;
    }
    ZIGE_TRY(state, current(institution));
    ZIGE_TRY(envelope, sign_head(state, now));
    publisher_.keep_time();
    const std::scoped_lock lock(mutex_);
    heads_[institution] = {envelope, now, visible, trust_version};
    return envelope;
}

Result<Feed::Draft> Feed::draft(const std::string& institution, const Hash256& have) const {
    const auto quiet = publisher_.quiet();  // database and visible() agree while we read
    return read_from(env_.store, [&](Tx& tx) -> Result<Draft> {
        Draft draft;
        ZIGE_TRY(current, load(tx, institution));
        ZIGE_TRY(newest, last_state(tx, institution, std::numeric_limits<std::int64_t>::max()));
        if (newest->state.seq != current.state.seq)  // its witness could not be written: the records are ahead
            return fail(ErrorId::hub_busy, "witness", "the last publish is not witnessed yet");
        draft.current = std::move(current);
        draft.there = have == draft.current.hash;
        if (draft.there) return draft;
        std::optional<wire::State> from;
        ZIGE_TRY(row, tx.first(Sql::state_by_hash, {sql(institution), sql(have)}));
        if (row) {
            ZIGE_TRY(state, wire::decode_state(row->bytes(0)));
            from = std::move(state);
        }
        wire::Delta& delta = draft.delta;
        delta.state = draft.current.state;
        delta.ineligible_version = draft.current.ineligible_version;
        const Hash256 start = from ? have : wire::kGenesis;
        if (start != delta.state.previous) delta.from = start;
        ZIGE_CHECK(fill_delta(tx, institution, from, delta.state, delta));
        return draft;
    });
}

Result<Feed::Answer> Feed::update(const std::string& institution, const Hash256& have, const Hash256& staged) {
    if (staged != wire::kGenesis) {
        ZIGE_TRY(kept, kept_manifest(institution, {have, staged}));
        if (kept) return signed_manifest(std::move(*kept));
    }
    ZIGE_TRY(now, publisher_.now());  // before it is read: the state was current then
    ZIGE_TRY(draft, draft(institution, have));
    if (draft.there) {
        ZIGE_TRY(envelope, head(institution));
        return Answer{MessageType::head, std::move(envelope)};
    }
    const std::uint32_t trust_version = trust_.version();
    const Way way{draft.delta.from.value_or(draft.delta.state.previous), draft.current.hash};
    {
        const std::scoped_lock lock(mutex_);
        const auto cached = deltas_.find(way);
        if (cached != deltas_.end() && cached->second.trust_version == trust_version) return cached->second.answer;
    }
    draft.delta.hub_time = now;  // the life of the key that signs is judged by it (TRUST-6)
    ZIGE_TRY(envelope, trust_.sign(MessageType::delta, wire::encode(draft.delta), now));
    if (envelope.size() > kMaxInlineAnswerBytes) return as_blob(institution, way, std::move(envelope));
    const Answer answer{MessageType::delta, std::move(envelope)};
    const std::scoped_lock lock(mutex_);
    if (deltas_.size() >= kMaxCachedDeltas) deltas_.clear();
    deltas_[way] = {answer, trust_version};
    return answer;
}

Result<Feed::Snapshot> Feed::snapshot(const std::string& institution) {
    ZIGE_TRY(now, publisher_.now());  // before it is read: the state was current then
    ZIGE_TRY(draft, draft(institution, wire::kGenesis));
    draft.delta.hub_time = now;
    ZIGE_TRY(envelope, trust_.sign(MessageType::delta, wire::encode(draft.delta), now));
    return Snapshot{draft.current.hash, std::move(envelope)};
}

Result<std::optional<Bytes>> Feed::kept_manifest(const std::string& institution, const Way& way) const {
    return read_from(env_.store, [&](Tx& tx) -> Result<std::optional<Bytes>> {
        ZIGE_TRY(row, tx.first(Sql::blob_manifest, {sql(institution), sql(way.from), sql(way.to)}));
        return row ? std::optional<Bytes>(row->bytes(0)) : std::nullopt;
    });
}

Result<Feed::Answer> Feed::signed_manifest(Bytes manifest) const {
    ZIGE_TRY(now, publisher_.now());
    ZIGE_TRY(envelope, trust_.sign(MessageType::manifest, manifest, now));
    return Answer{MessageType::manifest, std::move(envelope)};
}

Result<Feed::Answer> Feed::as_blob(const std::string& institution, const Way& way, Bytes envelope) const {
    wire::Manifest manifest{way.from, way.to, envelope.size(), env_.hasher.hash({envelope}), {}};
    for (std::size_t at = 0; at < envelope.size(); at += kChunkBytes) {
        const ByteView chunk = ByteView(envelope).subspan(at, std::min(kChunkBytes, envelope.size() - at));
        manifest.chunks.push_back(env_.hasher.hash({chunk}));
    }
    Bytes encoded = wire::encode(manifest);
    ZIGE_TRY(now, publisher_.now());
    auto stored = env_.store.write([&](Tx& tx) -> Result<void> {
        ZIGE_CHECK(tx.exec(Sql::blob_purge, {sql(now - options_.keep_blobs)}));
        // Another thread may have made the same blob, with another signature in sm2-sm3: the first one stays.
        ZIGE_TRY(kept, tx.first(Sql::blob_manifest, {sql(institution), sql(way.from), sql(way.to)}));
        if (kept) {
            encoded = kept->bytes(0);
            return {};
        }
        return tx.exec(Sql::blob_put, {sql(manifest.hash), sql(way.from), sql(way.to), sql(institution), sql(encoded),
                                       sql(envelope), sql(now)});
    });
    if (!stored.ok()) return stored.error();
    return signed_manifest(std::move(encoded));
}

Result<Bytes> Feed::chunk(const Hash256& blob, std::uint32_t index) const {
    const auto offset = static_cast<std::int64_t>(index) * static_cast<std::int64_t>(kChunkBytes);
    return read_from(env_.store, [&](Tx& tx) -> Result<Bytes> {
        ZIGE_TRY(size, tx.first(Sql::blob_size, {sql(blob)}));
        if (!size) return fail(ErrorId::sync_blob_gone, "blob", to_hex(blob));
        if (offset >= size->number(0)) return fail(ErrorId::wire_bad_value, "index", std::to_string(index));
        ZIGE_TRY(row,
                 tx.first(Sql::blob_chunk, {sql(offset + 1), sql(static_cast<std::int64_t>(kChunkBytes)), sql(blob)}));
        return row->bytes(0);
    });
}

Result<std::optional<Bytes>> Feed::ineligible(std::uint32_t version) const {
    const auto quiet = publisher_.quiet();
    ZIGE_TRY(update, read_from(env_.store, [&](Tx& tx) { return Region(env_.hasher).update_since(tx, version); }));
    if (!update) return std::optional<Bytes>{};
    ZIGE_TRY(now, publisher_.now());
    ZIGE_TRY(envelope, trust_.sign(MessageType::ineligible, wire::encode(*update), now));
    return std::optional<Bytes>(std::move(envelope));
}

}  // namespace zige::hub
