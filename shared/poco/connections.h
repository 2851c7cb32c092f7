#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>

/// Inside this folder only.
namespace zige::poco {

/// The open connections of a server, so that stopping closes the idle ones at once and lets the others finish, and so
/// that connections which only wait make room for those that nobody serves yet.
class Connections {
public:
    using Clock = std::chrono::steady_clock;

    explicit Connections(std::size_t places) : places_(places) {}

    /// One connection, from when it was accepted; it may wait long for a thread.
    class Open {
    public:
        explicit Open(Connections& connections) : connections_(connections) {}
        ~Open();
        Open(const Open&) = delete;
        Open& operator=(const Open&) = delete;

        /// True: somebody waits for a place, and this connection is to end now that it has nothing to do.
        bool gives_way();

    private:
        friend class Connections;
        Connections& connections_;
        bool leaving_ = false;
    };

    /// While it lives, `socket` waits for a request, and stop() shuts it down. When others wait for a place the longest
    /// idle is told to end; what its peer has sent by then is still read and answered.
    class Idle {
    public:
        Idle(Open& open, int socket);
        ~Idle();
        Idle(const Idle&) = delete;
        Idle& operator=(const Idle&) = delete;

    private:
        friend class Connections;
        Open& open_;
        int socket_;
        Clock::time_point since_ = Clock::now();
        std::list<Idle*>::iterator place_;
    };

    /// Before a connection is queued; `refused`: how many were accepted so far and then refused for a full queue.
    /// Whoever waits for a request for less than kGrace keeps its place.
    void accepted(std::size_t refused);
    void stop();
    bool stopping() const;

    static constexpr std::chrono::milliseconds kGrace{250};

private:
    /// More connections than places, those that leave not counted.
    bool crowded() const { return open_ - refused_ - leaving_ > places_; }

    const std::size_t places_;
    mutable std::mutex mutex_;  // guards all below
    std::size_t open_ = 0;      // accepted, and not ended
    std::size_t refused_ = 0;   // of them, those that never got anywhere
    std::size_t leaving_ = 0;
    std::list<Idle*> idle_;  // the longest first
    bool stopping_ = false;
};

}  // namespace zige::poco
