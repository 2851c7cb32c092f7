#pragma once

#include "hub/core/agents.h"
#include "hub/core/environment.h"
#include "hub/core/publisher.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// Answers an institution's filings (commands with a UUID), inside one change. The same UUID twice changes nothing.
class FilingDesk {
public:
    FilingDesk(const Environment& env, Change& change, const Agent& agent)
        : env_(env), change_(change), agent_(agent) {}

    /// Nothing: the agent is frozen, the filing waits for an operator. A refusal is a result, with its reason:
    /// filing_unknown_person, filing_not_found, filing_conflict, departure_before_registration,
    /// departure_too_far_ahead, departure_already, time_out_of_range, wire_unknown_version (a kind that this hub does
    /// not process). An Error is for undecodable bytes and the database.
    Result<std::optional<wire::FilingResult>> take(ByteView bytes);

private:
    /// What an accepted filing changed.
    struct Effect {
        RecordNo record;
        std::optional<Day> last_day;
        bool shows_in_state = false;
    };
    Result<std::optional<wire::FilingResult>> answered_before(const wire::Filing& filing, ByteView bytes);
    Result<Effect> apply(const wire::DepartureFiling& departure);
    Result<Effect> apply(const wire::UndoFiling& undo);
    Result<Effect> apply(const wire::WindowFiling& window);
    template <class Other>
    Result<Effect> apply(const Other&) {
        return fail(ErrorId::wire_unknown_version, to_string(Other::kKind), "this hub does not process it");
    }
    Result<void> store(const wire::Filing& filing, ByteView bytes, const wire::FilingResult& result,
                       const Effect& effect);
    Result<void> log(const wire::Filing& filing, const wire::FilingResult& result, const Effect& effect);
    Result<void> end_registration(RecordNo no, std::optional<Day> last_day);

    Environment env_;
    Change& change_;
    const Agent& agent_;
};

}  // namespace zige::hub
