#include <algorithm>

#include "agent/core/desk_book.h"

namespace zige::agent {
namespace {

Registration newcomer(const wire::RegistrationFiling& filed) {
    Registration person;
    person.code = filed.code;
    person.name = filed.name;
    person.category = filed.category;
    person.post = filed.post;
    person.department = filed.department;
    if (filed.commitment_signed) person.commitment = {CommitmentKind::signed_on, filed.commitment_signed};
    else person.commitment = {CommitmentKind::missing, std::nullopt};
    person.registered_from = filed.from;
    return person;
}

bool carries(const Copy& copy, const Registration& person, const std::string& code) {
    if (code.empty()) return false;
    return person.code == code || std::ranges::any_of(copy.aliases(), [&](const Alias& alias) {
               return alias.target == person.no && alias.code == code;
           });
}

/// Perhaps somebody under sanction here, under a new code: his licence, or his name and no document. That waits for the
/// hub (P1). Under the code that he has he is found with his standing.
bool may_be_sanctioned(const Copy& copy, const wire::RegistrationFiling& filed) {
    return std::ranges::any_of(copy.registrations(), [&](const Registration& person) {
        const bool sanctioned = std::ranges::any_of(
            person.standing, [&](const StandingInterval& each) { return !each.end || filed.from < *each.end; });
        if (!sanctioned || person.code == filed.code) return false;
        return carries(copy, person, filed.licence) || (filed.identity.empty() && person.name == filed.name);
    });
}

/// Lays one filing whose effect is in no copy yet over it. The kinds that are not here change no answer of the gate,
/// or not before the hub has taken them.
struct LayOver {
    const wire::Filing& filing;
    const Calendar& calendar;
    const Copy* copy;
    Overlay& overlay;

    void operator()(const wire::RegistrationFiling& filed) const {
        if (copy != nullptr && may_be_sanctioned(*copy, filed)) return;
        auto provisional = provisional_of(newcomer(filed), day_of(filing.times.wall), calendar);
        if (provisional) overlay.provisional.insert_or_assign(filed.code, std::move(*provisional));
    }
    void operator()(const wire::ChangeFiling& filed) const {
        if (filed.department || filed.category) {
            Overlay::Change& change = overlay.changes[filed.no];
            if (filed.department) change.department = filed.department;
            if (filed.category) change.category = filed.category;
        }
        if (filed.code) overlay.codes.insert_or_assign(*filed.code, Overlay::Code{filed.no, false});
    }
    void operator()(const wire::AliasFiling& filed) const {
        overlay.codes.insert_or_assign(filed.code, Overlay::Code{filed.target, filed.remove});
    }
    void operator()(const wire::LeaveFiling& filed) const {
        overlay.leaves[filed.no].push_back({filed.kind, filed.from, filed.until});
    }
    template <class Other>
    void operator()(const Other&) const {}
};

/// A sign-off is a second filing about the same session.
void lay_session(const wire::DutySessionFiling& filed, std::vector<Overlay::DutySession>& sessions) {
    const auto at = std::ranges::find_if(
        sessions, [&](const auto& each) { return each.no == filed.no && each.from == filed.from; });
    if (at == sessions.end()) sessions.push_back({filed.no, filed.from, filed.until});
    else if (filed.until) at->until = filed.until;
}

}  // namespace

/// Departures that the copy does not show yet, and undoings of departures that it still shows; then everything else.
void Desk::rebuild() {
    const auto view = parts_.replica.view();
    const Seq seq = view ? view->state.seq : Seq{};
    const Calendar& calendar = view ? view->copy->calendar() : Calendar::official();
    const Book book{rows_};
    auto overlay = std::make_shared<Overlay>();
    auto& sessions = overlay->sessions.emplace();
    for (const Row& row : rows_) {
        if (!stands(row.stored.state)) continue;
        if (const auto* session = row.as<wire::DutySessionFiling>()) lay_session(*session, sessions);
        const Row* undo = book.undo_of(row);
        const auto leaving = book.leaving(row);
        if (!leaving) {
            if (undo == nullptr && row.beyond(seq))
                std::visit(LayOver{row.filing, calendar, view ? view->copy.get() : nullptr, *overlay}, row.filing.body);
            continue;
        }
        const Row* rehire = book.rehire_after(row, leaving->no);
        const Row* amend = book.amend_of(row);
        if (const Row* back = undo != nullptr ? undo : rehire) {  // either gives the registration back
            if (back->beyond(seq)) overlay->entries[leaving->no] = {std::nullopt, waits(back->stored.state)};
        } else if (row.beyond(seq) || (amend != nullptr && amend->beyond(seq))) {
            const Registration* known = view ? view->copy->by_number(leaving->no) : nullptr;
            const bool milder = known != nullptr && known->last_day && *known->last_day < leaving->last_day;
            overlay->entries[leaving->no] = {leaving->last_day, milder};
        }
    }
    overlay_.swap_in(std::move(overlay));
}

}  // namespace zige::agent
