#include "agent/daemon/print.h"
#include "shared/poco/http_server.h"
#include "tests/component/agent_daemon/service_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::daemon;
using zige::testing::ServiceFixture;

namespace {

constexpr const char* kGood = "D411502000001";
constexpr const char* kToday = "2026-09-01 07:50:00";
constexpr const char* kPin = "274916";

struct ClerkFixture : ServiceFixture {
    ClerkFixture() {
        CPPUNIT_ASSERT_EQUAL(200, call("POST", "/v1/clerks", R"({"name":"王五","pin":"274916"})").status);
    }

    ApiAnswer depart(const std::string& more, CallerRole role = CallerRole::clerk) {
        return call("POST", "/v1/departures",
                    R"({"person":")" + std::string(kGood) + R"(","last_day":"2026-08-31")" + more + "}", role);
    }
    ApiAnswer release(const std::string& more) {
        return call("POST", "/v1/clear",
                    claim({{"0042", kToday}}, R"("release":{"reason":"代码未维护","released_by":"王五")" + more + "},"),
                    CallerRole::his);
    }
};

struct Act {
    const char* name;
    const char* path;
    const char* body;
};
/// Whatever names who did it; each is refused before anything else is looked at but its own fields.
const Act kActs[] = {
    {"depart", "/v1/departures", R"("person":"D411502000001","last_day":"2026-08-31")"},
    {"undo_departure", "/v1/departures/D411502000001/undo", R"("a":1)"},
    {"confirm", "/v1/departures/D411502000001/confirm", R"("updated_on":"2026-09-01","number":"1")"},
    {"amend", "/v1/departures/D411502000001/amend", R"("last_day":"2026-08-31")"},
    {"file_mapping", "/v1/filings", R"("kind":"alias","person":"D411502000001","code":"0042")"},
    {"undo_filing", "/v1/filings/00000000/undo", R"("a":1)"},
    {"duty", "/v1/duty", R"("person":"D411502000001","on":true)"},
    {"evidence", "/v1/decisions/7KQ2M4/evidence",
     R"("kind":"rescue","resc_begntime":"2026-09-01 07:00:00","resc_endtime":"2026-09-01 07:10:00")"},
    {"reverse", "/v1/reverse", R"("references":["7KQ2M4"])"},
};

std::string body_of(const Act& act, const std::string& more) { return "{" + std::string(act.body) + more + "}"; }

}  // namespace

TEST_EACH(Clerks, an_act_in_the_name_of_a_clerk_needs_his_pin, kActs) {
    ClerkFixture f;
    const auto with = [&](const std::string& more) {
        return f.call("POST", row.path, body_of(row, more), CallerRole::clerk);
    };
    CPPUNIT_ASSERT_EQUAL(std::string("local_pin_needed"), f.error_of(with(R"(,"clerk":"王五")")));
    CPPUNIT_ASSERT_EQUAL(403, with(R"(,"clerk":"王五")").status);
    CPPUNIT_ASSERT_EQUAL(std::string("local_pin_wrong"), f.error_of(with(R"(,"clerk":"王五","clerk_pin":"274917")")));
    CPPUNIT_ASSERT_EQUAL(std::string("local_pin_wrong"), f.error_of(with(R"(,"clerk":"赵六","clerk_pin":"274916")")));
    const std::string proven = f.error_of(with(R"(,"clerk":"王五","clerk_pin":"274916")"));
    CPPUNIT_ASSERT_MESSAGE(proven, proven.find("local_pin") == std::string::npos);
}

TEST(Clerks, what_is_recorded_carries_the_name_that_was_proven) {
    ClerkFixture f;
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(f.depart(R"(,"clerk":"王五","clerk_pin":"274916")")));
    const auto filings = f.call("GET", "/v1/filings");
    CPPUNIT_ASSERT_EQUAL(std::string("王五"), words(at(filings.body, "filings").items()->front(), "clerk"));
}

TEST(Clerks, who_names_nobody_acts_in_the_name_of_his_key) {
    ClerkFixture f;
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(f.depart("")));
    const auto filings = f.call("GET", "/v1/filings");
    CPPUNIT_ASSERT_EQUAL(std::string("窗口一"), words(at(filings.body, "filings").items()->front(), "clerk"));
}

TEST(Clerks, a_name_is_taken_as_it_is_given_until_there_is_a_clerk) {
    ServiceFixture f;
    const auto departed = f.call("POST", "/v1/departures",
                                 R"({"person":"0017","last_day":"2026-08-31","clerk":"王五"})", CallerRole::clerk);
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(departed));
}

TEST(Clerks, the_owner_of_the_folder_shows_no_pin_but_a_wrong_one_is_refused) {
    ClerkFixture f;
    CPPUNIT_ASSERT_EQUAL(std::string("local_pin_wrong"),
                         f.error_of(f.depart(R"(,"clerk":"王五","clerk_pin":"274917")", CallerRole::owner)));
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(f.depart(R"(,"clerk":"王五")", CallerRole::owner)));
}

TEST(Clerks, a_locked_clerk_is_told_with_a_status_of_its_own) {
    ClerkFixture f;
    for (int i = 0; i < kWrongPins; ++i) (void)f.depart(R"(,"clerk":"王五","clerk_pin":"274917")");
    const auto locked = f.depart(R"(,"clerk":"王五","clerk_pin":"274916")");
    CPPUNIT_ASSERT_EQUAL(429, locked.status);
    CPPUNIT_ASSERT_EQUAL(std::string("local_pin_locked"), f.error_of(locked));
    CPPUNIT_ASSERT_EQUAL(200, f.call("POST", "/v1/clerks/pin", R"({"name":"王五","pin":"830514"})").status);
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(f.depart(R"(,"clerk":"王五","clerk_pin":"830514")")));
}

TEST(Clerks, who_answers_for_lines_proves_it) {
    ClerkFixture f;
    const auto before = f.journal().status().size;
    CPPUNIT_ASSERT_EQUAL(std::string("local_pin_needed"), f.error_of(f.release("")));
    CPPUNIT_ASSERT_EQUAL(std::string("local_pin_wrong"), f.error_of(f.release(R"(,"pin":"1")")));
    CPPUNIT_ASSERT_EQUAL(before, f.journal().status().size);
    const auto passed = f.release(R"(,"pin":"274916")");
    CPPUNIT_ASSERT_EQUAL(std::string("allow_marked"), words(passed.body, "outcome"));
    CPPUNIT_ASSERT_EQUAL(before + 1, f.journal().status().size);
}

TEST(Clerks, who_answers_for_one_line_proves_it_too) {
    ClerkFixture f;
    const std::string line =
        R"({"infno":"2204","feedetail":[{"bilg_dr_codg":"0042","fee_ocur_time":"2026-09-01 07:50:00","det_item_fee_sumamt":"1",)"
        R"("release":{"reason":"x","released_by":"王五")";
    CPPUNIT_ASSERT_EQUAL(std::string("local_pin_needed"),
                         f.error_of(f.call("POST", "/v1/clear", line + "}}]}", CallerRole::his)));
    CPPUNIT_ASSERT_EQUAL(200, f.call("POST", "/v1/clear", line + R"(,"pin":"274916"}}]})", CallerRole::his).status);
}

TEST(Clerks, who_answers_for_a_message_proves_it_in_a_header) {
    ClerkFixture f;
    HttpRequest http;
    http.method = "POST";
    http.query = "release_reason=x&released_by=%E7%8E%8B%E4%BA%94";
    http.body = to_bytes(
        R"({"infno":"2204","msgid":"H41150200001202609010800000001","input":{"feedetail":[{"feedetl_sn":"1","mdtrt_id":"M1",)"
        R"("fee_ocur_time":"2026-09-01 07:50:00","bilg_dr_codg":"0042","det_item_fee_sumamt":1}]}})");
    const Caller his{CallerRole::his, "窗口一"};
    CPPUNIT_ASSERT_EQUAL(403, f.fsi().call(http, "2204", his).status);
    http.headers = {{"X-Zige-Pin", kPin}};
    const HttpReply reply = f.fsi().call(http, "2204", his);
    CPPUNIT_ASSERT_EQUAL(200, reply.status);
    CPPUNIT_ASSERT_EQUAL(std::string("0"), words(parse_json(as_text(reply.body), kMaxApiBody).value(), "infcode"));
}

TEST(Clerks, a_key_and_a_clerk_never_share_a_name) {
    ClerkFixture f;
    CPPUNIT_ASSERT_EQUAL(std::string("local_clerk_name_taken"),
                         f.error_of(f.call("POST", "/v1/keys", R"({"name":"王五","role":"clerk"})")));
    CPPUNIT_ASSERT_EQUAL(200, f.call("POST", "/v1/keys", R"({"name":"二号机","role":"his"})").status);
    CPPUNIT_ASSERT_EQUAL(std::string("local_clerk_name_taken"),
                         f.error_of(f.call("POST", "/v1/clerks", R"({"name":"二号机","pin":"274916"})")));
}

TEST(Clerks, are_the_owners_to_manage) {
    ClerkFixture f;
    for (const CallerRole role : {CallerRole::his, CallerRole::clerk, CallerRole::viewer}) {
        CPPUNIT_ASSERT_EQUAL(403, f.call("GET", "/v1/clerks", "", role).status);
        CPPUNIT_ASSERT_EQUAL(403, f.call("POST", "/v1/clerks", R"({"name":"a","pin":"274916"})", role).status);
        CPPUNIT_ASSERT_EQUAL(403, f.call("POST", "/v1/clerks/pin", R"({"name":"王五","pin":"830514"})", role).status);
        CPPUNIT_ASSERT_EQUAL(403, f.call("POST", "/v1/clerks/remove", R"({"name":"王五"})", role).status);
    }
    CPPUNIT_ASSERT_EQUAL(std::string("王五"),
                         words(at(f.call("GET", "/v1/clerks").body, "clerks").items()->front(), "name"));
    CPPUNIT_ASSERT_EQUAL(200, f.call("POST", "/v1/clerks/remove", R"({"name":"王五"})").status);
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(f.depart(R"(,"clerk":"王五")")));
}
