#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "agent/core/current.h"
#include "agent/core/journal.h"
#include "agent/core/replica.h"
#include "agent/core/time_guard.h"
#include "shared/domain/departure.h"
#include "shared/domain/overlay.h"
#include "shared/ports/random.h"

namespace zige::agent {

/// A departure that was filed here, and where its duty stands (XY 18).
struct Duty {
    wire::Uuid filing{};
    RecordNo no;
    std::string code;
    std::string name;
    DepartureDuty duty;  ///< last day, due date (may be provisional), stage, working days left
    FilingState state = FilingState::pending;
    ErrorId refused_because{};          ///< when state is refused
    bool undo_pending = false;          ///< a counter-filing is on its way: lines of this person are marked
    std::optional<Day> window_updated;  ///< as the clerk confirmed it
    std::string receipt_number;
    std::string reason;
};

/// The clerk's desk: departures, their undoing, the confirmation of the window update. Filings are on disk (journal
/// entry and queue in one transaction) before a call returns; the hub gets them with the next carrying sync. Any
/// thread.
class Desk {
public:
    /// Builds the overlay from the filings that wait for the hub. Keeps references.
    static Result<std::unique_ptr<Desk>> open(Journal& journal, const Replica& replica, const TimeGuard& time,
                                              Random& random);

    /// Who: a code of the person (national, HIS, licence) or "#" and the registration number.
    struct Departure {
        std::string person;
        Day last_day{};
        std::string reason;
        std::string clerk;
    };
    /// The person's lines after the last day are refused at once. departure_before_registration,
    /// departure_too_far_ahead, departure_already, filing_unknown_person, filing_frozen, agent_no_copy,
    /// journal_not_recorded; api_bad_field: text beyond kMaxText.
    Result<Duty> depart(const Departure& departure);

    /// Takes a departure back: not sent yet, it is withdrawn here; sent, a counter-filing goes out and counts here at
    /// once, marked. departure_not_found, filing_not_pending (taken back already or refused), filing_frozen,
    /// journal_not_recorded.
    Result<Duty> undo(const std::string& person, const std::string& clerk);

    /// The legal act of XY 18: the 动态维护窗口 was updated on `updated_on`, receipt `number`.
    /// The same again changes nothing. filing_conflict: something else was confirmed before, and not `replace`.
    /// departure_not_found; api_bad_field: a day after today or before the last day's filing is possible;
    /// filing_frozen.
    Result<Duty> confirm(const std::string& person, Day updated_on, const std::string& number, const std::string& clerk,
                         bool replace = false);

    /// All departures of this desk that stand, the most urgent first.
    std::vector<Duty> duties() const;
    /// Duties whose last day is past and whose window update is not confirmed: what answers carry as `duties_due`.
    std::size_t duties_due() const;

    std::shared_ptr<const Overlay> overlay() const { return overlay_.load(); }

    /// For the syncer: what goes out now (none while frozen), marked as sent durably before it is returned.
    Result<std::vector<Bytes>> take_outgoing(std::size_t limit);
    std::size_t waiting() const;  ///< filings without a result
    std::size_t unsent() const;   ///< of them, those that never went out
    /// The rows that these results change, for Journal::note_held; unknown uuids are ignored.
    std::vector<JournalStore::Filing> changed_by(std::span<const wire::FilingResult> results) const;
    /// Reads the filings again and builds the overlay: after results came and after each new copy.
    Result<void> refresh();

    Desk(Journal& journal, const Replica& replica, const TimeGuard& time, Random& random);  ///< use open()
    ~Desk();

private:
    struct Row;
    struct Book;
    Result<std::shared_ptr<const View>> ready() const;
    Result<const Registration*> person(const View& view, const std::string& who) const;
    Result<bool> confirmed_before(const Row& departure, const wire::WindowFiling& now, bool replace) const;
    Result<const Row*> standing_departure(const View& view, const std::string& who) const;
    wire::Filing draft(const std::string& clerk) const;
    Result<void> file(const wire::Filing& filing, FilingState state, std::vector<JournalStore::Filing> changed);
    Duty duty_of(const Row& row, const View& view) const;
    Result<void> reload();
    void rebuild();

    Journal& journal_;
    const Replica& replica_;
    const TimeGuard& time_;
    Random& random_;
    Current<Overlay> overlay_;
    mutable std::mutex mutex_;  // guards rows_; one clerk's call at a time
    std::vector<Row> rows_;
};

}  // namespace zige::agent
