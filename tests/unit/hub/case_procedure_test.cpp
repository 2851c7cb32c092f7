#include "tests/support/testing.h"
#include "tests/unit/hub/case_scene.h"

namespace zige::hub::testing {
namespace {

using K = CaseKind;
using P = CaseStep;
using S = CaseState;

TAGS(CaseProcedure, says_which_step_comes_first, "XY-21");
TEST(CaseProcedure, says_which_step_comes_first) {
    TrackScene scene;
    const Error early = scene.check(step_of(P::decide, K::scoring, "2026-03-03")).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, early.id);
    CPPUNIT_ASSERT_EQUAL(std::string("facts"), early.field);
    CPPUNIT_ASSERT(early.detail.find("facts (认定事实) comes before decide (作出决定)") != std::string::npos);
    scene.to_served();
    const Error again = scene.check(step_of(P::facts, K::scoring, "2026-03-19")).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_wrong_step, again.id);
    CPPUNIT_ASSERT(again.detail.find("possible: updated (机构维护状态), appeal (提出申诉), close (办结)") != std::string::npos);
}

struct SilenceRow {
    const char* name;
    const char* on;
    bool decided;
};
// Told on Friday 2026-03-06; the fifth day is Wednesday 03-11.
const SilenceRow kSilence[] = {
    {"on_the_fifth_day_it_may_still_come", "2026-03-11", false},
    {"on_the_sixth_day_silence_is_waiver", "2026-03-12", true},
};
TAGS(CaseStatement, has_five_days, "XY-28");
TEST_EACH(CaseStatement, has_five_days, kSilence) {
    TrackScene scene;
    scene.to_noticed(3);
    const auto answer = scene.check(step_of(P::decide, K::scoring, row.on));
    CPPUNIT_ASSERT_EQUAL(row.decided, answer.ok());
    if (!answer.ok()) CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, answer.error().id);
}

TAGS(CaseStatement, that_ends_on_a_day_off_ends_on_the_next_working_day, "XY-28");
TEST(CaseStatement, that_ends_on_a_day_off_ends_on_the_next_working_day) {
    TrackScene scene;  // told on Monday 2026-03-02: the fifth day is Saturday 03-07
    scene.take(P::facts, "2026-03-02").take(P::hear, "2026-03-02").take(P::propose, "2026-03-02", "张拟稿");
    scene.take(P::notice, "2026-03-02");
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, scene.refused(step_of(P::decide, K::scoring, "2026-03-09")));
    CPPUNIT_ASSERT(scene.check(step_of(P::decide, K::scoring, "2026-03-10")).ok());
}

TAGS(CaseStatement, is_verified_before_the_decision, "XY-28");
TEST(CaseStatement, is_verified_before_the_decision) {
    TrackScene scene;
    scene.to_noticed(3).take(P::statement, "2026-03-09");
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, scene.refused(step_of(P::decide, K::scoring, "2026-04-09")));
    scene.take(P::verify, "2026-03-10");
    CPPUNIT_ASSERT(scene.check(step_of(P::decide, K::scoring, "2026-03-10")).ok());
}

TAGS(CaseStatement, may_lead_to_another_proposal_which_is_told_again, "XY-28");
TEST(CaseStatement, may_lead_to_another_proposal_which_is_told_again) {
    TrackScene scene;
    scene.to_noticed(6).take(P::statement, "2026-03-09").take(P::verify, "2026-03-10");
    scene.take(with(step_of(P::propose, K::scoring, "2026-03-10", "张拟稿"), "points", "5"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, scene.refused(step_of(P::decide, K::scoring, "2026-04-09")));
    CPPUNIT_ASSERT_EQUAL(5U, scene.track.points());
}

TEST(CaseStatement, is_not_asked_for_where_the_text_knows_no_prior_notice) {
    TrackScene scene(K::scoring, national_procedure_rules());
    scene.take(P::facts, "2026-03-02").take(P::hear, "2026-03-02").take(P::propose, "2026-03-02", "张拟稿");
    CPPUNIT_ASSERT(scene.check(step_of(P::decide, K::scoring, "2026-03-02")).ok());
}

struct ReviewRow {
    const char* name;
    unsigned points;
    bool review;
    bool discussion;
};
const ReviewRow kReviews[] = {
    {"nine_need_neither", 9, false, false},
    {"ten_need_the_review", 10, true, false},
    {"eleven_need_the_review", 11, true, false},
    {"twelve_need_both", 12, true, true},
};
TAGS(CaseReview, is_needed, "XY-28");
TEST_EACH(CaseReview, is_needed, kReviews) {
    TrackScene scene;
    scene.to_noticed(row.points).take(P::waive, "2026-03-09");
    const StepTaken decision = step_of(P::decide, K::scoring, "2026-03-16");
    const auto without = scene.check(decision);
    CPPUNIT_ASSERT_EQUAL(!row.review, without.ok());
    if (!row.review) return;
    CPPUNIT_ASSERT_EQUAL(std::string("review"), without.error().field);
    CPPUNIT_ASSERT(without.error().detail.find("第二十八条第二款; review") != std::string::npos);
    scene.take(P::review, "2026-03-10", "李审核", Opinion::agree);
    const auto reviewed = scene.check(decision);
    CPPUNIT_ASSERT_EQUAL(!row.discussion, reviewed.ok());
    if (!row.discussion) return;
    CPPUNIT_ASSERT_EQUAL(std::string("discuss"), reviewed.error().field);
    scene.take(P::discuss, "2026-03-11", "王主任", Opinion::agree);
    CPPUNIT_ASSERT(scene.check(decision).ok());
}

TAGS(CaseReview, comes_before_the_discussion, "XY-28");
TEST(CaseReview, comes_before_the_discussion) {
    TrackScene scene;
    scene.to_noticed(12).take(P::waive, "2026-03-09");
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing,
                         scene.refused(step_of(P::discuss, K::scoring, "2026-03-10", "王主任", Opinion::agree)));
}

TAGS(CaseReview, that_disagrees_sends_back_and_the_new_proposal_is_reviewed_anew, "XY-28");
TEST(CaseReview, that_disagrees_sends_back_and_the_new_proposal_is_reviewed_anew) {
    TrackScene scene;
    scene.to_noticed(10).take(P::waive, "2026-03-09").take(P::review, "2026-03-10", "李审核", Opinion::disagree);
    CPPUNIT_ASSERT_EQUAL(S::heard, scene.track.state);
    scene.take(with(step_of(P::propose, K::scoring, "2026-03-11", "张拟稿"), "points", "11"));
    scene.take(P::notice, "2026-03-12").take(P::waive, "2026-03-13");
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, scene.refused(step_of(P::decide, K::scoring, "2026-03-16")));
}

struct PersonRow {
    const char* name;
    P step;
    const char* actor;
    const char* bureau;
    const char* signed_by;
    ErrorId error;  ///< hub_not_initialised: none
};
constexpr ErrorId kNone = ErrorId::hub_not_initialised;
const PersonRow kPersons[] = {
    {"another_one_reviews", P::review, "李审核", "", "", kNone},
    {"who_proposed_does_not_review", P::review, "张拟稿", "", "", ErrorId::case_same_person},
    {"nor_decides", P::decide, "张拟稿", "", "", ErrorId::case_same_person},
    {"nor_with_a_blank_of_chinese_type", P::decide, "\u3000张拟稿", "", "", ErrorId::case_same_person},
    {"nor_with_one_that_nobody_sees", P::decide, "张\u200B拟稿\u00A0", "", "", ErrorId::case_same_person},
    {"the_city_bureau_reviews_for_the_county", P::review, "张拟稿", "信阳市医保中心", "周处长", kNone},
    {"and_decides_for_it", P::decide, "张拟稿", "信阳市医保中心", "周处长", kNone},
    {"but_not_by_who_proposed", P::review, "李审核", "信阳市医保中心", "张拟稿", ErrorId::case_same_person},
    {"nor_a_bureau_that_the_case_does_not_name", P::review, "张拟稿", "南阳市医保中心", "周处长",
     ErrorId::case_bad_field},
    {"nor_without_a_name", P::review, "张拟稿", "信阳市医保中心", "", ErrorId::case_missing_field},
    {"nor_a_name_without_the_bureau", P::review, "张拟稿", "", "周处长", ErrorId::case_missing_field},
};
TEST_EACH(CaseReviewer, is_somebody_else, kPersons) {
    TrackScene scene;
    scene.track.reviewer = "信阳市医保中心";
    scene.to_noticed(9).take(P::waive, "2026-03-09");
    StepTaken step = step_of(row.step, K::scoring, "2026-03-16", row.actor, Opinion::agree);
    step = with(with(step, "bureau", row.bureau), "signed_by", row.signed_by);
    const auto answer = scene.check(step);
    CPPUNIT_ASSERT_EQUAL(row.error == kNone, answer.ok());
    if (!answer.ok()) CPPUNIT_ASSERT_EQUAL(row.error, answer.error().id);
}

TEST(CaseReviewer, is_no_other_bureau_where_the_case_names_none) {
    TrackScene scene;
    scene.to_noticed(9).take(P::waive, "2026-03-09");
    StepTaken step = step_of(P::review, K::scoring, "2026-03-16", "张拟稿", Opinion::agree);
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field,
                         scene.refused(with(with(step, "bureau", "信阳市医保中心"), "signed_by", "周处长")));
}

TAGS(CaseEvaluation, that_failed_leads_to_no_decision, "XY-36");
TEST(CaseEvaluation, that_failed_leads_to_no_decision) {
    TrackScene scene(K::restoration);
    scene.take(P::consent, "2026-03-03", "张拟稿", Opinion::agree)
        .take(P::evaluate, "2026-03-04", "张拟稿", Opinion::disagree);
    const StepTaken decision = step_of(P::decide, K::restoration, "2026-03-05");
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_evaluation_failed, scene.refused(decision));
    scene.take(P::inform, "2026-03-05");
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_evaluation_failed, scene.refused(decision));
    scene.take(P::appeal, "2026-03-06").take(P::overrule, "2026-03-09");
    CPPUNIT_ASSERT(scene.check(step_of(P::decide, K::restoration, "2026-03-10", "王主任")).ok());
}

TEST(CaseReviewer, of_a_repair_is_not_who_evaluated) {
    TrackScene scene(K::repair);
    scene.take(P::consent, "2026-03-03", "张拟稿", Opinion::agree)
        .take(P::evaluate, "2026-03-04", "张拟稿", Opinion::agree);
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_same_person,
                         scene.refused(step_of(P::decide, K::repair, "2026-03-05", "张拟稿")));
    CPPUNIT_ASSERT(scene.check(step_of(P::decide, K::repair, "2026-03-05")).ok());
}

struct AppealRow {
    const char* name;
    const char* on;
    S to;
};
// Served on Wednesday 2026-03-18: the tenth working day is Wednesday 04-01.
const AppealRow kAppeals[] = {
    {"on_the_tenth_working_day_is_in_time", "2026-04-01", S::appealed},
    {"on_the_eleventh_is_late_and_received_all_the_same", "2026-04-02", S::appealed_late},
    {"after_a_year_is_late_and_received_all_the_same", "2026-12-30", S::appealed_late},
};
TAGS(CaseAppeal, received, "XY-28 N34-41");
TEST_EACH(CaseAppeal, received, kAppeals) {
    TrackScene scene;
    scene.to_served().take(P::appeal, row.on);
    CPPUNIT_ASSERT_EQUAL(row.to, scene.track.state);
}

TAGS(CaseAppeal, late_is_decided_by_a_person, "XY-28");
TEST(CaseAppeal, late_is_decided_by_a_person) {
    TrackScene scene;
    scene.to_served().take(P::appeal, "2026-04-02");
    TrackScene refused = scene;
    CPPUNIT_ASSERT_EQUAL(S::appealed, scene.take(P::admit, "2026-04-03", "李审核", Opinion::agree).track.state);
    CPPUNIT_ASSERT_EQUAL(S::upheld, refused.take(P::admit, "2026-04-03", "李审核", Opinion::disagree).track.state);
}

TEST(CaseAppeal, late_is_received_after_the_case_was_closed) {
    TrackScene scene;
    scene.to_served().take(P::updated, "2026-03-19").take(P::close, "2026-04-02");
    CPPUNIT_ASSERT_EQUAL(S::appealed_late, scene.take(P::appeal, "2026-05-06").track.state);
}

TEST(CaseAppeal, is_heard_once) {
    TrackScene scene;
    scene.to_served().take(P::appeal, "2026-03-20").take(P::explain, "2026-03-23").take(P::accept, "2026-03-24");
    scene.take(P::inform, "2026-03-25");
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_appealed_already, scene.refused(step_of(P::appeal, K::scoring, "2026-03-25")));
    scene.take(P::updated, "2026-03-26").take(P::close, "2026-03-27");
    const Error again = scene.check(step_of(P::appeal, K::scoring, "2026-05-06")).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_appealed_already, again.id);
    CPPUNIT_ASSERT(again.detail.ends_with("appealed on 2026-03-20"));
}

TAGS(CaseAppeal, needs_the_signature_and_under_34_the_stamp, "XY-28 N34-41");
TEST(CaseAppeal, needs_the_signature_and_under_34_the_stamp) {
    TrackScene henan;
    henan.to_served();
    const StepTaken appeal = step_of(P::appeal, K::scoring, "2026-03-20");
    CPPUNIT_ASSERT(henan.check(with(appeal, "sealed", "")).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_missing_field, henan.refused(with(appeal, "signed", "")));
    TrackScene national = henan;
    national.rules = national_procedure_rules();
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_missing_field, national.refused(with(appeal, "sealed", "")));
    CPPUNIT_ASSERT(national.check(appeal).ok());
}

struct RouteRow {
    const char* name;
    const char* found_by;
    P step;
    bool possible;
};
const RouteRow kRoutes[] = {
    {"what_the_department_found_goes_to_it", "department", P::transfer, true},
    {"and_is_not_explained_away", "department", P::explain, false},
    {"what_the_agency_found_is_explained", "bureau", P::explain, true},
    {"before_the_department_has_it", "bureau", P::transfer, false},
};
TAGS(CaseAppeal, takes_its_route, "XY-29 XY-30 N34-42");
TEST_EACH(CaseAppeal, takes_its_route, kRoutes) {
    TrackScene scene;
    scene.to_served();
    scene.track.steps.front() = with(scene.track.steps.front(), "found_by", row.found_by);
    scene.take(P::appeal, "2026-03-20");
    const auto answer = scene.check(step_of(row.step, K::scoring, "2026-03-23"));
    CPPUNIT_ASSERT_EQUAL(row.possible, answer.ok());
    if (!answer.ok()) CPPUNIT_ASSERT_EQUAL(ErrorId::case_wrong_step, answer.error().id);
}

TAGS(CaseClose, waits_for_the_appeal_and_for_the_institution, "XY-28 XY-43 XY-50");
TEST(CaseClose, waits_for_the_appeal_and_for_the_institution) {
    TrackScene scene;
    scene.to_served();
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_too_early, scene.refused(step_of(P::close, K::scoring, "2026-04-01")));
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, scene.refused(step_of(P::close, K::scoring, "2026-04-02")));
    scene.take(P::updated, "2026-03-20");
    CPPUNIT_ASSERT(scene.check(step_of(P::close, K::scoring, "2026-04-02")).ok());
}

struct DayRow {
    const char* name;
    P step;
    const char* entry;
    const char* value;
    const char* on;
    ErrorId error;
};
const DayRow kBadEntries[] = {
    {"a_step_after_today", P::facts, "", "", "2027-01-01", ErrorId::case_bad_field},
    {"a_step_before_the_case", P::facts, "", "", "2026-03-01", ErrorId::case_bad_field},
    {"a_penalty_after_today", P::facts, "handled_on", "2027-01-01", "2026-03-02", ErrorId::points_decided_ahead},
    {"a_penalty_received_before_it_was_made", P::facts, "received_on", "2026-03-01", "2026-03-02",
     ErrorId::points_bad_day},
    {"conduct_after_the_penalty", P::facts, "conduct_year", "2027", "2026-03-02", ErrorId::points_bad_day},
    {"conduct_of_another_age", P::facts, "conduct_year", "1998", "2026-03-02", ErrorId::points_bad_day},
    {"no_such_day", P::facts, "handled_on", "2026-02-30", "2026-03-02", ErrorId::case_bad_field},
    {"no_number", P::facts, "conduct_year", "abc", "2026-03-02", ErrorId::case_bad_field},
    {"a_fact_without_a_value", P::facts, "facts", "loss_share", "2026-03-02", ErrorId::case_bad_field},
    {"a_fact_that_is_not_known", P::facts, "facts", "weather=3", "2026-03-02", ErrorId::case_bad_field},
    {"a_fact_twice", P::facts, "facts", "penalty=1,penalty=2", "2026-03-02", ErrorId::case_bad_field},
    {"a_fact_below_zero", P::facts, "facts", "penalty=-1", "2026-03-02", ErrorId::case_bad_field},
    {"nobody_found_it", P::facts, "found_by", "", "2026-03-02", ErrorId::case_missing_field},
    {"somebody_else_found_it", P::facts, "found_by", "police", "2026-03-02", ErrorId::case_bad_field},
    {"an_entry_of_another_step", P::facts, "points", "9", "2026-03-02", ErrorId::case_bad_field},
};
TEST_EACH(CaseEntries, refuse, kBadEntries) {
    TrackScene scene;
    StepTaken step = step_of(row.step, K::scoring, row.on);
    if (*row.entry != '\0') step = with(step, row.entry, row.value);
    const Error error = scene.check(step).error();
    CPPUNIT_ASSERT_EQUAL(row.error, error.id);
    CPPUNIT_ASSERT_EQUAL(std::string(*row.entry == '\0' ? "on" : row.entry), error.field);
}

TEST(CaseEntries, refuse_a_13_point_score_none_at_all_and_a_text_without_end) {
    TrackScene scene;
    scene.rules.levels = {{"fraud", {12, 12, 12}, {ValueSource::article, "第二十七条"}}};
    scene.take(P::facts, "2026-03-02").take(P::hear, "2026-03-03");
    const StepTaken proposal = step_of(P::propose, K::scoring, "2026-03-04");
    CPPUNIT_ASSERT(scene.check(with(proposal, "points", "12")).ok());
    const Error too_many = scene.check(with(proposal, "points", "13")).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field, too_many.id);
    CPPUNIT_ASSERT_EQUAL(std::string("13: 12 at most; 第二十七条"), too_many.detail);  // with its article
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field, scene.refused(with(proposal, "points", "0")));
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field, scene.refused(with(proposal, "reason", std::string(3001, 'x'))));
}

}  // namespace
}  // namespace zige::hub::testing
