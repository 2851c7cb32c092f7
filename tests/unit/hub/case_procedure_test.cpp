#include <algorithm>
#include <map>

#include "tests/support/testing.h"
#include "tests/unit/hub/case_scene.h"

namespace zige::hub::testing {
namespace {

using K = CaseKind;
using P = CaseStep;
using S = CaseState;

/// Every way on, written by hand: kind, state, "step>state ..."; "step!>state" for the verdict that disagrees.
struct Ways {
    K kind;
    S from;
    const char* ways;
};
#define ZIGE_WAYS_OF_A_DECISION(kind)                                                                         \
    {kind, S::opened, "facts>established drop>dropped"}, {kind, S::established, "hear>heard drop>dropped"},   \
        {kind, S::heard, "propose>proposed drop>dropped"},                                                    \
        {kind, S::proposed, "propose>proposed notice>noticed drop>dropped"},                                  \
        {kind, S::noticed,                                                                                    \
         "statement>stated waive>answered review>reviewed review!>heard discuss>discussed discuss!>heard "    \
         "decide>decided "                                                                                    \
         "drop>dropped"},                                                                                     \
        {kind, S::stated, "statement>stated verify>answered drop>dropped"},                                   \
        {kind, S::answered,                                                                                   \
         "propose>proposed review>reviewed review!>heard discuss>discussed discuss!>heard decide>decided "    \
         "drop>dropped"},                                                                                     \
        {kind, S::reviewed, "discuss>discussed discuss!>heard decide>decided drop>dropped"},                  \
        {kind, S::discussed, "decide>decided drop>dropped"}, {kind, S::decided, "issue>issued"},              \
        {kind, S::issued, "serve>served"},                                                                    \
        {kind, S::served, "updated>updated appeal>appealed appeal>appealed_late close>closed"},               \
        {kind, S::updated, "appeal>appealed appeal>appealed_late close>closed"},                              \
        {kind, S::appealed_late, "admit>appealed admit!>upheld updated>appealed_late"},                       \
        {kind, S::appealed,                                                                                   \
         "transfer>with_department explain>explained correct>corrected withdraw>withdrawn updated>appealed"}, \
        {kind, S::explained,                                                                                  \
         "accept>upheld persist>with_department correct>corrected withdraw>withdrawn updated>explained"},     \
        {kind, S::with_department,                                                                            \
         "appraise>in_appraisal uphold>upheld correct>corrected withdraw>withdrawn updated>with_department"}, \
        {kind, S::in_appraisal, "appraised>with_department updated>in_appraisal"},                            \
        {kind, S::upheld, "inform>informed"}, {kind, S::corrected, "inform>informed"},                        \
        {kind, S::withdrawn, "inform>informed"}, {kind, S::informed, "updated>informed close>closed"},        \
        {kind, S::closed, "appeal>appealed_late"}, {                                                          \
        kind, S::dropped, ""                                                                                  \
    }
#define ZIGE_WAYS_OF_AN_APPLICATION(kind)                                                           \
    {kind, S::opened, "consent>consented consent!>dropped drop>dropped"},                           \
        {kind, S::consented, "evaluate>evaluated evaluate!>refused drop>dropped"},                  \
        {kind, S::evaluated, "decide>decided drop>dropped"}, {kind, S::decided, "inform>informed"}, \
        {kind, S::refused, "inform>informed"}, {kind, S::upheld, "inform>informed"}, {              \
        kind, S::dropped, ""                                                                        \
    }
const Ways kWays[] = {
    ZIGE_WAYS_OF_A_DECISION(K::scoring),
    ZIGE_WAYS_OF_A_DECISION(K::status),
    ZIGE_WAYS_OF_AN_APPLICATION(K::repair),
    {K::repair, S::informed, "updated>informed close>closed"},
    ZIGE_WAYS_OF_AN_APPLICATION(K::restoration),
    {K::restoration, S::informed, "updated>informed close>closed appeal>with_department"},
    {K::restoration, S::with_department, "uphold>upheld overrule>evaluated"},
    {K::referral, S::opened, "refer>referred drop>dropped"},
    {K::referral, S::referred, "reply>replied"},
    {K::referral, S::replied, "reply>replied close>closed"},
};

std::string ways_of(K kind, S state) {
    for (const Ways& each : kWays)
        if (each.kind == kind && each.from == state) return std::string(" ") + each.ways + " ";
    return " ";
}

struct Attempt {
    K kind;
    S state;
    P step;
    Opinion opinion;
};

StepTaken past(P step, K kind, std::string_view on, Opinion opinion = Opinion::agree) {
    return step_of(step, kind, on, "张拟稿", opinion);
}

/// A track in that state whose past lets every guard pass that `found_by` and `passed` allow.
TrackScene somewhere(const Attempt& attempt, const char* found_by, Opinion passed) {
    TrackScene scene(attempt.kind);
    scene.track.state = attempt.state;
    auto& steps = scene.track.steps;
    steps.push_back(with(past(P::facts, K::scoring, "2026-03-02"), "found_by", found_by));
    steps.push_back(past(P::propose, K::scoring, "2026-03-03"));
    steps.push_back(past(P::evaluate, K::restoration, "2026-03-04", passed));
    steps.push_back(past(P::notice, K::scoring, "2026-03-05"));
    steps.push_back(past(P::serve, K::scoring, "2026-04-01"));
    return scene;
}

/// Where the step leads by any of the pasts; nothing if all refuse it.
std::vector<std::string> outcomes(const Attempt& attempt, std::vector<Error>& errors) {
    std::vector<std::string> found;
    for (const char* found_by : {"bureau", "department"})
        for (const Opinion passed : {Opinion::agree, Opinion::disagree})
            for (const char* on : {"2026-04-02", "2026-06-01"}) {
                const TrackScene scene = somewhere(attempt, found_by, passed);
                const auto rule = scene.check(step_of(attempt.step, attempt.kind, on, "李审核", attempt.opinion));
                if (!rule.ok()) errors.push_back(rule.error());
                else found.emplace_back(to_string((*rule)->to.value_or(attempt.state)));
            }
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

bool is_refusal(ErrorId id) {
    return id == ErrorId::case_wrong_step || id == ErrorId::case_step_missing || id == ErrorId::case_closed;
}

void check_attempt(const Attempt& attempt) {
    std::vector<Error> errors;
    const auto found = outcomes(attempt, errors);
    const std::string ways = ways_of(attempt.kind, attempt.state);
    const std::string step = std::string(to_string(attempt.step)) + (attempt.opinion == Opinion::disagree ? "!>" : ">");
    std::size_t expected = 0;
    for (std::size_t at = ways.find(" " + step); at != std::string::npos; at = ways.find(" " + step, at + 1))
        ++expected;
    CPPUNIT_ASSERT_EQUAL_MESSAGE(step + " of" + ways, expected, found.size());
    for (const std::string& to : found)
        CPPUNIT_ASSERT_MESSAGE(step + to, ways.find(" " + step + to + " ") != std::string::npos);
    if (expected > 0) return;
    for (const Error& error : errors) {
        CPPUNIT_ASSERT_MESSAGE(error.describe(), is_refusal(error.id));
        CPPUNIT_ASSERT_EQUAL(std::string(to_string(attempt.step)), error.field);
        const bool of_this_kind = error.detail.find("not in a case of kind") == std::string::npos;
        CPPUNIT_ASSERT_MESSAGE(error.describe(), !of_this_kind || error.detail.find("第") != std::string::npos);
    }
}

struct Place {
    std::string name;
    K kind;
    S state;
};
/// Each kind x each state.
std::vector<Place> all_places() {
    std::vector<Place> places;
    for (const K kind : all<K>())
        for (const S state : all<S>())
            places.push_back({std::string(to_string(kind)) + "_" + to_string(state), kind, state});
    return places;
}

/// ... x each step x each opinion that the step may have.
TAGS(CaseProcedure, allows_what_the_table_by_hand_does_and_refuses_the_rest,
     "XY-28 XY-29 XY-30 XY-31 XY-32 XY-34 XY-36");
TEST_EACH(CaseProcedure, allows_what_the_table_by_hand_does_and_refuses_the_rest, all_places()) {
    for (const P step : all<P>()) {
        check_attempt({row.kind, row.state, step, Opinion::agree});
        if (has_opinion(step)) check_attempt({row.kind, row.state, step, Opinion::disagree});
    }
}

TAGS(CaseProcedure, says_which_step_comes_first, "XY-21");
TEST(CaseProcedure, says_which_step_comes_first) {
    TrackScene scene;
    const Error early = scene.check(step_of(P::decide, K::scoring, "2026-03-03")).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, early.id);
    CPPUNIT_ASSERT(early.detail.find("next: facts") != std::string::npos);
    scene.to_served();
    const Error again = scene.check(step_of(P::facts, K::scoring, "2026-03-19")).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_wrong_step, again.id);
    CPPUNIT_ASSERT(again.detail.find("possible: updated, appeal, close") != std::string::npos);
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
    CPPUNIT_ASSERT(without.error().detail.find("第二十八条第二款; next: review") != std::string::npos);
    scene.take(P::review, "2026-03-10", "李审核", Opinion::agree);
    const auto reviewed = scene.check(decision);
    CPPUNIT_ASSERT_EQUAL(!row.discussion, reviewed.ok());
    if (!row.discussion) return;
    CPPUNIT_ASSERT(reviewed.error().detail.find("next: discuss") != std::string::npos);
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
    scene.take(P::inform, "2026-03-25").take(P::updated, "2026-03-26").take(P::close, "2026-03-27");
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_wrong_step, scene.refused(step_of(P::appeal, K::scoring, "2026-05-06")));
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

TAGS(CaseClose, waits_for_the_appeal_and_for_the_institution, "XY-28 XY-43");
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
    scene.take(P::facts, "2026-03-02").take(P::hear, "2026-03-03");
    const StepTaken proposal = step_of(P::propose, K::scoring, "2026-03-04");
    CPPUNIT_ASSERT(scene.check(with(proposal, "points", "12")).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field, scene.refused(with(proposal, "points", "13")));
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field, scene.refused(with(proposal, "points", "0")));
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field, scene.refused(with(proposal, "reason", std::string(301, 'x'))));
}

}  // namespace
}  // namespace zige::hub::testing
