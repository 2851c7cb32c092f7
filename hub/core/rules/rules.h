#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/codes.h"
#include "shared/base/time.h"

namespace zige::hub {

/// Where a value of the rules comes from: the article, or the reason, the question, the higher text.
struct Cite {
    ValueSource source = ValueSource::article;
    std::string text;  ///< "信医保〔2025〕1号 第四十条第（四）项：累计9分暂停1个月"
    bool operator==(const Cite&) const = default;

    /// What stands before the colon: the article alone, as in Profile::articles. Empty for ours and undecided.
    std::string article() const;
};

template <class T>
struct Sourced {
    T value{};
    Cite cite;
    bool operator==(const Sourced&) const = default;
};

inline constexpr unsigned kMostPoints = 12;
inline constexpr unsigned kDegrees = 3;  ///< 一般, 重要, 主要: ResponsibilityDegree

/// A band of points (记分档次): what each degree of responsibility gets. Jining has no degrees: three equal values.
struct PointLevel {
    std::string id;  ///< "1-3", "fraud"
    std::array<std::uint8_t, kDegrees> points{};
    Cite cite;
    bool operator==(const PointLevel&) const = default;

    bool allows(unsigned score) const { return points.front() <= score && score <= points.back(); }
    unsigned of(ResponsibilityDegree degree) const { return points.at(static_cast<std::size_t>(degree) - 1); }
};

/// at_least <= fact < below; a fact that is not given is unknown and holds nothing.
struct FactCondition {
    CaseFact fact = CaseFact::agreement_handling;
    std::optional<std::int64_t> at_least;
    std::optional<std::int64_t> below;
    bool operator==(const FactCondition&) const = default;
};

/// One 负面情形 of the text. It holds if all conditions of any one alternative hold.
struct Trigger {
    std::string id;     ///< "XY24-2"
    std::string level;  ///< id of a PointLevel
    std::string text;   ///< the text's words, shortened
    std::vector<std::vector<FactCondition>> any_of;
    Cite cite;
    bool operator==(const Trigger&) const = default;
};

struct Range {
    unsigned least = 0;
    unsigned most = 0;
    bool operator==(const Range&) const = default;
    bool fixed() const { return least == most; }
    bool holds(unsigned value) const { return least <= value && value <= most; }
};

/// What points lead to (XY 40). Points over 12 count as 12 (潼南 10 + 4).
struct MeasureRow {
    MeasureBasis basis = MeasureBasis::cumulative;
    Range points;  ///< both included
    std::vector<Measure> measures;
    std::optional<Range> months;     ///< of a suspension; a true range is entered by the operator with a reason
    std::optional<Range> ban_years;  ///< of a termination: no registration so long, from its first day
    Cite cite;
    bool operator==(const MeasureRow&) const = default;
};

/// One way of 记分修复. Either `bands` of an exam score, or `points_each`.
struct RepairWay {
    struct Band {
        Range score;
        unsigned points = 0;
        bool operator==(const Band&) const = default;
    };
    std::string id;    ///< "exam", "activity"
    std::string text;  ///< what a person does for it
    std::vector<Band> bands;
    unsigned points_each = 0;
    std::optional<unsigned> times_a_year;
    std::optional<unsigned> points_a_year;
    Cite cite;
    bool operator==(const RepairWay&) const = default;
};

/// Which article a suspension or termination for another cause than points rests on (XY 17, 39).
struct CauseRule {
    SanctionCause cause = SanctionCause::agreement;
    Cite cite;
    bool operator==(const CauseRule&) const = default;
};

struct DeadlineRule {
    DueKind kind = DueKind::appeal;
    unsigned days = 0;  ///< for reports: the day of the period's end itself is 0
    DayUnit unit = DayUnit::working_days;
    bool before = false;  ///< counted back from the event (XY 34), not on from it
    Cite cite;
    bool operator==(const DeadlineRule&) const = default;
};

/// What this text calls a thing, or says on its papers (wordings.h).
struct Wording {
    std::string id;    ///< of wording_places()
    std::string text;  ///< a sentence with a time limit has "{days}" where the days go
    Cite cite;
    bool operator==(const Wording&) const = default;
};

/// How points of several decisions meet.
enum class Combination : std::uint8_t { highest, sum };
enum class Overlap : std::uint8_t { latest_end, one_after_the_other, newest };
enum class ScoreStyle : std::uint8_t { counts_up, counts_down_from_12 };
enum class RatioOf : std::uint8_t { occurrences, people };
std::string_view to_string(Combination value);
std::string_view to_string(Overlap value);
std::string_view to_string(ScoreStyle value);
std::string_view to_string(RatioOf value);

/// An institution many of whose people are suspended or terminated (XY 41, JN 五(三)).
struct RatioRule {
    RatioOf of = RatioOf::occurrences;
    unsigned from_percent = 0;                ///< included
    std::optional<unsigned> to_percent;       ///< included; nothing: no upper end
    std::string effect;                       ///< the text's words
    bool operator==(const RatioRule&) const = default;
};

/// The scoring part of a policy profile (政策参数·记分): what the ledger and the casework judge by. The gate's part is
/// `Profile`. A value that is not there is not regulated by the text.
struct Rules {
    // from the head of the file
    std::string id;
    std::uint32_t version = 0;
    std::string document;
    Sourced<Day> effective_from;
    std::optional<Sourced<Day>> effective_to;  ///< first day on which it no longer holds
    Sourced<Day> conduct_from;                 ///< conduct before it is not scored
    std::string region;                        ///< prefix of GB/T 2260: "4115", "" national

    // points
    Sourced<ScoreStyle> style;
    std::vector<PointLevel> levels;
    std::vector<Trigger> triggers;
    Sourced<unsigned> levels_down;  ///< 减轻: so many bands; not in the file: 0, the text does not know it
    Sourced<unsigned> levels_up;    ///< 加重, likewise
    Sourced<Combination> different_violations;
    Sourced<Combination> one_violation;
    Sourced<bool> same_conduct_year;  ///< only conduct of one year adds up (XY 22); else whatever is decided in one year

    // effects
    std::vector<MeasureRow> measures;
    Sourced<bool> longer_of_cumulative_and_single;
    Sourced<Overlap> overlap;
    struct ConsecutiveYears {
        unsigned years = 0;
        unsigned points = 0;
        bool operator==(const ConsecutiveYears&) const = default;
    };
    std::optional<Sourced<ConsecutiveYears>> consecutive_years;  ///< JN 五(一): leads to the row of 12
    struct Watch {
        unsigned single = 0;      ///< one decision of so many points, or
        unsigned violations = 0;  ///< so many other violations in a year
        bool operator==(const Watch&) const = default;
    };
    std::optional<Sourced<Watch>> watch_list;  ///< 重点监控, JN 六(三)
    std::optional<Sourced<RatioRule>> ratio;
    std::vector<CauseRule> causes;
    /// A multi-site doctor changes everywhere (XY 45); the loader takes nothing else: a person has one timeline.
    Sourced<bool> all_sites;
    /// Likewise XY 46; not in the file: the text knows no principals.
    Sourced<bool> all_stores_of_principal;

    // repair and restoration
    std::vector<RepairWay> repair;
    Sourced<bool> single_12_repairable;
    Sourced<unsigned> repair_cuts_months;  ///< not in the file: 0
    Sourced<bool> restores_by_itself;      ///< Jining: yes
    Sourced<bool> apply_earliest;          ///< the application may come at the earliest (N34 39), not at the latest (XY 34)

    // procedure
    Sourced<bool> prior_notice;
    std::optional<Sourced<unsigned>> legal_review_from;     ///< points of one decision
    std::optional<Sourced<unsigned>> discussion_from;
    Sourced<bool> appeal_needs_signature{true, {}};  ///< of the person concerned (XY 28); not in the file: yes
    Sourced<bool> appeal_needs_seal;       ///< the institution's stamp (N34 41)
    Sourced<bool> appeal_stays_effect;
    Sourced<bool> appraisal_stops_clock;   ///< expert appraisal is not counted (N34 44)
    std::vector<DeadlineRule> deadlines;
    Sourced<unsigned> trainings_a_year;    ///< of the institution; 0: not regulated

    // papers
    std::vector<Wording> wordings;  ///< that are not the usual ones

    bool operator==(const Rules&) const = default;

    const PointLevel* level(std::string_view id) const;
    const DeadlineRule* deadline(DueKind kind) const;
    const CauseRule* cause(SanctionCause cause) const;
    const RepairWay* repair_way(std::string_view id) const;
    /// The row for so many points; nullptr: no measure. Over 12 counts as 12.
    const MeasureRow* measure(MeasureBasis basis, unsigned points) const;
    /// In force for a decision of that day.
    bool in_force(Day day) const;
};

}  // namespace zige::hub
