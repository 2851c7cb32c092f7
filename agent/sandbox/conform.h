#pragma once

#include <string>
#include <vector>

#include "agent/sandbox/cases.h"

namespace zige::sandbox {

struct Verdict {
    Case played;
    std::string not_run;                ///< why; empty: it was
    std::vector<std::string> failures;  ///< empty: it holds
    bool holds() const { return not_run.empty() && failures.empty(); }
};

Verdict judge(const Case& which, World& world);

struct Summary {
    std::size_t hold = 0;
    std::size_t fail = 0;
    std::size_t not_run = 0;
};
Summary summary_of(std::span<const Verdict> verdicts);

/// "符合  suspended-doctor  暂停中的……", and below it what failed.
std::string print(const Verdict& verdict, Lang lang);
std::string print(const Summary& summary, Lang lang);
Json report(std::span<const Verdict> verdicts);
Json case_json(const Case& which);

}  // namespace zige::sandbox
