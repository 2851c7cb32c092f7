#include <atomic>
#include <memory>

#include "agent/daemon/claim_stream.h"
#include "agent/daemon/clear_answer.h"
#include "agent/daemon/local_service.h"
#include "agent/daemon/openapi.h"

namespace zige::daemon {
namespace {

constexpr int kStreamsAtOnce = 4;

/// Holds one of the places for as long as it lives.
class Place {
public:
    explicit Place(std::atomic<int>& taken) : taken_(taken), got_(taken.fetch_add(1) < kStreamsAtOnce) {}
    ~Place() { taken_.fetch_sub(1); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    bool got() const { return got_; }

private:
    std::atomic<int>& taken_;
    bool got_;
};

/// The answers of a claim that came line by line: a part is decided when the one before was sent.
class Answers {
public:
    Answers(agent::Agent& agent, ClaimStream claim, std::shared_ptr<Place> place)
        : agent_(agent), claim_(std::move(claim)), place_(std::move(place)) {}

    /// Some lines, each with its end; "" behind the last one.
    std::string next() {
        if (ended_) return {};
        auto lines = part_ < claim_.parts() ? decide() : summary();
        if (lines) return std::move(lines).value();
        ended_ = true;
        Json last = error_answer(lines.error()).body;
        last.set("done", false);
        last.set("lines", answered_);
        return last.write() + "\n";
    }

private:
    Result<std::string> decide() {
        ZIGE_TRY(body, claim_.part(part_++));
        ZIGE_TRY(claim, ClaimText::read(body));
        const agent::Claim asked = claim.view();
        ZIGE_TRY(gate, agent_.gate());
        ZIGE_TRY(cleared, gate->clear(asked));
        ZIGE_TRY(answer, cleared_json(agent_, asked, cleared));
        std::string text;
        for (const Json& line : *answer.find("lines")->items()) text += line.write() + "\n";
        for (const agent::LineAnswer& line : cleared.lines) {
            if (line.answered) worst_.add(line.decision.served);
            unanswered_ += line.answered ? 0U : 1U;
        }
        answered_ += cleared.lines.size();
        repeated_ += cleared.repeated ? 1U : 0U;
        if (!asked.idempotency_key.empty()) keys_.push(asked.idempotency_key);
        last_ = std::move(answer);
        return text;
    }

    Result<std::string> summary() {
        ended_ = true;
        Json answer = Json::object({{"done", true}, {"claim_id", *last_.find("claim_id")}, {"preview", false}});
        worst_.put_into(answer);
        answer.set("unanswered", unanswered_);
        answer.set("repeated", repeated_ == claim_.parts());
        answer.set("chapter", *last_.find("chapter"));
        answer.set("lines", answered_);
        answer.set("idempotency_keys", keys_);
        answer.set("copy", *last_.find("copy"));
        answer.set("duties_due", *last_.find("duties_due"));
        return answer.write() + "\n";
    }

    agent::Agent& agent_;
    const ClaimStream claim_;
    const std::shared_ptr<Place> place_;
    std::size_t part_ = 0;
    std::size_t answered_ = 0;
    std::size_t unanswered_ = 0;
    std::size_t repeated_ = 0;
    Json keys_ = Json::array();
    Json last_;
    Worst worst_;
    bool ended_ = false;
};

}  // namespace

Result<AnswerLines> LocalService::clear_lines(const ApiRequest& request) {
    if ((kTill & bit(request.caller.role)) == 0)
        return fail(ErrorId::api_forbidden, "", std::string("a key of role ") + to_string(request.caller.role));
    const auto place = std::make_shared<Place>(streams_);
    if (!place->got()) return fail(ErrorId::api_overloaded, "", "claims that come line by line");
    ZIGE_TRY(claim, ClaimStream::read(request.body));
    ZIGE_CHECK(agent_.gate());
    ZIGE_CHECK(present_view());
    for (std::size_t i = 0; i < claim.parts(); ++i) {
        ZIGE_TRY(body, claim.part(i));
        ZIGE_CHECK(prove_releases(body, request.caller));
    }
    const auto answers = std::make_shared<Answers>(agent_, std::move(claim), place);
    return AnswerLines([answers] { return answers->next(); });
}

}  // namespace zige::daemon
