#include <algorithm>

#include "tests/support/testing.h"
#include "tests/unit/hub/casework_scene.h"

namespace zige::hub::testing {
namespace {

using K = CaseKind;
using P = CaseStep;
using S = CaseState;

std::size_t count(CaseworkScene& f, HubEvent kind) {
    const auto events = must(f.hub().log(0, 1000));
    return static_cast<std::size_t>(std::ranges::count(events, kind, &LogEvent::event));
}

TAGS(Cases, go_from_the_facts_to_the_end, "XY-21 XY-28 XY-42 XY-43 XY-45");
TEST(Cases, go_from_the_facts_to_the_end) {
    CaseworkScene f;
    f.decide(10);  // single 10: four months (XY 40(五))
    CPPUNIT_ASSERT_EQUAL(10U, f.career().points_of(2026));
    const StandingTimeline standing = f.standing();
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, standing.size());
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-05"), format(standing[0].from));  // the day after service
    CPPUNIT_ASSERT_EQUAL(std::string("2026-10-05"), format(*standing[0].nominal_end));
    CPPUNIT_ASSERT_EQUAL(CaseworkScene::kNotice, standing[0].document);
    CPPUNIT_ASSERT(f.person(CaseworkScene::kWho).sites[1].registration.standing == standing);  // XY 45
    CPPUNIT_ASSERT_EQUAL(std::string(kHospital + " " + kTownship),
                         std::string(f.outcome(P::serve).text("institutions")));
    f.take(P::updated, {"receipt=W1"});
    f.on("2026-06-19");  // the appeal ran until Thursday 06-18
    f.take(P::close);
    CPPUNIT_ASSERT_EQUAL(S::closed, f.state());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, count(f, HubEvent::case_opened));
    CPPUNIT_ASSERT_EQUAL(std::size_t{11}, count(f, HubEvent::case_step_taken));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, count(f, HubEvent::points_decided));
    CPPUNIT_ASSERT(must(f.cases().list(false, std::nullopt)).empty());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, must(f.cases().list(true, std::nullopt)).size());
}

TEST(Cases, keep_who_did_what_when_over_a_restart) {
    CaseworkScene f;
    f.decide(12);
    const CaseFile before = must(f.cases().show(f.number)).file;
    must(f.reopen());
    const CaseFile after = must(f.cases().show(f.number)).file;
    const Track &a = before.people[0].track, &b = after.people[0].track;
    CPPUNIT_ASSERT_EQUAL(std::size_t{10}, b.steps.size());
    CPPUNIT_ASSERT_EQUAL(a.state, b.state);
    for (std::size_t i = 0; i < a.steps.size(); ++i) {
        CPPUNIT_ASSERT_EQUAL(a.steps[i].actor, b.steps[i].actor);
        CPPUNIT_ASSERT(a.steps[i].on == b.steps[i].on && a.steps[i].at == b.steps[i].at);
        CPPUNIT_ASSERT_EQUAL(a.steps[i].entries.encode(), b.steps[i].entries.encode());
        CPPUNIT_ASSERT_EQUAL(a.steps[i].outcome.encode(), b.steps[i].outcome.encode());
    }
    CPPUNIT_ASSERT_EQUAL(std::string("王主任"), b.last(P::discuss)->actor);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, b.last(P::serve)->shown.size());  // appeal; no number for the update
}

struct RefusedRow {
    const char* name;
    P step;
    std::vector<std::string> entries;
    const char* actor;
    ErrorId error;
};
const RefusedRow kRefused[] = {
    {"a_step_out_of_order", P::decide, {}, "李审核", ErrorId::case_step_missing},
    {"who_proposed", P::review, {}, "张拟稿", ErrorId::case_same_person},
    {"an_entry_that_is_missing", P::waive, {"by="}, "李审核", ErrorId::case_missing_field},
    {"an_entry_that_is_wrong", P::statement, {"form=shouted"}, "李审核", ErrorId::case_bad_field},
};
TEST_EACH(Cases, change_nothing_when_they_refuse, kRefused) {
    CaseworkScene f;
    f.to_proposed(proposal_of(10));
    f.take(P::notice);
    if (row.step == P::review) f.take(P::waive);
    const std::uint64_t events = f.log_size();
    const Seq seq = f.seq(kHospital);
    CPPUNIT_ASSERT_EQUAL(row.error, f.attempt(row.step, row.entries, row.actor).error().id);
    CPPUNIT_ASSERT_EQUAL(events, f.log_size());
    CPPUNIT_ASSERT_EQUAL(seq.value, f.seq(kHospital).value);
}

TAGS(Cases, refuse_points_that_level_and_degree_do_not_give, "XY-22");
TEST(Cases, refuse_points_that_level_and_degree_do_not_give) {
    CaseworkScene f;
    f.open(K::scoring);
    f.take(P::facts);
    f.take(P::hear);
    const std::uint64_t events = f.log_size();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_out_of_range,
                         f.attempt(P::propose, {"level=4-6", "degree=main", "points=9"}, "张拟稿").error().id);
    CPPUNIT_ASSERT_EQUAL(events, f.log_size());
    f.take(P::propose, {"level=4-6", "degree=main", "points=6"}, "张拟稿");
}

TEST(Cases, take_the_whole_step_back_when_the_ledger_refuses) {
    CaseworkScene f;
    f.decide(6);
    f.to_answered(proposal_of(3));
    const std::uint64_t events = f.log_size();
    const auto answer = f.attempt(P::decide, {"document=" + CaseworkScene::kNotice});
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_document_used, answer.error().id);
    CPPUNIT_ASSERT_EQUAL(events, f.log_size());
    CPPUNIT_ASSERT_EQUAL(S::answered, f.state());
}

TEST(Cases, hold_several_people_of_one_matter) {
    CaseworkScene f;
    const std::string a = CaseworkScene::kWho, b = CaseworkScene::kOther;
    f.open(K::scoring, {a, b});
    f.take(P::facts);
    f.take(P::hear);
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_missing_field, f.attempt(P::propose, proposal_of(9), "张拟稿").error().id);
    f.take(P::propose, proposal_of(9), "张拟稿", {a});
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, f.attempt(P::notice).error().id);  // 陈静 is not proposed yet
    f.take(P::propose, proposal_of(1), "张拟稿", {b});
    f.take(P::notice);
    f.take(P::waive);
    f.take(P::decide, {"document=A"}, "李审核", {a});
    CPPUNIT_ASSERT_EQUAL(S::decided, f.state(a));
    CPPUNIT_ASSERT_EQUAL(S::answered, f.state(b));
    f.take(P::decide, {"document=B"}, "李审核", {b});
    f.take(P::issue);
    f.take(P::serve);
    CPPUNIT_ASSERT_EQUAL(9U, f.career(a).points_of(2026));
    CPPUNIT_ASSERT_EQUAL(1U, f.career(b).points_of(2026));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.standing(a).size());
    CPPUNIT_ASSERT(f.standing(b).empty());  // 中山: one point suspends nobody
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, must(f.cases().list(false, b)).size());
}

TAGS(Cases, a_correction_reaches_all_institutions, "XY-31 XY-45");
TEST(Cases, a_correction_reaches_all_institutions) {
    CaseworkScene f;
    f.decide(10);
    f.take(P::updated);
    f.take(P::appeal);
    f.take(P::explain);
    f.take(P::persist);
    const StepResult corrected = f.take(P::correct, {"points=7", "reason=部分成立"});  // 减轻一档
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, corrected.published.institutions.size());
    CPPUNIT_ASSERT_EQUAL(7U, f.career().points_of(2026));
    CPPUNIT_ASSERT(f.standing().empty());  // as if it had never been
    CPPUNIT_ASSERT_EQUAL(std::string("normal"), std::string(f.outcome(P::correct).text("effect")));
    f.take(P::inform);
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, f.attempt(P::close).error().id);  // the window shows 暂停 still
    f.take(P::updated);
    f.take(P::close);
    CPPUNIT_ASSERT_EQUAL(S::closed, f.state());
}

TAGS(Cases, a_correction_that_begins_a_suspension_begins_it_after_its_own_service, "XY-31 XY-43");
TEST(Cases, a_correction_that_begins_a_suspension_begins_it_after_its_own_service) {
    Rules rules = casework_rules();
    rules.prior_notice.value = false;  // else it is decided anew (XY 28)
    CaseworkScene f(rules);
    f.decide(6);
    CPPUNIT_ASSERT(f.standing().empty());
    f.take(P::appeal);
    f.on("2026-06-08");
    f.take(P::correct, {"points=9"});
    CPPUNIT_ASSERT(f.standing().empty());
    f.on("2026-06-10");
    f.take(P::inform);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-11"), format(f.standing().at(0).from));
}

TAGS(Cases, a_withdrawal_takes_points_and_suspension_away, "XY-31");
TEST(Cases, a_withdrawal_takes_points_and_suspension_away) {
    CaseworkScene f;
    f.decide(9);
    f.take(P::appeal);
    const StepResult withdrawn = f.take(P::withdraw);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, withdrawn.published.institutions.size());
    CPPUNIT_ASSERT_EQUAL(0U, f.career().points_of(2026));
    CPPUNIT_ASSERT(f.standing().empty());
    CPPUNIT_ASSERT_EQUAL(S::withdrawn, f.state());
}

TAGS(Cases, a_lost_licence_terminates_after_prior_notice_and_service, "XY-17 XY-28");
TEST(Cases, a_lost_licence_terminates_after_prior_notice_and_service) {
    CaseworkScene f;
    f.to_proposed({"status=terminated", "cause=licence_lost"}, K::status);
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, f.attempt(P::decide).error().id);
    f.take(P::notice);
    f.take(P::waive);
    f.take(P::decide, {"document=" + CaseworkScene::kNotice});
    CPPUNIT_ASSERT(f.standing().empty());
    f.take(P::issue);
    f.take(P::serve);
    CPPUNIT_ASSERT_EQUAL(Standing::terminated, f.standing().at(0).status);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-02"), format(f.standing().at(0).from));
    CPPUNIT_ASSERT_EQUAL(SanctionCause::licence_lost, f.career().sanction(CaseworkScene::kNotice)->cause);
    CPPUNIT_ASSERT_EQUAL(0U, f.career().points_of(2026));
    f.take(P::appeal);
    f.take(P::withdraw);
    CPPUNIT_ASSERT(f.standing().empty());
}

TEST(Cases, a_suspension_without_points_is_corrected_in_its_length) {
    CaseworkScene f;
    f.stop("2026-05-10");
    f.to_answered({"status=suspended", "cause=agreement", "until=2026-12-31"}, K::status);
    f.take(P::decide, {"document=" + CaseworkScene::kNotice});
    f.take(P::issue);
    f.take(P::serve);
    CPPUNIT_ASSERT_EQUAL(std::string("2027-01-01"), format(*f.standing().at(0).nominal_end));
    f.take(P::appeal);
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_bad_day, f.attempt(P::correct, {"until=2026-05-31"}).error().id);
    f.take(P::correct, {"until=2026-08-31"});
    CPPUNIT_ASSERT_EQUAL(std::string("2026-09-01"), format(*f.standing().at(0).nominal_end));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.standing().size());
}

TAGS(Cases, hold_their_notice_and_their_matter_against_the_commands, "XY-28");
TEST(Cases, hold_their_notice_and_their_matter_against_the_commands) {
    CaseworkScene f;
    f.decide(9);
    const std::string who = CaseworkScene::kWho;
    const std::uint64_t events = f.log_size();
    const Error refused = f.scoring().withdraw(kOperator, {who, CaseworkScene::kNotice, "再议"}).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_held_by_case, refused.id);
    CPPUNIT_ASSERT_MESSAGE(refused.detail, refused.detail.find("case show " + std::to_string(f.number)) != std::string::npos);
    const auto held = [](const auto& result) { return !result.ok() && result.error().id == ErrorId::points_held_by_case; };
    CPPUNIT_ASSERT(held(f.scoring().correct(kOperator, correction(CaseworkScene::kNotice, 7))));
    const ServeOrder again{who, CaseworkScene::kNotice, {day("2026-06-04"), {}, {}}};
    CPPUNIT_ASSERT_EQUAL(ErrorId::sanction_overlaps, f.scoring().serve(kOperator, again).error().id);
    CPPUNIT_ASSERT_EQUAL(events, f.log_size());
}

TAGS(Cases, with_facts_are_not_decided_beside_them, "XY-28");
TEST(Cases, with_facts_are_not_decided_beside_them) {
    CaseworkScene f;
    f.open(K::scoring);
    f.take(P::facts);
    MatterOrder order = matter("信医保处〔2026〕9号", "2026-06-01", 3);
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_held_by_case, f.scoring().decide(kOperator, order).error().id);
    order.decided_on = day("2026-05-28");  // another handling
    must(f.scoring().decide(kOperator, order));
}

TAGS(Cases, hold_the_number_of_their_handling, "XY-28");
TEST(Cases, hold_the_number_of_their_handling) {
    CaseworkScene f;
    f.open(K::scoring);
    f.take(P::facts, {"handling=信医保协处〔2026〕5号"});
    MatterOrder by_reference = matter("信医保处〔2026〕9号", "2026-05-28", 3);
    by_reference.reference = "信医保协处〔2026〕5号";
    const Error refused = f.scoring().decide(kOperator, by_reference).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_held_by_case, refused.id);
    CPPUNIT_ASSERT(refused.detail.find("信医保协处〔2026〕5号") != std::string::npos);
    const MatterOrder by_document = matter("信医保协处〔2026〕5号", "2026-05-28", 3);
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_held_by_case, f.scoring().decide(kOperator, by_document).error().id);
    by_reference.reference = "信医保协处〔2026〕6号";
    must(f.scoring().decide(kOperator, by_reference));
}

TAGS(Cases, a_repair_shortens_by_a_month, "XY-32 XY-33");
TEST(Cases, a_repair_shortens_by_a_month) {
    CaseworkScene f;
    f.decide(9);  // two months from 06-05
    f.open(K::repair);
    f.take(P::consent);
    f.take(P::evaluate, {"way=activity"}, "张拟稿");
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_same_person, f.attempt(P::decide, {}, "张拟稿").error().id);
    f.take(P::decide);
    CPPUNIT_ASSERT_EQUAL(8U, f.career().points_of(2026));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-07-05"), format(*f.standing().at(0).nominal_end));
    f.take(P::inform);
    f.take(P::updated);
    f.take(P::close);
}

TAGS(Cases, no_repair_of_a_single_twelve, "XY-33");
TEST(Cases, no_repair_of_a_single_twelve) {
    CaseworkScene f;
    f.decide(12);
    f.open(K::repair);
    f.take(P::consent);
    const std::uint64_t events = f.log_size();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_not_repairable, f.attempt(P::evaluate, {"way=activity"}).error().id);
    CPPUNIT_ASSERT_EQUAL(events, f.log_size());
}

TAGS(Cases, a_restoration_ends_the_suspension_at_its_printed_end, "XY-34 XY-35");
TEST(Cases, a_restoration_ends_the_suspension_at_its_printed_end) {
    CaseworkScene f;
    f.decide(9);  // until the end of 2026-08-04
    f.on("2026-07-10");
    f.open(K::restoration, {CaseworkScene::kWho}, CaseworkScene::kNotice);
    f.take(P::consent);
    f.on("2026-07-20");
    f.take(P::evaluate, {}, "张拟稿");
    f.take(P::decide);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-08-05"), format(*f.standing().at(0).end));
    CPPUNIT_ASSERT_EQUAL(9U, f.career().points_of(2026));  // XY 35: the points of the year stay
    CPPUNIT_ASSERT(f.outcome(P::decide).text("recommit").empty());
}

TAGS(Cases, a_refused_restoration_may_be_overruled_by_the_department, "XY-36");
TEST(Cases, a_refused_restoration_may_be_overruled_by_the_department) {
    CaseworkScene f;
    f.decide(9);
    f.on("2026-07-10");
    f.open(K::restoration, {CaseworkScene::kWho}, CaseworkScene::kNotice);
    f.take(P::consent);
    f.take(P::evaluate, {"verdict=disagree"}, "张拟稿");
    f.take(P::inform);
    f.take(P::appeal);
    f.take(P::overrule);
    f.take(P::decide);
    CPPUNIT_ASSERT(f.standing().at(0).end.has_value());
}

TAGS(Cases, are_referred_and_answered, "XY-4 XY-6 XY-7");
TEST(Cases, are_referred_and_answered) {
    CaseworkScene f;
    f.open(K::referral);
    f.take(P::refer, {"authority=health"});
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, f.attempt(P::close).error().id);
    f.take(P::reply);
    f.take(P::close);
    CPPUNIT_ASSERT_EQUAL(S::closed, f.state());
}

TEST(Cases, show_the_level_that_the_facts_lead_to) {
    Rules rules = casework_rules();
    rules.triggers = {{"XY24-2",
                       "4-6",
                       "损失占比",
                       {{{CaseFact::loss_share, 30, 50}}},
                       {ValueSource::article, "第二十四条第（二）项"}}};
    CaseworkScene f(rules);
    f.open(K::scoring);
    f.take(P::facts, {"facts=loss_share=40"});
    const CaseView view = must(f.cases().show(f.number));
    CPPUNIT_ASSERT(view.people[0].proposed_level == "4-6");
    CPPUNIT_ASSERT(view.people[0].proposed_why.find("第二十四条第（二）项") != std::string::npos);
    CPPUNIT_ASSERT(view.people[0].possible == (std::vector<CaseStep>{P::hear, P::drop}));
}

struct BadCase {
    const char* name;
    void (*change)(CaseOrder&);
    ErrorId error;
};
const BadCase kBadCases[] = {
    {"of_nobody", [](CaseOrder& o) { o.people.clear(); }, ErrorId::case_missing_field},
    {"of_one_twice", [](CaseOrder& o) { o.people.push_back(o.people[0]); }, ErrorId::case_bad_field},
    {"of_a_stranger", [](CaseOrder& o) { o.people = {"D999999999999"}; }, ErrorId::person_not_found},
    {"of_who_is_not_there", [](CaseOrder& o) { o.institution = kTownship, o.people = {CaseworkScene::kOther}; },
     ErrorId::case_bad_field},
    {"without_an_institution", [](CaseOrder& o) { o.institution.clear(); }, ErrorId::case_missing_field},
    {"at_no_institution", [](CaseOrder& o) { o.institution = "H9"; }, ErrorId::institution_not_found},
    {"without_a_matter", [](CaseOrder& o) { o.text.clear(); }, ErrorId::case_missing_field},
    {"that_came_tomorrow", [](CaseOrder& o) { o.on = day("2026-06-02"); }, ErrorId::case_bad_field},
    {"with_a_line_break", [](CaseOrder& o) { o.text = "a\nb"; }, ErrorId::case_bad_field},
    {"without_end", [](CaseOrder& o) { o.text = std::string(3001, 'x'); }, ErrorId::case_bad_field},
    {"of_a_time_without_rules", [](CaseOrder& o) { o.on = day("2025-03-30"); }, ErrorId::rules_not_in_force},
    {"two_people_apply",
     [](CaseOrder& o) {
         o.kind = K::repair, o.people = {CaseworkScene::kWho, CaseworkScene::kOther};
     },
     ErrorId::case_bad_field},
    {"a_restoration_of_nothing", [](CaseOrder& o) { o.kind = K::restoration; }, ErrorId::case_missing_field},
};
TEST_EACH(Cases, are_not_opened, kBadCases) {
    CaseworkScene f;
    const std::uint64_t events = f.log_size();
    CaseOrder order;
    order.institution = kHospital;
    order.people = {CaseworkScene::kWho};
    order.text = "现场检查";
    row.change(order);
    CPPUNIT_ASSERT_EQUAL(row.error, f.cases().open("张拟稿", order).error().id);
    CPPUNIT_ASSERT_EQUAL(events, f.log_size());
}

TEST(Cases, of_another_number_are_not_there) {
    CaseworkScene f;
    f.open(K::scoring);
    f.number = 7;
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_not_found, f.cases().show(7).error().id);
}

}  // namespace
}  // namespace zige::hub::testing
