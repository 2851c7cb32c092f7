#include "agent/sandbox/cases.h"

namespace zige::sandbox {
namespace {

constexpr std::string_view kFamily = "no-answer";
constexpr std::string_view kRule = "docs/embedding.md 无应答约定";

WishedBill unanswered(Play& play) {
    const WishedBill bill = play.bill({{}, {.ordering = "other"}});
    play.agent_dies();
    play.act("settle", bill);
    play.unchecked(bill, 1);
    play.unchecked(bill, 2);
    return bill;
}

constexpr Case kCases[] = {
    {"agent-dead", kFamily, "终端没有启动：照常结算，标记未核对。", "No agent: the till settles as before and marks the bill unchecked.",
     "lines and settlement at the platform once; the HIS says unchecked", kRule, [](Play& p) { unanswered(p); }},
    {"agent-dead-quick", kFamily, "终端没有启动：收费不因此等待。", "No agent: nobody waits for it.",
     "the act takes no longer than twice the usual and some seconds", kRule, [](Play& p) {
         unanswered(p);
         p.in_time();
     }},
    {"told-later", kFamily, "终端恢复后补报未核对的单，不再上传平台。", "When the agent is back the unchecked bill is told, and nothing is sent again.",
     "a decision of each line in the journal; one message at the platform", kRule, [](Play& p) {
         const WishedBill bill = unanswered(p);
         p.agent_comes_back();
         p.act("tell_later", bill);
         for (std::size_t line : {1U, 2U}) {
             p.decided_times(bill, line, 1);
             p.sent_once(bill, line);
         }
         p.settlements_accepted(bill, 1);
     }},
    {"told-later-settled-stays", kFamily, "补报被判拒付的，不撤销已完成的结算。", "A refusal that comes with the telling undoes no settlement.",
     "the decision is a refusal; the settlement stands, no reversal", kRule, [](Play& p) {
         const WishedBill bill = p.bill({{.ordering = "suspended"}});
         p.agent_dies();
         p.act("settle", bill);
         p.unchecked(bill, 1);
         p.agent_comes_back();
         p.act("tell_later", bill);
         p.journaled(bill, 1, Outcome::deny, Ground::suspended);
         p.settlements_accepted(bill, 1);
         p.messages(bill, "2208", 0);
         p.messages(bill, "2205", 0);
     }},
    {"agent-hangs", kFamily, "终端接了连接却不答复：收费不会一直等，也不会上传两次。", "An agent that takes the connection and is silent: nobody waits for ever, nothing is sent twice.",
     "each line at the platform at most once; the HIS says unchecked or unknown", kRule, [](Play& p) {
         const WishedBill bill = p.bill({{}});
         p.agent_hangs();
         p.act("settle", bill);
         p.not_told(bill, 1, "settled");
         p.not_told(bill, 1, "refused");
         p.agent_goes_on();
         p.at_the_desk({"status"});
         p.sent_at_most_once(bill, 1);
     }},
    {"agent-hangs-then-told", kFamily, "终端恢复后，用同一幂等键补报：只有一条判定。", "Told later with the same key, a question that did arrive has one decision.",
     "one decision in the journal; at most one line at the platform", kRule, [](Play& p) {
         const WishedBill bill = p.bill({{}});
         p.agent_hangs();
         p.act("settle", bill);
         p.agent_goes_on();
         p.at_the_desk({"status"});
         p.act("tell_later", bill);
         p.decided_times(bill, 1, 1);
         p.sent_at_most_once(bill, 1);
     }},
    {"not-recorded", kFamily, "终端写不进日志（磁盘满）：按无应答处理。", "An agent that cannot write its journal gave no answer.",
     "at the platform once; the HIS says unchecked; nothing in the journal", "docs/embedding.md 出错", [](Play& p) {
         const WishedBill bill = p.bill({{}});
         p.disk_is_full(true);
         p.act("settle", bill);
         p.disk_is_full(false);
         p.unchecked(bill, 1);
         p.decided_times(bill, 1, 0);
     }},
    {"not-recorded-refused", kFamily, "终端写不进日志时，必须拒付的仍然拒付。", "Whom it must refuse it refuses on a full disk too.",
     "never at the platform; the HIS says refused", "docs/embedding.md 出错", [](Play& p) {
         const WishedBill bill = p.bill({{.ordering = "suspended"}});
         p.disk_is_full(true);
         p.act("settle", bill);
         p.disk_is_full(false);
         p.told(bill, 1, "refused");
         p.never_sent(bill, 1);
     }},
    {"asks-again-after-silence", kFamily, "恢复之后的下一单照常先问后结。", "After a silence the next bill is asked about as before.",
     "settled with a decision in the journal", kRule, [](Play& p) {
         unanswered(p);
         p.agent_comes_back();
         const WishedBill next = p.bill({{}, {.ordering = "suspended"}});
         p.act("settle", next);
         p.settled(next, 1);
         p.refused(next, 2);
     }},
};

}  // namespace

std::span<const Case> silence_cases() { return kCases; }

}  // namespace zige::sandbox
