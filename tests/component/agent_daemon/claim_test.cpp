#include "agent/daemon/claim.h"

#include "tests/support/testing.h"

using namespace zige;
using namespace zige::daemon;

namespace {

Result<ClaimText> read(const std::string& text) {
    const auto body = parse_json(text, 1U << 20);
    CPPUNIT_ASSERT_MESSAGE(text, body.ok());
    return ClaimText::read(*body);
}

/// A good line with `changes` put after its own members' place: {"feedetail":[{..., changes}]}.
std::string with_line(const std::string& members) { return R"({"infno":"2204","feedetail":[{)" + members + "}]}"; }
const std::string kGood =
    R"("feedetl_sn":"7","bilg_dr_codg":"D411502000123","fee_ocur_time":"2026-11-20 08:30:00","det_item_fee_sumamt":12.30)";

struct Bad {
    const char* name;
    std::string body;
    ErrorId error;
    const char* field;
};
const Bad kBad[] = {
    {"no_object", "[]", ErrorId::api_bad_field, ""},
    {"no_lines", R"({"infno":"2204"})", ErrorId::api_missing_field, "feedetail"},
    {"no_line", R"({"infno":"2204","feedetail":[]})", ErrorId::api_bad_field, "feedetail"},
    {"line_is_a_text", R"({"infno":"2204","feedetail":["x"]})", ErrorId::api_bad_field, "feedetail[0]"},
    {"no_transaction", R"({"feedetail":[{"fee_ocur_time":"2026-11-20 08:30:00"}]})", ErrorId::api_missing_field,
     "infno"},
    {"transaction_that_is_not_judged", R"({"infno":"2205","feedetail":[{}]})", ErrorId::api_bad_field, "infno"},
    {"no_time", with_line(R"("bilg_dr_codg":"D1","det_item_fee_sumamt":1)"), ErrorId::api_missing_field,
     "feedetail[0].fee_ocur_time"},
    {"day_that_does_not_exist",
     with_line(R"("bilg_dr_codg":"D1","det_item_fee_sumamt":1,"fee_ocur_time":"2026-02-29 08:00:00")"),
     ErrorId::time_bad_time, "feedetail[0].fee_ocur_time"},
    {"nobody_ordered", with_line(R"("det_item_fee_sumamt":1,"fee_ocur_time":"2026-11-20 08:30:00")"),
     ErrorId::api_missing_field, "feedetail[0].bilg_dr_codg"},
    {"empty_code_is_a_missing_one",
     with_line(R"("bilg_dr_codg":"","det_item_fee_sumamt":1,"fee_ocur_time":"2026-11-20 08:30:00")"),
     ErrorId::api_missing_field, "feedetail[0].bilg_dr_codg"},
    {"code_too_long",
     with_line(
         R"("bilg_dr_codg":"D4115020001234567890123456789012","det_item_fee_sumamt":1,"fee_ocur_time":"2026-11-20 08:30:00")"),
     ErrorId::api_bad_field, "feedetail[0].bilg_dr_codg"},
    {"no_amount", with_line(R"("bilg_dr_codg":"D1","fee_ocur_time":"2026-11-20 08:30:00")"), ErrorId::api_missing_field,
     "feedetail[0].det_item_fee_sumamt"},
    {"amount_with_three_decimals",
     with_line(R"("bilg_dr_codg":"D1","det_item_fee_sumamt":1.005,"fee_ocur_time":"2026-11-20 08:30:00")"),
     ErrorId::api_bad_field, "feedetail[0].det_item_fee_sumamt"},
    {"amount_with_an_exponent",
     with_line(R"("bilg_dr_codg":"D1","det_item_fee_sumamt":1e2,"fee_ocur_time":"2026-11-20 08:30:00")"),
     ErrorId::api_bad_field, "feedetail[0].det_item_fee_sumamt"},
    {"emergency_without_reason", with_line(kGood + R"(,"emergency":{"kind":"rescue","declared_by":"李四"})"),
     ErrorId::api_missing_field, "feedetail[0].emergency.reason"},
    {"emergency_of_no_kind", with_line(kGood + R"(,"emergency":{"kind":"none","reason":"a","declared_by":"b"})"),
     ErrorId::api_bad_field, "feedetail[0].emergency.kind"},
    {"emergency_is_a_flag", with_line(kGood + R"(,"emergency":true)"), ErrorId::api_missing_field,
     "feedetail[0].emergency.kind"},
    {"role_unknown", with_line(kGood + R"(,"people":[{"role":"boss","code":"D1"}])"), ErrorId::api_bad_field,
     "feedetail[0].people[0].role"},
    {"person_without_code", with_line(kGood + R"(,"people":[{"role":"consultant"}])"), ErrorId::api_missing_field,
     "feedetail[0].people[0].code"},
    {"insured_is_a_text", with_line(kGood + R"(,"insured":"yes")"), ErrorId::api_bad_field, "feedetail[0].insured"},
    {"item_class_unknown", with_line(kGood + R"(,"item_class":"drug")"), ErrorId::api_bad_field,
     "feedetail[0].item_class"},
    {"line_id_twice", R"({"infno":"2204","feedetail":[{)" + kGood + "},{" + kGood + "}]}", ErrorId::api_bad_field,
     "feedetail[1].feedetl_sn"},
    {"second_line_bad", R"({"infno":"2204","feedetail":[{)" + kGood + R"(},{"feedetl_sn":"8"}]})",
     ErrorId::api_missing_field, "feedetail[1].fee_ocur_time"},
};

}  // namespace

TEST(Claim, reads_what_a_his_sends_with_2204) {
    const auto claim =
        read(R"({"infno":2204,"mdtrt_id":"M1","psn_no":"secret","med_type":"11","idempotency_key":"k-1","feedetail":[
        {"feedetl_sn":"7","bilg_dr_codg":"D411502000123","bilg_dr_name":"张三","orders_dr_code":"D411502000124","bilg_dept_codg":"A01",
         "fee_ocur_time":"2026-11-20 08:30:00","det_item_fee_sumamt":"12.30","cnt":1.0000,"pric":12.300000},
        {"bilg_dr_codg":"0042","med_type":"13","fee_ocur_time":"2026-11-20 08:31:00","det_item_fee_sumamt":0.29}]})");
    CPPUNIT_ASSERT(claim.ok());
    const agent::Claim view = claim->view();
    CPPUNIT_ASSERT_EQUAL(std::string_view("M1"), view.claim_id);
    CPPUNIT_ASSERT_EQUAL(std::string_view("k-1"), view.idempotency_key);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, view.lines.size());
    const FeeLine& first = view.lines[0].line;
    CPPUNIT_ASSERT(first.txn == Txn::outpatient_fees && first.insured && first.item == ItemClass::general);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-11-20 08:30:00"), format(first.fee_time));
    CPPUNIT_ASSERT_EQUAL(std::int64_t{1230}, first.amount.value);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, first.people.size());
    CPPUNIT_ASSERT(first.people[0].role == Role::ordering && first.people[0].code == "D411502000123");
    CPPUNIT_ASSERT(first.people[1].role == Role::executing && first.people[1].code == "D411502000124");
    CPPUNIT_ASSERT_EQUAL(std::string_view("A01"), first.department);
    CPPUNIT_ASSERT_EQUAL(std::string_view("11"), first.med_type);
    const FeeLine& second = view.lines[1].line;
    CPPUNIT_ASSERT_EQUAL(std::string_view("2"), view.lines[1].line_id);
    CPPUNIT_ASSERT_EQUAL(std::string_view("13"), second.med_type);
    CPPUNIT_ASSERT_EQUAL(std::int64_t{29}, second.amount.value);
}

TEST(Claim, keeps_its_texts_when_it_is_moved) {
    auto read_claim = read(with_line(kGood));
    CPPUNIT_ASSERT(read_claim.ok());
    const ClaimText moved = std::move(read_claim).value();
    CPPUNIT_ASSERT_EQUAL(std::string_view("D411502000123"), moved.view().lines[0].line.people[0].code);
    CPPUNIT_ASSERT_EQUAL(std::string_view("7"), moved.view().lines[0].line_id);
}

TEST(Claim, names_an_outside_prescriber_at_the_pharmacy) {
    const auto claim = read(
        R"({"infno":"2102","feedetail":[{"bilg_dr_codg":"D1","phar_prac_cert_no":"Y1","rx_flag":"1","fee_ocur_time":"2026-11-20 08:30:00"}]})");
    CPPUNIT_ASSERT(claim.ok());
    const FeeLine line = claim->view().lines[0].line;
    CPPUNIT_ASSERT(line.people[0].role == Role::prescriber && line.people[1].role == Role::pharmacist);
    CPPUNIT_ASSERT(line.item == ItemClass::prescription_drug);
}

TEST(Claim, who_ordered_at_the_pharmacy_is_the_prescriber_also_by_the_name_of_the_role) {
    const auto claim = read(
        R"({"infno":"2102","feedetail":[{"people":[{"role":"ordering","code":"D1"}],"fee_ocur_time":"2026-11-20 08:30:00"}]})");
    CPPUNIT_ASSERT(claim.ok());
    CPPUNIT_ASSERT_EQUAL(Role::prescriber, claim->view().lines[0].line.people[0].role);
}

TEST(Claim, takes_the_time_of_an_outside_prescription) {
    const auto line = [](const std::string& time) {
        return R"({"infno":"2102","feedetail":[{"bilg_dr_codg":"D1","fee_ocur_time":"2026-11-20 08:30:00")" + time +
               "}]}";
    };
    CPPUNIT_ASSERT(!read(line(""))->view().lines[0].line.prescribed_at);
    const auto claim = read(line(R"(,"prsc_time":"2026-11-18 16:05:00")"));
    CPPUNIT_ASSERT(claim.ok());
    CPPUNIT_ASSERT_EQUAL(std::string("2026-11-18 16:05:00"), format(claim->view().lines[0].line.prescribed_at.value()));
    const auto bad = read(line(R"(,"prsc_time":"18 Nov")"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::time_bad_time, bad.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("feedetail[0].prsc_time"), bad.error().field);
}

TEST(Claim, takes_a_declared_emergency_for_all_lines_or_for_one) {
    const auto claim = read(
        R"({"infno":"2204","emergency":{"kind":"rescue","reason":"心脏骤停","declared_by":"李四"},"feedetail":[{)" +
        kGood + "}]}");
    CPPUNIT_ASSERT(claim.ok());
    const EmergencyDeclaration declared = claim->view().lines[0].line.emergency;
    CPPUNIT_ASSERT(declared.kind == EmergencyKind::rescue);
    CPPUNIT_ASSERT_EQUAL(std::string_view("心脏骤停"), declared.reason);
    CPPUNIT_ASSERT_EQUAL(std::string_view("李四"), declared.declared_by);
}

TEST(Claim, takes_eight_people_on_a_line_and_no_ninth) {
    std::string people;
    for (int i = 0; i < 7; ++i)
        people += (i == 0 ? "" : ",") + std::string(R"({"role":"consultant","code":"D)") + std::to_string(i) + "\"}";
    CPPUNIT_ASSERT(read(with_line(kGood + ",\"people\":[" + people + "]")).ok());
    const auto ninth = read(with_line(kGood + ",\"people\":[" + people + R"(,{"role":"nurse","code":"N9"}])"));
    CPPUNIT_ASSERT(!ninth.ok());
    CPPUNIT_ASSERT_EQUAL(std::string("feedetail[0].people[7].code"), ninth.error().field);
}

TEST(Claim, takes_500_lines_and_no_more) {
    const auto with_lines = [](int count) {
        std::string lines;
        for (int i = 0; i < count; ++i)
            lines +=
                (i == 0 ? "" : ",") +
                std::string(R"({"bilg_dr_codg":"D1","fee_ocur_time":"2026-11-20 08:30:00","det_item_fee_sumamt":1})");
        return R"({"infno":"2204","feedetail":[)" + lines + "]}";
    };
    CPPUNIT_ASSERT(read(with_lines(500)).ok());
    CPPUNIT_ASSERT_EQUAL(std::string("feedetail"), read(with_lines(501)).error().field);
}

TEST_EACH(Claim, is_refused_whole_and_names_the_field, kBad) {
    const auto claim = read(row.body);
    CPPUNIT_ASSERT(!claim.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, claim.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), claim.error().field);
}
