#include "tests/support/runner.h"

#include <cppunit/Exception.h>
#include <cppunit/SourceLine.h>

#include <algorithm>
#include <chrono>
#include <ostream>
#include <set>
#include <sstream>

namespace zige::testing {

namespace {

struct Selection {
    bool list = false;
    bool tags = false;
    bool tagged = false;
    bool exact = false;
    std::vector<std::string> words;

    /// Whether a test, or a row of table `name`, can be meant; saves making tables that nobody asked for.
    bool may_mean(const Test& test) const {
        if (!exact) return true;
        return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
            return word == test.name || word.starts_with(test.name + "/");
        });
    }

    bool means(const TestCase& each) const {
        if (tagged && each.tags.empty()) return false;
        if (words.empty()) return true;
        return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
            return exact ? each.name == word : each.name.find(word) != std::string::npos;
        });
    }
};

Selection parse(const std::vector<std::string>& arguments) {
    Selection selection;
    for (const std::string& argument : arguments) {
        if (argument == "--list") selection.list = true;
        else if (argument == "--exact") selection.exact = true;
        else if (argument == "--tags") selection.tags = true;
        else if (argument == "--tagged") selection.tagged = true;
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

/// Letters, digits and "-:._", as in XY-40-4 and ours:rules.measures[3].
bool is_tag(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-:._[]").find(c) != std::string_view::npos;
    });
}

std::vector<std::string> split_tags(const std::string& test, const std::string& text) {
    std::istringstream words(text);
    std::vector<std::string> tags;
    for (std::string tag; words >> tag;) {
        if (!is_tag(tag)) throw std::invalid_argument(test + ": bad tag \"" + tag + "\"");
        if (std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(tag);
    }
    return tags;
}

std::string tags_for(const std::vector<Tags>& all, std::string_view test) {
    std::string text;
    for (const Tags& each : all)
        if (each.test == test) text += each.tags + " ";
    return text;
}

void add_rows(std::vector<TestCase>& cases, const Test& test, const std::string& tags) {
    const std::vector<RowRun> rows = test.rows();
    if (rows.empty()) throw std::invalid_argument(test.name + " has no rows");
    for (const RowRun& row : rows) {
        if (!speakable(row.name)) throw std::invalid_argument(test.name + ": bad row name \"" + row.name + "\"");
        cases.push_back({test.name + "/" + row.name, &test, row.run, split_tags(test.name, tags + row.tags)});
    }
}

std::vector<TestCase> expand(const Tests& tests, const std::vector<Tags>& tags, const Selection& selection) {
    std::vector<TestCase> cases;
    for (const Test& test : tests) {
        if (!selection.may_mean(test)) continue;
        const std::string own = tags_for(tags, test.name);
        if (test.rows) add_rows(cases, test, own);
        else cases.push_back({test.name, &test, test.run, split_tags(test.name, own)});
    }
    return cases;
}

void refuse_tags_of_nothing(const Tests& tests, const std::vector<Tags>& tags) {
    for (const Tags& each : tags)
        if (std::none_of(tests.begin(), tests.end(), [&](const Test& test) { return test.name == each.test; }))
            throw std::invalid_argument("tags of " + each.test + ", which is no test");
}

void refuse_duplicates(const Tests& tests, const std::vector<TestCase>& cases) {
    std::set<std::string_view> seen;
    for (const Test& test : tests) {
        if (!seen.insert(test.name).second) throw std::invalid_argument("two tests share the name " + test.name);
    }
    seen.clear();
    for (const TestCase& each : cases) {
        if (!seen.insert(each.name).second) throw std::invalid_argument("two tests share the name " + each.name);
    }
}

void print_place(std::ostream& out, const TestCase& each) {
    out << "  test at " << each.test->file << ":" << each.test->line << "\n";
}

int run_cases(const std::vector<TestCase>& cases, const Selection& selection, std::ostream& out) {
    int passed = 0;
    int failed = 0;
    int skipped = 0;
    for (const TestCase& each : cases) {
        if (!selection.means(each)) continue;
        switch (run_case(each, out)) {
            case RunResult::passed: ++passed; break;
            case RunResult::failed: ++failed; break;
            case RunResult::skipped: ++skipped; break;
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

RunResult run_case(const TestCase& each, std::ostream& out) {
    try {
        each.run();
        return RunResult::passed;
    } catch (const Skipped& skipped) {
        out << "SKIPPED " << each.name << ": " << skipped.what() << "\n";
        return RunResult::skipped;
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
    return RunResult::failed;
}

std::vector<TestCase> all_cases(const Tests& tests, const std::vector<Tags>& tags) {
    std::vector<TestCase> cases = expand(tests, tags, {});
    refuse_duplicates(tests, cases);
    refuse_tags_of_nothing(tests, tags);
    return cases;
}

bool add_test(Tests& tests, Test test) {
    tests.push_back(std::move(test));
    return true;
}

std::vector<Tags>& program_tags() {
    static std::vector<Tags> tags;
    return tags;
}

bool add_tags(std::vector<Tags>& all, Tags tags) {
    all.push_back(std::move(tags));
    return true;
}

void skip(const std::string& reason) { throw Skipped(reason); }

int run_tests(const Tests& tests, const std::vector<Tags>& tags, const std::vector<std::string>& arguments,
              std::ostream& out) {
    try {
        const Selection selection = parse(arguments);
        const std::vector<TestCase> cases = expand(tests, tags, selection);
        refuse_duplicates(tests, cases);
        refuse_tags_of_nothing(tests, tags);
        if (!selection.list && !selection.tags) return run_cases(cases, selection, out);
        for (const TestCase& each : cases) {
            if (!selection.means(each)) continue;
            if (selection.list) out << each.name << "\n";
            else
                for (const std::string& tag : each.tags) out << each.name << "\t" << tag << "\n";
        }
        return 0;
    } catch (const std::exception& error) {
        out << "cannot run the tests: " << error.what() << "\n";
        return 2;
    }
}

}  // namespace zige::testing
