#include "shared/base/error_words.h"

#include "shared/base/result.h"
#include "tests/support/testing.h"

using namespace zige;

namespace {

struct Row {
    const char* name;
    Error error;
    const char* zh;
    const char* technical;
};
const Row kRows[] = {
    {"two_values", fail(ErrorId::roster_bad_columns, "", "expected 16, found 15"), "列数不符（应为 16，实为 15）", ""},
    {"full_width_day", fail(ErrorId::time_bad_day, "--last-day", "２０２６－０９－１８"),
     "日期无效：--last-day（２０２６－０９－１８）", ""},
    {"value_at_the_end", fail(ErrorId::enrol_bad_token, "hub", "status 400"), "入网凭条无效：hub（中心答复状态 400）",
     ""},
    {"value_at_the_beginning", fail(ErrorId::api_bad_field, "updated_on", "2026-10-08 lies ahead"),
     "请求字段无效：updated_on（2026-10-08 晚于今天）", ""},
    {"no_value", fail(ErrorId::usage_bad_argument, "--reason", "not UTF-8"),
     "参数无效：--reason（不是 UTF-8 文字；请把终端或文件改为 UTF-8）", ""},
    {"list", fail(ErrorId::usage_unknown_command, "calendar", "it has: calendar due, calendar show"),
     "没有该命令：calendar（可用：calendar due, calendar show）", ""},
    {"line_of_a_file", fail(ErrorId::profile_bad_value, "version", "line 3: must lie between 1 and 9"),
     "政策参数取值有误：version（第 3 行：须在 1 与 9 之间）", ""},
    {"line_of_a_file_in_english", fail(ErrorId::profile_bad_value, "version", "line 3: no such thing"),
     "政策参数取值有误：version（第 3 行）", "line 3: no such thing"},
    {"a_value_has_words_of_its_own", fail(ErrorId::case_step_missing, "review",
                                          "第二十八条; review (法制审核) comes before decide (作出决定): 10 points"),
     "须先完成前置步骤：review（第二十八条；须先 review (法制审核)，再 decide (作出决定)：10 分）", ""},
    {"late_reason", fail(ErrorId::points_bad_day, "decided_on", "2026-03-01 lies before A of 2026-05-01: say why it is entered late"),
     "日期次序有误：decided_on（2026-03-01 早于已有的决定 A（2026-05-01）：须写明补录的理由）", ""},
    {"what_is_used_up_in_a_year", fail(ErrorId::points_repair_used_up, "way", "exam in 2026, 第三十三条第（一）项"),
     "本年度该修复途径已用完：way（exam：2026 年度的次数或分值已用完；第三十三条第（一）项）", ""},
    {"a_score_between_two_bands",
     fail(ErrorId::points_operator_decides, "score", "告知书 五（一） gives 60-75: 1, 76-90: 2; enter one of them as points"),
     "分数落在两档之间，须由操作员决定：score（告知书 五（一）：60-75: 1、76-90: 2；以 --points 填写其中之一）", ""},
    {"no_level_above", fail(ErrorId::points_out_of_range, "weight", "no level above 10-12; 第二十七条"),
     "分值不在该档次允许的范围内：weight（10-12 以上没有更高的档次；第二十七条）", ""},
    {"a_number_of_a_file", fail(ErrorId::profile_bad_value, "months", "line 7: expected an integer of 1 to 12"),
     "政策参数取值有误：months（第 7 行：应为 1 至 12 的整数）", ""},
    {"a_number_of_a_named_file", fail(ErrorId::profile_bad_value, "months", "a b.json line 7: expected an integer of 1 to 12"),
     "政策参数取值有误：months（a b.json 第 7 行：应为 1 至 12 的整数）", ""},
    {"more_than_the_most", fail(ErrorId::case_bad_field, "points", "13: 12 at most"), "填写内容有误：points（13：最多 12 分）", ""},
    {"no_detail", fail(ErrorId::trust_bad_fingerprint), "信任指纹不符", ""},
    {"a_path_is_a_value", fail(ErrorId::agent_not_enrolled, "", "/var/lib/zige-agent"),
     "本机尚未入网（/var/lib/zige-agent）", ""},
    {"english_of_a_library", fail(ErrorId::net_unreachable, "", "Connection refused: 127.0.0.1:9"), "无法连接中心",
     "Connection refused: 127.0.0.1:9"},
};

}  // namespace

TEST_EACH(ErrorWords, are_chinese_with_the_rest_apart, kRows) {
    const ErrorWords words = words_of(row.error, Lang::zh);
    CPPUNIT_ASSERT_EQUAL(std::string(row.zh), words.reason);
    CPPUNIT_ASSERT_EQUAL(std::string(row.technical), words.technical);
}

TEST(ErrorWords, in_english_keep_the_detail_where_it_is) {
    const ErrorWords words = words_of(fail(ErrorId::roster_bad_columns, "line", "expected 16, found 15"), Lang::en);
    CPPUNIT_ASSERT_EQUAL(std::string("a line has another number of columns: line (expected 16, found 15)"),
                         words.reason);
    CPPUNIT_ASSERT(words.technical.empty());
}

TEST(ErrorWords, say_what_to_do_next) {
    CPPUNIT_ASSERT(std::string_view(next_step(ErrorId::net_unreachable, Lang::zh)).find("网线") !=
                   std::string_view::npos);
    for (const ErrorId error : all<ErrorId>()) {
        const std::string_view zh = next_step(error, Lang::zh);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(to_string(error), zh.empty(),
                                     std::string_view(next_step(error, Lang::en)).empty());
    }
}

/// What an operator or a clerk meets with his own hands: the words end with what to do.
const ErrorId kMetByHand[] = {
    ErrorId::institution_value_undecided, ErrorId::trust_no_quorum,     ErrorId::trust_key_unknown,
    ErrorId::hub_behind_witness,          ErrorId::phone_code_wrong,    ErrorId::phone_code_used,
    ErrorId::phone_code_too_long,         ErrorId::phone_code_misheard, ErrorId::filing_already_registered,
    ErrorId::filing_alias_taken,          ErrorId::file_too_large,      ErrorId::usage_missing_argument,
    ErrorId::db_corrupt,                  ErrorId::enrol_already,       ErrorId::enrol_damaged,
    ErrorId::hub_no_such_agent,           ErrorId::hub_agent_ended,     ErrorId::hub_keys_damaged,
    ErrorId::hub_database_lost,           ErrorId::config_unreadable,   ErrorId::crypto_bad_key,
};
TEST(ErrorWords, name_a_next_step_for_what_is_met_by_hand) {
    for (const ErrorId error : kMetByHand)
        CPPUNIT_ASSERT_MESSAGE(to_string(error), !std::string_view(next_step(error, Lang::zh)).empty());
}

TEST(ErrorWords, lead_out_of_a_lost_enrolment_and_not_round_in_a_circle) {
    for (const ErrorId error : {ErrorId::enrol_damaged, ErrorId::enrol_already})
        for (const Lang lang : {Lang::zh, Lang::en}) {
            const std::string_view next = next_step(error, lang);
            CPPUNIT_ASSERT_MESSAGE(to_string(error), next.find("zige-agent enroll --data") != std::string_view::npos);
        }
}
