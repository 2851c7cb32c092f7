#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <string_view>
#include <vector>

#include "hub/server/run.h"
#include "shared/posix/files.h"
#include "shared/posix/signals.h"

int main(int count, char** values) {
    zige::keep_new_files_private();
    const std::vector<std::string_view> words(values + 1, values + count);
    if (std::ranges::find(words, "serve") != words.end()) zige::hold_ending_signals();
    zige::ignore_closed_pipes();
    const bool told = isatty(STDERR_FILENO) == 1;
    const bool seen = isatty(STDOUT_FILENO) == 1;
    return static_cast<int>(zige::hub::run(words, {std::cin, std::cout, std::cerr, told, seen}));
}
