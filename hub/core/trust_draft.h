#pragma once

#include <vector>

#include "shared/ports/crypto.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// A trust document that is to follow `previous`, with the signatures that it has so far: a file that is carried from
/// one root holder to the next. Needs no hub: whoever signs sees both documents.
struct TrustDraft {
    wire::SignedTrust previous;
    wire::SignedTrust next;  ///< may have no signature yet
    bool operator==(const TrustDraft&) const = default;
};
inline constexpr std::size_t kMaxDraftBytes = 32U << 10;

Bytes encode(const TrustDraft& draft);
/// What the strict decoder says; wire_unknown_version.
Result<TrustDraft> decode_trust_draft(ByteView bytes);

/// Both documents of a draft, decoded, and how far the signing has come.
struct DraftContent {
    wire::TrustDocument previous;
    wire::TrustDocument next;
    struct Root {
        Bytes public_key;
        bool of_previous = false;
        bool of_next = false;
        bool has_signed = false;
    };
    std::vector<Root> roots;  ///< of both, the former ones first

    std::size_t signed_of_previous() const;
    std::size_t signed_of_next() const;
    bool complete() const { return signed_of_previous() >= previous.threshold && signed_of_next() >= next.threshold; }
};
/// The previous document must be signed by its own roots and the next one must follow it; signatures that are not good
/// count as absent. What wire::check_trust says of them.
Result<DraftContent> read_draft(const TrustDraft& draft, const Verifier& verifier);

/// Adds the root's signature, if it is not there. trust_key_unknown: neither document has this root.
Result<void> sign_draft(TrustDraft& draft, const Signer& root, const Verifier& verifier);

}  // namespace zige::hub
