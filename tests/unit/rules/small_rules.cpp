#include "tests/unit/rules/small_rules.h"

namespace zige::testing {

using namespace zige::hub;

Rules small_rules() {
    const auto article = [](const char* text) { return Cite{ValueSource::article, text}; };
    Rules rules;
    rules.id = "small";
    rules.version = 1;
    rules.effective_from = {Day{std::chrono::year{2025} / 3 / 1}, article("一")};
    rules.levels = {{"1-3", {1, 2, 3}, article("三：一档")},
                    {"4-6", {4, 5, 6}, article("三：二档")},
                    {"10-12", {10, 11, 12}, article("三：四档")},
                    {"fraud", {12, 12, 12}, article("三：骗保")}};
    rules.levels_down = {1, article("四：减轻一档")};
    rules.levels_up = {1, article("四：加重一档")};
    rules.different_violations = {Combination::highest, article("五")};
    rules.measures = {
        {MeasureBasis::cumulative, {3, 8}, {Measure::talk_by_institution}, {}, {}, article("六：谈话")},
        {MeasureBasis::cumulative, {9, 10}, {Measure::suspend}, Range{1, 1}, {}, article("七：一个月")},
        {MeasureBasis::cumulative, {11, 11}, {Measure::suspend}, Range{1, 6}, {}, article("八：一至六个月")},
        {MeasureBasis::cumulative, {12, 12}, {Measure::terminate}, {}, Range{1, 1}, article("九：一年")},
        {MeasureBasis::single, {9, 9}, {Measure::suspend}, Range{2, 2}, {}, article("十：两个月")},
        {MeasureBasis::single, {12, 12}, {Measure::terminate}, {}, Range{1, 3}, article("十一：一至三年")}};
    rules.longer_of_cumulative_and_single = {true, {ValueSource::ours, "取较重者"}};
    rules.triggers = {{"T1", "1-3", "协议处理", {{{CaseFact::agreement_handling, 1, {}}}}, article("三（一）")},
                      {"T2",
                       "4-6",
                       "处罚，损失百分之零点三以上不足百分之零点五，或者十万元以上三十万元以下",
                       {{{CaseFact::penalty, 1, {}}, {CaseFact::loss_share, 30, 50}},
                        {{CaseFact::penalty, 1, {}}, {CaseFact::responsible_amount, 10'000'000, 30'000'001}}},
                       article("三（二）")},
                      {"T3",
                       "10-12",
                       "责任金额五十万元以上",
                       {{{CaseFact::responsible_amount, 50'000'000, {}}}},
                       article("三（三）")}};
    rules.deadlines = {{DueKind::appeal, 10, DayUnit::working_days, false, article("十二")}};
    rules.repair = {{"activity", "宣传活动", {}, 1, {}, 3, article("十三")}};
    return rules;
}

}  // namespace zige::testing
