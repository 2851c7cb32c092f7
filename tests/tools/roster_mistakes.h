#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/tools/roster_maker.h"

namespace zige::testing {

/// What goes wrong in real exports.
enum class Mistake {
    bad_checksum,
    old_identity_number,
    impossible_birth,
    lower_case_x,
    no_code,
    unusual_code,
    person_twice,
    left,
    unclear_state,
    contract_ended,
    bad_day,
    extra_column,
    missing_column,
    trailing_tabs,
    wrong_institution,
    rare_character,
    lost_character,
    damaged_bytes,
};

/// Columns that all layouts begin with.
enum Place : std::size_t {
    kInstitution,
    kInstitutionName,
    kCode,
    kName,
    kSex,
    kType,
    kIdentity,
    kState,
    kFrom,
    kUntil
};

/// Becomes a byte that no encoding has, once the line is encoded.
inline constexpr char kDamage = '\x01';

using Columns = std::vector<std::string>;

/// Spoils a line and says what the reader must report; nothing when the line goes in without a word.
std::optional<ExpectedIssue> make_mistake(Mistake mistake, Columns& columns);

}  // namespace zige::testing
