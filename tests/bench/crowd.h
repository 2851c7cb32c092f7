#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace zige::bench {

/// Runs `work(i)` for each i below `count` on `threads` threads; what one of them throws ends the bench.
template <class Work>
void in_a_crowd(std::size_t threads, std::size_t count, Work work) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr failed;
    std::mutex mutex;
    const auto run = [&] {
        try {
            for (std::size_t i = next++; i < count; i = next++) work(i);
        } catch (...) {
            const std::scoped_lock lock(mutex);
            failed = std::current_exception();
            next = count;
        }
    };
    std::vector<std::thread> crowd;
    for (std::size_t i = 0; i < threads; ++i) crowd.emplace_back(run);
    for (std::thread& each : crowd) each.join();
    if (failed) std::rethrow_exception(failed);
}

}  // namespace zige::bench
