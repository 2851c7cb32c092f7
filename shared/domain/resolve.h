#pragma once

#include <optional>
#include <string_view>

#include "shared/domain/copy.h"
#include "shared/domain/fee_line.h"
#include "shared/domain/overlay.h"

namespace zige {

/// Who a code on a line is.
struct Resolved {
    PersonFound found = PersonFound::not_judged;
    const Registration* registration = nullptr;  ///< also for an `external` person whom our roster once had
    RecordNo no{};                               ///< of the registration
    bool plain = false;                          ///< the record holds nothing against the fee (Copy::Found)
};

/// By alias in the own roster; else, only in external roles and for a full match of a code pattern, somebody of elsewhere.
/// In other roles such a code is not registered; before the copy's history that cannot be said, and it is unmapped.
Resolved resolve(std::string_view code, const RoleRule& rule, const Copy& copy, const Overlay& overlay, Day day);

/// The last service day as the copy and the pending filings see it.
std::optional<Day> last_day_of(const Registration& registration, const Overlay& overlay);

/// Whether `day` lies in the registration: from its first day to the last service day, inclusive.
bool in_service(const Registration& registration, const Overlay& overlay, Day day);

}  // namespace zige
