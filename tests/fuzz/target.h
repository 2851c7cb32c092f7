#pragma once

#include <vector>

#include "shared/base/bytes.h"

namespace zige::fuzz {

/// A parser of outside bytes. `run` takes anything; what it finds wrong it throws (Bug), and the sanitizers see the
/// rest.
struct Target {
    const char* name;
    void (*run)(ByteView bytes);
};

std::vector<Target>& targets();
bool add_target(const char* name, void (*run)(ByteView bytes));

}  // namespace zige::fuzz

/// FUZZ(roster) { parse(bytes); }    its corpus is tests/fuzz/corpora/roster
#define FUZZ(name)                                                                                 \
    static void name##_run(::zige::ByteView bytes);                                                \
    [[maybe_unused]] static const bool name##_added = ::zige::fuzz::add_target(#name, name##_run); \
    static void name##_run(::zige::ByteView bytes)
