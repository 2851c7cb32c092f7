#pragma once

#include <functional>
#include <iosfwd>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zige::testing {

/// A row of a table: the name it was given, and its run.
struct RowRun {
    std::string name;
    std::function<void()> run;
};

/// A test as it stands in a source file: either `run`, or a table whose `rows` are made on demand.
struct Test {
    std::string name;
    const char* file = "";
    int line = 0;
    std::function<void()> run;
    std::function<std::vector<RowRun>()> rows = {};
};

using Tests = std::vector<Test>;

/// The tests of this program: the macros add to it before main.
Tests& program_tests();

bool add_test(Tests& tests, Test test);

/// Thrown by skip(): the test could not be run on this machine, and says why.
struct Skipped : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Ends the running test as skipped, for what this machine lacks (an installed server). Never for a failure.
[[noreturn]] void skip(const std::string& reason);

inline constexpr int kExitSkipped = 77;

/// Runs what `arguments` ask for and returns the exit code.
/// (nothing): all; `--list`: names, one per line; `--exact NAME`: that one; other words: tests whose name contains one.
/// 0: passed; 1: a test failed; 2: nothing ran, or two tests share a name; 77: all that ran were skipped.
int run_tests(const Tests& tests, const std::vector<std::string>& arguments, std::ostream& out);

/// Makes a table of `base`; `rows` gives a range whose elements have a member `name`.
template <class Rows, class Body>
Test table(Test base, Rows rows, Body body) {
    base.rows = [rows, body] {
        std::vector<RowRun> runs;
        for (const auto& row : rows()) runs.push_back({std::string(row.name), [&row, body] { body(row); }});
        return runs;
    };
    return base;
}

}  // namespace zige::testing
