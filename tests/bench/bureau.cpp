#include "tests/bench/bureau.h"

#include <algorithm>

#include "shared/openssl/x509.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "shared/zlib/compressor.h"
#include "tests/support/fixed_keys.h"

namespace zige::bench {
namespace {

constexpr std::string_view kHubId = "henan-xinyang";
constexpr std::uint8_t kKeyId = 3;
constexpr std::uint64_t kFirstSeq = 48'211;  // the hub has published for years
constexpr std::uint32_t kIneligibleVersion = 1'370;

}  // namespace

Bureau::Bureau(Suite suite, Instant now, std::vector<Record> records)
    : hasher_(make_hasher(suite)),
      verifier_(make_verifier(suite)),
      compressor_(make_compressor(wire::dictionaries())),
      root_key_(testing::fixed_signer(std::byte{0x21}, suite)),
      online_key_(testing::fixed_signer(std::byte{0x22}, suite)),
      now_(now),
      records_(std::move(records)) {
    make_trust();
    config_ = wire::encode(wire::Config{henan_xinyang(), Calendar::official()});
    leaves_.reserve(records_.size());
    for (const Record& record : records_) leaves_.push_back(wire::merkle_leaf(wire::encode(record), *hasher_));
    state_.institution = std::get<InstitutionRecord>(records_.at(0)).code;
    state_.epoch = {1};
    state_.seq = {kFirstSeq};
    state_.root = wire::merkle_root(leaves_, *hasher_);
    state_.config_hash = hasher_->hash({config_});
    state_.trust_version = 1;
    state_.previous = hasher_->hash({as_bytes("the state before")});
}

void Bureau::make_trust() {
    using std::chrono::days;
    wire::TrustDocument document;
    document.version = 1;
    document.hub_id = kHubId;
    document.suite = verifier_->suite();
    document.issued = now_ - days{30};
    document.root_keys = {root_key_->public_key()};
    document.online_keys = {{kKeyId, online_key_->public_key(), now_ - days{30}, now_ + days{60}}};
    document.sealing_key = generate_sealing_key(document.suite).value().public_key;
    document.tls_ca = create_tls_ca("zige bench", {now_ - days{30}, now_ + days{3650}}).value().certificate_der;
    wire::SignedTrust trust{wire::encode(document), {}};
    trust.signatures.push_back(wire::sign_trust(trust.document, *root_key_).value());
    trust_ = wire::encode(trust);
}

void Bureau::set_record(Record record) {
    const std::size_t place = record_no(record).value;
    leaves_.at(place) = wire::merkle_leaf(wire::encode(record), *hasher_);
    records_.at(place) = std::move(record);
}

Bytes Bureau::sign(MessageType type, ByteView payload) const {
    const std::byte kid{kKeyId};
    return wire::seal_envelope({kHubId, type}, payload, {&kid, 1}, *online_key_, *compressor_).value();
}

Bytes Bureau::head() const {
    return sign(MessageType::head, wire::encode(wire::Head{state_, now_, kIneligibleVersion}));
}

Bytes Bureau::snapshot() const {
    wire::Delta delta{state_, now_, kIneligibleVersion, wire::kGenesis, config_, records_, {}};
    return sign(MessageType::delta, wire::encode(delta));
}

wire::Manifest Bureau::manifest(ByteView snapshot) const {
    wire::Manifest manifest{
        wire::kGenesis, wire::state_hash(state_, *hasher_), snapshot.size(), hasher_->hash({snapshot}), {}};
    for (std::size_t at = 0; at < snapshot.size(); at += kChunkBytes)
        manifest.chunks.push_back(hasher_->hash({snapshot.subspan(at, std::min(kChunkBytes, snapshot.size() - at))}));
    return manifest;
}

wire::Delta Bureau::next_delta() {
    state_.previous = wire::state_hash(state_, *hasher_);
    state_.seq.value += 17;  // other institutions changed meanwhile
    state_.root = wire::merkle_root(leaves_, *hasher_);
    return {state_, now_, kIneligibleVersion, std::nullopt, std::nullopt, {}, {}};
}

Bytes Bureau::publish(std::vector<wire::StandingPatch> patches) {
    for (const auto& patch : patches) {
        auto changed = std::get<Registration>(records_.at(patch.no.value));
        changed.standing = patch.standing;
        set_record(std::move(changed));
    }
    wire::Delta delta = next_delta();
    delta.patches = std::move(patches);
    return sign(MessageType::delta, wire::encode(delta));
}

Bytes Bureau::publish(std::vector<Record> records) {
    for (const auto& record : records) set_record(record);
    wire::Delta delta = next_delta();
    delta.records = std::move(records);
    return sign(MessageType::delta, wire::encode(delta));
}

}  // namespace zige::bench
