#include "agent/core/replica.h"

#include <algorithm>
#include <string>

#include "agent/core/beside_copy.h"
#include "agent/core/ineligible.h"
#include "shared/wire/accept.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"

namespace zige::agent {
namespace {

Result<wire::TrustDocument> document_of(ByteView signed_trust) {
    ZIGE_TRY(trust, wire::decode_signed_trust(signed_trust));
    return wire::decode_trust_document(trust.document);
}

constexpr std::string_view kStatements = "statements";
constexpr std::string_view kProlonged = "prolonged_until";

Error damaged(const Error& cause) { return fail(ErrorId::replica_corrupt, cause.field, cause.describe()); }

}  // namespace

Replica::Replica(ReplicaStore& store, const Crypto& crypto, TimeGuard& time, InstitutionCode institution)
    : store_(store), crypto_(crypto), time_(time), institution_(std::move(institution)) {}

Result<std::unique_ptr<Replica>> Replica::open(ReplicaStore& store, const Crypto& crypto, TimeGuard& time,
                                               InstitutionCode institution, const Bytes& enrolled_trust) {
    auto replica = std::make_unique<Replica>(store, crypto, time, std::move(institution));
    replica->enrolled_trust_ = enrolled_trust;
    ZIGE_CHECK(replica->load());
    return replica;
}

Result<void> Replica::load() {
    ZIGE_TRY(content, store_.load());
    ZIGE_CHECK(load_trust(content.trust));
    reset_ = content.reset;
    ineligible_ = std::move(content.ineligible);
    ineligible_version_ = ineligible_.version;
    if (!content.state) return {};
    const auto state = wire::decode_state(*content.state);
    if (!state) return damaged(state.error());
    if (state->institution != institution_)
        return fail(ErrorId::replica_corrupt, "state.institution", state->institution.text);
    auto rooted = rooted_copy(*state, content, make_ineligible_set(ineligible_, crypto_.hasher), crypto_.hasher);
    if (!rooted) return damaged(rooted.error());
    rooted_ = *std::move(rooted);
    ZIGE_CHECK(load_beside(content));
    ZIGE_TRY(copy, stricter(rooted_, before_, statements_));
    view_.swap_in(std::make_shared<View>(shown(std::move(copy), *state, content.as_of)));
    return {};
}

/// What makes the copy stricter, and what proves it.
Result<void> Replica::load_beside(const ReplicaStore::Content& content) {
    proof_ = content.proof;
    before_.clear();
    for (const auto& each : content.before) {
        const auto state = wire::decode_state(each.state);
        if (!state) return damaged(state.error());
        ReplicaStore::Content old;
        old.config = each.config;
        old.records = each.records;
        auto rooted = rooted_copy(*state, old, nullptr, crypto_.hasher);
        if (!rooted) return damaged(rooted.error());
        before_.push_back(std::move(rooted->copy));
    }
    ZIGE_TRY(statements, store_.value(kStatements));
    ZIGE_TRY(read, decode_statements(statements.value_or(Bytes{})));
    statements_ = std::move(read);
    ZIGE_TRY(prolonged, store_.value(kProlonged));
    prolonged_until_ = decode_instant(prolonged.value_or(Bytes{}));
    return {};
}

Result<std::shared_ptr<const Copy>> Replica::stricter(const Rooted& rooted,
                                                      std::span<const std::shared_ptr<const Copy>> before,
                                                      std::span<const wire::Statement> statements) const {
    std::vector<StandingAside> aside;
    for (const wire::Statement& each : statements) aside.push_back({each.no, each.interval});
    return stricter_copy(rooted.copy, before, aside);
}

View Replica::shown(std::shared_ptr<const Copy> copy, const wire::State& state, Instant as_of) const {
    return View{std::move(copy),    state,           as_of, ineligible_.version, before_.size(),
                statements_.size(), prolonged_until_};
}

Result<void> Replica::load_trust(const Bytes& stored) {
    ZIGE_TRY(enrolled, document_of(enrolled_trust_));
    if (!stored.empty()) {
        auto newest = document_of(stored);
        if (!newest) return damaged(newest.error());
        if (newest->version > enrolled.version) enrolled = *std::move(newest);
    }
    trust_.swap_in(std::make_shared<wire::TrustDocument>(std::move(enrolled)));
    return {};
}

Result<void> Replica::apply_trust(std::span<const Bytes> documents) {
    ZIGE_CHECK(settle_doubt());
    for (const Bytes& bytes : documents) {
        const auto now = trust();
        ZIGE_TRY(next, wire::decode_signed_trust(bytes));
        ZIGE_TRY(document, wire::decode_trust_document(next.document));
        if (document.version <= now->version) continue;
        ZIGE_TRY(checked, wire::check_trust(now.get(), next, crypto_.verifier));
        ZIGE_CHECK(take_trust(bytes, std::move(checked)));
    }
    return {};
}

Result<void> Replica::take_trust(const Bytes& bytes, wire::TrustDocument document) {
    ReplicaStore::Change change;
    change.trust = bytes;
    const auto now = view();
    if (const auto& reset = document.reset) {  // TRUST-9
        change.reset = ReplicaStore::Reset{reset->epoch, document.version};
        change.clock = time_.lowered(reset->time);
        change.ineligible_version = 0;  // another hub may count its versions anew: the whole set is asked for
        if (now) change.as_of = std::min(now->as_of, reset->time);
    }
    ZIGE_CHECK(commit(change));
    if (document.reset) lower(document);
    trust_.swap_in(std::make_shared<wire::TrustDocument>(std::move(document)));
    return {};
}

/// In memory what is on disk already.
void Replica::lower(const wire::TrustDocument& document) {
    const wire::TrustReset& reset = *document.reset;
    reset_ = ReplicaStore::Reset{reset.epoch, document.version};
    ineligible_.version = 0;  // its entries stay until the next set replaces them
    ineligible_version_ = 0;
    time_.lower(reset.time);
    const auto now = view();
    if (!now || now->as_of <= reset.time) return;
    View dated = *now;
    dated.as_of = reset.time;
    view_.swap_in(std::make_shared<View>(std::move(dated)));
}

/// The hub confirmed the state that we hold: if it is what the reset waits for, nothing more is to come.
Result<void> Replica::end_reset(const wire::State& confirmed) {
    if (!reset_ || confirmed.epoch != reset_->epoch || confirmed.trust_version < reset_->trust_version) return {};
    ReplicaStore::Change change;
    change.reset = ReplicaStore::Reset{};
    ZIGE_CHECK(commit(change));
    reset_.reset();
    return {};
}

Result<Replica::Signed> Replica::open_signed(MessageType type, ByteView envelope, std::size_t payload_limit) const {
    const auto trusted = trust();
    ZIGE_TRY(kid, wire::envelope_kid(envelope));
    ZIGE_TRY(key, wire::find_online_key(*trusted, kid));
    ZIGE_TRY(payload, wire::open_envelope({trusted->hub_id, type}, envelope, key.public_key, crypto_.verifier,
                                          crypto_.compressor, payload_limit));
    return Signed{std::move(payload), std::move(key)};
}

/// P4: epoch and seq only go forward, one byte string per (epoch, seq).
Result<bool> Replica::newer(const wire::State& state) const {
    const auto now = view();
    const wire::State* have = now ? &now->state : nullptr;
    if (reset_) return wire::check_state_after_reset(institution_, have, state, reset_->epoch, reset_->trust_version);
    return wire::check_state(institution_, have, state);
}

Result<void> Replica::commit(const ReplicaStore::Change& change) {
    auto done = store_.commit(change);
    if (!done) doubtful_ = true;
    return done;
}

Result<void> Replica::settle_doubt() {
    if (!doubtful_) return {};
    const std::uint32_t version = trust()->version;
    ZIGE_CHECK(load());
    doubtful_ = false;
    const auto now = trust();
    if (now->version > version && now->reset) lower(*now);  // it had come as far as the disk
    return {};
}

Result<Replica::HeadSeen> Replica::apply_head(ByteView envelope) {
    ZIGE_CHECK(settle_doubt());
    ZIGE_TRY(opened, open_signed(MessageType::head, envelope, kMaxHeadBytes));
    ZIGE_TRY(head, wire::decode_head(opened.payload));
    ZIGE_TRY(is_newer, newer(head.state));
    ZIGE_CHECK(time_.accept(head.hub_time, opened.key));
    if (!is_newer) ZIGE_CHECK(end_reset(head.state));
    if (!is_newer) ZIGE_CHECK(date(head.hub_time, {MessageType::head, to_bytes(envelope)}));
    return HeadSeen{is_newer, head.ineligible_version > ineligible_.version};
}

Result<Applied> Replica::apply_delta(ByteView envelope) {
    ZIGE_CHECK(settle_doubt());
    ZIGE_TRY(opened, open_signed(MessageType::delta, envelope, kMaxPayloadBytes));
    ZIGE_TRY(delta, wire::decode_delta(opened.payload));
    ZIGE_TRY(is_newer, newer(delta.state));
    if (!is_newer) return fail(ErrorId::wire_replayed, "state", "it is the one that we hold");
    const auto now = view();
    ZIGE_TRY(next,
             step(delta, now ? &rooted_ : nullptr, make_ineligible_set(ineligible_, crypto_.hasher), crypto_.hasher));
    ZIGE_CHECK(time_.accept(delta.hub_time, opened.key));

    const Instant as_of = now ? std::max(now->as_of, delta.hub_time) : delta.hub_time;
    ReplicaStore::Change change;
    change.state = wire::encode(delta.state);
    change.as_of = as_of;
    // SYNC-10: it names the state as well, until a shorter envelope does: none may come before the hub is put back
    // (P5).
    if (envelope.size() <= kMaxInlineAnswerBytes)
        change.proof = encode_proof({MessageType::delta, to_bytes(envelope)}, next.next.copy->state_hash());
    change.config = next.config;
    change.replace_records = next.whole;
    change.records = std::move(next.changed);
    if (reset_) change.reset = ReplicaStore::Reset{};
    // REC-5: the copy from before a recovery counts until the institution record says that it is over.
    const bool recovered = next.next.copy->institution().recovered;
    std::vector<std::shared_ptr<const Copy>> before;
    if (!recovered) before = before_;
    if (!recovered && now && now->state.epoch != delta.state.epoch) before.push_back(rooted_.copy);
    change.keep_before = before.size() > before_.size();
    change.drop_before = before.empty() && !before_.empty();
    // P5: a hub that was put back may have made other versions of the set: it is asked for the whole one.
    const bool other_past = now && now->state.epoch != delta.state.epoch;
    if (other_past) change.ineligible_version = 0;
    std::vector<wire::Statement> statements = statements_;
    // STMT-2. Before a recovery is over a number of its epoch does not tell that the hub has the statement's fact
    // again.
    if (before.empty())
        std::erase_if(statements, [&](const wire::Statement& each) { return each.basis <= delta.state.seq; });
    ZIGE_TRY(copy, stricter(next.next, before, statements));
    ZIGE_CHECK(commit(change));  // P2: the old state or the new one, whole
    reset_.reset();
    if (change.proof) proof_ = *change.proof;
    if (other_past) ineligible_version_ = ineligible_.version = 0;  // its entries stay until the next set replaces them

    rooted_ = std::move(next.next);
    before_ = std::move(before);
    const bool statements_over = statements.size() != statements_.size();
    statements_ = std::move(statements);
    view_.swap_in(std::make_shared<View>(shown(std::move(copy), delta.state, as_of)));
    if (statements_over) ZIGE_CHECK(store_.set_value(kStatements, encode_statements(statements_)));
    return Applied{true, delta.records.size(), delta.patches.size(), next.config.has_value()};
}

Result<wire::Manifest> Replica::check_manifest(ByteView envelope) const {
    ZIGE_TRY(opened, open_signed(MessageType::manifest, envelope, kMaxManifestBytes));
    ZIGE_TRY(manifest, wire::decode_manifest(opened.payload));
    const auto now = view();
    if (manifest.from != wire::kGenesis && (!now || now->copy->state_hash() != manifest.from))
        return fail(ErrorId::wire_gap, "manifest.from", to_hex(manifest.from));
    if (manifest.size == 0 || manifest.size > kMaxEnvelopeBytes ||
        manifest.chunks.size() != (manifest.size + kChunkBytes - 1) / kChunkBytes)
        return fail(ErrorId::wire_bad_value, "manifest.size",
                    std::to_string(manifest.size) + " bytes in " + std::to_string(manifest.chunks.size()) + " chunks");
    return manifest;
}

Result<Applied> Replica::apply_ineligible(ByteView envelope) {
    ZIGE_CHECK(settle_doubt());
    ZIGE_TRY(opened, open_signed(MessageType::ineligible, envelope, kMaxIneligibleBytes));
    ZIGE_TRY(update, wire::decode_ineligible_update(opened.payload));
    // It carries no hub time: what ended before the newest one that we know signs nothing any more (TRUST-6).
    ZIGE_CHECK(wire::check_key_time(opened.key, std::max(time_.status().trusted, opened.key.not_before)));
    ZIGE_TRY(next, next_ineligible(ineligible_, update, crypto_.hasher));
    const auto now = view();
    std::shared_ptr<const Copy> copy;
    if (now) {
        ZIGE_TRY(rebuilt, with_ineligible(*rooted_.copy, make_ineligible_set(next, crypto_.hasher)));
        copy = std::move(rebuilt);
    }
    ReplicaStore::Change change;
    change.replace_ineligible = update.from == 0;
    change.ineligible_version = update.version;
    change.ineligible_salt = update.salt;
    change.ineligible_removed = update.removed;
    change.ineligible_added = update.added;
    ZIGE_CHECK(commit(change));
    ineligible_ = std::move(next);
    ineligible_version_ = ineligible_.version;
    if (now) {
        rooted_.copy = std::move(copy);
        ZIGE_TRY(shown_copy, stricter(rooted_, before_, statements_));
        view_.swap_in(std::make_shared<View>(shown(std::move(shown_copy), now->state, now->as_of)));
    }
    return Applied{now != nullptr, 0, 0, false};
}

Result<void> Replica::note_current(const Hash256& state_hash, Instant hub_time, const wire::StateProof& proof) {
    const auto now = view();
    if (!now || now->copy->state_hash() != state_hash) return {};
    ZIGE_CHECK(end_reset(now->state));
    return date(hub_time, proof);
}

/// Also keeps what proves the state, for the day when the hub does not know it any more.
Result<void> Replica::date(Instant as_of, const wire::StateProof& proof) {
    const auto now = view();
    const Hash256& hash = now->copy->state_hash();
    const auto known = this->proof();
    if (as_of <= now->as_of && known && known->type != MessageType::delta) return {};
    ReplicaStore::Change change;
    change.as_of = std::max(as_of, now->as_of);
    change.proof = encode_proof(proof, hash);
    ZIGE_CHECK(commit(change));
    proof_ = *change.proof;
    View dated = *now;
    dated.as_of = *change.as_of;
    view_.swap_in(std::make_shared<View>(std::move(dated)));
    return {};
}

std::optional<wire::StateProof> Replica::proof() const {
    const auto now = view();
    if (!now || !proves(proof_, now->copy->state_hash())) return std::nullopt;
    return decode_proof(proof_);
}

Result<wire::CopyHandIn> Replica::hand_in(AgentId agent) const {
    const auto proven = proof();
    if (!proven) return fail(ErrorId::agent_no_copy, "proof", "the hub never named the state that is held");
    ZIGE_TRY(content, store_.load());
    if (!content.state) return fail(ErrorId::agent_no_copy, "state");
    wire::CopyHandIn copy{agent, institution_, *content.state, *proven, std::move(content.config), {}};
    copy.records.reserve(content.records.size());
    for (auto& record : content.records) copy.records.push_back(std::move(record.bytes));
    return copy;
}

Result<wire::Statement> Replica::add_statement(ByteView envelope) {
    ZIGE_CHECK(settle_doubt());
    if (envelope.size() > kMaxStatementEnvelope) return fail(ErrorId::wire_too_large, "statement");
    ZIGE_TRY(opened, open_signed(MessageType::statement, envelope, kMaxStatementBytes));
    ZIGE_TRY(statement, wire::decode_statement(opened.payload));
    if (statement.institution != institution_)  // STMT-1
        return fail(ErrorId::wire_wrong_institution, "statement.institution", statement.institution.text);
    const auto now = view();
    if (!now) return fail(ErrorId::agent_no_copy);
    if (statement.basis <= now->state.seq)  // STMT-2
        return fail(ErrorId::statement_older, "statement.basis",
                    std::to_string(statement.basis.value) + ", the copy is " + std::to_string(now->state.seq.value));
    ZIGE_CHECK(time_.accept(statement.hub_time, opened.key));
    if (std::find(statements_.begin(), statements_.end(), statement) != statements_.end()) return statement;
    std::vector<wire::Statement> all = statements_;
    all.push_back(statement);
    if (all.size() > kMaxStatements) return fail(ErrorId::wire_too_many, "statements", std::to_string(kMaxStatements));
    ZIGE_TRY(copy, stricter(rooted_, before_, all));
    ZIGE_CHECK(store_.set_value(kStatements, encode_statements(all)));
    statements_ = std::move(all);
    view_.swap_in(std::make_shared<View>(shown(std::move(copy), now->state, now->as_of)));
    return statement;
}

Result<void> Replica::prolong(Instant until) {
    ZIGE_CHECK(store_.set_value(kProlonged, encode_instant(until)));
    prolonged_until_ = until;
    if (const auto now = view()) {
        View prolonged = *now;
        prolonged.prolonged_until = until;
        view_.swap_in(std::make_shared<View>(std::move(prolonged)));
    }
    return {};
}

}  // namespace zige::agent
