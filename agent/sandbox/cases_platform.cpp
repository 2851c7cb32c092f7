#include "agent/sandbox/cases.h"

namespace zige::sandbox {
namespace {

constexpr std::string_view kFamily = "platform";
constexpr std::string_view kRule = "docs/embedding.md 网关 4";

/// The settlement's fate is not known; nobody sends it again.
WishedBill unknown_settlement(Play& play, const std::string& fault) {
    const WishedBill bill = play.bill({{}});
    play.platform_does(fault);
    play.act("settle", bill);
    play.told(bill, 1, "unknown");
    play.messages(bill, "2207", 1);
    return bill;
}

constexpr Case kCases[] = {
    {"timeout-never-resent", kFamily, "平台结算超时：结果未知，绝不重发。", "The settlement times out: its outcome is unknown, and it is never sent again.",
     "one 2207 at the platform; the HIS says unknown", kRule, [](Play& p) { unknown_settlement(p, "2207:timeout@1"); }},
    {"timeout-found-out", kFamily, "超时之后先查询（5203），查到已结算的不再办理。", "After a time-out the till asks with 5203, and does not settle what is settled.",
     "one 5203 at least, one 2207; the HIS says settled", kRule, [](Play& p) {
         const WishedBill bill = unknown_settlement(p, "2207:timeout@1");
         p.act("find_out", bill);
         p.settled(bill, 1);
         p.messages(bill, "2207", 1);
         p.asked(bill, "5203");
     }},
    {"lost-settled-anew", kFamily, "查无此笔的，换新的 msgid 重新办理，只结算一次。", "What the platform does not have is settled anew, with another msgid, once.",
     "5203 at the platform; two 2207 with different msgid, one accepted", kRule, [](Play& p) {
         const WishedBill bill = unknown_settlement(p, "2207:lost@1");
         p.act("find_out", bill);
         p.settled(bill, 1);
         p.asked(bill, "5203");
         p.settlements_accepted(bill, 1);
         p.numbers_differ(bill, "2207");
     }},
    {"cut-off-answer", kFamily, "答复中途断线：结果未知，不重发。", "An answer that breaks off: unknown, and not sent again.", "one 2207 at the platform; the HIS says unknown",
     kRule, [](Play& p) { unknown_settlement(p, "2207:cut@1"); }},
    {"error-page", kFamily, "前置机返回错误页：结果未知，不重发。", "An error page of the front machine: unknown, and not sent again.",
     "one 2207 at the platform; the HIS says unknown", kRule, [](Play& p) { unknown_settlement(p, "2207:http500@1"); }},
    {"rubbish-answer", kFamily, "答复认不出：结果未知，不重发，程序不出错。", "An answer that nobody can read: unknown, not sent again, no crash.",
     "one 2207 at the platform; the HIS says unknown", kRule, [](Play& p) { unknown_settlement(p, "2207:rubbish@1"); }},
    {"lines-time-out", kFamily, "明细上传超时：不重发，也不接着结算。", "The upload times out: it is not sent again, and nothing is settled on top of it.",
     "one 2204 and no 2207 at the platform; the HIS says unknown", kRule, [](Play& p) {
         const WishedBill bill = p.bill({{}});
         p.platform_does("2204:timeout@1");
         p.act("settle", bill);
         p.told(bill, 1, "unknown");
         p.messages(bill, "2204", 1);
         p.messages(bill, "2207", 0);
     }},
    {"lines-refused", kFamily, "平台拒绝明细：不算结算，也不接着结算。", "Lines that the platform refuses are not settled.",
     "no 2207 at the platform; the HIS does not say settled", "docs/embedding.md 网关 5", [](Play& p) {
         const WishedBill bill = p.bill({{}});
         p.platform_does("2204:refuse");
         p.act("settle", bill);
         p.told(bill, 1, "open");
         p.messages(bill, "2207", 0);
     }},
    {"settlement-refused", kFamily, "平台拒绝结算：不算结算。", "A settlement that the platform refuses is none.", "nothing accepted; the HIS says open",
     "docs/embedding.md 网关 5", [](Play& p) {
         const WishedBill bill = p.bill({{}});
         p.platform_does("2207:refuse");
         p.act("settle", bill);
         p.told(bill, 1, "open");
         p.settlements_accepted(bill, 0);
     }},
    {"other-infcode", kFamily, "infcode 不是 0 的都不算成功（如 999）。", "Any infcode but 0 is no success, 999 for example.", "nothing accepted; the HIS does not say settled",
     "docs/embedding.md 网关 5", [](Play& p) {
         const WishedBill bill = p.bill({{}});
         p.platform_does("2207:infcode=999");
         p.act("settle", bill);
         p.not_told(bill, 1, "settled");
         p.settlements_accepted(bill, 0);
     }},
    {"slow-platform", kFamily, "平台答复慢但没有超时：等到，只办一次。", "A slow platform is waited for, once.", "one 2204, one 2207; settled", kRule,
     [](Play& p) {
         const WishedBill bill = p.bill({{}});
         p.platform_does("2207:slow=1200");
         p.act("settle", bill);
         p.settled(bill, 1);
         p.messages(bill, "2207", 1);
     }},
    {"wrong-charset", kFamily, "平台答复的编码与所说不符：程序不出错，不重发。", "An answer in another charset than it says: no crash, nothing sent again.",
     "one 2207 at the platform; settled or unknown", kRule, [](Play& p) {
         const WishedBill bill = p.bill({{}});
         p.platform_does("2207:charset");
         p.act("settle", bill);
         p.not_told(bill, 1, "refused");
         p.not_told(bill, 1, "open");
         p.messages(bill, "2207", 1);
     }},
};

}  // namespace

std::span<const Case> platform_cases() { return kCases; }

}  // namespace zige::sandbox
