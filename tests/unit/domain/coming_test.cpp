// What is known to change for a running order.
#include "shared/domain/coming.h"

#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

std::vector<std::pair<Day, Outcome>> coming(const Scene& scene, const FeeLine& line) {
    const auto copy = Copy::build(scene.parts).value();
    std::vector<std::pair<Day, Outcome>> seen;
    for (const ComingChange& each : coming_changes(line, *copy, scene.overlay))
        seen.emplace_back(each.from, each.decision.judged);
    return seen;
}

}  // namespace

TEST(Coming, an_order_of_somebody_who_stays_does_not_change) {
    Scene scene;
    CPPUNIT_ASSERT(coming(scene, ordered_by(kZhang)).empty());
}

TEST(Coming, names_the_day_on_which_a_sanction_begins_and_the_one_on_which_it_ends) {
    Scene scene;
    scene.person(kZhang).standing = {suspended("2026-10-01"_day, "2026-12-01"_day)};
    const std::vector<std::pair<Day, Outcome>> wanted{{"2026-10-01"_day, Outcome::deny},
                                                      {"2026-12-01"_day, Outcome::allow}};
    CPPUNIT_ASSERT(wanted == coming(scene, ordered_by(kZhang)));
}

TEST(Coming, names_the_day_after_the_last_service_day) {
    Scene scene;
    scene.overlay.entries[{1}] = {"2026-09-30"_day, false};
    const std::vector<std::pair<Day, Outcome>> wanted{{"2026-10-01"_day, Outcome::deny}};
    CPPUNIT_ASSERT(wanted == coming(scene, ordered_by(kZhang)));
    CPPUNIT_ASSERT(coming(scene, ordered_by(kLi)).empty());
}

TEST(Coming, names_a_stop_of_the_agreement) {
    Scene scene;
    scene.stop("2026-11-01"_day, "2026-11-08"_day);
    const std::vector<std::pair<Day, Outcome>> wanted{{"2026-11-01"_day, Outcome::deny},
                                                      {"2026-11-08"_day, Outcome::allow}};
    CPPUNIT_ASSERT(wanted == coming(scene, ordered_by(kZhang)));
}

TEST(Coming, says_nothing_of_the_age_of_the_copy) {
    Scene scene;
    scene.now.copy_as_of = "2026-01-01 00:00:00"_time;
    scene.person(kZhang).standing = {suspended("2026-10-01"_day)};
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, coming(scene, ordered_by(kZhang)).size());
}
