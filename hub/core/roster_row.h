#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/base/codes.h"
#include "shared/base/result.h"
#include "shared/base/time.h"
#include "shared/domain/ids.h"

namespace zige::hub {

/// One good line of an exported roster, as its parser read it. Text is UTF-8, trimmed, without NUL.
struct RosterRow {
    std::uint32_t line = 0;     ///< of the file, from 1
    std::string institution;    ///< 医疗机构编码 as the line says; empty: not in the layout
    std::string national_code;  ///< 医保医师/护士/... 代码; may be empty
    std::string name;
    std::string certificate_type;    ///< "01" resident identity card ...
    std::string certificate_number;  ///< checked by the parser for type 01, X in upper case; never empty
    std::string licence_number;      ///< 执业证书编码; may be empty
    Category category = Category::physician;
    Post post = Post::staff;  ///< principal: stands on the pharmacy's licence as 主要负责人
    std::string department;   ///< code; may be empty
    std::optional<Day> contract_from;
    std::optional<Day> contract_until;  ///< raises no refusal when past (P11)
    bool left = false;                  ///< 人员状态 离职
    bool operator==(const RosterRow&) const = default;
};

struct RosterProblem {
    std::uint32_t line = 0;
    Error error;
    bool imported = false;  ///< only a value of the line was left out
    bool operator==(const RosterProblem&) const = default;
};

/// What an import did. A second run of the same roster gives unchanged + ended == rows and seq 0.
struct ImportReport {
    std::uint32_t added = 0;
    std::uint32_t restarted = 0;  ///< registered again after a departure, with a new registration number
    std::uint32_t changed = 0;
    std::uint32_t unchanged = 0;
    std::uint32_t ended = 0;  ///< left here, and the line has no first day after that: nobody comes back by it
    std::uint32_t known_elsewhere = 0;   ///< of the added: already a person of another institution
    std::uint32_t not_eligible_now = 0;  ///< of all rows: suspended or terminated, and stay so
    std::uint32_t aliases_added = 0;
    Seq seq;                              ///< publish number; 0: nothing changed
    std::vector<RosterProblem> problems;  ///< in the order of the lines
};

}  // namespace zige::hub
