// P1 over many random copies and lines, with a second, plainer reading of the rules beside decide().
#include <random>

#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

/// mt19937 gives the same numbers everywhere; the distributions of the library need not.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : engine_(seed) {}
    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(engine_()) % n; }
    bool one_in(std::uint32_t n) { return below(n) == 0; }
    Day day() { return "2026-01-01"_day + std::chrono::days{below(365)}; }
    std::optional<Day> maybe_day(Day from) {
        return one_in(2) ? std::nullopt : std::optional(from + std::chrono::days{1 + below(90)});
    }

private:
    std::mt19937 engine_;
};

constexpr std::string_view kCodes[] = {kZhang, kLi, "0231", kNurse, kPharmacist, kTechnician, kStranger, "0999", ""};
constexpr Role kRoles[] = {Role::ordering, Role::executing, Role::nurse, Role::consultant, Role::surgeon};

Scene random_scene(Dice& dice) {
    Scene scene;
    for (Registration& person : scene.parts.registrations) {
        while (dice.one_in(2)) {
            const Day from = dice.day();
            person.standing.push_back(dice.one_in(2) ? suspended(from, dice.maybe_day(from))
                                                     : terminated(from, dice.maybe_day(from)));
        }
        if (dice.one_in(4)) person.last_day = dice.day();
        if (dice.one_in(4)) person.registered_from = dice.day();
        if (dice.one_in(4)) scene.overlay.entries[person.no] = {dice.maybe_day(dice.day()), dice.one_in(2)};
        if (dice.one_in(4))
            scene.overlay.changes[person.no] = {"0302", dice.one_in(2) ? Category::care_worker : person.category};
        if (dice.one_in(4)) scene.overlay.leaves[person.no] = {{LeaveKind::study, dice.day(), {}}};
    }
    if (dice.one_in(2)) scene.overlay.codes["0999"] = {{1 + dice.below(3)}, dice.one_in(4)};
    if (dice.one_in(2)) scene.overlay.codes["0231"] = {{1 + dice.below(3)}, dice.one_in(2)};
    if (dice.one_in(8)) scene.stop(dice.day(), dice.maybe_day(dice.day()));
    scene.now.wall = start_of(dice.day()) + std::chrono::seconds{dice.below(86400)};
    scene.now.copy_as_of = scene.now.wall - std::chrono::hours{dice.below(24 * 90)};
    scene.now.clock_unknown = dice.one_in(10);
    scene.now.clock_suspect = dice.one_in(10);
    scene.parts.institution.strict = dice.one_in(10);
    return scene;
}

FeeLine random_line(Dice& dice, const Scene& scene) {
    FeeLine line;
    line.txn = dice.one_in(2) ? Txn::outpatient_fees : Txn::inpatient_fees;
    line.item = dice.one_in(2) ? ItemClass::nursing : ItemClass::general;
    line.fee_time = scene.now.wall - std::chrono::seconds{dice.below(86400 * 120)};
    const std::uint32_t people = 1 + dice.below(4);
    for (std::uint32_t i = 0; i < people; ++i)
        line.people.push_back({kRoles[dice.below(std::size(kRoles))], kCodes[dice.below(std::size(kCodes))]});
    return line;
}

bool is_refusing_role(const FeeLine& line, Role role) {
    return role == Role::ordering || role == Role::executing || role == Role::consultant ||
           (role == Role::nurse && line.item == ItemClass::nursing);
}

/// The national code behind a code of the line: by the copy, else by an alias that is filed.
std::string_view code_of(const Scene& scene, std::string_view code) {
    const auto filed = scene.overlay.codes.find(code);
    if (code == "0231") return kZhang;
    if (code != "0999" || filed == scene.overlay.codes.end() || filed->second.removed) return code;
    return scene.parts.registrations.at(filed->second.target.value - 1).code;
}

/// The plain reading: a known person in a role that refuses who is suspended, terminated, departed or not registered
/// yet. The last is a hold where the clock may be the cause (P11).
std::optional<Outcome> names_ineligible(const Scene& scene, const FeeLine& line) {
    const Day day = day_of(line.fee_time);
    std::optional<Outcome> least;
    for (const PersonOnLine& on_line : line.people) {
        if (!is_refusing_role(line, on_line.role)) continue;
        const std::string_view code = code_of(scene, on_line.code);
        for (const Registration& person : scene.parts.registrations) {
            if (person.code.empty() || person.code != code) continue;
            for (const StandingInterval& each : person.standing)
                if (day >= each.from && (!each.end || day < *each.end)) return Outcome::deny;
            const auto filed = scene.overlay.entries.find(person.no);
            const auto last_day = filed == scene.overlay.entries.end() ? person.last_day : filed->second.last_day;
            if (on_line.role == Role::consultant) continue;
            const bool early = day < person.registered_from;
            if ((last_day && day > *last_day) || (early && !scene.now.clock_suspect)) return Outcome::deny;
            if (early) least = Outcome::hold;
        }
    }
    return least;
}

struct SeedRow {
    std::string name;
    std::uint32_t seed;
};
std::vector<SeedRow> seeds() {
    std::vector<SeedRow> rows;
    for (std::uint32_t seed = 1; seed <= 20; ++seed) rows.push_back({"seed_" + std::to_string(seed), seed});
    return rows;
}

}  // namespace

TEST_EACH(DecideProperty, nobody_ineligible_is_cleared_in_enforce, seeds()) {
    Dice dice(row.seed);
    int ineligible = 0;
    for (int i = 0; i < 500; ++i) {
        const Scene scene = random_scene(dice);
        const FeeLine line = random_line(dice, scene);
        const Judged judged = scene.judge(line);
        const auto least = names_ineligible(scene, line);
        if (!least) continue;
        ++ineligible;
        CPPUNIT_ASSERT(judged->judged == Outcome::deny || judged->judged == *least);
        CPPUNIT_ASSERT_EQUAL(judged->judged, judged->served);
    }
    CPPUNIT_ASSERT(ineligible > 50);
}
TAGS(DecideProperty, nobody_ineligible_is_cleared_in_enforce, "XY-49");

TEST_EACH(DecideProperty, the_outcome_is_the_worst_of_the_grounds, seeds()) {
    Dice dice(row.seed + 1000);
    for (int i = 0; i < 500; ++i) {
        Scene scene = random_scene(dice);
        scene.parts.institution.mode = dice.one_in(2) ? Mode::enforce : Mode::warn;
        FeeLine line = random_line(dice, scene);
        if (dice.one_in(3)) line = rescued(line);
        const Judged judged = scene.judge(line);
        std::uint8_t worst = severity_of(Outcome::allow);
        for (std::size_t g = 0; g < judged->grounds.size(); ++g) {
            worst = std::max(worst, severity_of(judged->grounds[g].outcome));
            if (g > 0)
                CPPUNIT_ASSERT(severity_of(judged->grounds[g - 1].outcome) >= severity_of(judged->grounds[g].outcome));
        }
        CPPUNIT_ASSERT_EQUAL(worst, severity_of(judged->judged));
        if (scene.parts.institution.mode == Mode::warn) CPPUNIT_ASSERT(passes(judged->served));
        else CPPUNIT_ASSERT_EQUAL(judged->judged, judged->served);
    }
}

TEST_EACH(DecideProperty, a_record_that_need_not_be_read_says_the_same_when_it_is, seeds()) {
    Dice dice(row.seed + 3000);
    for (int i = 0; i < 200; ++i) {
        Scene scene = random_scene(dice);
        scene.overlay = {};
        scene.parts.institution.stops.clear();
        const FeeLine line = random_line(dice, scene);
        const Judged quick = scene.judge(line);
        scene.overlay.entries[{4'000'000}] = {};  // of nobody here, but it makes decide() read every record
        const Judged whole = scene.judge(line);
        CPPUNIT_ASSERT_EQUAL(whole->judged, quick->judged);
        CPPUNIT_ASSERT_EQUAL(whole.grounds(), quick.grounds());
        for (std::size_t p = 0; p < whole->people.size(); ++p) {
            CPPUNIT_ASSERT_EQUAL(whole->people[p].outcome, quick->people[p].outcome);
            CPPUNIT_ASSERT_EQUAL(whole->people[p].no.value, quick->people[p].no.value);
        }
    }
}

TEST_EACH(DecideProperty, a_line_that_passes_has_only_freed_or_marking_grounds, seeds()) {
    Dice dice(row.seed + 2000);
    for (int i = 0; i < 500; ++i) {
        const Scene scene = random_scene(dice);
        const FeeLine line = rescued(random_line(dice, scene));
        const Judged judged = scene.judge(line);
        if (!passes(judged->judged)) continue;
        for (const GroundHit& hit : judged->grounds) {
            CPPUNIT_ASSERT(!hit.freed || (hit.ground != Ground::departed && hit.ground != Ground::agreement_stopped));
            CPPUNIT_ASSERT(passes(hit.outcome));
        }
    }
}
