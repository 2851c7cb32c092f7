#pragma once

#include <signal.h>
#include <time.h>

namespace zige::capi {

/// While it lives, writing to a connection that the other side closed is an error of this thread and no SIGPIPE. Poco
/// blocks that signal in the thread that loads it and in threads that come from it; a host that loads us late has others.
class ClosedPipes {
public:
    ClosedPipes() {
        sigset_t waiting;
        sigpending(&waiting);
        was_waiting_ = sigismember(&waiting, SIGPIPE) == 1;
        const sigset_t pipe = only_pipe();
        pthread_sigmask(SIG_BLOCK, &pipe, &before_);
    }
    ~ClosedPipes() {
        if (sigismember(&before_, SIGPIPE) == 1) return;
        const sigset_t pipe = only_pipe();
        const timespec at_once{};
        if (!was_waiting_)  // ours goes; one of the host's stays its own
            while (sigtimedwait(&pipe, nullptr, &at_once) == SIGPIPE) {}
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    ClosedPipes(const ClosedPipes&) = delete;
    ClosedPipes& operator=(const ClosedPipes&) = delete;

private:
    static sigset_t only_pipe() {
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        return pipe;
    }
    sigset_t before_{};
    bool was_waiting_ = false;
};

}  // namespace zige::capi
