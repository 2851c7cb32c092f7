// 担责放行: what the head of the institution may pass, and what nobody may.
#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

FeeLine released(FeeLine line) {
    line.release = {"代码未维护，已核对本人", "赵院长"};
    return line;
}

struct Row {
    const char* name;
    void (*arrange)(Scene&);
    std::string_view code;
    Outcome without;
    Outcome with;
    Ground ground;
};
void expire(Scene& scene) { scene.now.copy_as_of = scene.now.wall - std::chrono::hours{24 * 60}; }
const Row kRows[] = {
    {"passes_unmapped", [](Scene&) {}, "0999", Outcome::hold, Outcome::allow_marked, Ground::unmapped},
    {"passes_not_registered", [](Scene&) {}, kStranger, Outcome::deny, Outcome::allow_marked, Ground::not_registered},
    {"passes_a_registration_that_comes_later", [](Scene& s) { s.person(kZhang).registered_from = "2026-12-01"_day; },
     kZhang, Outcome::deny, Outcome::allow_marked, Ground::not_registered},
    {"passes_no_commitment",
     [](Scene& s) {
         s.parts.profile.missing_commitment_denies = true;
         s.person(kZhang).commitment.kind = CommitmentKind::missing;
     },
     kZhang, Outcome::deny, Outcome::allow_marked, Ground::no_commitment},
    {"passes_an_expired_copy", expire, kZhang, Outcome::hold, Outcome::allow_marked, Ground::copy_expired},
    {"never_passes_suspended", [](Scene& s) { s.person(kZhang).standing = {suspended("2026-01-01"_day)}; }, kZhang,
     Outcome::deny, Outcome::deny, Ground::suspended},
    {"never_passes_terminated", [](Scene& s) { s.person(kZhang).standing = {terminated("2026-01-01"_day)}; }, kZhang,
     Outcome::deny, Outcome::deny, Ground::terminated},
    {"never_passes_departed", [](Scene& s) { s.person(kZhang).last_day = "2026-01-01"_day; }, kZhang, Outcome::deny,
     Outcome::deny, Ground::departed},
    {"never_passes_a_stopped_agreement", [](Scene& s) { s.stop("2026-01-01"_day, {}); }, kZhang, Outcome::deny,
     Outcome::deny, Ground::agreement_stopped},
    {"never_passes_a_stopped_department", [](Scene& s) { s.stop("2026-01-01"_day, {}, "0301"); }, kZhang, Outcome::deny,
     Outcome::deny, Ground::department_stopped},
    {"never_passes_ambiguous",
     [](Scene& s) {
         s.parts.aliases.push_back({{201}, {1}, "0777"});
         s.parts.aliases.push_back({{202}, {2}, "0777"});
     },
     "0777", Outcome::hold, Outcome::hold, Ground::ambiguous},
    {"never_passes_a_time_ahead", [](Scene& s) { s.now.wall -= std::chrono::hours{1}; }, kZhang, Outcome::hold,
     Outcome::hold, Ground::fee_in_future},
    {"never_passes_who_is_on_the_list_of_the_region",
     [](Scene& s) {
         s.region->rows.push_back({std::string(kStranger), {Standing::suspended, "2026-01-01"_day, {}}});
     },
     kStranger, Outcome::deny, Outcome::deny, Ground::region_ineligible},
};

}  // namespace

TEST_EACH(DecideRelease, the_head, kRows) {
    Scene scene;
    row.arrange(scene);
    CPPUNIT_ASSERT_EQUAL(row.without, scene.judge(ordered_by(row.code))->served);
    const Judged judged = scene.judge(released(ordered_by(row.code)));
    CPPUNIT_ASSERT_EQUAL(row.with, judged->served);
    CPPUNIT_ASSERT_EQUAL(row.ground, judged->grounds[0].ground);
    const bool passed = row.with == Outcome::allow_marked;
    CPPUNIT_ASSERT_EQUAL(passed, judged->grounds[0].released);
    if (passed) CPPUNIT_ASSERT_EQUAL(true, judged.outcome_of(Ground::responsible_release).has_value());
    CPPUNIT_ASSERT(!judged->grounds[0].freed);
}

TEST(DecideRelease, needs_a_name_and_a_reason) {
    Scene scene;
    FeeLine line = ordered_by("0999");
    line.release.reason = "已核对本人";
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, scene.judge(line)->served);
    line.release = {"", "赵院长"};
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, scene.judge(line)->served);
}

TEST(DecideRelease, is_no_ground_where_nothing_had_to_be_passed) {
    Scene scene;
    const Judged judged = scene.judge(released(ordered_by(kZhang)));
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, judged->served);
    CPPUNIT_ASSERT(judged.grounds().empty());
}

TEST(DecideRelease, passes_a_line_only_if_every_ground_is_passed) {
    Scene scene;
    scene.person(kZhang).standing = {suspended("2026-01-01"_day)};
    FeeLine line = released(ordered_by(kZhang));
    line.people.push_back({Role::executing, "0999"});
    const Judged judged = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, judged->served);
    CPPUNIT_ASSERT(judged.outcome_of(Ground::unmapped) == Outcome::allow_marked);
}

TEST(DecideRelease, tells_to_map_the_code_that_was_passed) {
    Scene scene;
    CPPUNIT_ASSERT_EQUAL(Advice::map_code, scene.judge(released(ordered_by("0999")))->advice);
}
