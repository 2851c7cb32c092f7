#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/domain/ids.h"
#include "shared/domain/standing.h"

namespace zige {

/// Service commitment (服务承诺, XY 8): baseline (came with an imported register), signed (date), due (until), missing.
struct Commitment {
    CommitmentKind kind = CommitmentKind::baseline;
    std::optional<Day> date;  ///< the date signed, or the last day of the window when due
    bool operator==(const Commitment&) const = default;
};

/// Away from work and not departed (产假, 进修, 援派): from `from` to `until`, both inclusive.
struct Leave {
    LeaveKind kind = LeaveKind::other;
    Day from{};
    std::optional<Day> until;
    bool operator==(const Leave&) const = default;
    bool covers(Day day) const { return from <= day && (!until || day <= *until); }
};

/// Person x institution (登记备案). Departed people stay as tombstones.
struct Registration {
    RecordNo no;
    std::string code;  ///< national code, else licence number; may be empty
    std::string name;
    Category category = Category::physician;
    Post post = Post::staff;
    std::string department;  ///< code of the primary department; may be empty
    Commitment commitment;
    Day registered_from{};
    std::optional<Day> last_day;  ///< last service day, inclusive (XY 18); later fees are `departed`
    StandingTimeline standing;
    std::vector<Leave> leaves;  ///< ascending first days
    bool operator==(const Registration&) const = default;
};

/// A registration that was taken back stays, with a last day before its first.
inline bool was_taken_back(Day registered_from, std::optional<Day> last_day) {
    return last_day && *last_day < registered_from;
}

/// A further code of a registered person: HIS user code (工号), licence or qualification number. Without code: it was
/// removed, and its number is never given again.
struct Alias {
    RecordNo no;
    RecordNo target;
    std::string code;
    bool operator==(const Alias&) const = default;
};

/// The agreement (服务协议) or a department stopped for a time: [from, end).
struct Stop {
    StopKind kind = StopKind::agreement_suspended;
    std::string department;  ///< empty: the whole institution
    Day from{};
    std::optional<Day> end;
    std::uint16_t article = 0;
    std::string document;
    bool operator==(const Stop&) const = default;
    bool covers(Day day) const { return from <= day && (!end || day < *end); }
};

/// Leaf 0 of the state.
struct InstitutionRecord {
    InstitutionCode code;
    std::string name;
    InstitutionKind kind = InstitutionKind::hospital;
    std::string division;  ///< 医保区划, 6 digits; local pseudo-codes occur
    Mode mode = Mode::enforce;
    std::optional<Day> mode_until;  ///< only raises a duty when past (P11)
    bool strict = false;            ///< named by the hub: expired copy denies
    bool recovered = true;          ///< false while a restored hub still collects stricter standings
    Day history_from{};             ///< fees before it: hold, ask the bureau
    std::vector<Stop> stops;
    bool operator==(const InstitutionRecord&) const = default;
};

using Record = std::variant<InstitutionRecord, Registration, Alias>;

/// 0 for the institution record.
RecordNo record_no(const Record& record);

}  // namespace zige
