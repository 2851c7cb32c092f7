#include "hub/core/casework/entries.h"

#include <algorithm>
#include <charconv>

namespace zige::hub {
namespace {

using K = CaseKind;
using P = CaseStep;
using E = EntryKind;

constexpr SetOf<K> kAll{K::scoring, K::status, K::repair, K::restoration, K::referral};
constexpr SetOf<K> kDecisions{K::scoring, K::status};
constexpr SetOf<K> kApplications{K::repair, K::restoration};

constexpr const char* kOpinionZh = "意见：agree 同意、disagree 不同意";
constexpr const char* kOpinionEn = "agree or disagree";
constexpr const char* kBureauZh = "代为复核的上级经办机构，须与立案时指定的一致";
constexpr const char* kBureauEn = "bureau above that reviews; the one that the case names";
constexpr const char* kSignedZh = "上级经办机构的签署人";
constexpr const char* kSignedEn = "who signed for the bureau above";

constexpr StepEntry kEntries[] = {
    // facts: XY 20-22
    {P::facts, kDecisions, "found_by", E::choice, true, "bureau|department",
     "责任由谁认定：bureau 经办机构、department 医保行政部门",
     "who determined the responsibility: bureau or department"},
    {P::facts, kDecisions, "handling", E::text, true, "", "行政处罚或协议处理的文书号",
     "document of the penalty or handling"},
    {P::facts, kDecisions, "handled_on", E::day, true, "", "处罚或处理作出日（记分时点）",
     "day of the penalty or handling: the points count then"},
    {P::facts, kDecisions, "received_on", E::day, false, "", "收到行政处罚决定书之日，缺省同作出日",
     "day on which the penalty was received; by default it was made here"},
    {P::facts, {K::scoring}, "conduct_year", E::number, true, "", "负面情形所在年度", "year of the conduct"},
    {P::facts,
     {K::scoring},
     "facts",
     E::text,
     false,
     "",
     "情形数据，如 loss_share=40,penalty=1；据此提出建议档次",
     "facts such as loss_share=40,penalty=1: a level is proposed for them"},
    {P::facts, kDecisions, "text", E::text, true, "", "事实、理由和依据", "facts, reasons and basis"},
    {P::hear, kDecisions, "by", E::text, true, "", "机构发言人", "who spoke for the institution"},
    {P::hear, kDecisions, "text", E::text, true, "", "机构意见", "what the institution says"},
    // proposal
    {P::propose, {K::scoring}, "level", E::text, true, "", "记分档次", "level of points"},
    {P::propose,
     {K::scoring},
     "degree",
     E::choice,
     true,
     "general|important|main",
     "责任程度：general 一般、important 重要、main 主要",
     "general, important or main responsibility"},
    {P::propose,
     {K::scoring},
     "weight",
     E::choice,
     false,
     "plain|lighter|mitigated|heavier|aggravated",
     "轻重：plain 一般、lighter 从轻、mitigated 减轻一档、heavier 从重、aggravated 加重一档",
     "plain, lighter, mitigated (a level down), heavier or aggravated (a level up)"},
    {P::propose, {K::scoring}, "points", E::number, true, "", "拟记分值", "points"},
    {P::propose,
     {K::status},
     "status",
     E::choice,
     true,
     "suspended|terminated",
     "拟定状态：suspended 暂停、terminated 终止",
     "suspended or terminated"},
    {P::propose,
     {K::status},
     "cause",
     E::choice,
     true,
     "agreement|department|licence_lost|practice_suspended|assessment_failed",
     "原因：agreement 协议、department 科室、licence_lost 资格丧失、practice_suspended 暂停执业、assessment_failed "
     "测试不合格",
     "agreement, department, licence_lost, practice_suspended or assessment_failed"},
    {P::propose,
     {K::status},
     "until",
     E::day,
     false,
     "",
     "期满之日（含），无则不定期",
     "last day of the period, if there is one"},
    {P::propose, kDecisions, "reason", E::text, true, "", "理由", "reason"},
    {P::notice, kDecisions, "document", E::text, false, "", "告知书文号", "number of the prior notice"},
    {P::notice, kDecisions, "receiver", E::text, true, "", "接收告知的人", "who received the notice"},
    {P::statement, kDecisions, "by", E::text, true, "", "陈述申辩人", "who makes the statement"},
    {P::statement, kDecisions, "form", E::choice, true, "oral|written", "形式：oral 口头、written 书面", "oral or written"},
    {P::statement, kDecisions, "text", E::text, true, "", "陈述申辩内容", "what is said"},
    {P::verify, kDecisions, "finding", E::choice, true, "accepted|partly|rejected",
     "核实：accepted 采纳、partly 部分采纳、rejected 不采纳", "accepted, partly or rejected"},
    {P::verify, kDecisions, "text", E::text, true, "", "核实情况", "what was found out"},
    {P::waive, kDecisions, "by", E::text, true, "", "表示放弃的人", "who waives"},
    // review, discussion, decision
    {P::review, kDecisions, "verdict", E::choice, true, "agree|disagree", kOpinionZh, kOpinionEn},
    {P::review, kDecisions, "text", E::text, true, "", "审核意见", "opinion"},
    {P::review, kDecisions, "bureau", E::text, false, "", kBureauZh, kBureauEn},
    {P::review, kDecisions, "signed_by", E::text, false, "", kSignedZh, kSignedEn},
    {P::discuss, kDecisions, "verdict", E::choice, true, "agree|disagree", kOpinionZh, kOpinionEn},
    {P::discuss, kDecisions, "members", E::text, true, "", "参加讨论的人员", "who took part"},
    {P::discuss, kDecisions, "text", E::text, true, "", "讨论结论", "conclusion"},
    {P::discuss, kDecisions, "bureau", E::text, false, "", kBureauZh, kBureauEn},
    {P::discuss, kDecisions, "signed_by", E::text, false, "", kSignedZh, kSignedEn},
    {P::decide, kDecisions, "document", E::text, true, "", "处理通知书文号；同案数人可用一号",
     "number of the notice; people of one case may share it"},
    {P::decide,
     {K::scoring},
     "months",
     E::number,
     false,
     "",
     "暂停月数，文件只给幅度时填写",
     "months of suspension, where the text gives a range"},
    {P::decide,
     {K::scoring},
     "ban_years",
     E::number,
     false,
     "",
     "不得登记备案年限，文件只给幅度时填写",
     "years without registration, where the text gives a range"},
    {P::decide, {K::scoring}, "reason", E::text, false, "", "选取月数或年限的理由，或补录早于已有决定的理由",
     "reason for months or years, or why it is entered after later decisions"},
    {P::decide, {K::repair}, "months", E::number, false, "", "一并更正的决定的暂停月数，文件只给幅度时填写",
     "months of suspension of decisions that are corrected with it, where the text gives a range"},
    {P::decide, {K::repair}, "ban_years", E::number, false, "", "一并更正的决定的不得登记备案年限，文件只给幅度时填写",
     "years without registration of decisions that are corrected with it, where the text gives a range"},
    {P::decide, {K::repair}, "reason", E::text, false, "", "选取月数或年限的理由", "reason for months or years"},
    {P::decide, {K::scoring, K::status, K::repair, K::restoration}, "bureau", E::text, false, "", kBureauZh, kBureauEn},
    {P::decide,
     {K::scoring, K::status, K::repair, K::restoration},
     "signed_by",
     E::text,
     false,
     "",
     kSignedZh,
     kSignedEn},
    {P::issue, kDecisions, "text", E::text, false, "", "备注", "note"},
    {P::serve, kDecisions, "receiver", E::text, true, "", "机构签收人", "who signed for it"},
    {P::updated,
     {K::scoring, K::status, K::repair, K::restoration},
     "receipt",
     E::text,
     false,
     "",
     "动态维护窗口回执号",
     "receipt of the maintenance window"},
    // appeal
    {P::appeal, {K::scoring, K::status, K::restoration}, "by", E::text, true, "", "申诉人", "who appeals"},
    {P::appeal, kDecisions, "signed", E::yes, false, "", "申诉材料经相关责任人员签字确认",
     "signed by the person concerned"},
    {P::appeal, kDecisions, "sealed", E::yes, false, "", "申诉材料已加盖机构公章", "stamped by the institution"},
    {P::appeal, {K::scoring, K::status, K::restoration}, "text", E::text, true, "", "申诉理由", "reasons"},
    {P::appeal,
     {K::scoring, K::status, K::restoration},
     "filing",
     E::text,
     false,
     "",
     "机构网上申报的编号",
     "filing of the institution"},
    {P::appeal,
     kDecisions,
     "served_on",
     E::day,
     false,
     "",
     "处理通知书送达之日：通知书不是本案作出的，据此认定是否逾期；缺省取总账所记",
     "day of service of a notice that was not made in this case: tells whether it is late; the ledger's by default"},
    {P::admit, kDecisions, "verdict", E::choice, true, "agree|disagree", kOpinionZh, kOpinionEn},
    {P::admit, kDecisions, "reason", E::text, true, "", "理由", "reason"},
    {P::transfer, kDecisions, "department", E::text, true, "", "医保行政部门名称", "name of the department"},
    {P::explain, kDecisions, "text", E::text, true, "", "解释说明内容", "explanation"},
    {P::accept, kDecisions, "by", E::text, true, "", "表示无异议的人", "who accepts it"},
    {P::persist, kDecisions, "by", E::text, true, "", "仍有异议的人", "who disputes it still"},
    {P::persist, kDecisions, "text", E::text, true, "", "异议内容", "what is disputed"},
    {P::appraise, kDecisions, "body", E::text, true, "", "第三方机构或专家组", "third party or experts"},
    {P::appraised, kDecisions, "text", E::text, true, "", "鉴定意见", "opinion of the experts"},
    {P::uphold,
     {K::scoring, K::status, K::restoration},
     "reason",
     E::text,
     true,
     "",
     "维持原处理的原因",
     "why it stays"},
    {P::correct, {K::scoring}, "points", E::number, true, "", "更正后的分值", "points as corrected"},
    {P::correct, {K::scoring}, "level", E::text, false, "", "更正后的记分档次，缺省同原决定",
     "level as corrected; that of the decision by default"},
    {P::correct, {K::scoring}, "degree", E::choice, false, "general|important|main",
     "更正后的责任程度：general 一般、important 重要、main 主要，缺省同原决定",
     "general, important or main as corrected; that of the decision by default"},
    {P::correct, {K::scoring}, "weight", E::choice, false, "plain|lighter|mitigated|heavier|aggravated",
     "轻重：plain 一般、lighter 从轻、mitigated 减轻一档、heavier 从重、aggravated 加重一档，缺省由分值得出",
     "plain, lighter, mitigated, heavier or aggravated; found out from the points by default"},
    {P::correct,
     {K::scoring},
     "months",
     E::number,
     false,
     "",
     "暂停月数，文件只给幅度时填写",
     "months of suspension, where the text gives a range"},
    {P::correct,
     {K::scoring},
     "ban_years",
     E::number,
     false,
     "",
     "不得登记备案年限，文件只给幅度时填写",
     "years without registration, where the text gives a range"},
    {P::correct,
     {K::status},
     "until",
     E::day,
     true,
     "",
     "更正后的期满之日（含）",
     "last day of the period as corrected"},
    {P::correct, kDecisions, "reason", E::text, true, "", "更正的理由", "reason"},
    {P::correct, kDecisions, "bureau", E::text, false, "", kBureauZh, kBureauEn},
    {P::correct, kDecisions, "signed_by", E::text, false, "", kSignedZh, kSignedEn},
    {P::withdraw, kDecisions, "reason", E::text, true, "", "撤销的理由", "reason"},
    {P::withdraw, kDecisions, "bureau", E::text, false, "", kBureauZh, kBureauEn},
    {P::withdraw, kDecisions, "signed_by", E::text, false, "", kSignedZh, kSignedEn},
    {P::inform,
     {K::scoring, K::status, K::repair, K::restoration},
     "document",
     E::text,
     false,
     "",
     "结果告知书文号",
     "number of the letter"},
    {P::inform,
     {K::scoring, K::status, K::repair, K::restoration},
     "receiver",
     E::text,
     true,
     "",
     "被告知人",
     "who was told"},
    // repair and restoration
    {P::consent, kApplications, "verdict", E::choice, true, "agree|disagree", kOpinionZh, kOpinionEn},
    {P::consent, kApplications, "by", E::text, true, "", "机构审核人", "who consents for the institution"},
    {P::evaluate, kApplications, "verdict", E::choice, true, "agree|disagree", kOpinionZh, kOpinionEn},
    {P::evaluate,
     {K::repair},
     "way",
     E::text,
     true,
     "",
     "修复途径，如 exam 考试、activity 活动",
     "way of repair, such as exam or activity"},
    {P::evaluate, {K::repair}, "score", E::text, false, "", "考试成绩", "score of the exam"},
    {P::evaluate,
     {K::repair},
     "points",
     E::number,
     false,
     "",
     "减免分值，成绩落在两档之间时由操作员填写",
     "points taken off, where the score lies between two bands"},
    {P::evaluate, kApplications, "text", E::text, true, "", "评估意见", "evaluation"},
    {P::overrule, {K::restoration}, "reason", E::text, true, "", "改判的理由", "reason"},
    // referral
    {P::refer,
     {K::referral},
     "authority",
     E::choice,
     true,
     "health|market",
     "移送机关：health 卫生健康、market 市场监管",
     "health or market authority"},
    {P::refer, {K::referral}, "document", E::text, true, "", "移送函文号", "number of the letter"},
    {P::refer, {K::referral}, "text", E::text, true, "", "移送事项", "what is referred"},
    {P::reply, {K::referral}, "document", E::text, false, "", "复函文号", "number of the reply"},
    {P::reply, {K::referral}, "text", E::text, true, "", "答复内容", "what is replied"},
    {P::drop, kAll, "reason", E::text, true, "", "撤案理由", "reason"},
};

Error bad(const StepEntry& entry, const std::string& why) { return fail(ErrorId::case_bad_field, entry.name, why); }

bool is_choice(std::string_view choices, std::string_view value) {
    while (!choices.empty()) {
        const std::size_t bar = std::min(choices.find('|'), choices.size());
        if (choices.substr(0, bar) == value) return true;
        choices.remove_prefix(std::min(bar + 1, choices.size()));
    }
    return false;
}

constexpr std::int64_t kMaxEntryNumber = 9999;

Result<void> check_value(const StepEntry& entry, std::string_view value) {
    if (value.empty()) return bad(entry, "empty");
    ZIGE_CHECK(check_entry_text(entry.name, value));
    switch (entry.kind) {
        case EntryKind::text: return {};
        case EntryKind::yes: return value == "yes" || value == "filed" ? Result<void>() : bad(entry, "yes");
        case EntryKind::choice: return is_choice(entry.choices, value) ? Result<void>() : bad(entry, entry.choices);
        case EntryKind::day: {
            if (!parse_day(value, entry.name).ok()) return bad(entry, std::string(value) + ": YYYY-MM-DD");
            return {};
        }
        case EntryKind::number: {
            std::int64_t number = 0;
            const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), number);
            if (failed != std::errc() || end != value.data() + value.size() || number < 0 || number > kMaxEntryNumber)
                return bad(entry, "a whole number of 0 to " + std::to_string(kMaxEntryNumber));
            return {};
        }
    }
    return bad(entry, "unknown kind");
}

/// Points of the scale (XY 22-27): a 13-point score is no entry.
Result<void> check_points(const StepTaken& step, const Rules& rules) {
    if (!step.entries.find("points")) return {};
    const auto highest = std::ranges::max_element(
        rules.levels, {}, [](const PointLevel& level) { return *std::ranges::max_element(level.points); });
    const std::int64_t most = highest == rules.levels.end() ? 12 : *std::ranges::max_element(highest->points);
    ZIGE_TRY(points, step.entries.number("points"));
    if (points > most)
        return fail(ErrorId::case_bad_field, "points",
                    std::to_string(points) + ": " + std::to_string(most) + " at most" +
                        (highest == rules.levels.end() ? "" : "; " + highest->cite.text));
    if (points == 0 && step.step == CaseStep::propose) return fail(ErrorId::case_bad_field, "points", "1 at least");
    return {};
}

}  // namespace

std::span<const StepEntry> step_entries() { return kEntries; }

std::vector<const StepEntry*> entries_of(CaseStep step, CaseKind kind) {
    std::vector<const StepEntry*> found;
    for (const StepEntry& entry : kEntries)
        if (entry.step == step && entry.kinds.has(kind)) found.push_back(&entry);
    return found;
}

bool has_opinion(CaseStep step) {
    return std::ranges::any_of(procedure(),
                               [&](const StepRule& row) { return row.step == step && row.opinion != Opinion::none; });
}

Result<void> check_entries(const Track& track, const StepTaken& step, const Rules& rules) {
    const auto known = entries_of(step.step, track.kind);
    for (const StepEntry* entry : known) {
        const auto value = step.entries.find(entry->name);
        if (value) ZIGE_CHECK(check_value(*entry, *value));
        const bool seal = rules.appeal_needs_seal.value && std::string_view(entry->name) == "sealed";  // N34 41
        const bool sign = rules.appeal_needs_signature.value && std::string_view(entry->name) == "signed";  // XY 28
        if (!value && (entry->required || seal || sign)) return fail(ErrorId::case_missing_field, entry->name, entry->zh);
    }
    for (const auto& [name, value] : step.entries.all())
        if (std::ranges::none_of(known, [&](const StepEntry* entry) { return entry->name == name; }))
            return fail(ErrorId::case_bad_field, name, "not of this step");
    if (const auto facts = step.entries.find("facts")) {
        if (auto read = facts_from(*facts); !read.ok()) return read.error();
    }
    return check_points(step, rules);
}

Result<void> check_entry_text(std::string_view field, std::string_view text) {
    if (text.size() > kMaxEntryText)
        return fail(ErrorId::case_bad_field, std::string(field), std::to_string(kMaxEntryText) + " bytes at most");
    if (std::ranges::any_of(text, [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; }))
        return fail(ErrorId::case_bad_field, std::string(field), "a control character");
    return {};
}

Result<std::vector<std::pair<CaseFact, std::int64_t>>> facts_from(std::string_view text) {
    std::vector<std::pair<CaseFact, std::int64_t>> facts;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const std::string_view each = text.substr(0, comma);
        const std::size_t equals = each.find('=');
        const auto fact = from_name<CaseFact>(each.substr(0, equals));
        if (equals == std::string_view::npos || !fact)
            return fail(ErrorId::case_bad_field, "facts",
                        std::string(each) + ": NAME=NUMBER, docs/codes.md has the names");
        const std::string_view digits = each.substr(equals + 1);
        std::int64_t number = 0;
        const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (failed != std::errc() || end != digits.data() + digits.size() || number < 0)
            return fail(ErrorId::case_bad_field, "facts", std::string(each) + ": a whole number");
        if (std::ranges::any_of(facts, [&](const auto& other) { return other.first == *fact; }))
            return fail(ErrorId::case_bad_field, "facts", std::string(each) + ": given twice");
        facts.emplace_back(*fact, number);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return facts;
}

}  // namespace zige::hub
