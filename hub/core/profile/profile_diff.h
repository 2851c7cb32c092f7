#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/core/profile/profile_file.h"
#include "shared/base/codes.h"

namespace zige::hub {

/// A value that two profiles do not agree on. Not both are null.
struct ValueDifference {
    const SourcedValue* before = nullptr;  ///< null: only the second has it
    const SourcedValue* after = nullptr;   ///< null: only the first has it

    const std::string& key() const { return (before != nullptr ? before : after)->key; }
    bool same_value() const { return before != nullptr && after != nullptr && before->value == after->value; }
};

/// Value by value, rows by what they are: in the order of the first, then what only the second has. Points into both.
std::vector<ValueDifference> differences(const ProfileFile& before, const ProfileFile& after);

/// What a person calls a value: "处理措施 cumulative 9-9" for "rules.measures[cumulative 9-9]".
std::string value_title(std::string_view key, Lang lang);

}  // namespace zige::hub
