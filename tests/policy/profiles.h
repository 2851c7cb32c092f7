#pragma once

#include <string>
#include <string_view>

#include "hub/core/profile/profile_file.h"

namespace zige::testing {

/// A shipped profile, from the folder that ZIGE_PROFILES names, else from packaging. Throws std::runtime_error with the
/// loader's words. Read once, until forget_profile().
const hub::ProfileFile& profile_file(std::string_view id);
const hub::Rules& rules_of(std::string_view id);
const Profile& gate_of(std::string_view id);

/// The next use reads the file again.
void forget_profile(std::string_view id);

inline constexpr std::string_view kNational = "national";
inline constexpr std::string_view kXinyang = "henan-xinyang";
inline constexpr std::string_view kWuhai = "neimenggu-wuhai";
inline constexpr std::string_view kGuangdong = "guangdong";
inline constexpr std::string_view kJining = "jining";
inline constexpr std::string_view kAllProfiles[] = {kNational, kXinyang, kWuhai, kGuangdong, kJining};

}  // namespace zige::testing
