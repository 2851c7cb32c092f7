#include "shared/poco/connections.h"

#include <Poco/Net/Socket.h>

namespace zige::poco {

Connections::Idle::Idle(Connections& connections, int socket) : connections_(connections), socket_(socket) {
    const std::scoped_lock lock(connections_.mutex_);
    connections_.idle_.insert(socket_);
    if (connections_.stopping_) ::shutdown(socket_, SHUT_RDWR);
}

Connections::Idle::~Idle() {
    const std::scoped_lock lock(connections_.mutex_);
    connections_.idle_.erase(socket_);
}

void Connections::stop() {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    for (const int socket : idle_) ::shutdown(socket, SHUT_RDWR);
}

bool Connections::stopping() const {
    const std::scoped_lock lock(mutex_);
    return stopping_;
}

}  // namespace zige::poco
