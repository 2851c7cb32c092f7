#include <algorithm>

#include "agent/core/desk_book.h"
#include "shared/wire/limits.h"

namespace zige::agent {

std::optional<Leaving> Desk::Book::leaving(const Row& row) const {
    std::optional<Leaving> leaving;
    if (const auto* departure = row.as<wire::DepartureFiling>())
        leaving = Leaving{departure->no, departure->last_day, departure->reason};
    if (const auto* transfer = row.as<wire::TransferFiling>())
        leaving = Leaving{transfer->no, transfer->last_day, transfer->to_institution};
    if (const auto* death = row.as<wire::DeathFiling>()) leaving = Leaving{death->no, day_of(death->at), {}};
    if (!leaving) return leaving;
    if (const Row* amend = amend_of(row)) leaving->last_day = amend->as<wire::AmendFiling>()->last_day;
    return leaving;
}

Result<void> Desk::Book::check_own(const Row& row, const View& view) const {
    const auto left = leaving(row);
    if (!left) return {};
    for (const Row& each : rows) {
        const bool owned = each.stored.state == FilingState::refused &&
                           from_number<ErrorId>(each.stored.reason) == ErrorId::filing_owned_by_hub;
        if (!owned) continue;
        const auto* undo = each.as<wire::UndoFiling>();
        const auto* amend = each.as<wire::AmendFiling>();
        const auto* rehire = each.as<wire::RehireFiling>();
        const bool about = (undo != nullptr && undo->target == row.filing.uuid) ||
                           (amend != nullptr && amend->target == row.filing.uuid) ||
                           (rehire != nullptr && rehire->no == left->no && &each > &row);
        if (about) return fail(ErrorId::filing_owned_by_hub, "last_day", "the hub has refused it before");
    }
    const Seq seq = view.state.seq;
    const Row* amend = amend_of(row);
    const bool settled =
        row.stored.state == FilingState::accepted && !row.beyond(seq) && (amend == nullptr || !amend->beyond(seq));
    const Registration* known = view.copy->by_number(left->no);
    if (settled && known != nullptr && known->last_day && *known->last_day != left->last_day)
        return fail(ErrorId::filing_owned_by_hub, "last_day", "the hub's copy says " + format(*known->last_day));
    return {};
}

/// The newest departure of this person that was not taken back, nor settled by 返聘.
Result<const Desk::Row*> Desk::standing_departure(const View& view, const std::string& who) const {
    ZIGE_TRY(registration, person(view, who));
    const Book book{rows_};
    for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
        const auto leaving = book.leaving(*row);
        if (!leaving || leaving->no != registration->no || !stands(row->stored.state)) continue;
        if (!book.undone(*row) && book.rehire_after(*row, leaving->no) == nullptr) return &*row;
    }
    return fail(ErrorId::departure_not_found, "person", who.substr(0, kMaxCode));
}

Result<Duty> Desk::depart(const Departure& departure) {
    ZIGE_CHECK(check_text(departure.reason, kMaxText, "reason"));
    const std::lock_guard lock(mutex_);
    ZIGE_TRY(status, submit_locked({departure.person, wire::DepartureFiling{{}, departure.last_day, departure.reason},
                                    departure.clerk, std::nullopt}));
    ZIGE_TRY(view, ready());
    ZIGE_TRY(row, standing_departure(*view, "#" + std::to_string(status.no.value)));
    return duty_of(*row, *view);
}

Result<Duty> Desk::amend(const std::string& who, Day last_day, const std::string& clerk) {
    const std::lock_guard lock(mutex_);
    ZIGE_TRY(view, ready());
    ZIGE_TRY(departure, standing_departure(*view, who));
    const wire::Uuid target = departure->filing.uuid;
    ZIGE_TRY(done, submit_locked({who, wire::AmendFiling{target, last_day}, clerk, std::nullopt}));
    ZIGE_TRY(row, standing_departure(*view, who));
    return duty_of(*row, *view);
}

/// Files the counter-filing. Gives the state of the target afterwards: withdrawn when the hub never heard of it.
Result<FilingState> Desk::withdraw(const Row& target, const std::string& clerk) {
    if (Book{rows_}.undo_of(target) != nullptr)
        return fail(ErrorId::filing_not_pending, "filing", "its undoing is on the way");
    ZIGE_TRY(view, ready());
    ZIGE_CHECK(Book{rows_}.check_own(target, *view));
    wire::Filing filing = draft(clerk);
    filing.body = wire::UndoFiling{target.filing.uuid};
    std::vector<JournalStore::Filing> changed;
    FilingState state = FilingState::pending;
    FilingState after = target.stored.state;
    if (target.stored.state == FilingState::pending) {
        changed.push_back(target.stored);
        changed.back().state = after = state = FilingState::withdrawn;
        for (const Row& row : rows_) {  // what is about it would find nothing at the hub
            const auto* amend = row.as<wire::AmendFiling>();
            const auto* window = row.as<wire::WindowFiling>();
            const bool about = (amend != nullptr && amend->target == target.filing.uuid) ||
                               (window != nullptr && window->departure == target.filing.uuid);
            if (!about || row.stored.state != FilingState::pending) continue;
            changed.push_back(row.stored);
            changed.back().state = FilingState::withdrawn;
        }
    }
    ZIGE_CHECK(file(filing, state, std::move(changed)));
    return after;
}

Result<Duty> Desk::undo(const std::string& who, const std::string& clerk) {
    ZIGE_CHECK(check_text(clerk, kMaxText, "clerk"));
    const std::lock_guard lock(mutex_);
    ZIGE_TRY(view, ready());
    ZIGE_TRY(departure, standing_departure(*view, who));
    Duty duty = duty_of(*departure, *view);
    ZIGE_TRY(after, withdraw(*departure, clerk));
    duty.state = after;
    duty.undo_pending = after != FilingState::withdrawn;
    return duty;
}

Result<Duty> Desk::confirm(const std::string& who, Day updated_on, const std::string& number, const std::string& clerk,
                           bool replace) {
    ZIGE_CHECK(check_text(number, kMaxText, "number"));
    ZIGE_CHECK(check_text(clerk, kMaxText, "clerk"));
    const std::lock_guard lock(mutex_);
    ZIGE_TRY(view, ready());
    ZIGE_TRY(departure, standing_departure(*view, who));
    if (number.empty()) return fail(ErrorId::api_missing_field, "number", "the number that the window gave");
    if (updated_on > today(parts_.time))
        return fail(ErrorId::api_bad_field, "updated_on", format(updated_on) + " lies ahead");
    // Until that day the person is here: an entry that says otherwise is of another departure, or too early.
    const auto left = Book{rows_}.leaving(*departure);
    if (left && updated_on < left->last_day)
        return fail(ErrorId::api_bad_field, "updated_on",
                    format(updated_on) + " lies before the last day, " + format(left->last_day));
    wire::Filing filing = draft(clerk);
    const wire::WindowFiling window{departure->filing.uuid, updated_on, number};
    ZIGE_TRY(done, confirmed_before(*departure, window, replace));
    if (done) return duty_of(*departure, *view);
    filing.body = window;
    ZIGE_CHECK(file(filing, FilingState::pending, {}));
    ZIGE_TRY(row, standing_departure(*view, who));
    return duty_of(*row, *view);
}

/// True: the very same stands already.
Result<bool> Desk::confirmed_before(const Row& departure, const wire::WindowFiling& now, bool replace) const {
    const Row* before = Book{rows_}.window_of(departure);
    if (before == nullptr) return false;
    const auto& window = *before->as<wire::WindowFiling>();
    if (window == now) return true;
    if (replace) return false;
    return fail(ErrorId::filing_conflict, "number",
                "confirmed before: " + window.receipt_number + " on " + format(window.updated_on));
}

Duty Desk::duty_of(const Row& row, const View& view) const {
    const Book book{rows_};
    const Leaving leaving = book.leaving(row).value_or(Leaving{});
    Duty duty;
    duty.filing = row.filing.uuid;
    duty.kind = row.kind();
    duty.no = leaving.no;
    if (const Registration* registration = view.copy->by_number(leaving.no)) {
        duty.code = registration->code;
        duty.name = registration->name;
    }
    duty.state = row.stored.state;
    if (const auto reason = from_number<ErrorId>(row.stored.reason)) duty.refused_because = *reason;
    duty.reason = leaving.reason;
    duty.amended = book.amend_of(row) != nullptr;
    const Row* undo = book.undo_of(row);
    duty.undo_pending = undo != nullptr && waits(undo->stored.state);
    if (const Row* window = book.window_of(row)) {
        duty.window_updated = window->as<wire::WindowFiling>()->updated_on;
        duty.receipt_number = window->as<wire::WindowFiling>()->receipt_number;
    }
    const auto now = parts_.time.status();
    // No deadline is declared passed on a clock that cannot be believed.
    duty.duty = departure_duty(leaving.last_day, duty.window_updated, today(parts_.time), now.suspect || now.unknown,
                               view.copy->calendar(), view.copy->profile().departure_working_days);
    return duty;
}

std::vector<Duty> Desk::duties() const {
    const auto view = parts_.replica.view();
    if (!view) return {};
    std::vector<Duty> duties;
    {
        const std::lock_guard lock(mutex_);
        const Book book{rows_};
        for (const Row& row : rows_) {
            // A refused departure is shown with its reason; a refused transfer or death leaves the person here.
            const bool refused = row.stored.state == FilingState::refused;
            const bool shown = stands(row.stored.state) || (refused && row.kind() == FilingKind::departure);
            const auto leaving = book.leaving(row);
            const bool settled = !leaving || book.undone(row) || book.rehire_after(row, leaving->no) != nullptr;
            if (shown && !settled) duties.push_back(duty_of(row, *view));
        }
    }
    std::stable_sort(duties.begin(), duties.end(), [](const Duty& left, const Duty& right) {
        const bool left_done = left.duty.stage == DutyStage::done;
        const bool right_done = right.duty.stage == DutyStage::done;
        if (left_done != right_done) return right_done;
        return left.duty.due.day < right.duty.due.day;
    });
    return duties;
}

std::size_t Desk::duties_due() const {
    const auto all = duties();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const Duty& duty) {
        const DutyStage stage = duty.duty.stage;
        return duty.state != FilingState::refused && stage != DutyStage::done && stage != DutyStage::expected;
    }));
}

}  // namespace zige::agent
