#include "agent/sandbox/people.h"

#include <algorithm>

#include "shared/base/result.h"

namespace zige::sandbox {
namespace {

constexpr Person kPeople[] = {
    {"good", "D411502000101", "王伟", "physician", Standing::normal, "正常的医师", "a doctor in good standing"},
    {"other", "D411502000102", "李静", "physician", Standing::normal, "另一名正常的医师", "another one"},
    {"suspended", "D411502000103", "张强", "physician", Standing::suspended, "暂停中的医师", "a suspended doctor"},
    {"over", "D411502000104", "刘洋", "physician", Standing::period_over, "暂停期满、未恢复的医师",
     "a doctor whose suspension is over on paper, and who was not restored"},
    {"restored", "D411502000105", "陈敏", "physician", Standing::restored, "已恢复的医师", "a restored doctor"},
    {"terminated", "D411502000106", "孙丽", "physician", Standing::terminated, "已终止的医师", "a terminated doctor"},
    {"departed", "D411502000107", "周磊", "physician", Standing::departed, "一周前离职的医师",
     "a doctor who left a week ago"},
    {"future", "D411502000108", "吴娜", "physician", Standing::begins_next_week, "下周才到岗的医师",
     "a doctor who begins next week"},
    {"leave", "D411502000109", "郑洁", "physician", Standing::on_leave, "休产假的医师", "a doctor on maternity leave"},
    {"nurse", "N411502000110", "冯燕", "nurse", Standing::normal, "正常的护士", "a nurse in good standing"},
    {"bad_nurse", "N411502000111", "褚芳", "nurse", Standing::suspended, "暂停中的护士", "a suspended nurse"},
    {"druggist", "HY411502000112", "卫平", "pharmacist", Standing::normal, "正常的药师", "a pharmacist in good standing"},
    {"bad_druggist", "HY411502000113", "蒋华", "pharmacist", Standing::suspended, "暂停中的药师", "a suspended pharmacist"},
    {"auditor", "D411502000114", "沈红", "settlement_auditor", Standing::normal, "正常的结算审核人员",
     "a settlement auditor in good standing"},
    {"bad_auditor", "D411502000115", "韩冰", "settlement_auditor", Standing::suspended, "暂停中的结算审核人员",
     "a suspended settlement auditor"},
    {"outside", "D411502000201", "杨帆", "physician", Standing::outside, "外院正常的医师", "a doctor of the neighbour's"},
    {"outside_bad", "D411502000202", "朱琳", "physician", Standing::outside_suspended, "外院暂停中的医师",
     "a suspended doctor of the neighbour's"},
    {"nobody", "D411502009999", "无此人", "", Standing::nowhere, "名册里没有的国家代码", "a national code that nobody has"},
    {"unmapped", "HIS0042", "秦川", "", Standing::unmapped, "没有对照的 HIS 工号", "a code of the HIS, mapped to nobody"},
    {"mapped", "HIS0815", "王伟", "", Standing::mapped, "已对照的 HIS 工号（王伟）", "a code of the HIS for the first doctor"},
    {"newcomer", "D411502000120", "许晴", "physician", Standing::in_waiting, "断网时新登记的医师",
     "a doctor who is registered while the hub is away"},
};
constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

}  // namespace

std::span<const Person> people() { return kPeople; }

const Person& person(std::string_view key) {
    const auto* const found = std::ranges::find(kPeople, key, &Person::key);
    expect(found != std::end(kPeople), "a person of the table");
    return *found;
}

std::string made_up_identity(int serial) {
    const std::string last = std::to_string(1000 + serial % 1000).substr(1);
    const std::string digits = "41150219850303" + last;
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * kWeights[i];
    return digits + "10X98765432"[sum % 11];
}

std::string roster_row(const Person& who, int serial, std::string_view institution, std::string_view name) {
    std::string row;
    const std::string certificate = "Z" + std::to_string(serial);
    const std::string identity = made_up_identity(serial);
    for (const std::string_view cell :
         {institution, name, who.code, who.name, std::string_view("男"), std::string_view("01"), std::string_view(identity),
          std::string_view("在职"), std::string_view("2025-01-01"), std::string_view("长期"), std::string_view(certificate), name,
          std::string_view("临床"), std::string_view("内科"), std::string_view("执业医师"), std::string_view("主治医师")}) {
        if (!row.empty()) row += "\t";
        row += cell;
    }
    return row + "\n";
}

}  // namespace zige::sandbox
