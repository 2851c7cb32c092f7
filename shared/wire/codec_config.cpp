#include "shared/wire/codec_profile.h"

namespace zige::wire {
namespace {

/// Days as their distance from the first of January.
void write_days(Writer& out, const std::vector<Day>& days, Day new_year) {
    out.array(days.size());
    for (const Day day : days) write(out, day, new_year);
}

std::vector<Day> read_days(Reader& in, std::string_view field, Day new_year) {
    std::vector<Day> days(in.array(field, kMaxCalendarDays));
    for (Day& day : days) day = read_day(in, field, new_year);
    return days;
}

Day new_year_of(int year) { return Day{std::chrono::year{year} / 1 / 1}; }

void write(Writer& out, const CalendarYear& year) {
    out.array(4).integer(year.year);
    write_days(out, year.days_off, new_year_of(year.year));
    write_days(out, year.make_up, new_year_of(year.year));
    out.text(year.source);
}

CalendarYear read_year(Reader& in) {
    in.array("calendar.year", 4, 4);
    CalendarYear year;
    year.year = static_cast<int>(in.integer("calendar.year", kMinYear, kMaxYear));
    year.days_off = read_days(in, "calendar.days_off", new_year_of(year.year));
    year.make_up = read_days(in, "calendar.make_up", new_year_of(year.year));
    year.source = read_text(in, "calendar.source");
    return year;
}

void write(Writer& out, const Calendar& calendar) {
    out.array(calendar.years().size());
    for (const CalendarYear& year : calendar.years()) write(out, year);
    out.array(calendar.regional().size());
    for (const RegionalHoliday& holiday : calendar.regional()) {
        out.array(2);
        write(out, holiday.day, kDayZero);
        out.text(holiday.name);
    }
}

RegionalHoliday read_regional(Reader& in) {
    in.array("calendar.regional", 2, 2);
    const Day day = read_day(in, "calendar.regional.day", kDayZero);
    return {day, read_text(in, "calendar.regional.name")};
}

Calendar read_calendar(Reader& in) {
    std::vector<CalendarYear> years(in.array("calendar.years", kMaxCalendarYears));
    for (CalendarYear& year : years) year = read_year(in);
    std::vector<RegionalHoliday> regional(in.array("calendar.regional", kMaxCalendarDays));
    for (RegionalHoliday& holiday : regional) holiday = read_regional(in);
    if (!in.ok()) return {};
    auto calendar = Calendar::make(years, regional);
    if (!calendar.ok()) in.fail(ErrorId::wire_bad_value, "calendar", calendar.error().describe());
    else if (calendar->years() != years || calendar->regional() != regional)  // CBOR-12
        in.fail(ErrorId::wire_bad_order, "calendar", "years and days ascend");
    else return std::move(calendar).value();
    return {};
}

Config read_config(Reader& in) {
    in.array("config", 3, 3);
    Config config;
    config.profile = read_profile(in);
    config.calendar = read_calendar(in);
    return config;
}

}  // namespace

Bytes encode(const Config& config) {
    Writer out;
    out.array(3);
    write(out, config.profile);
    write(out, config.calendar);
    return out.take();
}

Result<Config> decode_config(ByteView bytes) { return decode_whole(bytes, kMaxConfigBytes, "config", read_config); }

}  // namespace zige::wire
