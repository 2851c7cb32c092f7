#include "hub/core/slip_list.h"

#include <algorithm>
#include <map>
#include <utility>

#include "shared/base/letters.h"
#include "shared/wire/cbor.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr std::size_t kMaxShown = 40;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kOuter = " \t\r\"";
    const auto first = text.find_first_not_of(kOuter);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kOuter) - first + 1);
}

std::string_view first_column(std::string_view line) {
    constexpr std::string_view kWideComma = "，";
    line = line.substr(0, line.find_first_of(",;\t"));
    return trimmed(line.substr(0, line.find(kWideComma)));
}

bool is_heading(std::string_view word) {
    const std::string small = ascii_lower(word);
    return word.find("代码") != std::string_view::npos || word.find("编码") != std::string_view::npos ||
           small == "institution" || small == "code" || small == "fixmedins_code";
}

Result<void> check_code(std::string_view code) {
    if (code.empty()) return fail(ErrorId::code_bad_character, "institution", "the first column is empty");
    if (code.size() > kMaxInstitutionCode)
        return fail(ErrorId::code_too_long, "institution", "at most " + std::to_string(kMaxInstitutionCode) + " bytes");
    const auto plain = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
    };
    if (!std::ranges::all_of(code, plain)) return fail(ErrorId::code_bad_character, "institution");
    return {};
}

class ListReader {
public:
    void take(std::uint32_t number, std::string_view line) {
        const std::string_view whole = trimmed(line);
        if (whole.empty() || whole.front() == '#') return;
        const std::string_view code = first_column(line);
        const bool first = !std::exchange(begun_, true);
        if (first && is_heading(code)) return;
        Result<void> good = check_code(code);
        const auto [seen, fresh] = lines_.emplace(code, number);
        if (good && !fresh)
            good = fail(ErrorId::usage_bad_argument, "institution",
                        "stands on line " + std::to_string(seen->second) + " already");
        if (good) list_.lines.push_back({number, std::string(code)});
        else list_.problems.push_back({number, std::string(code.substr(0, kMaxShown)), good.error()});
    }
    SlipList list() { return std::move(list_); }

private:
    SlipList list_;
    std::map<std::string, std::uint32_t, std::less<>> lines_;  ///< where each code stands
    bool begun_ = false;
};

}  // namespace

Result<SlipList> read_slip_list(ByteView file) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (file.size() > kMaxSlipListBytes)
        return fail(ErrorId::file_too_large, "list", "at most " + std::to_string(kMaxSlipListBytes) + " bytes");
    if (!wire::is_plain_text(file)) return fail(ErrorId::file_bad_encoding, "list", "not UTF-8");
    std::string_view text = as_text(file);
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    ListReader reader;
    for (std::uint32_t number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        reader.take(number, text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    SlipList list = reader.list();
    if (list.lines.size() > kMaxSlipLines)
        return fail(ErrorId::file_too_large, "list", "at most " + std::to_string(kMaxSlipLines) + " institutions");
    if (list.lines.empty() && list.problems.empty())
        return fail(ErrorId::usage_bad_argument, "list", "no institution code in it");
    return list;
}

}  // namespace zige::hub
