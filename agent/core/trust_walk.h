#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "agent/core/crypto.h"
#include "shared/wire/messages.h"

namespace zige::agent {

/// From the trust document that a slip's fingerprint names, or one that is proven already, to the newest: each proves
/// the next (TRUST-1 to TRUST-5, TRUST-8).
class TrustWalk {
public:
    TrustWalk(std::string fingerprint, const Crypto& crypto) : fingerprint_(std::move(fingerprint)), crypto_(crypto) {}
    /// Starts from a document that was proven before. What decoding says.
    Result<void> start(const Bytes& signed_trust);

    /// The next one as it came: an encoded SignedTrust. Those before the one that the fingerprint names, and those that
    /// are known, are passed over. What decoding and wire::check_trust say; nothing changed then.
    Result<void> take(const Bytes& signed_trust);

    /// trust_bad_fingerprint: none was the one of the slip.
    Result<wire::TrustDocument> newest() const;
    const Bytes& newest_signed() const { return bytes_; }

private:
    std::string fingerprint_;
    Crypto crypto_;
    std::optional<wire::TrustDocument> proven_;
    Bytes bytes_;
};

}  // namespace zige::agent
