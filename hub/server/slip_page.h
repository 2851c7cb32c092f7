#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/poco/json.h"
#include "shared/ports/qr.h"

namespace zige::hub {

/// A quarter of the code may be lost: slips are folded, stamped and copied.
inline constexpr QrLevel kSlipLevel = QrLevel::quartile;

/// What the code of a slip says: its line in capitals, which make a smaller code.
std::string slip_code(const Json& slip);

/// What stands on a slip, in its order.
struct SlipField {
    std::string_view zh;
    std::string_view en;
    std::string value;
};
std::vector<SlipField> slip_fields(const Json& slip);

/// A page of HTML that prints each slip on a sheet of A4, in both languages; it loads nothing. `progress`: done, all.
Result<std::string> slip_pages(const Json::Array& slips, const std::function<void(std::size_t, std::size_t)>& progress);

}  // namespace zige::hub
