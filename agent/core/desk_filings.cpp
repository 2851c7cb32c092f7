#include <algorithm>

#include "agent/core/desk_book.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"
#include "shared/wire/phone_codes.h"

namespace zige::agent {
namespace {

constexpr std::size_t kShortestId = 8;

/// Where the number of the registration stands in a body; null: the kind names nobody.
struct NumberIn {
    template <class Body>
    RecordNo* operator()(Body& body) const {
        if constexpr (requires { body.no; }) return &body.no;
        else return nullptr;
    }
    RecordNo* operator()(wire::AliasFiling& alias) const { return &alias.target; }
};

/// The limits of the layout are the ones of the wire: what it would not read is not filed.
Result<void> check_layout(const wire::Filing& filing) {
    const Bytes bytes = wire::encode(filing);
    if (bytes.size() > kMaxFilingBytes) return fail(ErrorId::api_bad_field, "filing", "too long");
    const auto read = wire::decode_filing(bytes);
    if (!read) return fail(ErrorId::api_bad_field, read.error().field, read.error().detail);
    return {};
}

/// What the hub never takes back (another filing changes it); unsent it can still be withdrawn here.
bool can_be_undone(FilingKind kind) {
    switch (kind) {
        case FilingKind::departure:
        case FilingKind::transfer:
        case FilingKind::death:
        case FilingKind::registration:
        case FilingKind::leave:
        case FilingKind::alias:
        case FilingKind::licence_lapse:
        case FilingKind::appeal:
        case FilingKind::repair:
        case FilingKind::restoration: return true;
        case FilingKind::undo:
        case FilingKind::window:
        case FilingKind::change:
        case FilingKind::commitment:
        case FilingKind::amend:
        case FilingKind::rehire:
        case FilingKind::duty_session:
        case FilingKind::presence: return false;
    }
    return false;
}

}  // namespace

/// P9: the number leaves this function only sealed to the hub, by the key of the trust document in force.
Result<void> Desk::seal(Act& act) const {
    if (!act.identity) return {};
    ZIGE_TRY(identity, wire::check_identity(*act.identity));
    ZIGE_TRY(sealed, wire::seal_identity(identity, *parts_.replica.trust(), parts_.crypto.sealer));
    if (auto* registration = std::get_if<wire::RegistrationFiling>(&act.body)) registration->identity = sealed;
    else if (auto* change = std::get_if<wire::ChangeFiling>(&act.body)) change->identity = sealed;
    else return fail(ErrorId::api_bad_field, "identity_number", "belongs to a registration or a change");
    return {};
}

Result<FilingStatus> Desk::submit(Act act) {
    const std::lock_guard lock(mutex_);
    return submit_locked(std::move(act));
}

Result<FilingStatus> Desk::submit_locked(Act act) {
    ZIGE_CHECK(check_text(act.clerk, kMaxText, "clerk"));
    ZIGE_TRY(view, ready());
    ZIGE_CHECK(seal(act));
    const Registration* about = nullptr;
    RecordNo* const number = std::visit(NumberIn{}, act.body);
    if (number != nullptr || std::holds_alternative<wire::AmendFiling>(act.body)) {
        ZIGE_TRY(found, person(*view, act.person));
        about = found;
        if (number != nullptr) *number = found->no;
    }
    wire::Filing filing = draft(act.clerk);
    const auto pending = overlay_.load();
    const Book book{rows_};
    const Desktop desktop{*view, *pending, book, about, today(parts_.time), filing.times.wall};
    ZIGE_CHECK(check(desktop, act.body));
    filing.body = std::move(act.body);
    ZIGE_CHECK(check_layout(filing));
    ZIGE_CHECK(file(filing, FilingState::pending, {}));
    return status_of(rows_.back(), view.get());
}

Result<FilingStatus> Desk::duty(const std::string& who, bool on, const std::string& clerk) {
    const std::lock_guard lock(mutex_);
    wire::DutySessionFiling session;
    session.from = parts_.time.times().wall;
    if (!on) session.until = session.from;  // check() puts the sign-on's time in
    return submit_locked({who, session, clerk, std::nullopt});
}

Result<const Desk::Row*> Desk::row_of(const std::string& id) const {
    const Row* found = nullptr;
    for (const Row& row : rows_) {
        if (id.size() < kShortestId || !to_hex(row.filing.uuid).starts_with(id)) continue;
        if (found != nullptr) return fail(ErrorId::filing_not_found, "filing", "several begin like this");
        found = &row;
    }
    if (found == nullptr) return fail(ErrorId::filing_not_found, "filing", id.substr(0, 40));
    return found;
}

Result<FilingStatus> Desk::take_back(const std::string& id, const std::string& clerk) {
    ZIGE_CHECK(check_text(clerk, kMaxText, "clerk"));
    const std::lock_guard lock(mutex_);
    ZIGE_TRY(view, ready());
    ZIGE_TRY(target, row_of(id));
    const FilingState state = target->stored.state;
    const bool unsent = state == FilingState::pending;
    if (!stands(state) || (!unsent && !can_be_undone(target->kind())))
        return fail(ErrorId::filing_not_pending, "filing", to_string(target->kind()));
    FilingStatus status = status_of(*target, view.get());
    ZIGE_TRY(after, withdraw(*target, clerk));
    status.state = after;
    status.undo_pending = after != FilingState::withdrawn;
    return status;
}

FilingStatus Desk::status_of(const Row& row, const View* view) const {
    const Book book{rows_};
    FilingStatus status;
    status.filing = row.filing;
    status.state = row.stored.state;
    if (const auto reason = from_number<ErrorId>(row.stored.reason)) status.refused_because = *reason;
    const Row* undo = book.undo_of(row);
    status.undo_pending = undo != nullptr && waits(undo->stored.state);
    wire::FilingBody body = row.filing.body;
    if (const RecordNo* number = std::visit(NumberIn{}, body)) status.no = *number;
    if (const auto* filed = row.as<wire::RegistrationFiling>()) {
        status.name = filed->name;
        status.code = filed->code.empty() ? filed->licence : filed->code;
        const auto pending = overlay_.load();
        const Overlay::Provisional* newcomer = pending->newcomer(filed->code);
        if (newcomer != nullptr && waits(status.state)) {
            const auto now = parts_.time.status();
            status.expected = newcomer->expected;
            status.answer_late = !now.suspect && !now.unknown && today(parts_.time) > newcomer->expected.day;
        }
    }
    const Registration* known = view == nullptr ? nullptr : view->copy->by_number(status.no);
    if (known != nullptr) {
        status.name = known->name;
        status.code = known->code;
    }
    return status;
}

std::vector<FilingStatus> Desk::filings() const {
    const auto view = parts_.replica.view();
    const std::lock_guard lock(mutex_);
    std::vector<FilingStatus> all;
    all.reserve(rows_.size());
    for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) all.push_back(status_of(*row, view.get()));
    return all;
}

std::size_t Desk::answers_late() const {
    const auto all = filings();
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [](const FilingStatus& filing) { return filing.answer_late; }));
}

std::size_t Desk::refused() const {
    const auto all = filings();  // the newest first
    std::size_t count = 0;
    for (auto each = all.begin(); each != all.end(); ++each) {
        if (each->state != FilingState::refused) continue;
        const bool anew = std::any_of(all.begin(), each, [&](const FilingStatus& later) {
            return wire::kind_of(later.filing.body) == wire::kind_of(each->filing.body) && later.no == each->no &&
                   later.code == each->code && later.name == each->name;
        });
        if (!anew) ++count;
    }
    return count;
}

Result<FilingStatus> Desk::find(const std::string& id) const {
    const auto view = parts_.replica.view();
    const std::lock_guard lock(mutex_);
    ZIGE_TRY(row, row_of(id));
    return status_of(*row, view.get());
}

Result<std::string> Desk::filing_code(const std::string& id) const {
    const std::lock_guard lock(mutex_);
    ZIGE_TRY(row, row_of(id));
    const auto trust = parts_.replica.trust();
    ZIGE_TRY(unsealer, parts_.keys.unsealer());
    ZIGE_TRY(key, wire::phone_key({trust->hub_id, parts_.agent, trust->version}, *unsealer, trust->sealing_key));
    return wire::filing_code(key, row->filing.uuid, row->stored.bytes, parts_.crypto.hasher);
}

}  // namespace zige::agent
