#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

#include "agent/core/crypto.h"
#include "agent/core/data_folder.h"
#include "agent/core/enrol.h"
#include "agent/core/ports/key_vault.h"
#include "agent/core/ports/transport_factory.h"
#include "agent/core/replica.h"
#include "agent/core/time_guard.h"
#include "shared/wire/agent_messages.h"

namespace zige::agent {

/// A revoked agent asks the hub no more often than this (LIFE-4).
inline constexpr std::chrono::hours kAskAgainAfter{24};
/// Between two attempts to renew.
inline constexpr std::chrono::hours kRenewAgainAfter{1};

/// Whether this agent still belongs to its hub: its TLS certificate, renewed in time, and the word that it was
/// revoked. Neither ever stops a decision (P11). Readers from any thread; the others from the syncing one.
class Membership {
public:
    struct Parts {
        Replica& replica;
        TimeGuard& time;
        TransportFactory& transports;
        KeyVault& keys;
        Files& files;
        const Signer& signer;
        const Crypto& crypto;
        DataFolder folder;
    };
    /// Reads the word that an earlier run kept. A file that cannot be read is no word: the hub says it again.
    Membership(const Parts& parts, Enrolment enrolment);

    Bytes certificate() const;
    Instant certificate_until() const;  ///< 0: not known
    std::optional<wire::Revocation> revoked() const;

    /// False: revoked, and the hub was asked within kAskAgainAfter.
    bool may_ask() const;
    /// The body of an answer 410. agent_revoked: it is the hub's word, kept on disk before return (LIFE-4);
    /// wire_unknown_key: catch up with trust and ask again; sync_unexpected_answer: anything else, nothing changed.
    Error take_word(ByteView envelope);
    /// The hub signed a `held` for this agent at `hub_time`: an older word holds no more (a hub that was restored).
    Result<void> heard(Instant hub_time);

    /// Whether a third of the validity or less is left; false within kRenewAgainAfter of the last attempt.
    bool renewal_due() const;
    bool may_try_renewal() const;  ///< none was tried within kRenewAgainAfter
    bool expired() const;
    /// POST /v1/renew, signed by the signing key, without a client certificate (LIFE-5). Durable on return.
    /// net_*, tls_*; what take_word() says; wire_unknown_key; renew_refused: not for our key or us.
    Result<void> renew();

private:
    Result<HttpAnswer> ask() const;
    Result<void> keep(const wire::RenewAnswer& answer);

    Parts parts_;
    mutable std::mutex mutex_;  // guards all below
    Enrolment enrolment_;
    KeyVault::Validity validity_;
    std::optional<wire::Revocation> revoked_;
    std::optional<Instant> tried_;  // running time of the last renewal
};

}  // namespace zige::agent
