#pragma once

#include <Poco/Thread.h>

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>

/// Inside this folder only.
namespace zige::poco {

/// Shuts sockets down whose time is over. Poco's own timeouts begin anew with each byte, so that a peer that sends one
/// byte now and then would hold a thread for ever. One thread, named "deadlines", started by the first watch().
class Deadlines {
public:
    using Clock = std::chrono::steady_clock;

    enum class Side { receiving, both };  ///< of the socket: `receiving` still lets us answer

    Deadlines() = default;
    ~Deadlines();
    /// Every watch is over at once, those to come too.
    void end_all();
    bool ended() const;

    Deadlines(const Deadlines&) = delete;
    Deadlines& operator=(const Deadlines&) = delete;

    /// Must be destroyed before the socket is closed.
    class Watch {
    public:
        Watch(Deadlines& deadlines, int socket, std::chrono::milliseconds time, Side side);
        ~Watch();
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;
        /// Whether the time was over and the socket was shut down.
        bool expired() const;

    private:
        friend class Deadlines;
        Deadlines& deadlines_;
        int socket_;
        Side side_;
        bool expired_ = false;
        std::multimap<Clock::time_point, Watch*>::iterator place_;
    };

private:
    void run();

    mutable std::mutex mutex_;  // guards all below, and the watches
    std::condition_variable changed_;
    std::multimap<Clock::time_point, Watch*> watches_;
    bool stopping_ = false;
    bool ended_ = false;
    bool running_ = false;
    Clock::time_point wakes_{};  // when run() looks again by itself
    Poco::Thread thread_{"deadlines"};
};

}  // namespace zige::poco
