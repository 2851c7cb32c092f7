#pragma once

#include <span>
#include <string_view>

namespace zige {

/// English as it stands in Error::detail; {} stands for a value that is kept, in the same order in both.
struct Phrase {
    std::string_view en;
    std::string_view zh;
};

std::span<const Phrase> phrases_of_both();     ///< what both programs say, or the agent
std::span<const Phrase> phrases_of_the_hub();  ///< the desk, casework, points and papers

}  // namespace zige
