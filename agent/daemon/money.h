#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/domain/ids.h"

namespace zige::daemon {

/// Largest amount of one line: a field of 16 digits with 2 decimals, as the national interface has it.
inline constexpr std::int64_t kMaxAmountFen = 99'999'999'999'999'99;

/// "123.45", "-3", "0.50": yuan in decimal digits, read exactly; a third decimal may only be 0 ("1.500").
/// api_bad_field: anything else, exponents too.
Result<Fen> parse_yuan(std::string_view text, std::string_view field);

std::string format_yuan(Fen amount);  ///< "123.45"

}  // namespace zige::daemon
