#pragma once

#include <span>
#include <string>
#include <string_view>

#include "hub/core/rules/rules.h"

namespace zige::hub {

/// A thing that texts call differently, or a sentence of a paper that only the text of a region gives.
struct WordingPlace {
    std::string_view id;
    std::string_view usual;  ///< in the national words; empty: without the text's own sentence the paper has none
    bool has_days = false;   ///< the sentence has a time limit: "{days}" exactly once
};
std::span<const WordingPlace> wording_places();
const WordingPlace* wording_place(std::string_view id);

/// By this text, else the usual one. `id` is one of wording_places().
std::string_view words(const Rules& rules, std::string_view id);

/// A sentence with a time limit, before and after the days.
struct AroundDays {
    std::string_view before;
    std::string_view after;
};
AroundDays around_days(std::string_view sentence);
inline constexpr std::string_view kDaysMark = "{days}";

/// Whether the text knows degrees of responsibility: some level gives them different points.
bool has_degrees(const Rules& rules);
/// "记 9 分"; of a text that counts down, "扣 9 分".
std::string points_given(const Rules& rules, std::string_view points);

/// `text` made of the usual words for standings, in the words of this text.
std::string in_words_of(const Rules& rules, std::string text);

}  // namespace zige::hub
