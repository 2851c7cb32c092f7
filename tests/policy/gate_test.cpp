#include <algorithm>
#include <limits>
#include <set>

#include "tests/policy/profiles.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

using C = Category;
using Kinds = std::set<InstitutionKind>;
using Categories = std::set<Category>;

const Kinds kMedical = {InstitutionKind::hospital, InstitutionKind::township_hospital,
                        InstitutionKind::community_centre, InstitutionKind::village_clinic, InstitutionKind::clinic};
const Categories kMedicalStaff = {C::physician, C::pharmacist, C::nurse, C::technician, C::settlement_auditor};

struct ScopeRow {
    const char* name;
    const char* tags;
    std::string_view profile;
    Categories medical;
    Categories pharmacy;
    Categories nursing_home;
};
const ScopeRow kScopes[] = {
    {"xinyang", "XY-2", kXinyang, kMedicalStaff, {C::pharmacist, C::pharmacy_principal}, {}},
    {"wuhai", "WH-2", kWuhai, kMedicalStaff, {C::pharmacist, C::pharmacy_principal}, {}},
    {"guangdong_principals_only", "GD-4-1", kGuangdong, kMedicalStaff, {C::pharmacy_principal}, {}},
    {"national_principals_only", "N34-11", kNational, kMedicalStaff, {C::pharmacy_principal}, {}},
    {"jining_care_workers_but_no_auditors_and_no_principals",
     "JN-1-1",
     kJining,
     {C::physician, C::pharmacist, C::nurse, C::technician, C::care_worker},
     {C::pharmacist},
     {C::physician, C::pharmacist, C::nurse, C::technician, C::care_worker}},
};

Categories judged(const Profile& profile, InstitutionKind kind) {
    Categories found;
    for (const auto& [of, category] : profile.scope)
        if (of == kind) found.insert(category);
    return found;
}

struct FlagRow {
    const char* name;
    const char* tags;
    std::vector<std::string_view> profiles;
    bool (*holds)(const Profile&);
};
const FlagRow kFlags[] = {
    {"emergency_frees_from_a_suspension",
     "XY-14-2 N34-16 GD-4-2 JN-5-2",
     {kXinyang, kNational, kWuhai, kGuangdong, kJining},
     [](const Profile& p) { return p.emergency_frees_suspended; }},
    {"emergency_frees_from_a_termination",
     "XY-14-3 N34-16 GD-4-2 JN-5-2",
     {kXinyang, kNational, kWuhai, kGuangdong, kJining},
     [](const Profile& p) { return p.emergency_frees_terminated; }},
    {"a_missing_commitment_denies",
     "N34-21",
     {kNational, kWuhai, kGuangdong},
     [](const Profile& p) { return p.missing_commitment_denies; }},
    {"a_missing_commitment_only_marks",
     "ours:gate.missing_commitment_denies",
     {kXinyang, kJining},
     [](const Profile& p) { return !p.missing_commitment_denies; }},
    {"the_whole_fund_is_closed",
     "XY-14 N34-16 JN-5-2",
     {kXinyang, kNational, kWuhai, kJining},
     [](const Profile& p) { return !p.pooled_fund_only; }},
    {"only_the_pooled_fund_is_closed", "GD-4-2", {kGuangdong}, [](const Profile& p) { return p.pooled_fund_only; }},
    {"no_cost_to_the_patient",
     "JN-5-2 ours:gate.cost_to_patient",
     {kXinyang, kNational, kWuhai, kGuangdong, kJining},
     [](const Profile& p) { return !p.cost_to_patient; }},
    {"an_unwritable_journal_gives_no_answer",
     "ours:gate.unwritable_journal_holds",
     {kXinyang, kNational, kWuhai, kGuangdong, kJining},
     [](const Profile& p) { return !p.unwritable_journal_holds; }},
    {"departure_in_ten_working_days",
     "XY-18 ours:gate.departure_working_days",
     {kXinyang, kNational, kWuhai, kGuangdong, kJining},
     [](const Profile& p) { return p.departure_working_days == 10; }},
    {"fee_a_day_before_the_question",
     "ours:gate.patient_delay_hours",
     {kXinyang, kNational, kWuhai, kGuangdong, kJining},
     [](const Profile& p) { return p.patient_delay_hours == 24; }},
    {"chronic_diseases_by_14",
     "ours:gate.chronic_med_type_prefixes",
     {kXinyang, kNational, kWuhai, kGuangdong, kJining},
     [](const Profile& p) { return p.chronic_med_type_prefixes == std::vector<std::string>{"14"}; }},
    {"emergency_by_13",
     "ours:gate.emergency_med_types",
     {kXinyang, kNational, kWuhai, kGuangdong, kJining},
     [](const Profile& p) { return p.emergency_med_types == std::vector<std::string>{"13"}; }},
};

using std::chrono::hours;
const std::vector<FreshnessLimits> kFreshness = {
    {10, hours{72}, hours{360}, hours{1080}},
    {100, hours{24}, hours{240}, hours{720}},
    {std::numeric_limits<std::uint32_t>::max(), hours{4}, hours{72}, hours{240}},
};

using E = RoleEffect;
/// Sorted by transaction and role, as a profile keeps them.
std::vector<RoleRule> expected_roles() {
    std::vector<RoleRule> rules;
    const auto add = [&](std::vector<Txn> transactions, std::vector<Role> roles, E effect, bool external = false) {
        for (const Txn txn : transactions)
            for (const Role role : roles) rules.push_back({txn, role, effect, external});
    };
    const std::vector<Txn> fees = {Txn::outpatient_fees, Txn::inpatient_fees};
    const std::vector<Txn> pharmacy = {Txn::pharmacy_presettlement, Txn::pharmacy_settlement};
    add({Txn::outpatient_fees, Txn::inpatient_fees, Txn::pre_audit}, {Role::ordering}, E::refuse);
    add(fees, {Role::executing}, E::refuse);
    add(fees, {Role::nurse}, E::refuse_nursing);
    add(fees, {Role::consultant}, E::refuse, true);
    add({Txn::outpatient_registration, Txn::visit_info, Txn::admission},
        {Role::attending, Role::diagnosing, Role::chief}, E::warn);
    add({Txn::settlement_list}, {Role::chief, Role::responsible_nurse, Role::surgeon, Role::anaesthetist}, E::mark);
    add(pharmacy, {Role::prescriber}, E::refuse, true);
    add({Txn::pharmacy_presettlement, Txn::pharmacy_settlement, Txn::goods_sale}, {Role::pharmacist},
        E::refuse_prescription);
    add({Txn::outpatient_settlement, Txn::pharmacy_settlement}, {Role::settlement_operator}, E::refuse_operator);
    std::ranges::sort(rules, {}, [](const RoleRule& rule) { return std::pair{rule.txn, rule.role}; });
    return rules;
}

}  // namespace

TEST_EACH(Gate, judges_the_people_that_the_text_names, kScopes) {
    const Profile& profile = gate_of(row.profile);
    for (const InstitutionKind kind : kMedical) CPPUNIT_ASSERT(row.medical == judged(profile, kind));
    CPPUNIT_ASSERT(row.pharmacy == judged(profile, InstitutionKind::pharmacy));
    CPPUNIT_ASSERT(row.nursing_home == judged(profile, InstitutionKind::nursing_home));
    const std::size_t kinds = kMedical.size() + 1 + (row.nursing_home.empty() ? 0 : 1);
    CPPUNIT_ASSERT_EQUAL(kinds, profile.institution_kinds.size());
}

TEST_EACH(Gate, follows_the_text, kFlags) {
    for (const std::string_view id : row.profiles) CPPUNIT_ASSERT_MESSAGE(std::string(id), row.holds(gate_of(id)));
}

TEST(Gate, tells_the_roles_of_each_transaction_apart) {
    for (const std::string_view id : kAllProfiles)
        CPPUNIT_ASSERT_MESSAGE(std::string(id), expected_roles() == gate_of(id).roles);
}
TAGS(Gate, tells_the_roles_of_each_transaction_apart, "ours:gate.roles");

TEST(Gate, gives_small_institutions_more_time) {
    for (const std::string_view id : kAllProfiles)
        CPPUNIT_ASSERT_MESSAGE(std::string(id), kFreshness == gate_of(id).freshness);
}
TAGS(Gate, gives_small_institutions_more_time, "ours:gate.freshness");
