#include <algorithm>

#include "agent/sandbox/cases.h"

namespace zige::sandbox {
namespace {

constexpr std::string_view kFamily = "reversal";

WishedBill settled_bill(Play& play) {
    const WishedBill bill = play.bill({{}});
    play.act("settle", bill);
    play.settled(bill, 1);
    return bill;
}

constexpr std::string_view kLater = "later";
constexpr const char* kItem = "XB0001";

/// A line of a suspended doctor's, refused; and the same visit, item and amount for another doctor.
WishedBill under_another_name(Play& play, const std::string& new_order) {
    const WishedBill refused = play.bill({{.ordering = "suspended", .item = kItem}});
    play.act("settle", refused);
    play.refused(refused, 1);
    play.a_second_passes();  // an order of the same second was not written after the refusal
    WishedBill again = play.bill({{.ordering = "good", .new_order = new_order, .item = kItem}});
    again.of_visit = refused.name;
    play.act("settle", again);
    return again;
}

const Case kCases[] = {
    {"another-name-no-order", kLater, "拒付后改由他人名义再问而没有新医嘱：暂缓。", "A refused line that comes again under another name, without an order, is held.",
     "held in the journal, never at the platform", "信医保〔2025〕1号 第二十五条第（四）项", [](Play& p) {
         const WishedBill again = under_another_name(p, "");
         p.held(again, 1);
         p.shown(again, 1, text(Advice::new_order, Lang::zh), "the advice");
     }},
    {"another-name-new-order", kLater, "拒付后由他人重新开具、有新医嘱：结算并标记。", "With an order of his own another doctor's line is settled, marked.",
     "settled; marked as re-attributed in the journal", "信医保〔2025〕1号 第二十五条第（四）项", [](Play& p) {
         const WishedBill again = under_another_name(p, "YZ0001");
         p.settled(again, 1);
         p.journaled(again, 1, Outcome::allow_marked, Ground::reattribution);
     }},
    {"released-by-head", kLater, "机构负责人担责放行没有对照的代码：结算并标记，姓名和理由入日志。",
     "The head of the institution answers for an unmapped code: settled, marked, with name and reason.", "settled; name and reason in the journal",
     "docs/rules.md 6", [](Play& p) {
         WishedBill bill = p.bill({{.ordering = "unmapped"}});
         bill.release = Release{"对照当日完成", "院长"};
         p.act("settle", bill);
         p.settled(bill, 1);
         p.journaled(bill, 1, Outcome::allow_marked, Ground::responsible_release);
         const Decided* last = p.last_decision(bill.line_id(1));
         p.holds(last != nullptr && last->entry.released_by == "院长" && last->entry.release_reason == "对照当日完成", "the journal has another release");
     }},
    {"no-release-of-suspended", kLater, "暂停人员不能担责放行。", "Nobody can release a suspended doctor's line.", "never at the platform; refused in the journal",
     "docs/rules.md 6", [](Play& p) {
         WishedBill bill = p.bill({{.ordering = "suspended"}});
         bill.release = Release{"领导同意", "院长"};
         p.act("settle", bill);
         p.refused(bill, 1);
     }},
    {"time-inconsistent", kLater, "费用时间倒填到暂停之前：暂缓，核对时间。", "An out-patient fee dated back to before the suspension is held.",
     "held in the journal, never at the platform", "docs/rules.md 6a", [](Play& p) {
         const WishedBill bill = p.bill({{.ordering = "suspended", .ago = std::chrono::minutes(25 * 24 * 60)}});
         p.act("settle", bill);
         p.held(bill, 1);
         p.journaled(bill, 1, Outcome::hold, Ground::time_inconsistent);
     }},
    {"reversal-told", kLater, "退费后告知终端：日志冲销原判定。", "After a refund the agent is told: the journal takes the decision back.",
     "a reversal of that decision in the journal", "docs/embedding.md 冲销", [](Play& p) {
         const WishedBill bill = settled_bill(p);
         p.act("reverse", bill);
         p.reversed(bill, 1);
     }},
    {"evidence-recorded", kLater, "急诊抢救之后补录证据。", "The evidence of an emergency is recorded afterwards.", "evidence of that decision in the journal",
     "docs/rules.md 6", [](Play& p) {
         WishedBill bill = p.bill({{.ordering = "suspended"}});
         bill.emergency = Emergency{"rescue", "心脏骤停", "李静"};
         p.act("settle", bill);
         p.settled(bill, 1);
         p.act("evidence", bill);
         p.evidence_kept(bill, 1);
     }},
    {"reversal", kFamily, "退费：撤销结算（2208）并撤销明细（2205），各一次。", "A refund: settlement and lines are taken back, once each.",
     "one 2208 and one 2205 accepted", "docs/embedding.md 报文原样接入", [](Play& p) {
         const WishedBill bill = settled_bill(p);
         p.act("reverse", bill);
         p.told(bill, 1, "open");
         p.messages(bill, "2208", 1);
         p.messages(bill, "2205", 1);
     }},
    {"reversed-asked-anew", kFamily, "退费后重新收费：重新问，重新判定。", "Charged again after a refund, a line is asked about again.",
     "two decisions in the journal; settled", "docs/embedding.md 处理后再问", [](Play& p) {
         const WishedBill bill = settled_bill(p);
         p.act("reverse", bill);
         p.act("ask_again", bill);
         p.told(bill, 1, "settled");
         p.decided_times(bill, 1, 2);
     }},
};

}  // namespace

std::span<const Case> visit_cases() { return kCases; }

std::vector<Case> all_cases() {
    std::vector<Case> all;
    for (const auto part : {standing_cases(), role_cases(), forward_cases(), silence_cases(), platform_cases(), visit_cases()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

Result<std::vector<Case>> cases_named(std::span<const std::string> names) {
    if (names.empty()) return all_cases();
    std::vector<Case> chosen;
    for (const std::string& name : names) {
        const std::size_t before = chosen.size();
        for (const Case& each : all_cases())
            if (each.name == name || each.family == name) chosen.push_back(each);
        if (chosen.size() == before) return fail(ErrorId::usage_bad_argument, "--case", name + ": no case and no family has this name");
    }
    return chosen;
}

}  // namespace zige::sandbox
