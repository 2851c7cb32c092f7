#include "agent/daemon/calendar_api.h"

#include "agent/daemon/options.h"

namespace zige::daemon {
namespace {

constexpr std::string_view kYearPath = "/v1/calendar/";

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

std::string percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool coded =
            text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
        decoded += coded ? static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])) : text[i];
        if (coded) i += 2;
    }
    return decoded;
}

Json days_json(const std::vector<Day>& days) {
    Json list = Json::array();
    for (const Day day : days) list.push(format(day));
    return list;
}

Json regional_json(const Calendar& calendar, std::chrono::year year) {
    Json list = Json::array();
    for (const RegionalHoliday& holiday : calendar.regional()) {
        if (std::chrono::year_month_day{holiday.day}.year() != year) continue;
        Json row = Json::object();
        row.set("day", format(holiday.day));
        row.set("name", holiday.name);
        list.push(std::move(row));
    }
    return list;
}

int working_days_of(const Calendar& calendar, int year) {
    const Day before = Day{std::chrono::local_days{std::chrono::year{year - 1} / 12 / 31}};
    const Day last = Day{std::chrono::local_days{std::chrono::year{year} / 12 / 31}};
    return calendar.working_days_between(before, last);
}

}  // namespace

std::string query_value(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        if (pair.substr(0, equals) == name)
            return percent_decoded(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
    }
    return {};
}

std::string percent_encoded(std::string_view text) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
                           c == '.' || c == '_';
        if (plain) encoded += c;
        else (encoded += '%').append({kDigits[byte >> 4U], kDigits[byte & 15U]});
    }
    return encoded;
}

Result<Json> calendar_due(std::string_view query, const Calendar& calendar, bool from_copy) {
    const std::string from = query_value(query, "from");
    if (from.empty()) return fail(ErrorId::api_missing_field, "from");
    ZIGE_TRY(start, parse_day(from, "from"));
    const std::string count = query_value(query, "days");
    if (count.empty()) return fail(ErrorId::api_missing_field, "days");
    const auto days = parse_number(count, "days", 0, kMaxWorkingDays);
    if (!days) return fail(ErrorId::api_bad_field, "days", days.error().detail);
    const DueDate due = calendar.add_working_days(start, static_cast<int>(*days));
    return Json::object({{"from", format(start)},
                         {"working_days", *days},
                         {"due", format(due.day)},
                         {"provisional", due.provisional},
                         {"calendar_of_copy", from_copy}});
}

Result<Json> calendar_year(std::string_view year_text, const Calendar& calendar, bool from_copy) {
    const auto year = parse_number(year_text, "year", kMinYear + 1, kMaxYear - 1);
    if (!year) return fail(ErrorId::api_bad_field, "year", year.error().detail);
    const int number = static_cast<int>(*year);
    Json answer = Json::object({{"year", number},
                                {"published", calendar.published(number)},
                                {"working_days", working_days_of(calendar, number)},
                                {"calendar_of_copy", from_copy}});
    for (const CalendarYear& known : calendar.years()) {
        if (known.year != number) continue;
        answer.set("days_off", days_json(known.days_off));
        answer.set("make_up", days_json(known.make_up));
        answer.set("source", known.source);
    }
    answer.set("regional", regional_json(calendar, std::chrono::year{number}));
    return answer;
}

ApiAnswer OfficialCalendarService::call(const ApiRequest& request) {
    const Calendar& calendar = Calendar::official();
    if (!request.path.starts_with(kYearPath)) return error_answer(fail(ErrorId::agent_not_enrolled));
    const std::string_view last = std::string_view(request.path).substr(kYearPath.size());
    const auto answer =
        last == "due" ? calendar_due(request.query, calendar, false) : calendar_year(last, calendar, false);
    return answer ? ApiAnswer{200, *answer} : error_answer(answer.error());
}

}  // namespace zige::daemon
