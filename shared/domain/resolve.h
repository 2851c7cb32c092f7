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
    /// Registered by a filing only. `registration` is then the one that ended, if there was one: its standings count.
    const Overlay::Provisional* provisional = nullptr;
    bool by_filing = false;  ///< the code stands for this person, or no longer does, by a filing that waits
};

/// By alias in the own roster, then by what is filed here; else, only in external roles and for a full match of a code
/// pattern, somebody of elsewhere. In other roles such a code is not registered; before the copy's history that cannot
/// be said, and it is unmapped.
Resolved resolve(std::string_view code, const RoleRule& rule, const Copy& copy, const Overlay& overlay, Day day);

/// The last service day as the copy and the pending filings see it.
std::optional<Day> last_day_of(const Registration& registration, const Overlay& overlay);

/// Whether `day` lies in the registration: from its first day to the last service day, inclusive.
bool in_service(const Registration& registration, const Overlay& overlay, Day day);

}  // namespace zige
