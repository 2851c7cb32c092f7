// Check in process at 100,000 people, beside one lookup in an unordered_map of the same codes.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "shared/domain/decide.h"
#include "tests/bench/table.h"

using namespace zige;

namespace {

constexpr std::uint32_t kPeople = 100'000;
constexpr std::size_t kCalls = 1'000'000;
constexpr int kRounds = 5;

std::string code_of(std::uint32_t no, std::mt19937& random) {
    char code[16];
    std::snprintf(code, sizeof code, "D4115%02u%06u", no / 50'000, static_cast<unsigned>(random()) % 1'000'000);
    return code;
}

/// A big city hospital in one copy: 1 in 50 has a sanction, 1 in 20 has left.
Copy::Parts parts_of_100000() {
    Copy::Parts parts;
    parts.institution.code = {"H41150000001"};
    parts.profile = henan_xinyang();
    parts.calendar = Calendar::official();
    std::mt19937 random(20260918);
    std::unordered_map<std::string, bool> taken;
    const Day from = Day{std::chrono::year{2025} / 4 / 1};
    while (parts.registrations.size() < kPeople) {
        Registration person;
        person.no = {static_cast<std::uint32_t>(parts.registrations.size() + 1)};
        person.code = code_of(person.no.value, random);
        if (!taken.emplace(person.code, true).second) continue;
        person.name = "欧阳建国";
        person.department = "0301";
        person.registered_from = from;
        if (person.no.value % 50 == 0)
            person.standing.push_back({Standing::suspended, from + std::chrono::days{300}, {}, {}, 9, "信医保处〔2026〕12号"});
        if (person.no.value % 20 == 0) person.last_day = from + std::chrono::days{600};
        parts.registrations.push_back(std::move(person));
    }
    return parts;
}

std::vector<std::string> codes_asked(const std::vector<Registration>& people) {
    std::mt19937 random(7);
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < kCalls; ++i) codes.push_back(people[random() % people.size()].code);
    return codes;
}

/// The best round, in nanoseconds per call. Which code is asked next depends on the answer: one settlement after the other,
/// not many at once in the pipeline of the processor. The same for the baseline.
template <class Body>
double best_of(const std::vector<std::string>& codes, Body body) {
    double best = 0;
    for (int round = 0; round <= kRounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        std::size_t at = 0;
        std::size_t calls = 0;
        for (; at + 2 < codes.size(); ++calls) at += 1 + (body(codes[at]) & 1U);
        const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - start;
        const double each = taken.count() / static_cast<double>(calls);
        if (round == 1 || (round > 1 && each < best)) best = each;  // round 0 warms up
    }
    return best;
}

Moment moment() {
    Moment now;
    now.wall = now.running = start_of(Day{std::chrono::year{2026} / 9 / 18}) + std::chrono::hours{10};
    now.copy_as_of = now.wall - std::chrono::hours{1};
    return now;
}

/// The number of the person who was found, so that nothing of the decision can be left out.
std::uint32_t judge(const Copy& copy, const Overlay& overlay, const Moment& now, const std::string& code,
                    const std::string& second) {
    FeeLine line;
    line.fee_time = now.wall;
    line.department = "0301";
    line.people.push_back({Role::ordering, code});
    if (!second.empty()) line.people.push_back({Role::executing, second});
    const Decision decision = decide(line, copy, overlay, now);
    expect(decision.served != Outcome::not_judged, "a line of the bench is judged");
    return decision.people[0].no.value;
}

bench::Line line_of(std::string what, double ours, double baseline) {
    bench::Line line;
    line.what = std::move(what);
    line.measured = ours;
    line.unit = "ns";
    line.baseline = baseline;
    line.baseline_what = "unordered_map lookup";
    line.goal = 3;
    line.goal_is_ratio = true;
    return line;
}

}  // namespace

BENCH(check_in_process) {
    Copy::Parts parts = parts_of_100000();
    const auto codes = codes_asked(parts.registrations);
    std::unordered_map<std::string, std::uint32_t> map;
    for (const Registration& each : parts.registrations) map.emplace(each.code, each.no.value);
    const auto copy = Copy::build(std::move(parts)).value();
    const Overlay overlay;
    const Moment now = moment();
    const Day day = day_of(now.wall);
    const std::string none;

    const double baseline = best_of(codes, [&](const std::string& code) { return map.find(code)->second; });
    const double lookup =
        best_of(codes, [&](const std::string& code) { return copy->find(code, day).no.value; });
    const double check =
        best_of(codes, [&](const std::string& code) { return judge(*copy, overlay, now, code, none); });
    const std::string& colleague = codes.back();
    const double pair =
        best_of(codes, [&](const std::string& code) { return judge(*copy, overlay, now, code, colleague); });
    lines.push_back(line_of("lookup in the copy, 100,000 people", lookup, baseline));
    lines.push_back(line_of("check in process, 100,000 people", check, baseline));
    lines.push_back(line_of("check of a line with two people", pair, baseline));
}
