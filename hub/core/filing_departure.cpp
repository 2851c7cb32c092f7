#include <algorithm>

#include "hub/core/filing_work.h"
#include "hub/core/statements.h"
#include "shared/domain/departure.h"

namespace zige::hub {
namespace {

constexpr std::chrono::days kOneDay{1};

/// Both ends of what the hub can prove about a filing: kept with the row that it is the evidence for.
Result<void> keep_last_day(const FilingWork& work, const wire::Uuid& uuid, Day last_day) {
    return work.tx().exec(Sql::filing_amend,
                          {sql(last_day), sql(work.filing.times.trusted), sql(work.change.now()), sql(ByteView(uuid))});
}

/// Everywhere where the dead person was registered and had not left before.
struct EndingByDeath {
    Ending ending;
    std::optional<Day> day_before;
};
Result<std::vector<EndingByDeath>> endings_by_death(const FilingWork& work, PersonId person, Day day) {
    ZIGE_TRY(rows, work.tx().query(Sql::registrations_of_person, {sql(person.value)}));
    std::vector<EndingByDeath> endings;
    for (const Row& row : rows)
        if (row.is_null(11) || row.day(11) > day)
            endings.push_back({{row.text(0), RecordNo{row.small(1)}, person, day}, row.maybe_day(11)});
    return endings;
}

/// How it ended counts: a day that the bureau has set, and a death whoever reported it, are not an institution's to
/// move (P1, P8). `day`: the last day that it asks for; nothing: that the registration goes on.
Result<void> check_end_is_its_own(const FilingWork& work, RecordNo no, PersonId person, std::optional<Day> day) {
    ZIGE_TRY(rows,
             work.tx().query(Sql::filing_final_ends, {sql(work.institution()), sql(no.value), sql(person.value)}));
    for (const Row& row : rows) {
        ZIGE_TRY(kind, enum_from<FilingKind>(row, 0));
        if (kind != FilingKind::death) return fail(ErrorId::filing_owned_by_hub, "last_day", "the bureau has set it");
        if (!day || row.is_null(1) || *day > row.day(1))
            return fail(ErrorId::filing_owned_by_hub, "last_day", "a death is recorded");
    }
    return {};
}

}  // namespace

Result<FilingEffect> process(const FilingWork& work, const wire::DepartureFiling& departure) {
    ZIGE_TRY(known, registration_of(work, departure.no));
    const Registration& registration = known.registration;
    ZIGE_CHECK(check_departure(departure.last_day, registration.registered_from, work.today(), registration.last_day));
    // XY 18: this site only; other sites stay.
    ZIGE_CHECK(end_registration(work, {work.institution(), departure.no, known.person, departure.last_day}));
    ZIGE_CHECK(note_ended(work, work.institution(), departure.no, registration.last_day));
    return FilingEffect{departure.no, {}, departure.last_day, true};
}

Result<FilingEffect> process(const FilingWork& work, const wire::AmendFiling& amend) {
    ZIGE_TRY(target, standing_filing(work, amend.target, "target"));
    if (target.kind != FilingKind::departure && target.kind != FilingKind::transfer)
        return fail(ErrorId::filing_not_found, "target", "no departure");
    if (target.hub_owned) return fail(ErrorId::filing_owned_by_hub, "last_day", "the bureau has set it");
    if (target.last_day == amend.last_day) return fail(ErrorId::filing_nothing_changes, "last_day");
    ZIGE_TRY(known, registration_of(work, target.record));
    ZIGE_CHECK(check_departure(amend.last_day, known.registration.registered_from, work.today()));
    ZIGE_CHECK(check_end_is_its_own(work, target.record, known.person, amend.last_day));
    const auto* transfer = std::get_if<wire::TransferFiling>(&target.filing.body);
    if (transfer != nullptr && amend.last_day >= transfer->first_day)
        return fail(ErrorId::filing_bad_interval, "last_day", "begins elsewhere on " + format(transfer->first_day));
    // An earlier day is told by this filing only; a later one was told in time if the earlier one was.
    if (amend.last_day < *target.last_day) ZIGE_CHECK(keep_last_day(work, amend.target, amend.last_day));
    else ZIGE_CHECK(work.tx().exec(Sql::filing_last_day, {sql(amend.last_day), sql(ByteView(amend.target))}));
    ZIGE_CHECK(end_registration(work, {work.institution(), target.record, known.person, amend.last_day}));
    LogEvent event = event_about(work, HubEvent::departure_amended, target.record, known.person);
    event.body.add("departure", to_hex(amend.target)).add("from", target.last_day).add("to", amend.last_day);
    ZIGE_CHECK(work.change.log(std::move(event)));
    return FilingEffect{target.record, {}, amend.last_day, true};
}

Result<FilingEffect> process(const FilingWork& work, const wire::WindowFiling& window) {
    ZIGE_TRY(target, standing_filing(work, window.departure, "departure"));
    if (!ends_a_registration(target.kind)) return fail(ErrorId::filing_not_found, "departure", "no departure");
    if (window.updated_on > work.today())
        return fail(ErrorId::time_out_of_range, "updated_on", format(window.updated_on) + " lies in the future");
    if (target.last_day && window.updated_on < *target.last_day)
        return fail(ErrorId::filing_bad_interval, "updated_on", "the last day is " + format(*target.last_day));
    ZIGE_CHECK(work.tx().exec(Sql::filing_window,
                              {sql(window.updated_on), sql(window.receipt_number), sql(ByteView(window.departure))}));
    return FilingEffect{target.record, {}, std::nullopt, false};
}

/// At all sites, whoever reports it; days are the grain of a registration, so the day of death is the last one.
Result<FilingEffect> process(const FilingWork& work, const wire::DeathFiling& death) {
    ZIGE_TRY(known, registration_of(work, death.no));
    if (death.at > work.change.now() + kAheadTolerance) return fail(ErrorId::filing_in_future, "at", format(death.at));
    const Day day = day_of(death.at);
    if (day < known.registration.registered_from)
        return fail(ErrorId::departure_before_registration, "at",
                    "registered from " + format(known.registration.registered_from));
    if (known.registration.last_day && *known.registration.last_day < day)
        return fail(ErrorId::departure_already, "at", "left on " + format(*known.registration.last_day));
    ZIGE_TRY(endings, endings_by_death(work, known.person, day));
    LogEvent event = event_about(work, HubEvent::death_recorded, death.no, known.person);
    event.body.add("at", format(death.at)).add("sites", static_cast<std::int64_t>(endings.size()));
    ZIGE_CHECK(work.change.log(std::move(event)));
    for (const auto& [ending, day_before] : endings) {
        ZIGE_CHECK(end_registration(work, ending));
        ZIGE_CHECK(note_ended(work, ending.institution, ending.no, day_before));
    }
    return FilingEffect{death.no, {}, day, true};
}

/// 返聘 without a gap is one filing: the registration goes on, and a departure that was filed for it is settled. The
/// end of the new contract asks, it never refuses (P11).
Result<FilingEffect> process(const FilingWork& work, const wire::RehireFiling& rehire) {
    ZIGE_TRY(known, registration_of(work, rehire.no));
    const Registration& registration = known.registration;
    if (rehire.from < registration.registered_from)
        return fail(ErrorId::filing_bad_interval, "from", "registered from " + format(registration.registered_from));
    if (rehire.until && *rehire.until < rehire.from) return fail(ErrorId::filing_bad_interval, "until");
    const bool left = registration.last_day.has_value();
    if (left && rehire.from > *registration.last_day + kOneDay)
        return fail(ErrorId::filing_bad_interval, "from",
                    "left on " + format(*registration.last_day) + ": with a gap it is a new registration");
    if (left) {
        ZIGE_CHECK(check_end_is_its_own(work, rehire.no, known.person, std::nullopt));
        ZIGE_CHECK(end_registration(work, {work.institution(), rehire.no, known.person, std::nullopt}));
        ZIGE_CHECK(work.tx().exec(Sql::filing_withdraw_of_person, {sql(work.institution()), sql(rehire.no.value)}));
    }
    if (rehire.until)
        ZIGE_CHECK(
            work.tx().exec(Sql::contract_end_put, {sql(work.institution()), sql(rehire.no.value), sql(*rehire.until)}));
    LogEvent event = event_about(work, HubEvent::rehired, rehire.no, known.person);
    event.body.add("from", rehire.from).add("until", rehire.until);
    ZIGE_CHECK(work.change.log(std::move(event)));
    return FilingEffect{rehire.no, {}, std::nullopt, left};
}

}  // namespace zige::hub
