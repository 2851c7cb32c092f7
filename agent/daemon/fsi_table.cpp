#include "agent/daemon/fsi_table.h"

#include <algorithm>

namespace zige::daemon {
namespace {

using Field = std::string_view;

constexpr FsiPerson kFeePeople[] = {
    {"bilg_dr_codg", Role::ordering},
    {"orders_dr_code", Role::executing},
    {"acord_dr_code", Role::executing},
    {"nurs_code", Role::nurse},
};
constexpr Field kFeeTimes[] = {"fee_ocur_time"};
constexpr FsiLines kFees[] = {
    {"feedetail", kFeePeople, kFeeTimes, "feedetl_sn", "det_item_fee_sumamt", "bilg_dept_codg"},
};

constexpr FsiPerson kOrderPeople[] = {{"drord_dr_codg", Role::ordering}};
constexpr Field kOrderTimes[] = {"drord_begn_date", "adm_date"};
constexpr FsiLines kOrders[] = {
    {"data.patient_dtos.fsi_encounter_dtos.fsi_order_dtos", kOrderPeople, kOrderTimes, "", "sumamt", "drord_dept_codg"},
    {"patient_dtos.fsi_encounter_dtos.fsi_order_dtos", kOrderPeople, kOrderTimes, "", "sumamt", "drord_dept_codg",
     true},
    {"fsi_order_dtos", kOrderPeople, kOrderTimes, "", "sumamt", "drord_dept_codg", true},
};

constexpr FsiPerson kVisitPeople[] = {{"atddr_no", Role::attending}, {"chfpdr_code", Role::chief}};
constexpr FsiPerson kDiagnosisPeople[] = {{"dise_dor_no", Role::diagnosing}};
constexpr Field kVisitTimes[] = {"begntime"};
constexpr Field kDiagnosisTimes[] = {"diag_time", "begntime"};
constexpr FsiLines kRegistration[] = {{"data", kVisitPeople, kVisitTimes, "", "", "dept_code"}};
constexpr FsiLines kVisit[] = {
    {"mdtrtinfo", kVisitPeople, kVisitTimes},
    {"diseinfo", kDiagnosisPeople, kDiagnosisTimes, "", "", "diag_dept"},
};
constexpr FsiLines kAdmission[] = {
    {"mdtrtinfo", kVisitPeople, kVisitTimes, "", "", "adm_dept_codg"},
    {"diseinfo", kDiagnosisPeople, kDiagnosisTimes, "", "", "diag_dept"},
};

constexpr FsiPerson kStayPeople[] = {{"chfpdr_code", Role::chief}, {"resp_nurs_code", Role::responsible_nurse}};
constexpr FsiPerson kOperationPeople[] = {{"oper_dr_code", Role::surgeon}, {"anst_dr_code", Role::anaesthetist}};
constexpr Field kStayTimes[] = {"dscg_time", "setl_end_date", "adm_time"};
constexpr Field kOperationTimes[] = {"oprn_oprt_begntime", "oprn_oprt_date", "dscg_time"};
constexpr FsiLines kSettlementList[] = {
    {"setlinfo", kStayPeople, kStayTimes},
    {"oprninfo", kOperationPeople, kOperationTimes},
};

constexpr FsiPerson kDrugPeople[] = {{"bilg_dr_codg", Role::prescriber}, {"phar_prac_cert_no", Role::pharmacist}};
constexpr Field kDrugTimes[] = {"fee_ocur_time", "begntime"};
constexpr FsiLines kDrugs[] = {
    {"drugdetail", kDrugPeople, kDrugTimes, "feedetl_sn", "det_item_fee_sumamt"},
    {"druginfo", kDrugPeople, kDrugTimes, "feedetl_sn", "det_item_fee_sumamt", "", true},
    {"feedetail", kDrugPeople, kDrugTimes, "feedetl_sn", "det_item_fee_sumamt", "", true},
};

constexpr FsiPerson kSalePeople[] = {{"phar_prac_cert_no", Role::pharmacist}};
constexpr Field kSaleTimes[] = {"sel_retn_time"};
constexpr FsiLines kSales[] = {
    {"selinfo", kSalePeople, kSaleTimes},
    {"data", kSalePeople, kSaleTimes, "", "", "", true},
};

/// In what is settled and withdrawn nobody is named but the operator.
constexpr FsiTransaction kTransactions[] = {
    {.infno = "2101", .txn = Txn::pharmacy_presettlement, .lines = kDrugs, .head = "druginfo", .needs_lines = true},
    {.infno = "2102",
     .txn = Txn::pharmacy_settlement,
     .lines = kDrugs,
     .head = "druginfo",
     .needs_lines = true,
     .judges_operator = true,
     .visit = FsiVisit::sale},
    {.infno = "2103", .txn = {}, .lines = {}, .head = "data", .refusable = false, .visit = FsiVisit::reversal},
    {.infno = "2201",
     .txn = Txn::outpatient_registration,
     .lines = kRegistration,
     .head = "data",
     .refusable = false,
     .visit = FsiVisit::begin},
    {.infno = "2203",
     .txn = Txn::visit_info,
     .lines = kVisit,
     .head = "mdtrtinfo",
     .refusable = false,
     .visit = FsiVisit::begin},
    {.infno = "2204",
     .txn = Txn::outpatient_fees,
     .lines = kFees,
     .needs_lines = true,
     .names_orderer = true,
     .visit = FsiVisit::lines},
    {.infno = "2205", .txn = {}, .lines = {}, .head = "data", .refusable = false, .visit = FsiVisit::withdrawal},
    {.infno = "2207",
     .txn = Txn::outpatient_settlement,
     .lines = {},
     .head = "data",
     .judges_operator = true,
     .visit = FsiVisit::settlement},
    {.infno = "2208", .txn = {}, .lines = {}, .head = "data", .refusable = false, .visit = FsiVisit::reversal},
    {.infno = "2301",
     .txn = Txn::inpatient_fees,
     .lines = kFees,
     .needs_lines = true,
     .names_orderer = true,
     .visit = FsiVisit::lines},
    {.infno = "2302", .txn = {}, .lines = {}, .head = "data", .refusable = false, .visit = FsiVisit::line_withdrawal},
    {.infno = "2304",
     .txn = Txn::inpatient_settlement,
     .lines = {},
     .head = "data",
     .judges_operator = true,
     .visit = FsiVisit::settlement},
    {.infno = "2305", .txn = {}, .lines = {}, .head = "data", .refusable = false, .visit = FsiVisit::reopening},
    {.infno = "2401",
     .txn = Txn::admission,
     .lines = kAdmission,
     .head = "mdtrtinfo",
     .refusable = false,
     .visit = FsiVisit::begin},
    {.infno = "3101", .txn = Txn::pre_audit, .lines = kOrders, .needs_lines = true},
    {.infno = "3505", .txn = Txn::goods_sale, .lines = kSales, .needs_lines = true},
    {.infno = "4101", .txn = Txn::settlement_list, .lines = kSettlementList, .head = "setlinfo", .refusable = false},
};

constexpr std::size_t kDigits = 4;

}  // namespace

bool is_infno(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() < kDigits || text.size() > kDigits + 1) return false;
    if (!std::ranges::all_of(text.substr(0, kDigits), is_digit)) return false;
    return text.size() == kDigits || (text[kDigits] >= 'A' && text[kDigits] <= 'Z');
}

const FsiTransaction* find_fsi_transaction(std::string_view infno) {
    const auto* const found = std::ranges::find(kTransactions, infno.substr(0, kDigits), &FsiTransaction::infno);
    return is_infno(infno) && found != std::end(kTransactions) ? found : nullptr;
}

std::span<const FsiTransaction> fsi_transactions() { return kTransactions; }

bool only_asks(std::string_view infno) {
    return infno.starts_with('1') || infno.starts_with('5') || infno.starts_with('9') || infno.starts_with("2001");
}

}  // namespace zige::daemon
