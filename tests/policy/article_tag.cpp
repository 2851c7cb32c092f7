#include "tests/policy/article_tag.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace zige::testing {
namespace {

struct Document {
    std::string_view begins;
    std::string_view tag;
};
constexpr Document kDocuments[] = {
    {"信医保〔2025〕1号", "XY"},   {"豫医保〔2025〕1号", "HN"}, {"乌海告知书", "WH"},
    {"广东起草说明", "GD"},        {"济宁通知", "JN"},          {"医保办发〔2024〕34号", "N34"},
    {"医保发〔2024〕23号", "N23"}, {"国家医保局令第3号", "O3"},
};
constexpr std::array<std::string_view, 9> kDigits = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};

bool take(std::string_view& rest, std::string_view word) {
    if (!rest.starts_with(word)) return false;
    rest.remove_prefix(word.size());
    return true;
}

std::optional<int> take_digit(std::string_view& rest) {
    for (std::size_t i = 0; i < kDigits.size(); ++i)
        if (take(rest, kDigits.at(i))) return static_cast<int>(i) + 1;
    return std::nullopt;
}

/// 一 to 九十九, or Arabic digits.
std::optional<int> take_number(std::string_view& rest) {
    int arabic = 0;
    const auto [end, failed] = std::from_chars(rest.data(), rest.data() + rest.size(), arabic);
    if (failed == std::errc()) {
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        return arabic;
    }
    const auto tens = take_digit(rest);
    if (!take(rest, "十")) return tens;
    return tens.value_or(1) * 10 + take_digit(rest).value_or(0);
}

/// 第四十条第（四）项, 四（二）3, 附件2, 末段.
std::string place(std::string_view rest) {
    std::string tag;
    for (bool more = true; more;) {
        more = false;
        for (const std::string_view filler : {" ", "第", "条", "项", "（", "）"})
            while (take(rest, filler)) more = true;
        if (take(rest, "附件")) tag += "-A" + std::to_string(take_number(rest).value_or(0));
        else if (take(rest, "末段")) tag += "-end";
        else if (const auto number = take_number(rest)) tag += "-" + std::to_string(*number);
        else continue;
        more = true;
    }
    return rest.empty() ? tag : std::string();
}

std::string_view own_document(std::string_view profile) { return profile == "henan-xinyang" ? "XY" : ""; }

}  // namespace

std::string article_tag(std::string_view profile, std::string_view text) {
    std::string_view rest = text.substr(0, text.find("："));
    std::string_view document = own_document(profile);
    for (const Document& each : kDocuments)
        if (take(rest, each.begins)) document = each.tag;
    const std::string tag = place(rest);
    if (document == "HN" && rest.empty()) return "HN";
    return document.empty() || tag.empty() ? std::string() : std::string(document) + tag;
}

std::string value_tag(std::string_view profile, const hub::SourcedValue& value) {
    if (value.undecided()) return "ours:" + value.key;
    return article_tag(profile, value.cite.text);
}

}  // namespace zige::testing
