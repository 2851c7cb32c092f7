#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "agent/core/current.h"
#include "agent/core/journal.h"
#include "agent/core/ports/key_vault.h"
#include "agent/core/replica.h"
#include "agent/core/time_guard.h"
#include "shared/domain/departure.h"
#include "shared/domain/overlay.h"
#include "shared/ports/random.h"
#include "shared/wire/identity.h"

namespace zige::agent {

/// A departure that was filed here (a transfer and a death are such too), and where its duty stands (XY 18).
struct Duty {
    wire::Uuid filing{};
    FilingKind kind = FilingKind::departure;
    RecordNo no;
    std::string code;
    std::string name;
    DepartureDuty duty;  ///< last day, due date (may be provisional), stage, working days left
    FilingState state = FilingState::pending;
    ErrorId refused_because{};          ///< when state is refused
    bool undo_pending = false;          ///< a counter-filing is on its way: lines of this person are marked
    bool amended = false;               ///< the last day is another one than was filed first
    std::optional<Day> window_updated;  ///< as the clerk confirmed it
    std::string receipt_number;
    std::string reason;
};

/// Any filing of this desk, with what became of it.
struct FilingStatus {
    wire::Filing filing;
    FilingState state = FilingState::pending;
    ErrorId refused_because{};  ///< when state is refused
    bool undo_pending = false;
    RecordNo no;  ///< of the registration that it is about; 0: of nobody who is registered yet
    std::string name;
    std::string code;
    std::optional<DueDate> expected;  ///< the hub's answer, while a new registration is provisional
    bool answer_late = false;         ///< that day is past, by a clock that can be believed: ask the bureau
};

/// The clerk's desk: everything that an institution files. Filings are on disk (journal entry and queue in one
/// transaction) before a call returns and count here at once as far as Overlay says; the hub gets them with the next
/// carrying sync. Any thread.
class Desk {
public:
    /// All outlive the Desk.
    struct Parts {
        Journal& journal;
        const Replica& replica;
        const TimeGuard& time;
        Random& random;
        const Crypto& crypto;
        KeyVault& keys;
        AgentId agent;
    };
    /// Builds the overlay from the filings that wait for the hub.
    static Result<std::unique_ptr<Desk>> open(const Parts& parts);

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

    /// Another last day of a departure or transfer that stands. departure_not_found, filing_nothing_changes, and what
    /// depart() says.
    Result<Duty> amend(const std::string& person, Day last_day, const std::string& clerk);

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

    /// Everything else. `person` is looked up and its number put into the body; a registration names nobody.
    struct Act {
        std::string person;
        wire::FilingBody body;
        std::string clerk;
        std::optional<wire::Identity> identity;  ///< of a registration or change; sealed here, never kept (P9)
    };
    /// filing_unknown_person, filing_frozen, agent_no_copy, journal_not_recorded, api_bad_field (a text that is too
    /// long), and what desk_checks.cpp finds: the same that the hub would refuse, as far as it can be known here.
    Result<FilingStatus> submit(Act act);
    /// 药师签到, 签退. filing_not_pharmacist, filing_session_open, filing_session_not_open.
    Result<FilingStatus> duty(const std::string& person, bool on, const std::string& clerk);
    /// Any filing, by the first 8 or more digits of its UUID; one that the hub may know is taken back by a
    /// counter-filing. filing_not_found, filing_not_pending (it cannot be taken back, or was).
    Result<FilingStatus> take_back(const std::string& id, const std::string& clerk);
    /// All filings, the newest first.
    std::vector<FilingStatus> filings() const;
    Result<FilingStatus> find(const std::string& id) const;  ///< filing_not_found
    /// 8 digits that prove over the telephone that the filing exists now (PHONE-6). filing_not_found, file_not_found.
    Result<std::string> filing_code(const std::string& id) const;

    /// All departures of this desk that stand, the most urgent first.
    std::vector<Duty> duties() const;
    /// Duties whose last day is past and whose window update is not confirmed: what answers carry as `duties_due`.
    std::size_t duties_due() const;

    std::shared_ptr<const Overlay> overlay() const { return overlay_.load(); }

    /// For the syncer: what goes out now (none while frozen), marked as sent durably before it is returned.
    Result<std::vector<Bytes>> take_outgoing(std::size_t limit);
    std::size_t waiting() const;  ///< filings without a result
    std::size_t unsent() const;   ///< of them, those that never went out
    /// New registrations whose answer is late. They pass on, marked: a word of the hub ends them (P11).
    std::size_t answers_late() const;
    /// Filings that the hub refused and that nobody made anew, for the same person: each waits for the clerk.
    std::size_t refused() const;
    /// The rows that these results change, for Journal::note_held; unknown uuids are ignored.
    std::vector<JournalStore::Filing> changed_by(std::span<const wire::FilingResult> results) const;
    /// Reads the filings again and builds the overlay: after results came and after each new copy.
    Result<void> refresh();

    explicit Desk(const Parts& parts);  ///< use open()
    ~Desk();

private:
    struct Row;
    struct Book;
    struct Desktop;
    friend class DeskCheck;  // desk_checks.cpp
    Result<std::shared_ptr<const View>> ready() const;
    Result<const Registration*> person(const View& view, const std::string& who) const;
    Result<bool> confirmed_before(const Row& departure, const wire::WindowFiling& now, bool replace) const;
    Result<const Row*> standing_departure(const View& view, const std::string& who) const;
    Result<const Row*> row_of(const std::string& id) const;
    wire::Filing draft(const std::string& clerk) const;
    Result<void> file(const wire::Filing& filing, FilingState state, std::vector<JournalStore::Filing> changed);
    Result<FilingState> withdraw(const Row& target, const std::string& clerk);
    Result<void> seal(Act& act) const;
    Result<FilingStatus> submit_locked(Act act);
    Duty duty_of(const Row& row, const View& view) const;
    FilingStatus status_of(const Row& row, const View* view) const;
    Result<void> reload();
    void rebuild();
    static Result<void> check(const Desktop& desktop, wire::FilingBody& body);

    Parts parts_;
    Current<Overlay> overlay_;
    mutable std::mutex mutex_;  // guards rows_; one clerk's call at a time
    std::vector<Row> rows_;
};

}  // namespace zige::agent
