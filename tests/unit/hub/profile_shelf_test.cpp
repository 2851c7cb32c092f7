#include "hub/core/profile_shelf.h"

#include <fstream>
#include <sstream>

#include "hub/core/profile/profile_file.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/hub_fixture.h"

using namespace zige;
using namespace zige::hub;
using namespace zige::hub::testing;

namespace {

struct Shipped {
    std::string text;
    ProfileFile file;
};

Shipped shipped(const std::string& id) {
    std::ifstream in(ZIGE_PACKAGING "/profiles/" + id + ".json", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return {text.str(), must(read_profile_file(text.str()))};
}

void adopt(HubFixture& f, const std::string& id) {
    const Shipped profile = shipped(id);
    must(f.hub().policy().adopt(kOperator, profile.file.profile, Calendar::official(), profile.file.undecided,
                                profile.text));
}

Result<AdoptedRules> on(HubFixture& f, std::string_view when) {
    const ProfileShelf shelf;
    return read_from(*f.store, [&](Tx& tx) { return shelf.on(tx, day(when)); });
}

Result<AdoptedRules> version(HubFixture& f, const std::string& id, std::uint32_t number) {
    const ProfileShelf shelf;
    return read_from(*f.store, [&](Tx& tx) { return shelf.version(tx, id, number); });
}

}  // namespace

TEST(ProfileShelf, has_no_rules_where_the_profile_only_gates) {
    HubFixture f;
    CPPUNIT_ASSERT_EQUAL(ErrorId::rules_missing, on(f, "2026-03-02").error().id);
}

struct OldRow {
    const char* name;
    const char* from;
    const char* to;
};
const OldRow kOld[] = {
    {"a_gap_between_its_measures", "\"points\": [4, 6]", "\"points\": [4, 5]"},
    {"sites_that_stand_apart", "\"all_sites\": {\n      \"value\": true", "\"all_sites\": {\n      \"value\": false"},
    {"stores_that_stand_apart", "\"all_stores_of_principal\": {\n      \"value\": true",
     "\"all_stores_of_principal\": {\n      \"value\": false"},
};
/// P10: the hub took the file when nobody asked for that.
TEST_EACH(ProfileShelf, goes_on_judging_by_a_kept_file_with, kOld) {
    HubFixture f;
    Shipped old = shipped("henan-xinyang");
    const std::size_t at = old.text.find(row.from, old.text.find("\"rules\": {"));
    CPPUNIT_ASSERT(at != std::string::npos);
    old.text.replace(at, std::string_view(row.from).size(), row.to);
    CPPUNIT_ASSERT(!read_profile_file(old.text).ok());  // none comes in now
    must(f.hub().policy().adopt(kOperator, old.file.profile, Calendar::official(), old.file.undecided, old.text));
    CPPUNIT_ASSERT_EQUAL(std::string("henan-xinyang"), must(on(f, "2026-03-02")).rules.id);
    CPPUNIT_ASSERT_EQUAL(1U, must(version(f, "henan-xinyang", 1)).rules.version);
}

TEST(ProfileShelf, judges_by_the_profile_in_force_on_the_day) {
    HubFixture f;
    adopt(f, "henan-xinyang");
    const AdoptedRules adopted = must(on(f, "2025-03-31"));
    CPPUNIT_ASSERT_EQUAL(std::string("henan-xinyang"), adopted.rules.id);
    CPPUNIT_ASSERT(adopted.hash == f.hasher->hash({as_bytes(shipped("henan-xinyang").text)}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::rules_not_in_force, on(f, "2025-03-30").error().id);
}
TAGS(ProfileShelf, judges_by_the_profile_in_force_on_the_day, "XY-54");

TEST(ProfileShelf, takes_the_one_adopted_last_while_it_is_in_force) {
    HubFixture f;
    adopt(f, "henan-xinyang");
    adopt(f, "jining");
    CPPUNIT_ASSERT_EQUAL(std::string("jining"), must(on(f, "2026-12-31")).rules.id);
    CPPUNIT_ASSERT_EQUAL(std::string("henan-xinyang"), must(on(f, "2027-01-01")).rules.id);
    CPPUNIT_ASSERT_EQUAL(std::string("jining"), must(on(f, "2024-03-29")).rules.id);
}
TAGS(ProfileShelf, takes_the_one_adopted_last_while_it_is_in_force, "JN-end N34-58");

TEST(ProfileShelf, finds_the_very_version_that_a_decision_was_judged_by) {
    HubFixture f;
    adopt(f, "henan-xinyang");
    adopt(f, "jining");
    CPPUNIT_ASSERT_EQUAL(std::string("henan-xinyang"), must(version(f, "henan-xinyang", 1)).rules.id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::rules_not_in_force, version(f, "henan-xinyang", 2).error().id);
}

TEST(ProfileShelf, does_not_judge_by_what_is_only_kept) {
    HubFixture f;
    const Shipped jining = shipped("jining");
    must(f.hub().policy().keep(kOperator, jining.file.profile, jining.file.undecided, jining.text));
    CPPUNIT_ASSERT_EQUAL(ErrorId::rules_missing, on(f, "2026-03-02").error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::rules_not_in_force, version(f, "jining", 1).error().id);
}
