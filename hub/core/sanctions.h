#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/core/publisher.h"
#include "hub/core/standing_ledger.h"

namespace zige::hub {

/// A suspension or termination as its notice (处理通知书) says it.
struct SanctionOrder {
    std::string person;  ///< as Registry::find_person takes it
    Standing status = Standing::suspended;
    std::string document;             ///< number of the notice, never empty
    std::uint16_t article = 0;        ///< number in the profile; 0: its default
    Day served_on{};                  ///< delivered to the institution
    Day from{};                       ///< first day without payment
    std::optional<Day> nominal_end;   ///< first day after the printed period; nothing: open
    std::optional<Day> barred_until;  ///< of a termination: no registration anywhere before this day (XY 40(七)(八))
    bool printed_start = false;       ///< the notice itself prints `from`: before served_on + 1 only with forced_dates
    std::string forced_dates;         ///< why days outside the usual range are right; kept in the log
    bool ends_by_itself = false;  ///< Jining: the printed end is the end; Henan: only a restoration ends it (XY 34, 35)
};

// What a typing mistake looks like. Points began in 2025; suspensions last months.
inline constexpr Day kFirstPossibleDay{std::chrono::local_days{std::chrono::year{2025} / 1 / 1}};
inline constexpr std::chrono::days kLongestAhead{366};  ///< of today: any day of an order
inline constexpr std::chrono::days kLongestSuspension{3 * 366};

/// Why nobody means this day: 2062 for 2026. Nothing: it may be meant.
std::optional<std::string> why_implausible(Day day, Day today);

struct SanctionResult {
    Published published;
    PersonId person;
    std::string name;
    std::vector<std::string>
        institutions;  ///< all where the person is registered, stores of a principal included (XY 46)
};

/// Starts and ends suspensions and terminations, at all institutions of a person at once (XY 45, 46).
class Sanctions {
public:
    Sanctions(const Environment& env, Publisher& publisher) : env_(env), publisher_(publisher) {}

    /// person_not_found, person_ambiguous, sanction_no_document, sanction_bad_interval (start before the day after
    /// service unless printed, and `forced_dates` says why; end not after start; over 30 years; a day before 2025 or over a year ahead, or a
    /// suspension over 3 years, unless `forced_dates` says why), sanction_overlaps (this document has been recorded for
    /// him, and was not withdrawn), points_held_by_case.
    Result<SanctionResult> start(const std::string& actor, const SanctionOrder& order);
    /// What start() would do; records nothing.
    Result<SanctionResult> preview(const SanctionOrder& order) const;
    /// Payment begins again on `end` (00:00). On the first day of the sanction it is withdrawn: it never was, and the
    /// same document may be recorded again. sanction_not_found: no such document, or it has ended;
    /// sanction_bad_interval; points_held_by_case; case_bad_field: of a decision of points, which Scoring ends.
    Result<SanctionResult> end(const std::string& actor, const std::string& person, const std::string& document,
                               Day end, const std::string& reason);

private:
    Environment env_;
    Publisher& publisher_;
};

}  // namespace zige::hub
