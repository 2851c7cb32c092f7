#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace zige::hub {

/// What a paper is filled with: texts by the name of their field, and lists of rows. UTF-8; a '\n' in a text is a new
/// line on the paper. A field that is not there is blank, to be filled in by hand.
struct PaperData {
    std::map<std::string, std::string, std::less<>> texts;
    std::map<std::string, std::vector<PaperData>, std::less<>> lists;

    /// "" when there is none.
    std::string_view text(std::string_view name) const {
        const auto at = texts.find(name);
        return at == texts.end() ? std::string_view() : std::string_view(at->second);
    }
    bool operator==(const PaperData&) const = default;
};

}  // namespace zige::hub
