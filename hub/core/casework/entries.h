#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "hub/core/casework/procedure.h"

namespace zige::hub {

enum class EntryKind : std::uint8_t {
    text,
    day,
    number,
    yes,  ///< "yes": somebody looked at the paper; "filed": the institution filed it, its paper follows
    choice
};

/// Longest text of an entry: a statement of a thousand Chinese characters.
inline constexpr std::size_t kMaxEntryText = 3000;

/// What is entered with a step. One table for the check, the command line and its help.
struct StepEntry {
    CaseStep step = CaseStep::facts;
    SetOf<CaseKind> kinds;  ///< of a case in which the step has it
    const char* name = "";
    EntryKind kind = EntryKind::text;
    bool required = false;
    const char* choices = "";  ///< of a choice: "oral|written"
    const char* zh = "";
    const char* en = "";
};
std::span<const StepEntry> step_entries();
/// Those of one step in one kind of case.
std::vector<const StepEntry*> entries_of(CaseStep step, CaseKind kind);
/// Does the step say yes or no?
bool has_opinion(CaseStep step);

/// Each value by its row; case_missing_field, case_bad_field: `field` is the name, `detail` the reason.
Result<void> check_entries(const Track& track, const StepTaken& step, const Rules& rules);

/// case_bad_field: too long, or with control characters; entries stand in the ledger and on terminals.
Result<void> check_entry_text(std::string_view field, std::string_view text);

/// "loss_share=40,penalty=1": facts as a person enters them. case_bad_field.
Result<std::vector<std::pair<CaseFact, std::int64_t>>> facts_from(std::string_view text);

}  // namespace zige::hub
