#include "hub/core/papers/kinds.h"

#include <algorithm>
#include <array>

#include "shared/base/result.h"

namespace zige::hub {
namespace {

// Which text asks for a field. XY: 信医保〔2025〕1号; N23, N34: the national texts; JN: 济宁's notice of 2024-03-29.
constexpr std::string_view kXy5 = "信医保〔2025〕1号 第五条";
constexpr std::string_view kXy6 = "信医保〔2025〕1号 第六条";
constexpr std::string_view kXy7 = "信医保〔2025〕1号 第七条";
constexpr std::string_view kXy8 = "信医保〔2025〕1号 第八条";
constexpr std::string_view kXy16 = "信医保〔2025〕1号 第十六条";
constexpr std::string_view kXy20 = "信医保〔2025〕1号 第二十条";
constexpr std::string_view kXy28 = "信医保〔2025〕1号 第二十八条";
constexpr std::string_view kXy31 = "信医保〔2025〕1号 第三十一条";
constexpr std::string_view kXy33 = "信医保〔2025〕1号 第三十三条";
constexpr std::string_view kXy34 = "信医保〔2025〕1号 第三十四条";
constexpr std::string_view kXy37 = "信医保〔2025〕1号 第三十七条";
constexpr std::string_view kXy40 = "信医保〔2025〕1号 第四十条";
constexpr std::string_view kXy42 = "信医保〔2025〕1号 第四十二条";
constexpr std::string_view kXy43 = "信医保〔2025〕1号 第四十三条";
constexpr std::string_view kN23 = "医保发〔2024〕23号 二";
constexpr std::string_view kJnTraining = "济宁2024年通知 二（一）3";
constexpr std::string_view kJnForm = "济宁2024年通知 附件1";
constexpr std::string_view kJnAgreement = "济宁2024年通知 附件2";

constexpr PaperField kOfAll[] = {
    {"issuer", "出具机关", ""},        {"issued_on", "出具日期", ""},     {"basis", "依据文件", ""},
    {"phone", "联系电话", ""},         {"score", "“记分”的称谓", ""},     {"status_name", "“登记备案状态”的称谓", ""},
    {"bar_name", "“不得再次登记备案”的称谓", ""}, {"terminated_name", "“终止”的称谓", ""}, {"appeal_name", "“申诉”的称谓", ""}};

constexpr PaperField kPriorNotice[] = {
    {"issuer", "出具机关", kXy28},     {"institution", "定点医药机构", kXy28}, {"institution_code", "机构代码", ""},
    {"name", "相关人员", kXy28},       {"code", "医保代码", ""},               {"intended", "拟作出的处理", kXy28},
    {"facts", "事实", kXy28},          {"reason", "理由", kXy28},              {"law", "依据", kXy28},
    {"statement_before", "陈述申辩的告知，期限之前", ""}, {"statement_after", "期限之后", ""},
    {"answer_days", "陈述申辩期限", kXy28}, {"answer_by", "陈述申辩截止日", ""}, {"document", "文书号", ""},
    {"issued_on", "出具日期", kXy28}};
constexpr PaperField kScoringNotice[] = {
    {"issuer", "出具机关", kXy42},      {"document", "文书号", kXy42},          {"institution", "定点医药机构", kXy43},
    {"institution_code", "机构代码", ""}, {"name", "相关责任人员", kXy42},     {"code", "医保代码", ""},
    {"decided_on", "处罚或协议处理作出日", kXy20}, {"source", "处罚或协议处理文书", ""}, {"facts", "事实", kXy42},
    {"law", "依据", kXy42},             {"degree", "责任程度", ""},             {"points", "本次记分", kXy42},
    {"year", "记分年度", kXy20},        {"cumulative", "年度累计记分", kXy20},  {"measure", "处理措施", kXy40},
    {"status", "登记备案状态", ""},     {"from", "起始日", ""},                 {"to", "期满日", ""},
    {"period", "暂停期限", ""},         {"ban_years", "不得再次登记备案的年数", ""}, {"maintain_days", "状态维护期限", ""},
    {"barred_until", "不得登记备案截止日", ""}, {"appeal_days", "申诉期限", kXy28}, {"appeal_by", "申诉截止日", ""},
    {"notice_maintain", "状态维护", ""}, {"notice_stop", "停止医药服务", ""},  {"notice_fees", "费用结算", ""},
    {"notice_linked", "其他机构的状态", ""}, {"notice_ends", "暂停期满", ""},  {"notice_told", "告知本人", ""},
    {"appeal_before", "申诉的告知，期限之前", ""}, {"appeal_after", "期限之后", ""},
    {"qr", "签名的状态通知", ""},       {"issued_on", "出具日期", kXy42}};
constexpr PaperField kAppealResult[] = {
    {"issuer", "出具机关", kXy31},  {"document", "原处理通知书", kXy31}, {"institution", "定点医药机构", kXy31},
    {"institution_code", "机构代码", ""}, {"name", "相关人员", kXy31},   {"code", "医保代码", ""},
    {"received_on", "收到申诉材料日", kXy31}, {"claims", "申诉事项", ""}, {"outcome", "结果", kXy31},
    {"reason", "原因", kXy31},      {"changed", "调整内容", ""},         {"appeal_adjusted", "调整后的办理", ""}, {"route", "仍有异议的途径", ""},
    {"issued_on", "出具日期", kXy31}};
constexpr PaperField kRestorationResult[] = {
    {"issuer", "出具机关", kXy34},  {"document", "原处理通知书", kXy34}, {"institution", "定点医药机构", kXy34},
    {"institution_code", "机构代码", ""}, {"name", "相关人员", kXy34},   {"code", "医保代码", ""},
    {"applied_on", "申请日", ""},   {"outcome", "评估结果", kXy34},      {"reason", "说明", ""},
    {"passed", "通过", ""},         {"after_termination", "终止后恢复", ""}, {"effective_on", "恢复日", ""},
    {"restored_suspended", "暂停恢复后", ""}, {"restored_terminated", "终止恢复后", ""}, {"restoration_refused", "未通过的告知", ""},
    {"issued_on", "出具日期", kXy34}};
constexpr PaperField kRepairResult[] = {
    {"issuer", "出具机关", kXy33},  {"institution", "定点医药机构", kXy33}, {"institution_code", "机构代码", ""},
    {"name", "相关人员", kXy33},    {"code", "医保代码", ""},               {"way", "修复途径", kXy33},
    {"outcome", "结果", kXy33},     {"points", "减免记分", ""},             {"year", "记分年度", ""},
    {"before", "修复前累计记分", ""}, {"after", "修复后累计记分", ""},      {"document", "原处理通知书", ""},
    {"shortened_to", "缩短后的期满日", ""}, {"reason", "说明", ""},         {"issued_on", "出具日期", kXy33}};
constexpr PaperField kTalkRecord[] = {
    {"institution", "定点医药机构", kXy40}, {"institution_code", "机构代码", ""}, {"name", "被谈话人", kXy40},
    {"code", "医保代码", ""},       {"held_by", "谈话单位", ""},         {"occasion", "谈话事由", kXy40},
    {"talked_on", "谈话时间", ""},  {"place", "地点", ""},               {"talker", "谈话人", ""},
    {"recorder", "记录人", ""},     {"content", "谈话内容", ""},         {"answer", "被谈话人表态", ""}};
constexpr PaperField kTrainingLog[] = {
    {"institution", "定点医药机构", kJnTraining}, {"institution_code", "机构代码", ""}, {"year", "年度", kJnTraining},
    {"trainings_a_year", "每年应培训次数", ""}, {"held", "已培训次数", ""}};
constexpr PaperField kCommitment[] = {
    {"institution", "定点医药机构", kXy8}, {"institution_code", "机构代码", ""}, {"name", "承诺人", kXy8},
    {"code", "医保代码", ""},       {"category", "人员类别", ""},        {"signed_on", "签署日期", ""}};
constexpr PaperField kRegistrationForm[] = {
    {"institution", "定点医药机构", kJnForm}, {"institution_code", "机构代码", ""}, {"name", "姓名", kJnForm},
    {"serial", "编号", ""},         {"masked_number", "身份证号码", ""}, {"scope", "执业范围", ""},
    {"place", "注册地点", ""},      {"registered_on", "注册时间", ""},   {"is_doctor", "医保医师", ""},
    {"is_nurse", "医保护士", ""},   {"is_pharmacist", "医保药师", ""},   {"is_technician", "医保技师", ""},
    {"is_carer", "医保照护员", ""}, {"recorded_on", "备案时间", ""},     {"code", "医保对应代码", ""},
    {"violations", "有无违规记录", ""}};
constexpr PaperField kAgreement[] = {
    {"issuer", "甲方", kJnAgreement}, {"institution", "单位", kJnAgreement}, {"institution_code", "机构代码", ""},
    {"name", "乙方", kJnAgreement},   {"born", "出生年月", ""},              {"certificate", "执业资格证书编号", ""},
    {"certificate_on", "发证日期", ""}, {"code", "医保代码", ""},            {"from", "有效期自", kJnAgreement},
    {"to", "有效期至", kJnAgreement}, {"category", "人员类别", ""}};

constexpr std::array<PaperField, 12> report_fields(std::string_view article) {
    return {{{"issuer", "报送机关", article},
             {"addressee", "报送对象", article},
             {"period", "报告期", article},
             {"from", "自", article},
             {"to", "至", article},
             {"due_on", "应报送日", ""},
             {"people", "涉及人数", article},
             {"decisions", "记分与处理次数", article},
             {"suspended", "暂停人次", article},
             {"terminated", "终止人次", article},
             {"restored", "恢复人次", ""},
             {"issued_on", "出具日期", ""}}};
}
constexpr auto kMonthlyReport = report_fields(kXy37);
constexpr auto kYearlyReport = report_fields(kN23);

constexpr PaperField kReferralHealth[] = {
    {"issuer", "移送机关", kXy6}, {"addressee", "受送机关", kXy6}, {"institution", "定点医药机构", kXy6},
    {"institution_code", "机构代码", ""}, {"name", "相关人员", kXy6}, {"code", "医保代码", ""},
    {"document", "处理通知书", kXy6}, {"facts", "事实", kXy6}, {"points", "记分情况", ""},
    {"measure", "处理情况", kXy6}, {"enclosures", "附件", ""}, {"issued_on", "出具日期", kXy6}};
constexpr PaperField kReferralMarket[] = {
    {"issuer", "移送机关", kXy7}, {"addressee", "受送机关", kXy7}, {"institution", "定点零售药店", kXy7},
    {"institution_code", "机构代码", ""}, {"name", "主要负责人", kXy7}, {"code", "医保代码", ""},
    {"document", "处理通知书", kXy7}, {"facts", "涉嫌违反药品管理法、医疗器械监督管理条例的行为", kXy7},
    {"points", "记分情况", ""}, {"measure", "处理情况", kXy7}, {"enclosures", "附件", ""}, {"issued_on", "出具日期", kXy7}};
// No name, no points, no status: a patient is told what he can do, and nothing about anybody.
constexpr PaperField kPatientSlip[] = {
    {"institution", "定点医药机构", kXy16}, {"on", "日期", kXy16}, {"reference", "参考号", ""},
    {"service", "项目", ""}, {"not_charged", "不得转由患者负担", ""}};

constexpr PaperField kTraining[] = {{"no", "序号", ""},       {"on", "日期", ""},        {"topic", "培训内容", ""},
                                    {"trainer", "授课人", ""}, {"place", "地点", ""},    {"people", "参加人数", ""},
                                    {"result", "考核情况", ""}};
constexpr PaperList kTrainings[] = {{"trainings", "培训", kTraining}};
constexpr PaperField kHandled[] = {{"no", "序号", ""},           {"decided_on", "处理日期", ""}, {"institution_code", "机构代码", ""},
                                   {"institution", "机构名称", ""}, {"code", "人员代码", ""},    {"name", "姓名", ""},
                                   {"points", "本次记分", ""},   {"cumulative", "年度累计", ""}, {"status", "登记备案状态", ""},
                                   {"from", "起始日", ""},       {"to", "期满日", ""},           {"document", "文书号", ""}};
constexpr PaperList kHandledList[] = {{"handled", "记分与处理", kHandled}};

constexpr PaperForm kForms[] = {
    {PaperKind::prior_notice, kXy28, kPriorNotice, {}},
    {PaperKind::scoring_notice, kXy42, kScoringNotice, {}},
    {PaperKind::appeal_result, kXy31, kAppealResult, {}},
    {PaperKind::restoration_result, kXy34, kRestorationResult, {}},
    {PaperKind::repair_result, kXy33, kRepairResult, {}},
    {PaperKind::talk_record, kXy40, kTalkRecord, {}},
    {PaperKind::training_log, kJnTraining, kTrainingLog, kTrainings},
    {PaperKind::commitment, kXy5, kCommitment, {}},
    {PaperKind::registration_form, kJnForm, kRegistrationForm, {}},
    {PaperKind::agreement, kJnAgreement, kAgreement, {}},
    {PaperKind::monthly_report, kXy37, kMonthlyReport, kHandledList},
    {PaperKind::quarterly_report, kXy37, kMonthlyReport, kHandledList},
    {PaperKind::yearly_report, kN23, kYearlyReport, kHandledList},
    {PaperKind::referral_health, kXy6, kReferralHealth, {}},
    {PaperKind::referral_market, kXy7, kReferralMarket, {}},
    {PaperKind::patient_slip, kXy16, kPatientSlip, {}},
};

}  // namespace

const PaperField* PaperForm::field(std::string_view name) const {
    for (const auto among : {fields, fields_of_all_papers()})
        if (const auto at = std::ranges::find(among, name, &PaperField::name); at != among.end()) return &*at;
    return nullptr;
}

const PaperList* PaperForm::list(std::string_view name) const {
    const auto at = std::ranges::find(lists, name, &PaperList::name);
    return at == lists.end() ? nullptr : &*at;
}

const PaperForm& form_of(PaperKind kind) {
    const auto* const at = std::ranges::find(kForms, kind, &PaperForm::kind);
    expect(at != std::end(kForms), "a kind of paper without a form");
    return *at;
}

std::span<const PaperField> fields_of_all_papers() { return kOfAll; }

}  // namespace zige::hub
