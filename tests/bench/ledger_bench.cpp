#include <algorithm>
#include <atomic>
#include <fstream>

#include "hub/core/career_ledger.h"
#include "hub/core/hub_values.h"
#include "hub/core/ledger.h"
#include "hub/core/profile/profile_file.h"
#include "hub/core/rules/replay.h"
#include "hub/core/statements.h"
#include "tests/bench/crowd.h"
#include "tests/bench/hub_rig.h"
#include "tests/bench/measure.h"
#include "tests/bench/run.h"

namespace zige::bench {
namespace {

constexpr std::size_t kInstitutions = 1'000;
constexpr std::size_t kHere = 1'000;           // people of each
constexpr std::size_t kInOneTransaction = 50;  // institutions
constexpr std::size_t kCallers = 32;           // whose changes share commits
constexpr std::size_t kSanctionedOf = 4;       // every so manieth person has a suspension, begun and ended
constexpr std::size_t kPage = 2'000;
constexpr std::size_t kRounds = 2'000;
constexpr double kMegabyte = 1024.0 * 1024.0;

std::string code_of(std::size_t institution) { return "H4115000" + std::to_string(10'000 + institution); }
Day day_of_year(std::size_t number) {
    return Day{std::chrono::local_days{std::chrono::year{2026} / 1 / 1}} + std::chrono::days{number % 300};
}

hub::Rules rules_of_wuhai() {
    std::ifstream in(ZIGE_PACKAGING "/profiles/neimenggu-wuhai.json", std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    return *must(hub::read_profile_file(text)).rules;
}

hub::Scored decision_of(std::size_t person, std::size_t number) {
    hub::Scored scored;
    scored.document = "信医保处〔2026〕" + std::to_string(person * 100 + number) + "号";
    scored.institution = code_of((person - 1) / kHere);
    scored.decided_on = day_of_year(person + number);
    scored.conduct_year = 2026;
    scored.points = static_cast<unsigned>(1 + person % 9);
    scored.level = "7-9";
    scored.profile = "henan-xinyang";
    scored.profile_version = 1;
    scored.effect.served.points = scored.points;
    scored.effect.served.article = "信医保〔2025〕1号 第四十条第（四）项";
    return scored;
}

hub::SanctionBegan began_of(const hub::Scored& decision) {
    hub::SanctionBegan began;
    began.cause = SanctionCause::points;
    began.interval.from = decision.decided_on + std::chrono::days{3};
    began.interval.nominal_end = began.interval.from + std::chrono::days{31};
    began.interval.document = decision.document;
    return began;
}

hub::SanctionOver over_of(const hub::Scored& decision) {
    return {decision.document, *began_of(decision).interval.nominal_end, SanctionEnd::restored};
}

/// One person's 50 events, as the log hands them out.
std::vector<hub::LogEvent> fifty_events() {
    std::vector<hub::LogEvent> events;
    for (std::size_t number = 0; events.size() < 48; ++number) {
        const hub::Scored decision = decision_of(7, number);
        events.push_back(hub::to_log(decision));
        events.push_back(hub::to_log(began_of(decision)));
        events.push_back(hub::to_log(over_of(decision)));
    }
    while (events.size() < 50) events.push_back(hub::to_log(decision_of(7, events.size())));
    return events;
}

/// The median of so many calls: a round in which somebody else had the core says nothing.
double microseconds_each(std::size_t rounds, const std::function<void()>& call) {
    Samples samples;
    for (std::size_t i = 0; i < rounds; ++i) samples.add(timed(call));
    return samples.median() / 1e3;
}

Row standing_row(const Run& run) {
    const std::size_t rounds = run.size(kRounds, 2);
    const std::vector<hub::LogEvent> events = fifty_events();
    const double derived = microseconds_each(rounds, [&] { keep(must(hub::career_from(events)).timeline().size()); });
    const double copied = microseconds_each(rounds, [&] {
        const std::vector<hub::LogEvent> copy = events;
        keep(copy.size());
    });
    return {"standing of a person from 50 events",         "µs", derived, "a copy of the events", copied,
            Goal{GoalOf::measured, GoalSide::at_most, 50}, {}};
}

/// The hub of a province. Institutions are added and published as an operator does it. People, registrations and the
/// log with its chain are written below the services, statement by statement: years of casework are not what is
/// measured.
class Province {
public:
    explicit Province(const Run& run)
        : rig_(run.folder / "province", run.suite), institutions_(run.size(kInstitutions, 2)) {
        progress("province: institutions");
        each_institution([&](std::size_t i) { rig_.add_institution(code_of(i), InstitutionKind::hospital, 0); });
        for (std::size_t first = 0; first < institutions_; first += kInOneTransaction)
            fill(first, std::min(first + kInOneTransaction, institutions_));
        std::atomic<std::size_t> published{0};
        each_institution([&](std::size_t i) {
            must(rig_.hub().registry().set_mode(HubRig::kActor, code_of(i), Mode::warn, {}));
            if (++published % 200 == 0) progress("province: " + std::to_string(published) + " institutions published");
        });
    }

    double rebuild() {
        hub::RebuildReport report;
        const double seconds = timed([&] { report = must(rig_.hub().ledger().rebuild()); }) / 1e9;
        expect(report.people == people() && report.differences == 0, "the province rebuilds to what it published");
        expect(report.events == people() + 2 * (people() / kSanctionedOf), "all its events");
        return seconds;
    }

    double replay_all() {
        const hub::Rules rules = rules_of_wuhai();
        std::size_t decisions = 0;
        const double seconds =
            timed([&] {
                must(rig_.env().store.read([&](hub::Tx& tx) {
                    return hub::for_each_career(tx, hub::HubLog(rig_.env().hasher),
                                                [&](PersonId, std::span<const hub::LogEvent> events) -> Result<void> {
                                                    ZIGE_TRY(career, hub::career_from(events));
                                                    ZIGE_TRY(replayed, hub::replay(rules, career));
                                                    decisions += replayed.decisions.size();
                                                    return {};
                                                });
                }));
            }) /
            1e9;
        expect(decisions == people(), "a decision of each");
        return seconds;
    }

    /// Seconds to read the log once, as it lies.
    double read_log() {
        return timed([&] {
                   std::uint64_t after = 0;
                   for (std::size_t got = kPage; got == kPage;) {
                       const auto events = must(rig_.hub().log(after, kPage));
                       got = events.size();
                       if (got != 0) after = events.back().number;
                   }
               }) /
               1e9;
    }

private:
    std::size_t people() const { return institutions_ * kHere; }

    template <class Work>
    void each_institution(Work work) {
        in_a_crowd(kCallers, institutions_, work);
    }

    /// Institutions first .. last - 1. Their events lie in the log as they happen: not person by person.
    void fill(std::size_t first, std::size_t last) {
        progress("province: people of institutions " + std::to_string(first) + " to " + std::to_string(last - 1));
        const hub::HubLog log(rig_.env().hasher);
        const std::uint64_t until = last * kHere;
        must(rig_.env().store.write([&](hub::Tx& tx) -> Result<void> {
            for (std::uint64_t person = first * kHere + 1; person <= until; ++person) {
                ZIGE_CHECK(add(tx, person));
                ZIGE_CHECK(append(tx, log, person, decision_of(person, 0)));
            }
            for (std::uint64_t person = first * kHere + 1; person <= until; ++person)
                if (person % kSanctionedOf == 0) ZIGE_CHECK(append(tx, log, person, began_of(decision_of(person, 0))));
            for (std::uint64_t person = first * kHere + 1; person <= until; ++person)
                if (person % kSanctionedOf == 0) ZIGE_CHECK(append(tx, log, person, over_of(decision_of(person, 0))));
            return hub::set_number(tx, hub::HubValue::last_person, until);
        }));
    }

    Result<void> add(hub::Tx& tx, std::uint64_t person) {
        using hub::sql;
        const std::string name = "人员" + std::to_string(person);
        const Hash256 key = rig_.env().hasher.hash({as_bytes(name)});
        ZIGE_CHECK(tx.exec(hub::Sql::person_put, {sql(person), sql(key), sql("01"), sql(key), sql(name)}));
        return tx.exec(
            hub::Sql::registration_put,
            {sql(code_of((person - 1) / kHere)), sql((person - 1) % kHere + 1), sql(person),
             sql(rig_.code_of_person(person)), sql(name), static_cast<std::int64_t>(Category::physician),
             static_cast<std::int64_t>(Post::staff), sql("A01"), static_cast<std::int64_t>(CommitmentKind::baseline),
             hub::SqlValue{}, sql(day_of_year(0)), hub::SqlValue{}});
    }

    Result<void> append(hub::Tx& tx, const hub::HubLog& log, std::uint64_t person, const hub::CareerEvent& event) {
        hub::LogEvent logged = hub::to_log(event);
        logged.person = PersonId{person};
        logged.actor = HubRig::kActor;
        logged.at = rig_.env().clock.wall();
        auto tip = log.append(tx, std::move(logged));
        if (!tip.ok()) return tip.error();
        return {};
    }

    HubRig rig_;
    std::size_t institutions_;
};

/// The most that this process held in memory since reset_peak(), in MB.
double peak_memory() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) * 1024 / kMegabyte;
    return 0;
}
void reset_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

}  // namespace

std::vector<Row> ledger_rows(const Run& run) {
    std::vector<Row> rows = {standing_row(run)};
    progress("ledger of a province: 1,000,000 people, 1.5 million events");
    Province province(run);
    reset_peak();
    progress("province: rebuilding");
    const double rebuilt = province.rebuild();
    const double peak = peak_memory();
    progress("province: replaying");
    const double read = province.read_log();
    const double replayed = province.replay_all();
    const Goal in_a_minute{GoalOf::measured, GoalSide::at_most, 60};
    rows.push_back({"ledger rebuild, 1,000,000 people, 1.5 M events",
                    "s",
                    rebuilt,
                    "reading the log once",
                    read,
                    in_a_minute,
                    {}});
    rows.push_back({"- memory of the process at its peak",
                    "MB",
                    peak,
                    "",
                    0,
                    Goal{GoalOf::measured, GoalSide::at_most, 2048},
                    {}});
    rows.push_back(
        {"replay of all under another profile", "s", replayed, "reading the log once", read, in_a_minute, {}});
    return rows;
}

}  // namespace zige::bench
