#pragma once

#include <random>
#include <string>
#include <vector>

#include "agent/core/gate.h"
#include "tests/bench/bureau.h"

namespace zige::bench {

/// Codes of people of the bureau, each as likely as another.
std::vector<std::string> codes_of(const Bureau& bureau, std::size_t count, std::uint64_t seed);

/// One line of an out-patient bill, ordered by `code` an hour ago.
FeeLine line_ordered_by(std::string_view code, Instant now);

/// Changes the department of people 1 .. 5,000: a delta of whole records.
std::vector<Record> moved_people(const Bureau& bureau, int round);

}  // namespace zige::bench
