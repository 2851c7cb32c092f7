#pragma once

#include <string_view>

#include "shared/domain/profile.h"
#include "shared/poco/json.h"

namespace zige::hub {

/// A value of the profile as its file writes it: what the bureau confirms by this name. Null: no such name.
Json profile_value(const Profile& profile, std::string_view name);

}  // namespace zige::hub
