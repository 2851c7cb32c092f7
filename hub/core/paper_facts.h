#pragma once

#include <optional>
#include <string>

#include "hub/core/environment.h"
#include "hub/core/papers/data.h"
#include "hub/core/papers/kinds.h"
#include "hub/core/policy.h"
#include "hub/core/registry.h"
#include "hub/core/rule_shelf.h"

namespace zige::hub {

struct PaperDecision;

/// Days that a report covers, both inclusive.
struct PaperPeriod {
    std::string words;  ///< "2026年11月"
    Day from{};
    Day to{};
};
/// "2026-11", "2026-Q4" or "2026". time_bad_day.
Result<PaperPeriod> parse_period(std::string_view text);
/// The period that a report of this kind made on `day` covers; nothing: no report.
std::optional<PaperPeriod> period_of(PaperKind kind, Day day);

/// What a paper is about. Empty members: nothing of the kind.
struct PaperSubject {
    PaperKind kind = PaperKind::prior_notice;
    std::string institution;
    std::string person;    ///< code or "#<id>"
    std::string document;  ///< of the decision or sanction
    std::optional<PaperPeriod> period;
    std::uint64_t case_number = 0;  ///< that it is made for; 0: none
};

/// What the hub knows for a paper. Reads only.
class PaperFacts {
public:
    PaperFacts(const Environment& env, const Registry& registry, const Policy& policy, const RuleShelf& shelf)
        : env_(env), registry_(registry), policy_(policy), shelf_(shelf) {}

    /// Completes the subject: the only institution of a person, his "#<id>". person_not_found, person_ambiguous,
    /// institution_not_found; case_missing_field: a person of several institutions, and none was named. Of a case:
    /// its institution, person and document; case_not_found; check_paper_of_case(); case_bad_field: another one than
    /// the case has was named.
    Result<void> complete(PaperSubject& subject) const;
    /// By the names of the fields of the form.
    Result<PaperData> about(const PaperSubject& subject) const;
    /// Of the newest interval against the person at the institution; empty: there is none.
    Result<std::string> newest_document(const PaperSubject& subject) const;

private:
    Result<void> complete_by_case(PaperSubject& subject) const;
    Result<void> add_from_case(const PaperSubject& subject, PaperData& data) const;
    Result<std::optional<Rules>> rules_in_force() const;
    Result<void> add_person(const PaperSubject& subject, PaperData& data) const;
    Result<void> add_document(const PaperSubject& subject, const PersonInfo& person, PaperData& data) const;
    Result<PaperData> row_of(const PaperDecision& decision, const Profile& profile) const;
    Result<void> add_period(const PaperSubject& subject, PaperData& data) const;

    Environment env_;
    const Registry& registry_;
    const Policy& policy_;
    const RuleShelf& shelf_;
};

/// "2026年11月22日"
std::string chinese(Day day);

}  // namespace zige::hub
