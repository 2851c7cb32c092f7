#include "hub/core/profile/profile_diff.h"

#include <algorithm>

namespace zige::hub {
namespace {

struct Title {
    std::string_view key;
    std::string_view zh;
};
constexpr Title kTitles[] = {
    {"articles", "可引用条款"},
    {"gate.articles_of_grounds.suspended", "暂停引用的条款"},
    {"gate.articles_of_grounds.terminated", "终止引用的条款"},
    {"gate.articles_of_grounds.departed", "离职引用的条款"},
    {"gate.articles_of_grounds.not_registered", "未登记引用的条款"},
    {"gate.articles_of_grounds.no_commitment", "未承诺引用的条款"},
    {"gate.articles_of_grounds.agreement", "协议停止引用的条款"},
    {"gate.emergency_frees_suspended", "急诊抢救不受暂停限制"},
    {"gate.emergency_frees_terminated", "急诊抢救不受终止限制"},
    {"gate.missing_commitment_denies", "未作服务承诺即拒付"},
    {"gate.pooled_fund_only", "只拒统筹基金"},
    {"gate.cost_to_patient", "费用可由患者负担"},
    {"gate.unwritable_journal_holds", "日志无法写入时暂缓"},
    {"gate.departure_working_days", "离职更新工作日"},
    {"gate.patient_delay_hours", "门诊费用最早提前小时"},
    {"gate.scope", "管理对象"},
    {"gate.roles", "交易角色"},
    {"gate.freshness", "数据时限"},
    {"gate.chronic_med_type_prefixes", "慢特病医疗类别"},
    {"gate.emergency_med_types", "急诊医疗类别"},
    {"rules.effective_from", "施行日期"},
    {"rules.effective_to", "失效日期"},
    {"rules.conduct_from", "行为发生起始日期"},
    {"rules.region", "区划前缀"},
    {"rules.style", "记分方式"},
    {"rules.levels", "记分档次"},
    {"rules.triggers", "负面情形"},
    {"rules.levels_down", "减轻档数"},
    {"rules.levels_up", "加重档数"},
    {"rules.different_violations", "不同违规的合计方法"},
    {"rules.one_violation", "同一违规的取分方法"},
    {"rules.same_conduct_year", "只累计同一行为年度"},
    {"rules.measures", "处理措施"},
    {"rules.longer_of_cumulative_and_single", "累计与单次从长"},
    {"rules.overlap", "期限重叠的处理"},
    {"rules.consecutive_years", "连续年度规则"},
    {"rules.watch_list", "重点监控"},
    {"rules.ratio", "机构人次占比"},
    {"rules.causes", "记分以外的原因"},
    {"rules.all_sites", "及于全部执业点"},
    {"rules.all_stores_of_principal", "及于负责人名下各店"},
    {"rules.repair", "记分修复途径"},
    {"rules.single_12_repairable", "单次12分可否修复"},
    {"rules.repair_cuts_months", "修复缩短月数"},
    {"rules.restores_by_itself", "期满自动恢复"},
    {"rules.apply_earliest", "恢复申请日为最早"},
    {"rules.prior_notice", "事先告知"},
    {"rules.legal_review_from", "法制审核起点分"},
    {"rules.discussion_from", "集体讨论起点分"},
    {"rules.appeal_needs_signature", "申诉须本人签字"},
    {"rules.appeal_needs_seal", "申诉须机构盖章"},
    {"rules.appeal_stays_effect", "申诉停止执行"},
    {"rules.appraisal_stops_clock", "鉴定时间不计"},
    {"rules.deadlines", "时限"},
    {"rules.trainings_a_year", "年度培训次数"},
    {"rules.wordings", "文书用语"},
};

const SourcedValue* find(const ProfileFile& file, const std::string& key) {
    const auto at = std::ranges::find(file.values, key, &SourcedValue::key);
    return at == file.values.end() ? nullptr : &*at;
}

}  // namespace

std::vector<ValueDifference> differences(const ProfileFile& before, const ProfileFile& after) {
    std::vector<ValueDifference> found;
    for (const SourcedValue& value : before.values) {
        const SourcedValue* other = find(after, value.key);
        if (other == nullptr || other->value != value.value || other->cite != value.cite)
            found.push_back({&value, other});
    }
    for (const SourcedValue& value : after.values)
        if (find(before, value.key) == nullptr) found.push_back({nullptr, &value});
    return found;
}

std::string value_title(std::string_view key, Lang lang) {
    if (lang != Lang::zh) return std::string(key);
    const std::size_t bracket = key.find('[');
    const std::string_view list = key.substr(0, bracket);
    const auto at = std::ranges::find(kTitles, list, &Title::key);
    if (at == std::end(kTitles)) return std::string(key);
    std::string title(at->zh);
    if (bracket != std::string_view::npos)
        title += " " + std::string(key.substr(bracket + 1, key.size() - bracket - 2));
    return title;
}

}  // namespace zige::hub
