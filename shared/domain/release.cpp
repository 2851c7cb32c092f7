#include "shared/domain/release.h"

namespace zige {
namespace {

constexpr std::uint64_t bit(Ground ground) { return std::uint64_t{1} << static_cast<unsigned>(ground); }

/// Aged and stale copies pass marked in any case.
constexpr std::uint64_t kFreed =
    bit(Ground::not_registered) | bit(Ground::unmapped) | bit(Ground::no_commitment) | bit(Ground::copy_expired);

}  // namespace

ReleaseClaim::ReleaseClaim(const FeeLine& line) {
    if (!line.release.reason.empty() && !line.release.released_by.empty()) freed_ = kFreed;
}

}  // namespace zige
