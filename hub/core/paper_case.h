#pragma once

#include <string>
#include <string_view>

#include "hub/core/casework/case_file.h"
#include "hub/core/papers/data.h"
#include "hub/core/rules/career.h"

namespace zige::hub {

/// A case as papers tell of it, for one person.
struct CaseOfPaper {
    const CaseFile& file;
    const CasePerson& person;
    const Career& career;
    Setting setting;           ///< the rules of the case: its steps and limits
    const Rules& proposed_by;  ///< those of the day of handling, by which points are proposed and decided
};

/// case_bad_field: a case of this kind has no such paper; case_step_missing: what the paper tells of did not happen yet.
Result<void> check_paper_of_case(PaperKind kind, const CaseFile& file, const CasePerson& person);
/// Number of the document that the paper is about; empty: none yet.
std::string document_of_paper(PaperKind kind, const CaseFile& file, const CasePerson& person);
/// Facts, reasons, statements and days that stand in the case, by the names of the fields; what is there stays.
void add_case(PaperKind kind, const CaseOfPaper& from, PaperData& data);
/// What a person may word in his own way, whatever the case says; all else is as the case has it.
bool is_free_text(std::string_view field);

/// Person of the case that the paper is about: `who` ("#id"), or the only one. case_missing_field, case_bad_field.
Result<const CasePerson*> person_of_paper(CaseFile& file, const std::string& who);

}  // namespace zige::hub
