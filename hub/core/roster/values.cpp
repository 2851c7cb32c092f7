#include "hub/core/roster/values.h"

#include <algorithm>
#include <vector>

namespace zige::hub {
namespace {

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string two_digits(std::string_view text) { return text.size() == 1 ? "0" + std::string(text) : std::string(text); }

/// "2021-03-01" out of year, month and day in whatever width.
std::optional<Day> assembled(std::string_view year, std::string_view month, std::string_view day) {
    const bool shape = year.size() == 4 && month.size() <= 2 && day.size() <= 2;
    if (!shape || !all_digits(year) || !all_digits(month) || !all_digits(day)) return std::nullopt;
    const auto parsed = parse_day(std::string(year) + "-" + two_digits(month) + "-" + two_digits(day), "day");
    return parsed.ok() ? std::optional(*parsed) : std::nullopt;
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

struct CertificateName {
    std::string_view part;
    const char* type;
};
/// In this order: the residence permits are named after the identity card too.
constexpr CertificateName kCertificates[] = {
    {"港澳", "06"}, {"台湾", "07"},   {"护照", "03"}, {"军官", "04"}, {"士兵", "04"},
    {"驾驶", "05"}, {"身份证", "01"}, {"户口", "02"}, {"其他", "99"},
};

}  // namespace

std::optional<Day> roster_day(std::string_view text) {
    text = text.substr(0, text.find_first_of(" T"));
    if (text.size() == 8 && all_digits(text)) return assembled(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
    const std::size_t first = text.find_first_of("-/.");
    if (first == std::string_view::npos) return std::nullopt;
    const std::size_t second = text.find(text[first], first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    return assembled(text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1));
}

bool is_open_end(std::string_view text) {
    return text.empty() || text.starts_with("9999") || text.starts_with("2099") ||
           contains_any(text, {"长期", "无固定"});
}

std::optional<std::string> certificate_type(std::string_view text) {
    if (text.size() <= 2 && all_digits(text)) return two_digits(text);
    for (const CertificateName& known : kCertificates)
        if (text.find(known.part) != std::string_view::npos) return known.type;
    return std::nullopt;
}

EmploymentState employment_state(std::string_view text) {
    if (contains_any(text, {"返聘"})) return EmploymentState::active;
    if (contains_any(text, {"离职", "离岗", "退休", "死亡", "注销", "解聘"})) return EmploymentState::left;
    const bool active = text.empty() || text == "1" || contains_any(text, {"在职", "在岗", "正常", "在册"});
    return active ? EmploymentState::active : EmploymentState::unclear;
}

Day birth_day(std::string_view resident_id) {
    const auto day = assembled(resident_id.substr(6, 4), resident_id.substr(10, 2), resident_id.substr(12, 2));
    expect(day.has_value(), "a checked identity number has a birth day");
    return *day;
}

}  // namespace zige::hub
