#include "hub/core/prior_notice.h"

#include "hub/core/career_ledger.h"
#include "hub/core/casework/due_sources.h"
#include "hub/core/rules/deadlines.h"

namespace zige::hub {
namespace {

const Reading& told_of(const Career& career, const std::string& document) {
    for (const KnownDecision& known : career.decisions())
        if (!known.withdrawn && known.decision.document == document) return known.told;
    throw Bug("told of a decision that does not stand");
}

}  // namespace

Result<std::optional<Day>> owed_since(std::span<const LogEvent> events, std::string_view document) {
    Career career;
    std::optional<Day> since;
    Reading gravest;
    for (const LogEvent& event : events) {
        ZIGE_TRY(step, career_event(event));
        if (!step) continue;
        ZIGE_CHECK(career.step(*step));
        if (!career.is_owed(document)) {
            since.reset();
            continue;
        }
        const Reading& now = career.decision(document)->effect.served;
        if (since && !is_graver(now, gravest)) continue;
        since = day_of(event.at);
        gravest = now;
    }
    return since;
}

Result<void> check_told_of(Tx& tx, const HubLog& log, const Career& career, const std::string& document,
                           const GraverService& service) {
    if (!career.is_owed(document)) return {};
    ZIGE_TRY(events, log.career_of(tx, service.person));
    ZIGE_TRY(since, owed_since(events, document));
    if (since && service.served_on < *since && !service.forced)
        return fail(ErrorId::points_bad_day, "served_on",
                    format(service.served_on) + " lies before " + format(*since) +
                        ", when it became graver; if it is right: --force-date REASON");
    if (!service.rules.prior_notice.value) return {};
    ZIGE_TRY(done, notices_done(tx));
    const auto told = done.find({DueKind::prior_notice, document});
    if (told == done.end() || (since && told->second < *since && !service.forced))
        return fail(ErrorId::points_graver_than_told, "notice",
                    "told: " + words(told_of(career, document)) + "; now " +
                        words(career.decision(document)->effect.served) + "; zige-hub due done prior_notice; " +
                        service.rules.prior_notice.cite.text);
    if (service.served_on < told->second)  // who waives the days of a statement was told before
        return fail(ErrorId::points_bad_day, "served_on",
                    format(service.served_on) + " lies before its prior notice of " + format(told->second));
    const auto limit = due_date(service.rules, DueKind::statement, told->second, service.calendar);
    if (limit && service.served_on <= limit->day && !service.forced)
        return fail(ErrorId::points_bad_day, "served_on",
                    "a statement may come until the end of " + format(limit->day) +
                        "; if nothing will come: --force-date REASON");
    return {};
}

std::string words(const Reading& reading) {
    if (!reading.status) return "no change of status";
    if (*reading.status == Standing::suspended) return "suspended for " + std::to_string(reading.months) + " months";
    return "terminated for " + std::to_string(reading.ban_years) + " years";
}

}  // namespace zige::hub
