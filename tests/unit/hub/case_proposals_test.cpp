#include "tests/support/testing.h"
#include "tests/unit/hub/casework_scene.h"

namespace zige::hub::testing {
namespace {

using K = CaseKind;
using P = CaseStep;
using S = CaseState;

/// A decision of 10 points (一般, 10-12) under appeal.
struct AppealedScene : CaseworkScene {
    explicit AppealedScene(unsigned points = 10) {
        decide(points);
        take(P::appeal);
    }
};

struct CorrectionRow {
    const char* name;
    unsigned decided;
    std::vector<std::string> entries;
    std::optional<ErrorId> error;
    const char* why = "第二十";  ///< in the detail
};
const CorrectionRow kCorrections[] = {
    {"of_ten_to_seven_is_a_level_down", 10, {"points=7"}, {}},
    {"of_ten_to_five_is_none_of_the_degree", 10, {"points=5"}, ErrorId::points_out_of_range},
    {"of_ten_to_five_of_another_level_and_degree", 10, {"points=5", "level=4-6", "degree=important"}, {}},
    {"of_ten_to_five_of_another_level_only", 10, {"points=5", "level=4-6"}, {}},  // 一般者从重
    {"of_six_to_nine_was_never_told", 6, {"points=9"}, ErrorId::points_decide_anew},
    {"of_four_to_eight_is_none_of_the_degree", 4, {"points=8"}, ErrorId::points_out_of_range},
    {"of_six_to_twelve_is_two_levels_up", 6, {"points=12"}, ErrorId::points_out_of_range},
    {"of_nine_to_twelve_was_never_reviewed", 9, {"points=12"}, ErrorId::points_decide_anew, "第二款"},
    {"of_seven_to_ten_was_never_reviewed", 7, {"points=10"}, ErrorId::points_decide_anew, "第二款"},
    {"of_ten_to_eleven_was_never_told", 10, {"points=11"}, ErrorId::points_decide_anew},
    {"of_ten_to_twelve_was_never_discussed", 10, {"points=12"}, ErrorId::points_decide_anew, "第二款"},
    {"of_ten_to_fraud_was_never_discussed", 10, {"points=12", "level=fraud"}, ErrorId::points_decide_anew},
    {"that_is_not_lighter", 10, {"points=12", "weight=lighter"}, ErrorId::points_out_of_range},
};
TAGS(CaseCorrection, is_points_of_level_and_degree, "XY-22 XY-28 XY-31");
TEST_EACH(CaseCorrection, is_points_of_level_and_degree, kCorrections) {
    AppealedScene f(row.decided);
    const std::uint64_t events = f.log_size();
    const auto answer = f.attempt(P::correct, row.entries);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.ok() ? "" : answer.error().describe(), !row.error, answer.ok());
    if (answer.ok()) return;
    CPPUNIT_ASSERT_EQUAL(*row.error, answer.error().id);
    CPPUNIT_ASSERT_MESSAGE(answer.error().detail, answer.error().detail.find(row.why) != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(events, f.log_size());
}

TAGS(CaseNotice, is_given_again_where_the_decision_became_graver, "XY-28");
TEST(CaseNotice, is_given_again_where_the_decision_became_graver) {
    CaseworkScene f;
    f.open(K::scoring);
    f.take(P::facts);
    f.take(P::hear);
    f.take(P::propose, proposal_of(3), "张拟稿");
    f.take(P::notice);
    CPPUNIT_ASSERT_EQUAL(std::string("none"), std::string(f.outcome(P::notice).text("told_status")));
    f.take(P::waive);
    must(f.scoring().decide(kOperator, matter("Z", "2026-05-28", 6)));  // in between: 9 of the year now
    const std::uint64_t events = f.log_size();
    const Error graver = f.attempt(P::decide, {"document=" + CaseworkScene::kNotice}).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_graver_than_told, graver.id);
    CPPUNIT_ASSERT_EQUAL(std::string("told on 2026-06-01: no change of status; now suspended for 1 months; 第二十八条"),
                         graver.detail);
    CPPUNIT_ASSERT_EQUAL(events, f.log_size());
    f.take(P::propose, proposal_of(3), "张拟稿");
    f.take(P::notice);
    CPPUNIT_ASSERT_EQUAL(std::string("suspended"), std::string(f.outcome(P::notice).text("told_status")));
    f.take(P::waive);
    f.take(P::decide, {"document=" + CaseworkScene::kNotice});
}

TAGS(CaseNotice, of_what_becomes_milder_is_enough, "XY-28");
TEST(CaseNotice, of_what_becomes_milder_is_enough) {
    CaseworkScene f;
    must(f.scoring().decide(kOperator, matter("Z", "2026-05-28", 6)));
    f.open(K::scoring);
    f.take(P::facts);
    f.take(P::hear);
    f.take(P::propose, proposal_of(3), "张拟稿");
    f.take(P::notice);
    f.take(P::waive);
    must(f.scoring().withdraw(kOperator, {CaseworkScene::kWho, "Z", "撤销"}));
    f.take(P::decide, {"document=" + CaseworkScene::kNotice});
    CPPUNIT_ASSERT_EQUAL(3U, f.career().points_of(2026));
}

TAGS(CaseFacts, of_conduct_before_the_rules_are_refused_at_once, "XY-22 XY-54");
TEST(CaseFacts, of_conduct_before_the_rules_are_refused_at_once) {
    CaseworkScene f;
    f.open(K::scoring);
    const Error refused = f.attempt(P::facts, {"conduct_year=2024"}).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_bad_day, refused.id);
    CPPUNIT_ASSERT(refused.detail.starts_with("before 2025-01-01 nothing is scored"));
    f.take(P::facts, {"conduct_year=2025"});
}

struct StatusRow {
    const char* name;
    const char* status;
    const char* cause;
    StopKind stop;
    std::optional<ErrorId> error;
    const char* tags;
};
constexpr StopKind kAgreement = StopKind::agreement_suspended;
const StatusRow kStatuses[] = {
    {"a_lost_licence_terminates", "terminated", "licence_lost", kAgreement, {}, "XY-17"},
    {"a_lost_licence_does_not_suspend", "suspended", "licence_lost", kAgreement, ErrorId::points_no_such_cause,
     "XY-17"},
    {"suspended_practice_suspends", "suspended", "practice_suspended", kAgreement, {}, "XY-17"},
    {"suspended_practice_does_not_terminate", "terminated", "practice_suspended", kAgreement,
     ErrorId::points_no_such_cause, "XY-17"},
    {"a_suspended_agreement_suspends", "suspended", "agreement", kAgreement, {}, "XY-39"},
    {"a_suspended_agreement_does_not_terminate", "terminated", "agreement", kAgreement, ErrorId::sanction_not_found,
     "XY-39"},
    {"an_ended_agreement_terminates", "terminated", "agreement", StopKind::agreement_terminated, {}, "XY-39"},
    {"a_department_that_runs_suspends_nobody", "suspended", "department", kAgreement, ErrorId::sanction_not_found,
     "XY-39"},
    {"a_department_does_not_terminate", "terminated", "department", StopKind::department_suspended,
     ErrorId::points_no_such_cause, "XY-39"},
    {"a_failed_test_is_not_of_this_text", "terminated", "assessment_failed", kAgreement, ErrorId::points_no_such_cause,
     "JN-3-3"},
};
TEST_EACH(CaseStatus, by_its_cause, kStatuses) {
    CaseworkScene f;
    Stop stop;
    stop.kind = row.stop;
    stop.document = "信医保协〔2026〕3号";
    stop.from = day("2026-06-01");
    if (row.stop == StopKind::department_suspended) {
        must(f.hub().registry().add_department(kOperator, kHospital, "A03", "内科"));
        stop.department = "A03";
    }
    must(f.hub().registry().stop(kOperator, kHospital, stop));
    f.open(K::status);
    f.take(P::facts);
    f.take(P::hear);
    const auto answer =
        f.attempt(P::propose, {std::string("status=") + row.status, std::string("cause=") + row.cause}, "张拟稿");
    CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.ok() ? "" : answer.error().describe(), !row.error, answer.ok());
    if (row.error) CPPUNIT_ASSERT_EQUAL(*row.error, answer.error().id);
}

TEST(CaseStatus, of_a_failed_test_needs_an_article_in_the_ledger_too) {
    ScoringScene s;
    CauseOrder order;
    order.who = {ScoringScene::kWho};
    order.cause = SanctionCause::assessment_failed;
    order.document = "测试〔2026〕1号";
    order.from = day("2026-05-15");
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_no_such_cause, s.hub().linked_sanctions().start(kOperator, order).error().id);
}

TEST(CaseStatus, whose_period_is_over_is_refused_and_dropped) {
    CaseworkScene f;
    f.open(K::status);
    f.take(P::facts);
    f.take(P::hear);
    const std::vector<std::string> suspended = {"status=suspended", "cause=practice_suspended"};
    std::vector<std::string> over = suspended;
    over.push_back("until=2026-06-01");
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_bad_day, f.attempt(P::propose, over, "张拟稿").error().id);
    over.back() = "until=2026-06-10";
    f.take(P::propose, over, "张拟稿");
    f.take(P::notice);
    f.take(P::waive);
    f.take(P::decide, {"document=" + CaseworkScene::kNotice});
    f.take(P::issue);
    f.on("2026-06-10");
    const Error refused = f.attempt(P::serve).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_bad_day, refused.id);
    CPPUNIT_ASSERT(refused.detail.find("case drop") != std::string::npos);
    f.take(P::drop);
    CPPUNIT_ASSERT_EQUAL(S::dropped, f.state());
    CPPUNIT_ASSERT(f.standing().empty());
}

TEST(CaseDecision, after_a_later_one_asks_for_its_reason) {
    CaseworkScene f;
    f.open(K::scoring);
    f.take(P::facts);
    f.take(P::hear);
    f.take(P::propose, proposal_of(3), "张拟稿");
    f.take(P::notice);
    f.on("2026-06-03");
    f.take(P::waive);
    must(f.scoring().decide(kOperator, matter("Z", "2026-06-02", 3)));
    const Error asked = f.attempt(P::decide, {"document=" + CaseworkScene::kNotice}).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_missing_field, asked.id);
    CPPUNIT_ASSERT_EQUAL(std::string("reason"), asked.field);
    f.take(P::decide, {"document=" + CaseworkScene::kNotice, "reason=处理在先"});
}

}  // namespace
}  // namespace zige::hub::testing
