// Changes each value of the shipped profiles by one and expects a test of its article to fail.
//   policy_mutants SCRATCH [PROFILE...]   all profiles, or those named; SCRATCH is a folder of its own
// Exits 1 if a change went unnoticed.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "hub/core/profile/profile_file.h"
#include "hub/core/profile/value_reader.h"
#include "tests/policy/mutation.h"
#include "tests/policy/profiles.h"
#include "tests/support/runner.h"

namespace {

using namespace zige::testing;
namespace fs = std::filesystem;

using ByTag = std::map<std::string, std::vector<const TestCase*>>;

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in || text.str().empty()) throw std::runtime_error(path.string() + " cannot be read");
    return text.str();
}

void write(const fs::path& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text;
    if (!out.flush()) throw std::runtime_error(path.string() + " cannot be written");
}

ByTag sorted_by_tag(const std::vector<TestCase>& cases) {
    ByTag by_tag;
    for (const TestCase& each : cases)
        for (const std::string& tag : each.tags) by_tag[tag].push_back(&each);
    return by_tag;
}

/// Whether a test of the tag fails with the files as they lie there now.
bool noticed(const ByTag& by_tag, const std::string& tag) {
    const auto cases = by_tag.find(tag);
    if (cases == by_tag.end()) return false;
    std::ostringstream nowhere;
    for (const TestCase* each : cases->second)
        if (run_case(*each, nowhere) == RunResult::failed) return true;
    return false;
}

/// All tests pass on the files as they are, or nothing that follows means anything.
void expect_all_pass(const std::vector<TestCase>& cases) {
    for (const TestCase& each : cases)
        if (!each.tags.empty() && run_case(each, std::cout) != RunResult::passed)
            throw std::runtime_error(each.name + " fails without any change");
}

/// The file as a change is written, so that the first run shows that the writing itself breaks nothing.
std::string rewritten(const std::string& text) {
    const auto json = zige::hub::parse_located_json(text);
    if (!json.ok()) throw std::runtime_error(json.error().describe());
    return zige::hub::in_one_line(*json);
}

struct Count {
    std::size_t changes = 0;
    std::size_t refused = 0;  ///< by the loader: no test could read them
    std::size_t unnoticed = 0;
};

Count mutate(const std::string& id, const fs::path& folder, const ByTag& by_tag) {
    const fs::path path = folder / (id + ".json");
    const std::string before = read(path);
    Count count;
    for_each_mutation(before, [&](const Mutation& each) {
        ++count.changes;
        if (!zige::hub::read_profile_file(each.text).ok()) ++count.refused;
        write(path, each.text);
        forget_profile(id);
        if (noticed(by_tag, each.tag)) return;
        ++count.unnoticed;
        std::cout << "UNNOTICED " << id << " " << each.path << ": " << each.what << " (no test of " << each.tag
                  << " fails)\n";
    });
    write(path, before);
    forget_profile(id);
    return count;
}

std::vector<std::string> named_or_all(int count, char** values) {
    std::vector<std::string> ids(values + 2, values + count);
    if (ids.empty()) ids.assign(std::begin(kAllProfiles), std::end(kAllProfiles));
    return ids;
}

int run(int count, char** values) {
    if (count < 2) throw std::runtime_error("usage: policy_mutants SCRATCH [PROFILE...]");
    const fs::path folder = values[1];
    fs::create_directories(folder);
    for (const std::string_view id : kAllProfiles) {
        const std::string name = std::string(id) + ".json";
        write(folder / name, rewritten(read(fs::path(ZIGE_PACKAGING "/profiles") / name)));
    }
    setenv("ZIGE_PROFILES", folder.c_str(), 1);
    const auto cases = all_cases(program_tests(), program_tags());
    expect_all_pass(cases);
    const ByTag by_tag = sorted_by_tag(cases);
    Count sum;
    for (const std::string& id : named_or_all(count, values)) {
        const Count each = mutate(id, folder, by_tag);
        std::cout << id << ": " << each.changes << " changes, " << each.changes - each.unnoticed << " noticed, of them "
                  << each.refused << " refused by the loader\n";
        sum.changes += each.changes;
        sum.unnoticed += each.unnoticed;
    }
    std::cout << sum.changes << " changes, " << sum.unnoticed << " unnoticed\n";
    return sum.unnoticed == 0 && sum.changes > 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** values) {
    try {
        return run(count, values);
    } catch (const std::exception& error) {
        std::cout << "policy_mutants: " << error.what() << "\n";
        return 2;
    }
}
