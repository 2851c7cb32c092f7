#pragma once

#include <string_view>
#include <vector>

#include "hub/core/profile/profile_file.h"
#include "shared/domain/profile.h"
#include "shared/poco/json.h"

namespace zige::hub {

/// A value of the profile as its file writes it: what the bureau confirms by this name. Null: no such name.
Json profile_value(const Profile& profile, std::string_view name);

/// A value with its source, as a file has it.
Json value_json(const SourcedValue& value);
/// Title, dates, and how many values are from where.
Json summary_json(const ProfileFile& file);
/// What waits for the bureau. `values`: of the whole file, where it is known.
Json undecided_json(const std::vector<UndecidedValue>& undecided, const Profile& profile,
                    const std::vector<SourcedValue>& values);

}  // namespace zige::hub
