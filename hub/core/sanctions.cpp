#include "hub/core/sanctions.h"

#include <algorithm>

#include "hub/core/registry.h"
#include "hub/core/statements.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr std::chrono::days kOneDay{1};
constexpr std::chrono::days kLongest{365 * 30};

Result<void> check(const SanctionOrder& order) {
    if (order.document.empty()) return fail(ErrorId::sanction_no_document, "document");
    if (order.document.size() > kMaxText) return fail(ErrorId::sanction_no_document, "document", "too long");
    if (order.status == Standing::normal)
        return fail(ErrorId::sanction_bad_interval, "status", "suspended or terminated");
    // Rules 1.3: not before the day after service; a printed start wins.
    if (!order.printed_start && order.from < order.served_on + kOneDay)
        return fail(ErrorId::sanction_bad_interval, "from",
                    format(order.from) + " is not after the day of service " + format(order.served_on));
    if (order.nominal_end && *order.nominal_end <= order.from)
        return fail(ErrorId::sanction_bad_interval, "nominal_end", format(*order.nominal_end));
    if (order.nominal_end && *order.nominal_end - order.from > kLongest)
        return fail(ErrorId::sanction_bad_interval, "nominal_end", "over 30 years");
    if (order.ends_by_itself && !order.nominal_end)
        return fail(ErrorId::sanction_bad_interval, "nominal_end", "ends by itself, but when");
    return {};
}

Result<StandingTimeline> standing_of(const Change& change, const HubLog& log, PersonId person) {
    ZIGE_TRY(events, log.sanctions_of(change.tx(), person));
    return derive_standing(events);
}

const StandingInterval* with_document(const StandingTimeline& timeline, std::string_view document) {
    const auto at = std::find_if(timeline.begin(), timeline.end(),
                                 [&](const StandingInterval& interval) { return interval.document == document; });
    return at == timeline.end() ? nullptr : &*at;
}

/// The person is one everywhere: every institution where he is or was registered changes with him (XY 45, 46).
Result<std::vector<std::string>> touch_all_sites(Change& change, PersonId person) {
    ZIGE_TRY(rows, change.tx().query(Sql::institutions_of_person, {sql(person.value)}));
    std::vector<std::string> sites;
    for (const Row& row : rows) {
        change.touch(row.text(0));
        sites.push_back(row.text(0));
    }
    change.touch_region();
    return sites;
}

Result<std::string> name_of(Tx& tx, PersonId person) {
    ZIGE_TRY(row, tx.first(Sql::person_get, {sql(person.value)}));
    if (!row) return fail(ErrorId::person_not_found, "person");
    return row->text(0);
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
        .add("nominal_end", order.nominal_end);
    if (order.ends_by_itself) event.body.add("end", order.nominal_end);
    return event;
}

}  // namespace

Result<SanctionResult> Sanctions::start(const std::string& actor, const SanctionOrder& order) {
    ZIGE_CHECK(check(order));
    const HubLog log(env_.hasher);
    SanctionResult result;
    auto published = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(person, Registry::find_person_id(change.tx(), order.person));
        ZIGE_TRY(timeline, standing_of(change, log, person));
        if (with_document(timeline, order.document) != nullptr)
            return fail(ErrorId::sanction_overlaps, "document", order.document);
        if (timeline.size() >= kMaxIntervals)
            return fail(ErrorId::sanction_bad_interval, "person", "has too many intervals");
        ZIGE_CHECK(change.log(started(order, person)));
        ZIGE_TRY(sites, touch_all_sites(change, person));
        ZIGE_TRY(name, name_of(change.tx(), person));
        result = {{}, person, std::move(name), std::move(sites)};
        return {};
    });
    if (!published.ok()) return published.error();
    result.published = std::move(*published);
    return result;
}

Result<SanctionResult> Sanctions::end(const std::string& actor, const std::string& who, const std::string& document,
                                      Day end, const std::string& reason) {
    const HubLog log(env_.hasher);
    SanctionResult result;
    auto published = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(person, Registry::find_person_id(change.tx(), who));
        ZIGE_TRY(timeline, standing_of(change, log, person));
        const StandingInterval* interval = with_document(timeline, document);
        if (interval == nullptr) return fail(ErrorId::sanction_not_found, "document", document);
        if (interval->end && *interval->end <= end)
            return fail(ErrorId::sanction_not_found, "document", "has ended on " + format(*interval->end));
        if (end < interval->from)
            return fail(ErrorId::sanction_bad_interval, "end", format(end) + " lies before " + format(interval->from));
        LogEvent event;
        event.event = HubEvent::sanction_ended;
        event.person = person;
        event.body.add("document", document).add("end", end).add("reason", reason);
        ZIGE_CHECK(change.log(std::move(event)));
        ZIGE_TRY(sites, touch_all_sites(change, person));
        ZIGE_TRY(name, name_of(change.tx(), person));
        result = {{}, person, std::move(name), std::move(sites)};
        return {};
    });
    if (!published.ok()) return published.error();
    result.published = std::move(*published);
    return result;
}

}  // namespace zige::hub
