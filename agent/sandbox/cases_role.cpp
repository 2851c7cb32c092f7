#include "agent/sandbox/cases.h"

namespace zige::sandbox {
namespace {

constexpr std::string_view kFamily = "lines";

constexpr Case kCases[] = {
    {"executor-suspended", kFamily, "受单、执行人员被暂停的明细不上传。", "A line whose executing doctor is suspended is not sent.",
     "never at the platform; refused in the journal", "docs/rules.md 5", [](Play& p) {
         const WishedBill bill = p.bill({{.executing = "suspended"}});
         p.act("settle", bill);
         p.refused(bill, 1);
     }},
    {"nurse-marks", kFamily, "一般项目的护士被暂停：结算并标记。", "A suspended nurse on a general item only marks the line.",
     "settled; marked in the journal with the nurse's code", "docs/rules.md 5", [](Play& p) {
         const WishedBill bill = p.bill({{.nurse = "bad_nurse"}});
         p.act("settle", bill);
         p.settled(bill, 1);
         p.journaled(bill, 1, Outcome::allow_marked, Ground::suspended);
     }},
    {"one-bad-line", kFamily, "一单里有一行拒付：其余行照常结算。", "One refused line of three: the others are settled without it.",
     "two lines settled once, the third never at the platform", "docs/embedding.md 答复", [](Play& p) {
         const WishedBill bill = p.bill({{}, {.ordering = "suspended"}, {.ordering = "other"}});
         p.act("settle", bill);
         p.settled(bill, 1);
         p.refused(bill, 2);
         p.settled(bill, 3);
     }},
    {"held-and-good", kFamily, "一行暂缓、一行正常：正常的结算，暂缓的留下。", "A held line stays behind, the good one is settled.",
     "one settled once, one held and never at the platform", "docs/embedding.md 答复", [](Play& p) {
         const WishedBill bill = p.bill({{}, {.ordering = "unmapped"}});
         p.act("settle", bill);
         p.settled(bill, 1);
         p.held(bill, 2);
     }},
    {"all-refused", kFamily, "全部拒付：平台上没有这一单，也没有空结算。", "All lines refused: nothing of the bill reaches the platform, no empty settlement.",
     "no line and no settlement at the platform", "docs/embedding.md 答复", [](Play& p) {
         const WishedBill bill = p.bill({{.ordering = "suspended"}, {.ordering = "terminated"}});
         p.act("settle", bill);
         p.refused(bill, 1);
         p.refused(bill, 2);
         p.messages(bill, "2207", 0);
     }},
    {"twenty-lines-two-people", kFamily, "二十行、每行两人：逐行判定，两行拒付，十八行结算。", "Twenty lines of two people each: two refused, eighteen settled.",
     "each line by its own number; both people of each line in the journal", "docs/embedding.md 请求", [](Play& p) {
         std::vector<WishedLine> lines(20, {.executing = "other"});
         lines[6].ordering = "suspended";
         lines[13].executing = "terminated";
         const WishedBill bill = p.bill(std::move(lines));
         p.act("settle", bill);
         for (std::size_t line = 1; line <= 20; ++line) {
             line == 7 || line == 14 ? p.refused(bill, line) : p.settled(bill, line);
             const Decided* last = p.last_decision(bill.line_id(line));
             p.holds(last != nullptr && last->entry.people.size() == 2, "line " + std::to_string(line) + " was not asked about with two people");
         }
     }},
    {"amounts-exact", kFamily, "金额按分精确报给终端。", "Amounts reach the agent exactly, to the fen.", "amounts in the journal", "docs/embedding.md 请求",
     [](Play& p) {
         const WishedBill bill = p.bill({{.fen = 10}, {.fen = 1999}, {.fen = 123'456'789}});
         p.act("settle", bill);
         for (std::size_t line = 1; line <= 3; ++line) {
             p.settled(bill, line);
             const Decided* last = p.last_decision(bill.line_id(line));
             p.holds(last != nullptr && last->entry.amount == Fen{bill.lines[line - 1].fen}, "line " + std::to_string(line) + " has another amount");
         }
     }},
    {"fee-times-exact", kFamily, "每行按自己的费用发生时间报给终端，不是结算时间。", "Each line goes with the time of its own fee, not that of the settlement.",
     "times in the journal are hours apart as entered", "医保办发〔2024〕34号 第四十五条", [](Play& p) {
         const WishedBill bill = p.bill({{.ago = std::chrono::minutes(10)}, {.ago = std::chrono::minutes(310)}});
         p.act("settle", bill);
         p.settled(bill, 1);
         p.settled(bill, 2);
         const Decided* late = p.last_decision(bill.line_id(1));
         const Decided* early = p.last_decision(bill.line_id(2));
         p.holds(late != nullptr && early != nullptr && late->entry.fee_time - early->entry.fee_time == std::chrono::hours(5),
                 "the times in the journal are not those of the fees");
     }},
    {"gbk-message", kFamily, "GBK 程序的报文：平台收到的姓名完好，收费员看到的中文不乱码。", "A message in GBK: names arrive whole, the cashier sees no broken characters.",
     "the platform decodes the doctor's name; what is shown holds the agent's sentence", "docs/embedding.md 报文原样接入", [](Play& p) {
         p.charset("GBK");
         const WishedBill bill = p.bill({{}, {.ordering = "suspended"}});
         p.act("settle", bill);
         p.settled(bill, 1);
         p.refused(bill, 2);
         p.shown(bill, 2, text(Ground::suspended, Lang::zh), "the ground");
         const auto fees = p.received(bill, "2204");
         p.holds(!fees.empty() && fees[0].message.write().find("王伟") != std::string::npos, "the doctor's name did not arrive");
     }},
    {"extra-fields-kept", kFamily, "终端不认识的字段原样到达平台。", "Fields that the agent does not know reach the platform.",
     "the platform's message holds exp_content", "docs/embedding.md 报文原样接入", [](Play& p) {
         const WishedBill bill = p.bill({{}});
         p.act("settle", bill);
         p.settled(bill, 1);
         const auto fees = p.received(bill, "2204");
         p.holds(!fees.empty() && fees[0].message.write().find("沙箱扩展字段") != std::string::npos, "exp_content did not arrive");
     }},
    {"operator-suspended", kFamily, "结算人员被暂停：不能由其办理结算，换人再办。", "A suspended settlement auditor settles nothing; another one may.",
     "no settlement at the platform under that operator", "医保发〔2024〕23号 三", [](Play& p) {
         WishedBill bill = p.bill({{}});
         bill.opter = "bad_auditor";
         p.act("settle", bill);
         p.told(bill, 1, "held");
         p.settlements_accepted(bill, 0);
     }},
    {"attending-suspended", kFamily, "挂号的接诊医师被暂停：只提醒，挂号照办。", "A suspended attending doctor never stops a registration.",
     "2201 reached the platform once", "docs/rules.md 5", [](Play& p) {
         WishedBill bill = p.bill({});
         bill.attending = "suspended";
         p.act("register", bill);
         p.messages(bill, "2201", 1);
     }},
    {"admission-never-refused", kFamily, "入院登记从不拦截。", "An admission is never refused.", "2401 reached the platform once", "docs/rules.md 5",
     [](Play& p) {
         WishedBill bill = p.bill({});
         bill.kind = "inpatient";
         bill.attending = "terminated";
         p.act("admit", bill);
         p.messages(bill, "2401", 1);
     }},
    {"inpatient-lines", kFamily, "住院费用（2301）同样逐行判定。", "In-patient lines (2301) are judged alike.", "one settled, one never at the platform",
     "医保办发〔2024〕34号 第四十八条", [](Play& p) {
         WishedBill bill = p.bill({{}, {.ordering = "suspended"}});
         bill.kind = "inpatient";
         p.act("settle", bill);
         p.settled(bill, 1);
         p.refused(bill, 2);
     }},
    {"outside-prescription", kFamily, "药店：外院正常医师的处方放行。", "At the counter a prescription of an outside doctor passes.",
     "2102 accepted once; allowed in the journal", "docs/rules.md 5", [](Play& p) {
         WishedBill bill = p.bill({{.ordering = "outside", .pharmacist = "druggist", .prescription = true}});
         bill.kind = "pharmacy";
         p.act("settle", bill);
         p.settled(bill, 1);
     }},
    {"outside-prescriber-listed", kFamily, "药店：在区域名单内的外院医师处方不结算。", "A prescriber on the region's list is refused.",
     "never at the platform; refused in the journal", "医保办发〔2024〕34号 第三十四条", [](Play& p) {
         WishedBill bill = p.bill({{.ordering = "outside_bad", .pharmacist = "druggist", .prescription = true}});
         bill.kind = "pharmacy";
         p.act("settle", bill);
         p.refused(bill, 1);
         p.journaled(bill, 1, Outcome::deny, Ground::region_ineligible);
     }},
    {"pharmacist-suspended", kFamily, "药师被暂停：处方药不结算。", "A suspended pharmacist sells no prescription drug.",
     "never at the platform; refused in the journal", "docs/rules.md 5", [](Play& p) {
         WishedBill bill = p.bill({{.ordering = "outside", .pharmacist = "bad_druggist", .prescription = true}});
         bill.kind = "pharmacy";
         p.act("settle", bill);
         p.refused(bill, 1);
     }},
    {"otc-marked", kFamily, "药师被暂停：非处方药结算并标记。", "What is sold over the counter passes, marked.", "2102 accepted once; marked in the journal",
     "docs/rules.md 5", [](Play& p) {
         WishedBill bill = p.bill({{.ordering = "", .pharmacist = "bad_druggist"}});
         bill.kind = "pharmacy";
         p.act("settle", bill);
         p.settled(bill, 1);
         p.journaled(bill, 1, Outcome::allow_marked, Ground::suspended);
     }},
};

}  // namespace

std::span<const Case> role_cases() { return kCases; }

}  // namespace zige::sandbox
