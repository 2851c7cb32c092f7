#include "tests/unit/rules/xinyang_rules.h"

namespace zige::hub::testing {
namespace {

Cite article(const char* text) { return {ValueSource::article, text}; }

MeasureRow suspends(MeasureBasis basis, unsigned points, unsigned months, const char* text) {
    return {basis, {points, points}, {Measure::suspend}, Range{months, months}, {}, article(text)};
}

MeasureRow terminates(MeasureBasis basis, unsigned years, const char* text) {
    return {basis, {12, 12}, {Measure::terminate}, {}, Range{years, years}, article(text)};
}

}  // namespace

Rules xinyang_rules() {
    Rules rules;
    rules.id = "henan-xinyang";
    rules.version = 1;
    rules.document = "信医保〔2025〕1号";
    rules.effective_from = {on("2025-03-31"), article("第五十四条")};
    rules.conduct_from = {on("2025-01-01"), article("第二十二条")};
    rules.levels = {{"1-3", {1, 2, 3}, article("第二十三条")},
                    {"4-6", {4, 5, 6}, article("第二十四条")},
                    {"7-9", {7, 8, 9}, article("第二十五条")},
                    {"10-12", {10, 11, 12}, article("第二十六条")},
                    {"fraud", {12, 12, 12}, article("第二十七条")}};
    rules.levels_down = {1, article("第二十二条")};
    rules.levels_up = {1, article("第二十二条")};
    rules.same_conduct_year = {true, article("第二十二条")};
    rules.longer_of_cumulative_and_single = {true, {ValueSource::ours, "从重"}};
    using enum MeasureBasis;
    rules.measures = {{cumulative, {3, 3}, {Measure::talk_by_institution}, {}, {}, article("第四十条第（一）项")},
                      {cumulative, {4, 6}, {Measure::talk_by_bureau}, {}, {}, article("第四十条第（二）项")},
                      {cumulative, {7, 8}, {Measure::circular}, {}, {}, article("第四十条第（三）项")},
                      suspends(cumulative, 9, 1, "第四十条第（四）项"),
                      suspends(single, 9, 2, "第四十条第（四）项"),
                      suspends(cumulative, 10, 2, "第四十条第（五）项"),
                      suspends(single, 10, 4, "第四十条第（五）项"),
                      suspends(cumulative, 11, 4, "第四十条第（六）项"),
                      suspends(single, 11, 6, "第四十条第（六）项"),
                      terminates(cumulative, 1, "第四十条第（七）项"),
                      terminates(single, 3, "第四十条第（八）项")};
    rules.repair = {{"exam", "学习培训并考试", {}, 0, 1U, 3U, article("第三十三条第（一）项")},
                    {"activity", "宣传、飞行检查、专项检查", {}, 1, {}, 3U, article("第三十三条第（二）项")}};
    rules.single_12_repairable = {false, article("第三十三条")};
    rules.repair_cuts_months = {1, article("第三十三条")};
    rules.apply_earliest = {false, article("第三十四条")};
    rules.deadlines = {
        {DueKind::statement, 5, DayUnit::calendar_days, false, article("第二十八条")},
        {DueKind::issue_notice, 5, DayUnit::working_days, false, article("第四十二条")},
        {DueKind::appeal, 10, DayUnit::working_days, false, article("第二十八条")},
        {DueKind::apply_restoration, 10, DayUnit::working_days, true, article("第三十四条")},
        {DueKind::monthly_report, 0, DayUnit::working_days, false, article("第三十七条")},
    };
    rules.wordings = {
        {"notice_maintain", "请你单位根据本通知书完成该人员登记备案状态维护。", article("第四十三条")},
        {"appeal", "对本处理结果存在异议的，可在收到本通知书后 {days}内向本机构提出书面申诉。", article("第二十八条")},
        {"appeal_late", "逾期未提出，视为放弃申诉权利", article("第二十八条")},
    };
    return rules;
}

Scored scored(std::string_view document, std::string_view decided_on, unsigned points, int conduct_year) {
    Scored event;
    event.document = document;
    event.institution = "H41150000001";
    event.decided_on = on(decided_on);
    event.conduct_year =
        conduct_year != 0 ? conduct_year : static_cast<int>(std::chrono::year_month_day{event.decided_on}.year());
    event.points = points;
    event.effect.served.points = points;
    return event;
}

SanctionBegan began(std::string_view document, std::string_view from, std::string_view nominal_end, SanctionCause cause,
                    Standing status) {
    SanctionBegan event;
    event.interval = {status, on(from), std::nullopt, on(nominal_end), 3, std::string(document)};
    event.cause = cause;
    if (status == Standing::terminated) event.barred_until = on(nominal_end);
    return event;
}

Career career_of(const std::vector<CareerEvent>& events) { return Career::of(events).value(); }

}  // namespace zige::hub::testing
