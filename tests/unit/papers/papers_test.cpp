#include <set>

#include "tests/support/testing.h"
#include "tests/unit/papers/sample_paper.h"

/// What each shipped paper says, by the articles that ask for it.
namespace zige::hub {
namespace {

using testing::full_data;
using testing::least_data;
using testing::shipped_paper;
using testing::text_of;

void assert_has(const std::string& text, std::string_view what) {
    CPPUNIT_ASSERT_MESSAGE("not on the paper: " + std::string(what) + "\n" + text, text.find(what) != std::string::npos);
}

struct KindRow {
    std::string name;
    PaperKind kind;
};
std::vector<KindRow> kinds() {
    std::vector<KindRow> rows;
    for (const PaperKind kind : all<PaperKind>()) rows.push_back({to_string(kind), kind});
    return rows;
}

TEST_EACH(Papers, print_every_field_that_they_have, kinds()) {
    const auto paper = shipped_paper(row.kind, full_data(row.kind));
    CPPUNIT_ASSERT_EQUAL(std::string(), paper.ok() ? std::string() : paper.error().describe());
    const std::string printed = text_of(*paper);
    // A report shows a flag's wording, not the flag; the reports' own basis and the forms' date are for a bureau's own templates.
    const std::set<std::string_view> flags = {"passed", "after_termination", "is_doctor", "is_nurse", "is_pharmacist",
                                              "is_technician", "is_carer", "not_charged",
                                              "restored_suspended", "restoration_refused"};  // of another outcome
    for (const PaperField& field : form_of(row.kind).fields)
        if (!flags.contains(field.name)) assert_has(printed, "值-" + std::string(field.name));
    for (const PaperList& list : form_of(row.kind).lists)
        for (const PaperField& column : list.columns) {
            assert_has(printed, "甲值-" + std::string(column.name));
            assert_has(printed, "乙值-" + std::string(column.name));
        }
}

TEST_EACH(Papers, need_no_more_than_the_articles_demand, kinds()) {
    const auto paper = shipped_paper(row.kind, least_data(row.kind));
    CPPUNIT_ASSERT_EQUAL(std::string(), paper.ok() ? std::string() : paper.error().describe());
    CPPUNIT_ASSERT(!paper->title.empty());
}

TEST_EACH(Papers, are_not_made_without_what_the_articles_demand, kinds()) {
    const PaperData least = least_data(row.kind);
    CPPUNIT_ASSERT(!least.texts.empty());
    for (const auto& [name, value] : least.texts) {
        PaperData data = least;
        data.texts.erase(name);
        const auto paper = shipped_paper(row.kind, data);
        CPPUNIT_ASSERT_MESSAGE("made without " + name, !paper.ok());
        CPPUNIT_ASSERT_EQUAL(ErrorId::case_missing_field, paper.error().id);
        CPPUNIT_ASSERT_EQUAL(name, paper.error().field);
    }
}

struct Demand {
    const char* name;
    PaperKind kind;
    const char* tags;
    std::vector<const char*> words;
};
const Demand kDemands[] = {
    {"prior_notice_tells_facts_reasons_basis_and_the_right_to_answer", PaperKind::prior_notice, "XY-28",
     {"事实", "理由", "依据", "值-facts", "值-reason", "值-law", "值-intended", "值-statement_before值-answer_days",
      "（截至 值-answer_by，含当日）值-statement_after"}},
    {"notice_of_points_tells_points_measure_and_appeal", PaperKind::scoring_notice, "XY-20 XY-28 XY-40 XY-42 XY-43",
     {"值-points 分", "值-year 年度累计", "值-cumulative 分", "值-measure", "值-decided_on", "值-appeal_before值-appeal_days",
      "（截至 值-appeal_by，含当日）值-appeal_after", "值-notice_maintain", "值-notice_told", "送达签收人"}},
    {"notice_of_points_keeps_emergencies_and_patients_free", PaperKind::scoring_notice, "XY-14 XY-16 XY-45 XY-49",
     {"值-notice_fees", "值-notice_stop", "值-notice_linked"}},
    {"notice_of_a_termination_tells_how_long_nobody_registers_him", PaperKind::scoring_notice, "XY-40-7 XY-40-8",
     {"值-bar_name", "值-barred_until"}},
    {"appeal_result_tells_the_outcome_and_why", PaperKind::appeal_result, "XY-31",
     {"值-outcome", "原因", "值-reason", "值-changed", "值-appeal_adjusted"}},
    {"restoration_after_a_termination_asks_for_promise_and_registration", PaperKind::restoration_result, "XY-34 XY-35",
     {"值-outcome", "维护为正常", "值-restored_terminated"}},
    {"repair_tells_points_and_the_shorter_period", PaperKind::repair_result, "XY-32 XY-33",
     {"值-way", "减免记分", "值-points 分", "缩短后的期满日", "值-shortened_to"}},
    {"talk_is_recorded", PaperKind::talk_record, "XY-40-1 XY-40-2 JN-5-1",
     {"谈话提醒记录", "值-occasion", "谈话内容", "被谈话人（签字）", "学习培训安排"}},
    {"training_log_counts_two_a_year", PaperKind::training_log, "JN-2-1-3 XY-8",
     {"不少于 值-trainings_a_year 次", "已进行 值-held 次", "培训内容"}},
    {"commitment_has_its_five_contents", PaperKind::commitment, "XY-5 XY-8",
     {"遵守法律法规和服务协议使用医保基金", "为参保人提供合理、必要的医药服务", "安全、高效、合规使用医保基金", "严守诚信原则",
      "不参与欺诈骗保", "承诺人（签字）"}},
    {"registration_form_is_that_of_jining", PaperKind::registration_form, "JN-3-1 JN-A1",
     {"身份证号码", "执业范围", "联系电话", "注册地点", "注册时间", "1.医保医师 ☑", "2.医保护士 ☑", "3.医保药师 ☑", "4.医保技师 ☑",
      "5.医保照护员 ☑", "备案时间", "医保对应代码", "有无违规记录", "初审意见", "审核意见"}},
    {"agreement_has_its_ten_articles", PaperKind::agreement, "JN-3-2 JN-5-1 JN-A2",
     {"一、甲乙双方应当严格执行", "二、乙方应遵照", "三、乙方按医疗保障政策", "四、甲方建立", "达到5分", "6-8分，中止服务协议3个月",
      "9-11分，中止服务协议6个月", "12分或连续三年违规扣分9分以上，解除服务协议", "六、甲方会同", "七、本协议未尽", "八、甲乙双方如需终止",
      "九、甲方委托", "十、本协议有效期自 值-from 到 值-to 止", "一式两份"}},
    {"monthly_report", PaperKind::monthly_report, "XY-37", {"月报", "值-period", "值-due_on", "值-people", "值-decisions"}},
    {"quarterly_report", PaperKind::quarterly_report, "XY-37", {"季报", "值-period", "值-suspended", "值-terminated"}},
    {"yearly_report", PaperKind::yearly_report, "N23-2", {"年报", "值-period", "值-suspended", "值-terminated"}},
    {"referral_to_the_health_authority", PaperKind::referral_health, "XY-4 XY-6",
     {"值-addressee", "值-points", "值-measure", "依法进行后续处理", "函告"}},
    {"referral_to_the_market_authority", PaperKind::referral_market, "XY-4 XY-7",
     {"值-addressee", "药品管理法", "医疗器械监督管理条例", "依法调查处理", "主要负责人"}},
    {"patient_slip_says_what_a_patient_can_do", PaperKind::patient_slip, "XY-16",
     {"不能由本机构按医保结算", "另行安排", "急诊、抢救等特殊情形不受影响", "不得转由您负担"}},
};
TEST_EACH(PaperContent, of, kDemands) {
    const std::string printed = text_of(shipped_paper(row.kind, full_data(row.kind)).value());
    for (const char* const words : row.words) assert_has(printed, words);
}

TEST(PaperContent, of_a_restoration_after_a_suspension_keeps_the_years_points) {
    PaperData data = full_data(PaperKind::restoration_result);
    data.texts.erase("after_termination");
    const std::string printed = text_of(shipped_paper(PaperKind::restoration_result, data).value());
    assert_has(printed, "值-restored_suspended");
    CPPUNIT_ASSERT(printed.find("值-restored_terminated") == std::string::npos);
}
TAGS(PaperContent, of_a_restoration_after_a_suspension_keeps_the_years_points, "XY-35");

TEST(PaperContent, of_a_refused_restoration_names_the_way_to_the_authority) {
    PaperData data = full_data(PaperKind::restoration_result);
    data.texts.erase("passed");
    const std::string printed = text_of(shipped_paper(PaperKind::restoration_result, data).value());
    assert_has(printed, "值-restoration_refused");
    CPPUNIT_ASSERT(printed.find("维护为正常") == std::string::npos);
}
TAGS(PaperContent, of_a_refused_restoration_names_the_way_to_the_authority, "XY-36");

TEST(PaperContent, of_a_patient_slip_is_silent_about_people_and_points) {
    const std::string printed = text_of(shipped_paper(PaperKind::patient_slip, full_data(PaperKind::patient_slip)).value());
    for (const char* const word : {"记分", "扣分", "暂停", "终止", "违规", "处罚", "责任"})
        CPPUNIT_ASSERT_MESSAGE(word, printed.find(word) == std::string::npos);
    for (const char* const field : {"name", "code", "points", "status", "document"})
        CPPUNIT_ASSERT_MESSAGE(field, form_of(PaperKind::patient_slip).field(field) == nullptr);
}

TEST(PaperContent, of_an_empty_training_log_leaves_two_rows_to_fill_in) {
    const Document paper = shipped_paper(PaperKind::training_log, least_data(PaperKind::training_log)).value();
    const auto* table = std::get_if<PaperTable>(&paper.blocks[2]);
    CPPUNIT_ASSERT(table != nullptr);
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, table->rows.size());
}
TAGS(PaperContent, of_an_empty_training_log_leaves_two_rows_to_fill_in, "JN-2-1-3");

TEST(PaperContent, of_a_report_of_a_quiet_month_says_so) {
    assert_has(text_of(shipped_paper(PaperKind::monthly_report, least_data(PaperKind::monthly_report)).value()), "本期没有记分与处理情况");
}

}  // namespace
}  // namespace zige::hub
