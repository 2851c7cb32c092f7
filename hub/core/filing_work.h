#pragma once

#include "hub/core/agents.h"
#include "hub/core/environment.h"
#include "hub/core/filed_cases.h"
#include "hub/core/institution_data.h"
#include "hub/core/publisher.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// A clock of an institution may be so far ahead before what it claims to have happened is refused.
inline constexpr std::chrono::hours kAheadTolerance{24};

/// What processing one filing works on, inside one change.
struct FilingWork {
    const Environment& env;
    const Trust& trust;
    Change& change;
    const Agent& agent;
    const wire::Filing& filing;
    const FiledCases& cases;

    Tx& tx() const { return change.tx(); }
    Day today() const { return day_of(change.now()); }
    const std::string& institution() const { return agent.institution; }
};

/// What an accepted filing changed.
struct FilingEffect {
    RecordNo record;              ///< of the registration that it is about; 0: none
    RecordNo given;               ///< number that a registration or alias got
    std::optional<Day> last_day;  ///< of what ends
    bool shows_in_state = false;
};

/// Each kind in its family's file: checks everything first and writes then, so that a refusal has changed nothing.
/// A refusal is an Error of Errc::invalid or not_found.
// filing_departure.cpp: who leaves, and how
Result<FilingEffect> process(const FilingWork& work, const wire::DepartureFiling& departure);
Result<FilingEffect> process(const FilingWork& work, const wire::AmendFiling& amend);
Result<FilingEffect> process(const FilingWork& work, const wire::WindowFiling& window);
Result<FilingEffect> process(const FilingWork& work, const wire::DeathFiling& death);
Result<FilingEffect> process(const FilingWork& work, const wire::RehireFiling& rehire);
// filing_transfer.cpp
Result<FilingEffect> process(const FilingWork& work, const wire::TransferFiling& transfer);
// filing_undo.cpp
Result<FilingEffect> process(const FilingWork& work, const wire::UndoFiling& undo);
// filing_registration.cpp: who comes
Result<FilingEffect> process(const FilingWork& work, const wire::RegistrationFiling& registration);
// filing_change.cpp: details, commitment
Result<FilingEffect> process(const FilingWork& work, const wire::ChangeFiling& change);
Result<FilingEffect> process(const FilingWork& work, const wire::CommitmentFiling& commitment);
// filing_alias.cpp
Result<FilingEffect> process(const FilingWork& work, const wire::AliasFiling& alias);
// filing_absence.cpp: leave, duty sessions, answers whether somebody is still here
Result<FilingEffect> process(const FilingWork& work, const wire::LeaveFiling& leave);
Result<FilingEffect> process(const FilingWork& work, const wire::DutySessionFiling& session);
Result<FilingEffect> process(const FilingWork& work, const wire::PresenceFiling& presence);
// filing_case.cpp: kept for casework
Result<FilingEffect> process(const FilingWork& work, const wire::LicenceLapseFiling& lapse);
Result<FilingEffect> process(const FilingWork& work, const wire::AppealFiling& appeal);
Result<FilingEffect> process(const FilingWork& work, const wire::RepairFiling& repair);
Result<FilingEffect> process(const FilingWork& work, const wire::RestorationFiling& restoration);

/// The registration that a filing names. filing_unknown_person.
Result<KnownRegistration> registration_of(const FilingWork& work, RecordNo no);
/// filing_alias_taken: `code` is a code of somebody else here, or, as a national code, anywhere.
Result<void> check_code_free(const FilingWork& work, const std::string& institution, const std::string& code,
                             PersonId person);
/// The hub owns the standing (P1, P8): what would lead away from it is the bureau's to change. filing_owned_by_hub.
Result<void> check_no_standing(const FilingWork& work, PersonId person, std::string_view field);
/// XY 45: nobody is registered anywhere while a suspension or termination runs, nor before the years after a
/// termination are over (XY 40(七)(八)); neither today nor on the first day. points_barred: names document and day.
Result<void> check_not_barred(const FilingWork& work, PersonId person, Day first_day);
/// A code that a registration of the filing's institution loses goes on naming its person.
Result<void> keep_former_code(const FilingWork& work, RecordNo no, const std::string& code);
/// A log event about a record of the filing's institution.
LogEvent event_about(const FilingWork& work, HubEvent kind, RecordNo no, PersonId person);

/// Ends a registration (or takes its end back), here or at another institution; logged.
struct Ending {
    std::string institution;
    RecordNo no;
    PersonId person;
    std::optional<Day> last_day;
};
Result<void> end_registration(const FilingWork& work, const Ending& ending);
/// Keeps what an undoing reverses: that a registration began.
Result<void> note_began(const FilingWork& work, const std::string& institution, RecordNo no);
/// That it ended, and the last day that it had before.
Result<void> note_ended(const FilingWork& work, const std::string& institution, RecordNo no,
                        std::optional<Day> day_before);

/// A filing of this institution that was accepted and stands.
struct StandingFiling {
    FilingKind kind = FilingKind::departure;
    RecordNo record;
    std::optional<Day> last_day;
    bool hub_owned = false;
    RecordNo given;
    wire::Filing filing;
};
/// filing_not_found.
Result<StandingFiling> standing_filing(const FilingWork& work, const wire::Uuid& uuid, std::string_view field);
/// A departure, a transfer or a death: what the duty of XY 18 is about.
bool ends_a_registration(FilingKind kind);

/// Puts a registration down: columns of one row. Logged as person_registered.
Result<void> put_registration(const FilingWork& work, const std::string& institution, const Registration& registration,
                              PersonId person);
Result<void> put_alias(const FilingWork& work, const std::string& institution, const Alias& alias, PersonId person);
/// Asks the clerks of an institution whether somebody is still there; nothing if they are asked already.
Result<void> ask_presence(Change& change, const std::string& institution, RecordNo no, PersonId person,
                          const std::string& reason);

}  // namespace zige::hub
