#pragma once

#include <optional>
#include <string_view>

#include "shared/base/bounded.h"
#include "shared/base/codes.h"
#include "shared/base/time.h"
#include "shared/domain/ids.h"

namespace zige {

inline constexpr std::size_t kMaxPeoplePerLine = 8;

struct PersonOnLine {
    Role role = Role::ordering;
    std::string_view code;  ///< as the HIS sends it; at most kMaxCodeLength
};

/// Emergency declaration (急诊、抢救, XY 14): who declares what, when asked. Evidence may follow later. It counts only
/// with all three: kind, reason and who.
struct EmergencyDeclaration {
    EmergencyKind kind = EmergencyKind::none;
    std::string_view reason;
    std::string_view declared_by;
};

/// 担责放行: the head of the institution answers for the line. It counts only with both.
struct ResponsibleRelease {
    std::string_view reason;
    std::string_view released_by;
};

/// The order (医嘱) under which a line is asked: its number, and when it was written.
struct LineOrder {
    std::string_view number;
    std::optional<Instant> written_at;
};

/// What is known of the visit (就诊) that a line belongs to, and of what was asked before. Of a line that is judged again
/// later nothing is.
struct VisitFacts {
    std::optional<Instant> begun;        ///< as 2201, 2203 or 2401 said
    bool admitted = false;               ///< it was a 2401
    std::optional<Instant> first_asked;  ///< when a fee of the visit was first asked; the present time for the first one
    std::optional<Instant> refused_at;   ///< the same visit, item and amount, to somebody who is not on this line
    Day refused_day{};                   ///< the same by running time, where the clock was behind it
    bool refused_weakly = false;         ///< it may have been a slip or another line: this one is marked, not held
};

/// One line of a bill (费用明细). Views belong to the caller and live through the call.
struct FeeLine {
    Txn txn = Txn::outpatient_fees;
    bool insured = true;
    ItemClass item = ItemClass::general;
    Instant fee_time{};            ///< when the service was given (fee_ocur_time), to the second
    std::optional<Instant> prescribed_at;  ///< when an outside prescription was written; people in external roles go by it
    std::string_view department;   ///< bilg_dept_codg; may be empty
    std::string_view med_type;     ///< 医疗类别; may be empty
    EmergencyDeclaration emergency;
    ResponsibleRelease release;
    LineOrder order;
    VisitFacts visit;
    Fen amount{};
    Bounded<PersonOnLine, kMaxPeoplePerLine> people;
};

}  // namespace zige
