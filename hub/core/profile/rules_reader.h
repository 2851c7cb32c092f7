#pragma once

#include <span>
#include <string>
#include <vector>

#include "hub/core/profile/value_reader.h"
#include "hub/core/rules/rules.h"

namespace zige::hub {

/// The part "rules" of a profile file; id, version and document are the head's. Notes each value with its source.
/// `articles`: what a row that suspends or terminates may cite.
Result<Rules> read_rules(const FileNode& part, std::span<const std::string> articles, std::vector<SourcedValue>& values,
                         ProfileTaken taken);

/// The lists of that part. rules_overlap: rows that overlap or do not ascend; rules_gap: rows that leave points between
/// them, of a new file.
Result<void> read_levels(ValueReader& reader, Rules& rules);
Result<void> read_triggers(ValueReader& reader, Rules& rules);
Result<void> read_causes(ValueReader& reader, Rules& rules);
Result<void> read_measures(ValueReader& reader, std::span<const std::string> articles, Rules& rules);
Result<void> read_repair(ValueReader& reader, Rules& rules);
Result<void> read_deadlines(ValueReader& reader, Rules& rules);
Result<void> read_wordings(ValueReader& reader, Rules& rules);

/// What was read of `list`, row by row: no row is missing at an end, and points of one decision lead to nothing milder
/// than as many of a year. rules_gap, rules_falling.
Result<void> check_measures(const FileNode& list, std::span<const FileNode> rows, const Rules& rules);

/// [least, most], both within `bounds`.
Result<Range> read_range(const FileNode& node, Range bounds);

}  // namespace zige::hub
