#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <string_view>
#include <vector>

#include "agent/daemon/run.h"
#include "shared/posix/files.h"
#include "shared/posix/signals.h"

int main(int count, char** values) {
    zige::keep_new_files_private();
    const std::vector<std::string_view> words(values + 1, values + count);
    if (std::ranges::find(words, "serve") != words.end()) zige::hold_ending_signals();
    zige::ignore_closed_pipes();
    return static_cast<int>(zige::daemon::run(words, {std::cin, std::cout, std::cerr, isatty(STDIN_FILENO) == 1}));
}
