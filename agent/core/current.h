#pragma once

#include <atomic>
#include <memory>
#include <thread>

namespace zige::agent {

/// A shared_ptr that readers load while a writer swaps it; nobody waits longer than the copy of a pointer takes.
/// (GCC 12's std::atomic<std::shared_ptr> is a data race in the eyes of ThreadSanitizer.)
template <class T>
class Current {
public:
    std::shared_ptr<const T> load() const {
        const Guard guard(busy_);
        return value_;
    }
    /// The old value is released outside the lock: freeing a large copy takes long.
    void swap_in(std::shared_ptr<const T> next) {
        const Guard guard(busy_);
        value_.swap(next);
    }

private:
    class Guard {
    public:
        explicit Guard(std::atomic_flag& flag) : flag_(flag) {
            while (flag_.test_and_set(std::memory_order_acquire)) std::this_thread::yield();
        }
        ~Guard() { flag_.clear(std::memory_order_release); }
        Guard(const Guard&) = delete;
        Guard& operator=(const Guard&) = delete;

    private:
        std::atomic_flag& flag_;
    };
    mutable std::atomic_flag busy_ = ATOMIC_FLAG_INIT;
    std::shared_ptr<const T> value_;  // guarded by busy_
};

}  // namespace zige::agent
