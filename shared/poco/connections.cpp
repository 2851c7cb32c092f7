#include "shared/poco/connections.h"

#include <Poco/Net/Socket.h>

namespace zige::poco {

Connections::Open::~Open() {
    const std::scoped_lock lock(connections_.mutex_);
    --connections_.open_;
    if (leaving_) --connections_.leaving_;
}

bool Connections::Open::gives_way() {
    const std::scoped_lock lock(connections_.mutex_);
    if (leaving_ || !connections_.crowded()) return leaving_;
    leaving_ = true;
    ++connections_.leaving_;
    return true;
}

Connections::Idle::Idle(Open& open, int socket) : open_(open), socket_(socket) {
    Connections& all = open_.connections_;
    const std::scoped_lock lock(all.mutex_);
    place_ = all.idle_.insert(all.idle_.end(), this);
    if (all.stopping_) ::shutdown(socket_, SHUT_RDWR);
}

Connections::Idle::~Idle() {
    const std::scoped_lock lock(open_.connections_.mutex_);
    open_.connections_.idle_.erase(place_);
}

void Connections::accepted(std::size_t refused) {
    const std::scoped_lock lock(mutex_);
    ++open_;
    refused_ = refused;
    const auto fresh = Clock::now() - kGrace;
    for (Idle* const idle : idle_) {
        if (!crowded() || idle->since_ > fresh) return;
        if (idle->open_.leaving_) continue;
        idle->open_.leaving_ = true;
        ++leaving_;
        ::shutdown(idle->socket_, SHUT_RD);  // a request that is on its way in is still read and answered
    }
}

void Connections::stop() {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    for (const Idle* const idle : idle_) ::shutdown(idle->socket_, SHUT_RDWR);
}

bool Connections::stopping() const {
    const std::scoped_lock lock(mutex_);
    return stopping_;
}

}  // namespace zige::poco
