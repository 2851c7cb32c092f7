#include <fstream>
#include <sstream>

#include "hub/core/profile/profile_file.h"
#include "hub/core/rules/wordings.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/casework_scene.h"
#include "tests/unit/hub/paper_fakes.h"

// What papers say under each shipped profile: the sentences of its own text, and none of another region's.
namespace zige::hub::testing {
namespace {

using P = CaseStep;
using Words = std::vector<const char*>;

struct Shipped {
    std::string text;
    ProfileFile file;
};
const Shipped& shipped(const std::string& id) {
    static std::map<std::string, Shipped> known;
    if (!known.contains(id)) {
        std::ifstream in(ZIGE_PACKAGING "/profiles/" + id + ".json", std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        known[id] = {text.str(), must(read_profile_file(text.str()))};
    }
    return known.at(id);
}

/// A hub that judges by a shipped profile, with a case at hand.
struct RegionScene : CaseworkScene {
    explicit RegionScene(const std::string& id) : CaseworkScene(*shipped(id).file.rules) {
        const Shipped& profile = shipped(id);
        Policy& policy = hub().policy();
        must(policy.keep(kOperator, profile.file.profile, profile.file.undecided, profile.text));
        const ProfileName name{id, profile.file.profile.version};
        for (const UndecidedValue& value : must(policy.undecided(name))) must(policy.confirm(kOperator, value.name, name));
        must(policy.adopt(kOperator, profile.file.profile, Calendar::official(), profile.file.undecided, profile.text,
                          "试验"));
    }
    std::string html(PaperKind kind) {
        PaperOrder order;
        order.subject.kind = kind;
        order.subject.case_number = number;
        order.typed.texts = {{"issuer", "医疗保障经办中心"}};
        const PaperPress press{pdf, code, [](const QrMatrix&, int) { return std::string(); }};
        return std::string(as_text(must(hub().papers().make(kOperator, order, press)).content));
    }
    /// Told before, where the text has that; decided and issued.
    void decide_by(const std::vector<std::string>& proposal, std::vector<std::string> decision, const std::string& id) {
        to_proposed(proposal, CaseKind::scoring, {"text=违规事实"});
        if (shipped(id).file.rules->prior_notice.value) {
            take(P::notice);
            prior = html(PaperKind::prior_notice);
            take(P::waive);
        }
        if (shipped(id).file.rules->legal_review_from && proposal[2] == "points=12") take(P::review);
        if (shipped(id).file.rules->discussion_from && proposal[2] == "points=12") take(P::discuss, {}, "王主任");
        decision.push_back("document=医保处〔2026〕1号");
        take(P::decide, decision);
        take(P::issue);
    }

    std::string prior;  ///< the prior notice
    PlainPdf pdf;
    SeenCode code;
};

void assert_hasnt(const std::string& text, const Words& never) {
    for (const char* const words : never)
        CPPUNIT_ASSERT_MESSAGE("says: " + std::string(words) + "\n" + text, text.find(words) == std::string::npos);
}

/// Names of texts of other regions, for a paper of one of them.
Words texts_but(std::string_view own) {
    Words others;
    for (const char* const each : {"信医保", "豫医保", "乌海", "内医保", "广东", "济宁"})
        if (own.find(each) == std::string_view::npos) others.push_back(each);
    return others;
}

const std::vector<std::string> kNine = {"level=7-9", "degree=main", "points=9"};
const std::vector<std::string> kTwelve = {"level=10-12", "degree=main", "points=12"};
const std::vector<std::string> kTwoMonths = {"months=2", "reason=首次违规"};

struct RegionRow {
    const char* name;
    const char* profile;
    const char* own;  ///< names of its own texts
    std::vector<std::string> proposal;
    std::vector<std::string> decision;
    Words says;
    Words never;
    const char* tags;
};
const RegionRow kNotices[] = {
    {"xinyang_suspends",
     "henan-xinyang",
     "信医保 豫医保",
     kNine,
     {},
     {"记分处理通知书", "信医保〔2025〕1号 第四十条第（四）项", "责任程度", "登记备案状态</th><td>暂停</td>",
      "完成该人员登记备案状态维护", "不予结算、不得申报，急诊、抢救等特殊情形除外", "其他执业、就业的定点医药机构", "10 个工作日",
      "向本机构提出书面申诉，申诉材料需经相关责任人员签字确认。逾期未提出的，视为放弃申诉权利"},
     {"盖章确认", "转嫁", "统筹基金", "中止服务协议", "意见反馈", "无异议", "自动恢复"},
     "XY-14 XY-16 XY-28 XY-40-4 XY-43 XY-45 XY-49"},
    {"national_suspends",
     "national",
     "",
     kNine,
     kTwoMonths,
     {"医保办发〔2024〕34号 第二十九条", "暂停医保支付资格2个月", "签字及你单位盖章确认。逾期未申诉的，视为无异议",
      "不得影响参保人员正常就医", "后发生的医保结算费用不得申报", "其他定点医药机构的登记备案状态自动调整", "对其进行谈话提醒并做好记录"},
     {"放弃申诉权利", "转嫁", "统筹基金", "服务协议", "意见反馈"},
     "N34-16 N34-33 N34-34 N34-36 N34-41 N34-45"},
    {"wuhai_suspends",
     "neimenggu-wuhai",
     "乌海 内医保",
     kNine,
     {},
     {"乌海告知书 四（二）", "暂停医保支付资格2个月", "签字及你单位盖章确认。逾期未申诉的，视为无异议"},
     {"放弃申诉权利", "转嫁", "统筹基金", "服务协议", "意见反馈"},
     "WH-4-2 N34-41"},
    {"guangdong_suspends",
     "guangdong",
     "广东",
     kNine,
     kTwoMonths,
     {"广东起草说明 四（四）", "医保统筹基金不予结算支付", "除急诊、抢救等特殊情形外", "政策培训或者内部通报",
      "签字及你单位盖章确认。逾期未申诉的，视为无异议"},
     {"放弃申诉权利", "转嫁", "服务协议", "意见反馈", "不得申报"},
     "GD-4-2 GD-4-4 N34-41"},
    {"jining_suspends",
     "jining",
     "济宁",
     {"level=6", "degree=main", "points=6"},
     {},
     {"扣分处理通知书", "济宁通知 五（一）", "中止服务协议3个月", "服务协议</th><td>中止</td>", "本次扣分", "共 3 个月",
      "医保基金不予支付（急诊、抢救除外），并不得转嫁于参保人员", "期满后自动恢复",
      "由你单位向本机构进行意见反馈并提供佐证材料", "10 个工作日", "由你单位向属地医保行政部门提出书面异议"},
     {"记分处理", "本次记分", "暂停", "登记备案", "签字", "盖章确认", "申诉", "统筹基金", "放弃", "责任程度", "主要责任", "谈话提醒"},
     "JN-4 JN-4-3 JN-5-1 JN-5-2 JN-6-1"},
    {"jining_ends",
     "jining",
     "济宁",
     {"level=12", "degree=main", "points=12"},
     {"ban_years=2", "reason=情节严重"},
     {"解除服务协议", "服务协议</th><td>解除</td>", "不再与其重新签订服务协议</th><td colspan=\"3\">解除之日起 2 年内", "不得转嫁于参保人员"},
     {"终止", "期满后自动恢复", "登记备案", "申诉"},
     "JN-5-1 JN-5-2"},
    {"jining_only_talks",
     "jining",
     "济宁",
     {"level=3", "degree=main", "points=3"},
     {},
     {"本次扣分</th><td>3 分", "书面异议"},
     {"转嫁", "中止", "谈话", "记分", "登记备案"},
     "JN-4-2"},
    {"guangdong_terminates",
     "guangdong",
     "广东",
     kTwelve,
     {},
     {"终止医保支付资格", "终止之日起 3 年内", "医保统筹基金不予结算支付"},
     {"转嫁", "服务协议"},
     "GD-4-4"},
};
TEST_EACH(PaperOfRegion, notice_says_what_its_text_says_and_no_more_where, kNotices) {
    RegionScene f(row.profile);
    f.decide_by(row.proposal, row.decision, row.profile);
    const std::string text = f.html(PaperKind::scoring_notice);
    for (const char* const words : row.says) assert_has(text, words);
    assert_hasnt(text, row.never);
    assert_hasnt(text + f.prior, texts_but(row.own));
}

struct PriorRow {
    const char* name;
    const char* profile;
    std::vector<std::string> decision;
    Words says;
    Words never;
    const char* tags;
};
const PriorRow kPrior[] = {
    {"xinyang", "henan-xinyang", {}, {"依法享有陈述、申辩等权利", "5 日", "视为放弃陈述、申辩权利", "信医保〔2025〕1号"}, {}, "XY-28"},
    {"national", "national", kTwoMonths, {"陈述和申辩", "5 日", "医保发〔2024〕23号"}, {"视为放弃", "依法享有"}, "ours:rules.wordings[statement]"},
    {"wuhai", "neimenggu-wuhai", {}, {"陈述和申辩", "乌海"}, {"视为放弃", "依法享有"}, "ours:rules.wordings[statement]"},
    {"guangdong", "guangdong", kTwoMonths, {"陈述和申辩", "广东"}, {"视为放弃", "依法享有"}, "ours:rules.wordings[statement]"},
};
TEST_EACH(PaperOfRegion, prior_notice_promises_what_its_text_does_under, kPrior) {
    RegionScene f(row.profile);
    f.decide_by(kNine, row.decision, row.profile);
    for (const char* const words : row.says) assert_has(f.prior, words);
    assert_hasnt(f.prior, row.never);
}

struct AppealRow {
    const char* name;
    const char* profile;
    std::vector<std::string> proposal;
    std::vector<std::string> decision;
    const char* without;  ///< an entry that may not be missing, or ""
    Words says;
    Words never;
    const char* tags;
};
const AppealRow kAppeals[] = {
    {"xinyang", "henan-xinyang", kNine, {}, "signed", {"申诉结果告知书", "更正为记 6 分", "及时维护登记备案状态"}, {"异议"}, "XY-28 XY-31"},
    {"national", "national", kNine, kTwoMonths, "sealed", {"申诉结果告知书", "更正为记 6 分"}, {}, "N34-41 N34-44"},
    {"wuhai", "neimenggu-wuhai", kNine, {}, "sealed", {"申诉结果告知书", "记分情况由本机构及时调整"}, {}, "N34-41 N34-44"},
    {"guangdong", "guangdong", kNine, kTwoMonths, "signed", {"申诉结果告知书"}, {}, "N34-41"},
    {"jining", "jining", {"level=6", "degree=main", "points=6"}, {}, "", {"异议结果告知书", "异议材料", "更正为扣 3 分"},
     {"申诉", "登记备案", "记分", "记 3"}, "JN-6-1"},
};
TEST_EACH(PaperOfRegion, appeal_asks_what_its_text_asks_and_is_answered_in_its_words_under, kAppeals) {
    RegionScene f(row.profile);
    f.decide_by(row.proposal, row.decision, row.profile);
    f.take(P::serve);
    const Fields all = entries_for(P::appeal, CaseKind::scoring, Opinion::none);
    Fields some;
    for (const auto& [name, value] : all.all())
        if (std::string_view(row.without).empty() ? name != "signed" && name != "sealed" : name != row.without)
            some.add(name, value);
    const auto taken = f.cases().step("李审核", {f.number, P::appeal, {}, std::nullopt, some});
    CPPUNIT_ASSERT_EQUAL(std::string_view(row.without).empty(), taken.ok());
    if (!taken.ok()) {
        CPPUNIT_ASSERT_EQUAL(std::string(row.without), taken.error().field);
        f.take(P::appeal);
    }
    const bool degrees = has_degrees(*shipped(row.profile).file.rules);
    f.take(P::correct, degrees ? std::vector<std::string>{"points=6", "level=4-6", "reason=部分成立"}
                               : std::vector<std::string>{"points=3", "level=3", "reason=部分成立"});
    const std::string text = f.html(PaperKind::appeal_result);
    for (const char* const words : row.says) assert_has(text, words);
    assert_hasnt(text, row.never);
}

TAGS(PaperOfRegion, a_decision_awaits_service_without_a_day_where_the_text_sets_none, "JN-6-1");
TEST(PaperOfRegion, a_decision_awaits_service_without_a_day_where_the_text_sets_none) {
    RegionScene f("jining");
    MatterOrder order = matter("济医保处〔2026〕1号", "2026-06-01", 6, false);
    order.people[0].violations = {Violation{}};
    order.people[0].violations[0].level = "6";
    must(f.scoring().decide(kOperator, order));
    auto due = must(f.hub().due_list().list(std::chrono::days{10}));
    std::erase_if(due, [](const DueItem& item) { return item.kind != DueKind::issue_notice && item.kind != DueKind::serve_notice; });
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, due.size());
    CPPUNIT_ASSERT_EQUAL(order.people[0].document, due[0].about);
    CPPUNIT_ASSERT(!due[0].due && !due[0].overdue(day("2026-12-01")));
    must(f.hub().due_list().notice_done(kOperator, DueKind::issue_notice, order.people[0].document, {}));
    ServeOrder served{CaseworkScene::kWho, order.people[0].document, {}};
    served.service.served_on = day("2026-06-01");
    must(f.scoring().serve(kOperator, served));
    due = must(f.hub().due_list().list(std::nullopt));
    CPPUNIT_ASSERT(std::ranges::none_of(due, [](const DueItem& item) { return item.kind == DueKind::serve_notice; }));
}

}  // namespace
}  // namespace zige::hub::testing
