#pragma once

#include <optional>
#include <string_view>

#include "shared/ports/compressor.h"
#include "shared/ports/crypto.h"
#include "shared/wire/messages.h"

namespace zige::wire {

/// COSE_Sign1 (RFC 9052) over raw deflate over CBOR. Protected header: alg, kid (1 byte for the hub's online keys,
/// agent number as 4 bytes big-endian for agents), dictionary id. external_aad = message type and hub id. ENV rules of
/// SPEC.md.
struct EnvelopeContext {
    std::string_view hub_id;
    MessageType type;
};

/// Payload is deflated with the newest dictionary and signed.
Result<Bytes> seal_envelope(const EnvelopeContext& context, ByteView payload, ByteView kid, const Signer& signer,
                            const Compressor& compressor);

/// The key id of an envelope before anything is checked, to look the key up. Caps and shape are checked (ENV-1..ENV-3).
Result<Bytes> envelope_kid(ByteView envelope);

/// Size cap, shape, signature, then inflating up to `payload_limit`: in this order (ENV-1..ENV-7).
/// wire_too_large, what Reader refuses (cbor.h), wire_unknown_version, wire_unknown_algorithm, wire_bad_signature,
/// wire_wrong_message_type (genuine, but another type), wire_bad_compression, wire_unknown_dictionary.
Result<Bytes> open_envelope(const EnvelopeContext& context, ByteView envelope, ByteView public_key,
                            const Verifier& verifier, const Compressor& compressor, std::size_t payload_limit);

/// Keys of the hub as a trust document states them. wire_unknown_key.
Result<OnlineKey> find_online_key(const TrustDocument& trust, ByteView kid);

/// Whether the signed hub time of a message lies inside the validity of the key that signed it (TRUST-6).
/// wire_key_out_of_date. Our own clock takes no part: a PC with a dead battery must be able to learn the time.
Result<void> check_key_time(const OnlineKey& key, Instant signed_hub_time);

}  // namespace zige::wire
