#pragma once

#include <string_view>
#include <vector>

#include "hub/core/rules/career.h"

namespace zige::hub {

/// A career written by hand, to be compared under several profiles:
/// {"decisions": [{"document": "A", "decided_on": "2026-03-01", "points": 10, "conduct_year": 2026}],
///  "repairs": [{"way": "exam", "points": 1, "on": "2026-04-01"}]}
struct CareerFile {
    std::vector<Scored> decisions;
    std::vector<Repaired> repairs;
};

/// profile_not_json; case_missing_field, case_bad_field: `field` is the path, `detail` begins with the line. Points are
/// 1 to 12; conduct_year is the year of the decision unless given; document is "1", "2" ... unless given.
Result<CareerFile> read_career_file(std::string_view text);

}  // namespace zige::hub
