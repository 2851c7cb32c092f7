#pragma once

#include <string>

#include "hub/core/publisher.h"
#include "hub/core/trust.h"
#include "shared/wire/agent_messages.h"

namespace zige::hub {

/// What reaches an institution without its line: statements on paper, codes by telephone. Any thread.
class Notices {
public:
    Notices(const Environment& env, const Trust& trust, Publisher& publisher)
        : env_(env), trust_(trust), publisher_(publisher) {}

    struct Notice {
        wire::Statement statement;
        std::string name;
        std::string text;  ///< "ZIGE1:" and the envelope in capital hexadecimal digits: for a QR code or a file
    };
    /// The newest interval against a person at an institution, signed (STMT rules); its basis is the institution's
    /// present state. person_not_found; sanction_not_found: there is nothing against the person;
    /// institution_not_found; wire_too_large: its document is too long for a code.
    Result<Notice> issue(const std::string& actor, const std::string& institution, const std::string& who);

    struct PhoneCode {
        AgentId agent;
        std::uint32_t serial = 0;
        int days = 0;
        std::string code;  ///< as it is read out
    };
    /// The next prolongation of an agent; it is logged. hub_unknown_agent, phone_code_too_long.
    Result<PhoneCode> prolong(const std::string& actor, AgentId agent, int days);

private:
    Environment env_;
    const Trust& trust_;
    Publisher& publisher_;
};

}  // namespace zige::hub
