#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/publisher.h"
#include "hub/core/trust.h"
#include "hub/core/trust_draft.h"

namespace zige::hub {

inline constexpr std::size_t kKeptOnlineKeys = 3;  ///< in a document, so that each step stays below 1 kB

/// What the next trust document changes. Keys that have ended are dropped by each; the others stay, so that what they
/// signed is still taken.
struct NextTrust {
    bool online_key = true;  ///< a new one
    std::chrono::days online_validity = kMaxOnlineValidity;
    std::optional<std::uint8_t> revoke;  ///< dropped now; its id never comes again, so a new key comes in its place
    bool sealing_key = false;
    bool tls = false;  ///< authority and server certificate
    std::chrono::days tls_validity{3650};
    std::vector<Bytes> root_keys;  ///< instead of the present ones; none: as before
    std::optional<std::uint8_t> threshold;
    std::optional<wire::TrustReset> reset;  ///< of time and epoch at all agents; the hub goes on in that epoch
};

/// Makes the next trust document and publishes it when the root holders have signed. Any thread.
class Rotation {
public:
    Rotation(const Environment& env, const KeyPaths& paths, Trust& trust, Publisher& publisher)
        : env_(env), folder_(paths.folder), trust_(trust), publisher_(publisher) {}

    /// The next document, not signed. The private parts of new keys lie in the key folder already; a draft that is
    /// never published leaves only them. usage_bad_argument; trust_key_unknown: no such key to revoke;
    /// trust_key_reused: all 255 ids were used; hub_clock_jumped.
    Result<TrustDraft> draft(const NextTrust& wish) const;
    /// Publishes it. trust_no_quorum: root holders are missing; trust_bad_version: another one was published meanwhile;
    /// crypto_bad_key: the private part of a new key is not here; what change() says. From then on the newest online
    /// key signs; TLS changes with the next start.
    Result<Published> publish(const std::string& actor, const TrustDraft& draft);

private:
    Result<wire::OnlineKey> make_online_key(const NextTrust& wish, Instant from) const;
    Result<void> make_tls(wire::TrustDocument& next, const NextTrust& wish, Instant now) const;
    Result<std::uint8_t> next_id() const;
    Result<void> check_new_keys(const wire::TrustDocument& before, const wire::TrustDocument& next) const;
    Result<void> reset_epoch(Change& change, const wire::TrustReset& reset) const;
    Result<void> store(Change& change, const wire::TrustDocument& before, const wire::TrustDocument& next,
                       const wire::SignedTrust& trust) const;

    Environment env_;
    std::filesystem::path folder_;
    Trust& trust_;
    Publisher& publisher_;
};

}  // namespace zige::hub
