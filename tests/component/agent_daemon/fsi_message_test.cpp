#include "agent/daemon/fsi_message.h"

#include "shared/posix/gb18030.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::daemon;

namespace {

/// An envelope as the interface has it, `input` and what else is given in it.
std::string envelope(const std::string& infno, const std::string& input, const std::string& more = {}) {
    return R"({"infno":")" + infno +
           R"(","msgid":"H41150200001202609010800000001","mdtrtarea_admvs":"411502","insuplc_admdvs":"411500",)"
           R"("recer_sys_code":"YBXT","dev_no":"","dev_safe_info":"","cainfo":"","signtype":"SM3","infver":"V1.0",)"
           R"("opter_type":"1","opter_name":"","inf_time":"2026-09-01 08:00:00",)"
           R"("fixmedins_code":"H41150200001","fixmedins_name":"平桥卫生院","sign_no":"9001",)" +
           more + R"("input":)" + input + "}";
}

Result<FsiClaim> read(const std::string& text, const FsiBeside& beside = {}) {
    const auto message = FsiMessage::read(text, "");
    if (!message) return message.error();
    const FsiTransaction* row = find_fsi_transaction(message->infno());
    CPPUNIT_ASSERT_MESSAGE(text, row != nullptr);
    return read_fsi_claim(*message, *row, beside);
}

/// "1 2204 2026-09-01 07:50:00 1250 A01/11 ordering=D1,executing=D2": what the gate is asked of one line.
std::string words_of(const agent::ClaimLine& line) {
    std::string words = std::string(line.line_id) + " " + infno_of(line.line.txn) + " " + format(line.line.fee_time) +
                        " " + std::to_string(line.line.amount.value) + " " + std::string(line.line.department) + "/" +
                        std::string(line.line.med_type) + " " + to_string(line.line.item);
    for (const PersonOnLine& person : line.line.people)
        words += std::string(" ") + to_string(person.role) + "=" + std::string(person.code);
    return line.line.insured ? words : words + " not insured";
}

std::string words_of(const FsiClaim& claim) {
    std::string words;
    if (!claim.text) return "nobody";
    for (const agent::ClaimLine& line : claim.text->view().lines) words += (words.empty() ? "" : "; ") + words_of(line);
    return words;
}

constexpr const char* kFee =
    R"({"feedetail":[{"feedetl_sn":"F1","mdtrt_id":"M1","psn_no":"4115","chrg_bchno":"B1","fee_ocur_time":"2026-09-01 07:50:00",)"
    R"("det_item_fee_sumamt":12.5,"bilg_dept_codg":"A01","bilg_dr_codg":"D411502000001","orders_dr_code":"D411502000002"}]})";

struct Message {
    const char* name;
    const char* infno;
    std::string input;
    std::string more;  ///< in the envelope
    const char* claim;
};
const Message kMessages[] = {
    {"outpatient_fees", "2204", kFee, "",
     "F1 2204 2026-09-01 07:50:00 1250 A01/ general ordering=D411502000001 executing=D411502000002"},
    {"amount_and_number_as_text_in_a_fixed_column", "2204",
     R"({"feedetail":{"feedetl_sn":7,"fee_ocur_time":"2026-09-01 07:50:00.000","det_item_fee_sumamt":"12.50","bilg_dr_codg":"D411502000001   ","orders_dr_code":"-"}})",
     "", "7 2204 2026-09-01 07:50:00 1250 / general ordering=D411502000001"},
    {"a_variant_of_the_transaction", "2204A", kFee, "",
     "F1 2204 2026-09-01 07:50:00 1250 A01/ general ordering=D411502000001 executing=D411502000002"},
    {"inpatient_fees", "2301",
     R"({"feedetail":[{"feedetl_sn":"F1","med_type":"21","fee_ocur_time":"2026-09-01 07:50:00","det_item_fee_sumamt":1,"bilg_dr_codg":"D1","nurs_code":"N1"}]})",
     "", "F1 2301 2026-09-01 07:50:00 100 /21 general ordering=D1 nurse=N1"},
    {"registration", "2201",
     R"({"data":{"psn_no":"4115","begntime":"2026-09-01 07:40:00","atddr_no":"D1","dr_name":"王伟","dept_code":"A01"}})",
     "", "1 2201 2026-09-01 07:40:00 0 A01/ general attending=D1"},
    {"visit", "2203",
     R"({"mdtrtinfo":{"mdtrt_id":"M1","med_type":"13","begntime":"2026-09-01 07:40:00"},"diseinfo":[{"dise_dor_no":"D1","diag_dept":"A01","diag_time":"2026-09-01 07:45:00"},{"dise_dor_no":"D2","diag_time":"soon"}]})",
     "",
     "1 2203 2026-09-01 07:45:00 0 A01/13 general diagnosing=D1; 2 2203 2026-09-01 07:40:00 0 /13 general "
     "diagnosing=D2"},
    {"admission", "2401",
     R"({"mdtrtinfo":{"begntime":"2026-09-01 07:40:00","atddr_no":"D1","chfpdr_code":"D2","adm_dept_codg":"A02"},"diseinfo":[{"dise_dor_no":"D3"}]})",
     "",
     "1 2401 2026-09-01 07:40:00 0 A02/ general attending=D1 chief=D2; 2 2401 2026-09-01 07:40:00 0 / general "
     "diagnosing=D3"},
    {"orders_before_the_fact", "3101",
     R"({"data":{"syscode":"HIS","patient_dtos":[{"patn_id":"P","fsi_encounter_dtos":{"mdtrt_id":"M1","med_type":"11","dr_codg":"D9","fsi_order_dtos":[{"rx_id":"R1","drord_begn_date":"2026-09-01","drord_dept_codg":"A01","drord_dr_codg":"D1","sumamt":3.2},{"rx_id":"R1","drord_begn_date":"2026-09-01 07:00:00","drord_dr_codg":"D2"}]}}]}})",
     "",
     "1 3101 2026-09-01 00:00:00 320 A01/11 general ordering=D1; 2 3101 2026-09-01 07:00:00 0 /11 general ordering=D2"},
    {"settlement_list", "4101",
     R"({"setlinfo":{"mdtrt_id":"M1","adm_time":"2026-08-20 10:00:00","dscg_time":"2026-08-31 10:00:00","chfpdr_code":"D1","resp_nurs_code":"N1"},"diseinfo":[],"oprninfo":[{"oprn_oprt_date":"2026-08-22","oper_dr_code":"D2","anst_dr_code":"*"}]})",
     "",
     "1 4101 2026-08-31 10:00:00 0 / general chief=D1 responsible_nurse=N1; 2 4101 2026-08-22 00:00:00 0 / general "
     "surgeon=D2"},
    {"pharmacy", "2101",
     R"({"druginfo":{"psn_no":"4115","med_type":"41","begntime":"2026-09-01 07:50:00"},"drugdetail":[{"feedetl_sn":"F1","det_item_fee_sumamt":10,"bilg_dr_codg":"D9","phar_prac_cert_no":"Y1","rx_flag":"1"},{"feedetl_sn":"F2","fee_ocur_time":"2026-09-01 07:51:00","rx_flag":"0"}]})",
     "",
     "F1 2101 2026-09-01 07:50:00 1000 /41 prescription_drug prescriber=D9 pharmacist=Y1; F2 2101 2026-09-01 07:51:00 "
     "0 /41 otc_drug"},
    {"pharmacy_settles_with_its_operator", "2102",
     R"({"druginfo":[{"feedetl_sn":"F1","fee_ocur_time":"2026-09-01 07:50:00","prsc_time":"2026-08-30 09:00:00","bilg_dr_codg":"D9"}]})",
     R"("opter":"S1",)", "F1 2102 2026-09-01 07:50:00 0 / general prescriber=D9 settlement_operator=S1"},
    {"sale", "3505",
     R"({"selinfo":[{"sel_retn_time":"2026-09-01 07:50:00","phar_prac_cert_no":"Y1","rx_flag":"1","setl_id":"S"},{"sel_retn_time":"2026-09-01 07:50:00","phar_prac_cert_no":"Y1","rx_flag":"1"}]})",
     "",
     "1 3505 2026-09-01 07:50:00 0 / prescription_drug pharmacist=Y1; 2 3505 2026-09-01 07:50:00 0 / prescription_drug "
     "pharmacist=Y1 not insured"},
    {"settlement_by_its_operator", "2207", R"({"data":{"mdtrt_id":"M1","chrg_bchno":"B1","med_type":"11"}})",
     R"("opter":"S1",)", "1 2207 2026-09-01 08:00:00 0 / general settlement_operator=S1"},
    {"settlement_without_an_operator", "2207", R"({"data":{"mdtrt_id":"M1"}})", "", "nobody"},
    {"inpatient_settlement", "2304", R"({"data":{"mdtrt_id":"M1"}})", R"("opter":"S1",)",
     "1 2304 2026-09-01 08:00:00 0 / general settlement_operator=S1"},
    {"withdrawal", "2205", R"({"data":{"mdtrt_id":"M1","chrg_bchno":"0000"}})", R"("opter":"S1",)", "nobody"},
};

struct Bad {
    const char* name;
    std::string text;
    ErrorId error;
    const char* field;
};
const Bad kBad[] = {
    {"no_json", "infno=2204", ErrorId::api_not_json, ""},
    {"no_object", "[]", ErrorId::api_bad_field, ""},
    {"no_transaction", R"({"msgid":"1"})", ErrorId::api_missing_field, "infno"},
    {"bad_transaction", R"({"infno":"22O4"})", ErrorId::api_bad_field, "infno"},
    {"no_number", R"({"infno":"2204","input":{}})", ErrorId::api_missing_field, "msgid"},
    {"number_too_long", R"({"infno":"2204","msgid":"H4115020000120260901080000000123"})", ErrorId::api_bad_field,
     "msgid"},
    {"number_twice", R"({"infno":"2204","msgid":"1","msgid":"2"})", ErrorId::api_not_json, ""},
    {"no_input", R"({"infno":"2204","msgid":"1"})", ErrorId::api_missing_field, "input"},
    {"input_is_a_list", R"({"infno":"2204","msgid":"1","input":[]})", ErrorId::api_bad_field, "input"},
    {"encrypted_input", R"({"infno":"2204","msgid":"1","input":"PznBlnVSzpDlyl54Vk3/hg=="})", ErrorId::fsi_encrypted,
     "input"},
    {"encrypted_elsewhere", R"({"infno":"2204","msgid":"1","enc_type":"SM4","encData":"00"})", ErrorId::fsi_encrypted,
     "input"},
    {"no_lines", envelope("2204", R"({"data":{}})"), ErrorId::api_missing_field, "input.feedetail"},
    {"lines_under_another_name", envelope("2204", R"({"feedetails":[{"bilg_dr_codg":"D1"}]})"),
     ErrorId::api_missing_field, "input.feedetail"},
    {"a_second_list_of_lines",
     envelope(
         "2301",
         R"({"feedetail":[{"feedetl_sn":"F1","fee_ocur_time":"2026-09-01 07:50:00","det_item_fee_sumamt":1,"bilg_dr_codg":"D1"}],"more":[{"bilg_dr_codg":"D2"}]})"),
     ErrorId::api_bad_field, "input.more[0].bilg_dr_codg"},
    {"nobody_ordered",
     envelope(
         "2204",
         R"({"feedetail":[{"fee_ocur_time":"2026-09-01 07:50:00","det_item_fee_sumamt":1,"orders_dr_code":"D1"}]})"),
     ErrorId::api_missing_field, "input.feedetail[0].bilg_dr_codg"},
    {"no_time", envelope("2204", R"({"feedetail":[{"bilg_dr_codg":"D1","det_item_fee_sumamt":1}]})"),
     ErrorId::api_missing_field, "input.feedetail[0].fee_ocur_time"},
    {"day_that_does_not_exist",
     envelope("2204", R"({"feedetail":[{"bilg_dr_codg":"D1","fee_ocur_time":"2026-02-29 08:00:00"}]})"),
     ErrorId::time_bad_time, "input.feedetail[0].fee_ocur_time"},
    {"no_amount", envelope("2204", R"({"feedetail":[{"bilg_dr_codg":"D1","fee_ocur_time":"2026-09-01 08:00:00"}]})"),
     ErrorId::api_missing_field, "input.feedetail[0].det_item_fee_sumamt"},
    {"line_twice",
     envelope(
         "2204",
         R"({"feedetail":[{"feedetl_sn":"1","bilg_dr_codg":"D1","fee_ocur_time":"2026-09-01 08:00:00","det_item_fee_sumamt":1},{"feedetl_sn":"1","bilg_dr_codg":"D1","fee_ocur_time":"2026-09-01 08:00:00","det_item_fee_sumamt":1}]})"),
     ErrorId::api_bad_field, "input.feedetail[1].feedetl_sn"},
    {"code_too_long", envelope("3505", R"({"selinfo":{"phar_prac_cert_no":"0123456789012345678901234567890"}})"),
     ErrorId::api_bad_field, "input.selinfo.phar_prac_cert_no"},
    {"code_is_an_object", envelope("3505", R"({"selinfo":{"phar_prac_cert_no":{}}})"), ErrorId::api_bad_field,
     "input.selinfo.phar_prac_cert_no"},
    {"sale_without_a_time", envelope("3505", R"({"selinfo":{"phar_prac_cert_no":"Y1"}})"), ErrorId::api_missing_field,
     "input.selinfo.sel_retn_time"},
};

}  // namespace

TEST_EACH(FsiMessage, asks_the_gate_about, kMessages) {
    const auto claim = read(envelope(row.infno, row.input, row.more));
    CPPUNIT_ASSERT_MESSAGE(claim ? "" : claim.error().describe(), claim.ok());
    CPPUNIT_ASSERT_EQUAL(std::string(row.claim), words_of(*claim));
}

TEST_EACH(FsiMessage, is_refused_and_names_the_field, kBad) {
    const auto claim = read(row.text);
    CPPUNIT_ASSERT(!claim.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, claim.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), claim.error().field);
}

TEST(FsiMessage, takes_either_spelling_of_the_division_and_fields_that_nobody_knows) {
    std::string text = envelope("2204", kFee, R"("fixmedins_soft_fcty":"某软件","exp_content":{"a":[1,2.50]},)");
    for (const auto& [from, to] :
         {std::pair("mdtrtarea_admvs", "mdtrtarea_admdvs"), std::pair("insuplc_admdvs", "insuplc_admvs")})
        text.replace(text.find(from), std::string_view(from).size(), to);
    CPPUNIT_ASSERT(read(text).ok());
}

TEST(FsiMessage, knows_a_message_again_whatever_else_is_around_its_input) {
    const auto one = FsiMessage::read(envelope("2204", kFee), "2204").value();
    std::string spaced = envelope("2204", kFee, R"("cainfo2":"x",)");
    spaced.insert(spaced.find("\"feedetail\""), "\n  ");
    CPPUNIT_ASSERT_EQUAL(one.input_text(), FsiMessage::read(spaced, "2204").value().input_text());
    CPPUNIT_ASSERT_EQUAL(std::string("infno"), FsiMessage::read(spaced, "2301").error().field);
}

TEST(FsiMessage, names_the_visit_the_lot_and_the_item_of_each_line) {
    std::string fee = kFee;
    fee.insert(fee.find("\"bilg_dr_codg\""), R"("med_list_codg":"XN01","bilg_dr_name":"王伟",)");
    const auto claim = read(envelope("2204", fee));
    CPPUNIT_ASSERT_EQUAL(std::string("M1"), std::string(claim->text->view().claim_id));
    const agent::ClaimLine& line = claim->text->view().lines[0];
    CPPUNIT_ASSERT_EQUAL(std::string("M1/B1/XN01"), std::string(line.visit.visit) + "/" + std::string(line.visit.lot) +
                                                        "/" + std::string(line.visit.item));
    CPPUNIT_ASSERT_EQUAL(std::string_view("王伟"), line.ordering_name);
    CPPUNIT_ASSERT(claim->head == (FsiLot{"M1", "B1"}));
}

TEST(FsiMessage, takes_what_stands_beside_it_for_all_lines) {
    FsiBeside beside{EmergencyKind::rescue,
                     "心脏骤停",
                     "李四",
                     "新到岗",
                     "院长",
                     "YZ-9",
                     parse_time("2026-09-01 08:00:01", "t").value()};
    const auto claim = read(envelope("2204", kFee), beside);
    const FeeLine& line = claim->text->view().lines[0].line;
    CPPUNIT_ASSERT(line.emergency.kind == EmergencyKind::rescue);
    CPPUNIT_ASSERT_EQUAL(std::string_view("李四"), line.emergency.declared_by);
    CPPUNIT_ASSERT_EQUAL(std::string_view("院长"), line.release.released_by);
    CPPUNIT_ASSERT_EQUAL(std::string_view("YZ-9"), line.order.number);
    CPPUNIT_ASSERT(line.order.written_at == beside.order_time);
}

struct Withdrawn {
    const char* name;
    const char* infno;
    const char* input;
    FsiLot lot;
    const char* settlement;
    std::vector<std::string> lines;
};
const Withdrawn kWithdrawn[] = {
    {"a_lot", "2205", R"({"data":{"mdtrt_id":"M1","chrg_bchno":"B1","psn_no":"4115"}})", {"M1", "B1"}, "", {}},
    {"a_settlement", "2208", R"({"data":{"mdtrt_id":"M1","setl_id":"S1"}})", {"M1", ""}, "S1", {}},
    {"a_settlement_of_a_pharmacy", "2103", R"({"data":{"setl_id":"S1"}})", {"", ""}, "S1", {}},
    {"a_settlement_of_an_in_patient", "2305", R"({"data":{"mdtrt_id":"M1","setl_id":"S1"}})", {"M1", ""}, "S1", {}},
    {"lines_of_an_in_patient",
     "2302",
     R"({"data":[{"feedetl_sn":"F1","mdtrt_id":"M1"},{"feedetl_sn":"F2","mdtrt_id":"M1"}]})",
     {"M1", ""},
     "",
     {"F1", "F2"}},
    {"all_lines_of_an_in_patient", "2302", R"({"data":{"feedetl_sn":"0000","mdtrt_id":"M1"}})", {"M1", ""}, "", {"0000"}},
    {"no_line_of_an_in_patient", "2302", R"({"data":{"feedetl_sn":"","mdtrt_id":"M1"}})", {"M1", ""}, "", {""}},
};
TEST_EACH(FsiMessage, names_what_is_withdrawn, kWithdrawn) {
    const auto claim = read(envelope(row.infno, row.input));
    CPPUNIT_ASSERT(!claim->text);
    CPPUNIT_ASSERT(claim->head == row.lot);
    CPPUNIT_ASSERT_EQUAL(std::string(row.settlement), claim->settlement);
    CPPUNIT_ASSERT(claim->lines == row.lines);
    CPPUNIT_ASSERT_EQUAL(row.lines == std::vector<std::string>{"0000"}, claim->all_lines);
}

TEST(FsiMessage, takes_500_lines_and_no_more) {
    const auto with = [](int count) {
        std::string lines;
        for (int i = 0; i < count; ++i)
            lines += std::string(i == 0 ? "" : ",") +
                     R"({"bilg_dr_codg":"D1","fee_ocur_time":"2026-09-01 08:00:00","det_item_fee_sumamt":1})";
        return envelope("2204", R"({"feedetail":[)" + lines + "]}");
    };
    CPPUNIT_ASSERT(read(with(500)).ok());
    CPPUNIT_ASSERT_EQUAL(std::string("input.feedetail"), read(with(501)).error().field);
}

TEST(FsiMessage, is_read_in_gbk_as_in_utf8) {
    const std::string utf8 = envelope("2204", kFee);
    const std::string gbk = to_gb18030(utf8).value();
    CPPUNIT_ASSERT(gbk != utf8);
    for (const char* const type :
         {"application/json;charset=GBK", "text/plain; charset=\"gb2312\"", "application/json", ""}) {
        const auto charset = charset_of(type, as_bytes(gbk));
        CPPUNIT_ASSERT(charset.ok() && *charset == Charset::gbk);
        CPPUNIT_ASSERT_EQUAL(utf8, text_of(as_bytes(gbk), *charset).value());
    }
    CPPUNIT_ASSERT(charset_of("application/json", as_bytes(utf8)).value() == Charset::utf8);
    CPPUNIT_ASSERT_EQUAL(std::string("Content-Type"),
                         charset_of("text/plain; charset=big5", as_bytes(utf8)).error().field);
    CPPUNIT_ASSERT_EQUAL(utf8, text_of(as_bytes("\xEF\xBB\xBF" + utf8), Charset::utf8).value());
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_bad_encoding,
                         text_of(as_bytes("{\"a\":\"\xFF\xFF\"}"), Charset::gbk).error().id);
}
