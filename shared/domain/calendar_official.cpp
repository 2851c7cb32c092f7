#include <initializer_list>
#include <utility>

#include "shared/domain/calendar.h"

namespace zige {
namespace {

/// Month * 100 + day, as the State Council's notices are read: 1001 is 1 October.
struct Span {
    unsigned first;
    unsigned last;
};

Day date(int year, unsigned month_day) {
    return Day{std::chrono::year{year} / std::chrono::month{month_day / 100} / std::chrono::day{month_day % 100}};
}

CalendarYear year_of_notice(int year, std::string source, std::initializer_list<Span> off,
                            std::initializer_list<unsigned> make_up) {
    CalendarYear result{year, {}, {}, std::move(source)};
    for (const Span span : off)
        for (Day day = date(year, span.first); day <= date(year, span.last); day += std::chrono::days{1})
            result.days_off.push_back(day);
    for (const unsigned day : make_up) result.make_up.push_back(date(year, day));
    return result;
}

Calendar make_official() {
    std::vector<CalendarYear> years;
    years.push_back(year_of_notice(
        2024, "国务院办公厅关于2024年部分节假日安排的通知，gov.cn/zhengce/zhengceku/202310/content_6911528.htm",
        {{101, 101}, {210, 217}, {404, 406}, {501, 505}, {610, 610}, {915, 917}, {1001, 1007}},
        {204, 218, 407, 428, 511, 914, 929, 1012}));
    years.push_back(year_of_notice(
        2025, "国务院办公厅关于2025年部分节假日安排的通知，gov.cn/zhengce/zhengceku/202411/content_6986383.htm",
        {{101, 101}, {128, 204}, {404, 406}, {501, 505}, {531, 602}, {1001, 1008}}, {126, 208, 427, 928, 1011}));
    years.push_back(year_of_notice(
        2026, "国务院办公厅关于2026年部分节假日安排的通知，gov.cn/zhengce/zhengceku/202511/content_7047091.htm",
        {{101, 103}, {215, 223}, {404, 406}, {501, 505}, {619, 621}, {925, 927}, {1001, 1007}},
        {104, 214, 228, 509, 920, 1010}));
    Result<Calendar> calendar = Calendar::make(std::move(years), {});
    expect(calendar.ok(), "the official calendar is sound");
    return std::move(calendar).value();
}

}  // namespace

const Calendar& Calendar::official() {
    static const Calendar calendar = make_official();
    return calendar;
}

}  // namespace zige
