// Pending filings over the copy: a departure refuses at once, its withdrawal restores what the copy says.
#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

struct Row {
    const char* name;
    std::optional<Day> in_copy;
    std::optional<Overlay::Entry> filed;
    Instant fee;
    std::vector<Ground> grounds;
};
Overlay::Entry leaves(Day last_day, bool marked = false) { return {last_day, marked}; }
Overlay::Entry stays(bool marked = false) { return {std::nullopt, marked}; }

const Row kRows[] = {
    {"nothing_filed_passes", {}, {}, "2026-09-11 08:00:00"_time, {}},
    {"a_departure_filed_passes_to_the_last_second", {}, leaves("2026-09-10"_day), "2026-09-10 23:59:59"_time, {}},
    {"a_departure_filed_refuses_at_once", {}, leaves("2026-09-10"_day), "2026-09-11 00:00:00"_time, {Ground::departed}},
    {"a_departure_in_the_copy_refuses", "2026-09-10"_day, {}, "2026-09-11 00:00:00"_time, {Ground::departed}},
    {"an_earlier_day_filed_wins",
     "2026-09-15"_day,
     leaves("2026-09-10"_day),
     "2026-09-11 00:00:00"_time,
     {Ground::departed}},
    {"a_withdrawal_restores", "2026-09-10"_day, stays(), "2026-09-11 00:00:00"_time, {}},
    {"a_withdrawal_not_confirmed_is_marked",
     "2026-09-10"_day,
     stays(true),
     "2026-09-11 00:00:00"_time,
     {Ground::local_overlay}},
    {"a_withdrawal_marks_nothing_before_the_day_in_the_copy",
     "2026-09-10"_day,
     stays(true),
     "2026-09-10 23:59:59"_time,
     {}},
    {"a_withdrawal_of_what_the_copy_does_not_know_is_marked",
     {},
     stays(true),
     "2026-09-11 00:00:00"_time,
     {Ground::local_overlay}},
    {"a_later_day_filed_is_marked",
     "2026-09-10"_day,
     leaves("2026-09-20"_day, true),
     "2026-09-11 00:00:00"_time,
     {Ground::local_overlay}},
    {"a_later_day_filed_refuses_after_it",
     "2026-09-10"_day,
     leaves("2026-09-12"_day, true),
     "2026-09-13 00:00:00"_time,
     {Ground::departed}},
};

}  // namespace

TEST_EACH(DecideOverlay, departure, kRows) {
    Scene scene;
    scene.person(kZhang).last_day = row.in_copy;
    if (row.filed) scene.overlay.entries[{1}] = *row.filed;
    const Judged judged = scene.judge(ordered_by(kZhang, row.fee));
    CPPUNIT_ASSERT_EQUAL(row.grounds, judged.grounds());
}

TEST(DecideOverlay, touches_nobody_else) {
    Scene scene;
    scene.overlay.entries[{1}] = leaves("2026-01-01"_day);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, scene.judge(ordered_by(kLi))->judged);
}

TEST(DecideOverlay, does_not_restore_a_suspended_person) {
    Scene scene;
    scene.person(kZhang).standing = {suspended("2026-01-01"_day)};
    scene.overlay.entries[{1}] = stays();
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::suspended}, scene.judge(ordered_by(kZhang)).grounds());
}
