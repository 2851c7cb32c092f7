#pragma once

#include <filesystem>
#include <iosfwd>
#include <span>
#include <string_view>

#include "agent/sandbox/command.h"

namespace zige::sandbox {

struct Console {
    std::ostream& out;
    std::ostream& err;
    bool shows_progress;               ///< `err` is a terminal
    std::filesystem::path own_folder;  ///< of this program
};

/// SIGTERM and SIGINT must be held (shared/posix/signals.h).
Exit run(std::span<const std::string_view> words, const Console& console);

}  // namespace zige::sandbox
