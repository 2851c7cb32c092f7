#pragma once

#include <cstdint>

#include "shared/domain/fee_line.h"

namespace zige {

/// What the head of the institution frees a line from by answering for it (担责放行): a code that is not mapped or not
/// registered, a commitment that is missing, an old copy. Never what the bureau decided or a departure (P1).
class ReleaseClaim {
public:
    explicit ReleaseClaim(const FeeLine& line);
    bool claimed() const { return freed_ != 0; }
    bool frees(Ground ground) const { return (freed_ >> static_cast<unsigned>(ground) & 1U) != 0; }

private:
    std::uint64_t freed_ = 0;  // one bit per Ground
};

}  // namespace zige
