#pragma once

#include <string>

#include "hub/core/crockford.h"
#include "hub/core/publisher.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// What is printed for an institution (入网凭条).
struct Slip {
    std::string institution;
    std::string institution_name;
    std::string hub_address;  ///< host:port as the agent will dial it
    std::string token;        ///< Crockford base32 in groups of four
    std::string fingerprint;  ///< of the trust document, in groups of four
    Instant expires{};

    /// The one line behind the QR code: "zige:<address>/<token>/<fingerprint>".
    std::string line() const;
};

struct EnrolmentOptions {
    std::chrono::hours token_validity{72};
};

/// Tokens and the first contact of an agent. Any thread.
class Enrolment {
public:
    Enrolment(const Environment& env, const Trust& trust, Publisher& publisher, EnrolmentOptions options = {});

    /// institution_not_found. Only a hash of the token is stored.
    Result<Slip> issue_token(const std::string& actor, const std::string& institution, const std::string& hub_address);

    /// `request`: encoded EnrolRequest. Answer: envelope of an EnrolAnswer. A token is bound to its institution and to
    /// the first signing key that shows it; the same key may ask again (a lost answer) and gets the same agent.
    /// enrol_bad_token, enrol_token_used, enrol_token_expired, wire_*, Errc::invalid for a bad certificate request.
    Result<Bytes> enrol(ByteView request);

private:
    struct Token {
        Hash256 hash{};
        std::string institution;
        AgentId agent;  ///< 0: not used yet
    };
    Result<Token> find_token(Tx& tx, std::string_view typed, Instant now) const;
    Result<wire::EnrolAnswer> answer_again(Tx& tx, const Token& token, const wire::EnrolRequest& request) const;
    Result<wire::EnrolAnswer> add_agent(Change& change, const Token& token, const wire::EnrolRequest& request) const;

    Environment env_;
    const Trust& trust_;
    Publisher& publisher_;
    EnrolmentOptions options_;
};

}  // namespace zige::hub
