#include <algorithm>
#include <random>

#include "hub/core/rules/judging.h"
#include "hub/core/rules/repair.h"
#include "hub/core/rules/restoration.h"
#include "tests/support/testing.h"
#include "tests/unit/rules/xinyang_rules.h"

namespace zige::hub::testing {
namespace {

constexpr unsigned kCareers = 400;
constexpr std::chrono::days kOneDay{1};

/// Makes a career as the services would: decisions with their effect, repairs, restorations, other causes.
class RandomCareer {
public:
    explicit RandomCareer(unsigned seed) : random_(seed) {
        const unsigned steps = 3 + number(12);
        for (unsigned i = 0; i < steps; ++i) {
            today_ += std::chrono::days{1 + number(60)};
            step();
        }
    }

    const std::vector<CareerEvent>& events() const { return events_; }
    const Career& career() const { return career_; }
    Day today() const { return today_; }

private:
    unsigned number(unsigned below) { return std::uniform_int_distribution<unsigned>(0, below - 1)(random_); }

    void add(const CareerEvent& event) {
        CPPUNIT_ASSERT(career_.step(event).ok());
        events_.push_back(event);
    }

    void step() {
        switch (number(6)) {
            case 0: repair(); break;
            case 1: restore(); break;
            case 2: lose_licence(); break;
            default: decide();
        }
    }

    void decide() {
        Scored decision = scored("D" + std::to_string(++last_), format(today_), 1 + number(12));
        decision.conduct_year -= static_cast<int>(number(2));
        const Cumulative before = career_.cumulative(rules_, decision.decided_on, decision.conduct_year);
        const int year = static_cast<int>(std::chrono::year_month_day{today_}.year());
        decision.effect = judge(rules_, career_, year, decision.points, before, {}).value().effect;
        add(decision);
        const Reading& served = decision.effect.served;
        if (!served.status) return;
        SanctionBegan began;
        began.cause = SanctionCause::points;
        began.interval = {*served.status,
                          today_ + kOneDay,
                          {},
                          today_ + std::chrono::days{30 * (served.months + 12 * served.ban_years)},
                          0,
                          decision.document};
        if (*served.status == Standing::terminated) began.barred_until = began.interval.nominal_end;
        add(began);
    }

    void repair() {
        const auto plan = plan_repair(rules_, career_, {"activity", {}, 1 + number(3), {}, today_});
        if (!plan.ok()) return;
        add(Repaired{"activity", plan->points, today_, plan->conduct_year});
        for (const SanctionShortened& each : plan->shorter) add(each);
        for (const SanctionOver& each : plan->over) add(each);
    }

    void restore() {
        for (const StandingInterval& each : career_.timeline()) {
            if (each.end || each.from > today_) continue;
            const auto plan = plan_restoration(rules_, career_, Calendar::official(), {each.document, today_, today_});
            if (plan.ok()) return add(plan->over);
        }
    }

    void lose_licence() {
        SanctionBegan began;
        began.cause = SanctionCause::licence_lost;
        began.interval = {Standing::terminated, today_, {}, {}, 0, "L" + std::to_string(++last_)};
        add(began);
    }

    std::mt19937 random_;
    Rules rules_ = xinyang_rules();
    std::vector<CareerEvent> events_;
    Career career_;
    Day today_ = on("2025-04-01");
    unsigned last_ = 0;
};

TEST(CareerProperty, rebuilding_equals_stepping) {
    for (unsigned seed = 0; seed < kCareers; ++seed) {
        const RandomCareer random(seed);
        CPPUNIT_ASSERT(career_of(random.events()) == random.career());
        CPPUNIT_ASSERT(std::is_sorted(random.career().timeline().begin(), random.career().timeline().end(),
                                      [](const auto& a, const auto& b) { return a.from < b.from; }));
    }
}

/// Which article lets which status begin, of 信阳 第四十条.
struct Allowed {
    const char* article;
    Standing status;
    MeasureBasis basis;
    unsigned points;
};
const Allowed kAllowed[] = {
    {"第四十条第（四）项", Standing::suspended, MeasureBasis::cumulative, 9},
    {"第四十条第（四）项", Standing::suspended, MeasureBasis::single, 9},
    {"第四十条第（五）项", Standing::suspended, MeasureBasis::cumulative, 10},
    {"第四十条第（五）项", Standing::suspended, MeasureBasis::single, 10},
    {"第四十条第（六）项", Standing::suspended, MeasureBasis::cumulative, 11},
    {"第四十条第（六）项", Standing::suspended, MeasureBasis::single, 11},
    {"第四十条第（七）项", Standing::terminated, MeasureBasis::cumulative, 12},
    {"第四十条第（八）项", Standing::terminated, MeasureBasis::single, 12},
};

bool allowed(const StandingInterval& interval, const Reading& served) {
    return std::any_of(std::begin(kAllowed), std::end(kAllowed), [&](const Allowed& each) {
        return served.article == each.article && interval.status == each.status && served.basis == each.basis &&
               std::min(served.points, kMostPoints) == each.points;
    });
}

TAGS(CareerProperty, the_article_of_each_interval_allows_it, "XY-17 XY-40-4 XY-40-5 XY-40-6 XY-40-7 XY-40-8");
TEST(CareerProperty, the_article_of_each_interval_allows_it) {
    unsigned intervals = 0;
    for (unsigned seed = 0; seed < kCareers; ++seed) {
        const RandomCareer random(seed);
        for (const StandingInterval& interval : random.career().timeline()) {
            const KnownSanction* known = random.career().sanction(interval.document);
            if (known->cause != SanctionCause::points) {
                CPPUNIT_ASSERT(interval.status == Standing::terminated);  // XY 17
                continue;
            }
            ++intervals;
            const Scored* decision = random.career().decision(interval.document);
            CPPUNIT_ASSERT(decision != nullptr);
            CPPUNIT_ASSERT_MESSAGE(decision->effect.served.article, allowed(interval, decision->effect.served));
        }
    }
    CPPUNIT_ASSERT(intervals > kCareers / 2);
}

/// Every decision that ends a suspension by a restoration is later than its printed end, or shortened by a repair.
TAGS(CareerProperty, nobody_is_restored_before_the_end, "XY-33 XY-34");
TEST(CareerProperty, nobody_is_restored_before_the_end) {
    unsigned ended = 0;
    for (unsigned seed = 0; seed < kCareers; ++seed) {
        const RandomCareer random(seed);
        for (const StandingInterval& interval : random.career().timeline()) {
            if (!interval.end || !interval.nominal_end) continue;
            ++ended;
            const bool repaired = random.career().sanction(interval.document)->shortened;
            CPPUNIT_ASSERT(repaired || *interval.end >= *interval.nominal_end);
        }
    }
    CPPUNIT_ASSERT(ended > 0);
}

TEST(CareerProperty, points_are_never_negative_and_never_more_than_was_decided) {
    for (unsigned seed = 0; seed < kCareers; ++seed) {
        const RandomCareer random(seed);
        for (const int year : {2025, 2026, 2027, 2028}) {
            unsigned decided = 0;
            for (const KnownDecision& known : random.career().decisions())
                if (static_cast<int>(std::chrono::year_month_day{known.decision.decided_on}.year()) == year)
                    decided += known.decision.points;
            CPPUNIT_ASSERT(random.career().points_of(year) <= decided);
        }
    }
}

/// XY 22: each point, and each that was taken back, belongs to one conduct year.
TAGS(CareerProperty, points_of_the_conduct_years_add_up_to_those_of_the_year, "XY-20 XY-22");
TEST(CareerProperty, points_of_the_conduct_years_add_up_to_those_of_the_year) {
    unsigned several = 0;
    for (unsigned seed = 0; seed < kCareers; ++seed) {
        const RandomCareer random(seed);
        const auto by_conduct = random.career().points_on(random.today());
        unsigned sum = 0;
        for (const auto& [year, points] : by_conduct) sum += points;
        several += by_conduct.size() > 1 ? 1 : 0;
        const int year = static_cast<int>(std::chrono::year_month_day{random.today()}.year());
        CPPUNIT_ASSERT_EQUAL(random.career().points_of(year), sum);
    }
    CPPUNIT_ASSERT(several > 0);
}

/// A decision comes and is withdrawn, with whatever it started: everything is as if it had never been.
TEST(CareerProperty, what_is_withdrawn_leaves_the_timeline_as_if_it_had_never_been) {
    for (unsigned seed = 0; seed < kCareers; ++seed) {
        const RandomCareer random(seed);
        Career with = random.career();
        const Day today = random.today();
        CPPUNIT_ASSERT(with.step(scored("W", format(today), 12)).ok());
        CPPUNIT_ASSERT(with.step(began("W", format(today + kOneDay), format(today + std::chrono::days{1000}),
                                       SanctionCause::points, Standing::terminated))
                           .ok());
        CPPUNIT_ASSERT(with.step(Withdrawn{"W"}).ok());
        CPPUNIT_ASSERT(with.step(SanctionOver{"W", today + kOneDay, SanctionEnd::withdrawn}).ok());
        CPPUNIT_ASSERT(with.timeline() == random.career().timeline());
        CPPUNIT_ASSERT(with.sanctions() == random.career().sanctions());
        const int year = static_cast<int>(std::chrono::year_month_day{today}.year());
        CPPUNIT_ASSERT_EQUAL(random.career().points_of(year), with.points_of(year));
        CPPUNIT_ASSERT(with.decisions().size() == random.career().decisions().size() + 1);  // the ledger keeps it
    }
}

}  // namespace
}  // namespace zige::hub::testing
