#include "hub/core/paper_decisions.h"
#include "hub/core/people.h"
#include "hub/core/scoring.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/casework_scene.h"

namespace zige::hub::testing {
namespace {

// XY 28, 43: what a decision leads to beyond what was told is told and served first.

ServeOrder service_of(const std::string& document, std::string_view on) {
    return {ScoringScene::kWho, document, {day(on), {}, {}}};
}

/// 张伟, suspended for two months by B of 05-10; A of an earlier day is entered late, and B ends his registrations.
struct GraverScene : CaseworkScene {
    explicit GraverScene(bool served = true) {
        must(scoring().decide(kOperator, matter("B", "2026-05-10", 9, served)));
        enter_late();
    }
    void enter_late() {
        MatterOrder late = matter("A", "2026-05-01", 3);
        late.late_reason = "县里补报";
        said = must(scoring().decide(kOperator, late));
    }
    /// What is due of B's notice.
    std::vector<DueItem> dues() {
        std::vector<DueItem> items = must(hub().due_list().list(std::nullopt));
        std::erase_if(items, [](const DueItem& each) {
            return each.kind != DueKind::prior_notice && each.kind != DueKind::issue_notice &&
                   each.kind != DueKind::serve_notice;
        });
        return items;
    }
    void tell(std::string_view today) {
        on(today);
        must(hub().due_list().notice_done(kOperator, DueKind::prior_notice, "B", std::nullopt));
    }

    ScoringResult said;
};

TAGS(Graver, effect_is_in_force_once_it_was_told_and_served, "XY-28 XY-42 XY-43");
TEST(Graver, effect_is_in_force_once_it_was_told_and_served) {
    GraverScene s;
    CPPUNIT_ASSERT_EQUAL(std::vector<std::string>{"B"}, s.said.people.at(0).owed);
    CPPUNIT_ASSERT(s.career().decision("B")->effect.served.status == Standing::terminated);
    CPPUNIT_ASSERT(s.standing().at(0).status == Standing::suspended);  // as served
    CPPUNIT_ASSERT(s.standing().at(0).nominal_end == day("2026-07-11"));
    const auto due = s.dues();
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, due.size());
    CPPUNIT_ASSERT_EQUAL(DueKind::prior_notice, due[0].kind);
    CPPUNIT_ASSERT_EQUAL(kHospital, due[0].institution);
    CPPUNIT_ASSERT_EQUAL(std::string("第二十八条"), due[0].article);
    CPPUNIT_ASSERT(due[0].by == StepBy::bureau && due[0].name == "张伟");
    const auto soon = must(s.hub().due_list().list(std::chrono::days{1}));
    CPPUNIT_ASSERT(std::ranges::any_of(soon, [](const DueItem& each) { return each.kind == DueKind::prior_notice; }));
    const Error untold = s.scoring().serve(kOperator, service_of("B", "2026-06-01")).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_graver_than_told, untold.id);
    CPPUNIT_ASSERT_MESSAGE(untold.detail, untold.detail.find("第二十八条") != std::string::npos);
    s.tell("2026-06-02");
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, s.dues().size());
    CPPUNIT_ASSERT_EQUAL(DueKind::issue_notice, s.dues()[0].kind);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-15"), format(s.dues()[0].due->day));  // five working days after 06-08
    must(s.hub().due_list().notice_done(kOperator, DueKind::issue_notice, "B", std::nullopt));
    s.on("2026-06-08");
    const Error early = s.scoring().serve(kOperator, service_of("B", "2026-06-08")).error();  // 06-07 is a Sunday
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_bad_day, early.id);
    s.on("2026-06-09");
    must(s.scoring().serve(kOperator, service_of("B", "2026-06-09")));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, s.standing().size());
    CPPUNIT_ASSERT(s.standing()[0].status == Standing::terminated);
    CPPUNIT_ASSERT(s.standing()[0].from == day("2026-05-11"));
    CPPUNIT_ASSERT(s.dues().empty());
    CPPUNIT_ASSERT_EQUAL(ErrorId::sanction_overlaps, s.scoring().serve(kOperator, service_of("B", "2026-06-09")).error().id);
    const Career before = s.career();
    must(s.reopen());
    CPPUNIT_ASSERT(before == s.career());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, must(s.hub().ledger().rebuild()).differences);
}

TAGS(Graver, effect_that_falls_again_needs_no_service, "XY-31 XY-43");
TEST(Graver, effect_that_falls_again_needs_no_service) {
    GraverScene s;
    must(s.scoring().withdraw(kOperator, {CaseworkScene::kWho, "A", "查明有误"}));
    CPPUNIT_ASSERT(!s.career().is_owed("B"));
    CPPUNIT_ASSERT(s.standing().at(0).nominal_end == day("2026-07-11"));
    CPPUNIT_ASSERT(s.dues().empty());
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field,
                         s.hub().due_list().notice_done(kOperator, DueKind::prior_notice, "B", std::nullopt).error().id);
}

TAGS(Graver, decision_that_nobody_served_yet_is_told_again_first, "XY-28");
TEST(Graver, decision_that_nobody_served_yet_is_told_again_first) {
    GraverScene s(false);
    CPPUNIT_ASSERT_EQUAL(DueKind::prior_notice, s.dues().at(0).kind);
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_graver_than_told,
                         s.scoring().serve(kOperator, service_of("B", "2026-06-01")).error().id);
    s.tell("2026-06-02");
    ServeOrder waived = service_of("B", "2026-06-01");
    waived.service.forced_dates = "书面放弃陈述申辩";
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_bad_day, s.scoring().serve(kOperator, waived).error().id);
    waived.service.served_on = day("2026-06-02");
    must(s.scoring().serve(kOperator, waived));
    CPPUNIT_ASSERT(s.standing().at(0).status == Standing::terminated);
    CPPUNIT_ASSERT(s.standing().at(0).from == day("2026-06-03"));
}

TAGS(Graver, decision_of_a_case_is_told_again_before_its_service, "XY-28 XY-43");
TEST(Graver, decision_of_a_case_is_told_again_before_its_service) {
    using P = CaseStep;
    CaseworkScene f;
    f.to_answered(proposal_of(9));
    f.on("2026-06-03");
    f.take(P::decide, {"document=" + CaseworkScene::kNotice});
    f.take(P::issue);
    MatterOrder late = matter("A", "2026-05-01", 3);
    late.late_reason = "县里补报";
    must(f.scoring().decide(kOperator, late));  // 12 of the year
    f.on("2026-06-04");
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_graver_than_told, f.attempt(P::serve).error().id);
    CPPUNIT_ASSERT(f.standing().empty());
    const auto listed = must(f.hub().due_list().list(std::nullopt));
    CPPUNIT_ASSERT(std::ranges::any_of(listed, [](const DueItem& each) { return each.kind == DueKind::prior_notice; }));
    must(f.hub().due_list().notice_done(kOperator, DueKind::prior_notice, CaseworkScene::kNotice, std::nullopt));
    f.on("2026-06-10");
    f.take(P::serve);
    CPPUNIT_ASSERT(f.standing().at(0).status == Standing::terminated);
    CPPUNIT_ASSERT(f.standing().at(0).from == day("2026-06-11"));
}

namespace {

/// As the notice of the only decision says it.
std::string measure_on_paper(ScoringScene& s) {
    const auto events = must(read_from(*s.store, [&](Tx& tx) -> Result<std::vector<LogEvent>> {
        ZIGE_TRY(who, find_by_code(tx, ScoringScene::kWho));
        return HubLog(*s.hasher).career_of(tx, who->id);
    }));
    for (const auto& [name, value] : fields_of(paper_decisions(events).at(0), Profile{}))
        if (name == "measure") return value;
    return {};
}

}  // namespace

TAGS(Graver, effect_reaches_back_over_no_day_on_which_he_was_paid, "XY-31 XY-43");
TEST(Graver, effect_reaches_back_over_no_day_on_which_he_was_paid) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-01-05", 9)));  // 01-06 to 03-06
    must(s.scoring().restore(kOperator, {ScoringScene::kWho, {"A", day("2026-02-20"), day("2026-03-01")}, "评估合格"}));
    must(s.scoring().correct(kOperator, correction("A", 11)));  // six months
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, s.standing().size());
    CPPUNIT_ASSERT(s.standing()[0].end == day("2026-03-06"));
    must(s.scoring().serve(kOperator, service_of("A", "2026-06-01")));
    const StandingTimeline both = s.standing();
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, both.size());
    CPPUNIT_ASSERT(both[0].end == day("2026-03-06"));
    CPPUNIT_ASSERT(both[1].from == day("2026-06-02") && both[1].nominal_end == day("2026-10-02"));  // the other four
    const std::string printed = measure_on_paper(s);
    CPPUNIT_ASSERT_MESSAGE(printed, printed.find("其中 2026年1月6日 至 2026年3月5日 已执行") != std::string::npos);
    must(s.scoring().correct(kOperator, correction("A", 10)));  // four months in all
    CPPUNIT_ASSERT(s.standing().at(1).nominal_end == day("2026-08-02"));
    must(s.scoring().correct(kOperator, correction("A", 9)));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, s.standing().size());
    CPPUNIT_ASSERT(s.standing()[0].end == day("2026-03-06"));
    CPPUNIT_ASSERT(measure_on_paper(s).find("已执行") == std::string::npos);
    must(s.scoring().correct(kOperator, correction("A", 11)));
    must(s.scoring().serve(kOperator, service_of("A", "2026-06-01")));
    must(s.scoring().withdraw(kOperator, {ScoringScene::kWho, "A", "复议撤销"}));
    CPPUNIT_ASSERT(s.standing().empty());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, must(s.hub().ledger().rebuild()).differences);
}

TAGS(Graver, effect_that_is_served_in_parts_is_repaired_once, "XY-33 XY-43");
TEST(Graver, effect_that_is_served_in_parts_is_repaired_once) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-01-05", 9)));  // 01-06 to 03-06, less a month
    RepairOrder repair;
    repair.who = ScoringScene::kWho;
    repair.asked = {"activity", {}, 1, {}, day("2026-01-20")};
    must(s.scoring().repair(kOperator, repair));
    CPPUNIT_ASSERT(s.standing().at(0).nominal_end == day("2026-02-06"));
    must(s.scoring().restore(kOperator, {ScoringScene::kWho, {"A", day("2026-01-25"), day("2026-02-01")}, "评估合格"}));
    const auto graver = [&](unsigned points, std::string_view served) {
        must(s.scoring().correct(kOperator, correction("A", points)));
        ServeOrder order = service_of("A", served);
        order.service.forced_dates = "更正文书当日送达，迟录";
        must(s.scoring().serve(kOperator, order));
    };
    graver(10, "2026-03-20");
    CPPUNIT_ASSERT(s.standing().at(1).from == day("2026-03-21") && s.standing()[1].nominal_end == day("2026-05-21"));
    must(s.scoring().restore(kOperator, {ScoringScene::kWho, {"A", day("2026-05-10"), day("2026-05-15")}, "评估合格"}));
    graver(11, "2026-06-01");
    CPPUNIT_ASSERT(s.standing().at(2).from == day("2026-06-02") && s.standing()[2].nominal_end == day("2026-08-02"));
}

TAGS(Graver, effect_is_not_served_before_it_became_so, "XY-43");
TEST(Graver, effect_is_not_served_before_it_became_so) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-05-01", 8)));
    must(s.scoring().correct(kOperator, correction("A", 9)));
    ServeOrder before = service_of("A", "2026-05-20");
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_bad_day, s.scoring().serve(kOperator, before).error().id);
    before.service.forced_dates = "更正文书 5 月 20 日送达，迟录";
    must(s.scoring().serve(kOperator, before));
    CPPUNIT_ASSERT(s.standing().at(0).from == day("2026-05-21"));
}

TAGS(Repair, before_service_is_in_the_printed_end, "XY-33 XY-42");
TEST(Repair, before_service_is_in_the_printed_end) {
    for (const char* const printed : {"2026-06-09", "2026-07-09"}) {  // less the month, and as the text has it
        ScoringScene s;
        must(s.scoring().decide(kOperator, matter("A", "2026-03-01", 10, false)));
        RepairOrder repair;
        repair.who = ScoringScene::kWho;
        repair.asked = {"activity", {}, 1, {}, day("2026-03-05")};
        must(s.scoring().repair(kOperator, repair));
        ServeOrder order = service_of("A", "2026-03-08");
        order.service.printed_end = day(printed);
        must(s.scoring().serve(kOperator, order));
        CPPUNIT_ASSERT(s.standing().at(0).nominal_end == day("2026-06-09"));
        repair.asked.on = day("2026-03-20");
        must(s.scoring().repair(kOperator, repair));
        CPPUNIT_ASSERT(s.standing().at(0).nominal_end == day("2026-06-09"));  // once only
    }
}

TAGS(CaseAppeal, leads_to_no_more_than_was_told, "XY-28 XY-31");
TEST(CaseAppeal, leads_to_no_more_than_was_told) {
    CaseworkScene f;
    f.decide(10);
    f.take(CaseStep::appeal);
    f.take(CaseStep::explain);
    f.take(CaseStep::persist);
    const Error more = f.attempt(CaseStep::correct, {"points=11"}).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_decide_anew, more.id);
    CPPUNIT_ASSERT_EQUAL(std::string("from 10 to 11; 第二十八条"), more.detail);
    f.take(CaseStep::correct, {"points=7", "reason=部分成立"});
}

}  // namespace
}  // namespace zige::hub::testing
