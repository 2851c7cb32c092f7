#include "shared/domain/profile.h"

#include <algorithm>

#include "tests/support/testing.h"

using namespace zige;

namespace {

using std::chrono::hours;

struct ScopeRow {
    const char* name;
    InstitutionKind kind;
    Category category;
    bool judged;
};
const ScopeRow kScope[] = {
    {"physicians_of_a_hospital", InstitutionKind::hospital, Category::physician, true},
    {"nurses_of_a_township_hospital", InstitutionKind::township_hospital, Category::nurse, true},
    {"pharmacists_of_a_community_centre", InstitutionKind::community_centre, Category::pharmacist, true},
    {"technicians_of_a_clinic", InstitutionKind::clinic, Category::technician, true},
    {"physicians_of_a_village_clinic", InstitutionKind::village_clinic, Category::physician, true},
    {"auditors_of_a_hospital", InstitutionKind::hospital, Category::settlement_auditor, true},
    {"principals_of_a_pharmacy", InstitutionKind::pharmacy, Category::pharmacy_principal, true},
    {"pharmacists_of_a_pharmacy", InstitutionKind::pharmacy, Category::pharmacist, true},
    {"no_auditors_of_a_pharmacy", InstitutionKind::pharmacy, Category::settlement_auditor, false},
    {"no_principals_of_a_hospital", InstitutionKind::hospital, Category::pharmacy_principal, false},
    {"no_care_workers", InstitutionKind::hospital, Category::care_worker, false},
    {"no_nursing_homes", InstitutionKind::nursing_home, Category::physician, false},
};

struct RoleRow {
    const char* name;
    Txn txn;
    std::vector<Role> roles;
    std::optional<RoleRule> rule;  // txn and role are those of the row
};
RoleRule effect(RoleEffect effect, bool external = false) { return {{}, {}, effect, external}; }
const RoleRow kRoles[] = {
    {"ordering_in_2204_refuses", Txn::outpatient_fees, {Role::ordering, Role::executing}, effect(RoleEffect::refuse)},
    {"ordering_in_2301_refuses", Txn::inpatient_fees, {Role::ordering, Role::executing}, effect(RoleEffect::refuse)},
    {"ordering_in_3101_refuses", Txn::pre_audit, {Role::ordering}, effect(RoleEffect::refuse)},
    {"executing_in_3101_is_not_judged", Txn::pre_audit, {Role::executing}, {}},
    {"nurses_in_2204_refuse_nursing", Txn::outpatient_fees, {Role::nurse}, effect(RoleEffect::refuse_nursing)},
    {"nurses_in_2301_refuse_nursing", Txn::inpatient_fees, {Role::nurse}, effect(RoleEffect::refuse_nursing)},
    {"consultants_may_be_from_outside", Txn::inpatient_fees, {Role::consultant}, effect(RoleEffect::refuse, true)},
    {"registration_2201_warns",
     Txn::outpatient_registration,
     {Role::attending, Role::diagnosing, Role::chief},
     effect(RoleEffect::warn)},
    {"visit_2203_warns", Txn::visit_info, {Role::attending, Role::diagnosing, Role::chief}, effect(RoleEffect::warn)},
    {"admission_2401_warns",
     Txn::admission,
     {Role::attending, Role::diagnosing, Role::chief},
     effect(RoleEffect::warn)},
    {"settlement_list_4101_marks",
     Txn::settlement_list,
     {Role::chief, Role::responsible_nurse, Role::surgeon, Role::anaesthetist},
     effect(RoleEffect::mark)},
    {"prescribers_in_2102_may_be_from_outside",
     Txn::pharmacy_settlement,
     {Role::prescriber},
     effect(RoleEffect::refuse, true)},
    {"prescribers_in_2101_may_be_from_outside",
     Txn::pharmacy_presettlement,
     {Role::prescriber},
     effect(RoleEffect::refuse, true)},
    {"pharmacists_in_2101", Txn::pharmacy_presettlement, {Role::pharmacist}, effect(RoleEffect::refuse_prescription)},
    {"pharmacists_in_2102", Txn::pharmacy_settlement, {Role::pharmacist}, effect(RoleEffect::refuse_prescription)},
    {"pharmacists_in_3505", Txn::goods_sale, {Role::pharmacist}, effect(RoleEffect::refuse_prescription)},
    {"operators_in_2207", Txn::outpatient_settlement, {Role::settlement_operator}, effect(RoleEffect::refuse_operator)},
    {"operators_in_2102", Txn::pharmacy_settlement, {Role::settlement_operator}, effect(RoleEffect::refuse_operator)},
    {"ordering_in_4101_is_not_judged", Txn::settlement_list, {Role::ordering}, {}},
};

struct LimitRow {
    const char* name;
    std::size_t people;
    hours fresh, aged, stale;
};
const LimitRow kLimits[] = {
    {"nobody", 0, hours{72}, hours{15 * 24}, hours{45 * 24}},
    {"ten_people", 10, hours{72}, hours{15 * 24}, hours{45 * 24}},
    {"eleven_people", 11, hours{24}, hours{10 * 24}, hours{30 * 24}},
    {"a_hundred_people", 100, hours{24}, hours{10 * 24}, hours{30 * 24}},
    {"a_hundred_and_one_people", 101, hours{4}, hours{3 * 24}, hours{10 * 24}},
    {"ten_thousand_people", 10'000, hours{4}, hours{3 * 24}, hours{10 * 24}},
};

struct ArticleRow {
    const char* name;
    std::uint16_t number;
    const char* text;
};
const ArticleRow kArticles[] = {
    {"for_suspended", henan_xinyang().article_suspended, "信医保〔2025〕1号 第十四条第（二）项"},
    {"for_terminated", henan_xinyang().article_terminated, "信医保〔2025〕1号 第十四条第（三）项"},
    {"for_departed", henan_xinyang().article_departed, "信医保〔2025〕1号 第十八条"},
    {"for_not_registered", henan_xinyang().article_not_registered, "信医保〔2025〕1号 第九条"},
    {"for_commitment", henan_xinyang().article_no_commitment, "信医保〔2025〕1号 第八条"},
    {"for_agreement", henan_xinyang().article_agreement, "信医保〔2025〕1号 第三十九条"},
    {"number_0_is_none", 0, ""},
    {"a_number_beyond_the_last_is_none", 999, ""},
};

}  // namespace

TEST_EACH(Profile, of_xinyang_judges, kScope) {
    CPPUNIT_ASSERT_EQUAL(row.judged, henan_xinyang().in_scope(row.kind, row.category));
}

TEST_EACH(Profile, of_xinyang_has_the_roles, kRoles) {
    for (const Role role : row.roles) {
        const RoleRule* rule = henan_xinyang().rule(row.txn, role);
        CPPUNIT_ASSERT_EQUAL(row.rule.has_value(), rule != nullptr);
        if (rule == nullptr) continue;
        CPPUNIT_ASSERT_EQUAL(row.rule->effect, rule->effect);
        CPPUNIT_ASSERT_EQUAL(row.rule->external, rule->external);
    }
}

TEST(Profile, of_xinyang_has_no_other_roles) { CPPUNIT_ASSERT_EQUAL(std::size_t{29}, henan_xinyang().roles.size()); }

TEST_EACH(Profile, of_xinyang_limits_the_age_of_the_copy_for, kLimits) {
    const FreshnessLimits& limits = henan_xinyang().limits_for(row.people);
    CPPUNIT_ASSERT_EQUAL(row.fresh, limits.fresh);
    CPPUNIT_ASSERT_EQUAL(row.aged, limits.aged);
    CPPUNIT_ASSERT_EQUAL(row.stale, limits.stale);
}

TEST_EACH(Profile, of_xinyang_cites, kArticles) {
    CPPUNIT_ASSERT_EQUAL(std::string(row.text), std::string(henan_xinyang().article(row.number)));
}

TEST(Profile, of_xinyang_has_the_values_of_the_text) {
    const Profile& profile = henan_xinyang();
    CPPUNIT_ASSERT_EQUAL(std::string("henan-xinyang"), profile.id);
    CPPUNIT_ASSERT(profile.emergency_frees_suspended);
    CPPUNIT_ASSERT(profile.emergency_frees_terminated);
    CPPUNIT_ASSERT(!profile.missing_commitment_denies);
    CPPUNIT_ASSERT(!profile.pooled_fund_only);
    CPPUNIT_ASSERT(!profile.cost_to_patient);
    CPPUNIT_ASSERT_EQUAL(std::uint16_t{10}, profile.departure_working_days);
    CPPUNIT_ASSERT_EQUAL(std::vector<std::string>{"14"}, profile.chronic_med_type_prefixes);
    CPPUNIT_ASSERT_EQUAL(std::vector<std::string>{"13"}, profile.emergency_med_types);
}

TEST(Profile, uses_the_last_limits_for_more_people_than_any_row_has) {
    Profile profile = henan_xinyang();
    profile.freshness.pop_back();
    CPPUNIT_ASSERT_EQUAL(hours{24}, profile.limits_for(500).fresh);
}
