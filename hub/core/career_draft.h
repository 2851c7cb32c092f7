#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hub/core/career_ledger.h"
#include "hub/core/publisher.h"

namespace zige::hub {

/// A change of one person's file in the making: what has been planned is already in career(), and in no log.
class CareerDraft {
public:
    /// person_not_found, person_ambiguous, ledger_bad_chain.
    static Result<CareerDraft> open(Tx& tx, const HubLog& log, const std::string& who);

    PersonId person() const { return person_; }
    const std::string& name() const { return name_; }
    const Career& career() const { return career_; }
    /// Everywhere where the person is or was registered (XY 45, 46), by code.
    const std::vector<std::string>& institutions() const { return institutions_; }

    /// Why, by which document: added to the event's body. Empty values are left out.
    using Notes = std::vector<std::pair<std::string, std::string>>;
    /// sanction_bad_interval: more intervals than a record holds. Else it is a bug if the career does not take it.
    Result<void> add(const CareerEvent& event, const Notes& notes = {});

    /// XY 35: what was terminated does not go on by itself. Registrations that run beyond that day end with it.
    void end_registrations(Day last_day) { registrations_end_ = last_day; }

    const std::vector<LogEvent>& events() const { return events_; }
    /// Logs the events and touches every institution of the person, and the region's set.
    Result<void> record(Change& change) const;

private:
    CareerDraft() = default;
    Result<void> record_endings(Change& change) const;

    PersonId person_;
    std::string name_;
    Career career_;
    std::vector<std::string> institutions_;
    std::vector<LogEvent> events_;
    std::optional<Day> registrations_end_;
};

}  // namespace zige::hub
