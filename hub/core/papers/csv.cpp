#include "hub/core/papers/csv.h"

#include <algorithm>

namespace zige::hub {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::size_t kDigitsThatStay = 11;  // Excel shows longer ones as 1.23E+11, and keeps 15 of them
constexpr std::string_view kFormulaStarts[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_formula(std::string_view cell) {
    cell.remove_prefix(std::min(cell.find_first_not_of(' '), cell.size()));
    return std::ranges::any_of(kFormulaStarts, [&](std::string_view start) { return cell.starts_with(start); });
}

bool loses_digits(std::string_view cell) {
    if (cell.size() < 2 || !std::ranges::all_of(cell, is_digit)) return false;
    return cell.size() > kDigitsThatStay || cell.front() == '0';
}

/// 2E5 and 12E10 are codes here and numbers there.
bool is_exponent(std::string_view cell) {
    const auto e = cell.find_first_of("eE");
    return e != std::string_view::npos && e > 0 && e + 1 < cell.size() && std::ranges::all_of(cell.substr(0, e), is_digit) &&
           std::ranges::all_of(cell.substr(e + 1), is_digit);
}

std::string quoted(std::string_view cell) {
    std::string out = "\"";
    if (is_formula(cell) || loses_digits(cell) || is_exponent(cell)) out += '\t';
    for (const char c : cell) {
        if (c == '"') out += '"';
        out += c == '\0' ? '?' : c;
    }
    return out + "\"";
}

}  // namespace

std::string write_csv(const std::vector<std::vector<std::string>>& rows) {
    std::string out(kByteOrderMark);
    for (const auto& row : rows) {
        for (std::size_t at = 0; at < row.size(); ++at) out += (at == 0 ? "" : ",") + quoted(row[at]);
        out += "\r\n";
    }
    return out;
}

std::string csv_of(const PaperForm& form, const PaperData& data) {
    if (form.lists.empty()) return {};
    const PaperList& list = form.lists.front();
    std::vector<std::vector<std::string>> rows(1);
    for (const PaperField& column : list.columns) rows.front().emplace_back(column.zh);
    if (const auto found = data.lists.find(list.name); found != data.lists.end())
        for (const PaperData& each : found->second) {
            rows.emplace_back();
            for (const PaperField& column : list.columns) rows.back().emplace_back(each.text(column.name));
        }
    return write_csv(rows);
}

}  // namespace zige::hub
