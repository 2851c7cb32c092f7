#include "tests/policy/profiles.h"

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace zige::testing {
namespace {

using Files = std::map<std::string, hub::ProfileFile, std::less<>>;

Files& files() {
    static Files all;
    return all;
}

std::string folder() {
    const char* const named = std::getenv("ZIGE_PROFILES");
    return named == nullptr ? ZIGE_PACKAGING "/profiles" : named;
}

hub::ProfileFile read(std::string_view id) {
    const std::string path = folder() + "/" + std::string(id) + ".json";
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error(path + " cannot be opened");
    std::ostringstream text;
    text << in.rdbuf();
    auto file = hub::read_profile_file(text.str());
    if (!file.ok()) throw std::runtime_error(std::string(id) + ": " + file.error().describe());
    return std::move(*file);
}

}  // namespace

const hub::ProfileFile& profile_file(std::string_view id) {
    const auto known = files().find(id);
    return known != files().end() ? known->second : files().emplace(std::string(id), read(id)).first->second;
}

const hub::Rules& rules_of(std::string_view id) {
    const auto& file = profile_file(id);
    if (!file.rules) throw std::runtime_error(std::string(id) + " has no rules");
    return *file.rules;
}

const Profile& gate_of(std::string_view id) { return profile_file(id).profile; }

void forget_profile(std::string_view id) {
    if (const auto known = files().find(id); known != files().end()) files().erase(known);
}

}  // namespace zige::testing
