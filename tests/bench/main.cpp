#include <algorithm>
#include <iostream>
#include <string_view>

#include "tests/bench/table.h"

/// zige_bench [NAME...]: all benches, or those whose name contains one of the words. Prints one table.
int main(int argc, char** argv) {
    auto benches = zige::bench::benches();
    std::ranges::sort(benches, {}, [](const zige::bench::Bench& bench) { return std::string_view(bench.name); });
    zige::bench::Lines lines;
    for (const auto& bench : benches) {
        const bool wanted = argc < 2 || std::any_of(argv + 1, argv + argc, [&](const char* word) {
                                return std::string_view(bench.name).find(word) != std::string_view::npos;
                            });
        if (wanted) bench.run(lines);
    }
    zige::bench::print(std::cout, lines);
    return lines.empty() ? 2 : 0;
}
