#pragma once

#include "shared/ports/sealing.h"
#include "shared/wire/envelope.h"

namespace zige::wire {

/// What only its reader opens: COSE_Encrypt (RFC 9052 5.1) with one recipient, AES-256-GCM. SEAL rules of SPEC.md.
/// `context` is bound as in envelopes: the type of what is inside, and the hub. Who sealed it is not proven: what needs
/// a sender carries an envelope inside.

/// crypto_bad_key: `reader` is no public sealing key of the suite; wire_too_large; crypto_failed.
Result<Bytes> seal_to(const EnvelopeContext& context, ByteView plain, ByteView reader, const Sealer& sealer);

/// Size caps, shape, reader, then the key and the content (SEAL-1..SEAL-8). `plain_limit`: of what is inside.
/// wire_too_large, what Reader refuses (cbor.h), wire_unknown_version, wire_unknown_algorithm, seal_wrong_reader:
/// sealed to another key; wire_wrong_message_type: genuine, but another type; seal_failed: of another hub, or damaged.
Result<Bytes> open_sealed(const EnvelopeContext& context, ByteView sealed, const Unsealer& reader,
                          std::size_t plain_limit);

/// The last 8 bytes of the public key that it is sealed to, to look the private key up. SEAL-1..SEAL-3.
Result<Bytes> sealed_reader(ByteView sealed);
Bytes reader_id(ByteView public_key);

}  // namespace zige::wire
