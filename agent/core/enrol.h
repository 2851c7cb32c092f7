#pragma once

#include <filesystem>
#include <string>

#include "agent/core/crypto.h"
#include "agent/core/ports/key_vault.h"
#include "agent/core/ports/transport_factory.h"
#include "shared/ports/files.h"
#include "shared/wire/messages.h"

namespace zige::agent {

/// What a printed slip (入网凭条) says.
struct Slip {
    std::string hub_url;            ///< "https://host:port" or "host:port"
    std::string token;              ///< one-time; bound to the first key that shows it
    std::string trust_fingerprint;  ///< 20 Crockford characters; blanks and hyphens between are allowed
};

/// As people type it, made plain: address as a URL, capitals, no groups. enrol_bad_slip (field).
Result<Slip> plain_slip(const Slip& typed);

/// The hub's word that an agent is enrolled, by whatever way it came.
struct SignedEnrolAnswer {
    wire::EnrolAnswer answer;
    wire::OnlineKey signed_by;
};
/// Signature by an online key that was valid at its hub time. wire_*.
Result<SignedEnrolAnswer> open_enrol_answer(const wire::TrustDocument& trust, ByteView envelope, const Crypto& crypto);

/// What enrolment leaves behind, in one file of the data folder beside the keys: enough to start again when the
/// replica is lost.
struct Enrolment {
    std::string hub_url;
    wire::EnrolAnswer answer;
    Bytes trust;  ///< encoded SignedTrust that the fingerprint proved
};
/// agent_not_enrolled: there is no such file; enrol_damaged.
Result<Enrolment> load_enrolment(Files& files, const std::filesystem::path& path);
Result<void> save_enrolment(Files& files, const std::filesystem::path& path, const Enrolment& enrolment);

/// Enrols this agent: trust document over a TLS connection whose authority is not known yet, proven by the slip's
/// fingerprint; a new connection with the authority in it; the keys (made before the request); the request.
/// A lost answer is repeated by calling again: same keys, same token.
class Enroller {
public:
    /// Keeps references.
    Enroller(TransportFactory& transports, KeyVault& keys, const Crypto& crypto);

    /// enrol_bad_slip (field), trust_bad_fingerprint, wire_wrong_suite, enrol_bad_token, enrol_token_used,
    /// enrol_token_expired, net_*; nothing is kept but the keys. The answer's signature and time are checked; the
    /// caller stores it and gives the time to the time guard.
    struct Enrolled {
        Enrolment enrolment;
        wire::OnlineKey signed_by;
    };
    Result<Enrolled> enrol(const Slip& slip);

private:
    Result<Bytes> fetch_trust(const Slip& slip) const;
    Result<Enrolled> request(const Slip& slip, const Bytes& trust_bytes, const wire::TrustDocument& trust);

    TransportFactory& transports_;
    KeyVault& keys_;
    Crypto crypto_;
};

}  // namespace zige::agent
