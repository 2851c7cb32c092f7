#include "shared/posix/gb18030.h"
#include "tests/component/agent_daemon/fsi_fixture.h"

using namespace zige;
using namespace zige::daemon;

namespace {

struct Judged {
    const char* name;
    const char* infno;
    std::string body;
    const char* infcode;
    const char* outcome;
    const char* ground;  ///< of the first line, the gravest; empty: none
};
const Judged kJudged[] = {
    {"good_line", "2204", Desk::fees({kGood}), "0", "allow", ""},
    {"suspended_doctor", "2204", Desk::fees({kSuspended}), "-1", "deny", "suspended"},
    {"left_doctor", "2204", Desk::fees({kGone}), "-1", "deny", "departed"},
    {"unknown_code", "2301", Desk::fees({"0999"}, "H41150200001202609010800000001", "2301"), "-1", "hold", "unmapped"},
    {"suspended_executing_doctor", "2301",
     one("2301",
         R"({"feedetail":[{"fee_ocur_time":"2026-09-01 07:50:00","det_item_fee_sumamt":1,"bilg_dr_codg":"D411502000001","orders_dr_code":"D411502000003"}]})"),
     "-1", "deny", "suspended"},
    {"order_of_a_suspended_doctor", "3101",
     one("3101",
         R"({"data":{"patient_dtos":[{"fsi_encounter_dtos":[{"fsi_order_dtos":[{"drord_begn_date":"2026-09-01 07:50:00","drord_dr_codg":"D411502000003"}]}]}]}})"),
     "-1", "deny", "suspended"},
    {"registration_with_him_is_warned", "2201",
     one("2201", R"({"data":{"begntime":"2026-09-01 07:50:00","atddr_no":"D411502000003"}})"), "0", "allow_marked",
     "suspended"},
    {"visit_with_him_is_warned", "2203",
     one("2203", R"({"mdtrtinfo":{"begntime":"2026-09-01 07:50:00"},"diseinfo":[{"dise_dor_no":"D411502000003"}]})"),
     "0", "allow_marked", "suspended"},
    {"admission_by_him_is_warned", "2401",
     one("2401", R"({"mdtrtinfo":{"begntime":"2026-09-01 07:50:00","atddr_no":"D411502000003"}})"), "0", "allow_marked",
     "suspended"},
    {"settlement_list_is_marked", "4101",
     one("4101", R"({"setlinfo":{"dscg_time":"2026-08-31 10:00:00","chfpdr_code":"D411502000003"}})"), "0",
     "allow_marked", "suspended"},
    {"suspended_auditor_settles", "2207", Desk::settlement("D411502000006"), "-1", "hold", "operator_not_permitted"},
    {"another_operator_settles", "2207", Desk::settlement("S01"), "0", "not_judged", ""},
};

struct Bad {
    const char* name;
    const char* infno;
    std::string body;
    const char* error;
    const char* field;
    int status;
};
const Bad kBad[] = {
    {"no_json", "2204", "\x00\xff garbage", "api_not_json", "", 200},
    {"nothing", "2204", "", "api_not_json", "", 200},
    {"another_transaction_in_the_path", "2301", Desk::fees({kGood}), "api_bad_field", "infno", 200},
    {"path_of_letters", "abcd", "{}", "api_unknown_path", "", 404},
    {"another_institution", "2204", R"({"infno":"2204","msgid":"1","fixmedins_code":"H41150299999","input":{}})",
     "fsi_other_institution", "fixmedins_code", 200},
    {"encrypted", "2204", R"({"infno":"2204","msgid":"1","input":"PznBlnVSzpDlyl54Vk3=="})", "fsi_encrypted", "input",
     200},
    {"a_transaction_without_people", "1101", R"({"infno":"1101","msgid":"1","input":{}})", "fsi_unknown_transaction",
     "infno", 200},
    {"bad_line", "2204", one("2204", R"({"feedetail":[{"bilg_dr_codg":"D1"}]})"), "api_missing_field",
     "input.feedetail[0].fee_ocur_time", 200},
};

}  // namespace

TEST_EACH(Fsi, judges, kJudged) {
    Desk f;
    const HttpReply reply = f.post(row.infno, row.body);
    CPPUNIT_ASSERT_EQUAL(200, reply.status);
    const Json envelope = Desk::json(reply);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(envelope.write(), std::string(row.infcode), words(envelope, "infcode"));
    CPPUNIT_ASSERT_EQUAL(std::string(row.outcome), words(envelope, "output.zige.outcome"));
    const Json& line = at(envelope, "output.zige.lines").items()->front();
    const auto* grounds = at(line, "grounds").items();
    if (*row.ground != '\0') CPPUNIT_ASSERT_EQUAL(std::string(row.ground), words(grounds->front(), "code"));
    CPPUNIT_ASSERT_EQUAL(std::string(row.infcode) == "0", words(envelope, "err_msg").empty());
    CPPUNIT_ASSERT_EQUAL(std::size_t{6}, words(line, "reference").size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{30}, words(envelope, "inf_refmsgid").size());
    CPPUNIT_ASSERT_EQUAL(std::string("20260901080000000"), words(envelope, "refmsg_time"));
}

TEST_EACH(Fsi, answers_bad_input_in_its_own_envelope, kBad) {
    Desk f;
    const HttpReply reply = f.post(row.infno, row.body);
    CPPUNIT_ASSERT_EQUAL(row.status, reply.status);
    const Json envelope = Desk::json(reply);
    CPPUNIT_ASSERT_EQUAL(std::string("-1"), words(envelope, "infcode"));
    CPPUNIT_ASSERT_EQUAL(std::string(row.error), error_of(envelope));
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), words(envelope, "output.zige.error.field"));
    CPPUNIT_ASSERT(!words(envelope, "err_msg").empty());
}

TEST(Fsi, names_the_refused_lines_and_the_way_forward_within_200_characters) {
    Desk f;
    const std::string message = words(Desk::json(f.post("2204", Desk::fees({kGood, kSuspended}))), "err_msg");
    CPPUNIT_ASSERT_EQUAL(std::string("明细2 张强：医保支付资格暂停中（参考号"),
                         message.substr(0, message.find("参考号") + 9));
    CPPUNIT_ASSERT(message.find("共1行不能结算。请由具备资格的人员重新开具") != std::string::npos);
    std::string many = Desk::fees({kSuspended});
    std::string lines;
    for (int i = 0; i < 100; ++i)
        lines += std::string(i == 0 ? "" : ",") +
                 R"({"fee_ocur_time":"2026-09-01 07:50:00","det_item_fee_sumamt":1,"bilg_dr_codg":"D411502000003"})";
    const HttpReply reply =
        f.post("2204", Desk::envelope("2204", R"({"feedetail":[)" + lines + "]}", "", "H411502000012026090108000000X"));
    const std::string all = words(Desk::json(reply), "err_msg");
    const auto characters =
        std::ranges::count_if(all, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    CPPUNIT_ASSERT_MESSAGE(all, characters <= 200 && all.find("共100行不能结算") != std::string::npos);
    CPPUNIT_ASSERT(at(Desk::json(reply), "output").write().size() <= kMaxFsiOutput + 100);
    CPPUNIT_ASSERT_EQUAL(std::size_t{100}, at(Desk::json(reply), "output.zige.lines").items()->size());
}

TEST(Fsi, repeats_its_answer_for_the_same_message_and_decides_anew_for_another) {
    Desk f;
    const auto number = [&](const std::string& body) {
        const Json envelope = Desk::json(f.post("2204", body));
        return words(at(envelope, "output.zige.lines").items()->front(), "number");
    };
    const std::string first = number(Desk::fees({kGood}));
    CPPUNIT_ASSERT_EQUAL(first, number(Desk::fees({kGood})));
    // The four digits at its end are drawn at random in the field: the same number, another message.
    CPPUNIT_ASSERT(first != number(Desk::fees({"D411502000002"})));
    CPPUNIT_ASSERT(first != number(Desk::fees({kGood}, "H41150200001202609010800000002")));
}

TEST(Fsi, takes_a_declared_emergency_beside_the_message) {
    Desk f;
    const std::string declared =
        "emergency=rescue&reason=%E5%BF%83%E8%84%8F%E9%AA%A4%E5%81%9C&declared_by=%E6%9D%8E%E5%9B%9B";
    CPPUNIT_ASSERT_EQUAL(std::string("deny"),
                         words(Desk::json(f.post("2204", Desk::fees({kSuspended}))), "output.zige.outcome"));
    CPPUNIT_ASSERT_EQUAL(std::string("allow_marked"),
                         words(Desk::json(f.post("2204", Desk::fees({kSuspended}), declared)), "output.zige.outcome"));
    const Json half = Desk::json(f.post("2204", Desk::fees({kSuspended}), "emergency=rescue&reason=x"));
    CPPUNIT_ASSERT_EQUAL(std::string("declared_by"), words(half, "output.zige.error.field"));
}

TEST(Fsi, never_holds_up_a_visit_for_what_it_cannot_read) {
    Desk f(true);
    const std::string strange = one("2201", R"({"data":{"begntime":"morgen","atddr_no":{"code":"D1"}}})");
    const HttpReply reply = f.post("2201", strange);
    CPPUNIT_ASSERT_EQUAL(std::string("0"), words(Desk::json(reply), "infcode"));
    CPPUNIT_ASSERT_EQUAL(strange, f.script.received.at(0));
}

TEST(Fsi, answers_a_gbk_program_in_gbk) {
    Desk f;
    std::string body = Desk::fees({kSuspended});
    body.insert(1, R"("fixmedins_name":"平桥卫生院",)");
    const HttpReply reply =
        f.post("2204", to_gb18030(body).value(), "", {{"Content-Type", "application/json; charset=GBK"}});
    CPPUNIT_ASSERT_EQUAL(std::string("application/json; charset=GBK"), reply.content_type);
    const std::string utf8 = make_gb18030_decoder()->to_utf8(reply.body).value();
    CPPUNIT_ASSERT(utf8.find("张强：医保支付资格暂停中") != std::string::npos);
}

TEST(Fsi, needs_a_key_that_may_settle) {
    Desk f;
    const HttpRequest http{"POST", "/fsi/2204", "", {}, to_bytes(Desk::fees({kGood})), {}, ""};
    CPPUNIT_ASSERT_EQUAL(401, f.fsi().call(http, "2204", fail(ErrorId::api_unauthorized)).status);
    const HttpReply viewer = f.fsi().call(http, "2204", Caller{CallerRole::viewer, "院长"});
    CPPUNIT_ASSERT_EQUAL(403, viewer.status);
    CPPUNIT_ASSERT_EQUAL(std::string("api_forbidden"), error_of(Desk::json(viewer)));
    HttpRequest get = http;
    get.method = "GET";
    CPPUNIT_ASSERT_EQUAL(405, f.fsi().call(get, "2204", Caller{CallerRole::his, "x"}).status);
}
