#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/core/casework/procedure.h"
#include "hub/core/ports/store.h"
#include "shared/domain/ids.h"

namespace zige::hub {

/// Caps of what one case holds.
inline constexpr std::size_t kMaxCasePeople = 100;
inline constexpr std::size_t kMaxCaseSteps = 5000;

/// One person in a case.
struct CasePerson {
    PersonId person;  ///< whose file it is; of two that proved to be one person, the kept one
    PersonId listed;  ///< as the case was opened
    std::string name;
    Track track;
};

/// A case (案件) as it is stored: one matter, one institution, one person or several.
struct CaseFile {
    std::uint64_t number = 0;
    CaseKind kind = CaseKind::scoring;
    std::string institution;
    Day opened_on{};
    std::string opened_by;
    std::string text;      ///< what it is about
    std::string document;  ///< of the decision that an application is about; empty: none
    std::string filing;    ///< UUID of the filing that opened it; empty: none
    std::string reviewer;  ///< bureau above that may review
    std::string rules;     ///< id and version of the rules that it is judged by
    std::uint32_t rules_version = 0;
    std::vector<CasePerson> people;

    bool open() const;
    CasePerson* find(PersonId person);
};

/// Number of the notice that somebody's case is about: the one that it decided, else the one that it was opened about.
std::string notice_of(const CaseFile& file, const Track& track);

/// case_not_found.
Result<CaseFile> load_case(Tx& tx, std::uint64_t number);
/// Numbers of the cases in which somebody is not done, ascending.
Result<std::vector<std::uint64_t>> open_cases(Tx& tx);
Result<std::vector<std::uint64_t>> all_cases(Tx& tx);
Result<std::vector<std::uint64_t>> cases_of(Tx& tx, PersonId person);

/// A new case; gives its number.
Result<std::uint64_t> store_case(Tx& tx, const CaseFile& file, Instant now);
/// The newest step of the track, and the state that it led to.
Result<void> store_step(Tx& tx, std::uint64_t number, const CasePerson& person);

}  // namespace zige::hub
