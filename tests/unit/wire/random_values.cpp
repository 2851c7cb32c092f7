#include "tests/unit/wire/random_values.h"

#include <algorithm>
#include <set>

#include "shared/wire/limits.h"

namespace zige::wire::testing {
namespace {

template <class Value, class Make>
std::vector<Value> several(Draw& draw, std::size_t max, Make make) {
    std::vector<Value> values;
    for (std::uint64_t n = draw.number(max); n > 0; --n) values.push_back(make());
    return values;
}

CalendarYear year_of(Draw& draw, int year) {
    const Day first{std::chrono::year{year} / 1 / 1};
    CalendarYear result{year, {}, {}, draw.text(60)};
    for (int i = 0; i < 365; ++i) {
        const Day day = first + std::chrono::days{i};
        const bool weekend = std::chrono::weekday{day}.iso_encoding() >= 6;
        if (draw.chance(6)) result.days_off.push_back(day);
        else if (weekend && draw.chance(8)) result.make_up.push_back(day);
    }
    return result;
}

}  // namespace

std::uint64_t Draw::number(std::uint64_t max, std::uint64_t min) {
    switch (engine_() % 8) {
        case 0: return min;
        case 1: return max;
        case 2: return min + engine_() % (std::min<std::uint64_t>(max - min, 23) + 1);  // one-byte heads
        default: return max - min == UINT64_MAX ? engine_() : min + engine_() % (max - min + 1);
    }
}

std::string Draw::text(std::size_t max_bytes, std::size_t min_bytes) {
    static constexpr std::string_view kLetters[] = {"a", "Z", "7", " ", "号", "医", "〔", "é", "𠮷", "\n", "\x7f"};
    const std::size_t wanted = static_cast<std::size_t>(number(max_bytes, min_bytes));
    std::string result;
    while (result.size() < wanted) {
        const std::string_view letter = kLetters[engine_() % std::size(kLetters)];
        result += result.size() + letter.size() <= wanted ? letter : "x";
    }
    return result;
}

Bytes Draw::bytes(std::size_t max, std::size_t min) {
    Bytes result(static_cast<std::size_t>(number(max, min)));
    for (std::byte& each : result) each = static_cast<std::byte>(engine_());
    return result;
}

Hash256 Draw::hash() { return *to_hash(bytes(32, 32)); }

Uuid Draw::uuid() {
    Uuid result{};
    for (std::byte& each : result) each = static_cast<std::byte>(engine_());
    return result;
}

Day Draw::day() {
    const Day first{std::chrono::year{kMinYear} / 1 / 1};
    const Day last{std::chrono::year{kMaxYear} / 12 / 31};
    return first + std::chrono::days{number(static_cast<std::uint64_t>((last - first).count()))};
}

std::optional<Day> Draw::maybe_day() { return chance(50) ? std::optional(day()) : std::nullopt; }

Instant Draw::instant() { return Instant{std::chrono::seconds{number(253'402'300'799)}}; }

Times Draw::times() { return {instant(), instant(), instant()}; }

StandingTimeline Draw::timeline() {
    auto intervals = several<StandingInterval>(*this, 3, [&] {
        return StandingInterval{code<Standing>(), day(), maybe_day(), maybe_day(), any<std::uint16_t>(), text(60)};
    });
    std::ranges::sort(intervals, {}, &StandingInterval::from);
    return intervals;
}

InstitutionRecord Draw::institution() {
    InstitutionRecord record{{text(kMaxInstitutionCode, 1)},
                             text(kMaxText),
                             code<InstitutionKind>(),
                             text(6),
                             code<Mode>(),
                             maybe_day(),
                             chance(50),
                             chance(50),
                             day(),
                             {}};
    record.stops = several<Stop>(*this, 3, [&] {
        return Stop{code<StopKind>(), text(kMaxCode), day(), maybe_day(), any<std::uint16_t>(), text(60)};
    });
    return record;
}

std::vector<Leave> Draw::leaves() {
    std::vector<Leave> result;
    Day from{std::chrono::year{1990} / 1 / 1};
    for (std::uint64_t n = chance(70) ? 0 : number(kMaxLeaves); n > 0; --n) {
        from += std::chrono::days{number(500, 1)};
        result.push_back({code<LeaveKind>(), from, {}});
        if (chance(70)) result.back().until = from + std::chrono::days{number(300)};
    }
    return result;
}

Registration Draw::registration(RecordNo no) {
    return {no,
            text(kMaxCode),
            text(40),
            code<Category>(),
            code<Post>(),
            text(kMaxCode),
            {code<CommitmentKind>(), maybe_day()},
            day(),
            maybe_day(),
            timeline(),
            leaves()};
}

Record Draw::record(RecordNo no) {
    if (no.value == 0) return institution();
    if (chance(30)) return Alias{no, {any<std::uint32_t>(1)}, text(kMaxCode, 1)};
    return registration(no);
}

std::vector<Record> Draw::records() {
    std::set<std::uint32_t> numbers;
    for (std::uint64_t n = number(12); n > 0; --n) numbers.insert(any<std::uint32_t>());
    std::vector<Record> result;
    for (const std::uint32_t each : numbers) result.push_back(record({each}));
    return result;
}

Profile Draw::profile() {
    Profile p = henan_xinyang();
    p.id = text(kMaxCode, 1);
    p.version = any<std::uint32_t>();
    p.articles = several<std::string>(*this, 8, [&] { return text(80); });
    for (auto* article :
         {&p.article_suspended, &p.article_terminated, &p.article_departed, &p.article_not_registered,
          &p.article_no_commitment, &p.article_agreement, &p.departure_working_days, &p.patient_delay_hours})
        *article = any<std::uint16_t>();
    for (auto* flag : {&p.emergency_frees_suspended, &p.emergency_frees_terminated, &p.missing_commitment_denies,
                       &p.pooled_fund_only, &p.cost_to_patient, &p.unwritable_journal_holds})
        *flag = chance(50);
    if (chance(50)) std::erase_if(p.roles, [&](const RoleRule&) { return chance(40); });
    p.chronic_med_type_prefixes = several<std::string>(*this, 3, [&] { return text(6); });
    return p;
}

Calendar Draw::calendar() {
    std::vector<CalendarYear> years;
    for (int year = 2024; year <= 2026; ++year)
        if (chance(70)) years.push_back(year_of(*this, year));
    std::vector<RegionalHoliday> regional;
    if (chance(50)) regional.push_back({day(), text(30)});
    return Calendar::make(std::move(years), std::move(regional)).value();
}

}  // namespace zige::wire::testing
