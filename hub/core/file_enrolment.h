#pragma once

#include <string>

#include "hub/core/enrolment.h"
#include "hub/core/feed.h"
#include "shared/ports/sealing.h"

namespace zige::hub {

/// Enrolment where there is no line (LIFE-6). Any thread.
class FileEnrolment {
public:
    FileEnrolment(const Environment& env, const Trust& trust, Publisher& publisher, Enrolment& enrolment, Feed& feed)
        : env_(env), trust_(trust), publisher_(publisher), enrolment_(enrolment), feed_(feed) {}

    /// Encoded EnrolFile: what the line would have brought, and the token. The slip gets the fingerprint of the first
    /// trust document in it: of all of them the last kMaxTrustChain fit.
    Result<Bytes> slip_file(Slip& slip) const;

    struct Reply {
        AgentId agent;
        std::string institution;
        bool again = false;  ///< the same key had asked before: the same agent, with the copy of now
        Bytes sealed;        ///< EnrolReply, sealed to the agent
    };
    /// `request`: EnrolRequest, sealed to the hub; `expected`: its institution, empty for any. The agent's first copy
    /// goes with the answer. seal_wrong_reader, seal_failed, wire_*, and what Enrolment::enrol() says;
    /// agent_revoked; hub_behind_witness.
    Result<Reply> answer(const std::string& actor, const std::string& expected, ByteView request,
                         const Sealer& sealer);

private:
    Result<wire::EnrolRequest> open(ByteView request) const;
    Result<Bytes> held(AgentId agent, const Hash256& state) const;

    Environment env_;
    const Trust& trust_;
    Publisher& publisher_;
    Enrolment& enrolment_;
    Feed& feed_;
};

}  // namespace zige::hub
