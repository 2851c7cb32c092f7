#pragma once

#include <memory>
#include <span>

#include "shared/domain/copy.h"

namespace zige {

/// An interval of one registration that a person holds on paper, or that must not wait for the next copy.
struct StandingAside {
    RecordNo no;
    StandingInterval interval;
    bool operator==(const StandingAside&) const = default;
};

/// Lays an interval into a timeline so that nothing that was refused passes: one of the same status and first day that
/// ends sooner gives way, one that ends later stays, any other is added (STMT-3, REC-4).
void lay_stricter(StandingTimeline& timeline, const StandingInterval& interval);

/// The copy, made stricter by what `before` (copies from before the hub was recovered, REC-5) and `aside` say of people
/// whom the copy knows, whatever their number is now, and by what `before` says of the institution. Standing counts for
/// each registration that the person has in the copy. What they say of anybody else counts for nothing: whoever is not
/// in the copy is not registered. Its state hash is that of `copy`. Nothing to lay over: `copy` itself.
Result<std::shared_ptr<const Copy>> stricter_copy(std::shared_ptr<const Copy> copy,
                                                  std::span<const std::shared_ptr<const Copy>> before,
                                                  std::span<const StandingAside> aside);

}  // namespace zige
