#include "shared/base/error_words.h"

#include <vector>

#include "shared/base/error_phrases.h"
#include "shared/base/result.h"

namespace zige {
namespace {

/// The values that stand for the holes of `pattern` in `text`; nothing: it is another text.
std::optional<std::vector<std::string_view>> values_in(std::string_view text, std::string_view pattern) {
    std::vector<std::string_view> values;
    for (;;) {
        const auto hole = pattern.find("{}");
        if (hole == std::string_view::npos) break;
        if (!text.starts_with(pattern.substr(0, hole))) return {};
        text.remove_prefix(hole);
        pattern.remove_prefix(hole + 2);
        const std::string_view until = pattern.substr(0, pattern.find("{}"));
        const auto end = pattern.empty() ? text.size() : text.find(until);
        if (end == std::string_view::npos || end == 0) return {};
        values.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    if (text != pattern) return {};
    return values;
}

std::size_t letters_of(std::string_view pattern) {
    std::size_t holes = 0;
    for (auto at = pattern.find("{}"); at != std::string_view::npos; at = pattern.find("{}", at + 2)) ++holes;
    return pattern.size() - 2 * holes;
}

struct Fit {
    const Phrase* phrase = nullptr;
    std::vector<std::string_view> values;
};
/// The phrase that says most of the text itself: a hole takes only what no other phrase has words for.
Fit best_fit(std::string_view text) {
    Fit best;
    for (const auto phrases : {phrases_of_both(), phrases_of_the_hub()})
        for (const Phrase& phrase : phrases) {
            if (best.phrase != nullptr && letters_of(phrase.en) <= letters_of(best.phrase->en)) continue;
            if (auto values = values_in(text, phrase.en)) best = {&phrase, std::move(*values)};
        }
    return best;
}

/// A code, a day, a path, a number, Chinese: no English words in a row.
bool is_value(std::string_view detail) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    for (std::size_t i = 1; i + 1 < detail.size(); ++i)
        if (detail[i] == ' ' && (letter(detail[i - 1]) || letter(detail[i + 1]))) return false;
    return true;
}

/// A value that has words of its own ("10 points") is Chinese too.
std::string filled(std::string_view pattern, const std::vector<std::string_view>& values) {
    std::string text;
    for (const std::string_view value : values) {
        const auto hole = pattern.find("{}");
        text += pattern.substr(0, hole);
        text += is_value(value) ? std::string(value) : chinese_detail(value).value_or(std::string(value));
        pattern.remove_prefix(hole + 2);
    }
    return text += pattern;
}

/// "line 3: ...", "a.json line 3: ..." of a file: the number, and what is behind it.
struct OnLine {
    std::string number;
    std::string_view what;
};
std::optional<OnLine> on_line(std::string_view detail) {
    constexpr std::string_view kLine = "line ";
    const auto begin = detail.find(kLine);
    const auto colon = detail.find(": ", begin);
    if (begin == std::string_view::npos || colon == std::string_view::npos) return {};
    if (begin != 0 && detail[begin - 1] != ' ') return {};
    const std::string_view number = detail.substr(begin + kLine.size(), colon - begin - kLine.size());
    if (number.empty() || number.find_first_not_of("0123456789") != std::string_view::npos) return {};
    return OnLine{std::string(detail.substr(0, begin)) + "第 " + std::string(number) + " 行", detail.substr(colon + 2)};
}

}  // namespace

std::optional<std::string> chinese_detail(std::string_view detail) {
    if (const auto line = on_line(detail)) {
        const auto what = chinese_detail(line->what);
        if (!what) return {};
        return line->number + "：" + *what;
    }
    if (const Fit fit = best_fit(detail); fit.phrase != nullptr) return filled(fit.phrase->zh, fit.values);
    if (is_value(detail)) return std::string(detail);
    return {};
}

ErrorWords words_of(const Error& error, Lang lang) {
    const bool zh = lang == Lang::zh;
    ErrorWords words{text(error.id, lang), next_step(error.id, lang), {}};
    if (!error.field.empty()) words.reason += (zh ? "：" : ": ") + error.field;
    if (error.detail.empty()) return words;
    const auto detail = zh ? chinese_detail(error.detail) : std::optional(error.detail);
    const auto line = on_line(error.detail);
    if (!detail && line) words.reason += "（" + line->number + "）";
    if (detail) words.reason += zh ? "（" + *detail + "）" : " (" + *detail + ")";
    else words.technical = error.detail;
    return words;
}

}  // namespace zige
