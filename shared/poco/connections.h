#pragma once

#include <mutex>
#include <set>

/// Inside this folder only.
namespace zige::poco {

/// The open connections of a server, so that stopping closes the idle ones at once and lets the others finish.
class Connections {
public:
    /// While it lives, `socket` waits for a request, and stop() shuts it down.
    class Idle {
    public:
        Idle(Connections& connections, int socket);
        ~Idle();
        Idle(const Idle&) = delete;
        Idle& operator=(const Idle&) = delete;

    private:
        Connections& connections_;
        int socket_;
    };

    void stop();
    bool stopping() const;

private:
    mutable std::mutex mutex_;  // guards all below
    std::set<int> idle_;
    bool stopping_ = false;
};

}  // namespace zige::poco
