#include "hub/core/policy.h"

#include "tests/support/testing.h"
#include "tests/unit/hub/hub_fixture.h"

using namespace zige;
using namespace zige::hub;
using namespace zige::hub::testing;

namespace {

const std::string kText = "{\"the\": \"second file\"}";
const ProfileName kSecond = {"henan-xinyang", 2};

Profile second() {
    Profile profile = henan_xinyang();
    profile.version = 2;
    return profile;
}
const std::vector<UndecidedValue> kOpen = {{"rules.overlap", "从长", false, {}}};

Result<Published> adopt(HubFixture& f, const Profile& profile, const std::vector<UndecidedValue>& undecided,
                        const std::string& text) {
    return f.hub().policy().adopt(kOperator, profile, Calendar::official(), undecided, text);
}

std::string in_use(HubFixture& f) {
    const Profile profile = must(f.hub().policy().current()).profile;
    return to_string(ProfileName{profile.id, profile.version});
}

}  // namespace

struct NameRow {
    const char* name;
    const char* text;
    std::optional<ProfileName> expected;
};
const NameRow kNames[] = {
    {"name_and_version", "henan-xinyang@2", ProfileName{"henan-xinyang", 2}},
    {"no_version", "henan-xinyang", {}},
    {"empty_version", "henan-xinyang@", {}},
    {"version_with_a_tail", "henan-xinyang@2.json", {}},
    {"no_name", "@2", {}},
};
TEST_EACH(ProfileName, is_read_as_it_is_written, kNames) {
    const auto read = read_profile_name(row.text);
    CPPUNIT_ASSERT_EQUAL(row.expected.has_value(), read.ok());
    if (read.ok()) CPPUNIT_ASSERT_EQUAL(std::string(row.text), to_string(*read));
}

TEST(Policy, keeps_the_whole_file_with_its_hash) {
    HubFixture f;
    must(adopt(f, second(), {}, kText));
    const KeptProfile kept = must(f.hub().policy().kept(kSecond));
    CPPUNIT_ASSERT_EQUAL(kText, kept.text);
    CPPUNIT_ASSERT(kept.hash == f.hasher->hash({as_bytes(kText)}));
    CPPUNIT_ASSERT_EQUAL(1U, kept.adopted);
    CPPUNIT_ASSERT_EQUAL(ErrorId::rules_not_in_force, f.hub().policy().kept(ProfileName{"x", 1}).error().id);
}

TEST(Policy, never_lets_an_adopted_file_be_edited) {
    HubFixture f;
    must(adopt(f, second(), {}, kText));
    const auto edited = adopt(f, second(), {}, kText + " ");
    CPPUNIT_ASSERT_EQUAL(ErrorId::profile_bad_value, edited.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("version"), edited.error().field);
    must(adopt(f, second(), {}, kText));
    CPPUNIT_ASSERT_EQUAL(kText, must(f.hub().policy().kept(kSecond)).text);
}

TEST(Policy, takes_the_rules_of_a_profile_that_only_gated_before) {
    HubFixture f;
    must(adopt(f, henan_xinyang(), kOpen, kText));
    CPPUNIT_ASSERT_EQUAL(std::string("henan-xinyang@1"), in_use(f));
    CPPUNIT_ASSERT_EQUAL(kText, must(f.hub().policy().kept(ProfileName{"henan-xinyang", 1})).text);
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, must(f.hub().policy().undecided()).size());
}

TEST(Policy, adopts_nothing_undecided_where_an_institution_has_left_observe) {
    HubFixture f;
    f.add(kHospital);
    const Seq before = f.seq(kHospital);
    const std::uint64_t log = f.log_size();
    const auto refused = adopt(f, second(), kOpen, kText);
    CPPUNIT_ASSERT_EQUAL(ErrorId::institution_value_undecided, refused.error().id);
    CPPUNIT_ASSERT(refused.error().detail.find(kHospital) != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(std::string("henan-xinyang@1"), in_use(f));
    CPPUNIT_ASSERT(before == f.seq(kHospital));
    CPPUNIT_ASSERT_EQUAL(log, f.log_size());
}

TEST(Policy, adopts_it_once_its_values_were_kept_and_confirmed) {
    HubFixture f;
    f.add(kHospital);
    must(f.hub().policy().keep(kOperator, second(), kOpen, kText));
    CPPUNIT_ASSERT_EQUAL(std::string("henan-xinyang@1"), in_use(f));
    CPPUNIT_ASSERT_EQUAL(0U, must(f.hub().policy().kept(kSecond)).adopted);
    must(f.hub().policy().confirm("王主任", "rules.overlap", kSecond));
    const auto values = must(f.hub().policy().undecided(kSecond));
    CPPUNIT_ASSERT_EQUAL(std::string("王主任"), values.at(0).confirmed_by);
    must(adopt(f, second(), kOpen, kText));
    CPPUNIT_ASSERT_EQUAL(std::string("henan-xinyang@2"), in_use(f));
}

TEST(Policy, shows_what_was_adopted_last_first) {
    HubFixture f;
    must(adopt(f, henan_xinyang(), {}, "one"));
    must(adopt(f, second(), {}, "two"));
    must(adopt(f, henan_xinyang(), {}, "one"));
    must(f.hub().policy().keep(
        kOperator,
        [] {
            auto p = second();
            p.version = 3;
            return p;
        }(),
        {}, "three"));
    const auto adopted = must(read_from(*f.store, [](Tx& tx) { return Policy::adopted(tx); }));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, adopted.size());
    CPPUNIT_ASSERT_EQUAL(std::string("one"), adopted[0].text);
    CPPUNIT_ASSERT_EQUAL(std::string("two"), adopted[1].text);
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, must(f.hub().policy().kept()).size());
}

TEST(Policy, confirms_nothing_of_a_profile_that_is_not_kept) {
    HubFixture f;
    CPPUNIT_ASSERT_EQUAL(ErrorId::profile_unknown_field,
                         f.hub().policy().confirm("王主任", "rules.overlap", kSecond).error().id);
}
