#pragma once

#include <span>
#include <string>
#include <string_view>

#include "shared/base/time.h"

namespace zige::sandbox {

inline constexpr const char* kInstitution = "H41150200001";
inline constexpr const char* kInstitutionName = "沙箱中心卫生院";
inline constexpr const char* kNeighbour = "H41150200002";  ///< a second institution, for people from outside
inline constexpr const char* kNeighbourName = "邻区人民医院";
inline constexpr const char* kDivision = "411502";
inline constexpr const char* kDepartment = "A01";
inline constexpr const char* kStoppedDepartment = "A09";

/// How somebody stands in the demo region.
enum class Standing {
    normal,
    suspended,         ///< for two months, which are not over
    period_over,       ///< the printed period is over, nobody restored
    restored,
    terminated,
    departed,          ///< a week ago
    begins_next_week,
    on_leave,
    outside,           ///< works at the neighbour's, in order
    outside_suspended,
    nowhere,           ///< a well-formed code that nobody has
    unmapped,          ///< a code of the HIS that stands for nobody
    mapped,            ///< a code of the HIS, mapped to the first doctor
    in_waiting,        ///< registered while the hub is away: provisional; the conformance run does it
};

struct Person {
    std::string_view key;  ///< by which cases name the person
    std::string_view code;
    std::string_view name;
    std::string_view category;  ///< of the registry; empty for what is no person
    Standing standing;
    std::string_view zh;
    std::string_view en;
};

std::span<const Person> people();
const Person& person(std::string_view key);

/// A row of the doctors' export GB001 with a made-up identity number that has a right check digit.
std::string roster_row(const Person& person, int serial, std::string_view institution, std::string_view name);
std::string made_up_identity(int serial);

}  // namespace zige::sandbox
