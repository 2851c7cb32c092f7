#include <fstream>
#include <numeric>
#include <sstream>

#include "hub/core/roster/layouts.h"
#include "tests/component/hub_server/hub_fixture.h"
#include "tests/support/testing.h"
#include "tests/tools/roster_maker.h"

using namespace zige;
using zige::testing::HubFixture;
using zige::testing::MadeFile;
using zige::testing::RunningHub;

namespace {

std::int64_t number(const Json& json, std::string_view key) { return json.find(key)->integer().value(); }

/// The four institutions of the generator, all their files imported.
struct Town {
    std::vector<zige::testing::MadeInstitution> institutions = zige::testing::make_rosters(11);
    HubFixture hub;

    Json import(const std::string& code, const MadeFile& file) const {
        hub.write(file.name, as_text(file.content));
        return hub.ask({"roster", "import", hub.path(file.name), "--institution", code, "--json"});
    }
    void import_all() const {
        for (const auto& institution : institutions) {
            if (institution.code != HubFixture::kHospital)
                hub.ask({"institution", "add", institution.code, "--name", institution.name, "--kind", institution.kind,
                         "--division", "411503", "--json"});
            for (const MadeFile& file : institution.files) {
                const Json report = import(institution.code, file);
                CPPUNIT_ASSERT_EQUAL(static_cast<std::int64_t>(file.people.size()), number(report, "added"));
                CPPUNIT_ASSERT_EQUAL(file.issues.size(), report.find("problems")->items()->size());
            }
        }
    }
    std::size_t people(std::size_t institution) const {
        const auto& files = institutions[institution].files;
        return std::accumulate(files.begin(), files.end(), std::size_t{0},
                               [](std::size_t sum, const MadeFile& file) { return sum + file.people.size(); });
    }
    /// A doctor who works at the first and at the second institution.
    zige::testing::ExpectedPerson at_two() const { return institutions[1].files[0].people[0]; }
};

}  // namespace

TEST(HubRosterCommand, puts_everybody_in_and_changes_nothing_the_second_time) {
    const Town town;
    town.import_all();
    const Json list = town.hub.ask({"institution", "list", "--json"});
    for (std::size_t i = 0; i < town.institutions.size(); ++i)
        CPPUNIT_ASSERT_EQUAL(static_cast<std::int64_t>(town.people(i)),
                             number(list.find("institutions")->items()->at(i), "people"));
    for (const auto& institution : town.institutions)
        for (const MadeFile& file : institution.files) {
            const Json again = town.import(institution.code, file);
            CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, number(again, "added") + number(again, "changed"));
            CPPUNIT_ASSERT_EQUAL(static_cast<std::int64_t>(file.people.size()), number(again, "unchanged"));
        }
    CPPUNIT_ASSERT(list == town.hub.ask({"institution", "list", "--json"}));
}

TEST(HubRosterCommand, a_sanction_by_identity_number_reaches_both_institutions_of_a_doctor) {
    const Town town;
    town.import_all();
    const auto doctor = town.at_two();
    const Json set = town.hub.ask({"sanction", "set", "--identity-file", "-", "--suspend", "--document",
                                   "信医保处〔2026〕12号", "--article", "9", "--json"},
                                  doctor.identity_number + "\n");
    CPPUNIT_ASSERT_EQUAL(doctor.name, *set.find("name")->text());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, set.find("registered_at")->items()->size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, set.find("institutions")->items()->size());
    const Json listed = town.hub.ask({"sanction", "list", "--json"});
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, listed.find("sanctions")->items()->size());
    const Json person = town.hub.ask({"person", "show", doctor.code, "--json"});
    for (const Json& site : *person.find("sites")->items())
        CPPUNIT_ASSERT_EQUAL(std::string("suspended"), *site.find("standing")->items()->at(0).find("status")->text());
    CPPUNIT_ASSERT(person.write().find(doctor.identity_number) == std::string::npos);  // P9
}

TEST(HubRosterCommand, a_name_is_not_enough_for_a_sanction) {
    const Town town;
    town.import_all();
    const auto doctor = town.at_two();
    const auto refused = town.hub.run({"sanction", "set", doctor.name, "--suspend", "--document", "d"});
    CPPUNIT_ASSERT_EQUAL(int(zige::Exit::refused), int(refused.exit));
    CPPUNIT_ASSERT_MESSAGE(refused.err,
                           refused.err.find(doctor.code + "@" + HubFixture::kHospital) != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(std::size_t{0},
                         town.hub.ask({"sanction", "list", "--json"}).find("sanctions")->items()->size());
}

TEST(HubRosterCommand, the_end_of_a_sanction_is_the_day_that_the_notice_prints) {
    const Town town;
    town.import_all();
    const std::vector<std::string> words = {"sanction", "set",       town.at_two().code, "--suspend", "--document",
                                            "d",        "--served",  "2026-09-14",       "--from",    "2026-09-15",
                                            "--to",     "2026-11-14"};
    auto preview = words;
    preview.insert(preview.end(), {"--preview", "--json"});
    CPPUNIT_ASSERT(!*town.hub.ask(preview).find("recorded")->boolean());
    CPPUNIT_ASSERT_EQUAL(std::size_t{0},
                         town.hub.ask({"sanction", "list", "--json"}).find("sanctions")->items()->size());
    const auto set = town.hub.run(words);
    CPPUNIT_ASSERT_MESSAGE(set.out, set.out.find("2026-11-14 24:00") != std::string::npos);
    const Json listed = town.hub.ask({"sanction", "list", "--json"}).find("sanctions")->items()->at(0);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-11-14"), *listed.find("printed_end")->text());
    CPPUNIT_ASSERT_EQUAL(std::string("2026-11-15"), *listed.find("nominal_end")->text());
}

TEST(HubRosterCommand, the_principal_of_the_pharmacy_is_known_as_such) {
    const Town town;
    town.import_all();
    const auto& principal = town.institutions[3].files[0].people[0];
    const Json person = town.hub.ask({"person", "show", principal.code, "--json"});
    CPPUNIT_ASSERT_EQUAL(std::string("principal"), *person.find("sites")->items()->at(0).find("post")->text());
}

TEST(HubRosterCommand, goes_through_the_socket_of_a_running_service_too) {
    const Town town;
    const MadeFile& doctors = town.institutions[0].files[0];
    const RunningHub running(town.hub);
    const Json report = town.import(HubFixture::kHospital, doctors);
    CPPUNIT_ASSERT_EQUAL(static_cast<std::int64_t>(doctors.people.size()), number(report, "added"));
    CPPUNIT_ASSERT(running.log().find(doctors.people[0].identity_number) == std::string::npos);  // P9
}

TEST(HubRosterCommand, shows_progress_on_standard_error_when_asked) {
    const Town town;
    town.hub.write("r.txt", as_text(town.institutions[0].files[0].content));
    const auto quiet =
        town.hub.run({"roster", "import", town.hub.path("r.txt"), "--institution", HubFixture::kHospital});
    CPPUNIT_ASSERT_EQUAL(std::string(), quiet.err);
    const auto shown = town.hub.run(
        {"roster", "import", town.hub.path("r.txt"), "--institution", HubFixture::kHospital, "--progress"});
    CPPUNIT_ASSERT(shown.err.ends_with("\r100 %\n"));
}

TEST(HubRosterCommand, tells_the_bad_lines_in_chinese_and_in_english) {
    const Town town;
    town.hub.write("r.txt", as_text(town.institutions[0].files[0].content));
    const auto zh = town.hub.run({"roster", "import", town.hub.path("r.txt"), "--institution", HubFixture::kHospital});
    CPPUNIT_ASSERT(zh.out.find("身份证号校验位不符") != std::string::npos);
    const auto en = town.hub.run(
        {"roster", "import", town.hub.path("r.txt"), "--institution", HubFixture::kHospital, "--lang", "en"});
    CPPUNIT_ASSERT(en.out.find("the check digit of the identity number is wrong") != std::string::npos);
    for (const auto& person : town.institutions[0].files[0].people)
        CPPUNIT_ASSERT((zh.out + en.out).find(person.identity_number) == std::string::npos);  // P9
}

TEST(HubRosterCommand, a_roster_of_which_nothing_goes_in_is_no_success) {
    const Town town;
    const MadeFile& doctors = town.institutions[0].files[0];
    town.hub.ask({"institution", "add", "H2", "--name", "n", "--kind", "hospital", "--division", "411503", "--json"});
    town.hub.write("r.txt", as_text(doctors.content));  // its lines name another institution
    const auto ran = town.hub.run({"roster", "import", town.hub.path("r.txt"), "--institution", "H2"});
    CPPUNIT_ASSERT_EQUAL(int(zige::Exit::refused), int(ran.exit));
    CPPUNIT_ASSERT(ran.out.find("未导入的行（共 ") != std::string::npos);
}

namespace {

const std::string kDocs = std::string(ZIGE_PACKAGING) + "/../docs";
struct SampleRow {
    const char* name;  ///< of the layout, and of its sample
    hub::RosterLayout layout;
    const char* institution;
    std::int64_t people;
};
const SampleRow kSamples[] = {{"gb001", hub::RosterLayout::gb001, HubFixture::kHospital, 2},
                              {"gb002", hub::RosterLayout::gb002, HubFixture::kHospital, 1},
                              {"gb004", hub::RosterLayout::gb004, "P41150300002", 1},
                              {"gb005", hub::RosterLayout::gb005, HubFixture::kHospital, 1}};

}  // namespace

TEST_EACH(HubRosterCommand, takes_the_sample_of_the_documentation, kSamples) {
    const HubFixture hub;
    hub.ask(
        {"institution", "add", "P41150300002", "--name", "n", "--kind", "pharmacy", "--division", "411503", "--json"});
    const Json report = hub.ask(
        {"roster", "import", kDocs + "/samples/" + row.name + ".txt", "--institution", row.institution, "--json"});
    CPPUNIT_ASSERT_EQUAL(std::string(row.name), *report.find("layout")->text());
    CPPUNIT_ASSERT_EQUAL(row.people, number(report, "added"));
    CPPUNIT_ASSERT_EQUAL_MESSAGE(report.write(2), std::size_t{0}, report.find("problems")->items()->size());
}

namespace {

/// Cell `column` of each numbered row of the table in docs/rosters.md, as long as there is one.
std::vector<std::string> documented_columns(std::size_t column) {
    std::ifstream page(kDocs + "/rosters.md");
    std::vector<std::string> names;
    for (std::string line; std::getline(page, line);) {
        if (!line.starts_with("| " + std::to_string(names.size() + 1) + " |")) continue;
        std::istringstream cells(line);
        std::string cell;
        for (std::size_t i = 0; i <= column + 1; ++i) std::getline(cells, cell, '|');
        const std::size_t begin = cell.find_first_not_of(' ');
        names.push_back(begin == std::string::npos ? "" : cell.substr(begin, cell.find_last_not_of(' ') - begin + 1));
    }
    while (!names.empty() && names.back().empty()) names.pop_back();
    return names;
}

}  // namespace

TEST_EACH(HubRosterCommand, has_the_columns_that_the_documentation_lists, kSamples) {
    std::vector<std::string> labels;
    for (const hub::Column column : hub::columns_of(row.layout)) labels.emplace_back(hub::label_of(column));
    const auto at = static_cast<std::size_t>(&row - kSamples);
    CPPUNIT_ASSERT(labels == documented_columns(at + 1));
}

TEST(HubRosterCommand, an_unknown_institution_a_missing_file_and_a_wrong_layout_have_their_codes) {
    const HubFixture hub;
    hub.write("r.txt", "not a roster\n");
    using zige::Exit;
    CPPUNIT_ASSERT_EQUAL(int(Exit::not_found),
                         int(hub.run({"roster", "import", hub.path("r.txt"), "--institution", "H9"}).exit));
    CPPUNIT_ASSERT_EQUAL(
        int(Exit::not_found),
        int(hub.run({"roster", "import", hub.path("none"), "--institution", HubFixture::kHospital}).exit));
    CPPUNIT_ASSERT_EQUAL(
        int(Exit::usage),
        int(hub.run({"roster", "import", hub.path("r.txt"), "--institution", HubFixture::kHospital}).exit));
    CPPUNIT_ASSERT_EQUAL(int(Exit::usage), int(hub.run({"roster", "import", hub.path("r.txt"), "--institution",
                                                        HubFixture::kHospital, "--layout", "gb009"})
                                                   .exit));
}
