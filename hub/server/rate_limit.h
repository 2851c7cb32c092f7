#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace zige::hub {

/// So many requests per minute from one address and from all together: for paths that need no client certificate.
/// Any thread.
class RateLimit {
public:
    struct Limits {
        double per_address = 30;  ///< per minute, and at once
        double all = 300;
    };
    explicit RateLimit(Limits limits) : limits_(limits), all_{limits.all, {}} {}

    /// `now`: a clock that only goes on.
    bool allows(const std::string& address, std::chrono::milliseconds now);

private:
    struct Bucket {
        double left = 0;
        std::chrono::milliseconds at{};
    };
    static bool take(Bucket& bucket, double per_minute, std::chrono::milliseconds now);

    const Limits limits_;
    std::mutex mutex_;  // guards the buckets
    Bucket all_;
    std::map<std::string, Bucket> by_address_;
};

}  // namespace zige::hub
