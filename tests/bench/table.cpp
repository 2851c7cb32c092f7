#include "tests/bench/table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ostream>

namespace zige::bench {
namespace {

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, value == std::floor(value) || value >= 1000 ? "%.0f" : "%.2f", value);
    return text;
}

std::string goal_of(const Line& line) {
    if (line.goal == 0) return "-";
    return (line.more_is_better ? ">= " : "<= ") + number(line.goal) + (line.goal_is_ratio ? "x" : " " + line.unit);
}

}  // namespace

bool Line::met() const {
    if (goal == 0) return true;
    const double value = goal_is_ratio ? ratio() : measured;
    return more_is_better ? value >= goal : value <= goal;
}

void print(std::ostream& out, const Lines& lines) {
    out << "| what | measured | baseline | ratio | goal | |\n|---|---|---|---|---|---|\n";
    for (const Line& line : lines) {
        const bool compared = line.baseline > 0;
        out << "| " << line.what << " | " << number(line.measured) << ' ' << line.unit << " | "
            << (compared ? line.baseline_what + ": " + number(line.baseline) + " " + line.unit : "-") << " | "
            << (compared ? number(line.ratio()) : "-") << " | " << goal_of(line) << " | "
            << (line.met() ? "ok" : "MISSED") << " |\n";
    }
}

std::vector<Bench>& benches() {
    static std::vector<Bench> all;
    return all;
}

bool add_bench(const char* name, Run run) {
    benches().push_back({name, run});
    return true;
}

}  // namespace zige::bench
