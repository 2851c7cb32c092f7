#include "hub/core/paper_case.h"

#include "tests/support/testing.h"
#include "tests/unit/hub/casework_scene.h"
#include "tests/unit/hub/paper_fakes.h"

namespace zige::hub::testing {
namespace {

using P = CaseStep;

struct CasePaperScene : CaseworkScene {
    explicit CasePaperScene(const Rules& rules = casework_rules()) : CaseworkScene(rules) {}
    Result<Paper> make(PaperKind kind, const PaperData& typed = {}) {
        PaperOrder order;
        order.subject.kind = kind;
        order.subject.case_number = number;
        order.typed = typed;
        order.typed.texts.emplace("issuer", "信阳市医疗保障中心");
        return hub().papers().make(kOperator, order, {pdf, code, [](const QrMatrix&, int) { return std::string(); }});
    }
    std::string html(PaperKind kind) { return std::string(as_text(must(make(kind)).content)); }
    void propose(unsigned points) {
        to_proposed(proposal_of(points), CaseKind::scoring, {"text=串换诊疗项目", "handling=信医保协处〔2026〕5号"});
    }

    PlainPdf pdf;
    SeenCode code;
};

TAGS(CasePaper, prior_notice_says_what_the_case_proposes_and_why, "XY-28");
TEST(CasePaper, prior_notice_says_what_the_case_proposes_and_why) {
    CasePaperScene f;
    f.propose(9);
    const std::string text = f.html(PaperKind::prior_notice);
    for (const char* const words : {"张伟", "H41150000001", "串换诊疗项目", "记 9 分（主要责任），暂停医保支付资格 2 个月", "5 日"})
        assert_has(text, words);
    const auto papers = must(f.hub().papers().of_case(f.number));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, papers.size());
    CPPUNIT_ASSERT_EQUAL(PaperKind::prior_notice, papers[0].kind);
    CPPUNIT_ASSERT_EQUAL(f.number, papers[0].case_number);
}

TEST(CasePaper, waits_for_what_it_tells_of) {
    CasePaperScene f;
    f.propose(9);
    const Error early = f.make(PaperKind::scoring_notice).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, early.id);
    CPPUNIT_ASSERT_EQUAL(std::string("decide"), early.field);
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field, f.make(PaperKind::repair_result).error().id);
}

TAGS(CasePaper, notice_of_points_has_facts_and_document_of_the_case, "XY-42");
TEST(CasePaper, notice_of_points_has_facts_and_document_of_the_case) {
    CasePaperScene f;
    f.decide(3);  // leads to no status, so that nothing is signed
    const std::string text = f.html(PaperKind::scoring_notice);
    for (const char* const words : {CaseworkScene::kNotice.c_str(), "3 分", "2026年6月1日", "2026年6月3日"})
        assert_has(text, words);
    CPPUNIT_ASSERT_EQUAL(CaseworkScene::kNotice, must(f.hub().papers().of_case(f.number)).at(0).document);
}

TEST(CasePaper, lets_nobody_type_what_the_case_says_but_for_the_wording) {
    CasePaperScene f;
    f.decide(3);
    PaperData typed;
    typed.texts = {{"points", "9"}};
    const Error refused = f.make(PaperKind::scoring_notice, typed).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field, refused.id);
    CPPUNIT_ASSERT_EQUAL(std::string("points"), refused.field);
    typed.texts = {{"facts", "串换诊疗项目三次"}};
    assert_has(std::string(as_text(must(f.make(PaperKind::scoring_notice, typed)).content)), "串换诊疗项目三次");
}

TAGS(CasePaper, result_of_an_appeal_has_day_claims_and_reason, "XY-31");
TEST(CasePaper, result_of_an_appeal_has_day_claims_and_reason) {
    CasePaperScene f;
    f.decide(9);
    f.take(P::appeal, {"text=处方系他人代签"});
    f.take(P::correct, {"points=6", "reason=部分成立"});
    const std::string text = f.html(PaperKind::appeal_result);
    for (const char* const words : {"2026年6月4日 收到对处理通知书（信医保处〔2026〕1号）所载处理结果", "处方系他人代签", "更正原处理", "部分成立", "更正为记 6 分"})
        assert_has(text, words);
}

TAGS(CasePaper, result_of_a_late_appeal_waits_until_it_is_decided, "XY-28 XY-31");
TEST(CasePaper, result_of_a_late_appeal_waits_until_it_is_decided) {
    CasePaperScene f;
    f.decide(9);
    f.on("2026-07-01");
    f.take(P::appeal, {"text=处方系他人代签"});
    CPPUNIT_ASSERT_EQUAL(CaseState::appealed_late, f.state());
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, f.make(PaperKind::appeal_result).error().id);
    f.take(P::admit, {"verdict=agree", "reason=住院期间无法提出"});
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, f.make(PaperKind::appeal_result).error().id);
    f.take(P::explain, {"text=处方系本人开具"});
    f.take(P::accept);
    const std::string text = f.html(PaperKind::appeal_result);
    for (const char* const words : {"维持原处理", "处方系本人开具"}) assert_has(text, words);
    CPPUNIT_ASSERT(text.find("住院期间无法提出") == std::string::npos);
}

TAGS(CasePaper, result_of_a_late_appeal_that_is_not_let_in_says_why, "XY-28 XY-31");
TEST(CasePaper, result_of_a_late_appeal_that_is_not_let_in_says_why) {
    CasePaperScene f;
    f.decide(9);
    f.on("2026-07-01");
    f.take(P::appeal);
    f.take(P::admit, {"verdict=disagree", "reason=逾期且无正当理由"});
    const std::string text = f.html(PaperKind::appeal_result);
    for (const char* const words : {"逾期未提出，视为放弃申诉权利", "逾期且无正当理由"}) assert_has(text, words);
    CPPUNIT_ASSERT(text.find("维持原处理") == std::string::npos);
}

TAGS(CasePaper, prior_notice_after_the_decision_does_not_count_it_twice, "XY-20 XY-28");
TEST(CasePaper, prior_notice_after_the_decision_does_not_count_it_twice) {
    CasePaperScene f;
    f.decide(9);
    assert_has(f.html(PaperKind::prior_notice), "记 9 分（主要责任），暂停医保支付资格 2 个月");
}

TAGS(CasePaper, prior_notice_goes_by_the_rules_of_the_day_of_handling, "XY-20 XY-28");
TEST(CasePaper, prior_notice_goes_by_the_rules_of_the_day_of_handling) {
    Rules before = casework_rules(), now = casework_rules();
    before.document = "此前的记分办法";
    before.effective_to = Sourced<Day>{day("2026-06-01"), {}};
    now.version = before.version + 1;
    now.effective_from.value = day("2026-06-01");
    CasePaperScene f;
    f.options.shelf = std::make_shared<FixedShelf>(std::vector{before, now});
    must(f.reopen());
    f.to_proposed(proposal_of(9), CaseKind::scoring, {"handled_on=2026-05-29"});
    assert_has(f.html(PaperKind::prior_notice), before.document);
}

TEST(CasePaper, lets_a_day_be_typed_that_the_case_does_not_say) {
    CasePaperScene f;
    f.propose(9);
    PaperData typed;
    typed.texts = {{"issued_on", "2026年6月2日"}};
    assert_has(std::string(as_text(must(f.make(PaperKind::prior_notice, typed)).content)), "2026年6月2日");
    typed.texts = {{"name", "陈静"}};
    CPPUNIT_ASSERT_EQUAL(std::string("the ledger says 张伟"), f.make(PaperKind::prior_notice, typed).error().detail);
    f.take(P::notice);
    typed.texts = {{"answer_by", "2026年12月31日"}};
    CPPUNIT_ASSERT(f.make(PaperKind::prior_notice, typed).error().detail.starts_with("the case says "));
}

TAGS(CasePaper, result_of_a_restoration_has_its_days, "XY-34 XY-35");
TEST(CasePaper, result_of_a_restoration_has_its_days) {
    CasePaperScene f;
    f.decide(9);
    f.on("2026-07-10");
    f.open(CaseKind::restoration, {CaseworkScene::kWho}, CaseworkScene::kNotice);
    f.take(P::consent);
    f.take(P::evaluate, {}, "张拟稿");
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, f.make(PaperKind::restoration_result).error().id);
    f.take(P::decide);
    const std::string text = f.html(PaperKind::restoration_result);
    for (const char* const words : {"对处理通知书（信医保处〔2026〕1号）所载", "2026年7月10日", "通过", "自 2026年8月5日 零时起"})
        assert_has(text, words);
}

TAGS(CasePaper, result_of_a_repair_has_the_points_before_and_after, "XY-33");
TEST(CasePaper, result_of_a_repair_has_the_points_before_and_after) {
    CasePaperScene f;
    f.decide(9);
    f.open(CaseKind::repair);
    f.take(P::consent);
    f.take(P::evaluate, {"way=activity"}, "张拟稿");
    f.take(P::decide);
    const std::string text = f.html(PaperKind::repair_result);
    for (const char* const words : {"同意修复", "修复前 9 分，修复后 8 分", "2026年7月4日", "宣传、飞行检查、专项检查（第三十三条第（二）项）"})
        assert_has(text, words);
}

TAGS(CasePaper, never_prints_a_question_that_is_open_to_the_bureau, "XY-33 XY-28");
TEST(CasePaper, never_prints_a_question_that_is_open_to_the_bureau) {
    Rules rules = casework_rules();
    const std::string question = "文件未列分数段，暂按三段，是否采用";
    for (RepairWay& way : rules.repair) way.cite = {ValueSource::undecided, question};
    for (PointLevel& level : rules.levels) level.cite = {ValueSource::ours, question};
    CasePaperScene f(rules);
    f.propose(9);
    CPPUNIT_ASSERT(f.html(PaperKind::prior_notice).find(question) == std::string::npos);
    CasePaperScene g(rules);
    g.decide(9);
    g.open(CaseKind::repair);
    g.take(P::consent);
    g.take(P::evaluate, {"way=activity"}, "张拟稿");
    g.take(P::decide);
    const std::string text = g.html(PaperKind::repair_result);
    CPPUNIT_ASSERT(text.find(question) == std::string::npos);
    assert_has(text, rules.repair.at(1).text);
}

}  // namespace
}  // namespace zige::hub::testing
