// What earlier messages say of a visit, and what later ones take back.
#include "tests/component/agent_daemon/fsi_fixture.h"

using namespace zige;
using namespace zige::daemon;

TEST(Fsi, takes_the_medical_type_of_the_visit_for_its_lines) {
    Desk f;
    const std::string visit = one(
        "2203", R"({"mdtrtinfo":{"mdtrt_id":"M1","med_type":"13","begntime":"2026-09-01 07:40:00"},"diseinfo":[]})");
    CPPUNIT_ASSERT_EQUAL(std::string("0"), words(Desk::json(f.post("2203", visit)), "infcode"));
    const Json rescued = Desk::json(f.post("2204", Desk::fees({kSuspended})));
    CPPUNIT_ASSERT_EQUAL(std::string("allow_marked"), words(rescued, "output.zige.outcome"));
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
    CPPUNIT_ASSERT(!is_true(at(again, "output.zige"), "repeated"));
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
