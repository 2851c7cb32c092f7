#include "hub/core/profile/profile_diff.h"

#include <algorithm>

#include "tests/support/testing.h"
#include "tests/unit/profile/profile_text.h"

using namespace zige;
using namespace zige::hub;
using zige::testing::profile_text;
using zige::testing::replaced;

namespace {

ProfileFile changed(std::string_view from, std::string_view to) {
    auto file = read_profile_file(replaced(profile_text("henan-xinyang"), from, to));
    CPPUNIT_ASSERT_MESSAGE(file.ok() ? "" : file.error().describe(), file.ok());
    return std::move(*file);
}

}  // namespace

TEST(ProfileDiff, finds_nothing_between_a_profile_and_itself) {
    const ProfileFile file = changed("\"version\"", "\"version\"");
    CPPUNIT_ASSERT(differences(file, file).empty());
}

TEST(ProfileDiff, finds_a_changed_value_by_its_name) {
    const ProfileFile before = changed("\"version\"", "\"version\"");
    const ProfileFile after = changed("\"value\": \"latest_end\"", "\"value\": \"newest\"");
    const auto found = differences(before, after);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, found.size());
    CPPUNIT_ASSERT_EQUAL(std::string("rules.overlap"), found[0].key());
    CPPUNIT_ASSERT_EQUAL(std::string("\"newest\""), found[0].after->value);
    CPPUNIT_ASSERT(!found[0].same_value());
}

TEST(ProfileDiff, tells_a_new_source_from_a_new_value) {
    const ProfileFile before = changed("\"version\"", "\"version\"");
    const ProfileFile after = changed("第四十五条：其他执业", "第四十五条：别的执业");
    const auto found = differences(before, after);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, found.size());
    CPPUNIT_ASSERT(found[0].same_value());
}

TEST(ProfileDiff, finds_rows_by_what_they_are_wherever_they_stand) {
    const ProfileFile before = changed("\"version\"", "\"version\"");
    const ProfileFile after = changed("\"id\": \"XY23-1\"", "\"id\": \"XY23-0\"");
    const auto found = differences(before, after);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, found.size());
    CPPUNIT_ASSERT_EQUAL(std::string("rules.triggers[XY23-1]"), found[0].key());
    CPPUNIT_ASSERT(found[0].after == nullptr && found[1].before == nullptr);
    CPPUNIT_ASSERT_EQUAL(std::string("rules.triggers[XY23-0]"), found[1].key());
}

TEST(ProfileDiff, names_every_value_in_chinese) {
    const ProfileFile file = changed("\"version\"", "\"version\"");
    for (const SourcedValue& value : file.values) {
        const std::string title = value_title(value.key, Lang::zh);
        CPPUNIT_ASSERT_MESSAGE(value.key, !title.starts_with("rules.") && !title.starts_with("gate."));
    }
    CPPUNIT_ASSERT_EQUAL(std::string("处理措施 cumulative 9-9"),
                         value_title("rules.measures[cumulative 9-9]", Lang::zh));
    CPPUNIT_ASSERT_EQUAL(std::string("rules.overlap"), value_title("rules.overlap", Lang::en));
}
