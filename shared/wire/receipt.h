#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/ports/crypto.h"
#include "shared/wire/messages.h"

namespace zige::wire {

inline constexpr std::size_t kMaxReceiptBytes = 16U << 10;
inline constexpr std::size_t kMaxReceiptPath = 16;  ///< of a batch of 65,536 entries

/// A receipt (RCT): what shows to anybody who has the agent's public key that an entry stands in its journal.
struct Receipt {
    Suite suite = Suite::ed25519_sha256;
    AgentId agent;
    Chapter chapter;
    std::uint64_t number = 0;   ///< of the entry
    BatchSignature batch;       ///< that covers it
    std::vector<Hash256> path;  ///< from the entry's leaf up (RFC 9162 2.1.3)
    Bytes entry;
    bool operator==(const Receipt&) const = default;
};

/// Lines of ASCII that a shell reads: "zige-receipt 1", then `name value` of each field.
std::string write_receipt(const Receipt& receipt);
/// RCT-1: exactly what write_receipt() makes; a line may end with CR LF, and the last end may be missing.
/// wire_too_large, wire_missing_field (the line that is not there), wire_bad_value, wire_trailing_bytes,
/// wire_unknown_version.
Result<Receipt> read_receipt(std::string_view text);

/// RCT-2 to RCT-4, with the agent's public key: the entry that it proves. wire_unknown_algorithm: of another suite;
/// wire_bad_value: the entry says another number; wire_bad_root: the path leads nowhere; wire_bad_signature; what
/// decode_journal_entry() says.
Result<JournalEntry> check_receipt(const Receipt& receipt, ByteView public_key, const Hasher& hasher,
                                   const Verifier& verifier);

}  // namespace zige::wire
