#include "hub/server/rate_limit.h"

#include <algorithm>

namespace zige::hub {
namespace {

constexpr std::size_t kMaxAddresses = 10'000;

}  // namespace

bool RateLimit::take(Bucket& bucket, double per_minute, std::chrono::milliseconds now) {
    const double minutes = std::chrono::duration<double, std::ratio<60>>(now - bucket.at).count();
    bucket.left = std::min(per_minute, bucket.left + std::max(0.0, minutes) * per_minute);
    bucket.at = now;
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
}

bool RateLimit::allows(const std::string& address, std::chrono::milliseconds now) {
    const std::lock_guard lock(mutex_);
    if (by_address_.size() >= kMaxAddresses && !by_address_.contains(address))
        std::erase_if(by_address_, [&](const auto& each) { return now - each.second.at > std::chrono::minutes{1}; });
    if (by_address_.size() >= kMaxAddresses && !by_address_.contains(address)) return false;
    const auto [at, is_new] = by_address_.try_emplace(address, Bucket{limits_.per_address, now});
    return take(at->second, limits_.per_address, now) && take(all_, limits_.all, now);
}

}  // namespace zige::hub
