#include "hub/core/profile/calendar_file.h"

#include <algorithm>

#include "hub/core/profile/file_node.h"

namespace zige::hub {
namespace {

constexpr FileErrors kErrors = {ErrorId::calendar_bad_file, ErrorId::calendar_bad_file, ErrorId::calendar_bad_file};
constexpr std::size_t kMaxDays = 366;

Result<void> read_holiday(const FileNode& node, std::vector<Day>& days) {
    ZIGE_CHECK(node.only({"name", "from", "to"}));
    ZIGE_TRY(name_node, node.member("name"));
    ZIGE_TRY(name, name_node.text());
    ZIGE_TRY(from_node, node.member("from"));
    ZIGE_TRY(from, from_node.day());
    ZIGE_TRY(to_node, node.member("to"));
    ZIGE_TRY(to, to_node.day());
    if (to < from || to - from > std::chrono::days{31}) return to_node.wrong("no period of up to a month: " + name);
    for (Day day = from; day <= to; day += std::chrono::days{1}) days.push_back(day);
    return {};
}

Result<CalendarYear> read_year(const FileNode& root) {
    ZIGE_CHECK(root.only({"$schema", "year", "source", "days_off", "make_up"}));
    CalendarYear year;
    ZIGE_TRY(year_node, root.member("year"));
    ZIGE_TRY(number, year_node.integer(2000, kMaxYear));
    year.year = static_cast<int>(number);
    ZIGE_TRY(source_node, root.member("source"));
    ZIGE_TRY(source, source_node.text());
    year.source = std::move(source);
    ZIGE_TRY(off_node, root.member("days_off"));
    ZIGE_TRY(holidays, off_node.items(kMaxDays));
    for (const FileNode& holiday : holidays) ZIGE_CHECK(read_holiday(holiday, year.days_off));
    ZIGE_TRY(worked_node, root.member("make_up"));
    ZIGE_TRY(worked, worked_node.items(kMaxDays));
    for (const FileNode& node : worked) {
        ZIGE_TRY(day, node.day());
        year.make_up.push_back(day);
    }
    return year;
}

Result<std::vector<RegionalHoliday>> read_region(const FileNode& root) {
    ZIGE_CHECK(root.only({"$schema", "region", "source", "holidays"}));
    for (const char* name : {"region", "source"}) {
        ZIGE_TRY(node, root.member(name));
        ZIGE_CHECK(node.text());
    }
    ZIGE_TRY(list, root.member("holidays"));
    ZIGE_TRY(nodes, list.items(kMaxDays));
    std::vector<RegionalHoliday> holidays;
    for (const FileNode& node : nodes) {
        ZIGE_CHECK(node.only({"name", "day"}));
        ZIGE_TRY(day_node, node.member("day"));
        ZIGE_TRY(day, day_node.day());
        ZIGE_TRY(name_node, node.member("name"));
        ZIGE_TRY(name, name_node.text());
        holidays.push_back({day, std::move(name)});
    }
    return holidays;
}

}  // namespace

Result<CalendarFile> read_calendar_file(std::string_view text) {
    auto json = parse_located_json(text);
    if (!json.ok()) return fail(ErrorId::calendar_bad_file, json.error().field, json.error().detail);
    const FileNode root(*json, kErrors);
    CalendarFile file;
    if (root.has("region")) {
        ZIGE_TRY(regional, read_region(root));
        file.regional = std::move(regional);
    } else {
        ZIGE_TRY(year, read_year(root));
        file.years.push_back(std::move(year));
    }
    return file;
}

Result<Calendar> join_calendar(std::vector<CalendarFile> files) {
    std::vector<CalendarYear> years;
    std::vector<RegionalHoliday> regional;
    for (CalendarFile& file : files) {
        std::ranges::move(file.years, std::back_inserter(years));
        std::ranges::move(file.regional, std::back_inserter(regional));
    }
    std::ranges::sort(years, {}, &CalendarYear::year);
    std::ranges::sort(regional, {}, &RegionalHoliday::day);
    const auto twice = std::ranges::adjacent_find(years, {}, &CalendarYear::year);
    if (twice != years.end()) return fail(ErrorId::calendar_bad_year, "year", std::to_string(twice->year) + " twice");
    return Calendar::make(std::move(years), std::move(regional));
}

}  // namespace zige::hub
