#include "tests/support/fake_hub.h"

#include <algorithm>
#include <cstdio>

#include "shared/openssl/crypto.h"
#include "shared/openssl/sealing.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "shared/zlib/compressor.h"
#include "tests/support/fixed_keys.h"

namespace zige::testing {
namespace {

constexpr std::chrono::hours kKeyLife{24 * 90};
const Bytes kSalt = to_bytes("salt of the region");

HttpAnswer refusal(ErrorId id) { return {403, to_bytes(std::string(R"({"error":")") + to_string(id) + "\"}")}; }

class HubTransport : public Transport {
public:
    HubTransport(FakeHub& hub, FakeHubTransports& network) : hub_(hub), network_(network) {}
    Result<HttpAnswer> get(const std::string& path, std::size_t limit) override { return ask("GET", path, {}, limit); }
    Result<HttpAnswer> post(const std::string& path, ByteView body, std::size_t limit) override {
        return ask("POST", path, body, limit);
    }
    Traffic traffic() const override { return traffic_; }

private:
    Result<HttpAnswer> ask(const std::string& method, const std::string& path, ByteView body, std::size_t limit) {
        if (network_.down) return fail(ErrorId::net_unreachable, "hub");
        if (network_.before) ZIGE_CHECK(network_.before(path));
        traffic_.sent += body.size() + path.size();
        HttpAnswer answer = hub_.handle(method, path, body);
        if (network_.after) network_.after(path, answer);
        traffic_.received += answer.body.size();
        if (answer.body.size() > limit) return fail(ErrorId::net_too_large, path);
        return answer;
    }
    FakeHub& hub_;
    FakeHubTransports& network_;
    Traffic traffic_;
};

}  // namespace

FakeHub::FakeHub(Instant start, Suite suite, Bytes tls_ca)
    : now(start),
      hasher(make_hasher(suite)),
      verifier(make_verifier(suite)),
      compressor(make_compressor(wire::dictionaries())),
      sealer(make_sealer(suite)),
      unsealer(fixed_unsealer(std::byte{0x59}, suite)),
      root(fixed_signer(std::byte{0x01}, suite)),
      online(fixed_signer(std::byte{0x02}, suite)),
      tls_ca_(std::move(tls_ca)) {
    institution.code = {"H41150200001"};
    institution.name = "平桥区中心卫生院";
    institution.kind = InstitutionKind::township_hospital;
    institution.division = "411502";
    institution.history_from = Day{std::chrono::year{2025} / 1 / 1};
    config = {henan_xinyang(), Calendar::official()};
    agent_key = fixed_signer(std::byte{0x77}, suite)->public_key();
    issue(next_trust());
}

wire::TrustDocument FakeHub::next_trust() const {
    wire::TrustDocument document;
    document.version = trust_.version + 1;
    document.hub_id = "411500";
    document.suite = online->suite();
    document.issued = now;
    document.root_keys = {root->public_key()};
    if (!trust_.online_keys.empty()) document.online_keys.push_back(trust_.online_keys.back());
    document.online_keys.push_back(
        {online_id, online->public_key(), now - std::chrono::hours{24}, now - std::chrono::hours{24} + kKeyLife});
    document.sealing_key = unsealer->public_key();
    document.tls_ca = tls_ca_;
    return document;
}

void FakeHub::issue(const wire::TrustDocument& document) {
    wire::SignedTrust trust;
    trust.document = wire::encode(document);
    trust.signatures.push_back(wire::sign_trust(trust.document, *root).value());
    trust_chain.push_back(wire::encode(trust));
    trust_ = document;
}

void FakeHub::rotate_keys() {
    ++online_id;
    online = fixed_signer(static_cast<std::byte>(online_id + 1), online->suite());
    issue(next_trust());
}

std::vector<Bytes> FakeHub::chain_after(std::size_t version) const {
    std::vector<Bytes> page;
    for (std::size_t at = version; at < trust_chain.size() && page.size() < kMaxTrustChain; ++at)
        page.push_back(trust_chain[at]);
    return page;
}

void FakeHub::reset_time(Instant time, Epoch epoch) {
    ++online_id;
    online = fixed_signer(static_cast<std::byte>(online_id + 1), online->suite());
    epoch_ = epoch;
    wire::TrustDocument document = next_trust();
    document.reset = wire::TrustReset{time, epoch};
    issue(document);
}

std::string FakeHub::fingerprint() const {
    return wire::trust_fingerprint(wire::decode_signed_trust(trust_chain.front()).value().document, *hasher);
}

Registration& FakeHub::add_person(std::uint32_t no, const std::string& code, const std::string& name) {
    Registration& person = people[no];
    person.no = {no};
    person.code = code;
    person.name = name;
    person.registered_from = Day{std::chrono::year{2025} / 3 / 1};
    return person;
}

wire::State FakeHub::publish() {
    Published next;
    next.at = now;
    next.records.emplace(0, institution);
    for (const auto& [no, person] : people) next.records.emplace(no, person);
    for (const auto& [no, alias] : aliases) next.records.emplace(no, alias);
    std::vector<Hash256> leaves;
    for (const auto& [no, record] : next.records) leaves.push_back(wire::merkle_leaf(wire::encode(record), *hasher));
    next.config = wire::encode(config);
    const Seq before = states_.empty() ? Seq{100} : states_.back().state.seq;
    next.state = {institution.code,
                  epoch_,
                  Seq{before.value + 7},
                  wire::merkle_root(leaves, *hasher),
                  hasher->hash({next.config}),
                  trust_.version,
                  states_.empty() ? Hash256{} : wire::state_hash(states_.back().state, *hasher)};
    states_.push_back(std::move(next));
    return states_.back().state;
}

void FakeHub::publish_ineligible() {
    std::sort(ineligible.begin(), ineligible.end(),
              [](const auto& a, const auto& b) { return std::tie(a.key, a.from) < std::tie(b.key, b.from); });
    ineligible_versions_.push_back(ineligible);
}

wire::IneligibleEntry FakeHub::ineligible_entry(const std::string& code, Day from) const {
    return {wire::ineligible_key(kSalt, code, *hasher), Standing::suspended, from, std::nullopt};
}

Bytes FakeHub::ineligible_update(std::uint32_t from) const {
    wire::IneligibleUpdate update;
    const auto& next = ineligible_versions_.back();
    update.from = from;
    update.version = static_cast<std::uint32_t>(ineligible_versions_.size());
    update.salt = kSalt;
    update.digest = wire::ineligible_digest(next, kSalt, *hasher);
    const auto old = from == 0 ? std::vector<wire::IneligibleEntry>{} : ineligible_versions_.at(from - 1);
    for (const auto& entry : next)
        if (std::find(old.begin(), old.end(), entry) == old.end()) update.added.push_back(entry);
    for (const auto& entry : old)
        if (std::find(next.begin(), next.end(), entry) == next.end()) update.removed.push_back(entry);
    return sign(MessageType::ineligible, wire::encode(update));
}

Bytes FakeHub::sign(MessageType type, ByteView payload) const { return sign_with(*online, online_id, type, payload); }

Bytes FakeHub::sign_with(const Signer& signer, std::uint8_t kid, MessageType type, ByteView payload) const {
    const std::byte id{kid};
    return wire::seal_envelope({trust_.hub_id, type}, payload, ByteView(&id, 1), signer, *compressor).value();
}

Bytes FakeHub::head(std::size_t index) const {
    return sign(MessageType::head, wire::encode(wire::Head{states_.at(index).state, now,
                                                           static_cast<std::uint32_t>(ineligible_versions_.size())}));
}

wire::Delta FakeHub::delta_value(std::optional<std::size_t> from, std::size_t to) const {
    const Published& next = states_.at(to);
    const Published* const old = from ? &states_.at(*from) : nullptr;
    wire::Delta delta;
    delta.state = next.state;
    delta.hub_time = next.at;
    const Hash256 start = old ? wire::state_hash(old->state, *hasher) : wire::kGenesis;
    if (start != next.state.previous) delta.from = start;
    if (!old || old->config != next.config) delta.config = next.config;
    for (const auto& [no, record] : next.records) {
        const auto was = old ? old->records.find(no) : next.records.end();
        if (old && was != old->records.end() && was->second == record) continue;
        const auto* person = std::get_if<Registration>(&record);
        if (old && person && was != old->records.end()) {
            Registration same = std::get<Registration>(was->second);
            same.standing = person->standing;
            if (same == *person) {
                delta.patches.push_back({person->no, person->standing});
                continue;
            }
        }
        delta.records.push_back(record);
    }
    return delta;
}

Bytes FakeHub::delta(std::optional<std::size_t> from, std::size_t to) const {
    return sign(MessageType::delta, wire::encode(delta_value(from, to)));
}

HttpAnswer FakeHub::handle(const std::string& method, const std::string& path, ByteView body) {
    ++requests;
    if (revocation && path != "/v1/enroll" && !path.starts_with("/v1/trust")) return gone();
    if (method == "POST" && path == "/v1/renew") return renew(body);
    if (method == "POST" && path == "/v1/sync") return sync(body);
    if (method == "POST" && path == "/v1/enroll") return enrol(body);
    if (method == "POST" && path == "/v1/copy") return take_copy(body);
    if (path.starts_with("/v1/head?")) return {200, head(last_state())};
    if (constexpr std::string_view kTrust = "/v1/trust?from="; path.starts_with(kTrust))
        return {200, wire::encode_trust_chain(chain_after(std::stoul(path.substr(kTrust.size()))))};
    if (path.starts_with("/v1/blob/")) return chunk(path);
    return {404, to_bytes(R"({"error":"api_unknown_path"})")};
}

HttpAnswer FakeHub::enrol(ByteView body) {
    const auto request = wire::decode_enrol_request(body);
    if (!request) return refusal(request.error().id);
    if (request->token != token) return refusal(ErrorId::enrol_bad_token);
    agent_key = request->signing_key;
    const Bytes certificate = certificate_for(request->tls_csr);
    const wire::EnrolAnswer answer{agent, chapter_, institution.code, certificate, now, replaces};
    return {200, sign(MessageType::enrol_answer, wire::encode(answer))};
}

void FakeHub::succeed(AgentId next) {
    replaces = std::exchange(agent, next);
    settle_chapter({chapter_.value + 1});
}

Bytes FakeHub::certificate_for(ByteView csr) const {
    if (certify) return certify(csr);
    if (certificate_validity.count() == 0) return to_bytes("DER of the agent");
    return to_bytes("DER from " + std::to_string(now.time_since_epoch().count()) + " until " +
                    std::to_string((now + certificate_validity).time_since_epoch().count()));
}

HttpAnswer FakeHub::gone() const {
    wire::Revocation told = *revocation;
    told.hub_time = now;
    return {410, word ? word(told) : sign(MessageType::revocation, wire::encode(told))};
}

HttpAnswer FakeHub::renew(ByteView body) {
    const auto payload = wire::open_envelope({trust_.hub_id, MessageType::renew_request}, body, agent_key, *verifier,
                                             *compressor, kMaxEnrolBytes);
    if (!payload) return refusal(payload.error().id);
    const auto request = wire::decode_renew_request(*payload);
    if (!request) return refusal(request.error().id);
    ++renewals;
    const wire::RenewAnswer answer{request->agent, certificate_for(request->tls_csr), now};
    return {200, sign(MessageType::renew_answer, wire::encode(answer))};
}

HttpAnswer FakeHub::sync(ByteView body) {
    const auto payload = wire::open_envelope({trust_.hub_id, MessageType::sync_request}, body, agent_key, *verifier,
                                             *compressor, kMaxSyncRequestPayload);
    if (!payload) return refusal(payload.error().id);
    auto request = wire::decode_sync_request(*payload);
    if (!request) return refusal(request.error().id);
    last_request = *std::move(request);
    auto done = answer(last_request);
    if (!done) return refusal(done.error().id);
    if (tamper) tamper(*done);
    return {200, wire::encode(*done)};
}

Result<wire::SyncAnswer> FakeHub::answer(const wire::SyncRequest& request) {
    settle_chapter(request.chapter);
    wire::Held held;
    for (const auto& segment : request.segments) {
        take_segment(segment);
        if (segment.chapter == request.chapter) continue;
        const auto& [entries, chain] = left.at(segment.chapter.value);
        held.earlier = {{segment.agent, segment.chapter, entries.size(), chain.back()}};
    }
    held.agent = request.agent;
    held.chapter = request.chapter;
    for (const Bytes& bytes : request.filings) {
        ZIGE_TRY(filing, wire::decode_filing(bytes));
        if (!defer_filings) held.results.push_back(take_filing(filing));
    }
    held.size = journal.size();
    held.hash = journal.empty() ? wire::chain_start(request.agent, request.chapter, *hasher) : journal_chain.back();
    held.hub_time = now;
    held.state_hash = wire::state_hash(states_.back().state, *hasher);
    held.frozen = forked;
    held.next_contact = now + std::chrono::minutes{5};
    wire::SyncAnswer answer;
    answer.trust = chain_after(request.trust_version);
    if (say) say(held);
    answer.held = sign(MessageType::held, wire::encode(held));
    if (!held.hand_in) take_institution(answer, request);
    if (request.ineligible_version < ineligible_versions_.size())
        answer.ineligible = ineligible_update(request.ineligible_version);
    return answer;
}

/// Equal bytes again are harmless; other bytes at one index are a fork.
void FakeHub::take_segment(const wire::Segment& segment) {
    const bool current = segment.chapter == chapter_;
    auto& entries = current ? journal : left.at(segment.chapter.value).first;
    auto& chain = current ? journal_chain : left.at(segment.chapter.value).second;
    for (std::size_t i = 0; i < segment.entries.size(); ++i) {
        const std::size_t at = segment.first - 1 + i;
        if (at < entries.size()) {
            forked = forked || entries[at] != segment.entries[i];
            continue;
        }
        if (at > entries.size()) return;  // a hole
        const Hash256 before = at == 0 ? wire::chain_start(segment.agent, segment.chapter, *hasher) : chain.back();
        if (i == 0 && before != segment.link_before) forked = true;
        if (forked) return;
        entries.push_back(segment.entries[i]);
        chain.push_back(wire::chain_next(before, segment.entries[i], *hasher));
    }
}

void FakeHub::settle_chapter(Chapter chapter) {
    if (chapter == chapter_) return;
    left[chapter_.value] = {std::move(journal), std::move(journal_chain)};
    journal.clear();
    journal_chain.clear();
    forked = false;
    chapter_ = chapter;
}

HttpAnswer FakeHub::take_copy(ByteView body) {
    const auto payload = wire::open_envelope({trust_.hub_id, MessageType::hand_in}, body, agent_key, *verifier,
                                             *compressor, kMaxPayloadBytes);
    if (!payload) return refusal(payload.error().id);
    auto copy = wire::decode_copy_hand_in(*payload);
    if (!copy) return refusal(copy.error().id);
    copies.push_back(*std::move(copy));
    return {204, {}};
}

wire::FilingResult FakeHub::take_filing(const wire::Filing& filing) {
    const auto known = results_.find(filing.uuid);
    if (known != results_.end()) return known->second;
    filings.push_back(filing);
    wire::FilingResult result{filing.uuid, !refuse_filings, refuse_filings.value_or(ErrorId{}), Seq{}, {}};
    if (result.accepted) {
        if (const auto* departure = std::get_if<wire::DepartureFiling>(&filing.body)) {
            people.at(departure->no.value).last_day = departure->last_day;
            result.in_seq = publish().seq;
        } else if (const auto* amend = std::get_if<wire::AmendFiling>(&filing.body)) {
            for (const auto& each : filings)
                if (each.uuid == amend->target)
                    people.at(std::get<wire::DepartureFiling>(each.body).no.value).last_day = amend->last_day;
            result.in_seq = publish().seq;
        } else if (const auto* undo = std::get_if<wire::UndoFiling>(&filing.body)) {
            for (const auto& each : filings)
                if (each.uuid == undo->target)
                    people.at(std::get<wire::DepartureFiling>(each.body).no.value).last_day.reset();
            result.in_seq = publish().seq;
        }
    }
    results_[filing.uuid] = result;
    return result;
}

void FakeHub::take_institution(wire::SyncAnswer& answer, const wire::SyncRequest& request) {
    std::optional<std::size_t> from;
    for (std::size_t i = 0; i < states_.size(); ++i)
        if (wire::state_hash(states_[i].state, *hasher) == request.state_hash) from = i;
    if (from == last_state()) {
        answer.institution_type = MessageType::head;
        answer.institution = head(last_state());
        return;
    }
    answer.institution_type = MessageType::delta;
    answer.institution = delta(from, last_state());
    if (answer.institution.size() <= kMaxInlineAnswerBytes && !always_blob) return;
    Blob blob{answer.institution, {}};
    blob.manifest = {request.state_hash,
                     wire::state_hash(states_.back().state, *hasher),
                     blob.envelope.size(),
                     hasher->hash({blob.envelope}),
                     {}};
    for (std::size_t at = 0; at < blob.envelope.size(); at += kChunkBytes)
        blob.manifest.chunks.push_back(
            hasher->hash({ByteView(blob.envelope).subspan(at, std::min(kChunkBytes, blob.envelope.size() - at))}));
    answer.institution_type = MessageType::manifest;
    answer.institution = sign(MessageType::manifest, wire::encode(blob.manifest));
    blobs_[to_hex(blob.manifest.hash)] = std::move(blob);
}

HttpAnswer FakeHub::chunk(const std::string& path) const {
    const auto slash = path.rfind('/');
    const auto blob = blobs_.find(path.substr(9, slash - 9));
    const std::size_t at = std::stoul(path.substr(slash + 1)) * kChunkBytes;
    if (blob == blobs_.end() || at >= blob->second.envelope.size()) return refusal(ErrorId::sync_blob_gone);
    const ByteView bytes = blob->second.envelope;
    return {200, to_bytes(bytes.subspan(at, std::min(kChunkBytes, bytes.size() - at)))};
}

Result<std::unique_ptr<Transport>> FakeHubTransports::connect(const Peer& peer) {
    peers.push_back(peer);
    return std::unique_ptr<Transport>(std::make_unique<HubTransport>(hub_, *this));
}

Result<agent::KeyVault::PublicParts> FakeKeys::prepare() {
    ++prepared;
    const auto key = fixed_signer(seed_, suite_)->public_key();
    return PublicParts{to_bytes("DER of a request"), key, fixed_unsealer(seed_, suite_)->public_key()};
}

Result<agent::KeyVault::Validity> FakeKeys::validity_of(ByteView certificate) {
    const std::string text(as_text(certificate));
    if (text == "DER of the agent") return Validity{Instant{}, Instant{std::chrono::hours{24 * 365 * 1000}}};
    long long from = 0;
    long long until = 0;
    if (std::sscanf(text.c_str(), "DER from %lld until %lld", &from, &until) != 2)
        return fail(ErrorId::tls_bad_certificate, "certificate");
    return Validity{Instant{std::chrono::seconds{from}}, Instant{std::chrono::seconds{until}}};
}

Result<std::unique_ptr<Signer>> FakeKeys::signer() { return fixed_signer(seed_, suite_); }
Result<std::unique_ptr<Unsealer>> FakeKeys::unsealer() { return fixed_unsealer(seed_, suite_); }

}  // namespace zige::testing
