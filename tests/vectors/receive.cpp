#include <map>

#include "shared/openssl/crypto.h"
#include "shared/wire/accept.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "shared/zlib/compressor.h"
#include "tests/vectors/samples.h"
#include "tests/vectors/vector.h"

namespace zige::vectors {
namespace {

using namespace zige::wire;

struct Kind {
    MessageType type;
    std::size_t limit;
    Result<Bytes> (*again)(ByteView);  ///< decoded and encoded again
};

template <class Value, Result<Value> (*kDecode)(ByteView)>
Kind kind(std::size_t limit, MessageType type = MessageType::head) {
    return {type, limit, [](ByteView bytes) -> Result<Bytes> {
                ZIGE_TRY(value, kDecode(bytes));
                return encode(value);
            }};
}

Result<Bytes> chain_again(ByteView bytes) {
    ZIGE_TRY(documents, decode_trust_chain(bytes));
    return encode_trust_chain(documents);
}

const std::map<std::string, Kind>& kinds() {
    static const std::map<std::string, Kind> all{
        {"state", kind<State, decode_state>(kMaxHeadBytes)},
        {"head", kind<Head, decode_head>(kMaxHeadBytes, MessageType::head)},
        {"config", kind<Config, decode_config>(kMaxConfigBytes)},
        {"record", kind<Record, decode_record>(kMaxRecordBytes)},
        {"delta", kind<Delta, decode_delta>(kMaxPayloadBytes, MessageType::delta)},
        {"manifest", kind<Manifest, decode_manifest>(kMaxManifestBytes, MessageType::manifest)},
        {"journal_entry", kind<JournalEntry, decode_journal_entry>(kMaxJournalEntryBytes)},
        {"segment", kind<Segment, decode_segment>(kMaxSyncRequestPayload)},
        {"filing", kind<Filing, decode_filing>(kMaxFilingBytes)},
        {"sync_request", kind<SyncRequest, decode_sync_request>(kMaxSyncRequestPayload, MessageType::sync_request)},
        {"held", kind<Held, decode_held>(kMaxHeldBytes, MessageType::held)},
        {"sync_answer", kind<SyncAnswer, decode_sync_answer>(kMaxSyncAnswerBytes)},
        {"trust_document", kind<TrustDocument, decode_trust_document>(kMaxTrustBytes)},
        {"signed_trust", kind<SignedTrust, decode_signed_trust>(kMaxTrustBytes)},
        {"trust_chain", {MessageType::trust, kMaxSyncAnswerBytes, chain_again}},
        {"enrol_request", kind<EnrolRequest, decode_enrol_request>(kMaxEnrolBytes)},
        {"enrol_answer", kind<EnrolAnswer, decode_enrol_answer>(kMaxEnrolBytes, MessageType::enrol_answer)},
        {"copy_hand_in", kind<CopyHandIn, decode_copy_hand_in>(kMaxPayloadBytes, MessageType::hand_in)},
        {"revocation", kind<Revocation, decode_revocation>(kMaxHeadBytes, MessageType::revocation)},
        {"renew_request", kind<RenewRequest, decode_renew_request>(kMaxEnrolBytes, MessageType::renew_request)},
        {"renew_answer", kind<RenewAnswer, decode_renew_answer>(kMaxEnrolBytes, MessageType::renew_answer)},
        {"statement", kind<Statement, decode_statement>(kMaxStatementBytes, MessageType::statement)},
        {"enrol_file", kind<EnrolFile, decode_enrol_file>(kMaxTrustChainBytes + kMaxEnrolBytes)},
        {"enrol_reply", kind<EnrolReply, decode_enrol_reply>(kMaxEnrolReplyBytes)},
        {"ineligible", kind<IneligibleUpdate, decode_ineligible_update>(kMaxIneligibleBytes, MessageType::ineligible)},
    };
    return all;
}

Result<Bytes> opened(const Vector& vector, const Kind& kind) {
    if (!vector.envelope) return vector.bytes;
    const auto compressor = make_compressor(dictionaries());
    return open_envelope({kHub, kind.type}, vector.bytes, vector.public_key, *make_verifier(vector.suite), *compressor,
                         kind.limit);
}

/// A head or delta up to its records.
Result<DeltaStart> start_of(const Vector& vector, const Bytes& payload) {
    if (vector.message == "head") {
        ZIGE_TRY(head, decode_head(payload));
        return DeltaStart{head.state, head.hub_time, head.ineligible_version, {}, {}};
    }
    ZIGE_TRY(delta, decode_delta(payload));
    return DeltaStart{delta.state, delta.hub_time, delta.ineligible_version, delta.from, {}};
}

Result<void> check_step(const Vector& vector, const Bytes& payload) {
    const auto hasher = make_hasher(vector.suite);
    ZIGE_TRY(start, start_of(vector, payload));
    if (vector.key_from) {
        const Instant from{std::chrono::seconds{*vector.key_from}};
        ZIGE_CHECK(
            check_key_time({kOnlineKeyId, vector.public_key, from, from + std::chrono::days{90}}, start.hub_time));
    }
    if (vector.institution.empty()) return {};
    std::optional<State> have;
    if (vector.have) have = decode_state(*vector.have).value();
    ZIGE_CHECK(check_state({vector.institution}, have ? &*have : nullptr, start.state));
    if (vector.message == "delta") return check_delta_start(start, have ? state_hash(*have, *hasher) : kGenesis);
    return {};
}

Result<void> check_succession(const Vector& vector) {
    ZIGE_TRY(current, decode_trust_document(*vector.current));
    ZIGE_TRY(next, decode_signed_trust(vector.bytes));
    ZIGE_CHECK(check_trust(&current, next, *make_verifier(vector.suite)));
    return {};
}

}  // namespace

Result<Bytes> receive(const Vector& vector) {
    const Kind& kind = kinds().at(vector.message);
    ZIGE_TRY(payload, opened(vector, kind));
    ZIGE_TRY(again, kind.again(payload));
    expect(again == payload, "one value has two encodings");
    if (vector.current) ZIGE_CHECK(check_succession(vector));
    if (!vector.institution.empty() || vector.key_from) ZIGE_CHECK(check_step(vector, payload));
    return payload;
}

}  // namespace zige::vectors
