#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace zige::bench {

using SteadyTime = std::chrono::steady_clock::time_point;

inline double nanoseconds_between(SteadyTime from, SteadyTime to) {
    return std::chrono::duration<double, std::nano>(to - from).count();
}

/// Nanoseconds that `call` takes.
template <class Call>
double timed(Call&& call) {
    const SteadyTime start = std::chrono::steady_clock::now();
    call();
    return nanoseconds_between(start, std::chrono::steady_clock::now());
}

/// Figures of one kind, in any order.
class Samples {
public:
    void add(double value) { values_.push_back(value); }
    void add(const Samples& others) { values_.insert(values_.end(), others.values_.begin(), others.values_.end()); }
    void reserve(std::size_t count) { values_.reserve(count); }
    std::size_t size() const { return values_.size(); }
    /// 0 <= share <= 1; at least one value is there.
    double percentile(double share) const;
    double median() const { return percentile(0.5); }
    double worst() const { return percentile(1); }

private:
    mutable std::vector<double> values_;  // put in order as it is asked
};

/// Keeps the compiler from leaving out what made `value`.
template <class T>
void keep(const T& value) {
    asm volatile("" : : "r,m"(value) : "memory");
}

}  // namespace zige::bench
