#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <limits>

#include "shared/base/result.h"
#include "shared/domain/profile.h"

// Values marked [ours] stand where the text is silent; docs/rules.md lists them as undecided until a bureau confirms
// them.

namespace zige {
namespace {

/// The articles of 信医保〔2025〕1号 that a ground or a sanction may cite; the place + 1 is the number.
constexpr const char* kArticles[] = {
    "信医保〔2025〕1号 第八条",              // service commitment
    "信医保〔2025〕1号 第九条",              // registration of all who serve
    "信医保〔2025〕1号 第十四条第（二）项",  // suspended: not settled
    "信医保〔2025〕1号 第十四条第（三）项",  // terminated: not settled
    "信医保〔2025〕1号 第十七条",            // licence to practise lost
    "信医保〔2025〕1号 第十八条",            // leaving: update within 10 working days
    "信医保〔2025〕1号 第三十五条",          // restored after evaluation
    "信医保〔2025〕1号 第三十九条",          // agreement suspended or ended
    "信医保〔2025〕1号 第四十条第（四）项",  // 9 points
    "信医保〔2025〕1号 第四十条第（五）项",  // 10 points
    "信医保〔2025〕1号 第四十条第（六）项",  // 11 points
    "信医保〔2025〕1号 第四十条第（七）项",  // 12 points in a year
    "信医保〔2025〕1号 第四十条第（八）项",  // 12 points at once
    "信医保〔2025〕1号 第四十五条",          // other places of practice follow
    "信医保〔2025〕1号 第四十六条",          // other stores of a principal follow
};

std::uint16_t article_number(std::string_view text) {
    const auto* const at = std::ranges::find(kArticles, text);
    expect(at != std::end(kArticles), "an article of the profile");
    return static_cast<std::uint16_t>(at - std::begin(kArticles) + 1);
}

void add_rules(Profile& profile, std::initializer_list<Txn> txns, std::initializer_list<Role> roles, RoleEffect effect,
               bool external = false) {
    for (const Txn txn : txns)
        for (const Role role : roles) profile.roles.push_back({txn, role, effect, external});
}

/// Who is judged where and with what effect [ours].
void add_roles(Profile& profile) {
    using enum Txn;
    using enum Role;
    add_rules(profile, {outpatient_fees, inpatient_fees, pre_audit}, {ordering}, RoleEffect::refuse);
    add_rules(profile, {outpatient_fees, inpatient_fees}, {executing}, RoleEffect::refuse);
    add_rules(profile, {outpatient_fees, inpatient_fees}, {nurse}, RoleEffect::refuse_nursing);
    add_rules(profile, {outpatient_fees, inpatient_fees}, {consultant}, RoleEffect::refuse, true);
    add_rules(profile, {outpatient_registration, visit_info, admission}, {attending, diagnosing, chief},
              RoleEffect::warn);
    add_rules(profile, {settlement_list}, {chief, responsible_nurse, surgeon, anaesthetist}, RoleEffect::mark);
    add_rules(profile, {pharmacy_presettlement, pharmacy_settlement}, {prescriber}, RoleEffect::refuse, true);
    add_rules(profile, {pharmacy_presettlement, pharmacy_settlement, goods_sale}, {pharmacist},
              RoleEffect::refuse_prescription);
    add_rules(profile, {outpatient_settlement, pharmacy_settlement}, {settlement_operator},
              RoleEffect::refuse_operator);
    std::ranges::sort(profile.roles, {}, [](const RoleRule& rule) { return std::pair{rule.txn, rule.role}; });
}

/// XY 2: medical institutions with their staff and settlement auditors, pharmacies with principal and pharmacists.
void add_scope(Profile& profile) {
    using enum InstitutionKind;
    using enum Category;
    for (const InstitutionKind kind : {hospital, township_hospital, community_centre, village_clinic, clinic}) {
        profile.institution_kinds.push_back(kind);
        for (const Category category :
             {physician, Category::pharmacist, Category::nurse, technician, settlement_auditor})
            profile.scope.emplace_back(kind, category);
    }
    profile.institution_kinds.push_back(pharmacy);
    profile.scope.emplace_back(pharmacy, Category::pharmacist);
    profile.scope.emplace_back(pharmacy, pharmacy_principal);
}

/// How old a copy may be [ours].
void add_freshness(Profile& profile) {
    using std::chrono::hours;
    constexpr hours kDay{24};
    profile.freshness = {
        {10, hours{72}, 15 * kDay, 45 * kDay},
        {100, hours{24}, 10 * kDay, 30 * kDay},
        {std::numeric_limits<std::uint32_t>::max(), hours{4}, 3 * kDay, 10 * kDay},
    };
}

Profile make_henan_xinyang() {
    Profile profile;
    profile.id = "henan-xinyang";
    profile.version = 1;
    profile.articles.assign(std::begin(kArticles), std::end(kArticles));
    profile.article_suspended = article_number("信医保〔2025〕1号 第十四条第（二）项");
    profile.article_terminated = article_number("信医保〔2025〕1号 第十四条第（三）项");
    profile.article_departed = article_number("信医保〔2025〕1号 第十八条");
    profile.article_not_registered = article_number("信医保〔2025〕1号 第九条");
    profile.article_no_commitment = article_number("信医保〔2025〕1号 第八条");
    profile.article_agreement = article_number("信医保〔2025〕1号 第三十九条");
    profile.emergency_frees_suspended = true;    // XY 14(二)
    profile.emergency_frees_terminated = true;   // XY 14(三)
    profile.missing_commitment_denies = false;   // XY 8 names no consequence for settlement
    profile.pooled_fund_only = false;            // XY 14: 不予结算, all funds
    profile.cost_to_patient = false;             // [ours] XY is silent
    profile.unwritable_journal_holds = false;    // [ours]
    profile.departure_working_days = 10;         // XY 18
    profile.patient_delay_hours = 24;            // [ours]
    profile.chronic_med_type_prefixes = {"14"};  // [ours] 门诊慢特病
    profile.emergency_med_types = {"13"};        // [ours] 急诊
    add_scope(profile);
    add_roles(profile);
    add_freshness(profile);
    return profile;
}

}  // namespace

const Profile& henan_xinyang() {
    static const Profile profile = make_henan_xinyang();
    return profile;
}

}  // namespace zige
