#pragma once

#include <istream>
#include <ostream>
#include <span>
#include <string_view>

#include "shared/base/exit_code.h"

namespace zige::hub {

/// What a program is given by its surroundings.
struct Surroundings {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool terminal = false;   ///< `err` is somebody's terminal: progress is shown
    bool in_colour = false;  ///< `out` is one too
};

/// Runs one command line (without the program's name) to its end; `serve` until SIGTERM or SIGINT, which the caller has
/// blocked in all threads. Never asks a terminal anything.
Exit run(std::span<const std::string_view> words, Surroundings with);

}  // namespace zige::hub
