#include "shared/poco/deadlines.h"

#include <Poco/Net/Socket.h>

namespace zige::poco {

Deadlines::~Deadlines() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (running_) thread_.join();
}

void Deadlines::end_all() {
    {
        const std::scoped_lock lock(mutex_);
        ended_ = true;
    }
    changed_.notify_all();
}

bool Deadlines::ended() const {
    const std::scoped_lock lock(mutex_);
    return ended_;
}

Deadlines::Watch::Watch(Deadlines& deadlines, int socket, std::chrono::milliseconds time, Side side)
    : deadlines_(deadlines), socket_(socket), side_(side) {
    const auto end = Clock::now() + time;
    bool first = false;
    {
        const std::scoped_lock lock(deadlines.mutex_);
        place_ = deadlines.watches_.emplace(end, this);
        // Watches are of one length mostly: the one that run() sleeps on is over first, even if it has gone by then. To
        // wake the thread for each cost every request five calls of futex and two changes of thread.
        first = deadlines.ended_ || end < deadlines.wakes_;
        if (!deadlines.running_) deadlines.thread_.startFunc([&deadlines] { deadlines.run(); });
        deadlines.running_ = true;
    }
    if (first) deadlines.changed_.notify_all();
}

Deadlines::Watch::~Watch() {
    const std::scoped_lock lock(deadlines_.mutex_);
    if (!expired_) deadlines_.watches_.erase(place_);
}

bool Deadlines::Watch::expired() const {
    const std::scoped_lock lock(deadlines_.mutex_);
    return expired_;
}

void Deadlines::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (watches_.empty()) {
            wakes_ = Clock::time_point::max();
            changed_.wait(lock);
            continue;
        }
        const auto first = watches_.begin();
        if (!ended_ && Clock::now() < first->first) {
            wakes_ = first->first;
            changed_.wait_until(lock, Clock::time_point(wakes_));
            continue;
        }
        // Under the mutex: the socket cannot be closed, and its number given to another, before its watch has gone.
        Watch& late = *first->second;
        late.expired_ = true;
        watches_.erase(first);
        ::shutdown(late.socket_, late.side_ == Side::receiving ? SHUT_RD : SHUT_RDWR);
    }
}

}  // namespace zige::poco
