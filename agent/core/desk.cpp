#include "agent/core/desk.h"

#include <algorithm>
#include <charconv>

#include "shared/wire/cbor.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"

namespace zige::agent {
namespace {

Result<void> check_text(std::string_view text, std::size_t limit, std::string_view field) {
    if (text.size() > limit || !wire::is_plain_text(as_bytes(text)))
        return fail(ErrorId::api_bad_field, std::string(field), "text of at most " + std::to_string(limit) + " bytes");
    return {};
}

/// Still on its way to the hub.
bool waits(FilingState state) { return state == FilingState::pending || state == FilingState::sent; }
/// Counts: on its way, or accepted.
bool stands(FilingState state) { return waits(state) || state == FilingState::accepted; }

/// Today, by the PC's clock unless that cannot be believed.
Day today(const TimeGuard& time) {
    const auto now = time.status();
    return day_of(now.suspect || now.unknown ? std::max(now.running, now.trusted) : now.wall);
}

}  // namespace

struct Desk::Row {
    JournalStore::Filing stored;
    wire::Filing filing;

    const wire::DepartureFiling* departure() const { return std::get_if<wire::DepartureFiling>(&filing.body); }
    const wire::UndoFiling* undo() const { return std::get_if<wire::UndoFiling>(&filing.body); }
    const wire::WindowFiling* window() const { return std::get_if<wire::WindowFiling>(&filing.body); }
    /// Its effect is not in a copy of this number yet.
    bool beyond(Seq seq) const {
        return waits(stored.state) || (stored.state == FilingState::accepted && stored.in_seq > seq);
    }
};

/// The filings read together: what became of each departure.
struct Desk::Book {
    std::span<const Row> rows;

    const Row* undo_of(const Row& departure) const {
        return last([&](const Row& row) { return row.undo() && row.undo()->target == departure.filing.uuid; });
    }
    const Row* window_of(const Row& departure) const {
        return last([&](const Row& row) { return row.window() && row.window()->departure == departure.filing.uuid; });
    }
    bool undone(const Row& departure) const {
        const Row* undo = undo_of(departure);
        return undo != nullptr && undo->stored.state == FilingState::accepted;
    }

private:
    template <class Wanted>
    const Row* last(Wanted wanted) const {
        const Row* found = nullptr;
        for (const Row& row : rows)
            if (stands(row.stored.state) && wanted(row)) found = &row;
        return found;
    }
};

Desk::Desk(Journal& journal, const Replica& replica, const TimeGuard& time, Random& random)
    : journal_(journal), replica_(replica), time_(time), random_(random) {
    overlay_.swap_in(std::make_shared<Overlay>());
}
Desk::~Desk() = default;

Result<std::unique_ptr<Desk>> Desk::open(Journal& journal, const Replica& replica, const TimeGuard& time,
                                         Random& random) {
    auto desk = std::make_unique<Desk>(journal, replica, time, random);
    ZIGE_CHECK(desk->refresh());
    return desk;
}

Result<void> Desk::refresh() {
    const std::lock_guard lock(mutex_);
    return reload();
}

Result<void> Desk::reload() {
    ZIGE_TRY(stored, journal_.filings());
    std::vector<Row> rows;
    rows.reserve(stored.size());
    for (auto& each : stored) {
        ZIGE_TRY(filing, wire::decode_filing(each.bytes));
        rows.push_back({std::move(each), std::move(filing)});
    }
    rows_ = std::move(rows);
    rebuild();
    return {};
}

/// Departures that the copy does not show yet, and undoings of departures that it still shows.
void Desk::rebuild() {
    const auto view = replica_.view();
    const Seq seq = view ? view->state.seq : Seq{};
    const Book book{rows_};
    auto overlay = std::make_shared<Overlay>();
    for (const Row& row : rows_) {
        if (!row.departure() || !stands(row.stored.state)) continue;
        const RecordNo no = row.departure()->no;
        const Row* undo = book.undo_of(row);
        if (undo == nullptr && row.beyond(seq)) overlay->entries[no] = {row.departure()->last_day, false};
        else if (undo != nullptr && undo->beyond(seq)) overlay->entries[no] = {std::nullopt, waits(undo->stored.state)};
    }
    overlay_.swap_in(std::move(overlay));
}

Result<const Registration*> Desk::person(const View& view, const std::string& who) const {
    if (who.starts_with('#')) {
        RecordNo no;
        const auto read = std::from_chars(who.data() + 1, who.data() + who.size(), no.value);
        const Registration* found = nullptr;
        if (read.ec == std::errc{} && read.ptr == who.data() + who.size()) found = view.copy->by_number(no);
        if (found != nullptr) return found;
        return fail(ErrorId::filing_unknown_person, "person", who.substr(0, kMaxCode));
    }
    const auto found = view.copy->find(who, today(time_));
    if (found.registration != nullptr) return found.registration;
    const bool several = found.resolution == Resolution::ambiguous;
    return fail(ErrorId::filing_unknown_person, "person",
                who.substr(0, kMaxCode) + (several ? ": several people" : ""));
}

Result<std::shared_ptr<const View>> Desk::ready() const {
    auto view = replica_.view();
    if (!view) return fail(ErrorId::agent_no_copy);
    if (journal_.status().frozen) return fail(ErrorId::filing_frozen);
    return view;
}

/// The newest departure of this person that was not taken back.
Result<const Desk::Row*> Desk::standing_departure(const View& view, const std::string& who) const {
    ZIGE_TRY(registration, person(view, who));
    const Book book{rows_};
    for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
        if (!row->departure() || row->departure()->no != registration->no) continue;
        if (stands(row->stored.state) && !book.undone(*row)) return &*row;
    }
    return fail(ErrorId::departure_not_found, "person", who.substr(0, kMaxCode));
}

wire::Filing Desk::draft(const std::string& clerk) const {
    wire::Filing filing;
    random_.fill(filing.uuid);
    filing.times = time_.times();
    filing.clerk = clerk;
    return filing;
}

/// An error may still have left the filing on disk: the book is read again in any case.
Result<void> Desk::file(const wire::Filing& filing, FilingState state, std::vector<JournalStore::Filing> changed) {
    const auto row = journal_.record(filing, state, std::move(changed));
    auto read = reload();
    if (!row) return row.error();
    return read;
}

Result<Duty> Desk::depart(const Departure& departure) {
    ZIGE_CHECK(check_text(departure.reason, kMaxText, "reason"));
    ZIGE_CHECK(check_text(departure.clerk, kMaxText, "clerk"));
    const std::lock_guard lock(mutex_);
    ZIGE_TRY(view, ready());
    ZIGE_TRY(registration, person(*view, departure.person));
    const auto pending = overlay_.load();
    const auto* over = pending->find(registration->no);
    const auto left_on = over != nullptr ? over->last_day : registration->last_day;
    ZIGE_CHECK(check_departure(departure.last_day, registration->registered_from, today(time_), left_on));
    wire::Filing filing = draft(departure.clerk);
    filing.body = wire::DepartureFiling{registration->no, departure.last_day, departure.reason};
    ZIGE_CHECK(file(filing, FilingState::pending, {}));
    ZIGE_TRY(row, standing_departure(*view, "#" + std::to_string(registration->no.value)));
    return duty_of(*row, *view);
}

Result<Duty> Desk::undo(const std::string& who, const std::string& clerk) {
    ZIGE_CHECK(check_text(clerk, kMaxText, "clerk"));
    const std::lock_guard lock(mutex_);
    ZIGE_TRY(view, ready());
    ZIGE_TRY(departure, standing_departure(*view, who));
    if (Book{rows_}.undo_of(*departure) != nullptr)
        return fail(ErrorId::filing_not_pending, "person", "its undoing is on the way");
    Duty duty = duty_of(*departure, *view);
    wire::Filing filing = draft(clerk);
    filing.body = wire::UndoFiling{departure->filing.uuid};
    std::vector<JournalStore::Filing> changed;
    FilingState state = FilingState::pending;
    if (departure->stored.state == FilingState::pending) {  // the hub never heard of it
        changed.push_back(departure->stored);
        changed.back().state = duty.state = state = FilingState::withdrawn;
    } else {
        duty.undo_pending = true;
    }
    ZIGE_CHECK(file(filing, state, std::move(changed)));
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
    if (updated_on > today(time_))
        return fail(ErrorId::api_bad_field, "updated_on", format(updated_on) + " lies ahead");
    ZIGE_TRY(registration, person(*view, who));
    if (updated_on < registration->registered_from)
        return fail(ErrorId::api_bad_field, "updated_on", format(updated_on) + " lies before the registration");
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
    const wire::WindowFiling& window = *before->window();
    if (window == now) return true;
    if (replace) return false;
    return fail(ErrorId::filing_conflict, "number",
                "confirmed before: " + window.receipt_number + " on " + format(window.updated_on));
}

Duty Desk::duty_of(const Row& row, const View& view) const {
    const wire::DepartureFiling& departure = *row.departure();
    const Book book{rows_};
    Duty duty;
    duty.filing = row.filing.uuid;
    duty.no = departure.no;
    if (const Registration* registration = view.copy->by_number(departure.no)) {
        duty.code = registration->code;
        duty.name = registration->name;
    }
    duty.state = row.stored.state;
    if (const auto reason = from_number<ErrorId>(row.stored.reason)) duty.refused_because = *reason;
    duty.reason = departure.reason;
    const Row* undo = book.undo_of(row);
    duty.undo_pending = undo != nullptr && waits(undo->stored.state);
    if (const Row* window = book.window_of(row)) {
        duty.window_updated = window->window()->updated_on;
        duty.receipt_number = window->window()->receipt_number;
    }
    const auto now = time_.status();
    duty.duty = departure_duty(departure.last_day, duty.window_updated, today(time_), now.suspect || now.unknown,
                               view.copy->calendar(), view.copy->profile().departure_working_days);
    return duty;
}

std::vector<Duty> Desk::duties() const {
    const auto view = replica_.view();
    if (!view) return {};
    std::vector<Duty> duties;
    {
        const std::lock_guard lock(mutex_);
        const Book book{rows_};
        for (const Row& row : rows_) {
            const bool shown = stands(row.stored.state) || row.stored.state == FilingState::refused;
            if (row.departure() && shown && !book.undone(row)) duties.push_back(duty_of(row, *view));
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

std::size_t Desk::waiting() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::count_if(rows_.begin(), rows_.end(), [](const Row& row) { return waits(row.stored.state); }));
}

std::size_t Desk::unsent() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::count_if(
        rows_.begin(), rows_.end(), [](const Row& row) { return row.stored.state == FilingState::pending; }));
}

Result<std::vector<Bytes>> Desk::take_outgoing(std::size_t limit) {
    const std::lock_guard lock(mutex_);
    std::vector<Bytes> out;
    if (journal_.status().frozen) return out;
    std::vector<JournalStore::Filing> sent;
    for (const Row& row : rows_) {
        if (!waits(row.stored.state) || out.size() == limit) continue;
        out.push_back(row.stored.bytes);
        if (row.stored.state == FilingState::sent) continue;
        sent.push_back(row.stored);
        sent.back().state = FilingState::sent;
    }
    if (!sent.empty()) {
        ZIGE_CHECK(journal_.update_filings(sent));  // before it leaves: from now on the hub may know of it
        ZIGE_CHECK(reload());
    }
    return out;
}

std::vector<JournalStore::Filing> Desk::changed_by(std::span<const wire::FilingResult> results) const {
    const std::lock_guard lock(mutex_);
    std::vector<JournalStore::Filing> changed;
    for (const wire::FilingResult& result : results) {
        const auto row =
            std::find_if(rows_.begin(), rows_.end(), [&](const Row& each) { return each.filing.uuid == result.uuid; });
        if (row == rows_.end() || !waits(row->stored.state)) continue;
        changed.push_back(row->stored);
        changed.back().state = result.accepted ? FilingState::accepted : FilingState::refused;
        changed.back().reason = result.accepted ? std::uint16_t{0} : static_cast<std::uint16_t>(result.reason);
        changed.back().in_seq = result.in_seq;
    }
    return changed;
}

}  // namespace zige::agent
