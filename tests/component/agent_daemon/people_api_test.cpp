#include <map>
#include <set>

#include "agent/daemon/print.h"
#include "tests/component/agent_daemon/service_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::daemon;
using zige::testing::ServiceFixture;

namespace {

constexpr const char* kGood = "D411502000001";
constexpr const char* kSuspended = "D411502000003";

const Json::Array& list(const ApiAnswer& answer, const char* name) { return *at(answer.body, name).items(); }

std::string pin_for(ServiceFixture& f, const std::string& person) {
    const auto given = f.call("POST", "/v1/people/pin", R"({"person":")" + person + R"("})", CallerRole::clerk);
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(given));
    return words(given.body, "pin");
}

ApiAnswer ask_self(ServiceFixture& f, const std::string& code, const std::string& pin, const std::string& more = {}) {
    return f.call("POST", "/v1/self", R"({"code":")" + code + R"(","pin":")" + pin + "\"" + more + "}",
                  CallerRole::viewer);
}

struct Wrong {
    const char* name;
    const char* code;
    const char* pin;  ///< empty: the right one
};
const Wrong kWrongs[] = {
    {"wrong_pin", kSuspended, "274916"},
    {"somebody_without_a_pin", kGood, "274916"},
    {"somebody_elses_pin", kGood, ""},
    {"nobody", "D411502999999", "274916"},
    {"code_too_long", "D41150200000100000000000000001", "274916"},
    {"empty_pin", kSuspended, "x"},
};

struct Query {
    const char* name;
    const char* query;
    std::size_t found;
};
const Query kQueries[] = {
    {"by_name", "?query=%E5%BC%A0%E5%BC%BA", 1},
    {"by_code", "?query=D411502000003", 1},
    {"nobody", "?query=zzz", 0},
    {"one_page", "?limit=1", 1},
};

}  // namespace

TEST_EACH(People, are_found, kQueries) {
    ServiceFixture f;
    const auto answer = f.call("GET", std::string("/v1/people") + row.query, "", CallerRole::clerk);
    CPPUNIT_ASSERT_EQUAL(row.found, list(answer, "people").size());
}

TEST(People, come_page_by_page_and_nobody_twice) {
    ServiceFixture f;
    const std::size_t all = list(f.call("GET", "/v1/people"), "people").size();
    std::set<std::string> seen;
    std::string after = "0";
    for (bool more = true; more;) {
        const auto page = f.call("GET", "/v1/people?limit=1&after=" + after);
        after = words(list(page, "people").front(), "registration");
        CPPUNIT_ASSERT(seen.insert(after).second);
        more = is_true(page.body, "more");
    }
    CPPUNIT_ASSERT_EQUAL(all, seen.size());
    CPPUNIT_ASSERT_EQUAL(std::string("api_bad_field"), f.error_of(f.call("GET", "/v1/people?limit=0")));
    CPPUNIT_ASSERT_EQUAL(std::string("api_bad_field"), f.error_of(f.call("GET", "/v1/people?after=x")));
}

TEST(People, are_shown_by_any_code_with_standing_and_filings) {
    ServiceFixture f;
    const auto one = f.call("GET", std::string("/v1/people/") + kSuspended, "", CallerRole::clerk);
    CPPUNIT_ASSERT_EQUAL(std::string("suspended"), words(one.body, "status.code"));
    CPPUNIT_ASSERT_EQUAL(std::string("信医保处〔2026〕12号"), words(list(one, "standing").front(), "document"));
    const auto filed =
        f.call("POST", "/v1/filings", R"({"kind":"alias","person":"D411502000001","code":"8008","clerk":"王五"})");
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(filed));
    const auto by_new_code = f.call("GET", "/v1/people/8008");
    CPPUNIT_ASSERT_EQUAL(std::string(kGood), words(by_new_code.body, "person"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, list(by_new_code, "filings").size());
    const auto by_number = f.call("GET", "/v1/people/#" + words(one.body, "registration"));
    CPPUNIT_ASSERT_EQUAL(std::string(kSuspended), words(by_number.body, "person"));
    CPPUNIT_ASSERT_EQUAL(std::string("filing_unknown_person"), f.error_of(f.call("GET", "/v1/people/WHO")));
    CPPUNIT_ASSERT_EQUAL(403, f.call("GET", "/v1/people", "", CallerRole::viewer).status);
}

TEST(Board, shows_who_is_suspended_and_serves_here_and_nobody_else) {
    ServiceFixture f;
    const auto board = f.call("GET", "/v1/board", "", CallerRole::viewer);
    CPPUNIT_ASSERT(!is_true(board.body, "neutral"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, list(board, "people").size());
    const Json& shown = list(board, "people").front();
    CPPUNIT_ASSERT_EQUAL(std::string("张强"), words(shown, "name"));
    CPPUNIT_ASSERT_EQUAL(std::string("suspended"), words(shown, "status.code"));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-08-01"), words(shown, "from"));
    CPPUNIT_ASSERT(shown.find("code") == nullptr && shown.find("person") == nullptr);
}

TEST(Board, does_not_show_who_left) {
    ServiceFixture f;
    const auto left =
        f.call("POST", "/v1/departures", R"({"person":"D411502000003","last_day":"2026-08-31","clerk":"王五"})");
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(left));
    CPPUNIT_ASSERT(list(f.call("GET", "/v1/board"), "people").empty());
}

TEST(Board, is_neutral_when_the_copy_is_older_than_a_day) {
    ServiceFixture f;
    f.clock.advance(std::chrono::hours(25));
    const auto board = f.call("GET", "/v1/board");
    CPPUNIT_ASSERT(is_true(board.body, "neutral"));
    CPPUNIT_ASSERT(list(board, "people").empty());
    CPPUNIT_ASSERT(!words(board.body, "text_zh").empty());
}

TEST(Board, is_neutral_when_the_clock_cannot_be_believed) {
    ServiceFixture f;
    f.clock.set_wall(f.clock.wall() - std::chrono::hours(50));
    CPPUNIT_ASSERT(is_true(f.call("GET", "/v1/board").body, "neutral"));
}

TEST(Duties, name_what_is_to_be_done_until_when) {
    ServiceFixture f;
    CPPUNIT_ASSERT(list(f.call("GET", "/v1/duties"), "duties").empty());
    (void)f.call("POST", "/v1/departures", R"({"person":"D411502000001","last_day":"2026-08-31","clerk":"王五"})");
    (void)f.call("POST", "/v1/clear",
                 f.claim({{kSuspended, "2026-09-01 07:50:00"}},
                         R"("emergency":{"kind":"rescue","reason":"抢救","declared_by":"李医生"},)"));
    (void)f.call("POST", "/v1/clear", f.claim({{"0099", "2026-09-01 07:50:00"}}));
    const auto duties = f.call("GET", "/v1/duties", "", CallerRole::viewer);
    std::map<std::string, std::string> due;
    for (const Json& each : list(duties, "duties")) due[words(each, "kind")] = words(each, "due");
    CPPUNIT_ASSERT_EQUAL(std::string("2026-09-14"), due.at("departure"));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-09-01 13:50:00"), due.at("evidence"));
    CPPUNIT_ASSERT_EQUAL(std::string(), due.at("mapping"));
}

TEST(SelfQuery, shows_one_person_his_own_standing_once) {
    ServiceFixture f;
    const std::string pin = pin_for(f, kSuspended);
    const auto own = ask_self(f, kSuspended, pin);
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(own));
    CPPUNIT_ASSERT_EQUAL(std::string("张强"), words(own.body, "name"));
    CPPUNIT_ASSERT_EQUAL(std::string("2027-02-01"), words(list(own, "standing").front(), "nominal_end"));
    CPPUNIT_ASSERT_EQUAL(std::string("local_self_refused"), f.error_of(ask_self(f, kSuspended, pin)));
}

TEST(SelfQuery, a_pin_of_ones_own_goes_on) {
    ServiceFixture f;
    const std::string pin = pin_for(f, kSuspended);
    CPPUNIT_ASSERT_EQUAL(std::string("local_pin_weak"), f.error_of(ask_self(f, kSuspended, pin, R"(,"new_pin":"1")")));
    CPPUNIT_ASSERT_EQUAL(200, ask_self(f, kSuspended, pin, R"(,"new_pin":"830514")").status);
    CPPUNIT_ASSERT_EQUAL(403, ask_self(f, kSuspended, pin).status);
    f.reopen();
    CPPUNIT_ASSERT_EQUAL(200, ask_self(f, kSuspended, "830514").status);
    CPPUNIT_ASSERT_EQUAL(200, ask_self(f, kSuspended, "830514").status);
}

TEST(SelfQuery, the_first_pin_ends_after_a_week_of_a_clock_that_nobody_sets) {
    ServiceFixture f;
    const std::string pin = pin_for(f, kSuspended);
    f.clock.advance(std::chrono::hours(24 * 7) + std::chrono::minutes(1));
    CPPUNIT_ASSERT_EQUAL(std::string("local_self_refused"), f.error_of(ask_self(f, kSuspended, pin)));
}

TEST_EACH(SelfQuery, whatever_is_wrong_looks_alike, kWrongs) {
    ServiceFixture f;
    const std::string pin = pin_for(f, kSuspended);
    const auto refused = ask_self(f, row.code, *row.pin == '\0' ? pin : row.pin);
    CPPUNIT_ASSERT_EQUAL(403, refused.status);
    CPPUNIT_ASSERT_EQUAL(std::string(R"({"error":{"code":"local_self_refused")"), refused.body.write().substr(0, 37));
    CPPUNIT_ASSERT_EQUAL(std::string(), words(refused.body, "error.detail"));
    CPPUNIT_ASSERT_EQUAL(std::string(), words(refused.body, "error.field"));
}

TEST(SelfQuery, a_locked_pin_looks_as_a_wrong_one) {
    ServiceFixture f;
    const std::string pin = pin_for(f, kSuspended);
    for (int i = 0; i < kWrongPins; ++i) (void)ask_self(f, kSuspended, "274916");
    CPPUNIT_ASSERT_EQUAL(std::string("local_self_refused"), f.error_of(ask_self(f, kSuspended, pin)));
}

TEST(SelfQuery, a_caller_that_tries_codes_is_stopped_for_a_quarter_of_an_hour) {
    ServiceFixture f;
    const std::string pin = pin_for(f, kSuspended);
    for (int i = 0; i < 20; ++i)
        CPPUNIT_ASSERT_EQUAL(403, ask_self(f, "D4115029999" + std::to_string(10 + i), "274916").status);
    const auto stopped = ask_self(f, kSuspended, pin);
    CPPUNIT_ASSERT_EQUAL(429, stopped.status);
    CPPUNIT_ASSERT_EQUAL(std::string("local_pin_locked"), f.error_of(stopped));
    f.clock.advance(kPinLock);
    CPPUNIT_ASSERT_EQUAL(200, ask_self(f, kSuspended, pin).status);
}

TEST(SelfQuery, a_pin_is_given_out_by_a_clerk) {
    ServiceFixture f;
    for (const CallerRole role : {CallerRole::his, CallerRole::viewer})
        CPPUNIT_ASSERT_EQUAL(403, f.call("POST", "/v1/people/pin", R"({"person":"D411502000003"})", role).status);
    CPPUNIT_ASSERT_EQUAL(200, f.call("POST", "/v1/clerks", R"({"name":"王五","pin":"274916"})").status);
    const std::string named = R"({"person":"D411502000003","clerk":"王五")";
    CPPUNIT_ASSERT_EQUAL(std::string("local_pin_needed"),
                         f.error_of(f.call("POST", "/v1/people/pin", named + "}", CallerRole::clerk)));
    const auto given = f.call("POST", "/v1/people/pin", named + R"(,"clerk_pin":"274916"})", CallerRole::clerk);
    CPPUNIT_ASSERT_EQUAL(std::string("王五"), words(given.body, "clerk"));
}
