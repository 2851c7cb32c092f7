#include <fstream>
#include <sstream>

#include "hub/core/profile/value_reader.h"
#include "hub/core/rules/wordings.h"
#include "tests/policy/profiles.h"
#include "tests/support/testing.h"

using namespace zige::hub;
using namespace zige::testing;

namespace {

std::string profile_text(std::string_view id) {
    std::ifstream in(ZIGE_PACKAGING "/profiles/" + std::string(id) + ".json", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

struct WordingRow {
    const char* name;
    const char* tags;
    std::vector<std::string_view> profiles;
    std::string_view id;
    std::string_view says;
};
const WordingRow kRows[] = {
    {"national_maintenance", "N34-33 XY-43", {kNational, kWuhai, kGuangdong, kXinyang}, "notice_maintain", "根据本通知书完成该人员登记备案状态维护"},
    {"national_stop", "N34-45", {kNational, kWuhai, kGuangdong}, "notice_stop", "暂停或者终止其为参保人员提供与医保基金使用相关的医药服务"},
    {"xinyang_stop", "XY-49", {kXinyang}, "notice_stop", "妥善做好医疗等工作交接"},
    {"national_fees", "N34-45", {kNational, kWuhai}, "notice_fees", "发生的医保结算费用不得申报，急诊、抢救等特殊情形除外"},
    {"xinyang_fees", "XY-14", {kXinyang}, "notice_fees", "不予结算、不得申报，急诊、抢救等特殊情形除外"},
    {"guangdong_fees", "GD-4-2", {kGuangdong}, "notice_fees", "医保统筹基金不予结算支付"},
    {"jining_fees", "JN-5-2", {kJining}, "notice_fees", "不得转嫁于参保人员"},
    {"linked", "N34-34 XY-45", {kNational, kWuhai, kGuangdong, kXinyang}, "notice_linked", "登记备案状态自动调整"},
    {"jining_ends_by_itself", "JN-5-2", {kJining}, "notice_ends", "期满后自动恢复"},
    {"told", "N34-36", {kNational, kWuhai, kXinyang}, "notice_told", "谈话提醒并做好记录"},
    {"guangdong_told", "GD-4-4", {kGuangdong}, "notice_told", "政策培训或者内部通报"},
    {"national_appeal", "N34-41", {kNational, kWuhai, kGuangdong}, "appeal", "盖章确认。逾期未申诉的，视为无异议"},
    {"xinyang_appeal", "XY-28", {kXinyang}, "appeal", "签字确认。逾期未提出的，视为放弃申诉权利"},
    {"jining_objection", "JN-6-1", {kJining}, "appeal", "向属地医保行政部门提出书面异议"},
    {"statement_that_is_ours", "ours:rules.wordings[statement]", {kNational, kWuhai, kGuangdong}, "statement", "向本机构口头提出或者提供书面材料进行陈述和申辩"},
    {"xinyang_statement", "XY-28", {kXinyang}, "statement", "视为放弃陈述、申辩权利"},
    {"national_late_appeal", "N34-41", {kNational, kWuhai, kGuangdong}, "appeal_late", "视为无异议"},
    {"xinyang_late_appeal", "XY-28", {kXinyang}, "appeal_late", "视为放弃申诉权利"},
    {"national_adjusted", "N34-44", {kNational, kWuhai, kGuangdong}, "appeal_adjusted", "记分情况由本机构及时调整"},
    {"xinyang_adjusted", "XY-31", {kXinyang}, "appeal_adjusted", "记分情况由本机构及时调整"},
    {"national_suspension_restored", "N34-39", {kNational, kWuhai, kGuangdong}, "restored_suspended", "年度内记分累计计算"},
    {"xinyang_suspension_restored", "XY-35", {kXinyang}, "restored_suspended", "年度内记分累计计算"},
    {"national_termination_restored", "N34-39", {kNational, kWuhai, kGuangdong}, "restored_terminated", "重新作出承诺和登记备案"},
    {"xinyang_termination_restored", "XY-35", {kXinyang}, "restored_terminated", "重新作出承诺和登记备案"},
    {"national_refusal", "N34-39", {kNational, kWuhai, kGuangdong}, "restoration_refused", "将本结果通知该人员"},
    {"xinyang_refusal", "XY-36", {kXinyang}, "restoration_refused", "可向属地医保行政部门提出申诉"},
    {"jining_score", "JN-4", {kJining}, "score", "扣分"},
    {"jining_suspend", "JN-5-1", {kJining}, "suspend", "中止服务协议"},
    {"jining_terminate", "JN-5-1", {kJining}, "terminate", "解除服务协议"},
    {"jining_suspended", "JN-5-1", {kJining}, "suspended", "中止"},
    {"jining_terminated", "JN-5-1", {kJining}, "terminated", "解除"},
    {"jining_status", "JN-3-2", {kJining}, "status_name", "服务协议"},
    {"jining_bar", "JN-5-2", {kJining}, "bar_name", "不再与其重新签订服务协议"},
    {"jining_talk", "JN-5-1", {kJining}, "talk", "责令定点医药机构进行约谈"},
    {"jining_appeal_name", "JN-6-1", {kJining}, "appeal_name", "异议"},
};

}  // namespace

TEST_EACH(Wordings, are_those_of_the_texts, kRows) {
    for (const std::string_view id : row.profiles) {
        const std::string said(words(rules_of(id), row.id));
        CPPUNIT_ASSERT_MESSAGE(std::string(id) + ": " + said, said.find(row.says) != std::string::npos);
    }
}

TEST(Wordings, that_a_text_does_not_give_are_the_usual_ones) {
    for (const std::string_view id : kAllProfiles)
        for (const WordingPlace& place : wording_places())
            CPPUNIT_ASSERT(!words(rules_of(id), place.id).empty() || place.usual.empty());
    CPPUNIT_ASSERT(words(rules_of(kJining), "notice_linked").empty() && words(rules_of(kJining), "notice_told").empty());
    CPPUNIT_ASSERT(words(rules_of(kXinyang), "notice_ends").empty());
}

struct BadRow {
    const char* name;
    const char* row;
    const char* why;
};
const BadRow kBad[] = {
    {"a_place_that_is_none", R"({"id": "notice_everything", "text": "x", "ours": "x"})", "is no place of a wording"},
    {"a_limit_without_its_days", R"({"id": "appeal", "text": "x", "ours": "x"})", "needs {days} once"},
    {"days_twice", R"({"id": "appeal", "text": "{days}{days}", "ours": "x"})", "needs {days} once"},
    {"days_where_nothing_runs", R"({"id": "notice_fees", "text": "{days}", "ours": "x"})", "has no {days}"},
};
TEST_EACH(Wordings, are_refused_with, kBad) {
    std::string text = in_one_line(parse_located_json(profile_text(kJining)).value());
    const std::string list = "\"wordings\": [";
    const std::size_t at = text.find(list);
    CPPUNIT_ASSERT(at != std::string::npos);
    text.replace(at, text.find(']', at) + 1 - at, list + row.row + "]");
    const auto read = read_profile_file(text);
    CPPUNIT_ASSERT(!read.ok());
    CPPUNIT_ASSERT_MESSAGE(read.error().describe(), read.error().describe().find(row.why) != std::string::npos);
}
