#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace zige::bench {

/// One measured figure beside its baseline of the same run and its goal.
struct Line {
    std::string what;
    double measured = 0;
    std::string unit;
    double baseline = 0;        ///< 0: none
    std::string baseline_what;  ///< "entropy + 152 B"
    double goal = 0;            ///< in `unit`, or of measured / baseline when `goal_is_ratio`; 0: none
    bool goal_is_ratio = false;
    bool more_is_better = false;

    double ratio() const { return baseline > 0 ? measured / baseline : 0; }
    bool met() const;
};

using Lines = std::vector<Line>;
void print(std::ostream& out, const Lines& lines);

/// A bench appends its lines. Registered by BENCH; run in the order of their names.
using Run = void (*)(Lines& lines);
struct Bench {
    const char* name;
    Run run;
};
std::vector<Bench>& benches();
bool add_bench(const char* name, Run run);

}  // namespace zige::bench

#define BENCH(name)                                                                                        \
    static void name##_bench(::zige::bench::Lines& lines);                                                 \
    [[maybe_unused]] static const bool name##_bench_added = ::zige::bench::add_bench(#name, name##_bench); \
    static void name##_bench(::zige::bench::Lines& lines)
