#include "tests/support/runner.h"

#include <cppunit/Exception.h>
#include <cppunit/SourceLine.h>

#include <algorithm>
#include <chrono>
#include <ostream>
#include <set>

namespace zige::testing {

namespace {

enum class Result { passed, failed, skipped };

struct Case {
    std::string name;
    const Test* test;
    std::function<void()> run;
};

struct Selection {
    bool list = false;
    bool exact = false;
    std::vector<std::string> words;

    /// Whether a test, or a row of table `name`, can be meant; saves making tables that nobody asked for.
    bool may_mean(const Test& test) const {
        if (!exact) return true;
        return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
            return word == test.name || word.starts_with(test.name + "/");
        });
    }

    bool means(std::string_view name) const {
        if (words.empty()) return true;
        return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
            return exact ? name == word : name.find(word) != std::string_view::npos;
        });
    }
};

Selection parse(const std::vector<std::string>& arguments) {
    Selection selection;
    for (const std::string& argument : arguments) {
        if (argument == "--list") selection.list = true;
        else if (argument == "--exact") selection.exact = true;
        else if (argument.starts_with("-")) throw std::invalid_argument("unknown option " + argument);
        else selection.words.push_back(argument);
    }
    return selection;
}

/// ctest, shells and our own --exact must be able to carry a name.
bool speakable(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("_-.+").find(c) != std::string_view::npos;
    });
}

void add_rows(std::vector<Case>& cases, const Test& test) {
    const std::vector<RowRun> rows = test.rows();
    if (rows.empty()) throw std::invalid_argument(test.name + " has no rows");
    for (const RowRun& row : rows) {
        if (!speakable(row.name)) throw std::invalid_argument(test.name + ": bad row name \"" + row.name + "\"");
        cases.push_back({test.name + "/" + row.name, &test, row.run});
    }
}

std::vector<Case> expand(const Tests& tests, const Selection& selection) {
    std::vector<Case> cases;
    for (const Test& test : tests) {
        if (!selection.may_mean(test)) continue;
        if (test.rows) add_rows(cases, test);
        else cases.push_back({test.name, &test, test.run});
    }
    return cases;
}

void refuse_duplicates(const Tests& tests, const std::vector<Case>& cases) {
    std::set<std::string_view> seen;
    for (const Test& test : tests) {
        if (!seen.insert(test.name).second) throw std::invalid_argument("two tests share the name " + test.name);
    }
    seen.clear();
    for (const Case& each : cases) {
        if (!seen.insert(each.name).second) throw std::invalid_argument("two tests share the name " + each.name);
    }
}

void print_place(std::ostream& out, const Case& each) {
    out << "  test at " << each.test->file << ":" << each.test->line << "\n";
}

Result run_case(const Case& each, std::ostream& out) {
    try {
        each.run();
        return Result::passed;
    } catch (const Skipped& skipped) {
        out << "SKIPPED " << each.name << ": " << skipped.what() << "\n";
        return Result::skipped;
    } catch (const CppUnit::Exception& failure) {
        const CppUnit::SourceLine where = failure.sourceLine();
        out << "FAILED " << each.name << "\n  " << where.fileName() << ":" << where.lineNumber() << ": "
            << failure.message().shortDescription() << "\n"
            << failure.message().details();
    } catch (const std::exception& error) {
        out << "FAILED " << each.name << "\n  exception: " << error.what() << "\n";
    } catch (...) {
        out << "FAILED " << each.name << "\n  something thrown that is no std::exception\n";
    }
    print_place(out, each);
    return Result::failed;
}

int run_cases(const std::vector<Case>& cases, const Selection& selection, std::ostream& out) {
    int passed = 0;
    int failed = 0;
    int skipped = 0;
    for (const Case& each : cases) {
        if (!selection.means(each.name)) continue;
        switch (run_case(each, out)) {
            case Result::passed: ++passed; break;
            case Result::failed: ++failed; break;
            case Result::skipped: ++skipped; break;
        }
    }
    out << passed << " passed, " << failed << " failed, " << skipped << " skipped\n";
    if (passed + failed + skipped == 0) {
        out << "nothing ran: no test has a name that was asked for\n";
        return 2;
    }
    if (failed > 0) return 1;
    return passed == 0 ? kExitSkipped : 0;
}

}  // namespace

Tests& program_tests() {
    static Tests tests;
    return tests;
}

bool add_test(Tests& tests, Test test) {
    tests.push_back(std::move(test));
    return true;
}

void skip(const std::string& reason) { throw Skipped(reason); }

int run_tests(const Tests& tests, const std::vector<std::string>& arguments, std::ostream& out) {
    try {
        const Selection selection = parse(arguments);
        const std::vector<Case> cases = expand(tests, selection);
        refuse_duplicates(tests, cases);
        if (!selection.list) return run_cases(cases, selection, out);
        for (const Case& each : cases) {
            if (selection.means(each.name)) out << each.name << "\n";
        }
        return 0;
    } catch (const std::exception& error) {
        out << "cannot run the tests: " << error.what() << "\n";
        return 2;
    }
}

}  // namespace zige::testing
