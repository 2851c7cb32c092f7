#pragma once

#include <functional>
#include <iosfwd>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zige::testing {

/// A row of a table: the name it was given, its run, and its own tags.
struct RowRun {
    std::string name;
    std::function<void()> run;
    std::string tags = {};
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

/// What a test, or each row of a table, proves beside its name: the articles of the policy texts that it holds the
/// program to, separated by blanks: "XY-40-4 ours:rules.overlap".
struct Tags {
    std::string test;
    std::string tags;
};

/// The tests of this program: the macros add to it before main.
Tests& program_tests();

bool add_test(Tests& tests, Test test);

/// The tags of this program's tests: the macro adds to them before main.
std::vector<Tags>& program_tags();
bool add_tags(std::vector<Tags>& all, Tags tags);

enum class RunResult { passed, failed, skipped };

/// A test or a row, as it can be run alone.
struct TestCase {
    std::string name;
    const Test* test = nullptr;
    std::function<void()> run;
    std::vector<std::string> tags;
};

/// All tests, each row on its own. Throws std::invalid_argument: two share a name, a bad name or tag, tags of a test
/// that does not exist.
std::vector<TestCase> all_cases(const Tests& tests, const std::vector<Tags>& tags);

/// Prints why, if it did not pass.
RunResult run_case(const TestCase& each, std::ostream& out);

/// Thrown by skip(): the test could not be run on this machine, and says why.
struct Skipped : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Ends the running test as skipped, for what this machine lacks (an installed server). Never for a failure.
[[noreturn]] void skip(const std::string& reason);

inline constexpr int kExitSkipped = 77;

/// Runs what `arguments` ask for and returns the exit code.
/// (nothing): all; `--list`: names, one per line; `--exact NAME`: that one; other words: tests whose name contains one.
/// `--tags`: prints "name<TAB>tag", a line per tag; `--tagged`: only tests that have a tag.
/// 0: passed; 1: a test failed; 2: nothing ran, or two tests share a name; 77: all that ran were skipped.
int run_tests(const Tests& tests, const std::vector<Tags>& tags, const std::vector<std::string>& arguments,
              std::ostream& out);

template <class Row>
std::string tags_of(const Row& row) {
    if constexpr (requires { row.tags; }) return std::string(row.tags);
    else return {};
}

/// Makes a table of `base`; `rows` gives a range whose elements have a member `name`, and `tags` if they like.
template <class Rows, class Body>
Test table(Test base, Rows rows, Body body) {
    base.rows = [rows, body] {
        std::vector<RowRun> runs;
        for (const auto& row : rows())
            runs.push_back({std::string(row.name), [&row, body] { body(row); }, tags_of(row)});
        return runs;
    };
    return base;
}

}  // namespace zige::testing
