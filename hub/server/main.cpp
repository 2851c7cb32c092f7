#include <unistd.h>

#include <csignal>
#include <iostream>
#include <string_view>
#include <vector>

#include "hub/server/run.h"

int main(int count, char** values) {
    // Before any thread starts: the signals that end the service are waited for by one thread, a closed pipe is an
    // error code.
    const std::vector<std::string_view> words(values + 1, values + count);
    bool serves = false;
    for (const std::string_view word : words) serves = serves || word == "serve";
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    if (serves) pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return static_cast<int>(zige::hub::run(words, {std::cin, std::cout, std::cerr, isatty(STDERR_FILENO) == 1}));
}
