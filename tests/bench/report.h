#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace zige::bench {

enum class GoalOf { ratio, measured };
enum class GoalSide { at_most, at_least };

struct Goal {
    GoalOf of = GoalOf::measured;
    GoalSide side = GoalSide::at_most;
    double value = 0;
};

/// One line of the table. What was measured stands beside its baseline, measured in the same run.
struct Row {
    std::string what;
    std::string unit;
    double measured = 0;
    std::string baseline_name;  ///< empty: there is none
    double baseline = 0;
    std::optional<Goal> goal;        ///< nothing: shown for its own sake
    std::optional<double> with_sm2;  ///< the same with sm2-sm3

    std::optional<double> ratio() const;
    std::optional<bool> met() const;
};

/// Where and when the figures were made.
struct Circumstances {
    std::string processor;
    unsigned cores = 0;
    std::string system;
    std::string compiler;
    std::string data_folder;
    std::string file_system;
    std::string date;
    double load = 0;     ///< of the machine when the run began
    double seconds = 0;  ///< that the run took
};

void print_table(std::ostream& out, const Circumstances& where, const std::vector<Row>& rows);
void print_json(std::ostream& out, const Circumstances& where, const std::vector<Row>& rows);

}  // namespace zige::bench
