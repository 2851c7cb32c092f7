#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace zige::hub {

/// Caps on a list of institutions that get slips: it comes from outside.
inline constexpr std::size_t kMaxSlipListBytes = 1U << 20;
inline constexpr std::size_t kMaxSlipLines = 5000;

struct SlipLine {
    std::uint32_t line = 0;  ///< from 1, as an editor counts them
    std::string institution;
};
struct SlipProblem {
    std::uint32_t line = 0;
    std::string institution;  ///< as it stands there, shortened
    Error error;
};

/// Institutions that are to get slips (凭条名单).
struct SlipList {
    std::vector<SlipLine> lines;
    std::vector<SlipProblem> problems;  ///< by line
};

/// One institution a line: its code, then whatever stands behind a comma, semicolon or tab. Empty lines, lines that
/// begin with '#', quotes around the code and a heading (机构代码, institution, code) are understood. A code that stands
/// there twice is a problem. Pure. file_too_large; file_bad_encoding: not UTF-8; usage_bad_argument: no code in it.
Result<SlipList> read_slip_list(ByteView file);

}  // namespace zige::hub
