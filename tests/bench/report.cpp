#include "tests/bench/report.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace zige::bench {
namespace {

/// Three digits that matter, whole numbers from 100 on.
std::string figure(double value) {
    char text[40];
    const int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

std::string with_unit(double value, const std::string& unit) {
    return figure(value) + (unit.empty() ? "" : " " + unit);
}

std::string goal_text(const Row& row) {
    if (!row.goal) return "";
    const std::string side = row.goal->side == GoalSide::at_most ? "<= " : ">= ";
    char text[40];
    std::snprintf(text, sizeof text, "%g", row.goal->value);
    return side + text + (row.goal->of == GoalOf::ratio ? "x" : row.unit.empty() ? "" : " " + row.unit);
}

std::string verdict(const Row& row) {
    const auto met = row.met();
    return !met ? "" : *met ? "met" : "MISSED";
}

constexpr std::size_t kColumns = 8;
using Cells = std::array<std::string, kColumns>;

Cells cells_of(const Row& row) {
    const auto ratio = row.ratio();
    return {row.what,
            with_unit(row.measured, row.unit),
            row.baseline_name.empty() ? "" : with_unit(row.baseline, row.unit),
            row.baseline_name,
            ratio ? figure(*ratio) + "x" : "",
            goal_text(row),
            verdict(row),
            row.with_sm2 ? with_unit(*row.with_sm2, row.unit) : ""};
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
    return out + "\"";
}

std::string number(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

void print_json_row(std::ostream& out, const Row& row) {
    out << "    {\"what\": " << quoted(row.what) << ", \"unit\": " << quoted(row.unit)
        << ", \"measured\": " << number(row.measured);
    if (!row.baseline_name.empty())
        out << ", \"baseline\": {\"what\": " << quoted(row.baseline_name) << ", \"measured\": " << number(row.baseline)
            << "}";
    if (const auto ratio = row.ratio()) out << ", \"ratio\": " << number(*ratio);
    if (row.goal) out << ", \"goal\": " << quoted(goal_text(row)) << ", \"met\": " << (*row.met() ? "true" : "false");
    if (row.with_sm2) out << ", \"sm2_sm3\": " << number(*row.with_sm2);
    out << "}";
}

}  // namespace

std::optional<double> Row::ratio() const {
    if (baseline_name.empty() || baseline <= 0) return std::nullopt;
    return measured / baseline;
}

std::optional<bool> Row::met() const {
    if (!goal) return std::nullopt;
    const double value = goal->of == GoalOf::ratio ? ratio().value_or(0) : measured;
    return goal->side == GoalSide::at_most ? value <= goal->value : value >= goal->value;
}

void print_table(std::ostream& out, const Circumstances& where, const std::vector<Row>& rows) {
    out << where.date << ", " << where.processor << ", " << where.cores << " cores, " << where.system << ", "
        << where.compiler << "\ndata on " << where.file_system << ", load " << figure(where.load) << " before, "
        << figure(where.seconds) << " s\n\n";
    std::vector<Cells> table{{"what", "measured", "baseline", "which is", "ratio", "goal", "", "with sm2-sm3"}};
    for (const Row& row : rows) table.push_back(cells_of(row));
    std::array<std::size_t, kColumns> widths{};
    for (const Cells& cells : table)
        for (std::size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], cells[i].size());
    for (const Cells& cells : table) {
        std::string line;
        for (std::size_t i = 0; i < kColumns; ++i) {
            const std::string pad(widths[i] - cells[i].size(), ' ');
            const bool right = i == 1 || i == 2 || i == 4 || i == 7;
            line += (i == 0 ? "" : "  ") + (right ? pad + cells[i] : cells[i] + pad);
        }
        out << line.substr(0, line.find_last_not_of(' ') + 1) << "\n";
    }
}

void print_json(std::ostream& out, const Circumstances& where, const std::vector<Row>& rows) {
    out << "{\n  \"date\": " << quoted(where.date) << ",\n  \"processor\": " << quoted(where.processor)
        << ",\n  \"cores\": " << where.cores << ",\n  \"system\": " << quoted(where.system)
        << ",\n  \"compiler\": " << quoted(where.compiler) << ",\n  \"file_system\": " << quoted(where.file_system)
        << ",\n  \"load\": " << number(where.load) << ",\n  \"seconds\": " << number(where.seconds)
        << ",\n  \"rows\": [\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        print_json_row(out, rows[i]);
        out << (i + 1 < rows.size() ? ",\n" : "\n");
    }
    out << "  ]\n}\n";
}

}  // namespace zige::bench
