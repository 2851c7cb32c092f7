#pragma once

#include "shared/wire/messages.h"

namespace zige::wire {

/// Messages of an agent's life: enrolment by file, renewal, revocation, the recovery of its hub, statements.

/// Everything that an agent holds, for a hub that recovers (REC rules). Signed by the agent's signing key.
struct CopyHandIn {
    AgentId agent;
    InstitutionCode institution;
    Bytes state;                 ///< encoded State
    StateProof proof;            ///< names it
    Bytes config;                ///< encoded Config
    std::vector<Bytes> records;  ///< encoded Record each, ascending numbers
    bool operator==(const CopyHandIn&) const = default;
};

/// The body of the answer 410: this agent is no more. Signed by an online key.
struct Revocation {
    AgentId agent;
    RevocationReason reason = RevocationReason::retired;
    Instant hub_time{};
    AgentId replaced_by;  ///< 0: nobody
    bool operator==(const Revocation&) const = default;
};

/// Asks for another TLS certificate, by the agent's signing key: works when the old one expired (LIFE-5).
struct RenewRequest {
    AgentId agent;
    InstitutionCode institution;
    Bytes tls_csr;  ///< DER, PKCS#10, P-256
    Times times;
    bool operator==(const RenewRequest&) const = default;
};
/// Signed by an online key.
struct RenewAnswer {
    AgentId agent;
    Bytes tls_certificate;  ///< DER
    Instant hub_time{};
    bool operator==(const RenewAnswer&) const = default;
};

/// One interval of one registration on paper or in a hurry (STMT rules). Signed by an online key.
struct Statement {
    InstitutionCode institution;
    RecordNo no;
    StandingInterval interval;
    Seq basis;  ///< the state that shows it has this seq or a higher one
    Instant hub_time{};
    bool operator==(const Statement&) const = default;
};

/// What the bureau gives an institution that has no line, instead of a slip. Travels as a file; not signed.
struct EnrolFile {
    std::string hub_url;  ///< of the day when there is a line
    std::string token;
    std::vector<Bytes> trust;  ///< encoded SignedTrust each, from the first version on
    bool operator==(const EnrolFile&) const = default;
};

/// The answer to an EnrolRequest that came as a file; travels sealed to the agent's sealing key.
struct EnrolReply {
    Bytes enrolled;                   ///< envelope of an EnrolAnswer
    std::vector<Bytes> trust;         ///< encoded SignedTrust each, from the first version on
    Bytes institution;                ///< envelope of a Delta from nothing
    std::optional<Bytes> ineligible;  ///< envelope of an IneligibleUpdate from nothing
    Bytes held;                       ///< envelope of a Held: dates the copy
    bool operator==(const EnrolReply&) const = default;
};

}  // namespace zige::wire
