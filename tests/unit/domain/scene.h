#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "shared/domain/decide.h"
#include "tests/support/testing.h"

namespace zige::testing {

inline Day operator""_day(const char* text, std::size_t size) { return parse_day({text, size}, "test").value(); }
inline Instant operator""_time(const char* text, std::size_t size) { return parse_time({text, size}, "test").value(); }

inline constexpr std::string_view kZhang = "D411500000001";  // physician, department 0301, staff number 0231
inline constexpr std::string_view kLi = "D411500000002";     // physician, department 0302
inline constexpr std::string_view kNurse = "N411500000003";
inline constexpr std::string_view kPharmacist = "HY411500000004";
inline constexpr std::string_view kTechnician = "HJ411500000005";
inline constexpr std::string_view kAuditor = "CZ06";            // settlement auditor: an alias, no national code
inline constexpr std::string_view kCareWorker = "CW07";         // care worker: out of scope in Xinyang
inline constexpr std::string_view kPrincipal = "PZ08";          // of the pharmacy
inline constexpr std::string_view kStranger = "D411500009999";  // nobody of this institution

/// A table of people who are not there at all: answers for codes that the test adds.
class IneligibleCodes : public IneligibleSet {
public:
    struct Row {
        std::string code;
        Hit hit;
    };
    std::vector<Row> rows;
    std::optional<Hit> find(std::string_view code, Day day) const override {
        for (const Row& row : rows)
            if (row.code == code && row.hit.from <= day && (!row.hit.end || day < *row.hit.end)) return row.hit;
        return std::nullopt;
    }
};

/// A decision and the copy that its views point into.
struct Judged {
    std::shared_ptr<const Copy> copy;
    Decision decision;
    const Decision* operator->() const { return &decision; }

    std::vector<Ground> grounds() const {
        std::vector<Ground> result;
        for (const GroundHit& hit : decision.grounds) result.push_back(hit.ground);
        return result;
    }
    /// The outcome of the first ground of this kind.
    std::optional<Outcome> outcome_of(Ground ground) const {
        for (const GroundHit& hit : decision.grounds)
            if (hit.ground == ground) return hit.outcome;
        return std::nullopt;
    }
};

/// A hospital of Xinyang in mode enforce on Friday 2026-09-18 at 10:00, with a copy of 09:00. Tests change what they
/// need.
struct Scene {
    Copy::Parts parts;
    Overlay overlay;
    Moment now;
    std::shared_ptr<IneligibleCodes> region = std::make_shared<IneligibleCodes>();

    Scene();
    Registration& person(std::string_view code_or_alias);
    Stop& stop(Day from, std::optional<Day> end, std::string department = "");
    /// Adds people without a role to play until the roster has `headcount`.
    void grow_to(std::size_t headcount);
    Judged judge(const FeeLine& line) const;
};

inline constexpr const char* kNow = "2026-09-18 10:00:00";

/// An out-patient fee line ordered by `code`, at the scene's now.
FeeLine ordered_by(std::string_view code, Instant fee_time = parse_time(kNow, "now").value());
/// A line of another transaction with one person in one role.
FeeLine line_of(Txn txn, Role role, std::string_view code);
FeeLine rescued(FeeLine line);

StandingInterval suspended(Day from, std::optional<Day> end = {});
StandingInterval terminated(Day from, std::optional<Day> end = {});

}  // namespace zige::testing
