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

constexpr Case kCases[] = {
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
