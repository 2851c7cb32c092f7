#pragma once

#include <string_view>
#include <vector>

#include "hub/core/policy.h"
#include "shared/domain/profile.h"

namespace zige::hub {

/// A profile file (protocol/profile.schema.json): the gate's values, each with the article that gives it, or as ours
/// with the reason, or undecided. What is not from an article waits for the bureau's confirmation.
struct ProfileFile {
    Profile profile;
    std::vector<UndecidedValue> undecided;
};

/// profile_not_json, profile_missing_field, profile_unknown_field, profile_bad_value: `field` is the path,
/// `detail` begins with the line.
Result<ProfileFile> read_profile_file(std::string_view text);

}  // namespace zige::hub
