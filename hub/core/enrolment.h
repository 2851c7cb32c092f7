#pragma once

#include <functional>
#include <string>
#include <vector>

#include "hub/core/crockford.h"
#include "hub/core/publisher.h"
#include "hub/core/slip_list.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// What is printed for an institution (入网凭条).
struct Slip {
    std::string id;  ///< of the token, as IssuedToken has it
    std::string institution;
    std::string institution_name;
    std::string hub_address;  ///< host:port as the agent will dial it
    std::string token;        ///< Crockford base32 in groups of four
    std::string fingerprint;  ///< of the trust document, in groups of four
    Instant expires{};
    AgentId replaces;  ///< whose place whoever enrols takes; 0: nobody's

    /// The one line behind the QR code: "zige:<address>/<token>/<fingerprint>".
    std::string line() const;
};

/// A token as the hub knows it: only a hash of it is stored.
struct IssuedToken {
    std::string id;  ///< 16 hex digits of its hash, as the log writes them
    std::string institution;
    Instant issued{};
    Instant expires{};
    AgentId agent;     ///< that enrolled with it; 0: none yet
    AgentId replaces;  ///< whose place it takes; 0: nobody's
};
/// Columns hash, institution, issued_at, expires, agent, replaces.
IssuedToken token_from(const Row& row);

/// "10.1.2.3:7443", "hub.example:7443", "[fd00::1]:7443". usage_bad_argument.
Result<void> check_hub_address(const std::string& address);

inline constexpr std::chrono::days kMaxTokenValidity{30};

struct EnrolmentOptions {
    std::chrono::hours token_validity{72};
};

/// What slips say beside the institution.
struct SlipTerms {
    std::string hub_address;       ///< host:port
    std::chrono::hours validity{0};  ///< at most kMaxTokenValidity; 0: as configured
    AgentId replaces{};              ///< whose place is taken (LIFE-7); 0: nobody's
};

/// What becomes of an institution of a list whose last slip was not used yet.
enum class OpenSlips { refuse, withdraw, skip };

/// Slips for a county.
struct SlipOrder {
    SlipList list;
    SlipTerms terms;
    OpenSlips open = OpenSlips::refuse;
    bool only_without_agent = false;                       ///< who has an agent in service is skipped
    std::function<void(std::size_t, std::size_t)> progress;  ///< done, all; may be empty
};
struct IssuedSlips {
    std::vector<Slip> slips;             ///< in the order of the list
    std::vector<SlipProblem> problems;   ///< by line; if there is one, nothing was issued or withdrawn
    std::vector<SlipProblem> skipped;    ///< by line, why
    std::vector<IssuedToken> withdrawn;  ///< older slips that are void now
};

/// Tokens and the first contact of an agent. Any thread.
class Enrolment {
public:
    Enrolment(const Environment& env, const Trust& trust, Publisher& publisher, EnrolmentOptions options = {});

    /// institution_not_found; usage_bad_argument: not host:port; what check_replaceable() says. Only a hash of the token
    /// is stored.
    Result<Slip> issue_token(const std::string& actor, const std::string& institution, const SlipTerms& terms);
    Result<Slip> issue_token(const std::string& actor, const std::string& institution, const std::string& hub_address) {
        return issue_token(actor, institution, SlipTerms{hub_address, {}, {}});
    }
    /// A slip for each institution of a list, in one transaction: all or none. usage_bad_argument: not host:port, or no
    /// such validity. What is wrong with lines stands in the answer.
    Result<IssuedSlips> issue_batch(const std::string& actor, const SlipOrder& order);
    /// By time of issue.
    Result<std::vector<IssuedToken>> tokens() const;
    /// The token is no good any more. enrol_bad_token: there is none with this id; enrol_token_used: an agent has it.
    Result<IssuedToken> withdraw_token(const std::string& actor, const std::string& id);

    /// `request`: encoded EnrolRequest. Answer: envelope of an EnrolAnswer. A token is bound to its institution and to
    /// the first signing key that shows it; the same key may ask again (a lost answer) and gets the same agent.
    /// enrol_bad_token, enrol_token_used, enrol_token_expired, wire_*, Errc::invalid for a bad certificate request.
    Result<Bytes> enrol(ByteView request);

    /// A request that came another way. `expected`: the institution that it should be of; empty: that of the token.
    /// As enrol(), and hub_agent_of_other_institution.
    struct Way {
        std::string actor = "agent";
        std::string expected;
        bool by_file = false;
    };
    struct Enrolled {
        wire::EnrolAnswer answer;
        Bytes envelope;      ///< of the answer
        bool again = false;  ///< the same key had asked before
    };
    Result<Enrolled> enrol(const wire::EnrolRequest& request, const Way& way);

private:
    struct Token {
        Hash256 hash{};
        std::string institution;
        AgentId agent;     ///< 0: not used yet
        AgentId replaces;  ///< 0: nobody
    };
    Result<void> check_terms(const SlipTerms& terms) const;
    Result<Slip> issue_in(Change& change, const std::string& institution, const SlipTerms& terms) const;
    Result<void> withdraw_in(Change& change, IssuedToken& token, const Hash256& hash) const;
    struct Batch;
    Result<void> sort_lines(Tx& tx, Instant now, const SlipOrder& order, Batch& batch) const;
    Result<IssuedToken> known_token(Tx& tx, const std::string& id, Hash256& hash) const;
    Result<Token> find_token(Tx& tx, std::string_view typed, Instant now, const std::string& expected) const;
    Result<wire::EnrolAnswer> answer_again(Tx& tx, const Token& token, const wire::EnrolRequest& request) const;
    Result<wire::EnrolAnswer> add_agent(Change& change, const Token& token, const wire::EnrolRequest& request,
                                        bool by_file) const;

    Environment env_;
    const Trust& trust_;
    Publisher& publisher_;
    EnrolmentOptions options_;
};

}  // namespace zige::hub
