#include "hub/core/roster/roster.h"
#include "shared/posix/gb18030.h"
#include "tests/support/testing.h"
#include "tests/tools/roster_maker.h"

using namespace zige;
using namespace zige::hub;
using zige::testing::MadeFile;
using zige::testing::MadeInstitution;

namespace {

struct FileRow {
    std::string name;
    InstitutionCode institution;
    MadeFile file;
};

std::vector<FileRow> files_of_seed(std::uint64_t seed) {
    std::vector<FileRow> rows;
    for (const MadeInstitution& institution : zige::testing::make_rosters(seed))
        for (const MadeFile& file : institution.files) {
            std::string name = file.name.substr(0, file.name.find('.'));
            rows.push_back({std::move(name), {institution.code}, file});
        }
    return rows;
}

Result<Roster> read(const FileRow& row) {
    RosterOptions options;
    options.institution = row.institution;
    options.today = *parse_day("2026-11-22", "today");
    return read_roster(row.file.content, options, *make_gb18030_decoder());
}

std::string described(std::size_t line, const std::string& field, const std::string& error, bool imported) {
    return std::to_string(line) + " " + field + " " + error + (imported ? " imported" : " refused");
}

}  // namespace

TEST_EACH(RosterAnswerKey, every_mistake_is_reported_at_its_line_and_nothing_else, files_of_seed(7)) {
    const Result<Roster> roster = read(row);
    CPPUNIT_ASSERT(roster.ok());
    std::vector<std::string> expected;
    for (const auto& issue : row.file.issues)
        expected.push_back(described(issue.line, issue.field, issue.error, issue.imported));
    std::vector<std::string> found;
    for (const auto& issue : roster->issues)
        found.push_back(described(issue.line, issue.field, to_string(issue.id), issue.imported));
    CPPUNIT_ASSERT_EQUAL(expected, found);
    CPPUNIT_ASSERT_EQUAL(row.file.lines, roster->lines);
}

TEST_EACH(RosterAnswerKey, the_rest_goes_in_whatever_the_encoding, files_of_seed(8)) {
    const Result<Roster> roster = read(row);
    CPPUNIT_ASSERT(roster.ok());
    CPPUNIT_ASSERT_EQUAL(row.file.layout, std::string(to_string(roster->layout)));
    CPPUNIT_ASSERT_EQUAL(row.file.encoding, std::string(to_string(roster->encoding)));
    CPPUNIT_ASSERT_EQUAL(row.file.people.size(), roster->rows.size());
    for (std::size_t i = 0; i < roster->rows.size(); ++i) {
        const auto& expected = row.file.people[i];
        const RosterRow& found = roster->rows[i];
        CPPUNIT_ASSERT_EQUAL(expected.line, std::size_t{found.line});
        CPPUNIT_ASSERT_EQUAL(expected.code, found.national_code);
        CPPUNIT_ASSERT_EQUAL(expected.name, found.name);
        CPPUNIT_ASSERT_EQUAL(expected.identity_number, found.certificate_number);
        CPPUNIT_ASSERT_EQUAL(expected.principal, found.post == Post::principal);
    }
}

TEST(RosterAnswerKey, the_same_seed_gives_the_same_bytes_and_another_seed_others) {
    const auto first = files_of_seed(3);
    const auto again = files_of_seed(3);
    const auto other = files_of_seed(4);
    CPPUNIT_ASSERT_EQUAL(first.size(), again.size());
    for (std::size_t i = 0; i < first.size(); ++i) CPPUNIT_ASSERT(first[i].file.content == again[i].file.content);
    CPPUNIT_ASSERT(first[0].file.content != other[0].file.content);
}

TEST(RosterAnswerKey, some_doctors_work_at_two_institutions) {
    std::size_t at_two = 0;
    const auto files = files_of_seed(7);
    for (const FileRow& a : files)
        for (const FileRow& b : files) {
            if (!(a.institution < b.institution)) continue;
            for (const auto& person : a.file.people)
                for (const auto& other : b.file.people) at_two += person.identity_number == other.identity_number;
        }
    CPPUNIT_ASSERT_EQUAL(std::size_t{6}, at_two);
}
