#include <algorithm>

#include "shared/openssl/sealing.h"
#include "shared/wire/identity.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/casework_scene.h"
#include "tests/unit/hub/paper_fakes.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {
namespace {

Rules rules_of_the_desk() {
    Rules rules = casework_rules();
    rules.deadlines.push_back({DueKind::commitment, 5, DayUnit::working_days, false, {ValueSource::article, "第八条"}});
    rules.deadlines.push_back(
        {DueKind::principal_change, 30, DayUnit::working_days, false, {ValueSource::inherits, "3号令 第三十七条"}});
    return rules;
}

template <class Scene>
struct WithDues : Scene {
    using Scene::Scene;
    std::vector<DueItem> of_kind(DueKind kind) {
        std::vector<DueItem> items = must(this->hub().due_list().list(std::nullopt));
        std::erase_if(items, [&](const DueItem& item) { return item.kind != kind; });
        return items;
    }
};

struct DueScene : WithDues<CaseworkScene> {
    DueScene() : WithDues(rules_of_the_desk()) {}
    DueItem only(DueKind kind) {
        const auto items = of_kind(kind);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, items.size());
        return items.front();
    }
};

const std::string kDocument = "信医保处〔2026〕7号";

TAGS(DueDecision, is_issued_in_five_working_days_and_served_in_three, "XY-42 XY-43");
TEST(DueDecision, is_issued_in_five_working_days_and_served_in_three) {
    DueScene f;
    must(f.scoring().decide(kOperator, matter(kDocument, "2026-06-01", 10, false)));
    const DueItem issue = f.only(DueKind::issue_notice);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-08"), format(issue.due->day));
    CPPUNIT_ASSERT_EQUAL(kDocument, issue.about);
    CPPUNIT_ASSERT_EQUAL(std::string("张伟"), issue.name);
    CPPUNIT_ASSERT(issue.by == StepBy::bureau && issue.article == "第四十二条");
    f.on("2026-06-03");
    must(f.hub().due_list().notice_done(kOperator, DueKind::issue_notice, kDocument, day("2026-06-02")));
    CPPUNIT_ASSERT(f.of_kind(DueKind::issue_notice).empty());
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-05"), format(f.only(DueKind::serve_notice).due->day));
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field,  // its sanction has not begun
                         f.hub().due_list().notice_done(kOperator, DueKind::serve_notice, kDocument, {}).error().id);
    ServeOrder served{CaseworkScene::kWho, kDocument, {}};
    served.service.served_on = day("2026-06-03");
    must(f.scoring().serve(kOperator, served));
    CPPUNIT_ASSERT(f.of_kind(DueKind::serve_notice).empty());
}

TAGS(DueDecision, without_effect_is_served_too, "XY-42 XY-43");
TEST(DueDecision, without_effect_is_served_too) {
    DueScene f;
    must(f.scoring().decide(kOperator, matter(kDocument, "2026-06-01", 3, false)));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.of_kind(DueKind::issue_notice).size());
    must(f.hub().due_list().notice_done(kOperator, DueKind::issue_notice, kDocument, {}));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.of_kind(DueKind::serve_notice).size());
    must(f.hub().due_list().notice_done(kOperator, DueKind::serve_notice, kDocument, {}));
    CPPUNIT_ASSERT(f.of_kind(DueKind::serve_notice).empty());
    CPPUNIT_ASSERT(f.of_kind(DueKind::issue_notice).empty());
}

TEST(DueDecision, that_a_case_is_about_to_serve_is_the_cases) {
    DueScene f;
    f.decide(9);  // served by the case
    CPPUNIT_ASSERT(f.of_kind(DueKind::issue_notice).empty() && f.of_kind(DueKind::serve_notice).empty());
    DueScene g;
    g.to_answered(proposal_of(9));
    g.take(CaseStep::decide, {"document=" + kDocument});
    CPPUNIT_ASSERT_EQUAL(g.number, g.only(DueKind::issue_notice).case_number);
}

TAGS(DueDecision, that_was_served_and_begins_nothing_is_done, "XY-43");
TEST(DueDecision, that_was_served_and_begins_nothing_is_done) {
    DueScene f;
    must(f.scoring().decide(kOperator, matter(kDocument, "2026-06-01", 3)));  // served the same day
    f.on("2026-07-01");
    CPPUNIT_ASSERT(f.of_kind(DueKind::issue_notice).empty() && f.of_kind(DueKind::serve_notice).empty());
    DueScene g;
    g.decide(3);  // a case served it
    g.on("2026-07-01");
    g.take(CaseStep::close);
    CPPUNIT_ASSERT(g.state() == CaseState::closed);
    CPPUNIT_ASSERT(g.of_kind(DueKind::issue_notice).empty() && g.of_kind(DueKind::serve_notice).empty());
}

TEST(DueDecision, is_served_on_a_day_that_can_be) {
    DueScene f;
    for (const char* const wrong : {"2026-05-31", "2026-06-02"}) {
        MatterOrder order = matter(kDocument, "2026-06-01", 3);
        order.people[0].service.served_on = day(wrong);
        CPPUNIT_ASSERT_EQUAL(std::string("served_on"), f.scoring().decide(kOperator, order).error().field);
    }
}

TAGS(DueDecision, that_loses_its_effect_with_another_is_not_due_again, "XY-31 XY-43");
TEST(DueDecision, that_loses_its_effect_with_another_is_not_due_again) {
    DueScene f;
    must(f.scoring().decide(kOperator, matter("A", "2026-05-04", 6)));
    must(f.scoring().decide(kOperator, matter("B", "2026-05-11", 6, false)));  // 12 points: a termination
    ServeOrder served{CaseworkScene::kWho, "B", {}};
    served.service.served_on = day("2026-05-13");
    must(f.scoring().serve(kOperator, served));
    must(f.scoring().withdraw(kOperator, {CaseworkScene::kWho, "A", "申诉成立"}));
    CPPUNIT_ASSERT(f.career().interval("B") == nullptr);
    CPPUNIT_ASSERT(f.of_kind(DueKind::issue_notice).empty() && f.of_kind(DueKind::serve_notice).empty());
}

TAGS(DueDecision, that_leads_to_a_suspension_since_it_was_corrected_is_due_from_then_on, "XY-31 XY-42 XY-43");
TEST(DueDecision, that_leads_to_a_suspension_since_it_was_corrected_is_due_from_then_on) {
    DueScene f;
    must(f.scoring().decide(kOperator, matter("A", "2026-05-11", 6)));
    must(f.hub().due_list().notice_done(kOperator, DueKind::issue_notice, "A", day("2026-05-12")));
    MatterOrder late = matter("B", "2026-05-04", 3);
    late.late_reason = "补录";
    must(f.scoring().decide(kOperator, late));  // 9 points now, and nobody told him
    CPPUNIT_ASSERT_EQUAL(std::string("A"), f.only(DueKind::prior_notice).about);
    CPPUNIT_ASSERT(f.of_kind(DueKind::issue_notice).empty());
    must(f.hub().due_list().notice_done(kOperator, DueKind::prior_notice, "A", day("2026-06-01")));
    const DueItem owed = f.only(DueKind::issue_notice);
    CPPUNIT_ASSERT_EQUAL(std::string("A"), owed.about);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-15"), format(owed.due->day));  // a statement may come until 06-08
    f.on("2026-06-09");
    must(f.hub().due_list().notice_done(kOperator, DueKind::issue_notice, "A", day("2026-06-09")));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-12"), format(f.only(DueKind::serve_notice).due->day));
}

/// 9 points for 张伟 and 3 for 陈静 under one number; not served.
MatterOrder matter_of_two() {
    MatterOrder order = matter(kDocument, "2026-06-01", 9, false);
    order.people.push_back(matter(kDocument, "2026-06-01", 3, false, ScoringScene::kOther).people.front());
    return order;
}

TAGS(DueDecision, of_two_under_one_number_is_served_to_whom_it_begins_nothing_for, "XY-42 XY-43");
TEST(DueDecision, of_two_under_one_number_is_served_to_whom_it_begins_nothing_for) {
    DueScene f;
    must(f.scoring().decide(kOperator, matter_of_two()));
    must(f.hub().due_list().notice_done(kOperator, DueKind::issue_notice, kDocument, {}));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, f.of_kind(DueKind::serve_notice).size());
    must(f.hub().due_list().notice_done(kOperator, DueKind::serve_notice, kDocument, {}));
    CPPUNIT_ASSERT_EQUAL(std::string("张伟"), f.only(DueKind::serve_notice).name);  // points serve begins his sanction
}

TAGS(DueDecision, that_was_issued_before_two_files_were_one_is_not_to_be_issued_again, "XY-12 XY-42");
TEST(DueDecision, that_was_issued_before_two_files_were_one_is_not_to_be_issued_again) {
    DueScene f;
    f.add(kPharmacy);
    f.import(kPharmacy, {row("N411500000077", "张伟", "E12345678")});
    MatterOrder order = matter(kDocument, "2026-06-01", 3, false, "N411500000077");
    order.institution = kPharmacy;
    must(f.scoring().decide(kOperator, order));
    PaperOrder notice;
    notice.subject = {PaperKind::scoring_notice, kPharmacy, "N411500000077", kDocument, {}, 0};
    notice.typed.texts = {{"issuer", "信阳市医疗保障中心"}, {"facts", "串换诊疗项目"}};
    const PlainPdf pdf;
    const SeenCode code;
    must(f.hub().papers().make(kOperator, notice, {pdf, code, [](const QrMatrix&, int) { return std::string(); }}));
    CPPUNIT_ASSERT(f.of_kind(DueKind::issue_notice).empty());
    must(f.hub().linked_sanctions().merge(kOperator, {"N411500000077", CaseworkScene::kWho, "护照与身份证为同一人"}));
    CPPUNIT_ASSERT(f.of_kind(DueKind::issue_notice).empty());
    CPPUNIT_ASSERT_EQUAL(std::string("张伟"), f.only(DueKind::serve_notice).name);
}

TEST(DueDecision, is_done_by_a_notice_and_nothing_else) {
    DueScene f;
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field,
                         f.hub().due_list().notice_done(kOperator, DueKind::appeal, kDocument, {}).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_missing_field,
                         f.hub().due_list().notice_done(kOperator, DueKind::serve_notice, "", {}).error().id);
    CPPUNIT_ASSERT_EQUAL(
        ErrorId::case_bad_field,
        f.hub().due_list().notice_done(kOperator, DueKind::serve_notice, kDocument, day("2026-06-02")).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_decision_unknown,
                         f.hub().due_list().notice_done(kOperator, DueKind::issue_notice, kDocument, {}).error().id);
}

TAGS(DueStop, names_who_stays_suspended_when_the_agreement_comes_back, "XY-39");
TEST(DueStop, names_who_stays_suspended_when_the_agreement_comes_back) {
    DueScene f;
    const std::string document = "信医保协〔2026〕3号";
    f.stop("2026-05-10", document);
    CauseOrder order;
    order.who = {CaseworkScene::kWho};
    order.institution = kHospital;
    order.document = document;
    must(f.hub().linked_sanctions().start(kOperator, order));
    CPPUNIT_ASSERT(f.of_kind(DueKind::end_linked_sanction).empty());
    must(f.hub().registry().resume(kOperator, kHospital, document, day("2026-06-01")));
    const DueItem left = f.only(DueKind::end_linked_sanction);
    CPPUNIT_ASSERT_EQUAL(std::string("张伟"), left.name);
    CPPUNIT_ASSERT_EQUAL(kHospital, left.institution);
    CPPUNIT_ASSERT_EQUAL(document, left.about);
    must(f.hub().linked_sanctions().end(kOperator, {CaseworkScene::kWho}, document, day("2026-06-01"), "协议恢复"));
    CPPUNIT_ASSERT(f.of_kind(DueKind::end_linked_sanction).empty());
}

TAGS(DueStop, names_whom_a_case_suspended_with_the_agreement, "XY-28 XY-39");
TEST(DueStop, names_whom_a_case_suspended_with_the_agreement) {
    DueScene f;
    f.stop("2026-05-10");
    f.to_answered({"status=suspended", "cause=agreement"}, CaseKind::status);
    f.take(CaseStep::decide, {"document=" + kDocument});
    f.take(CaseStep::issue);
    f.take(CaseStep::serve);
    f.on("2026-06-10");
    f.stop("2026-06-10", "信医保协〔2026〕4号");
    must(f.hub().registry().resume(kOperator, kHospital, "信医保协〔2026〕3号", day("2026-06-10")));
    CPPUNIT_ASSERT(f.of_kind(DueKind::end_linked_sanction).empty());  // another stop runs
    f.on("2026-06-20");
    must(f.hub().registry().resume(kOperator, kHospital, "信医保协〔2026〕4号", day("2026-06-20")));
    const DueItem left = f.only(DueKind::end_linked_sanction);
    CPPUNIT_ASSERT_EQUAL(kDocument, left.about);
    CPPUNIT_ASSERT_EQUAL(kHospital, left.institution);
    const auto named = must(f.hub().due_list().left_by_stop(kHospital, "信医保协〔2026〕4号"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, named.size());
    CPPUNIT_ASSERT(must(f.hub().due_list().left_by_stop(kTownship, "")).empty());
}

TAGS(DueMerge, lists_decisions_that_rest_on_more_points_now, "XY-12 XY-20");
TEST(DueMerge, lists_decisions_that_rest_on_more_points_now) {
    DueScene f;
    f.add(kPharmacy);
    f.import(kPharmacy, {row("N411500000077", "张伟", "E12345678")});
    must(f.scoring().decide(kOperator, matter("A", "2026-04-01", 6)));
    MatterOrder second = matter("B", "2026-05-06", 3, true, "N411500000077");
    second.institution = kPharmacy;
    must(f.scoring().decide(kOperator, second));
    CPPUNIT_ASSERT(f.of_kind(DueKind::read_again).empty());
    must(f.hub().linked_sanctions().merge(kOperator, {"N411500000077", CaseworkScene::kWho, "护照与身份证为同一人"}));
    const DueItem again = f.only(DueKind::read_again);  // 6 + 3 = 9: a suspension that was none
    CPPUNIT_ASSERT_EQUAL(std::string("B"), again.about);
    CPPUNIT_ASSERT_EQUAL(kPharmacy, again.institution);
    must(f.scoring().correct(kOperator, correction("B", 3)));
    CPPUNIT_ASSERT(f.of_kind(DueKind::read_again).empty());
}

/// While the first online key signs: institutions file.
struct FilingDueScene : WithDues<ScoringScene> {
    FilingDueScene() : WithDues({rules_of_the_desk()}, "2026-05-25 09:00:00") {}
};

TAGS(DuePrincipal, of_a_pharmacy_is_reported_in_thirty_working_days, "XY-46");
TEST(DuePrincipal, of_a_pharmacy_is_reported_in_thirty_working_days) {
    FilingDueScene f;
    f.add(kPharmacy, InstitutionKind::pharmacy);
    RosterRow principal = row("HY411500000009", "吴店长", "110105198001010016", Category::pharmacist);
    principal.post = Post::principal;
    f.import(kPharmacy, {principal});
    CPPUNIT_ASSERT(f.of_kind(DueKind::principal_change).empty());
    TestAgent agent(f, kPharmacy);
    agent.file(wire::DepartureFiling{RecordNo{1}, day("2026-05-24"), "辞职"}, 1);
    CPPUNIT_ASSERT(agent.sync().held.results.at(0).accepted);
    const auto items = f.of_kind(DueKind::principal_change);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, items.size());
    CPPUNIT_ASSERT_EQUAL(kPharmacy, items[0].institution);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-07-06"), format(items[0].due->day));  // the Dragon Boat Festival is on 06-19
    RosterRow next = row("HY411500000010", "郑店长", "110105196505050011", Category::pharmacist);
    next.post = Post::principal;
    f.import(kPharmacy, {next});
    CPPUNIT_ASSERT(f.of_kind(DueKind::principal_change).empty());
}

TAGS(DuePrincipal, whose_registration_was_taken_back_has_not_left, "XY-46");
TEST(DuePrincipal, whose_registration_was_taken_back_has_not_left) {
    FilingDueScene f;
    f.add(kPharmacy, InstitutionKind::pharmacy);
    TestAgent agent(f, kPharmacy);
    const wire::TrustDocument& trust = f.hub().trust().document();
    wire::RegistrationFiling filing;
    filing.code = "HY411500000009";
    filing.name = "吴店长";
    filing.category = Category::pharmacist;
    filing.post = Post::principal;
    filing.from = day("2026-05-25");
    filing.identity = must(wire::seal_identity({"01", "110105198001010016"}, trust, *make_sealer(trust.suite)));
    agent.file(filing, 1);
    CPPUNIT_ASSERT(agent.sync().held.results.at(0).accepted);
    agent.file(wire::UndoFiling{uuid(1)}, 2);
    CPPUNIT_ASSERT(agent.sync().held.results.at(0).accepted);
    CPPUNIT_ASSERT(f.of_kind(DueKind::principal_change).empty());
}

TAGS(DueCommitment, of_newcomers_is_one_line_for_an_institution_and_day, "XY-8");
TEST(DueCommitment, of_newcomers_is_one_line_for_an_institution_and_day) {
    FilingDueScene f;
    CPPUNIT_ASSERT(f.of_kind(DueKind::commitment).empty());
    TestAgent agent(f, kHospital);
    const wire::TrustDocument& trust = f.hub().trust().document();
    std::uint8_t uuid = 0;
    for (const auto& [code, number] : {std::pair{"D411500000021", "110105199002020026"}, {"D411500000022", "110105198001010016"}}) {
        wire::RegistrationFiling filing;
        filing.code = code;
        filing.name = "陈医生";
        filing.from = day("2026-05-25");
        filing.identity = must(wire::seal_identity({"01", number}, trust, *make_sealer(trust.suite)));
        agent.file(filing, ++uuid);
    }
    for (const auto& result : agent.sync().held.results) CPPUNIT_ASSERT(result.accepted);
    const auto items = f.of_kind(DueKind::commitment);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, items.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, items[0].people);
    CPPUNIT_ASSERT_EQUAL(kHospital, items[0].institution);
    CPPUNIT_ASSERT_EQUAL(std::string("第八条"), items[0].article);
    CPPUNIT_ASSERT(items[0].by == StepBy::institution && items[0].due.has_value());
}

}  // namespace
}  // namespace zige::hub::testing
