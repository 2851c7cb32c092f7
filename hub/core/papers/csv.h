#pragma once

#include <string>
#include <vector>

#include "hub/core/papers/data.h"
#include "hub/core/papers/kinds.h"

namespace zige::hub {

/// Rows as a spreadsheet of a Chinese office opens them rightly: UTF-8 with a byte order mark (without it Excel takes
/// GBK), CRLF, every cell in quotes. What would be a formula (= + - @, a tab or a line end first, full-width forms too)
/// and what would lose digits as a number (over 11 digits, or with a leading zero) gets a tab before it: it is shown as it is.
std::string write_csv(const std::vector<std::vector<std::string>>& rows);

/// The list of a paper with its heading; the columns in their order. Empty: this kind of paper has no list.
std::string csv_of(const PaperForm& form, const PaperData& data);

}  // namespace zige::hub
