#include "tests/component/agent_daemon/service_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

std::string id_of(const daemon::ApiAnswer& answer) { return *answer.body.find("filing")->text(); }
std::string code_at(const daemon::ApiAnswer& answer, std::string_view key) {
    return *answer.body.find(key)->find("code")->text();
}

struct GoodFiling {
    const char* name;
    const char* body;
};
const GoodFiling kGoodFilings[] = {
    {"registration",
     R"({"kind":"registration","code":"D411502000099","name":"周新","from":"2026-09-01","commitment_signed":"2026-09-01",)"
     R"("identity_number":"11010519491231002X","category":"physician","post":"staff","multi_site":true})"},
    {"change", R"({"kind":"change","person":"#2","department":"A03","certificate_type":"03","identity_number":"K12"})"},
    {"commitment", R"({"kind":"commitment","person":"#2","signed_on":"2026-09-01"})"},
    {"leave", R"({"kind":"leave","person":"#2","leave":"study","from":"2026-09-01","until":null})"},
    {"transfer",
     R"({"kind":"transfer","person":"#2","last_day":"2026-08-31","to_institution":"H2","first_day":"2026-09-01"})"},
    {"rehire", R"({"kind":"rehire","person":"#2","from":"2026-09-01","until":"2027-08-31"})"},
    {"death", R"({"kind":"death","person":"#2","at":"2026-09-01 03:00:00"})"},
    {"alias", R"({"kind":"alias","person":"D411502000002","code":"0042"})"},
    {"presence", R"({"kind":"presence","person":"#2","present":false,"note":"已离岗"})"},
    {"licence_lapse", R"({"kind":"licence_lapse","person":"#2","licence":"L1","lapsed_on":"2026-08-01"})"},
    {"appeal", R"({"kind":"appeal","person":"#2","document":"1号","text":"申辩"})"},
    {"repair", R"({"kind":"repair","person":"#2","document":"1号","text":"修复"})"},
    {"restoration", R"({"kind":"restoration","person":"#2","document":"1号","text":"恢复"})"},
};
TEST_EACH(FilingApi, takes_and_lists_and_takes_back, kGoodFilings) {
    ServiceFixture f;
    const auto filed = f.call("POST", "/v1/filings", row.body);
    CPPUNIT_ASSERT_EQUAL(std::string(), ServiceFixture::error_of(filed));
    CPPUNIT_ASSERT_EQUAL(std::string(row.name), code_at(filed, "kind"));
    CPPUNIT_ASSERT_EQUAL(std::string("pending"), code_at(filed, "state"));
    CPPUNIT_ASSERT_EQUAL(std::string("窗口一"), *filed.body.find("clerk")->text());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.call("GET", "/v1/filings").body.find("filings")->items()->size());
    const std::string path = "/v1/filings/" + id_of(filed).substr(0, 8);
    CPPUNIT_ASSERT_EQUAL(id_of(filed), id_of(f.call("GET", path)));
    CPPUNIT_ASSERT_EQUAL(std::size_t{8}, f.call("GET", path + "/code").body.find("code")->text()->size());
    CPPUNIT_ASSERT_EQUAL(std::string("withdrawn"), code_at(f.call("POST", path + "/undo", "{}"), "state"));
    CPPUNIT_ASSERT_EQUAL(std::string("filing_not_pending"),
                         ServiceFixture::error_of(f.call("POST", path + "/undo", "{}")));
}

struct BadFiling {
    const char* name;
    const char* body;
    const char* error;
};
const BadFiling kBadFilings[] = {
    {"no_json", "x", "api_not_json"},
    {"no_kind", "{}", "api_missing_field"},
    {"an_unknown_kind", R"({"kind":"holiday"})", "api_bad_field"},
    {"a_kind_with_a_path_of_its_own", R"({"kind":"departure","person":"#2"})", "api_bad_field"},
    {"nobody", R"({"kind":"commitment","signed_on":"2026-09-01"})", "api_missing_field"},
    {"a_bad_day", R"({"kind":"commitment","person":"#2","signed_on":"2026-02-30"})", "time_bad_day"},
    {"an_unknown_leave", R"({"kind":"leave","person":"#2","leave":"x","from":"2026-09-01"})", "api_bad_field"},
    {"no_answer", R"({"kind":"presence","person":"#2"})", "api_missing_field"},
    {"a_bad_hash", R"({"kind":"appeal","person":"#2","document":"1","text":"t","attachment":"12"})", "api_bad_field"},
    {"an_identity_where_none_belongs",
     R"({"kind":"alias","person":"#2","code":"0042","identity_number":"11010519491231002X"})", "api_bad_field"},
    {"a_wrong_identity",
     R"({"kind":"registration","code":"D411502000099","name":"周新","from":"2026-09-01","identity_number":"123"})",
     "identity_bad_length"},
};
TEST_EACH(FilingApi, refuses, kBadFilings) {
    ServiceFixture f;
    CPPUNIT_ASSERT_EQUAL(std::string(row.error), ServiceFixture::error_of(f.call("POST", "/v1/filings", row.body)));
    CPPUNIT_ASSERT(f.call("GET", "/v1/filings").body.find("filings")->items()->empty());
}

TEST(FilingApi, asks_for_the_role) {
    ServiceFixture f;
    const char* alias = R"({"kind":"alias","person":"#2","code":"0042"})";
    using Role = daemon::CallerRole;
    for (const Role role : {Role::his, Role::viewer})
        CPPUNIT_ASSERT_EQUAL(std::string("api_forbidden"),
                             ServiceFixture::error_of(f.call("POST", "/v1/filings", alias, role)));
    CPPUNIT_ASSERT_EQUAL(std::string(), ServiceFixture::error_of(f.call("POST", "/v1/filings", alias, Role::clerk)));
    CPPUNIT_ASSERT_EQUAL(std::string(), ServiceFixture::error_of(f.call("GET", "/v1/filings", "", Role::viewer)));
    const char* on = R"({"person":"#2","on":true})";
    CPPUNIT_ASSERT_EQUAL(std::string("filing_not_pharmacist"),
                         ServiceFixture::error_of(f.call("POST", "/v1/duty", on, Role::his)));
    CPPUNIT_ASSERT_EQUAL(std::string("api_forbidden"),
                         ServiceFixture::error_of(f.call("POST", "/v1/duty", on, Role::viewer)));
}

TEST(FilingApi, amends_a_departure) {
    ServiceFixture f;
    f.call("POST", "/v1/departures", R"({"person":"#2","last_day":"2026-09-30"})");
    const auto amended = f.call("POST", "/v1/departures/D411502000002/amend", R"({"last_day":"2026-08-31"})");
    CPPUNIT_ASSERT_EQUAL(std::string("2026-08-31"), *amended.body.find("last_day")->text());
    CPPUNIT_ASSERT(amended.body.find("amended")->boolean().value());
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000002"));
}

}  // namespace
