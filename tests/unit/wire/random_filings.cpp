#include "shared/wire/limits.h"
#include "tests/unit/wire/random_messages.h"

namespace zige::wire::testing {
namespace {

RecordNo draw_no(Draw& d) { return {d.any<std::uint32_t>(1)}; }

/// A last day that is not before `from`, or none.
std::optional<Day> draw_until(Draw& d, Day from) {
    const Day last{std::chrono::year{kMaxYear} / 12 / 31};
    const auto room = static_cast<std::uint64_t>((last - from).count());
    if (d.chance(40)) return std::nullopt;
    return from + std::chrono::days{d.number(std::min<std::uint64_t>(room, 400))};
}

FilingBody draw_registration(Draw& d) {
    RegistrationFiling f;
    f.code = d.text(kMaxCode);
    f.licence = d.text(kMaxCode, f.code.empty() ? 1 : 0);
    f.name = d.text(40, 1);
    f.category = d.code<Category>();
    f.post = d.code<Post>();
    f.department = d.text(kMaxCode);
    f.commitment_signed = d.maybe_day();
    f.from = d.day();
    f.multi_site = d.chance(50);
    f.identity = d.bytes(120);
    return f;
}

FilingBody draw_change(Draw& d) {
    ChangeFiling f{draw_no(d), {}, {}, {}, {}, {}};
    if (d.chance(50)) f.name = d.text(40, 1);
    if (d.chance(50)) f.department = d.text(kMaxCode);
    if (d.chance(50)) f.code = d.text(kMaxCode, 1);
    if (d.chance(50)) f.category = d.code<Category>();
    if (d.chance(50) || f == ChangeFiling{f.no, {}, {}, {}, {}, {}}) f.identity = d.bytes(120, 1);
    return f;
}

FilingBody draw_leave(Draw& d) {
    const Day from = d.day();
    return LeaveFiling{draw_no(d), d.code<LeaveKind>(), from, draw_until(d, from)};
}

FilingBody draw_rehire(Draw& d) {
    const Day from = d.day();
    return RehireFiling{draw_no(d), from, draw_until(d, from)};
}

FilingBody draw_session(Draw& d) {
    DutySessionFiling f{draw_no(d), Instant{std::chrono::seconds{d.number(4'000'000'000)}}, {}};
    if (d.chance(50)) f.until = f.from + std::chrono::seconds{d.number(90'000)};
    return f;
}

template <class Case>
FilingBody draw_case(Draw& d) {
    Case f{draw_no(d), d.text(60), d.text(kMaxCaseText, 1), {}};
    if (d.chance(50)) f.attachment = d.hash();
    return f;
}

FilingBody draw_body(Draw& d) {
    switch (d.code<FilingKind>()) {
        case FilingKind::departure: return DepartureFiling{draw_no(d), d.day(), d.text(90)};
        case FilingKind::undo: return UndoFiling{d.uuid()};
        case FilingKind::window: return WindowFiling{d.uuid(), d.day(), d.text(40)};
        case FilingKind::registration: return draw_registration(d);
        case FilingKind::change: return draw_change(d);
        case FilingKind::commitment: return CommitmentFiling{draw_no(d), d.day()};
        case FilingKind::amend: return AmendFiling{d.uuid(), d.day()};
        case FilingKind::leave: return draw_leave(d);
        case FilingKind::transfer: return TransferFiling{draw_no(d), d.day(), d.text(kMaxInstitutionCode, 1), d.day()};
        case FilingKind::rehire: return draw_rehire(d);
        case FilingKind::death: return DeathFiling{draw_no(d), d.instant()};
        case FilingKind::alias: return AliasFiling{draw_no(d), d.text(kMaxCode, 1), d.chance(30)};
        case FilingKind::duty_session: return draw_session(d);
        case FilingKind::presence: return PresenceFiling{draw_no(d), d.chance(50), d.text(60)};
        case FilingKind::licence_lapse: return LicenceLapseFiling{draw_no(d), d.text(kMaxCode, 1), d.day(), d.text(90)};
        case FilingKind::appeal: return draw_case<AppealFiling>(d);
        case FilingKind::repair: return draw_case<RepairFiling>(d);
        case FilingKind::restoration: return draw_case<RestorationFiling>(d);
    }
    return {};
}

}  // namespace

Filing draw_filing(Draw& d) { return {d.uuid(), d.times(), d.text(40), draw_body(d)}; }

}  // namespace zige::wire::testing
