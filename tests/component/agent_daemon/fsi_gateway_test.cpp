#include <thread>

#include "tests/component/agent_daemon/fsi_fixture.h"

using namespace zige;
using namespace zige::daemon;

namespace {

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

TEST(FsiGateway, names_its_decisions_beside_the_answer_of_the_platform) {
    Desk f(true);
    f.script.answers = {{true, PlatformAnswer{200, "application/json", {{"X-ZIGE-Reference", "forged"}}, to_bytes("{\"infcode\":0}")}},
                        ScriptedPlatform::failed(true, ErrorId::net_interrupted)};
    const HttpReply taken = f.post("2204", Desk::fees({kGood, kGood}));
    CPPUNIT_ASSERT_EQUAL(std::string("{\"infcode\":0}"), std::string(as_text(taken.body)));
    CPPUNIT_ASSERT_EQUAL(std::string("allow"), header_of(taken, "X-Zige-Outcome"));
    const std::string references = header_of(taken, "X-Zige-Reference");
    CPPUNIT_ASSERT_EQUAL_MESSAGE(references, std::size_t{13}, references.size());
    const auto first = f.journal().locate(references.substr(0, 6)).value().first;
    CPPUNIT_ASSERT_EQUAL(first.number + 1, f.journal().locate(references.substr(7)).value().first.number);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, taken.headers.size());

    const HttpReply lost = f.post("2204", Desk::fees({kGood}, "H41150200001202609010800000002"));
    CPPUNIT_ASSERT_EQUAL(std::string("fsi_outcome_unknown"), error_of(Desk::json(lost)));
    CPPUNIT_ASSERT_EQUAL(std::size_t{6}, header_of(lost, "X-Zige-Reference").size());
    const HttpReply held_up = f.post("2204", Desk::fees({kGood, kSuspended}, "H41150200001202609010800000003"));
    CPPUNIT_ASSERT_EQUAL(std::string("deny"), header_of(held_up, "X-Zige-Outcome"));
    CPPUNIT_ASSERT_EQUAL(words(at(Desk::json(held_up), "output.zige.lines").items()->at(1), "reference"),
                         header_of(held_up, "X-Zige-Reference").substr(7));
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
    (void)f.post("2205", Desk::envelope("2205", R"({"data":{"mdtrt_id":"M1","chrg_bchno":"B1"}})", "",
                                        "H41150200001202609010800000011"));
    (void)f.post("2207", Desk::settlement("", "H41150200001202609010800000012"));
    CPPUNIT_ASSERT(f.forwarded().back().lines_unseen);
    CPPUNIT_ASSERT_EQUAL(std::size_t{5}, f.script.received.size());
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
