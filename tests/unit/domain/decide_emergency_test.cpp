// What a declared emergency frees from, and what it does not.
#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

struct Row {
    const char* name;
    void (*arrange)(Scene&);
    std::string_view code;
    Outcome without;
    Outcome with;
    Ground ground;
};
void expire(Scene& scene) { scene.now.copy_as_of = scene.now.wall - std::chrono::hours{24 * 60}; }
void expire_strict(Scene& scene) {
    expire(scene);
    scene.parts.institution.strict = true;
}
const Row kRows[] = {
    {"frees_from_suspended", [](Scene& s) { s.person(kZhang).standing = {suspended("2026-01-01"_day)}; }, kZhang,
     Outcome::deny, Outcome::allow_marked, Ground::suspended},
    {"frees_from_terminated", [](Scene& s) { s.person(kZhang).standing = {terminated("2026-01-01"_day)}; }, kZhang,
     Outcome::deny, Outcome::allow_marked, Ground::terminated},
    {"frees_from_not_registered", [](Scene&) {}, kStranger, Outcome::deny, Outcome::allow_marked,
     Ground::not_registered},
    {"frees_from_a_registration_that_comes_later",
     [](Scene& s) { s.person(kZhang).registered_from = "2026-12-01"_day; }, kZhang, Outcome::deny,
     Outcome::allow_marked, Ground::not_registered},
    {"frees_from_unmapped", [](Scene&) {}, "0999", Outcome::hold, Outcome::allow_marked, Ground::unmapped},
    {"frees_from_no_commitment",
     [](Scene& s) {
         s.parts.profile.missing_commitment_denies = true;
         s.person(kZhang).commitment.kind = CommitmentKind::missing;
     },
     kZhang, Outcome::deny, Outcome::allow_marked, Ground::no_commitment},
    {"frees_from_age", expire, kZhang, Outcome::hold, Outcome::allow_marked, Ground::copy_expired},
    {"frees_from_age_of_a_strict_institution", expire_strict, kZhang, Outcome::deny, Outcome::allow_marked,
     Ground::copy_expired},
    {"does_not_free_from_departed", [](Scene& s) { s.person(kZhang).last_day = "2026-01-01"_day; }, kZhang,
     Outcome::deny, Outcome::deny, Ground::departed},
    {"does_not_free_from_a_stopped_agreement", [](Scene& s) { s.stop("2026-01-01"_day, {}); }, kZhang, Outcome::deny,
     Outcome::deny, Ground::agreement_stopped},
    {"does_not_free_from_a_stopped_department", [](Scene& s) { s.stop("2026-01-01"_day, {}, "0301"); }, kZhang,
     Outcome::deny, Outcome::deny, Ground::department_stopped},
    {"does_not_free_from_ambiguous",
     [](Scene& s) {
         s.parts.aliases.push_back({{201}, {1}, "0777"});
         s.parts.aliases.push_back({{202}, {2}, "0777"});
     },
     "0777", Outcome::hold, Outcome::hold, Ground::ambiguous},
    {"does_not_free_from_a_time_ahead", [](Scene& s) { s.now.wall -= std::chrono::hours{1}; }, kZhang, Outcome::hold,
     Outcome::hold, Ground::fee_in_future},
    {"does_not_free_from_the_history", [](Scene& s) { s.parts.institution.history_from = "2026-12-01"_day; }, kZhang,
     Outcome::hold, Outcome::hold, Ground::history_too_old},
};

struct ClaimRow {
    const char* name;
    EmergencyDeclaration declaration;
    std::string_view med_type;
    bool frees;
};
const ClaimRow kClaims[] = {
    {"rescue", {EmergencyKind::rescue, "抢救", "李主任"}, "", true},
    {"emergency", {EmergencyKind::emergency, "急诊", "李主任"}, "", true},
    {"special_case", {EmergencyKind::special, "其他", "李主任"}, "", true},
    {"no_kind", {EmergencyKind::none, "抢救", "李主任"}, "", false},
    {"no_reason", {EmergencyKind::rescue, "", "李主任"}, "", false},
    {"nobody_who_declares", {EmergencyKind::rescue, "抢救", ""}, "", false},
    {"medical_type_13", {}, "13", true},
    {"medical_type_11", {}, "11", false},
    {"a_medical_type_that_begins_with_13", {}, "1301", false},
    {"a_medical_type_that_is_cut_off", {}, "1", false},
    {"no_declaration", {}, "", false},
};

struct FlagRow {
    const char* name;
    bool suspended_freed;
    bool terminated_freed;
};
const FlagRow kFlags[] = {{"both", true, true}, {"suspended_only", true, false}, {"neither", false, false}};

Scene with_suspended_doctor() {
    Scene scene;
    scene.person(kZhang).standing = {suspended("2026-01-01"_day)};
    return scene;
}

bool by_hand(Ground ground) {
    return ground == Ground::departed || ground == Ground::agreement_stopped || ground == Ground::department_stopped;
}

}  // namespace

TEST_EACH(DecideEmergency, a_declaration, kRows) {
    Scene scene;
    row.arrange(scene);
    const Judged plain = scene.judge(ordered_by(row.code));
    CPPUNIT_ASSERT_EQUAL(row.without, plain->judged);
    CPPUNIT_ASSERT_EQUAL(std::vector{row.ground}, plain.grounds());
    CPPUNIT_ASSERT_EQUAL(advice_of(row.ground), plain->advice);

    const Judged declared = scene.judge(rescued(ordered_by(row.code)));
    CPPUNIT_ASSERT_EQUAL(row.with, declared->judged);
    CPPUNIT_ASSERT_EQUAL(row.ground, declared->grounds[0].ground);
    const bool freed = row.with == Outcome::allow_marked;
    CPPUNIT_ASSERT_EQUAL(freed, declared->grounds[0].freed);
    CPPUNIT_ASSERT_EQUAL(freed, declared.outcome_of(Ground::emergency).has_value());
    if (freed) CPPUNIT_ASSERT_EQUAL(Advice::file_emergency_evidence, declared->advice);
    else CPPUNIT_ASSERT_EQUAL(by_hand(row.ground) ? Advice::claim_by_hand : advice_of(row.ground), declared->advice);
}

TEST_EACH(DecideEmergency, is_claimed_by, kClaims) {
    FeeLine line = ordered_by(kZhang);
    line.emergency = row.declaration;
    line.med_type = row.med_type;
    const Judged judged = with_suspended_doctor().judge(line);
    CPPUNIT_ASSERT_EQUAL(row.frees ? Outcome::allow_marked : Outcome::deny, judged->judged);
}

TEST_EACH(DecideEmergency, frees_as_the_profile_says, kFlags) {
    Scene scene;
    scene.parts.profile.emergency_frees_suspended = row.suspended_freed;
    scene.parts.profile.emergency_frees_terminated = row.terminated_freed;
    scene.person(kZhang).standing = {suspended("2026-01-01"_day)};
    scene.person(kLi).standing = {terminated("2026-01-01"_day)};
    CPPUNIT_ASSERT_EQUAL(row.suspended_freed, passes(scene.judge(rescued(ordered_by(kZhang)))->judged));
    CPPUNIT_ASSERT_EQUAL(row.terminated_freed, passes(scene.judge(rescued(ordered_by(kLi)))->judged));
    scene.region->rows = {{"D411500007001", {Standing::suspended, "2026-01-01"_day, {}}},
                          {"D411500007002", {Standing::terminated, "2026-01-01"_day, {}}}};
    const auto consulted = [&](std::string_view code) {
        FeeLine line = ordered_by(kPharmacist);
        line.people.push_back({Role::consultant, code});
        return passes(scene.judge(rescued(line))->judged);
    };
    CPPUNIT_ASSERT_EQUAL(row.suspended_freed, consulted("D411500007001"));
    CPPUNIT_ASSERT_EQUAL(row.terminated_freed, consulted("D411500007002"));
}
TAGS(DecideEmergency, frees_as_the_profile_says, "XY-14 JN-5-2");

TEST(DecideEmergency, asks_for_another_person_where_the_profile_frees_nobody) {
    Scene scene = with_suspended_doctor();
    scene.parts.profile.emergency_frees_suspended = false;
    CPPUNIT_ASSERT_EQUAL(Advice::order_by_other, scene.judge(rescued(ordered_by(kZhang)))->advice);
}

TEST(DecideEmergency, passes_only_if_every_ground_is_freed) {
    Scene scene = with_suspended_doctor();
    scene.person(kZhang).last_day = "2026-02-01"_day;
    const Judged judged = scene.judge(rescued(ordered_by(kZhang)));
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, judged->judged);
    CPPUNIT_ASSERT_EQUAL((std::vector{Ground::departed, Ground::suspended, Ground::emergency}), judged.grounds());
    CPPUNIT_ASSERT(!judged->grounds[0].freed);
    CPPUNIT_ASSERT(judged->grounds[1].freed);
}

TEST(DecideEmergency, frees_several_people_and_grounds_at_once) {
    Scene scene = with_suspended_doctor();
    scene.person(kLi).standing = {terminated("2026-01-01"_day)};
    expire(scene);
    FeeLine line = rescued(ordered_by(kZhang));
    line.people.push_back({Role::executing, kLi});
    const Judged judged = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, judged->judged);
    CPPUNIT_ASSERT_EQUAL((std::vector{Ground::terminated, Ground::suspended, Ground::copy_expired, Ground::emergency}),
                         judged.grounds());
}

TEST(DecideEmergency, leaves_a_line_alone_that_needs_no_freedom) {
    const Judged judged = Scene().judge(rescued(ordered_by(kZhang)));
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, judged->judged);
    CPPUNIT_ASSERT(judged.grounds().empty());
}

TEST(DecideEmergency, does_not_free_the_operator) {
    Scene scene;
    scene.person(kAuditor).standing = {suspended("2026-01-01"_day)};
    const Judged judged =
        scene.judge(rescued(line_of(Txn::outpatient_settlement, Role::settlement_operator, kAuditor)));
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, judged->judged);
    CPPUNIT_ASSERT_EQUAL(Advice::other_operator, judged->advice);
}

TEST(DecideEmergency, frees_where_only_the_pooled_fund_refuses) {
    Scene scene = with_suspended_doctor();
    scene.parts.profile.pooled_fund_only = true;
    CPPUNIT_ASSERT_EQUAL(Outcome::account_only, scene.judge(ordered_by(kZhang))->judged);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, scene.judge(rescued(ordered_by(kZhang)))->judged);
}

TEST(DecideEmergency, sends_nobody_to_claim_by_hand_for_what_only_warns) {
    Scene scene;
    scene.person(kZhang).last_day = "2026-01-01"_day;
    const Judged judged = scene.judge(rescued(line_of(Txn::admission, Role::attending, kZhang)));
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, judged->judged);
    CPPUNIT_ASSERT_EQUAL(Advice::order_by_staff, judged->advice);
}
