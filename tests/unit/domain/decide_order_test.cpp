// Several people and several grounds on one line: all of them, the gravest first, each with what it rests on.
#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

/// Zhang orders, Li executes, the nurse gives.
FeeLine of_three() {
    FeeLine line = ordered_by(kZhang);
    line.people.push_back({Role::executing, kLi});
    line.people.push_back({Role::nurse, kNurse});
    return line;
}

std::vector<int> people_of(const Judged& judged) {
    std::vector<int> people;
    for (const GroundHit& hit : judged->grounds) people.push_back(hit.person);
    return people;
}

}  // namespace

TEST(DecideOrder, names_all_grounds_the_gravest_first) {
    Scene scene;
    scene.parts.profile.missing_commitment_denies = true;
    scene.person(kZhang).commitment.kind = CommitmentKind::missing;
    scene.person(kZhang).last_day = "2026-06-30"_day;
    scene.person(kZhang).standing = {suspended("2026-01-01"_day), terminated("2026-02-01"_day)};
    scene.stop("2026-01-01"_day, {});
    scene.stop("2026-01-01"_day, {}, "0301");
    scene.now.copy_as_of -= std::chrono::hours{24 * 60};
    scene.now.clock_suspect = true;
    const Judged judged = scene.judge(ordered_by(kZhang));
    CPPUNIT_ASSERT_EQUAL(
        (std::vector{Ground::agreement_stopped, Ground::department_stopped, Ground::terminated, Ground::suspended,
                     Ground::departed, Ground::no_commitment, Ground::copy_expired, Ground::clock_suspect}),
        judged.grounds());
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, judged->judged);
    CPPUNIT_ASSERT_EQUAL(Advice::claim_by_hand, judged->advice);
}

TEST(DecideOrder, puts_what_refuses_before_what_only_marks) {
    Scene scene;
    scene.person(kNurse).standing = {terminated("2026-01-01"_day)};  // marks: not a nursing item
    FeeLine line = of_three();
    line.people[0].code = "0999";  // holds
    const Judged judged = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL((std::vector{Ground::unmapped, Ground::terminated, Ground::role_mark}), judged.grounds());
    CPPUNIT_ASSERT_EQUAL((std::vector{0, 2, 2}), people_of(judged));
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, judged->judged);
    CPPUNIT_ASSERT_EQUAL(Advice::map_code, judged->advice);
}

TEST(DecideOrder, lets_the_worst_of_several_people_win) {
    Scene scene;
    scene.person(kLi).standing = {suspended("2026-01-01"_day)};
    scene.person(kNurse).commitment.kind = CommitmentKind::missing;
    FeeLine line = of_three();
    line.people[0].code = "0999";
    const Judged judged = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, judged->judged);
    CPPUNIT_ASSERT_EQUAL((std::vector{Ground::suspended, Ground::unmapped, Ground::commitment_overdue}),
                         judged.grounds());
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, judged->people[0].outcome);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, judged->people[1].outcome);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, judged->people[2].outcome);
}

TEST(DecideOrder, keeps_people_of_one_ground_in_the_order_of_the_line) {
    Scene scene;
    for (const auto code : {kZhang, kLi}) scene.person(code).standing = {suspended("2026-01-01"_day)};
    CPPUNIT_ASSERT_EQUAL((std::vector{0, 1}), people_of(scene.judge(of_three())));
}

TEST(DecideOrder, gives_a_verdict_on_each_person) {
    Scene scene;
    FeeLine line = of_three();
    line.people.push_back({Role::surgeon, kLi});  // no role of a fee line
    const Judged judged = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, judged->judged);
    CPPUNIT_ASSERT_EQUAL(std::size_t{4}, judged->people.size());
    CPPUNIT_ASSERT_EQUAL(2U, judged->people[1].no.value);
    CPPUNIT_ASSERT_EQUAL(Role::executing, judged->people[1].role);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, judged->people[2].outcome);
    CPPUNIT_ASSERT_EQUAL(PersonFound::not_judged, judged->people[3].found);
    CPPUNIT_ASSERT_EQUAL(Outcome::not_judged, judged->people[3].outcome);
    CPPUNIT_ASSERT_EQUAL(0U, judged->people[3].no.value);
}

TEST(DecideOrder, gives_a_person_the_worst_of_his_own_grounds) {
    Scene scene;
    scene.person(kZhang).standing = {suspended("2026-01-01"_day)};
    scene.person(kZhang).commitment.kind = CommitmentKind::missing;  // only marks, and is found last
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, scene.judge(ordered_by(kZhang))->people[0].outcome);
}

TEST(DecideOrder, cites_what_the_sanction_cites) {
    Scene scene;
    StandingInterval sanction = suspended("2026-03-10"_day, "2026-12-10"_day);
    sanction.nominal_end = "2026-12-10"_day;
    sanction.article = 9;
    sanction.document = "信医保处〔2026〕12号";
    scene.person(kZhang).standing = {sanction};
    const GroundHit hit = scene.judge(ordered_by(kZhang))->grounds[0];
    CPPUNIT_ASSERT_EQUAL(std::uint16_t{9}, hit.article);
    CPPUNIT_ASSERT(hit.from == sanction.from && hit.end == sanction.end && hit.nominal_end == sanction.nominal_end);
    const Judged judged = scene.judge(ordered_by(kZhang));
    CPPUNIT_ASSERT_EQUAL(std::string("信医保处〔2026〕12号"), std::string(judged->grounds[0].document));
}

struct ArticleRow {
    const char* name;
    void (*arrange)(Scene&);
    std::string_view code;
    std::uint16_t article;
    std::optional<Day> from;
};
const ArticleRow kArticles[] = {
    {"suspended", [](Scene& s) { s.person(kZhang).standing = {suspended("2026-01-01"_day)}; }, kZhang,
     henan_xinyang().article_suspended, "2026-01-01"_day},
    {"terminated", [](Scene& s) { s.person(kZhang).standing = {terminated("2026-01-01"_day)}; }, kZhang,
     henan_xinyang().article_terminated, "2026-01-01"_day},
    {"departed", [](Scene& s) { s.person(kZhang).last_day = "2026-01-01"_day; }, kZhang,
     henan_xinyang().article_departed, "2026-01-02"_day},
    {"not_registered", [](Scene&) {}, kStranger, henan_xinyang().article_not_registered, {}},
    {"commitment",
     [](Scene& s) { s.person(kZhang).commitment.kind = CommitmentKind::missing; },
     kZhang,
     henan_xinyang().article_no_commitment,
     {}},
    {"agreement", [](Scene& s) { s.stop("2026-01-01"_day, {}); }, kZhang, henan_xinyang().article_agreement,
     "2026-01-01"_day},
    {"agreement_of_its_own", [](Scene& s) { s.stop("2026-01-01"_day, {}).article = 5; }, kZhang, 5, "2026-01-01"_day},
    {"none_for_a_code_that_is_not_mapped", [](Scene&) {}, "0999", 0, {}},
};
TEST_EACH(DecideOrder, cites_the_article_of_the_profile_for, kArticles) {
    Scene scene;
    row.arrange(scene);
    const Judged judged = scene.judge(ordered_by(row.code));
    CPPUNIT_ASSERT_EQUAL(row.article, judged->grounds[0].article);
    CPPUNIT_ASSERT(row.from == judged->grounds[0].from);
}

TEST(DecideOrder, says_until_when_somebody_is_not_registered) {
    Scene scene;
    scene.person(kZhang).registered_from = "2026-12-01"_day;
    CPPUNIT_ASSERT(scene.judge(ordered_by(kZhang))->grounds[0].end == "2026-12-01"_day);
}

TEST(DecideOrder, carries_the_document_of_a_stop) {
    Scene scene;
    scene.stop("2026-01-01"_day, "2026-12-01"_day).document = "信医保〔2026〕3号";
    const Judged judged = scene.judge(ordered_by(kZhang));
    CPPUNIT_ASSERT_EQUAL(std::string("信医保〔2026〕3号"), std::string(judged->grounds[0].document));
    CPPUNIT_ASSERT(judged->grounds[0].end == "2026-12-01"_day);
}

TEST(DecideOrder, keeps_the_gravest_when_there_are_more_than_it_has_room_for) {
    Scene scene;
    for (int i = 0; i < 20; ++i) scene.person(kZhang).standing.push_back(suspended("2026-01-01"_day));
    scene.person(kZhang).standing.push_back(terminated("2026-01-01"_day));
    FeeLine line = ordered_by(kZhang);
    while (!line.people.full()) line.people.push_back({Role::executing, kZhang});
    const Judged judged = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL(kMaxGrounds, judged->grounds.size());
    CPPUNIT_ASSERT_EQUAL(Ground::terminated, judged->grounds[kMaxPeoplePerLine - 1].ground);
    CPPUNIT_ASSERT_EQUAL(Ground::suspended, judged->grounds[kMaxPeoplePerLine].ground);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, judged->people[7].outcome);
}
