#pragma once

#include "hub/core/rules/career.h"
#include "shared/domain/calendar.h"

namespace zige::hub {

/// When an application for restoration (资格恢复) is in time.
struct ApplicationWindow {
    DueDate limit;          ///< the n-th working day before the end
    bool earliest = false;  ///< it may not come before `limit` (N34 39); else it is late after it (XY 34)
    bool operator==(const ApplicationWindow&) const = default;
};

/// Of a sanction with a printed end. Nothing: no printed end, or the text sets no window.
std::optional<ApplicationWindow> application_window(const Rules& rules, const StandingInterval& interval,
                                                    const Calendar& calendar);

/// Ours: nobody is evaluated for a day that lies further ahead. XY 34 asks for 10 working days to apply and 10 to
/// evaluate; both fit in, holidays included.
inline constexpr std::chrono::days kLongestBeforeBar{60};

struct RestorationAsked {
    std::string document;  ///< of the sanction
    Day applied_on{};
    Day evaluated_on{};  ///< passed
};

struct RestorationPlan {
    SanctionOver over;
    bool late = false;            ///< the application; accepted all the same
    bool register_again = false;  ///< XY 35: a termination is over, and a new commitment and registration are needed
    std::optional<ApplicationWindow> window;
    bool operator==(const RestorationPlan&) const = default;
};

/// Applied in time and passed: from the printed end, even if evaluated later. Applied late: from the evaluation. Never
/// before the printed end, nor before the bar of a termination.
/// points_not_suspended (no such sanction, it is over, or it ends by itself), points_bad_day (evaluated before the
/// application, or applied before the sanction began), case_too_early (N34 39), points_barred (a bar that ends over
/// kLongestBeforeBar after the evaluation). `detail` names the article.
Result<RestorationPlan> plan_restoration(const Rules& rules, const Career& career, const Calendar& calendar,
                                         const RestorationAsked& asked);

}  // namespace zige::hub
