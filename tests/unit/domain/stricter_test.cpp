#include "shared/domain/stricter.h"

#include <algorithm>

#include "shared/domain/freshness.h"
#include "tests/support/testing.h"
#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

Day on(const char* day) { return parse_day(day, "day").value(); }

/// The copy of today, and one from before the hub was recovered that a test changes.
struct TwoCopies : Scene {
    Scene old;
    Outcome judged(std::string_view code, std::vector<StandingAside> aside = {}) {
        const auto now_copy = Copy::build(parts).value();
        const auto before = Copy::build(old.parts).value();
        const auto strict = stricter_copy(now_copy, std::vector{before}, aside).value();
        CPPUNIT_ASSERT(strict->state_hash() == now_copy->state_hash());
        return decide(ordered_by(code), *strict, overlay, now).served;
    }
};

std::string someone(Scene& scene) {
    for (const Registration& each : scene.parts.registrations)
        if (each.standing.empty() && !each.last_day && !each.code.empty() && each.category == Category::physician)
            return each.code;
    throw std::runtime_error("nobody");
}

TEST(StricterCopy, refuses_whom_either_copy_refuses) {
    TwoCopies f;
    const std::string who = someone(f);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.judged(who));
    f.old.person(who).standing = {suspended(on("2026-09-01"))};
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.judged(who));
    std::swap(f.parts, f.old.parts);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.judged(who));
}

/// A hub that was put back registered both anew: one under another number, somebody else under the first.
TEST(StricterCopy, knows_people_whose_numbers_the_hub_gave_anew) {
    TwoCopies f;
    const std::string who = someone(f);
    const RecordNo free{5'000'000};
    f.old.person(who).standing = {suspended(on("2026-09-01"))};
    f.old.person(who).last_day = on("2026-12-31");
    Registration stranger = f.person(who);
    f.person(who).no = free;
    stranger.code = "D411502009999";
    stranger.name = "别人";
    f.parts.registrations.push_back(stranger);
    const auto by_no = [](const Registration& a, const Registration& b) { return a.no < b.no; };
    std::sort(f.parts.registrations.begin(), f.parts.registrations.end(), by_no);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.judged(who));
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.judged(stranger.code));
    f.old.person(who).standing.clear();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.judged(who));
    // A notice on paper names the number of before: whom that was counts, and whom it is now, until a person looks.
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.judged(who, {{stranger.no, suspended(on("2026-09-01"))}}));
}

TEST(StricterCopy, refuses_a_leaver_whose_departure_was_lost) {
    TwoCopies f;
    const std::string who = someone(f);
    f.old.person(who).last_day = on("2026-09-10");
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.judged(who));
}

TEST(StricterCopy, takes_the_later_end_of_the_same_suspension) {
    TwoCopies f;
    const std::string who = someone(f);
    f.person(who).standing = {suspended(on("2026-09-01"), on("2026-09-10"))};
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.judged(who));
    f.old.person(who).standing = {suspended(on("2026-09-01"))};
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.judged(who));
}

TEST(StricterCopy, lets_people_pass_who_came_since) {
    TwoCopies f;
    Registration newcomer = f.parts.registrations.front();
    newcomer.no = RecordNo{90'001};
    newcomer.code = "D411500090001";
    newcomer.standing.clear();
    newcomer.last_day.reset();
    newcomer.category = Category::physician;
    f.parts.registrations.push_back(newcomer);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.judged("D411500090001"));
}

TEST(StricterCopy, keeps_the_stops_and_the_mode_of_the_institution) {
    TwoCopies f;
    const std::string who = someone(f);
    f.old.stop(on("2026-09-01"), std::nullopt);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.judged(who));
    TwoCopies g;
    g.parts.institution.mode = Mode::observe;
    g.old.person(who).standing = {terminated(on("2026-01-01"))};
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, g.judged(who));
}

TEST(StricterCopy, adds_a_statement_and_never_loosens_by_one) {
    TwoCopies f;
    const std::string who = someone(f);
    const RecordNo no = f.person(who).no;
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.judged(who, {{no, suspended(on("2026-09-01"))}}));
    f.person(who).standing = {suspended(on("2026-09-01"))};
    f.old.person(who).standing = {};
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.judged(who, {{no, suspended(on("2026-09-01"), on("2026-09-02"))}}));
}

/// Left on 2026-08-31 and came back on the next day, under a number of which nobody but the newest copy knows.
RecordNo comes_back(Scene& scene, std::string_view who) {
    Registration again = scene.person(who);
    scene.person(who).last_day = on("2026-08-31");
    again.no = RecordNo{90'001};
    again.registered_from = on("2026-09-01");
    scene.parts.registrations.push_back(again);
    return again.no;
}

TEST(StricterCopy, follows_a_person_from_one_registration_to_the_next) {
    TwoCopies f;
    const std::string who = someone(f);
    const RecordNo first = f.person(who).no;
    comes_back(f, who);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.judged(who));
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.judged(who, {{first, suspended(on("2026-09-01"))}}));
    f.old.person(who).standing = {suspended(on("2026-08-20"))};
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.judged(who));
}

TEST(StricterCopy, follows_a_person_back_to_an_earlier_registration) {
    TwoCopies f;
    const std::string who = someone(f);
    const RecordNo second = comes_back(f, who);
    FeeLine earlier = ordered_by(who);
    earlier.fee_time = parse_time("2026-08-25 10:00:00", "fee_time").value();
    const auto copy = Copy::build(f.parts).value();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, decide(earlier, *copy, f.overlay, f.now).served);
    const std::vector<StandingAside> notice{{second, suspended(on("2026-08-20"))}};
    const auto strict = stricter_copy(copy, {}, notice).value();
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, decide(earlier, *strict, f.overlay, f.now).served);
}

TEST(StricterCopy, is_the_copy_itself_when_nothing_lies_over_it) {
    Scene f;
    const auto copy = Copy::build(f.parts).value();
    CPPUNIT_ASSERT(stricter_copy(copy, {}, {}).value() == copy);
}

TEST(Freshness, of_a_prolonged_copy_is_stale_where_it_would_be_expired) {
    Scene f;
    const auto copy = Copy::build(f.parts).value();
    Moment now = f.now;
    now.copy_as_of = now.wall - std::chrono::hours{24 * 300};
    CPPUNIT_ASSERT_EQUAL(Freshness::expired, age_of_copy(now.wall, now, copy->limits(), copy->calendar()).grade);
    now.prolonged_until = now.wall + std::chrono::hours{1};
    CPPUNIT_ASSERT_EQUAL(Freshness::stale, age_of_copy(now.wall, now, copy->limits(), copy->calendar()).grade);
    now.prolonged_until = now.wall - std::chrono::hours{1};
    CPPUNIT_ASSERT_EQUAL(Freshness::expired, age_of_copy(now.wall, now, copy->limits(), copy->calendar()).grade);
    now.copy_as_of = now.wall;
    now.prolonged_until = now.wall + std::chrono::hours{1};
    CPPUNIT_ASSERT_EQUAL(Freshness::fresh, age_of_copy(now.wall, now, copy->limits(), copy->calendar()).grade);
}

}  // namespace
