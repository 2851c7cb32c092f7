#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/core/roster_row.h"
#include "shared/base/bytes.h"
#include "shared/domain/ids.h"
#include "shared/ports/text_decoder.h"

namespace zige::hub {

/// Caps on a roster file (人员名册): it comes from outside.
inline constexpr std::size_t kMaxRosterBytes = 64U << 20;
inline constexpr std::size_t kMaxRosterLineBytes = 4096;
inline constexpr std::size_t kMaxRosterColumns = 32;
inline constexpr std::size_t kMaxRosterLines = 400'000;

/// The layouts that institutions export from the national code database: tabs, no header.
enum class RosterLayout {
    gb001,  ///< doctors, 16 columns
    gb002,  ///< nurses, 14
    gb004,  ///< pharmacists, 13; of a pharmacy also its principal
    gb005,  ///< technicians, 13
};
const char* to_string(RosterLayout layout);
std::optional<RosterLayout> roster_layout_from(std::string_view name);

enum class RosterEncoding { utf8, utf8_with_bom, gb18030 };
const char* to_string(RosterEncoding encoding);

/// What is wrong with a line. `detail` is English and never shows a whole identity number.
struct RosterIssue {
    std::uint32_t line = 0;
    std::string field;  ///< stable name, "identity_number"; "line" when no single field is at fault
    ErrorId id{};
    std::string detail;
    bool imported = false;  ///< a warning: the line went in all the same
    bool operator==(const RosterIssue&) const = default;
};

struct Roster {
    RosterLayout layout = RosterLayout::gb001;
    RosterEncoding encoding = RosterEncoding::utf8;
    std::size_t lines = 0;            ///< that hold anything, without a heading
    std::vector<RosterRow> rows;      ///< identity numbers are sensitive: they go to the vault and nowhere else
    std::vector<RosterIssue> issues;  ///< by line
};

struct RosterOptions {
    InstitutionCode institution;
    std::optional<RosterLayout> layout;  ///< nothing: found out from the codes, then from the number of columns
    Day today{};                         ///< a contract that ended before it is a warning (P11: never an ineligibility)
    std::function<void(std::size_t done_bytes, std::size_t all_bytes)> progress;  ///< may be empty
};

/// Reads a roster. Lines that cannot go in are issues, not errors. Pure. `decoder` reads GB18030 (GBK is its subset).
/// roster_too_large, roster_empty, roster_unreadable_text (UTF-16), roster_unknown_layout: nothing of the file is
/// usable.
Result<Roster> read_roster(ByteView file, const RosterOptions& options, const TextDecoder& decoder);

/// Chinese heading of a column by its stable name, for reports: "identity_number" -> "身份证件号码".
std::string_view roster_field_label(std::string_view field);

}  // namespace zige::hub
