#pragma once

#include <istream>
#include <ostream>
#include <span>
#include <string_view>

#include "shared/base/exit_code.h"
#include "shared/base/result.h"

namespace zige::daemon {

/// What a program is given by its surroundings.
struct Surroundings {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool typed = false;  ///< `in` is somebody's keyboard, or a scanner that types: it is told what to type
};

/// Runs one command line (without the program's name) to its end; `serve` until SIGTERM or SIGINT, which the caller has
/// blocked in all threads. Asks a terminal for an identity number only, and only where an option says so.
Exit run(std::span<const std::string_view> words, Surroundings with);

/// What could not be written at the end (the anchor, a batch signature) changes no answer: the next start makes up for
/// it.
void report_close(const Result<void>& closed, const Surroundings& with);

}  // namespace zige::daemon
