#include <numeric>

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
