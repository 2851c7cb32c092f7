#include <algorithm>

#include "tests/support/testing.h"
#include "tests/unit/hub/casework_scene.h"

// Cases beside the commands: what the ledger says meanwhile counts, and neither does the other's work.

namespace zige::hub::testing {
namespace {

using K = CaseKind;
using P = CaseStep;
using S = CaseState;

const std::string kA = "信医保处〔2026〕11号";
const std::string kB = "信医保处〔2026〕12号";

/// 8 points decided in a case on 06-01, served by the case only if asked; then a decision of an earlier day comes in
/// late, and with it the 8 are 11: a suspension.
struct LateScene : CaseworkScene {
    explicit LateScene(bool served) {
        to_answered(proposal_of(8));
        take(P::decide, {"document=" + kA});
        take(P::issue);
        if (served) take(P::serve);
        MatterOrder late = matter(kB, "2026-05-20", 3);
        late.late_reason = "补录";
        must(scoring().decide(kOperator, late));
    }
    /// XY 28: told of the suspension, and the time for a statement is over.
    void tell() {
        must(hub().due_list().notice_done(kOperator, DueKind::prior_notice, kA, std::nullopt));
        on("2026-06-10");
    }
};

TAGS(Cases, serve_what_the_ledger_says_of_their_decision_by_then, "XY-20 XY-43");
TEST(Cases, serve_what_the_ledger_says_of_their_decision_by_then) {
    LateScene f(false);
    CPPUNIT_ASSERT(f.standing().empty());
    f.tell();
    f.take(P::serve);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.standing().size());
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-11"), format(f.standing()[0].from));
    CPPUNIT_ASSERT_EQUAL(kA, f.standing()[0].document);
    CPPUNIT_ASSERT_EQUAL(std::string("suspended"), std::string(f.outcome(P::serve).text("effect")));
}

TAGS(Cases, serve_a_decision_whose_suspension_a_repair_took_away, "XY-33 XY-43");
TEST(Cases, serve_a_decision_whose_suspension_a_repair_took_away) {
    CaseworkScene f;
    must(f.scoring().decide(kOperator, matter(kB, "2026-05-01", 4)));
    f.to_answered(proposal_of(5));  // 9 with those before
    f.take(P::decide, {"document=" + kA});
    CPPUNIT_ASSERT_EQUAL(std::string("suspended"), std::string(f.outcome(P::decide).text("effect")));
    f.take(P::issue);
    RepairOrder repair{CaseworkScene::kWho, {}, "活动"};
    repair.asked.way = "activity";
    repair.asked.on = day("2026-05-20");
    must(f.scoring().repair(kOperator, repair));  // entered late: 8
    f.take(P::serve);
    CPPUNIT_ASSERT(f.standing().empty());
    CPPUNIT_ASSERT_EQUAL(std::string("none"), std::string(f.outcome(P::serve).text("effect")));
    f.on("2026-06-17");
    f.take(P::close);  // nothing began: the institution has nothing to show
    CPPUNIT_ASSERT_EQUAL(S::closed, f.state());
}

TAGS(Cases, leave_to_the_command_what_began_after_their_service, "XY-43");
TEST(Cases, leave_to_the_command_what_began_after_their_service) {
    const ServeOrder served{CaseworkScene::kWho, kA, {day("2026-06-01"), {}, {}}};
    LateScene before(false);
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_held_by_case, before.scoring().serve(kOperator, served).error().id);
    LateScene after(true);
    CPPUNIT_ASSERT(after.standing().empty());
    after.tell();
    must(after.scoring().serve(kOperator, {CaseworkScene::kWho, kA, {day("2026-06-10"), {}, {}}}));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-11"), format(after.standing().at(0).from));
}

/// A suspension for the stopped agreement is decided in a case, and not served.
struct StatusScene : CaseworkScene {
    StatusScene() {
        stop("2026-05-10");
        to_answered({"status=suspended", "cause=agreement", "until=2026-12-31"}, K::status);
        take(P::decide, {"document=" + kA});
        take(P::issue);
    }
};

struct BeginRow {
    const char* name;
    Error (*attempt)(CaseworkScene&);
};
const BeginRow kBegins[] = {
    {"sanction_set",
     [](CaseworkScene& f) {
         SanctionOrder order;
         order.person = CaseworkScene::kWho;
         order.document = kA;
         order.served_on = day("2026-05-31");
         order.from = day("2026-06-01");
         return f.hub().sanctions().start(kOperator, order).error();
     }},
    {"cause_start",
     [](CaseworkScene& f) {
         CauseOrder order;
         order.who = {CaseworkScene::kWho};
         order.cause = SanctionCause::licence_lost;
         order.document = kA;
         order.from = day("2026-06-01");
         return f.hub().linked_sanctions().start(kOperator, order).error();
     }},
    {"points_decide",
     [](CaseworkScene& f) { return f.scoring().decide(kOperator, matter(kA, "2026-05-28", 3)).error(); }},
};
TEST_EACH(Cases, hold_the_number_that_they_have_not_served_against, kBegins) {
    StatusScene f;
    const std::uint64_t events = f.log_size();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_held_by_case, row.attempt(f).id);
    CPPUNIT_ASSERT_EQUAL(events, f.log_size());
    f.take(P::serve);
    CPPUNIT_ASSERT_EQUAL(kA, f.standing().at(0).document);
}

struct EndRow {
    const char* name;
    K kind;
    Error (*attempt)(CaseworkScene&);
};
const EndRow kEnds[] = {
    {"the_end_of_their_sanction", K::status,
     [](CaseworkScene& f) {
         return f.hub().sanctions().end(kOperator, CaseworkScene::kWho, kA, day("2026-06-02"), "误录").error();
     }},
    {"the_end_of_their_cause", K::status,
     [](CaseworkScene& f) {
         return f.hub().linked_sanctions().end(kOperator, {CaseworkScene::kWho}, kA, day("2026-06-02"), "恢复").error();
     }},
    {"a_restoration_that_is_applied_for", K::restoration,
     [](CaseworkScene& f) {
         return f.scoring()
             .restore(kOperator, {CaseworkScene::kWho, {kA, day("2026-06-01"), day("2026-06-01")}, "恢复"})
             .error();
     }},
    {"a_repair_that_is_applied_for", K::repair,
     [](CaseworkScene& f) {
         RepairOrder repair{CaseworkScene::kWho, {}, "活动"};
         repair.asked.way = "activity";
         repair.asked.on = day("2026-06-01");
         return f.scoring().repair(kOperator, repair).error();
     }},
};
TEST_EACH(Cases, hold_against_the_commands, kEnds) {
    CaseworkScene f;
    if (row.kind == K::status) {
        f.stop("2026-05-10");
        f.to_answered({"status=suspended", "cause=agreement", "until=2026-12-31"}, K::status);
        f.take(P::decide, {"document=" + kA});
        f.take(P::issue);
        f.take(P::serve);
    } else {
        must(f.scoring().decide(kOperator, matter(kA, "2026-04-01", 9)));
        f.open(row.kind, {CaseworkScene::kWho}, kA);
    }
    const std::uint64_t events = f.log_size();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_held_by_case, row.attempt(f).id);
    CPPUNIT_ASSERT_EQUAL(events, f.log_size());
}

TAGS(Cases, count_an_appeal_from_the_last_service, "XY-28");
TEST(Cases, count_an_appeal_from_the_last_service) {
    CaseworkScene f;
    must(f.scoring().decide(kOperator, matter(kA, "2026-04-01", 10)));
    must(f.scoring().withdraw(kOperator, {CaseworkScene::kWho, kA, "程序有误"}));
    must(f.scoring().decide(kOperator, matter(kA, "2026-05-25", 10)));
    f.open(K::scoring, {CaseworkScene::kWho}, kA);
    f.take(P::appeal);
    CPPUNIT_ASSERT_EQUAL(S::appealed, f.state());
}

TAGS(Cases, count_an_appeal_from_the_service_that_due_done_was_told, "XY-28 XY-43");
TEST(Cases, count_an_appeal_from_the_service_that_due_done_was_told) {
    CaseworkScene f;
    must(f.scoring().decide(kOperator, matter(kA, "2026-05-01", 3, false)));
    must(f.hub().due_list().notice_done(kOperator, DueKind::serve_notice, kA, day("2026-05-06")));
    f.open(K::scoring, {CaseworkScene::kWho}, kA);
    f.take(P::appeal);
    CPPUNIT_ASSERT_EQUAL(S::appealed_late, f.state());
}

TEST(Cases, refuse_an_appeal_before_the_service_that_is_typed) {
    CaseworkScene f;
    must(f.scoring().decide(kOperator, matter(kA, "2026-05-25", 10)));
    f.open(K::scoring, {CaseworkScene::kWho}, kA);
    const Error refused = f.attempt(P::appeal, {"served_on=2026-06-02"}).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field, refused.id);
    CPPUNIT_ASSERT_EQUAL(std::string("served_on"), refused.field);
}

TAGS(Cases, who_entered_a_notice_does_not_judge_the_appeal_against_it, "XY-28");
TEST(Cases, who_entered_a_notice_does_not_judge_the_appeal_against_it) {
    CaseworkScene f;
    must(f.scoring().decide("张拟稿", matter(kA, "2026-05-25", 10)));
    f.open(K::scoring, {CaseworkScene::kWho}, kA);
    f.take(P::appeal);
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_same_person, f.attempt(P::correct, {"points=9"}, "张拟稿").error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_same_person, f.attempt(P::withdraw, {}, "张拟稿").error().id);
    f.take(P::withdraw, {}, "李审核");
    CPPUNIT_ASSERT_EQUAL(S::withdrawn, f.state());
}

TAGS(Cases, a_repair_tells_what_it_takes_from_later_decisions, "XY-33");
TEST(Cases, a_repair_tells_what_it_takes_from_later_decisions) {
    CaseworkScene f;
    must(f.scoring().decide(kOperator, matter(kA, "2026-05-01", 4)));
    f.open(K::repair);
    f.take(P::consent);
    f.take(P::evaluate, {"way=activity"}, "张拟稿");
    f.on("2026-06-10");
    must(f.scoring().decide(kOperator, matter(kB, "2026-06-10", 5)));  // 9: suspended from the 11th
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.standing().size());
    StepOrder decision{f.number, P::decide, {}, day("2026-06-05"), {}};
    must(f.cases().step("李审核", decision));  // 8: it never was
    CPPUNIT_ASSERT(f.standing().empty());
    CPPUNIT_ASSERT_EQUAL(kB, std::string(f.outcome(P::decide).text("later")));
    CPPUNIT_ASSERT_EQUAL(std::string("normal"), std::string(f.outcome(P::decide).text("effect")));
    f.take(P::inform);
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, f.attempt(P::close).error().id);  // the window shows 暂停 still
}

TEST(Cases, of_a_matter_have_a_hundred_people_at_most) {
    CaseworkScene f;
    MatterOrder order = matter(kA, "2026-05-28", 3);
    while (order.people.size() <= kMaxCasePeople) order.people.push_back(order.people.front());
    const Error refused = f.scoring().decide(kOperator, order).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field, refused.id);
    CPPUNIT_ASSERT_MESSAGE(refused.detail, refused.detail.find("100") != std::string::npos);
}

}  // namespace
}  // namespace zige::hub::testing
