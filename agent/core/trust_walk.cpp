#include "agent/core/trust_walk.h"

#include "shared/wire/accept.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"

namespace zige::agent {

Result<void> TrustWalk::start(const Bytes& signed_trust) {
    ZIGE_TRY(known, wire::decode_signed_trust(signed_trust));
    ZIGE_TRY(document, wire::decode_trust_document(known.document));
    proven_ = std::move(document);
    bytes_ = signed_trust;
    return {};
}

Result<void> TrustWalk::take(const Bytes& signed_trust) {
    ZIGE_TRY(next, wire::decode_signed_trust(signed_trust));
    if (!proven_ && wire::trust_fingerprint(next.document, crypto_.hasher) != fingerprint_) return {};
    if (proven_) {
        ZIGE_TRY(peek, wire::decode_trust_document(next.document));
        if (peek.version <= proven_->version) return {};
    }
    ZIGE_TRY(document, wire::check_trust(proven_ ? &*proven_ : nullptr, next, crypto_.verifier));
    proven_ = std::move(document);
    bytes_ = signed_trust;
    return {};
}

Result<wire::TrustDocument> TrustWalk::newest() const {
    if (!proven_) return fail(ErrorId::trust_bad_fingerprint, "trust_fingerprint", fingerprint_);
    return *proven_;
}

}  // namespace zige::agent
