#include "tests/bench/measure.h"

#include <algorithm>

#include "shared/base/result.h"

namespace zige::bench {

double Samples::percentile(double share) const {
    expect(!values_.empty(), "a percentile of nothing");
    const auto place = static_cast<std::size_t>(share * static_cast<double>(values_.size() - 1));
    const auto at = values_.begin() + static_cast<std::ptrdiff_t>(place);
    std::nth_element(values_.begin(), at, values_.end());
    return *at;
}

}  // namespace zige::bench
