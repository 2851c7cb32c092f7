#include <algorithm>

#include "agent/core/desk_book.h"
#include "shared/domain/codes_of_people.h"
#include "shared/domain/resolve.h"
#include "shared/wire/limits.h"

namespace zige::agent {
namespace {

constexpr std::chrono::days kOneDay{1};
constexpr std::chrono::days kFarthest{366};

bool blank(std::string_view text) { return text.find_first_not_of(' ') == std::string_view::npos; }

bool overlaps(const Leave& one, const Leave& other) {
    return (!one.until || other.from <= *one.until) && (!other.until || one.from <= *other.until);
}

/// The same open leave with its end: no overlap, but what ends it.
bool ends(const Leave& open, const Leave& next) {
    return open.from == next.from && open.kind == next.kind && !open.until && next.until;
}

Result<void> check_leave(const std::vector<Leave>& present, const Leave& next) {
    for (const Leave& each : present)
        if (overlaps(each, next) && !ends(each, next))
            return fail(ErrorId::filing_leave_overlaps, "from", "on leave from " + format(each.from));
    return {};
}

Result<void> check_person_code(const std::string& code) {
    if (is_person_code(code)) return {};
    return fail(ErrorId::code_bad_character, "code", "a national code is D, N, HY or HJ and 12 digits");
}

}  // namespace

/// The same that the hub would refuse, as far as it can be known here; the hub has the last word.
class DeskCheck {
public:
    explicit DeskCheck(const Desk::Desktop& desktop) : on_(desktop) {}

    Result<void> operator()(wire::DepartureFiling& filed) const {
        return check_departure(filed.last_day, on_.person->registered_from, on_.today,
                               last_day_of(*on_.person, on_.pending));
    }
    Result<void> operator()(wire::AmendFiling& filed) const {
        if (last_day_of(*on_.person, on_.pending) == filed.last_day)
            return fail(ErrorId::filing_nothing_changes, "last_day");
        for (const Desk::Row& row : on_.book.rows)
            if (row.filing.uuid == filed.target) ZIGE_CHECK(on_.book.check_own(row, on_.view));
        return check_departure(filed.last_day, on_.person->registered_from, on_.today);
    }
    Result<void> operator()(wire::TransferFiling& filed) const {
        ZIGE_CHECK(check_departure(filed.last_day, on_.person->registered_from, on_.today,
                                   last_day_of(*on_.person, on_.pending)));
        if (filed.first_day <= filed.last_day) return fail(ErrorId::filing_bad_interval, "first_day");
        if (filed.to_institution == on_.view.copy->institution().code.text)
            return fail(ErrorId::filing_unknown_institution, "to_institution", "that is this one");
        return {};
    }
    Result<void> operator()(wire::DeathFiling& filed) const {
        if (filed.at > on_.now) return fail(ErrorId::filing_in_future, "at", format(filed.at));
        return check_departure(day_of(filed.at), on_.person->registered_from, on_.today,
                               last_day_of(*on_.person, on_.pending));
    }
    Result<void> operator()(wire::RehireFiling& filed) const {
        if (filed.from < on_.person->registered_from) return fail(ErrorId::filing_bad_interval, "from");
        const auto left = last_day_of(*on_.person, on_.pending);
        if (left && filed.from > *left + kOneDay)
            return fail(ErrorId::filing_bad_interval, "from",
                        "left on " + format(*left) + ": with a gap it is a new registration");
        return check_may_go_on();
    }
    Result<void> operator()(wire::RegistrationFiling& filed) const {
        if (filed.code.empty() && filed.licence.empty()) return fail(ErrorId::api_missing_field, "code");
        if (!filed.code.empty()) ZIGE_CHECK(check_person_code(filed.code));
        if (blank(filed.name)) return fail(ErrorId::api_missing_field, "name");
        if (filed.from < on_.view.copy->institution().history_from)
            return fail(ErrorId::filing_too_old, "from", format(filed.from));
        if (filed.from > on_.today + kFarthest) return fail(ErrorId::filing_in_future, "from", format(filed.from));
        if (filed.commitment_signed && *filed.commitment_signed > on_.today)
            return fail(ErrorId::filing_in_future, "commitment_signed");
        for (const std::string& code : {filed.code, filed.licence}) ZIGE_CHECK(check_new_person(code, filed.from));
        return {};
    }
    Result<void> operator()(wire::ChangeFiling& filed) const {
        const Registration& now = *on_.person;
        const bool changes = (filed.name && *filed.name != now.name) ||
                             (filed.department && *filed.department != now.department) ||
                             (filed.category && *filed.category != now.category) ||
                             (filed.code && *filed.code != now.code) || filed.identity;
        if (!changes) return fail(ErrorId::filing_nothing_changes);
        if (filed.name && blank(*filed.name)) return fail(ErrorId::api_missing_field, "name");
        const bool names_anew = (filed.code && *filed.code != now.code) || (filed.name && *filed.name != now.name);
        if (names_anew && !now.standing.empty())
            return fail(ErrorId::filing_owned_by_hub, filed.code ? "code" : "name", "there are sanctions under it");
        if (!filed.code || *filed.code == now.code) return {};
        ZIGE_CHECK(check_person_code(*filed.code));
        return check_free(*filed.code);
    }
    Result<void> operator()(wire::CommitmentFiling& filed) const {
        if (filed.signed_on > on_.today) return fail(ErrorId::filing_in_future, "signed_on", format(filed.signed_on));
        if (on_.person->commitment == Commitment{CommitmentKind::signed_on, filed.signed_on})
            return fail(ErrorId::filing_nothing_changes, "signed_on");
        return {};
    }
    Result<void> operator()(wire::LeaveFiling& filed) const {
        if (filed.until && *filed.until < filed.from) return fail(ErrorId::filing_bad_interval, "until");
        const auto left = last_day_of(*on_.person, on_.pending);
        if (filed.from < on_.person->registered_from || (left && filed.from > *left))
            return fail(ErrorId::filing_bad_interval, "from", "outside the registration");
        const Leave next{filed.kind, filed.from, filed.until};
        ZIGE_CHECK(check_leave(on_.person->leaves, next));
        if (const auto* waiting = on_.pending.leaves_of(on_.person->no)) ZIGE_CHECK(check_leave(*waiting, next));
        if (on_.person->leaves.size() >= kMaxLeaves) return fail(ErrorId::filing_too_many, "leaves");
        return {};
    }
    Result<void> operator()(wire::AliasFiling& filed) const {
        if (filed.code.empty() || filed.code.size() > kMaxCode)
            return fail(ErrorId::api_bad_field, "code", "1 to 30 bytes");
        if (!filed.remove) return check_free(filed.code);
        for (const Alias& alias : on_.view.copy->aliases())
            if (alias.target == on_.person->no && alias.code == filed.code) return {};
        return fail(ErrorId::filing_nothing_changes, "code", filed.code);
    }
    Result<void> operator()(wire::DutySessionFiling& filed) const {
        const Category category = on_.person->category;
        if (category != Category::pharmacist && category != Category::pharmacy_principal)
            return fail(ErrorId::filing_not_pharmacist, "person", to_string(category));
        const auto open = open_session();
        if (!filed.until && open) return fail(ErrorId::filing_session_open, "person", "since " + format(*open));
        if (filed.until && !open) return fail(ErrorId::filing_session_not_open, "person");
        if (filed.until) filed.from = *open;
        if (filed.until && *filed.until < filed.from) return fail(ErrorId::filing_bad_interval, "until");
        return {};
    }
    Result<void> operator()(wire::LicenceLapseFiling& filed) const {
        if (filed.lapsed_on > on_.today) return fail(ErrorId::filing_in_future, "lapsed_on", format(filed.lapsed_on));
        return {};
    }
    /// Answers and applications: the hub knows what was asked and decided.
    template <class Other>
    Result<void> operator()(Other&) const {
        return {};
    }

private:
    /// A code stands for somebody new at once only if nobody in the copy or in a waiting filing has it.
    Result<void> check_free(const std::string& code) const {
        const bool waiting = on_.pending.code(code) != nullptr || on_.pending.newcomer(code) != nullptr;
        if (!waiting && on_.view.copy->find(code, on_.today).resolution == Resolution::unknown) return {};
        return fail(ErrorId::filing_alias_taken, "code", code);
    }

    /// 返聘 ends a departure that is this institution's to end; a death is taken back first.
    Result<void> check_may_go_on() const {
        for (const Desk::Row& row : on_.book.rows) {
            const auto left = on_.book.leaving(row);
            const bool standing = left && left->no == on_.person->no && stands(row.stored.state) &&
                                  on_.book.undo_of(row) == nullptr && on_.book.rehire_after(row, left->no) == nullptr;
            if (!standing) continue;
            if (row.kind() == FilingKind::death)
                return fail(ErrorId::filing_owned_by_hub, "person", "a death is recorded: take it back first");
            ZIGE_CHECK(on_.book.check_own(row, on_.view));
        }
        return {};
    }

    /// Somebody who left may come again under his code.
    Result<void> check_new_person(const std::string& code, Day from) const {
        if (code.empty()) return {};
        if (on_.pending.newcomer(code) != nullptr) return fail(ErrorId::filing_already_registered, "code", code);
        const auto found = on_.view.copy->find(code, on_.today);
        if (found.registration == nullptr) return check_free(code);
        const auto left = last_day_of(*found.registration, on_.pending);
        if (!left) return fail(ErrorId::filing_already_registered, "code", code);
        if (!was_taken_back(found.registration->registered_from, left) && *left >= from)
            return fail(ErrorId::filing_bad_interval, "from", "left on " + format(*left));
        return {};
    }

    std::optional<Instant> open_session() const {
        std::optional<Instant> open;
        for (const Desk::Row& row : on_.book.rows) {
            const auto* session = row.as<wire::DutySessionFiling>();
            if (session == nullptr || session->no != on_.person->no || !stands(row.stored.state)) continue;
            open = session->until ? std::nullopt : std::optional(session->from);
        }
        return open;
    }

    const Desk::Desktop& on_;
};

Result<void> Desk::check(const Desktop& desktop, wire::FilingBody& body) {
    return std::visit(DeskCheck(desktop), body);
}

}  // namespace zige::agent
