#include <cstring>

#include "shared/poco/json.h"
#include "tests/capi/served_folder.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

zige_filing filing() {
    zige_filing filing;
    ZIGE_INIT(filing);
    return filing;
}

zige_status file(zige_filing& filed, zige_agent* agent, const std::string& json, zige_error& error) {
    return zige_file(&filed, agent, json.data(), json.size(), &error);
}

}  // namespace

TEST(CapiDesk, a_filing_counts_at_once) {
    EnrolledFolder folder;
    for (const Way way : {Way::owner, Way::http}) {
        ServedFolder served(folder, way);
        const std::string code = way == Way::owner ? "0042" : "0043";
        zige_error error;
        zige_filing alias = filing();
        fine(file(alias, served.agent,
                  R"({"kind":"alias","person":"D411502000006","code":")" + code + R"(","clerk":"王五"})", error),
             error);
        CPPUNIT_ASSERT_EQUAL(std::size_t{32}, std::strlen(alias.id));
        CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_FILING_STATE_PENDING}, alias.state);
        Asked asked(folder, {code.c_str()});
        fine(zige_check(&asked.answer, served.agent, &asked.claim, &error), error);
        CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OUTCOME_ALLOW_MARKED}, asked.answer.outcome);
    }
}

TEST(CapiDesk, a_departure_gives_its_due_day) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    zige_error error;
    zige_filing departure = filing();
    const std::string yesterday = format(day_of(folder.now()) - std::chrono::days{1});
    fine(file(departure, served.agent,
              R"({"kind":"departure","person":"D411502000006","last_day":")" + yesterday +
                  R"(","reason":"退休","clerk":"王五"})",
              error),
         error);
    CPPUNIT_ASSERT_EQUAL(std::size_t{10}, std::strlen(departure.due));
    Asked asked(folder, {kOtherCode});
    fine(zige_clear(&asked.answer, served.agent, &asked.claim, &error), error);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OUTCOME_DENY}, asked.answer.outcome);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_GROUND_DEPARTED}, asked.decision().grounds[0].ground);
    CPPUNIT_ASSERT_EQUAL(1U, asked.answer.duties_due);
    zige_agent_info info;
    ZIGE_INIT(info);
    fine(zige_agent_status(&info, served.agent, &error), error);
    CPPUNIT_ASSERT_EQUAL(1U, info.duties_due);
    CPPUNIT_ASSERT_EQUAL(1U, info.filings_waiting);
}

namespace {

struct Row {
    const char* name;
    const char* json;
    std::int32_t code;
    const char* field;
};
const Row kRows[] = {
    {"no_json", "kind=alias", ZIGE_E_API_NOT_JSON, ""},
    {"half_a_json", R"({"kind":)", ZIGE_E_API_NOT_JSON, ""},
    {"no_kind", "{}", ZIGE_E_API_MISSING_FIELD, "kind"},
    {"no_such_kind", R"({"kind":"holiday"})", ZIGE_E_API_BAD_FIELD, "kind"},
    {"nobody_known", R"({"kind":"alias","person":"D999999999999","code":"1","clerk":"王五"})",
     ZIGE_E_FILING_UNKNOWN_PERSON, ""},
    {"bytes_that_are_no_text", "{\"kind\":\"\xff\"}", ZIGE_E_API_NOT_JSON, ""},
};

}  // namespace

TEST_EACH(CapiDesk, refuses_a_filing_with, kRows) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    zige_error error;
    zige_filing none = filing();
    CPPUNIT_ASSERT_EQUAL_MESSAGE(error.detail, row.code, file(none, served.agent, row.json, error));
    if (row.field[0] != '\0') CPPUNIT_ASSERT_EQUAL(std::string(row.field), std::string(error.field));
    CPPUNIT_ASSERT_EQUAL(std::string(), std::string(none.id));
}

TEST(CapiDesk, every_call_of_the_local_interface_goes_as_json) {
    EnrolledFolder folder;
    for (const Way way : {Way::owner, Way::socket}) {
        ServedFolder served(folder, way);
        std::vector<char> room(ZIGE_MIN_ROOM);
        std::size_t length = 0;
        zige_error error;
        const std::string claim = R"({"infno":"2204","feedetail":[{"bilg_dr_codg":"D411502000003","fee_ocur_time":")" +
                                  format(folder.now()) + R"(","det_item_fee_sumamt":"1"}]})";
        fine(zige_request(room.data(), room.size(), &length, served.agent, "POST", "/v1/clear", claim.data(),
                          claim.size(), &error),
             error);
        CPPUNIT_ASSERT_EQUAL(std::strlen(room.data()), length);
        const Json cleared = parse_json(room.data(), room.size()).value();
        CPPUNIT_ASSERT_EQUAL(std::string("deny"), *cleared.find("outcome")->text());
        const std::string reference = *cleared.find("lines")->items()->front().find("reference")->text();
        fine(zige_request(room.data(), room.size(), nullptr, served.agent, "GET",
                          ("/v1/decisions/" + reference).c_str(), nullptr, 0, &error),
             error);
        CPPUNIT_ASSERT(std::string(room.data()).find("信医保处〔2026〕12号") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_JOURNAL_NOT_FOUND},
                             zige_request(room.data(), room.size(), nullptr, served.agent, "GET",
                                          "/v1/decisions/ZZZZZZ", nullptr, 0, &error));
        CPPUNIT_ASSERT_EQUAL(std::string(), std::string(room.data()));
    }
}

namespace {

struct BadCall {
    const char* name;
    const char* method;
    const char* path;
    std::size_t room;
    std::int32_t code;
};
const BadCall kBadCalls[] = {
    {"method", "DELETE", "/v1/status", ZIGE_MIN_ROOM, ZIGE_E_API_BAD_METHOD},
    {"path", "GET", "/v1/none", ZIGE_MIN_ROOM, ZIGE_E_API_UNKNOWN_PATH},
    {"path_that_is_none", "GET", "status", ZIGE_MIN_ROOM, ZIGE_E_API_BAD_FIELD},
    {"path_with_a_second_request", "GET", "/v1/status HTTP/1.1\r\nX: y", ZIGE_MIN_ROOM, ZIGE_E_API_BAD_FIELD},
    {"room", "GET", "/v1/status", 100, ZIGE_E_API_BAD_FIELD},
};

}  // namespace

TEST_EACH(CapiDesk, refuses_a_call_with_a_bad, kBadCalls) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    std::vector<char> room(ZIGE_MIN_ROOM);
    zige_error error;
    CPPUNIT_ASSERT_EQUAL(
        row.code, zige_request(room.data(), row.room, nullptr, served.agent, row.method, row.path, nullptr, 0, &error));
}

TEST(CapiDesk, an_answer_that_does_not_fit_says_how_much_would) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    std::string claim = R"({"infno":"2204","feedetail":[)";
    for (int i = 0; i < 200; ++i)
        claim += std::string(i == 0 ? "" : ",") + R"({"bilg_dr_codg":"D411502000003","fee_ocur_time":")" +
                 format(folder.now()) + R"(","det_item_fee_sumamt":"1"})";
    claim += "]}";
    std::vector<char> room(ZIGE_MIN_ROOM);
    std::size_t length = 0;
    zige_error error;
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_API_TOO_LARGE},
                         zige_request(room.data(), room.size(), &length, served.agent, "POST", "/v1/check",
                                      claim.data(), claim.size(), &error));
    CPPUNIT_ASSERT(length >= room.size());
    room.resize(length + 1);
    fine(zige_request(room.data(), room.size(), &length, served.agent, "POST", "/v1/check", claim.data(), claim.size(),
                      &error),
         error);
    CPPUNIT_ASSERT_EQUAL(std::strlen(room.data()), length);
}
