// What is judged and what is served: the three modes, and the funds.
#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

struct Row {
    const char* name;
    Mode mode;
    void (*arrange)(Scene&);
    Outcome judged;
    Outcome served;
    std::vector<Ground> grounds;
};
void eligible(Scene&) {}
void suspend(Scene& scene) { scene.person(kZhang).standing = {suspended("2026-01-01"_day)}; }
void expire(Scene& scene) { scene.now.copy_as_of = scene.now.wall - std::chrono::hours{24 * 60}; }
void owe(Scene& scene) { scene.person(kZhang).commitment.kind = CommitmentKind::missing; }
void leave_scope(Scene& scene) { scene.person(kZhang).category = Category::care_worker; }
void refuse_pooled_fund(Scene& scene) {
    suspend(scene);
    scene.parts.profile.pooled_fund_only = true;
}
const Row kRows[] = {
    {"enforce_refuses", Mode::enforce, suspend, Outcome::deny, Outcome::deny, {Ground::suspended}},
    {"enforce_holds", Mode::enforce, expire, Outcome::hold, Outcome::hold, {Ground::copy_expired}},
    {"enforce_leaves_the_personal_account",
     Mode::enforce,
     refuse_pooled_fund,
     Outcome::account_only,
     Outcome::account_only,
     {Ground::suspended}},
    {"enforce_marks", Mode::enforce, owe, Outcome::allow_marked, Outcome::allow_marked, {Ground::commitment_overdue}},
    {"enforce_allows", Mode::enforce, eligible, Outcome::allow, Outcome::allow, {}},
    {"enforce_does_not_judge", Mode::enforce, leave_scope, Outcome::not_judged, Outcome::not_judged, {}},
    {"warn_marks_what_it_would_refuse",
     Mode::warn,
     suspend,
     Outcome::deny,
     Outcome::allow_marked,
     {Ground::suspended, Ground::mode_warn}},
    {"warn_marks_what_it_would_hold",
     Mode::warn,
     expire,
     Outcome::hold,
     Outcome::allow_marked,
     {Ground::copy_expired, Ground::mode_warn}},
    {"warn_marks_what_only_the_account_may_pay",
     Mode::warn,
     refuse_pooled_fund,
     Outcome::account_only,
     Outcome::allow_marked,
     {Ground::suspended, Ground::mode_warn}},
    {"warn_leaves_a_mark_alone",
     Mode::warn,
     owe,
     Outcome::allow_marked,
     Outcome::allow_marked,
     {Ground::commitment_overdue}},
    {"warn_allows", Mode::warn, eligible, Outcome::allow, Outcome::allow, {}},
    {"warn_does_not_judge", Mode::warn, leave_scope, Outcome::not_judged, Outcome::not_judged, {}},
    {"observe_allows_what_it_would_refuse",
     Mode::observe,
     suspend,
     Outcome::deny,
     Outcome::allow,
     {Ground::suspended, Ground::mode_observe}},
    {"observe_allows_what_it_would_hold",
     Mode::observe,
     expire,
     Outcome::hold,
     Outcome::allow,
     {Ground::copy_expired, Ground::mode_observe}},
    {"observe_allows_what_only_the_account_may_pay",
     Mode::observe,
     refuse_pooled_fund,
     Outcome::account_only,
     Outcome::allow,
     {Ground::suspended, Ground::mode_observe}},
    {"observe_leaves_a_mark_alone",
     Mode::observe,
     owe,
     Outcome::allow_marked,
     Outcome::allow_marked,
     {Ground::commitment_overdue}},
    {"observe_allows", Mode::observe, eligible, Outcome::allow, Outcome::allow, {}},
    {"observe_does_not_judge", Mode::observe, leave_scope, Outcome::not_judged, Outcome::not_judged, {}},
};

struct FundRow {
    const char* name;
    void (*arrange)(Scene&);
    Outcome outcome;
};
const FundRow kFunds[] = {
    {"a_suspended_person", suspend, Outcome::account_only},
    {"a_terminated_person", [](Scene& s) { s.person(kZhang).standing = {terminated("2026-01-01"_day)}; },
     Outcome::account_only},
    {"no_departed_person", [](Scene& s) { s.person(kZhang).last_day = "2026-01-01"_day; }, Outcome::deny},
    {"no_stopped_agreement", [](Scene& s) { s.stop("2026-01-01"_day, {}); }, Outcome::deny},
};

struct CostRow {
    const char* name;
    bool profile;
    Mode mode;
    void (*arrange)(Scene&);
    bool to_patient;
};
const CostRow kCosts[] = {
    {"a_refusal_where_the_text_lets_it", true, Mode::enforce, suspend, true},
    {"a_refusal_of_the_pooled_fund_where_the_text_lets_it", true, Mode::enforce, refuse_pooled_fund, true},
    {"no_refusal_where_the_text_forbids_it", false, Mode::enforce, suspend, false},
    {"no_line_on_hold", true, Mode::enforce, expire, false},
    {"no_line_that_passes", true, Mode::enforce, owe, false},
    {"no_line_that_is_only_observed", true, Mode::observe, suspend, false},
    {"no_line_that_is_only_warned", true, Mode::warn, suspend, false},
};

}  // namespace

TEST_EACH(DecideModes, mode, kRows) {
    Scene scene;
    scene.parts.institution.mode = row.mode;
    row.arrange(scene);
    const Judged judged = scene.judge(ordered_by(kZhang));
    CPPUNIT_ASSERT_EQUAL(row.judged, judged->judged);
    CPPUNIT_ASSERT_EQUAL(row.served, judged->served);
    CPPUNIT_ASSERT_EQUAL(row.grounds, judged.grounds());
}

TEST(DecideModes, stay_past_their_end_date) {
    Scene scene;
    suspend(scene);
    scene.parts.institution.mode = Mode::observe;
    scene.parts.institution.mode_until = "2026-01-31"_day;  // P11: raises a duty, refuses nobody
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, scene.judge(ordered_by(kZhang))->served);
}

TEST(DecideModes, keep_the_advice_of_what_was_judged) {
    Scene scene;
    suspend(scene);
    scene.parts.institution.mode = Mode::warn;
    CPPUNIT_ASSERT_EQUAL(Advice::order_by_other, scene.judge(ordered_by(kZhang))->advice);
}

TEST_EACH(DecideModes, the_personal_account_stays_open_for, kFunds) {
    Scene scene;
    scene.parts.profile.pooled_fund_only = true;
    row.arrange(scene);
    CPPUNIT_ASSERT_EQUAL(row.outcome, scene.judge(ordered_by(kZhang))->judged);
}
TAGS(DecideModes, the_personal_account_stays_open_for, "GD-4-2");

TEST_EACH(DecideModes, the_patient_bears, kCosts) {
    Scene scene;
    scene.parts.institution.mode = row.mode;
    row.arrange(scene);
    scene.parts.profile.cost_to_patient = row.profile;
    CPPUNIT_ASSERT_EQUAL(row.to_patient, scene.judge(ordered_by(kZhang))->cost_to_patient);
}
TAGS(DecideModes, the_patient_bears, "JN-5-2");

struct PassRow {
    const char* name;
    Outcome outcome;
    bool passes;
};
const PassRow kPasses[] = {
    {"allow", Outcome::allow, true},
    {"allow_marked", Outcome::allow_marked, true},
    {"not_account_only", Outcome::account_only, false},
    {"not_hold", Outcome::hold, false},
    {"not_deny", Outcome::deny, false},
    {"not_not_judged", Outcome::not_judged, false},
};
TEST_EACH(DecideModes, passes, kPasses) { CPPUNIT_ASSERT_EQUAL(row.passes, passes(row.outcome)); }
