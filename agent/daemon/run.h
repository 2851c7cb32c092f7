#pragma once

#include <istream>
#include <ostream>
#include <span>
#include <string_view>

#include "shared/base/exit_code.h"

namespace zige::daemon {

/// What a program is given by its surroundings.
struct Surroundings {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
};

/// Runs one command line (without the program's name) to its end; `serve` until SIGTERM or SIGINT, which the caller has
/// blocked in all threads. Asks a
/// terminal for an identity number only, and only where an option says so.
Exit run(std::span<const std::string_view> words, Surroundings with);

}  // namespace zige::daemon
