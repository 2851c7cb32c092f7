#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/codes.h"
#include "shared/base/time.h"

namespace zige {

/// What an ineligible person in this role does to the line (profile table, [D] defaults in docs).
struct RoleRule {
    Txn txn = Txn::outpatient_fees;
    Role role = Role::ordering;
    RoleEffect effect = RoleEffect::refuse;
    bool external = false;  ///< codes of people of other institutions are to be expected (outside prescribers)
    bool operator==(const RoleRule&) const = default;
};

/// Age limits of the copy for institutions of up to `max_people` people.
struct FreshnessLimits {
    std::uint32_t max_people = 0;  ///< inclusive; the last row has the largest number
    std::chrono::hours fresh{};
    std::chrono::hours aged{};
    std::chrono::hours stale{};
    bool operator==(const FreshnessLimits&) const = default;
};

/// The gate's part of a policy profile (政策参数): what an agent needs to judge. Never edited once used.
struct Profile {
    std::string id;           ///< "henan-xinyang"
    std::uint32_t version = 0;
    /// What the numbers in intervals and grounds point to, e.g. "信医保〔2025〕1号 第十四条"; the first is number 1, 0 is none.
    std::vector<std::string> articles;
    std::uint16_t article_suspended = 0;      ///< default articles for grounds that carry none of their own
    std::uint16_t article_terminated = 0;
    std::uint16_t article_departed = 0;
    std::uint16_t article_not_registered = 0;
    std::uint16_t article_no_commitment = 0;
    std::uint16_t article_agreement = 0;
    bool emergency_frees_suspended = true;
    bool emergency_frees_terminated = true;
    bool missing_commitment_denies = false;   ///< N34 21 yes; default: allow_marked with an overdue duty
    bool pooled_fund_only = false;            ///< GD: account_only instead of deny
    bool cost_to_patient = false;             ///< JN forbids passing a refused fee on to the patient
    bool unwritable_journal_holds = false;    ///< `hold` instead of the error not_recorded
    std::uint16_t departure_working_days = 10;  ///< XY 18
    std::uint16_t patient_delay_hours = 24;
    std::vector<InstitutionKind> institution_kinds;                 ///< in scope
    std::vector<std::pair<InstitutionKind, Category>> scope;        ///< categories judged per kind; others: not_judged
    std::vector<RoleRule> roles;                                    ///< sorted by (txn, role); a pair that is missing is not judged
    std::vector<FreshnessLimits> freshness;                         ///< ascending max_people
    std::vector<std::string> chronic_med_type_prefixes;             ///< "14": pass marked when expired
    std::vector<std::string> emergency_med_types;                   ///< "13": counts as declared by kind
    bool operator==(const Profile&) const = default;

    /// Null: this role is not judged in this transaction.
    const RoleRule* rule(Txn txn, Role role) const;
    bool in_scope(InstitutionKind kind, Category category) const;
    /// The first row that has room for `people`, else the last one; `freshness` must not be empty.
    const FreshnessLimits& limits_for(std::size_t people) const;
    std::string_view article(std::uint16_t number) const;  ///< empty if there is none
};

/// The profile that tests and a new hub start from: equal to packaging's henan-xinyang profile file (a test compares them).
const Profile& henan_xinyang();

}  // namespace zige
