#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hub/core/career_ledger.h"
#include "hub/core/publisher.h"

namespace zige::hub {

/// A registration that a termination ended, and that runs on: the termination never was.
struct RegistrationAgain {
    std::string institution;
    RecordNo no;
    std::optional<Day> last_day;  ///< nothing: without end
    bool terminated = false;      ///< by another sanction, or the same for longer: it runs on and pays nothing
};

/// A change of one person's file in the making: what has been planned is already in career(), and in no log.
class CareerDraft {
public:
    /// person_not_found, person_ambiguous, ledger_bad_chain.
    static Result<CareerDraft> open(Tx& tx, const HubLog& log, const std::string& who);

    PersonId person() const { return person_; }
    const std::string& name() const { return name_; }
    const Career& career() const { return career_; }
    /// As it was opened, without what is planned.
    const Career& opened() const { return before_; }
    /// Everywhere where the person is or was registered (XY 45, 46), by code.
    const std::vector<std::string>& institutions() const { return institutions_; }

    /// Why, by which document: added to the event's body. Empty values are left out.
    using Notes = std::vector<std::pair<std::string, std::string>>;
    /// sanction_bad_interval: more intervals than a record holds. Else it is a bug if the career does not take it.
    Result<void> add(const CareerEvent& event, const Notes& notes = {});

    /// XY 35, JN 五(二): what was terminated does not go on by itself. Registrations of before it end with the
    /// termination; where the termination never was, or has another end now, they run on. What record() will do.
    Result<std::vector<RegistrationAgain>> registrations_again(Tx& tx) const;

    const std::vector<LogEvent>& events() const { return events_; }
    /// Logs the events and touches every institution of the person, and the region's set.
    Result<void> record(Change& change) const;

private:
    CareerDraft() = default;
    Result<void> record_endings(Change& change) const;
    Result<void> record_again(Change& change) const;

    PersonId person_;
    std::string name_;
    Career before_;
    Career career_;
    std::vector<std::string> institutions_;
    std::vector<LogEvent> events_;
};

}  // namespace zige::hub
