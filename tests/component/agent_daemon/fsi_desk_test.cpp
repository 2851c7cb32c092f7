#include "agent/daemon/fsi_desk.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <thread>

#include "agent/daemon/print.h"
#include "shared/posix/gb18030.h"
#include "tests/component/agent_daemon/service_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::daemon;
using zige::testing::ServiceFixture;

namespace {

constexpr const char* kGood = "D411502000001";
constexpr const char* kSuspended = "D411502000003";
constexpr const char* kGone = "D411502000004";
constexpr const char* kSecret = "410102198503031234";  // of the patient

/// A platform that notes what reaches it and answers what a test scripts, in turn; the last one again and again.
class ScriptedPlatform : public Platform {
public:
    Delivery send(const PlatformRequest& request) override {
        std::unique_lock lock(mutex);
        received.emplace_back(as_text(request.body));
        infnos.emplace_back(request.infno);
        headers = request.headers;
        came.notify_all();
        open.wait(lock, [this] { return !held; });
        Delivery delivery = answers.front();
        if (answers.size() > 1) answers.pop_front();
        return delivery;
    }
    void wait_for(std::size_t messages) {
        std::unique_lock lock(mutex);
        const bool all = came.wait_for(lock, std::chrono::seconds(20), [&] { return received.size() >= messages; });
        CPPUNIT_ASSERT_MESSAGE(std::to_string(received.size()) + " came", all);
    }
    void let_go() {
        const std::lock_guard lock(mutex);
        held = false;
        open.notify_all();
    }
    static Delivery taken(const std::string& body, int status = 200) {
        return {true, PlatformAnswer{status, "application/json", {{"x-tif-nonce", "1"}}, to_bytes(body)}};
    }
    static Delivery failed(bool sent, ErrorId why) { return {sent, fail(why, "", "scripted")}; }

    std::deque<Delivery> answers{taken(R"({"infcode":0,"output":{"setl_id":"S"}})")};
    std::mutex mutex;
    std::condition_variable came, open;
    std::vector<std::string> received, infnos;
    std::vector<std::pair<std::string, std::string>> headers;
    bool held = false;
};

struct Desk : ServiceFixture {
    explicit Desk(bool gateway = false) {
        if (gateway) platform = &script;
        hub.people[6].category = Category::settlement_auditor;
        hub.people[6].standing = {
            {Standing::suspended, zige::testing::on("2026-08-01"), {}, {}, 1, "信医保处〔2026〕14号"}};
        hub.publish();
        sync();
        (void)fsi();  // before threads come
    }

    HttpReply post(const std::string& infno, const std::string& body, const std::string& query = {},
                   std::vector<std::pair<std::string, std::string>> headers = {}) {
        HttpRequest http{"POST", "/fsi/" + infno, query, std::move(headers), to_bytes(body), {}, ""};
        return fsi().call(http, infno, Caller{CallerRole::his, "收费处1号机"});
    }
    static Json json(const HttpReply& reply) { return parse_json(as_text(reply.body), reply.body.size()).value(); }

    static std::string envelope(const std::string& infno, const std::string& input, const std::string& opter = "",
                                const std::string& msgid = "H41150200001202609010800000001") {
        return R"({"infno":")" + infno + R"(","msgid":")" + msgid +
               R"(","mdtrtarea_admvs":"411502","insuplc_admdvs":"411500","opter":")" + opter +
               R"(","inf_time":"2026-09-01 08:00:00","fixmedins_code":"H41150200001","input":)" + input + "}";
    }
    static std::string fees(std::initializer_list<const char*> doctors,
                            const char* msgid = "H41150200001202609010800000001", const char* infno = "2204") {
        std::string lines;
        for (const char* const code : doctors)
            lines +=
                std::string(lines.empty() ? "" : ",") + R"({"mdtrt_id":"M1","psn_no":")" + kSecret +
                R"(","chrg_bchno":"B1","fee_ocur_time":"2026-09-01 07:50:00","det_item_fee_sumamt":12.5,"bilg_dr_codg":")" +
                code + R"("})";
        return envelope(infno, R"({"feedetail":[)" + lines + "]}", "", msgid);
    }
    static std::string settlement(const std::string& opter = "", const char* msgid = "H41150200001202609010800000009") {
        return envelope("2207", R"({"data":{"mdtrt_id":"M1","chrg_bchno":"B1","psn_no":"410102198503031234"}})", opter,
                        msgid);
    }
    std::vector<wire::ForwardEntry> forwarded() {
        std::vector<wire::ForwardEntry> found;
        const auto status = journal().status();
        for (std::uint64_t number = 1; number <= status.size; ++number) {
            const auto entry = journal().entry(status.chapter, number).value();
            if (const auto* forward = std::get_if<wire::ForwardEntry>(&entry.body)) found.push_back(*forward);
        }
        return found;
    }
    ScriptedPlatform script;
};

std::string error_of(const Json& envelope) { return words(envelope, "output.zige.error.code"); }

struct Judged {
    const char* name;
    const char* infno;
    std::string body;
    const char* infcode;
    const char* outcome;
    const char* ground;  ///< of the first line, the gravest; empty: none
};
std::string one(const char* infno, const std::string& line) { return Desk::envelope(infno, line); }
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

struct Lost {
    const char* name;
    Delivery delivery;
    ForwardState state;
    const char* error;
};
const Lost kLost[] = {
    {"dropped_after_it_was_sent", ScriptedPlatform::failed(true, ErrorId::net_interrupted), ForwardState::unknown,
     "fsi_outcome_unknown"},
    {"time_out", ScriptedPlatform::failed(true, ErrorId::net_timeout), ForwardState::unknown, "fsi_outcome_unknown"},
    {"answer_too_large", ScriptedPlatform::failed(true, ErrorId::net_too_large), ForwardState::unknown,
     "fsi_outcome_unknown"},
    {"answer_of_a_proxy", ScriptedPlatform::taken("<html>502 Bad Gateway</html>", 502), ForwardState::unknown,
     "fsi_outcome_unknown"},
    {"not_reached", ScriptedPlatform::failed(false, ErrorId::net_unreachable), ForwardState::not_sent,
     "fsi_platform_unreachable"},
    {"somebody_else_s_certificate", ScriptedPlatform::failed(false, ErrorId::tls_untrusted_peer),
     ForwardState::not_sent, "fsi_platform_unreachable"},
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

TEST(Fsi, takes_the_medical_type_of_the_visit_for_its_lines) {
    Desk f;
    const std::string visit = one(
        "2203", R"({"mdtrtinfo":{"mdtrt_id":"M1","med_type":"13","begntime":"2026-09-01 07:40:00"},"diseinfo":[]})");
    CPPUNIT_ASSERT_EQUAL(std::string("0"), words(Desk::json(f.post("2203", visit)), "infcode"));
    const Json rescued = Desk::json(f.post("2204", Desk::fees({kSuspended})));
    CPPUNIT_ASSERT_EQUAL(std::string("allow_marked"), words(rescued, "output.zige.outcome"));
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

TEST(FsiGateway, sends_on_what_passes_whole_byte_for_byte_and_once) {
    Desk f(true);
    const std::string strange = "\xEF\xBB\xBF" + Desk::fees({kGood}) + "\r\n ";
    const HttpReply reply =
        f.post("2204", strange, "",
               {{"x-tif-paasid", "p1"}, {"X-Zige-Key", "zk-his-1"}, {"Authorization", "Bearer zk-his-1"}});
    CPPUNIT_ASSERT_EQUAL(std::string(R"({"infcode":0,"output":{"setl_id":"S"}})"), std::string(as_text(reply.body)));
    CPPUNIT_ASSERT_EQUAL(std::string("application/json"), reply.content_type);
    CPPUNIT_ASSERT_EQUAL(std::string("x-tif-nonce"), reply.headers.at(0).first);
    CPPUNIT_ASSERT(f.script.received == std::vector<std::string>{strange});
    CPPUNIT_ASSERT(f.script.headers == (std::vector<std::pair<std::string, std::string>>{{"x-tif-paasid", "p1"}}));

    const Json again = Desk::json(f.post("2204", strange));
    CPPUNIT_ASSERT_EQUAL(std::string("fsi_already_forwarded"), error_of(again));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.script.received.size());
    const auto entries = f.forwarded();
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, entries.size());
    CPPUNIT_ASSERT(entries[0].state == ForwardState::begun && entries[1].state == ForwardState::accepted);
    CPPUNIT_ASSERT(entries[1].message == f.hub.hasher->hash({as_bytes(strange)}));
}

TEST(FsiGateway, sends_on_nothing_of_a_message_with_a_refused_line) {
    Desk f(true);
    const Json envelope = Desk::json(f.post("2204", Desk::fees({kGood, kSuspended, kGood})));
    CPPUNIT_ASSERT_EQUAL(std::string("-1"), words(envelope, "infcode"));
    CPPUNIT_ASSERT(words(envelope, "err_msg").starts_with("明细2 张强："));
    CPPUNIT_ASSERT(words(envelope, "err_msg").find("整单未上传") != std::string::npos);
    CPPUNIT_ASSERT(f.script.received.empty() && f.forwarded().empty());
}

TEST_EACH(FsiGateway, never_sends_twice_what_it_lost, kLost) {
    Desk f(true);
    f.script.answers = {row.delivery};
    const HttpReply reply = f.post("2204", Desk::fees({kGood}));
    CPPUNIT_ASSERT_EQUAL(200, reply.status);
    CPPUNIT_ASSERT_EQUAL(std::string(row.error), error_of(Desk::json(reply)));
    CPPUNIT_ASSERT(f.forwarded().back().state == row.state);
    const bool lost = row.state == ForwardState::unknown;
    if (lost) CPPUNIT_ASSERT(words(Desk::json(reply), "err_msg").find("5203") != std::string::npos);
    const Json again = Desk::json(f.post("2204", Desk::fees({kGood})));
    CPPUNIT_ASSERT_EQUAL(std::string(row.error), error_of(again));
    CPPUNIT_ASSERT_EQUAL(std::size_t{lost ? 1U : 2U}, f.script.received.size());
}

TEST(FsiGateway, sends_again_what_the_platform_refused) {
    Desk f(true);
    f.script.answers = {ScriptedPlatform::taken(R"({"infcode":"-1","err_msg":"费用明细校验失败"})"),
                        ScriptedPlatform::taken(R"({"infcode":"0"})")};
    CPPUNIT_ASSERT_EQUAL(std::string("费用明细校验失败"),
                         words(Desk::json(f.post("2204", Desk::fees({kGood}))), "err_msg"));
    CPPUNIT_ASSERT_EQUAL(std::string("0"), words(Desk::json(f.post("2204", Desk::fees({kGood}))), "infcode"));
    const auto entries = f.forwarded();
    CPPUNIT_ASSERT_EQUAL(std::size_t{4}, entries.size());
    CPPUNIT_ASSERT(entries[1].state == ForwardState::refused && entries[1].infcode == "-1" && entries[3].attempt == 2);
}

TEST(FsiGateway, marks_a_settlement_whose_lines_were_never_asked_about) {
    Desk f(true);
    (void)f.post("2207", Desk::settlement());
    CPPUNIT_ASSERT(f.forwarded().back().lines_unseen);
    (void)f.post("2204", Desk::fees({kGood}));
    (void)f.post("2207", Desk::settlement("", "H41150200001202609010800000010"));
    CPPUNIT_ASSERT(!f.forwarded().back().lines_unseen);
    (void)f.post("2205", Desk::envelope("2205", R"({"data":{"mdtrt_id":"M1","chrg_bchno":"0000"}})", "",
                                        "H41150200001202609010800000011"));
    (void)f.post("2207", Desk::settlement("", "H41150200001202609010800000012"));
    CPPUNIT_ASSERT(f.forwarded().back().lines_unseen);
    CPPUNIT_ASSERT_EQUAL(std::size_t{5}, f.script.received.size());
}

TEST(Fsi, holds_a_fee_of_before_its_visit_that_its_sanction_would_refuse) {
    Desk f;
    const std::string visit = one(
        "2203", R"({"mdtrtinfo":{"mdtrt_id":"M1","med_type":"11","begntime":"2026-09-01 07:40:00"},"diseinfo":[]})");
    CPPUNIT_ASSERT_EQUAL(std::string("0"), words(Desk::json(f.post("2203", visit)), "infcode"));
    std::string early = Desk::fees({"D411502000006"});
    early.replace(early.find("2026-09-01 07:50:00"), 19, "2026-07-31 23:50:00");
    const Json held = Desk::json(f.post("2204", early));
    CPPUNIT_ASSERT_EQUAL_MESSAGE(held.write(), std::string("hold"), words(held, "output.zige.outcome"));
    CPPUNIT_ASSERT_EQUAL(std::string("time_inconsistent"),
                         words(at(at(held, "output.zige.lines").items()->front(), "grounds").items()->front(), "code"));
}

TEST(Fsi, asks_for_a_new_order_before_a_refused_line_passes_under_another_name) {
    Desk f;
    const auto line = [](const char* doctor, const char* msgid) {
        std::string text = Desk::fees({doctor}, msgid);
        return text.insert(text.find("\"bilg_dr_codg\""), R"("med_list_codg":"XN01",)");
    };
    CPPUNIT_ASSERT_EQUAL(std::string("deny"),
                         words(Desk::json(f.post("2204", line(kSuspended, "M-1"))), "output.zige.outcome"));
    const Json held = Desk::json(f.post("2204", line(kGood, "M-2")));
    CPPUNIT_ASSERT_EQUAL(std::string("hold"), words(held, "output.zige.outcome"));
    const Json passed =
        Desk::json(f.post("2204", line(kGood, "M-3"), "order_number=YZ-9&order_time=2026-09-01%2008%3A00%3A01"));
    CPPUNIT_ASSERT_EQUAL_MESSAGE(passed.write(), std::string("allow_marked"), words(passed, "output.zige.outcome"));
}

TEST(Fsi, takes_a_release_beside_the_message) {
    Desk f;
    const std::string released = "release_reason=%E6%96%B0%E5%88%B0%E5%B2%97&released_by=%E9%99%A2%E9%95%BF";
    CPPUNIT_ASSERT_EQUAL(std::string("allow_marked"),
                         words(Desk::json(f.post("2204", Desk::fees({"0999"}), released)), "output.zige.outcome"));
    CPPUNIT_ASSERT_EQUAL(std::string("deny"),
                         words(Desk::json(f.post("2204", Desk::fees({kSuspended}), released)), "output.zige.outcome"));
    const Json half = Desk::json(f.post("2204", Desk::fees({"0999"}), "release_reason=x"));
    CPPUNIT_ASSERT_EQUAL(std::string("released_by"), words(half, "output.zige.error.field"));
}

TEST(Fsi, reverses_the_lines_that_a_withdrawal_takes_back) {
    Desk f;
    const Json first = Desk::json(f.post("2204", Desk::fees({kGood, kGood})));
    CPPUNIT_ASSERT_EQUAL(std::string("0"), words(first, "infcode"));
    const std::string withdrawal = one("2205", R"({"data":{"mdtrt_id":"M1","chrg_bchno":"0000"}})");
    CPPUNIT_ASSERT_EQUAL(std::string("2"), words(Desk::json(f.post("2205", withdrawal)), "output.zige.reversed"));
    const auto last = f.journal().entry({1}, f.journal().status().size).value();
    const auto& reversal = std::get<wire::ReversalEntry>(last.body);
    CPPUNIT_ASSERT_EQUAL(std::string("2205"), reversal.infno);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, reversal.decisions.size());
    CPPUNIT_ASSERT_EQUAL(std::string("收费处1号机"), reversal.by);
    // The same lines may be asked anew, and then are other decisions.
    const Json again = Desk::json(f.post("2204", Desk::fees({kGood, kGood})));
    CPPUNIT_ASSERT_EQUAL(std::string("false"), words(again, "output.zige.repeated"));
    CPPUNIT_ASSERT_EQUAL(std::string("2"), words(Desk::json(f.post("2205", withdrawal)), "output.zige.reversed"));
    CPPUNIT_ASSERT_EQUAL(std::string("0"), words(Desk::json(f.post("2205", withdrawal)), "output.zige.reversed"));
}

TEST(FsiGateway, reverses_the_lines_of_a_settlement_that_is_withdrawn_and_no_others) {
    Desk f(true);
    const auto reversed = [&] {
        std::size_t count = 0;
        const auto status = f.journal().status();
        for (std::uint64_t number = 1; number <= status.size; ++number) {
            const auto entry = f.journal().entry(status.chapter, number).value();
            if (const auto* each = std::get_if<wire::ReversalEntry>(&entry.body)) count += each->decisions.size();
        }
        return count;
    };
    (void)f.post("2204", Desk::fees({kGood}));
    f.script.answers = {ScriptedPlatform::taken(R"({"infcode":0,"output":{"setlinfo":{"setl_id":"S1"}}})")};
    (void)f.post("2207", Desk::settlement());
    std::string later = Desk::fees({kGood}, "H41150200001202609010800000020");
    later.replace(later.find("\"B1\""), 4, "\"B2\"");
    (void)f.post("2204", later);
    f.script.answers = {ScriptedPlatform::taken(R"({"infcode":"-1","err_msg":"不允许撤销"})"),
                        ScriptedPlatform::taken(R"({"infcode":0})")};
    const std::string cancel =
        Desk::envelope("2208", R"({"data":{"mdtrt_id":"M1","setl_id":"S1"}})", "", "H41150200001202609010800000021");
    (void)f.post("2208", cancel);
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, reversed());
    (void)f.post("2208", cancel);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, reversed());
}

TEST(FsiGateway, reverses_a_sale_of_a_pharmacy_by_the_number_of_its_settlement) {
    Desk f(true);
    f.script.answers = {
        ScriptedPlatform::taken(R"({"infcode":0,"output":{"setlinfo":{"setl_id":"S7","mdtrt_id":"M9"}}})")};
    const std::string sale = Desk::envelope(
        "2102",
        R"({"druginfo":{"begntime":"2026-09-01 07:50:00"},"drugdetail":[{"feedetl_sn":"F1","rx_flag":"0","det_item_fee_sumamt":1,"bilg_dr_codg":"D411502000001"}]})");
    CPPUNIT_ASSERT_EQUAL(std::string("0"), words(Desk::json(f.post("2102", sale)), "infcode"));
    const auto size = f.journal().status().size;
    (void)f.post("2103", Desk::envelope("2103", R"({"data":{"setl_id":"S7","mdtrt_id":"M9"}})", "",
                                        "H41150200001202609010800000022"));
    const auto last = f.journal().entry({1}, f.journal().status().size).value();
    CPPUNIT_ASSERT_EQUAL(size + 3, last.index);
    CPPUNIT_ASSERT_EQUAL(std::string("2103"), std::get<wire::ReversalEntry>(last.body).infno);
}

TEST(FsiGateway, learns_when_a_visit_began_from_the_answer_that_gave_it_its_number) {
    Desk f(true);
    f.script.answers = {ScriptedPlatform::taken(R"({"infcode":0,"output":{"data":{"mdtrt_id":"M1"}}})")};
    (void)f.post("2201", one("2201", R"({"data":{"begntime":"2026-09-01 07:40:00","atddr_no":"D411502000001"}})"));
    std::string early = Desk::fees({"D411502000006"}, "H41150200001202609010800000023");
    early.replace(early.find("2026-09-01 07:50:00"), 19, "2026-07-31 23:50:00");
    CPPUNIT_ASSERT_EQUAL(std::string("hold"), words(Desk::json(f.post("2204", early)), "output.zige.outcome"));
}

TEST(FsiGateway, passes_on_what_nobody_judges_and_journals_what_changes_something) {
    Desk f(true);
    CPPUNIT_ASSERT_EQUAL(200, f.post("5203", Desk::envelope("5203", "{}")).status);
    CPPUNIT_ASSERT_EQUAL(200, f.post("5203", Desk::envelope("5203", "{}")).status);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, f.script.received.size());
    CPPUNIT_ASSERT(f.forwarded().empty());
    CPPUNIT_ASSERT_EQUAL(200, f.post("2208", Desk::envelope("2208", "{}")).status);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, f.forwarded().size());
    // Another transaction in the path than in the message reaches nobody.
    CPPUNIT_ASSERT_EQUAL(std::string("infno"),
                         words(Desk::json(f.post("5203", Desk::fees({kSuspended}))), "output.zige.error.field"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, f.script.received.size());
}

TEST(FsiGateway, leaves_room_for_others_while_the_platform_is_slow) {
    Desk f(true);
    f.script.held = true;
    std::vector<std::thread> tills;
    for (const char* const msgid : {"H41150200001202609010800000001", "H41150200001202609010800000002"})
        tills.emplace_back([&f, msgid] { (void)f.post("2204", Desk::fees({kGood}, msgid)); });
    f.script.wait_for(2);
    const Json third = Desk::json(f.post("2204", Desk::fees({kGood}, "H41150200001202609010800000003")));
    CPPUNIT_ASSERT_EQUAL(std::string("fsi_platform_busy"), error_of(third));
    // The same message from another window, while the first one waits: it is not sent a second time.
    f.script.let_go();
    for (auto& each : tills) each.join();
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, f.script.received.size());
    CPPUNIT_ASSERT_EQUAL(
        std::string("0"),
        words(Desk::json(f.post("2204", Desk::fees({kGood}, "H41150200001202609010800000003"))), "infcode"));
}

TEST(FsiGateway, sends_nothing_that_it_cannot_journal) {
    Desk f(true);
    f.disk->fill_up_at_write(f.disk->counts().writes + 1);
    const HttpReply reply = f.post("2204", Desk::fees({kGood}));
    CPPUNIT_ASSERT_EQUAL(500, reply.status);
    CPPUNIT_ASSERT_EQUAL(std::string("journal_not_recorded"), error_of(Desk::json(reply)));
    const HttpReply refused = f.post("2204", Desk::fees({kSuspended}));
    CPPUNIT_ASSERT_EQUAL(200, refused.status);
    CPPUNIT_ASSERT_EQUAL(std::string("deny"), words(Desk::json(refused), "output.zige.outcome"));
    const Json mixed = Desk::json(f.post("2204", Desk::fees({kSuspended, kGood}, "H41150200001202609010800000004")));
    CPPUNIT_ASSERT(words(mixed, "err_msg").find("共1行不能结算") != std::string::npos);  // the other has no answer
    CPPUNIT_ASSERT(f.script.received.empty());
}

TEST(FsiGateway, keeps_nothing_of_the_patient) {
    Desk f(true);
    f.script.answers = {ScriptedPlatform::failed(true, ErrorId::net_interrupted)};
    (void)f.post("2204", Desk::fees({kGood}));
    (void)f.post("2207", Desk::settlement());
    const auto files = f.disk->image("/data/");
    CPPUNIT_ASSERT(files.contains("journal.db") && files.contains("replica.db"));
    for (const auto& [name, bytes] : files)
        CPPUNIT_ASSERT_MESSAGE(name, as_text(bytes).find(kSecret) == std::string_view::npos);
    for (const std::string& line : f.fsi_reports) CPPUNIT_ASSERT(line.find(kSecret) == std::string::npos);
}
