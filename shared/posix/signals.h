#pragma once

namespace zige {

/// Before any thread starts, in a program that serves: SIGTERM and SIGINT wait for wait_for_end() instead of killing.
void hold_ending_signals();
/// Blocks the calling thread until one of them comes, and gives its number.
int wait_for_end();
/// A closed pipe or connection is an error code, never the end of the program.
void ignore_closed_pipes();

}  // namespace zige
