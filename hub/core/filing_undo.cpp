#include <algorithm>

#include "hub/core/filing_work.h"
#include "hub/core/statements.h"

namespace zige::hub {
namespace {

constexpr std::chrono::days kOneDay{1};

/// The last day that is left when a filing that ended a registration is taken back: the earliest that another filing
/// still gives it, else what stood there before, unless that was of a filing that is taken back as well (P8).
Result<std::optional<Day>> day_without(const FilingWork& work, const std::string& institution, RecordNo no,
                                       std::optional<Day> day_before) {
    ZIGE_TRY(rows, work.tx().query(Sql::filing_endings_of, {sql(institution), sql(no.value)}));
    std::optional<Day> left;
    for (const Row& row : rows)
        if (!row.flag(1) && !row.is_null(0)) left = left ? std::min(*left, row.day(0)) : row.day(0);
    if (left || !day_before) return left;
    const bool taken_back = std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        return row.flag(1) && row.maybe_day(0) == day_before;
    });
    return taken_back ? std::nullopt : day_before;
}

/// What a registration's undoing leaves: numbers are never given again, so it stays and never was in service.
Result<void> reverse(const FilingWork& work, const std::string& institution, RecordNo no, bool began,
                     std::optional<Day> day_before) {
    ZIGE_TRY(row, work.tx().first(Sql::registration_get, {sql(institution), sql(no.value)}));
    if (!row) return fail(ErrorId::store_corrupt, "filing_effects", std::to_string(no.value));
    ZIGE_TRY(known, registration_from(*row));
    std::optional<Day> last_day = known.registration.registered_from - kOneDay;
    if (!began) {
        ZIGE_TRY(left, day_without(work, institution, no, day_before));
        last_day = left;
    }
    return end_registration(work, {institution, no, known.person, last_day});
}

Result<void> reverse_registrations(const FilingWork& work, const wire::Uuid& target) {
    ZIGE_TRY(rows, work.tx().query(Sql::filing_effects_of, {sql(ByteView(target))}));
    for (const Row& row : rows) 
        ZIGE_CHECK(reverse(work, row.text(0), RecordNo{row.small(1)}, row.flag(2), row.maybe_day(3)));
    return {};
}

Result<void> remove_leave(const FilingWork& work, const wire::Uuid& target, const KnownRegistration& known) {
    ZIGE_CHECK(work.tx().exec(Sql::leave_remove, {sql(ByteView(target))}));
    LogEvent event = event_about(work, HubEvent::leave_recorded, known.registration.no, known.person);
    event.body.add("withdrawn", to_hex(target));
    ZIGE_CHECK(work.change.log(std::move(event)));
    work.change.touch(work.institution());
    return {};
}

Result<void> remove_alias(const FilingWork& work, const StandingFiling& target, const KnownRegistration& known) {
    const RecordNo alias = target.given;
    if (const auto* filed = std::get_if<wire::AliasFiling>(&target.filing.body))
        ZIGE_CHECK(keep_former_code(work, filed->target, filed->code));
    ZIGE_CHECK(work.tx().exec(Sql::alias_remove, {sql(work.institution()), sql(alias.value)}));
    ZIGE_CHECK(work.change.log(event_about(work, HubEvent::alias_removed, alias, known.person)));
    work.change.touch(work.institution());
    work.change.touch_region();
    return {};
}

/// What became a fact of the hub's, or of the person's, is changed by another filing and not taken back.
Result<void> check_can_be_undone(const StandingFiling& target) {
    switch (target.kind) {
        case FilingKind::departure:
        case FilingKind::transfer:
        case FilingKind::death:
        case FilingKind::registration:
        case FilingKind::leave:
        case FilingKind::licence_lapse:
        case FilingKind::appeal:
        case FilingKind::repair:
        case FilingKind::restoration: break;
        case FilingKind::alias:
            if (target.given.value != 0) break;
            return fail(ErrorId::filing_not_pending, "target", "file the code again");
        case FilingKind::undo:
        case FilingKind::window:
        case FilingKind::change:
        case FilingKind::commitment:
        case FilingKind::amend:
        case FilingKind::rehire:
        case FilingKind::duty_session:
        case FilingKind::presence: return fail(ErrorId::filing_not_pending, "target", to_string(target.kind));
    }
    if (target.hub_owned) return fail(ErrorId::filing_owned_by_hub, "target", "the bureau has set it");
    return {};
}

}  // namespace

Result<FilingEffect> process(const FilingWork& work, const wire::UndoFiling& undo) {
    ZIGE_TRY(target, standing_filing(work, undo.target, "target"));
    ZIGE_CHECK(check_can_be_undone(target));
    ZIGE_TRY(known, registration_of(work, target.record));
    ZIGE_CHECK(work.tx().exec(Sql::filing_withdraw, {sql(ByteView(undo.target))}));
    const bool registers = ends_a_registration(target.kind) || target.kind == FilingKind::registration;
    if (registers) ZIGE_CHECK(reverse_registrations(work, undo.target));
    if (target.kind == FilingKind::leave) ZIGE_CHECK(remove_leave(work, undo.target, known));
    if (target.kind == FilingKind::alias) ZIGE_CHECK(remove_alias(work, target, known));
    const bool shows = registers || target.kind == FilingKind::leave || target.kind == FilingKind::alias;
    return FilingEffect{target.record, {}, std::nullopt, shows};
}

}  // namespace zige::hub
