#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/roster/roster.h"

namespace zige::hub {

/// A line of the file as it came, without its end (LF or CRLF). Views into the file.
struct RawLine {
    std::uint32_t number = 0;  ///< from 1, empty lines counted
    ByteView bytes;
    std::size_t end_offset = 0;  ///< for progress
};

/// Lines that hold something. Splitting before decoding is safe: no byte of a GB18030 or UTF-8 character of more than
/// one byte is a line end or a tab.
std::vector<RawLine> split_lines(ByteView file);

/// A byte order mark decides; else UTF-8 when at least half of the lines that are not plain ASCII are valid UTF-8:
/// a line of GB18030 hardly ever is.
/// Nothing for UTF-16.
std::optional<RosterEncoding> detect_encoding(ByteView file, const std::vector<RawLine>& lines);

/// The columns of one decoded line, outer blanks (ideographic ones too) removed: parted by tabs; a line without any,
/// but with at least ten commas, was saved as CSV (RFC 4180, one line a record).
std::vector<std::string> split_columns(std::string_view text);

/// Code points that GBK software loses: extension blocks, private use; U+FFFD and '?' stand where one was lost before.
enum class RareCharacter { none, outside_gbk, lost };
RareCharacter rare_character(std::string_view utf8_name);  ///< `utf8_name` is valid

}  // namespace zige::hub
