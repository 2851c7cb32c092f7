#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace zige::testing {

/// One value of a profile changed by one: a number or day up or down, a flag flipped, a name to the next of its kind,
/// an item of a list dropped. What explains (texts, titles, sources, ids of rows) is no value.
struct Mutation {
    std::string path;  ///< "rules.measures[3].months[0]"
    std::string what;  ///< "1 -> 2"
    std::string tag;   ///< of a test that must notice
    std::string text;  ///< the whole file
};

/// All of them, one after the other. Throws std::runtime_error: the file cannot be read as it is.
void for_each_mutation(std::string_view profile_text, const std::function<void(const Mutation&)>& visit);

}  // namespace zige::testing
