#include <unistd.h>

#include <iostream>
#include <string_view>
#include <vector>

#include "agent/sandbox/run.h"
#include "shared/posix/files.h"
#include "shared/posix/signals.h"

int main(int count, char** values) {
    zige::keep_new_files_private();
    zige::hold_ending_signals();
    zige::ignore_closed_pipes();
    const std::vector<std::string_view> words(values + 1, values + count);
    std::error_code error;
    const auto own = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    return static_cast<int>(zige::sandbox::run(words, {std::cout, std::cerr, isatty(STDERR_FILENO) == 1, own}));
}
