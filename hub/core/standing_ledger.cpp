#include "hub/core/standing_ledger.h"

#include <algorithm>
#include <limits>

namespace zige::hub {
namespace {

Result<StandingInterval> interval_from(const Fields& body) {
    const auto status = from_name<Standing>(body.text("status"));
    if (!status || *status == Standing::normal) return fail(ErrorId::ledger_bad_chain, "status");
    ZIGE_TRY(from, body.day("from"));
    ZIGE_TRY(end, body.maybe_day("end"));
    ZIGE_TRY(nominal_end, body.maybe_day("nominal_end"));
    ZIGE_TRY(article, body.number("article"));
    if (article < 0 || article > std::numeric_limits<std::uint16_t>::max())
        return fail(ErrorId::ledger_bad_chain, "article");
    return StandingInterval{
        *status, from, end, nominal_end, static_cast<std::uint16_t>(article), std::string(body.text("document"))};
}

Result<void> end_interval(StandingTimeline& timeline, const Fields& body) {
    const std::string_view document = body.text("document");
    const auto at = std::find_if(timeline.begin(), timeline.end(),
                                 [&](const StandingInterval& interval) { return interval.document == document; });
    if (at == timeline.end()) return fail(ErrorId::ledger_bad_chain, "document", "ends what never started");
    ZIGE_TRY(end, body.day("end"));
    at->end = end;
    if (end <= at->from) timeline.erase(at);  // withdrawn: the log keeps it, and the document may start again
    return {};
}

/// Found with an agent after the database was put back: the stricter of both counts (REC-4).
void recover_interval(StandingTimeline& timeline, StandingInterval found) {
    const auto at = std::find_if(timeline.begin(), timeline.end(),
                                 [&](const StandingInterval& each) { return each.document == found.document; });
    if (at == timeline.end()) {
        timeline.push_back(std::move(found));
        return;
    }
    at->status = std::max(at->status, found.status);
    at->from = std::min(at->from, found.from);
    if (!found.end || (at->end && *at->end < *found.end)) at->end = found.end;
    if (!at->nominal_end) at->nominal_end = found.nominal_end;
}

}  // namespace

Result<StandingTimeline> derive_standing(std::span<const LogEvent> events) {
    StandingTimeline timeline;
    for (const LogEvent& event : events) {
        if (event.event == HubEvent::sanction_started) {
            ZIGE_TRY(interval, interval_from(event.body));
            timeline.push_back(std::move(interval));
        } else if (event.event == HubEvent::sanction_ended) {
            ZIGE_CHECK(end_interval(timeline, event.body));
        } else if (event.event == HubEvent::standing_recovered) {
            ZIGE_TRY(interval, interval_from(event.body));
            recover_interval(timeline, std::move(interval));
        }
    }
    std::stable_sort(timeline.begin(), timeline.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    return timeline;
}

Day end_after_months(Day from, unsigned months) {
    using namespace std::chrono;
    const year_month_day start{from};
    const year_month_day same = start + std::chrono::months{static_cast<int>(months)};
    if (same.ok()) return local_days{same};
    return local_days{year_month_day{same.year(), same.month(), day{1}} + std::chrono::months{1}};
}

}  // namespace zige::hub
