#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/ports/text_decoder.h"

namespace zige::daemon {

inline constexpr std::size_t kMaxCsvBytes = 256U << 20;
inline constexpr std::size_t kMaxCsvColumns = 200;
inline constexpr std::size_t kMaxCsvField = 4096;

/// A table with a heading, as spreadsheets and HIS programs write it: commas or tabs, quotes doubled, UTF-8 or GBK.
struct CsvTable {
    std::vector<std::string> heading;
    std::vector<std::vector<std::string>> rows;  ///< each as long as the heading
    std::vector<std::size_t> lines;              ///< on which each row begins, from 1
};
/// file_bad_encoding; roster-like errors of a table are usage_bad_argument with the line: no heading, a row of another
/// length, a quote that does not end, a field or heading that is too long.
Result<CsvTable> read_csv(std::string_view bytes, const TextDecoder& gbk);

/// One row, quoted where it must be, with its line end. A cell that a spreadsheet would take for a formula gets a
/// quote.
std::string csv_row(const std::vector<std::string>& cells);

}  // namespace zige::daemon
