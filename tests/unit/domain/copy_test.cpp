#include "shared/domain/copy.h"

#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

Registration registration(std::uint32_t no, const char* code, Day from, std::optional<Day> last_day = {}) {
    Registration result;
    result.no = {no};
    result.code = code;
    result.registered_from = from;
    result.last_day = last_day;
    return result;
}

std::shared_ptr<const Copy> copy_of(std::vector<Registration> people, std::vector<Alias> aliases = {}) {
    Copy::Parts parts = Scene().parts;
    parts.registrations = std::move(people);
    parts.aliases = std::move(aliases);
    return Copy::build(std::move(parts)).value();
}

/// Left on 2025-12-31, came back on 2026-03-01.
std::shared_ptr<const Copy> came_back() {
    return copy_of({registration(7, "D411500000001", "2025-04-01"_day, "2025-12-31"_day),
                    registration(9, "D411500000001", "2026-03-01"_day)},
                   {{{20}, {7}, "0231"}, {{21}, {9}, "0231"}});
}

struct ReturnRow {
    const char* name;
    Day day;
    std::uint32_t no;
};
const ReturnRow kReturns[] = {
    {"before_the_first_the_earliest_is_meant", "2025-03-31"_day, 7},
    {"in_the_first_the_first", "2025-12-31"_day, 7},
    {"between_the_two_still_the_first", "2026-02-28"_day, 7},
    {"from_the_second_on_the_second", "2026-03-01"_day, 9},
    {"and_for_ever_after", "2030-01-01"_day, 9},
};

struct BadRow {
    const char* name;
    std::vector<Registration> people;
    std::vector<Alias> aliases;
};
const BadRow kBad[] = {
    {"a_number_twice",
     {registration(1, "D411500000001", "2025-04-01"_day), registration(1, "D411500000002", "2025-04-01"_day)},
     {}},
    {"an_alias_with_the_number_of_a_person",
     {registration(1, "D411500000001", "2025-04-01"_day)},
     {{{1}, {1}, "0231"}}},
    {"the_number_of_the_institution", {registration(0, "D411500000001", "2025-04-01"_day)}, {}},
    {"an_alias_without_target", {registration(1, "D411500000001", "2025-04-01"_day)}, {{{2}, {3}, "0231"}}},
    {"an_alias_of_an_alias",
     {registration(1, "D411500000001", "2025-04-01"_day)},
     {{{2}, {1}, "0231"}, {{3}, {2}, "0232"}}},
};

constexpr Day kDay = Day{std::chrono::year{2026} / 9 / 18};

}  // namespace

/// Filed for the 1st of March and taken back, then filed for February.
TEST(Copy, means_a_registration_that_was_taken_back_only_if_there_is_no_other) {
    const Registration taken_back = registration(7, "D411500000001", "2026-03-01"_day, "2026-02-28"_day);
    const Registration again = registration(9, "D411500000001", "2026-02-01"_day);
    const auto both = copy_of({taken_back, again});
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{9}, both->find("D411500000001", "2026-03-15"_day).no.value);
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{9}, both->find("D411500000001", "2026-01-15"_day).no.value);
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{7}, copy_of({taken_back})->find("D411500000001", "2026-03-15"_day).no.value);
}

TEST(Copy, finds_a_person_by_code_and_by_alias) {
    const auto copy =
        copy_of({registration(5, "D411500000002", "2025-04-01"_day), registration(3, "", "2025-04-01"_day)},
                {{{9}, {5}, "0231"}, {{8}, {3}, "0107"}});
    CPPUNIT_ASSERT_EQUAL(5U, copy->find("D411500000002", kDay).registration->no.value);
    CPPUNIT_ASSERT_EQUAL(5U, copy->find("0231", kDay).registration->no.value);
    CPPUNIT_ASSERT_EQUAL(3U, copy->find("0107", kDay).registration->no.value);
    CPPUNIT_ASSERT(copy->find("0231", kDay).resolution == Resolution::known);
    CPPUNIT_ASSERT(copy->find("0232", kDay).resolution == Resolution::unknown);
    CPPUNIT_ASSERT(copy->find("0232", kDay).registration == nullptr);
    CPPUNIT_ASSERT(copy->find("", kDay).resolution == Resolution::unknown);
    CPPUNIT_ASSERT(copy->find("D41150000000", kDay).resolution == Resolution::unknown);
    CPPUNIT_ASSERT(copy->find("D4115000000022", kDay).resolution == Resolution::unknown);
}

TEST(Copy, finds_a_person_by_number) {
    const auto copy =
        copy_of({registration(5, "b", "2025-04-01"_day), registration(3, "a", "2025-04-01"_day)}, {{{4}, {3}, "c"}});
    CPPUNIT_ASSERT_EQUAL(std::string("b"), copy->by_number({5})->code);
    CPPUNIT_ASSERT(copy->by_number({4}) == nullptr);
    CPPUNIT_ASSERT(copy->by_number({6}) == nullptr);
    CPPUNIT_ASSERT_EQUAL(3U, copy->registrations().front().no.value);
}

TEST(Copy, cannot_tell_two_people_behind_one_code) {
    const auto same_alias = copy_of({registration(1, "a", "2025-04-01"_day), registration(2, "b", "2025-04-01"_day)},
                                    {{{8}, {1}, "0231"}, {{9}, {2}, "0231"}});
    CPPUNIT_ASSERT(same_alias->find("0231", kDay).resolution == Resolution::ambiguous);
    CPPUNIT_ASSERT(same_alias->find("0231", kDay).registration == nullptr);
    CPPUNIT_ASSERT(same_alias->find("a", kDay).resolution == Resolution::known);
    const auto alias_is_code =
        copy_of({registration(1, "a", "2025-04-01"_day), registration(2, "b", "2025-04-01"_day)}, {{{9}, {2}, "a"}});
    CPPUNIT_ASSERT(alias_is_code->find("a", kDay).resolution == Resolution::ambiguous);
}

TEST(Copy, a_removed_alias_keeps_its_number_and_finds_nobody) {
    const auto copy = copy_of({registration(3, "D411500000002", "2025-04-01"_day)}, {{{9}, {3}, ""}});
    CPPUNIT_ASSERT(copy->find("", kDay).resolution == Resolution::unknown);
    CPPUNIT_ASSERT(copy->by_number({3}) != nullptr);
}

TEST(Copy, does_not_take_people_without_code_for_one) {
    const auto copy = copy_of({registration(1, "", "2025-04-01"_day), registration(2, "", "2025-04-01"_day)},
                              {{{8}, {1}, "CZ01"}, {{9}, {2}, "CZ01"}});
    CPPUNIT_ASSERT(copy->find("CZ01", kDay).resolution == Resolution::ambiguous);
}

TEST(Copy, knows_an_alias_that_says_the_same_twice) {
    const auto copy = copy_of({registration(1, "a", "2025-04-01"_day)}, {{{8}, {1}, "a"}, {{9}, {1}, "a"}});
    CPPUNIT_ASSERT_EQUAL(1U, copy->find("a", kDay).registration->no.value);
}

TEST_EACH(Copy, means_the_right_registration_of_one_who_came_back, kReturns) {
    CPPUNIT_ASSERT_EQUAL(row.no, came_back()->find("D411500000001", row.day).registration->no.value);
    CPPUNIT_ASSERT_EQUAL(row.no, came_back()->find("0231", row.day).registration->no.value);
}

TEST_EACH(Copy, refuses, kBad) {
    Copy::Parts parts = Scene().parts;
    parts.registrations = row.people;
    parts.aliases = row.aliases;
    const auto copy = Copy::build(std::move(parts));
    CPPUNIT_ASSERT(!copy.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::copy_bad_record, copy.error().id);
}

TEST(Copy, refuses_a_profile_without_age_limits) {
    Copy::Parts parts = Scene().parts;
    parts.profile.freshness.clear();
    CPPUNIT_ASSERT_EQUAL(ErrorId::profile_missing_field, Copy::build(std::move(parts)).error().id);
}

TEST(Copy, may_be_empty) {
    const auto copy = copy_of({});
    CPPUNIT_ASSERT(copy->find("0231", kDay).resolution == Resolution::unknown);
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, copy->headcount());
}

TEST(Copy, finds_each_of_many) {
    std::vector<Registration> people;
    for (std::uint32_t no = 1; no <= 5000; ++no)
        people.push_back(registration(no, ("D4115" + std::to_string(10'000'000 + no * 7)).c_str(), "2025-04-01"_day));
    const auto copy = copy_of(people);
    for (const Registration& each : people) CPPUNIT_ASSERT(copy->find(each.code, kDay).registration->no == each.no);
    CPPUNIT_ASSERT(copy->find("D411510000001", kDay).resolution == Resolution::unknown);
}

TEST(Copy, finds_codes_of_every_length) {
    std::vector<Registration> people;
    std::vector<Alias> aliases;
    const std::string digits = "1234567890123456789012345678901234567890";
    for (std::uint32_t length = 1; length <= 40; ++length) {
        people.push_back(registration(length, ("A" + digits.substr(0, length - 1)).c_str(), "2025-04-01"_day));
        aliases.push_back({{length + 100}, {length}, "B" + digits.substr(0, length - 1)});
    }
    const auto copy = copy_of(people, aliases);
    for (std::uint32_t i = 0; i < 40; ++i) {
        CPPUNIT_ASSERT_EQUAL(i + 1, copy->find(people[i].code, kDay).no.value);
        CPPUNIT_ASSERT_EQUAL(i + 1, copy->find(aliases[i].code, kDay).no.value);
        CPPUNIT_ASSERT(copy->find(people[i].code.substr(1) + "X", kDay).resolution == Resolution::unknown);
    }
}

struct PlainRow {
    const char* name;
    void (*arrange)(Registration&);
    bool plain;
};
const PlainRow kPlain[] = {
    {"one_with_nothing_on_record_is", [](Registration&) {}, true},
    {"one_who_signed_is",
     [](Registration& p) {
         p.commitment = {CommitmentKind::signed_on, kDay};
     },
     true},
    {"one_registered_on_the_day_is", [](Registration& p) { p.registered_from = kDay; }, true},
    {"one_registered_later_is_not", [](Registration& p) { p.registered_from = kDay + std::chrono::days{1}; }, false},
    {"one_with_a_standing_is_not", [](Registration& p) { p.standing = {suspended(kDay)}; }, false},
    {"one_with_a_last_day_is_not", [](Registration& p) { p.last_day = kDay; }, false},
    {"one_whose_commitment_is_due_is_not", [](Registration& p) { p.commitment.kind = CommitmentKind::due; }, false},
    {"one_without_commitment_is_not", [](Registration& p) { p.commitment.kind = CommitmentKind::missing; }, false},
};
TEST_EACH(Copy, knows_who_is_plain, kPlain) {
    Registration person = registration(4, "a", "2025-04-01"_day);
    row.arrange(person);
    CPPUNIT_ASSERT_EQUAL(row.plain, copy_of({person})->find("a", kDay).plain);
}

TEST(Copy, refuses_a_profile_with_more_rules_than_it_can_number) {
    Copy::Parts parts = Scene().parts;
    parts.profile.roles.resize(256);
    CPPUNIT_ASSERT_EQUAL(ErrorId::profile_bad_value, Copy::build(std::move(parts)).error().id);
}

TEST(Copy, counts_heads_without_those_who_have_a_last_day) {
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, came_back()->headcount());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, came_back()->people());
}
