#include "hub/core/sanctions.h"

#include <algorithm>

#include "hub/core/career_ledger.h"
#include "hub/core/case_hold.h"
#include "hub/core/people.h"
#include "hub/core/registry.h"
#include "hub/core/statements.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr std::chrono::days kOneDay{1};
constexpr std::chrono::days kLongest{365 * 30};

Error implausible(const char* field, Day day, const std::string& why) {
    return fail(ErrorId::sanction_bad_interval, field,
                format(day) + " " + why + "; if it is right: --force-date REASON");
}

/// A day that nobody means: 2062 for 2026.
Result<void> check_plausible(const SanctionOrder& order, Day today) {
    if (!order.forced_dates.empty()) return {};
    const std::pair<const char*, Day> days[] = {{"served", order.served_on}, {"from", order.from}};
    for (const auto& [field, day] : days)
        if (const auto why = why_implausible(day, today)) return implausible(field, day, *why);
    if (order.status == Standing::suspended && order.nominal_end &&
        *order.nominal_end - order.from > kLongestSuspension)
        return implausible("to", *order.nominal_end - kOneDay, "makes a suspension of over 3 years");
    return {};
}

Result<void> check(const SanctionOrder& order) {
    if (order.document.empty()) return fail(ErrorId::sanction_no_document, "document");
    if (order.document.size() > kMaxText) return fail(ErrorId::sanction_no_document, "document", "too long");
    if (order.status == Standing::normal)
        return fail(ErrorId::sanction_bad_interval, "status", "suspended or terminated");
    // XY 43: not before the day after service; a printed start that is earlier needs a reason.
    const bool reason_given = order.printed_start && !order.forced_dates.empty();
    if (!reason_given && order.from < order.served_on + kOneDay)
        return fail(ErrorId::sanction_bad_interval, "from",
                    format(order.from) + " is not after the day of service " + format(order.served_on) +
                        "; if it is right: --force-date REASON");
    if (order.nominal_end && *order.nominal_end <= order.from)
        return fail(ErrorId::sanction_bad_interval, "nominal_end", format(*order.nominal_end));
    if (order.nominal_end && *order.nominal_end - order.from > kLongest)
        return fail(ErrorId::sanction_bad_interval, "nominal_end", "over 30 years");
    if (order.barred_until && (order.status != Standing::terminated || *order.barred_until <= order.from))
        return fail(ErrorId::sanction_bad_interval, "barred_until", "of a termination, and after its first day");
    if (order.ends_by_itself && !order.nominal_end)
        return fail(ErrorId::sanction_bad_interval, "nominal_end", "ends by itself, but when");
    return {};
}

Result<StandingTimeline> standing_of(Tx& tx, const HubLog& log, PersonId person) {
    ZIGE_TRY(events, log.sanctions_of(tx, person));
    return derive_standing(events);
}

const StandingInterval* with_document(const StandingTimeline& timeline, std::string_view document) {
    const auto at = std::find_if(timeline.begin(), timeline.end(),
                                 [&](const StandingInterval& interval) { return interval.document == document; });
    return at == timeline.end() ? nullptr : &*at;
}

/// XY 34, 35, 40: what points brought ends by restoration, repair, correction or withdrawal, which keep the days and the
/// points in step.
Result<void> check_not_of_points(Tx& tx, const HubLog& log, PersonId person, const std::string& document) {
    ZIGE_TRY(career, load_career(tx, log, person));
    const KnownSanction* known = career.sanction(document);
    if (known == nullptr || known->cause != SanctionCause::points) return {};
    return fail(ErrorId::case_bad_field, "document",
                document + " is of a decision of points; zige-hub points restore, repair, correct or withdraw ends it");
}

/// And those that a restored database lost him at, and whose agents have him still.
Result<void> add_where_kept(Tx& tx, PersonId person, std::vector<std::string>& institutions) {
    ZIGE_TRY(rows, tx.query(Sql::kept_all, {}));
    for (const Row& row : rows) {
        ZIGE_TRY(record, wire::decode_record(row.bytes(1)));
        const auto* kept = std::get_if<Registration>(&record);
        if (kept == nullptr || kept->code.empty()) continue;
        ZIGE_TRY(found, find_by_code(tx, kept->code));
        const bool known = std::ranges::find(institutions, row.text(0)) != institutions.end();
        if (found && found->id == person && !known) institutions.push_back(row.text(0));
    }
    return {};
}

/// The person is one everywhere: every institution where he is or was registered changes with him (XY 45, 46).
Result<SanctionResult> whom_it_meets(Tx& tx, PersonId person) {
    ZIGE_TRY(row, tx.first(Sql::person_get, {sql(person.value)}));
    if (!row) return fail(ErrorId::person_not_found, "person");
    ZIGE_TRY(sites, tx.query(Sql::institutions_of_person, {sql(person.value)}));
    SanctionResult result{{}, person, row->text(0), {}};
    for (const Row& site : sites) result.institutions.push_back(site.text(0));
    ZIGE_CHECK(add_where_kept(tx, person, result.institutions));
    return result;
}

void touch_all_sites(Change& change, const SanctionResult& result) {
    for (const std::string& site : result.institutions) change.touch(site);
    change.touch_region();
}

/// Whether the order may be recorded for this person as he stands.
Result<PersonId> check_person(Tx& tx, const HubLog& log, const SanctionOrder& order) {
    ZIGE_TRY(person, Registry::find_person_id(tx, order.person));
    ZIGE_CHECK(check_not_held(tx, person, order.document));
    ZIGE_TRY(timeline, standing_of(tx, log, person));
    if (with_document(timeline, order.document) != nullptr)
        return fail(ErrorId::sanction_overlaps, "document", order.document);
    if (timeline.size() >= kMaxIntervals)
        return fail(ErrorId::sanction_bad_interval, "person", "has too many intervals");
    return person;
}

LogEvent started(const SanctionOrder& order, PersonId person) {
    LogEvent event;
    event.event = HubEvent::sanction_started;
    event.person = person;
    event.body.add("status", to_string(order.status))
        .add("document", order.document)
        .add("article", static_cast<std::int64_t>(order.article))
        .add("served_on", order.served_on)
        .add("from", order.from)
        .add("nominal_end", order.nominal_end)
        .add("barred_until", order.barred_until);
    if (order.ends_by_itself) event.body.add("end", order.nominal_end);
    if (!order.forced_dates.empty()) event.body.add("forced_dates", order.forced_dates);
    return event;
}

}  // namespace

std::optional<std::string> why_implausible(Day day, Day today) {
    if (day < kFirstPossibleDay) return "lies before " + format(kFirstPossibleDay);
    if (day > today + kLongestAhead) return "is over a year ahead";
    return std::nullopt;
}

Result<SanctionResult> Sanctions::start(const std::string& actor, const SanctionOrder& order) {
    ZIGE_CHECK(check(order));
    ZIGE_CHECK(check_plausible(order, env_.today()));
    const HubLog log(env_.hasher);
    SanctionResult result;
    auto published = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(person, check_person(change.tx(), log, order));
        ZIGE_CHECK(change.log(started(order, person)));
        ZIGE_TRY(met, whom_it_meets(change.tx(), person));
        result = std::move(met);
        touch_all_sites(change, result);
        return {};
    });
    if (!published.ok()) return published.error();
    result.published = std::move(*published);
    return result;
}

Result<SanctionResult> Sanctions::preview(const SanctionOrder& order) const {
    ZIGE_CHECK(check(order));
    ZIGE_CHECK(check_plausible(order, env_.today()));
    return read_from(env_.store, [&](Tx& tx) -> Result<SanctionResult> {
        ZIGE_TRY(person, check_person(tx, HubLog(env_.hasher), order));
        return whom_it_meets(tx, person);
    });
}

Result<SanctionResult> Sanctions::end(const std::string& actor, const std::string& who, const std::string& document,
                                      Day end, const std::string& reason) {
    const HubLog log(env_.hasher);
    SanctionResult result;
    auto published = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(person, Registry::find_person_id(change.tx(), who));
        ZIGE_CHECK(check_not_held(change.tx(), person, document));
        ZIGE_CHECK(check_not_of_points(change.tx(), log, person, document));
        ZIGE_TRY(timeline, standing_of(change.tx(), log, person));
        const StandingInterval* interval = with_document(timeline, document);
        if (interval == nullptr) return fail(ErrorId::sanction_not_found, "document", document);
        if (interval->end && *interval->end <= end)
            return fail(ErrorId::sanction_not_found, "document", "has ended on " + format(*interval->end));
        if (end < interval->from)
            return fail(ErrorId::sanction_bad_interval, "end", format(end) + " lies before " + format(interval->from));
        if (end != interval->from && end > env_.today() + kLongestAhead)
            return fail(ErrorId::sanction_bad_interval, "end", format(end) + " is over a year ahead");
        LogEvent event;
        event.event = HubEvent::sanction_ended;
        event.person = person;
        event.body.add("document", document).add("end", end).add("reason", reason);
        ZIGE_CHECK(change.log(std::move(event)));
        ZIGE_TRY(met, whom_it_meets(change.tx(), person));
        result = std::move(met);
        touch_all_sites(change, result);
        return {};
    });
    if (!published.ok()) return published.error();
    result.published = std::move(*published);
    return result;
}

}  // namespace zige::hub
