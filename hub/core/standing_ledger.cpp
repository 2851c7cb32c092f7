#include "hub/core/standing_ledger.h"

#include "hub/core/career_ledger.h"

namespace zige::hub {

Result<StandingTimeline> derive_standing(std::span<const LogEvent> events) {
    Career career;
    for (const LogEvent& event : events) {
        const bool moves = event.event == HubEvent::sanction_started || event.event == HubEvent::sanction_ended ||
                           event.event == HubEvent::standing_recovered;
        if (!moves) continue;
        ZIGE_TRY(step, career_event(event));
        ZIGE_CHECK(career.step(*step));
    }
    return career.timeline();
}

Day end_after_months(Day from, unsigned months) {
    using namespace std::chrono;
    const year_month_day start{from};
    const year_month_day same = start + std::chrono::months{static_cast<int>(months)};
    if (same.ok()) return local_days{same};
    return local_days{year_month_day{same.year(), same.month(), day{1}} + std::chrono::months{1}};
}

}  // namespace zige::hub
