#pragma once

#include <optional>
#include <string_view>

#include "shared/ports/compressor.h"
#include "shared/ports/crypto.h"
#include "shared/wire/messages.h"

namespace zige::wire {

/// COSE_Sign1 (RFC 9052) over raw deflate over CBOR. Protected header: alg, kid (1 byte for the hub's online keys, agent number
/// as 4 bytes big-endian for agents), dictionary id. external_aad = message type and hub id. ENV rules of SPEC.md.
struct EnvelopeContext {
    std::string_view hub_id;
    MessageType type;
};

/// Payload is deflated with the newest dictionary and signed.
Result<Bytes> seal_envelope(const EnvelopeContext& context, ByteView payload, ByteView kid, const Signer& signer,
                            const Compressor& compressor);

/// The key id of an envelope before anything is checked, to look the key up. Caps and shape are checked (ENV-1..ENV-3).
Result<Bytes> envelope_kid(ByteView envelope);

/// Size cap, shape, signature, then inflating up to `payload_limit`: in this order (ENV-4..ENV-8).
/// wire_too_large, wire_bad_envelope, wire_wrong_suite, wire_bad_signature, wire_bad_deflate, wire_unknown_dictionary.
Result<Bytes> open_envelope(const EnvelopeContext& context, ByteView envelope, ByteView public_key, const Verifier& verifier,
                            const Compressor& compressor, std::size_t payload_limit);

/// Keys of the hub as a trust document states them: picks by kid and judges validity by `now` (running time).
/// trust_unknown_key, trust_key_not_yet_valid, trust_key_expired. The signed hub time inside must lie in the validity (caller).
Result<OnlineKey> find_online_key(const TrustDocument& trust, ByteView kid);

}  // namespace zige::wire
