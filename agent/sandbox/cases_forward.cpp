#include <algorithm>

#include "agent/sandbox/cases.h"
#include "agent/sandbox/people.h"

namespace zige::sandbox {
namespace {

constexpr std::string_view kWords = "words";
constexpr std::string_view kForward = "forward";
const Emergency kRescue{"rescue", "心脏骤停", "李静"};

WishedBill refused_bill(Play& play) {
    WishedBill bill = play.bill({{.ordering = "suspended"}});
    play.act("settle", bill);
    play.refused(bill, 1);
    return bill;
}

const Case kCases[] = {
    {"sentence-shown", kWords, "拒付的依据一字不改地显示给收费员。", "The ground is shown to the cashier as the agent words it.",
     "what is shown holds the agent's Chinese sentence", "docs/embedding.md 答复",
     [](Play& p) { p.shown(refused_bill(p), 1, text(Ground::suspended, Lang::zh), "the ground"); }},
    {"advice-shown", kWords, "下一步怎么办显示给收费员。", "What to do next is shown to the cashier.", "what is shown holds the agent's advice",
     "docs/embedding.md 答复",
     [](Play& p) { p.shown(refused_bill(p), 1, text(Advice::order_by_other, Lang::zh), "the advice"); }},
    {"reference-shown", kWords, "6 位参考号显示给收费员，与日志一致。", "The 6-character reference is shown and is that of the journal.",
     "what is shown holds the reference of the journaled decision", "docs/embedding.md 按参考号查询",
     [](Play& p) { p.reference_shown(refused_bill(p), 1); }},
    {"hold-explained", kWords, "暂缓的原因和办法显示给收费员。", "Why a line is held, and what to do, is shown.",
     "what is shown holds ground, advice and reference", "docs/embedding.md 答复", [](Play& p) {
         const WishedBill bill = p.bill({{.ordering = "unmapped"}});
         p.act("settle", bill);
         p.held(bill, 1);
         p.shown(bill, 1, text(Ground::unmapped, Lang::zh), "the ground");
         p.shown(bill, 1, text(Advice::map_code, Lang::zh), "the advice");
         p.reference_shown(bill, 1);
     }},
    {"each-line-its-own-words", kWords, "两行因不同原因被拒：各显示各的原因和参考号。", "Two lines refused for different reasons: each shows its own.",
     "ground and reference of each line", "docs/embedding.md 答复", [](Play& p) {
         const WishedBill bill = p.bill({{.ordering = "suspended"}, {.ordering = "departed"}});
         p.act("settle", bill);
         p.refused(bill, 1);
         p.refused(bill, 2);
         p.shown(bill, 1, text(Ground::suspended, Lang::zh), "its ground");
         p.shown(bill, 2, text(Ground::departed, Lang::zh), "its ground");
         p.reference_shown(bill, 1);
         p.reference_shown(bill, 2);
     }},
    {"emergency-declared", kForward, "申报抢救的，暂停人员的费用结算并标记，理由和申报人入日志。", "A declared rescue passes, marked, with reason and name in the journal.",
     "settled; kind, reason and name in the journal", "信医保〔2025〕1号 第十四条第（二）项", [](Play& p) {
         WishedBill bill = p.bill({{.ordering = "suspended"}});
         bill.emergency = kRescue;
         p.act("settle", bill);
         p.settled(bill, 1);
         p.journaled(bill, 1, Outcome::allow_marked, Ground::emergency);
         const Decided* last = p.last_decision(bill.line_id(1));
         p.holds(last != nullptr && last->entry.emergency == EmergencyKind::rescue && last->entry.emergency_reason == kRescue.reason &&
                     last->entry.emergency_by == kRescue.declared_by,
                 "the journal has another declaration");
     }},
    {"emergency-by-kind", kForward, "医疗类别 13（急诊）即视为申报。", "Medical type 13 counts as declared.", "settled; marked in the journal",
     "信医保〔2025〕1号 第十四条第（二）项", [](Play& p) {
         WishedBill bill = p.bill({{.ordering = "suspended"}});
         bill.med_type = "13";
         p.act("settle", bill);
         p.settled(bill, 1);
         p.journaled(bill, 1, Outcome::allow_marked, Ground::suspended);
     }},
    {"emergency-not-for-departed", kForward, "已离职的人，申报抢救也不放行。", "A declaration does not free somebody who has left.",
     "never at the platform; refused in the journal", "docs/rules.md 6", [](Play& p) {
         WishedBill bill = p.bill({{.ordering = "departed"}});
         bill.emergency = kRescue;
         p.act("settle", bill);
         p.refused(bill, 1);
     }},
    {"no-declaration-invented", kForward, "没有申报的，收费系统不得自行当作急诊。", "A till never declares an emergency by itself.",
     "refused; no declaration in the journal", "信医保〔2025〕1号 第十四条第（二）项", [](Play& p) {
         const WishedBill bill = refused_bill(p);
         const auto all = p.all_decisions(bill.line_id(1));
         p.holds(std::ranges::all_of(all, [](const Decided* each) { return each->entry.emergency == EmergencyKind::none; }),
                 "a declaration was made that nobody entered");
     }},
    {"mapped-then-settled", kForward, "暂缓的行在对照之后再问，用新的幂等键，随后结算。", "A held line is asked about again once it was put right, and is settled.",
     "first held, then allowed under another key, then at the platform once", "docs/embedding.md 处理后再问", [](Play& p) {
         const std::string code = p.fresh_code();
         const WishedBill bill = p.bill({{.ordering = code}});
         p.act("settle", bill);
         p.held(bill, 1);
         p.at_the_desk({"alias", "add", "--code", code, "--person", std::string(person("good").code), "--clerk", "沙箱"});
         p.act("ask_again", bill);
         p.settled(bill, 1);
         p.decided_times(bill, 1, 2);
     }},
    {"old-key-no-way-round", kForward, "没有处理好就再问：仍然暂缓，不上传。", "Asked again with nothing put right, it is held again.",
     "held twice; never at the platform", "docs/embedding.md 处理后再问", [](Play& p) {
         const WishedBill bill = p.bill({{.ordering = "unmapped"}});
         p.act("settle", bill);
         p.held(bill, 1);
         p.act("ask_again", bill);
         p.held(bill, 1);
     }},
    {"same-key-same-answer", kForward, "重复同一问：得到同一判定，不重复记录，不重复结算。", "The same question again: the same decision, one entry, one settlement.",
     "one decision in the journal; one line and one settlement at the platform", "docs/embedding.md 无应答约定", [](Play& p) {
         const WishedBill bill = p.bill({{}});
         p.act("settle", bill);
         p.settled(bill, 1);
         p.act("repeat", bill);
         p.decided_times(bill, 1, 1);
         p.sent_once(bill, 1);
         p.settlements_accepted(bill, 1);
     }},
    {"same-key-same-refusal", kForward, "拒付后重复同一问：仍是原来的拒付和原来的参考号。", "A refusal asked again with the same key is the same refusal.",
     "one decision in the journal; the same reference shown", "docs/embedding.md 无应答约定", [](Play& p) {
         const WishedBill bill = refused_bill(p);
         p.act("repeat", bill);
         p.refused(bill, 1);
         p.decided_times(bill, 1, 1);
         p.reference_shown(bill, 1);
     }},
    {"two-bills-two-keys", kForward, "同一秒的两单：幂等键不同，各判各的。", "Two bills of one second have keys of their own.",
     "both settled; different keys in the journal", "docs/embedding.md 请求", [](Play& p) {
         const WishedBill one = p.bill({{}});
         const WishedBill two = p.bill({{}});
         p.act("settle", one);
         p.settled(one, 1);
         p.act("settle", two);
         p.settled(two, 1);
         const Decided* first = p.last_decision(one.line_id(1));
         const Decided* second = p.last_decision(two.line_id(1));
         p.holds(first != nullptr && second != nullptr && !first->entry.idempotency_key.empty() &&
                     first->entry.idempotency_key != second->entry.idempotency_key,
                 "both bills have one key, or none");
     }},
};

}  // namespace

std::span<const Case> forward_cases() { return kCases; }

}  // namespace zige::sandbox
