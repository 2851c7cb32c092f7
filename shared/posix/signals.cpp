#include "shared/posix/signals.h"

#include <csignal>

namespace zige {
namespace {

sigset_t ending_signals() {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    return ends;
}

}  // namespace

void hold_ending_signals() {
    const sigset_t ends = ending_signals();
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
}

int wait_for_end() {
    const sigset_t ends = ending_signals();
    int signal = 0;
    sigwait(&ends, &signal);
    return signal;
}

void ignore_closed_pipes() { std::signal(SIGPIPE, SIG_IGN); }

}  // namespace zige
