#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/core/agents.h"
#include "hub/core/publisher.h"
#include "shared/wire/agent_messages.h"

namespace zige::hub {

inline constexpr std::chrono::days kCertificateValidity{365};
inline constexpr std::chrono::days kCertificateClockSlack{1};  ///< before now: a PC's time may lag

/// An agent as operators see it, revoked ones too.
struct AgentInfo {
    AgentId id;
    std::string institution;
    Chapter chapter;
    Instant enrolled_at{};
    Instant certificate_until{};
    struct End {
        RevocationReason reason = RevocationReason::retired;
        Instant at{};
        AgentId replaced_by;  ///< 0: nobody
    };
    std::optional<End> end;  ///< nothing: it is in service
    bool frozen = false;
    std::uint64_t entries_held = 0;
    std::optional<Instant> last_contact;
    Seq have_seq;
    std::string software;
    std::uint32_t waiting_entries = 0;
    std::uint32_t waiting_filings = 0;
};

/// Takes an agent out of service and logs it, inside a change. hub_no_such_agent; hub_agent_ended: it is already;
/// usage_bad_argument: the successor is itself, gone, or of another institution.
Result<void> end_agent(Change& change, AgentId agent, RevocationReason reason, AgentId replaced_by);

/// `successor` takes the place of `agent` (LIFE-7), inside a change: ends it as replaced, or, if it is out of service
/// without a successor, names this one. hub_no_such_agent; enrol_token_used: somebody else took its place.
Result<void> replace_agent(Change& change, AgentId agent, AgentId successor);
/// Whether an agent of this institution may be replaced. hub_no_such_agent; usage_bad_argument: of another institution;
/// agent_revoked: somebody took its place already.
Result<void> check_replaceable(Tx& tx, AgentId agent, const std::string& institution);

/// What becomes of agents after their enrolment (LIFE rules). Any thread.
class AgentLife {
public:
    AgentLife(const Environment& env, const Trust& trust, Publisher& publisher)
        : env_(env), trust_(trust), publisher_(publisher) {}

    /// By number; of one institution, or of all when it is empty. institution_not_found.
    Result<std::vector<AgentInfo>> list(const std::string& institution) const;
    /// hub_unknown_agent.
    Result<AgentInfo> show(AgentId agent) const;

    /// For good: a number is given once (LIFE-1). What end_agent() says.
    Result<AgentInfo> revoke(const std::string& actor, AgentId agent, RevocationReason reason, AgentId replaced_by);

    /// Envelope of the revocation of an agent that is out of service (LIFE-3). hub_unknown_agent: it is in service, or
    /// there is none; what Trust::sign says.
    Result<Bytes> word(AgentId agent) const;
    /// The same for the holder of a TLS key.
    Result<Bytes> word_for(ByteView tls_key) const;

    /// `request`: envelope of a RenewRequest. Answer: envelope of a RenewAnswer with a certificate for the key that the
    /// agent enrolled with (LIFE-5). renew_refused: for another key or institution; agent_revoked, hub_unknown_agent,
    /// wire_*.
    Result<Bytes> renew(ByteView request);

private:
    Result<wire::RenewRequest> open(ByteView envelope, const Agent& agent) const;
    Result<wire::RenewAnswer> certify(Change& change, const Agent& agent, const wire::RenewRequest& request) const;

    Environment env_;
    const Trust& trust_;
    Publisher& publisher_;
};

}  // namespace zige::hub
