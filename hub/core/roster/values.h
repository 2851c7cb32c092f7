#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/base/time.h"

namespace zige::hub {

/// Days as exports write them: 2021-03-01, 2021/3/1, 20210301, a time behind it. Nothing for anything else.
std::optional<Day> roster_day(std::string_view text);

/// "长期", a year of 9999 or 2099-12-31: a contract without an end.
bool is_open_end(std::string_view text);

/// Kind of identity document: "01" resident identity card to "99" other. Nothing for a text that means nothing to us.
std::optional<std::string> certificate_type(std::string_view text);

/// Employment state (人员状态) as exports word it.
enum class EmploymentState { active, left, unclear };
EmploymentState employment_state(std::string_view text);

/// Birth day inside a checked resident identity number.
Day birth_day(std::string_view resident_id);

}  // namespace zige::hub
