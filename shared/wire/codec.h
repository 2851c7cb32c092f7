#pragma once

#include <span>
#include <vector>

#include "shared/wire/agent_messages.h"
#include "shared/wire/messages.h"

namespace zige::wire {

/// Deterministic CBOR (RFC 8949 4.2). Arrays with fixed places, integers, text and byte strings, null, booleans.
Bytes encode(const State&);
Bytes encode(const Head&);
Bytes encode(const Config&);
Bytes encode(const Record&);  ///< the bytes under the Merkle leaf
Bytes encode(const Delta&);
Bytes encode(const Manifest&);
Bytes encode(const JournalEntry&);
Bytes encode(const Segment&);
Bytes encode(const Filing&);
Bytes encode(const SyncRequest&);
Bytes encode(const Held&);
Bytes encode(const SyncAnswer&);
Bytes encode(const TrustDocument&);
Bytes encode(const SignedTrust&);
Bytes encode(const EnrolRequest&);
Bytes encode(const EnrolAnswer&);
Bytes encode(const IneligibleUpdate&);
Bytes encode(const CopyHandIn&);
Bytes encode(const Revocation&);
Bytes encode(const RenewRequest&);
Bytes encode(const RenewAnswer&);
Bytes encode(const Statement&);
Bytes encode(const EnrolFile&);
Bytes encode(const EnrolReply&);
/// Answer of GET /v1/trust: encoded SignedTrust each, ascending versions.
Bytes encode_trust_chain(std::span<const Bytes> documents);

/// Strict: errors as Reader names them (cbor.h), and wire_bad_order, wire_duplicate_key, wire_too_large,
/// wire_unknown_version. A delta may also be read piece by piece: delta.h.
Result<State> decode_state(ByteView);
Result<Head> decode_head(ByteView);
Result<Config> decode_config(ByteView);
Result<Record> decode_record(ByteView);
Result<Delta> decode_delta(ByteView);
Result<Manifest> decode_manifest(ByteView);
Result<JournalEntry> decode_journal_entry(ByteView);
Result<Segment> decode_segment(ByteView);
Result<Filing> decode_filing(ByteView);
Result<SyncRequest> decode_sync_request(ByteView);
Result<Held> decode_held(ByteView);
Result<SyncAnswer> decode_sync_answer(ByteView);
Result<TrustDocument> decode_trust_document(ByteView);
Result<SignedTrust> decode_signed_trust(ByteView);
Result<EnrolRequest> decode_enrol_request(ByteView);
Result<EnrolAnswer> decode_enrol_answer(ByteView);
Result<IneligibleUpdate> decode_ineligible_update(ByteView);
Result<CopyHandIn> decode_copy_hand_in(ByteView);
Result<Revocation> decode_revocation(ByteView);
Result<RenewRequest> decode_renew_request(ByteView);
Result<RenewAnswer> decode_renew_answer(ByteView);
Result<Statement> decode_statement(ByteView);
Result<EnrolFile> decode_enrol_file(ByteView);
Result<EnrolReply> decode_enrol_reply(ByteView);
Result<std::vector<Bytes>> decode_trust_chain(ByteView);

}  // namespace zige::wire
