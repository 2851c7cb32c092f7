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
    Fen amount{};
    Bounded<PersonOnLine, kMaxPeoplePerLine> people;
};

}  // namespace zige
