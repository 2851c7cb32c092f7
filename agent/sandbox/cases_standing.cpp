#include "agent/sandbox/cases.h"
#include "agent/sandbox/people.h"

namespace zige::sandbox {
namespace {

constexpr std::string_view kFamily = "standing";
constexpr std::string_view kSettled = "the platform took the line and its settlement once; the journal passes it";
constexpr std::string_view kRefused = "the platform never saw the line; the journal refuses it; the HIS says refused";
constexpr std::string_view kHeld = "the platform never saw the line; the journal holds it; the HIS says held";
constexpr std::chrono::minutes kDay{24 * 60};

WishedBill settle_one(Play& play, WishedLine line) {
    const WishedBill bill = play.bill({std::move(line)});
    play.act("settle", bill);
    return bill;
}

void passes(Play& play, WishedLine line, Outcome served, Ground ground = {}) {
    const WishedBill bill = settle_one(play, std::move(line));
    play.settled(bill, 1);
    play.journaled(bill, 1, served, ground);
}

/// Of an in-patient, whose fees are uploaded days later.
void passes_in_ward(Play& play, WishedLine line) {
    WishedBill bill = play.bill({std::move(line)});
    bill.kind = "inpatient";
    play.act("settle", bill);
    play.settled(bill, 1);
}

void is_refused(Play& play, WishedLine line, Ground ground) {
    const WishedBill bill = settle_one(play, std::move(line));
    play.refused(bill, 1);
    play.journaled(bill, 1, Outcome::deny, ground);
}

constexpr Case kCases[] = {
    {"normal-doctor", kFamily, "正常医师的明细判定后上传并结算。", "A line of a doctor in good standing is asked about, sent and settled.",
     kSettled, "信医保〔2025〕1号 第十四条第（一）项", [](Play& p) { passes(p, {}, Outcome::allow); }},
    {"suspended-doctor", kFamily, "暂停中的医师开的明细不上传平台。", "A line of a suspended doctor never reaches the platform.", kRefused,
     "信医保〔2025〕1号 第十四条第（二）项",
     [](Play& p) { is_refused(p, {.ordering = "suspended"}, Ground::suspended); }},
    {"terminated-doctor", kFamily, "已终止的医师开的明细不上传平台。", "A line of a terminated doctor never reaches the platform.", kRefused,
     "信医保〔2025〕1号 第十四条第（三）项",
     [](Play& p) { is_refused(p, {.ordering = "terminated"}, Ground::terminated); }},
    {"fee-before-suspension", kFamily, "暂停之前发生的费用照常结算，按费用时间判定。", "A fee from before the suspension is settled: the fee's time counts.",
     kSettled, "医保办发〔2024〕34号 第四十五条",
     [](Play& p) { passes_in_ward(p, {.ordering = "suspended", .ago = 25 * kDay}); }},
    {"period-over-not-restored", kFamily, "暂停期满但未恢复的，仍不结算。", "Suspended until restored, though the printed period is over.", kRefused,
     "信医保〔2025〕1号 第三十四条", [](Play& p) { is_refused(p, {.ordering = "over"}, Ground::suspended); }},
    {"restored-doctor", kFamily, "已恢复的医师照常结算。", "A restored doctor's line is settled.", kSettled, "信医保〔2025〕1号 第三十六条",
     [](Play& p) { passes(p, {.ordering = "restored"}, Outcome::allow); }},
    {"departed-doctor", kFamily, "离职后的费用不上传平台。", "A fee after the last day of somebody who left never reaches the platform.", kRefused,
     "信医保〔2025〕1号 第十八条", [](Play& p) { is_refused(p, {.ordering = "departed"}, Ground::departed); }},
    {"fee-before-departure", kFamily, "离职之前的费用照常结算。", "A fee from before the departure is settled.", kSettled,
     "信医保〔2025〕1号 第十八条", [](Play& p) { passes_in_ward(p, {.ordering = "departed", .ago = 9 * kDay}); }},
    {"not-yet-begun", kFamily, "尚未到岗的医师不结算。", "Whoever begins next week has no fee today.", kRefused, "信医保〔2025〕1号 第九条",
     [](Play& p) { is_refused(p, {.ordering = "future"}, Ground::not_registered); }},
    {"code-of-nobody", kFamily, "未在本机构登记备案的国家代码不结算。", "A national code that is not registered here is refused.", kRefused,
     "信医保〔2025〕1号 第九条", [](Play& p) { is_refused(p, {.ordering = "nobody"}, Ground::not_registered); }},
    {"outside-doctor-orders", kFamily, "外院医师在本院开单不结算（未登记）。", "A doctor of another institution orders nothing here.", kRefused,
     "信医保〔2025〕1号 第九条", [](Play& p) { is_refused(p, {.ordering = "outside"}, Ground::not_registered); }},
    {"code-unmapped", kFamily, "没有对照的工号：暂缓，不上传，也不向患者收取。", "A code that is mapped to nobody is held: not sent, nobody pays now.", kHeld,
     "docs/rules.md 2", [](Play& p) {
         const WishedBill bill = settle_one(p, {.ordering = "unmapped"});
         p.held(bill, 1);
         p.journaled(bill, 1, Outcome::hold, Ground::unmapped);
     }},
    {"code-mapped", kFamily, "已对照的工号照常结算。", "A code of the HIS that is mapped is settled.", kSettled, "docs/rules.md 2",
     [](Play& p) { passes(p, {.ordering = "mapped"}, Outcome::allow); }},
    {"department-stopped", kFamily, "停止科室的费用不上传平台。", "A fee of a stopped department never reaches the platform.", kRefused,
     "信医保〔2025〕1号 第三十九条",
     [](Play& p) { is_refused(p, {.department = kStoppedDepartment}, Ground::department_stopped); }},
    {"on-leave", kFamily, "休假人员名下的费用结算并标记，不拒付。", "A line under somebody on leave is settled, marked.", kSettled, "docs/rules.md 4",
     [](Play& p) { passes(p, {.ordering = "leave"}, Outcome::allow_marked, Ground::on_leave); }},
    {"fee-in-future", kFamily, "费用时间晚于现在：暂缓，核对时间。", "A fee that lies ahead of the clock is held.", kHeld, "docs/rules.md 1",
     [](Play& p) {
         const WishedBill bill = settle_one(p, {.ago = std::chrono::minutes(-180)});
         p.held(bill, 1);
         p.journaled(bill, 1, Outcome::hold, Ground::fee_in_future);
     }},
    {"provisional-newcomer", kFamily, "断网时新登记的医师暂予结算并标记。", "Somebody registered while the hub is away is settled, marked.", kSettled,
     "信医保〔2025〕1号 第十五条", [](Play& p) {
         p.hub_goes();
         const Person& who = person("newcomer");
         p.register_once(who);
         passes(p, {.ordering = "newcomer"}, Outcome::allow_marked, Ground::provisional);
     }},
    {"copy-expired", kFamily, "数据过期（50 天未联网）：正常人员暂缓。", "A copy that is 50 days old holds what it would allow.", kHeld, "docs/rules.md 7",
     [](Play& p) {
         p.forgotten();
         const WishedBill bill = settle_one(p, {});
         p.held(bill, 1);
         p.journaled(bill, 1, Outcome::hold, Ground::copy_expired);
     }},
    {"copy-expired-suspended", kFamily, "数据过期时，已知暂停的照样拒付。", "An old copy still refuses whom it knows as suspended.", kRefused,
     "docs/rules.md 7", [](Play& p) {
         p.forgotten();
         is_refused(p, {.ordering = "suspended"}, Ground::suspended);
     }},
    {"clock-suspect-shown", kFamily, "电脑时间可疑时，收费员看得到原因。", "A clock that is suspect is told to the cashier.",
     "what the HIS shows names the expired copy or the clock as the agent's sentence has it", "docs/rules.md 7", [](Play& p) {
         p.forgotten();
         const WishedBill bill = settle_one(p, {});
         p.held(bill, 1);
         p.journaled(bill, 1, Outcome::hold, Ground::clock_suspect);
         p.shown(bill, 1, text(Ground::copy_expired, Lang::zh), "why it is held");
     }},
    {"hub-down", kFamily, "经办机构的中心停机，判定和结算照常。", "Without the hub everything is decided and settled as before.", kSettled,
     "docs/architecture.md P1", [](Play& p) {
         p.hub_goes();
         const WishedBill bill = p.bill({{}, {.ordering = "other"}});
         p.act("settle", bill);
         p.settled(bill, 1);
         p.settled(bill, 2);
     }},
    {"hub-down-suspended", kFamily, "中心停机时，暂停人员照样拒付。", "Without the hub a suspended doctor is refused all the same.", kRefused,
     "docs/architecture.md P1", [](Play& p) {
         p.hub_goes();
         is_refused(p, {.ordering = "suspended"}, Ground::suspended);
     }},
};

}  // namespace

std::span<const Case> standing_cases() { return kCases; }

}  // namespace zige::sandbox
