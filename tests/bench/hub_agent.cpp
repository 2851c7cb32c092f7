#include "tests/bench/hub_agent.h"

#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "shared/wire/merkle.h"

namespace zige::bench {
namespace {

constexpr Chapter kChapter{1};

}  // namespace

HubAgent::HubAgent(HubRig& rig, const std::string& institution)
    : rig_(rig),
      hub_id_(rig.hub().trust().hub_id()),
      trust_(rig.hub().trust().document()),
      signer_(must(env().keys.open_signing_key(must(env().keys.make_signing_key())))),
      tls_(must(create_request("agent"))),
      tls_key_(must(read_request_key(tls_.request_der))),
      institution_(institution) {
    const auto slip = must(rig.hub().enrolment().issue_token(HubRig::kActor, institution, "127.0.0.1:7443"));
    const Bytes sealing = must(env().keys.make_sealing_key()).public_part;
    const Bytes answer = must(rig.hub().enrolment().enrol(
        wire::encode(wire::EnrolRequest{slip.token, tls_.request_der, signer_->public_key(), sealing})));
    const auto enrolled = must(wire::decode_enrol_answer(open(MessageType::enrol_answer, answer)));
    id_ = enrolled.agent;
    certificate_ = enrolled.tls_certificate;
    chain_ = wire::chain_start(id_, kChapter, env().hasher);
}

Bytes HubAgent::open(MessageType type, ByteView envelope) const {
    const auto key = must(wire::find_online_key(trust_, must(wire::envelope_kid(envelope))));
    return must(wire::open_envelope({hub_id_, type}, envelope, key.public_key, env().verifier, env().compressor,
                                    kMaxPayloadBytes));
}

Bytes HubAgent::seal(MessageType type, ByteView payload) const {
    Bytes kid;
    for (int shift = 24; shift >= 0; shift -= 8) kid.push_back(static_cast<std::byte>(id_.value >> shift));
    return must(wire::seal_envelope({hub_id_, type}, payload, kid, *signer_, env().compressor));
}

/// As a HIS of an out-patient clinic gives them.
wire::JournalEntry HubAgent::decision() const {
    const Instant now = env().clock.wall();
    wire::DecisionEntry decision;
    decision.claim_id = "MZ" + std::to_string(20'261'122'000'000 + size_);
    decision.line_id = "1";
    decision.fee_time = now;
    decision.department = "A01";
    decision.med_type = "11";
    decision.amount = {12'850};
    decision.people = {{Role::ordering, "D411500000123", PersonFound::registered, {1}, Outcome::allow}};
    decision.state_hash = state_hash_;
    return {size_ + 1, {now, now, now}, std::move(decision)};
}

void HubAgent::append(const wire::JournalEntry& entry, wire::Segment& segment) {
    segment.entries.push_back(wire::encode(entry));
    chain_ = wire::chain_next(chain_, segment.entries.back(), env().hasher);
    ++size_;
}

Bytes HubAgent::sync_request(std::size_t decisions) {
    const Instant now = env().clock.wall();
    wire::Segment segment{id_, kChapter, size_ + 1, chain_, {}, {}};
    if (size_ == 0) append({1, {now, now, now}, wire::ChapterEntry{id_, kChapter, "bench", {}}}, segment);
    for (std::size_t i = 0; i < decisions; ++i) append(decision(), segment);
    wire::ContactEntry contact;
    env().random.fill(contact.random);
    append({size_ + 1, {now, now, now}, contact}, segment);
    std::vector<Hash256> leaves;
    for (const Bytes& entry : segment.entries) leaves.push_back(wire::merkle_leaf(entry, env().hasher));
    const Hash256 root = wire::merkle_root(leaves, env().hasher);
    const Bytes message = wire::batch_message(id_, kChapter, segment.first, size_, root);
    segment.batches = {{segment.first, size_, must(signer_->sign(message))}};

    wire::SyncRequest request;
    request.agent = id_;
    request.chapter = kChapter;
    request.institution = {institution_};
    request.epoch = state_.epoch;
    request.seq = state_.seq;
    request.state_hash = state_hash_;
    request.ineligible_version = ineligible_;
    request.trust_version = trust_.version;
    request.journal_size = size_;
    request.journal_hash = chain_;
    request.times = {now, now, now};
    request.health.software = "bench";
    request.segments = {std::move(segment)};
    return seal(MessageType::sync_request, wire::encode(request));
}

void HubAgent::take(ByteView bytes) {
    const auto answer = must(wire::decode_sync_answer(bytes));
    held_ = must(wire::decode_held(open(MessageType::held, answer.held)));
    held_envelope_ = answer.held;
    if (answer.ineligible)
        ineligible_ = must(wire::decode_ineligible_update(open(MessageType::ineligible, *answer.ineligible))).version;
    if (answer.institution_type == MessageType::head) return;
    Bytes envelope = answer.institution;
    if (answer.institution_type == MessageType::manifest)
        envelope = fetch(must(wire::decode_manifest(open(MessageType::manifest, envelope))));
    take_delta(must(wire::decode_delta(open(MessageType::delta, envelope))));
}

Bytes HubAgent::fetch(const wire::Manifest& manifest) const {
    Bytes whole;
    for (std::uint32_t index = 0; index < manifest.chunks.size(); ++index) {
        const Bytes chunk = must(rig_.hub().feed().chunk(manifest.hash, index));
        whole.insert(whole.end(), chunk.begin(), chunk.end());
    }
    return whole;
}

void HubAgent::take_delta(const wire::Delta& delta) {
    if (delta.from == wire::kGenesis || delta.state.previous == wire::kGenesis) records_.clear();
    for (const Record& record : delta.records) records_[record_no(record)] = record;
    for (const auto& patch : delta.patches) std::get<Registration>(records_.at(patch.no)).standing = patch.standing;
    if (delta.config) config_ = *delta.config;
    state_ = delta.state;
    state_hash_ = wire::state_hash(state_, env().hasher);
}

Bytes HubAgent::copy() const {
    wire::CopyHandIn copy{id_, {institution_}, wire::encode(state_), {MessageType::held, held_envelope_}, config_, {}};
    for (const auto& [no, record] : records_) copy.records.push_back(wire::encode(record));
    return seal(MessageType::hand_in, wire::encode(copy));
}

}  // namespace zige::bench
