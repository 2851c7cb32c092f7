#pragma once

#include <vector>

#include "shared/domain/decide.h"

namespace zige {

inline constexpr std::size_t kMaxComingChanges = 16;  ///< of one line

/// A day from which the same line is decided otherwise than on the day before.
struct ComingChange {
    Day from{};
    Decision decision;  ///< points into the copy and the line
};
/// What is known today to change for a running order (长期医嘱): sanctions that begin or end, last days, stops.
/// Ascending days after that of the line, up to a year. The copy's age and the clock take no part: nobody knows what
/// they will be.
std::vector<ComingChange> coming_changes(const FeeLine& line, const Copy& copy, const Overlay& overlay);

}  // namespace zige
