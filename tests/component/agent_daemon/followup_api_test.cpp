// Releases, evidence, reversals, visits and proposals as a HIS meets them.
#include "tests/component/agent_daemon/service_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

const char* const kFee = "2026-09-01 07:50:00";

std::string reference_of(const daemon::ApiAnswer& answer) {
    return *(*answer.body.find("lines")->items())[0].find("reference")->text();
}
const Json& line_of(const daemon::ApiAnswer& answer) { return (*answer.body.find("lines")->items())[0]; }
std::string outcome_of(const daemon::ApiAnswer& answer) { return *answer.body.find("outcome")->text(); }
std::string code_in(const Json& line, const char* key) { return *line.find(key)->find("code")->text(); }

const std::string kRelease = R"("release":{"reason":"代码未维护","released_by":"赵院长"},)";
const std::string kRescue = R"("emergency":{"kind":"rescue","reason":"心脏骤停","declared_by":"王伟"},)";
const std::string kEvidence =
    R"({"kind":"rescue","resc_begntime":"2026-09-01 07:40:00","resc_endtime":"2026-09-01 07:58:00","record_number":"QJ-3"})";

}  // namespace

TEST(FollowupApi, a_release_passes_and_can_be_looked_up_with_name_and_reason) {
    ServiceFixture f;
    const auto answer = f.call("POST", "/v1/clear", ServiceFixture::claim({{"7777", kFee}}, kRelease));
    CPPUNIT_ASSERT_EQUAL(std::string("allow_marked"), outcome_of(answer));
    const Json& ground = (*line_of(answer).find("grounds")->items())[0];
    CPPUNIT_ASSERT_EQUAL(std::string("unmapped"), *ground.find("code")->text());
    CPPUNIT_ASSERT(ground.find("released")->boolean() == true);
    const auto found = f.call("GET", "/v1/decisions/" + reference_of(answer));
    CPPUNIT_ASSERT_EQUAL(std::string("赵院长"), *found.body.find("released_by")->text());
    CPPUNIT_ASSERT_EQUAL(std::string("代码未维护"), *found.body.find("release_reason")->text());
}

struct BadField {
    const char* name;
    std::string more;
    const char* error;
    const char* field;
};
const BadField kBadFields[] = {
    {"a_release_without_a_name", R"("release":{"reason":"x"},)", "api_missing_field", "release.released_by"},
    {"a_release_without_a_reason", R"("release":{"released_by":"x"},)", "api_missing_field", "release.reason"},
    {"an_order_without_a_number", R"("order":{"time":"2026-09-01 08:00:00"},)", "api_missing_field", "order.number"},
    {"an_order_without_a_time", R"("order":{"number":"1"},)", "api_missing_field", "order.time"},
    {"an_order_of_no_time", R"("order":{"number":"1","time":"today"},)", "time_bad_time", "order.time"},
    {"a_visit_that_is_too_long", R"("mdtrt_id":"1234567890123456789012345678901",)", "api_bad_field", "mdtrt_id"},
};
TEST_EACH(FollowupApi, refuses, kBadFields) {
    ServiceFixture f;
    const auto answer = f.call("POST", "/v1/clear", ServiceFixture::claim({{"7777", kFee}}, row.more));
    CPPUNIT_ASSERT_EQUAL(std::string(row.error), ServiceFixture::error_of(answer));
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), *answer.body.find("error")->find("field")->text());
}

TEST(FollowupApi, evidence_is_due_and_is_recorded) {
    ServiceFixture f;
    const auto answer = f.call("POST", "/v1/clear", ServiceFixture::claim({{"D411502000003", kFee}}, kRescue));
    CPPUNIT_ASSERT_EQUAL(std::string("allow_marked"), outcome_of(answer));
    const auto due = f.call("GET", "/v1/evidence");
    const Json& duty = (*due.body.find("evidence_due")->items())[0];
    CPPUNIT_ASSERT_EQUAL(reference_of(answer), *duty.find("reference")->text());
    CPPUNIT_ASSERT_EQUAL(std::string("2026-09-01 13:50:00"), *duty.find("due")->text());
    const auto path = "/v1/decisions/" + reference_of(answer) + "/evidence";
    const auto done = f.call("POST", path, kEvidence, daemon::CallerRole::his);
    CPPUNIT_ASSERT_EQUAL(std::string(), ServiceFixture::error_of(done));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-09-01 13:58:00"), *done.body.find("due")->text());
    CPPUNIT_ASSERT(f.call("GET", "/v1/evidence").body.find("evidence_due")->items()->empty());
    CPPUNIT_ASSERT_EQUAL(std::string("api_forbidden"),
                         ServiceFixture::error_of(f.call("POST", path, kEvidence, daemon::CallerRole::viewer)));
    CPPUNIT_ASSERT_EQUAL(std::string("api_bad_field"),
                         ServiceFixture::error_of(f.call("POST", path, R"({"kind":"party"})")));
    CPPUNIT_ASSERT_EQUAL(std::string("journal_not_found"),
                         ServiceFixture::error_of(f.call("POST", "/v1/decisions/ZZZZZZ/evidence", kEvidence)));
}

TEST(FollowupApi, a_reversed_line_is_decided_anew_under_its_key) {
    ServiceFixture f;
    const std::string body = ServiceFixture::claim({{"D411502000001", kFee}}, R"("idempotency_key":"K-1",)");
    const auto first = f.call("POST", "/v1/clear", body);
    const auto done = f.call("POST", "/v1/reverse", R"({"idempotency_key":"K-1","infno":"2205","reason":"患者取消"})");
    CPPUNIT_ASSERT_EQUAL(std::string(), ServiceFixture::error_of(done));
    CPPUNIT_ASSERT(done.body.find("repeated")->boolean() == false);
    const auto found = f.call("GET", "/v1/decisions/" + reference_of(first));
    CPPUNIT_ASSERT(found.body.find("reversed")->boolean() == true);
    const auto again = f.call("POST", "/v1/clear", body);
    CPPUNIT_ASSERT(again.body.find("repeated")->boolean() == false);
    CPPUNIT_ASSERT(reference_of(again) != reference_of(first));
    const auto by_reference = f.call("POST", "/v1/reverse", R"({"references":[")" + reference_of(first) + R"("]})");
    CPPUNIT_ASSERT(by_reference.body.find("repeated")->boolean() == true);
    CPPUNIT_ASSERT_EQUAL(std::string("api_bad_field"),
                         ServiceFixture::error_of(f.call("POST", "/v1/reverse", R"({"references":"all"})")));
    CPPUNIT_ASSERT_EQUAL(std::string("api_missing_field"),
                         ServiceFixture::error_of(f.call("POST", "/v1/reverse", "{}")));
}

TEST(FollowupApi, a_refused_line_under_another_person_asks_for_his_order) {
    ServiceFixture f;
    const std::string visit = R"("mdtrt_id":"MZ-1","med_list_codg":"XN01",)";
    (void)f.call("POST", "/v1/clear", ServiceFixture::claim({{"D411502000003", kFee}}, visit));
    const auto held = f.call("POST", "/v1/clear", ServiceFixture::claim({{"D411502000001", kFee}}, visit));
    CPPUNIT_ASSERT_EQUAL(std::string("hold"), outcome_of(held));
    CPPUNIT_ASSERT_EQUAL(std::string("new_order"), code_in(line_of(held), "advice"));
    const std::string order = R"("order":{"number":"YZ-9","time":"2026-09-01 08:00:01"},)";
    const auto passed = f.call("POST", "/v1/clear", ServiceFixture::claim({{"D411502000001", kFee}}, visit + order));
    CPPUNIT_ASSERT_EQUAL(std::string("allow_marked"), outcome_of(passed));
    const auto found = f.call("GET", "/v1/decisions/" + reference_of(passed));
    CPPUNIT_ASSERT_EQUAL(std::string("YZ-9"), *found.body.find("order_number")->text());
}

TEST(FollowupApi, names_the_day_from_which_a_running_order_is_refused) {
    ServiceFixture f;
    f.hub.people.at(1).last_day = on("2026-09-30");
    f.hub.publish();
    f.sync();
    const auto size = f.journal().status().size;
    const auto answer = f.call("POST", "/v1/orders/precheck",
                               ServiceFixture::claim({{"D411502000001", kFee}, {"D411502000002", kFee}}));
    CPPUNIT_ASSERT(answer.body.find("changing")->integer() == 1);
    const Json& change = (*line_of(answer).find("changes")->items())[0];
    CPPUNIT_ASSERT_EQUAL(std::string("2026-10-01"), *change.find("from")->text());
    CPPUNIT_ASSERT_EQUAL(std::string("deny"), *change.find("outcome")->text());
    CPPUNIT_ASSERT_EQUAL(size, f.journal().status().size);
}

TEST(FollowupApi, proposes_who_an_unknown_code_may_stand_for) {
    ServiceFixture f;
    (void)f.call("POST", "/v1/clear", ServiceFixture::claim({{"0042", kFee}}, R"("bilg_dr_name":"李静",)"));
    const auto answer = f.call("GET", "/v1/mapping");
    const Json& seen = (*answer.body.find("unmapped")->items())[0];
    CPPUNIT_ASSERT_EQUAL(std::string("0042"), *seen.find("code")->text());
    const Json& proposal = (*seen.find("proposals")->items())[0];
    CPPUNIT_ASSERT_EQUAL(std::string("D411502000002"), *proposal.find("code")->text());
}
