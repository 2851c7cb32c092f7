#pragma once

#include <span>
#include <string>
#include <vector>

#include "hub/core/roster/roster.h"

namespace zige::hub {

/// What a column means to us. The rest of the layout is read past.
enum class Column {
    institution_code,
    institution_name,
    code,
    name,
    sex,
    certificate_type,
    identity_number,
    state,
    contract_from,
    contract_until,
    licence,
    licence_institution,
    practice_category,
    practice_scope,
    practice_level,
    title,
};
const char* to_string(Column column);
std::string_view label_of(Column column);  ///< Chinese heading

std::span<const Column> columns_of(RosterLayout layout);
Category category_of(RosterLayout layout);

/// The layout by what most codes look like, else by the number of columns (13 fits two layouts: nothing).
std::optional<RosterLayout> detect_layout(const std::vector<std::vector<std::string>>& lines);

}  // namespace zige::hub
