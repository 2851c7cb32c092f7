#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "agent/sandbox/play.h"

namespace zige::sandbox {

/// One thing that an integration must do right.
struct Case {
    std::string_view name;
    std::string_view family;
    std::string_view zh;      ///< what must happen, one sentence
    std::string_view en;
    std::string_view checks;  ///< by what it is judged
    std::string_view rule;    ///< article, or section of the documents
    void (*play)(Play&);
};

std::span<const Case> standing_cases();
std::span<const Case> role_cases();
std::span<const Case> forward_cases();
std::span<const Case> silence_cases();
std::span<const Case> platform_cases();
std::span<const Case> visit_cases();

/// In the order in which they are played.
std::vector<Case> all_cases();
/// Those of a name or a family. usage_bad_argument, field "--case": there is none.
Result<std::vector<Case>> cases_named(std::span<const std::string> names);

}  // namespace zige::sandbox
