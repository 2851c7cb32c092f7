#include "agent/daemon/print.h"
#include "tests/component/agent_daemon/service_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::daemon;
using zige::testing::ServiceFixture;

namespace {

constexpr const char* kGood = "D411502000001";
constexpr const char* kSuspended = "D411502000003";
constexpr const char* kGone = "D411502000004";
constexpr const char* kToday = "2026-09-01 07:50:00";

const Json& line(const ApiAnswer& answer, std::size_t index) { return (*at(answer.body, "lines").items())[index]; }
const Json& ground(const Json& line) { return at(line, "grounds").items()->front(); }

struct Right {
    const char* name;
    const char* method;
    const char* path;
    bool his, clerk, viewer;
};
const Right kRights[] = {
    {"check", "POST", "/v1/check", true, true, true},
    {"clear", "POST", "/v1/clear", true, true, false},
    {"decision", "GET", "/v1/decisions/7KQ2M4", true, true, false},
    {"status", "GET", "/v1/status", true, true, true},
    {"departures", "GET", "/v1/departures", true, true, true},
    {"depart", "POST", "/v1/departures", false, true, false},
    {"undo", "POST", "/v1/departures/x/undo", false, true, false},
    {"confirm", "POST", "/v1/departures/x/confirm", false, true, false},
    {"sync", "POST", "/v1/sync", false, true, false},
    {"statement", "POST", "/v1/statements", false, true, false},
    {"prolong", "POST", "/v1/prolong", false, true, false},
    {"journal", "GET", "/v1/journal/verify", false, true, false},
    {"calendar", "GET", "/v1/calendar/2026", true, true, true},
    {"key_list", "GET", "/v1/keys", false, false, false},
    {"key_new", "POST", "/v1/keys", false, false, false},
    {"key_revoke", "POST", "/v1/keys/revoke", false, false, false},
};

struct Strange {
    const char* name;
    const char* method;
    const char* path;
    const char* error;
    int status;
};
const Strange kStrange[] = {
    {"unknown_path", "GET", "/v1/staff", "api_unknown_path", 404},
    {"method_of_another_path", "GET", "/v1/clear", "api_bad_method", 405},
    {"part_of_a_path_missing", "POST", "/v1/departures//undo", "api_unknown_path", 404},
    {"slash_inside_the_part", "POST", "/v1/departures/a/b/undo", "api_unknown_path", 404},
    {"no_json", "POST", "/v1/clear", "api_not_json", 400},
};

}  // namespace

TEST(LocalService, gives_each_line_of_a_mixed_claim_its_outcome) {
    ServiceFixture f;
    const auto answer = f.call("POST", "/v1/clear",
                               f.claim({{kGood, kToday},
                                        {kSuspended, kToday},
                                        {kSuspended, "2026-07-31 23:59:59"},
                                        {kGone, kToday},
                                        {"WHO-1", kToday}}));
    CPPUNIT_ASSERT_EQUAL(200, answer.status);
    // The third is of a month before anybody asked, and he is suspended by now.
    const char* expected[] = {"allow", "deny", "hold", "deny", "hold"};
    for (std::size_t i = 0; i < 5; ++i) {
        CPPUNIT_ASSERT_EQUAL(std::string(expected[i]), words(line(answer, i), "outcome"));
        CPPUNIT_ASSERT_EQUAL(std::to_string(i + 1), words(line(answer, i), "line_id"));
        CPPUNIT_ASSERT(!words(line(answer, i), "number").empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, words(line(answer, i), "reference").size());
    }
    CPPUNIT_ASSERT_EQUAL(std::string("deny"), words(answer.body, "outcome"));
    CPPUNIT_ASSERT(exit_of_decisions(answer.body) == Exit::refused);
}

TEST(LocalService, explains_a_refusal) {
    ServiceFixture f;
    const auto answer = f.call("POST", "/v1/check", f.claim({{kSuspended, kToday}}));
    const Json& why = ground(line(answer, 0));
    CPPUNIT_ASSERT_EQUAL(std::string("suspended"), words(why, "code"));
    CPPUNIT_ASSERT_EQUAL(std::string("4"), words(why, "number"));
    CPPUNIT_ASSERT_EQUAL(std::string("信医保处〔2026〕12号"), words(why, "document"));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-08-01"), words(why, "from"));
    CPPUNIT_ASSERT(at(why, "end").is_null());
    CPPUNIT_ASSERT_EQUAL(std::string("2027-02-01"), words(why, "nominal_end"));
    CPPUNIT_ASSERT(!words(why, "article").empty());
    CPPUNIT_ASSERT(!coded(line(answer, 0), "advice", Lang::zh).empty());
    CPPUNIT_ASSERT(!is_true(line(answer, 0), "may_settle"));
    CPPUNIT_ASSERT_EQUAL(std::string("张强"), words(at(line(answer, 0), "people").items()->front(), "name"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{64}, words(answer.body, "copy.state_hash").size());
}

TEST(LocalService, prints_a_refusal_with_person_article_document_dates_and_next_step) {
    ServiceFixture f;
    const auto answer = f.call("POST", "/v1/clear", f.claim({{kSuspended, kToday}}));
    const std::string text = print_decisions(answer.body, Lang::zh);
    for (const char* part : {"不予结算", "张强", kSuspended, "暂停", "信医保处〔2026〕12号", "2026-08-01 起",
                             "2027-01-31", "处理", "日志号", "参考号"})
        CPPUNIT_ASSERT_MESSAGE(part, text.find(part) != std::string::npos);
    CPPUNIT_ASSERT(print_decisions(answer.body, Lang::en).find("ordering doctor 张强") != std::string::npos);
}

TEST(LocalService, a_check_is_not_journaled_and_a_clear_is) {
    ServiceFixture f;
    const auto before = f.journal().status().size;
    CPPUNIT_ASSERT_EQUAL(200, f.call("POST", "/v1/check", f.claim({{kGood, kToday}, {kGood, kToday}})).status);
    CPPUNIT_ASSERT_EQUAL(before, f.journal().status().size);
    CPPUNIT_ASSERT_EQUAL(200, f.call("POST", "/v1/clear", f.claim({{kGood, kToday}, {kGood, kToday}})).status);
    CPPUNIT_ASSERT_EQUAL(before + 2, f.journal().status().size);
}

TEST(LocalService, a_claim_with_one_malformed_line_leaves_no_entry) {
    ServiceFixture f;
    const auto before = f.journal().status().size;
    const auto answer = f.call("POST", "/v1/clear", f.claim({{kGood, kToday}, {kGood, "2026-02-29 08:00:00"}}));
    CPPUNIT_ASSERT_EQUAL(400, answer.status);
    CPPUNIT_ASSERT_EQUAL(std::string("feedetail[1].fee_ocur_time"), words(answer.body, "error.field"));
    CPPUNIT_ASSERT(!words(answer.body, "error.reason_zh").empty());
    CPPUNIT_ASSERT_EQUAL(before, f.journal().status().size);
}

TEST(LocalService, the_same_key_gives_the_same_answer_and_no_second_entry) {
    ServiceFixture f;
    const std::string body = f.claim({{kGood, kToday}, {kSuspended, kToday}}, R"("idempotency_key":"K-7",)");
    const auto first = f.call("POST", "/v1/clear", body);
    const auto size = f.journal().status().size;
    const auto second = f.call("POST", "/v1/clear", body);
    CPPUNIT_ASSERT_EQUAL(size, f.journal().status().size);
    CPPUNIT_ASSERT(!is_true(first.body, "repeated") && is_true(second.body, "repeated"));
    for (std::size_t i = 0; i < 2; ++i) {
        CPPUNIT_ASSERT_EQUAL(words(line(first, i), "reference"), words(line(second, i), "reference"));
        CPPUNIT_ASSERT_EQUAL(words(line(first, i), "outcome"), words(line(second, i), "outcome"));
    }
    const auto other = f.call("POST", "/v1/clear", f.claim({{kGood, kToday}}, R"("idempotency_key":"K-7",)"));
    CPPUNIT_ASSERT_EQUAL(std::string("journal_idempotency_conflict"), f.error_of(other));
}

TEST(LocalService, a_full_disk_refuses_whom_it_must_and_answers_nothing_else) {
    ServiceFixture f;
    f.disk->fill_up_at_write(1);
    const auto mixed = f.call("POST", "/v1/clear", f.claim({{kGood, kToday}, {kSuspended, kToday}}));
    CPPUNIT_ASSERT_EQUAL(200, mixed.status);
    CPPUNIT_ASSERT_EQUAL(std::string("1"), words(mixed.body, "unanswered"));
    CPPUNIT_ASSERT(at(line(mixed, 0), "outcome").is_null());
    CPPUNIT_ASSERT_EQUAL(std::string("journal_not_recorded"), words(line(mixed, 0), "error.code"));
    CPPUNIT_ASSERT_EQUAL(std::string("deny"), words(line(mixed, 1), "outcome"));
    CPPUNIT_ASSERT(!is_true(line(mixed, 1), "recorded") && at(line(mixed, 1), "number").is_null());
    CPPUNIT_ASSERT(exit_of_decisions(mixed.body) == Exit::refused);
    CPPUNIT_ASSERT(print_decisions(mixed.body, Lang::zh).find("未能") != std::string::npos);
    const auto good = f.call("POST", "/v1/clear", f.claim({{kGood, kToday}}));
    CPPUNIT_ASSERT_EQUAL(std::string("journal_not_recorded"), f.error_of(good));
    f.disk->free_space();
    CPPUNIT_ASSERT_EQUAL(std::string("allow"),
                         words(line(f.call("POST", "/v1/clear", f.claim({{kGood, kToday}})), 0), "outcome"));
}

TEST(LocalService, a_declared_rescue_passes_marked) {
    ServiceFixture f;
    const auto answer = f.call(
        "POST", "/v1/clear",
        f.claim({{kSuspended, kToday}}, R"("emergency":{"kind":"rescue","reason":"心脏骤停","declared_by":"李静"},)"));
    CPPUNIT_ASSERT_EQUAL(std::string("allow_marked"), words(line(answer, 0), "outcome"));
    CPPUNIT_ASSERT(print_decisions(answer.body, Lang::zh).find("急诊抢救放行") != std::string::npos);
    CPPUNIT_ASSERT(exit_of_decisions(answer.body) == Exit::ok);
}

TEST(LocalService, a_departure_refuses_at_once_and_its_undo_restores) {
    ServiceFixture f;
    const std::string body =
        R"({"person":")" + std::string(kGood) + R"(","last_day":"2026-08-31","reason":"解除合同"})";
    const auto departed = f.call("POST", "/v1/departures", body, CallerRole::clerk);
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(departed));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-09-14"), words(departed.body, "due"));
    CPPUNIT_ASSERT_EQUAL(std::string("王伟"), words(departed.body, "name"));
    const auto refused = f.call("POST", "/v1/clear", f.claim({{kGood, kToday}, {kGood, "2026-08-31 23:59:59"}}));
    CPPUNIT_ASSERT_EQUAL(std::string("departed"), words(ground(line(refused, 0)), "code"));
    CPPUNIT_ASSERT_EQUAL(std::string("allow"), words(line(refused, 1), "outcome"));
    CPPUNIT_ASSERT_EQUAL(std::string("1"), words(refused.body, "duties_due"));
    const std::string short_id = words(departed.body, "departure").substr(0, 8);
    const auto undone = f.call("POST", "/v1/departures/" + short_id + "/undo", R"({"clerk":"王五"})");
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(undone));
    const auto allowed = f.call("POST", "/v1/check", f.claim({{kGood, kToday}}));
    CPPUNIT_ASSERT(is_true(line(allowed, 0), "may_settle"));
}

TEST(LocalService, the_confirmed_window_update_ends_the_duty) {
    ServiceFixture f;
    const auto departed =
        f.call("POST", "/v1/departures", R"({"person":"0017","last_day":"2026-08-31","clerk":"王五"})");
    const std::string id = words(departed.body, "departure");
    const auto confirmed = f.call("POST", "/v1/departures/" + id + "/confirm",
                                  R"({"updated_on":"2026-09-01","number":"DT20260901001","clerk":"王五"})");
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(confirmed));
    CPPUNIT_ASSERT_EQUAL(std::string("done"), words(confirmed.body, "stage.code"));
    const auto list = f.call("GET", "/v1/departures");
    CPPUNIT_ASSERT_EQUAL(std::string("0"), words(list.body, "duties_due"));
    const std::string text = print_departures(list.body, Lang::zh);
    CPPUNIT_ASSERT(text.find("王伟") != std::string::npos && text.find("2026-09-14") != std::string::npos);
}

TEST(LocalService, bad_departures_are_named_and_change_nothing) {
    ServiceFixture f;
    const auto error = [&](const std::string& body) { return f.error_of(f.call("POST", "/v1/departures", body)); };
    CPPUNIT_ASSERT_EQUAL(std::string("time_bad_day"),
                         error(R"({"person":"0017","last_day":"2026-02-29","clerk":"a"})"));
    CPPUNIT_ASSERT_EQUAL(std::string("departure_too_far_ahead"),
                         error(R"({"person":"0017","last_day":"2027-10-01","clerk":"a"})"));
    CPPUNIT_ASSERT_EQUAL(std::string("departure_already"),
                         error(std::string(R"({"person":")") + kGone + R"(","last_day":"2026-08-31","clerk":"a"})"));
    CPPUNIT_ASSERT_EQUAL(std::string("filing_unknown_person"),
                         error(R"({"person":"WHO-1","last_day":"2026-08-31","clerk":"a"})"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("api_missing_field"),
        f.error_of(f.service->call(
            {"POST", "/v1/departures", "", R"({"person":"0017","last_day":"2026-08-31"})", {CallerRole::owner, ""}})));
    for (const char* id : {"0017", "WHO-1", "3f2a91c0", "3f2a91c03f2a91c03f2a91c03f2a91c0"})
        CPPUNIT_ASSERT_EQUAL(std::string("departure_not_found"),
                             f.error_of(f.call("POST", "/v1/departures/" + std::string(id) + "/undo", "{}")));
    CPPUNIT_ASSERT_EQUAL(std::string("departure_not_found"),
                         f.error_of(f.call("POST", "/v1/departures/WHO-1/confirm",
                                           R"({"updated_on":"2026-09-01","number":"DT1","clerk":"a"})")));
    CPPUNIT_ASSERT(at(f.call("GET", "/v1/departures").body, "departures").items()->empty());
}

TEST(LocalService, asks_before_a_confirmed_window_number_is_replaced) {
    ServiceFixture f;
    const auto departed =
        f.call("POST", "/v1/departures", R"({"person":"0017","last_day":"2026-08-31","clerk":"王五"})");
    const auto confirm = [&](const std::string& number, const std::string& more) {
        return f.call("POST", "/v1/departures/" + words(departed.body, "departure") + "/confirm",
                      R"({"updated_on":"2026-09-01","clerk":"王五","number":")" + number + "\"" + more + "}");
    };
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(confirm("DT1", "")));
    const auto refused = confirm("DT2", "");
    CPPUNIT_ASSERT_EQUAL(std::string("filing_conflict"), f.error_of(refused));
    CPPUNIT_ASSERT_EQUAL(std::string("同一编号的申报内容不同（已确认为 DT1，更新日期 2026-09-01）"),
                         words(refused.body, "error.reason_zh"));
    CPPUNIT_ASSERT(words(refused.body, "error.next_zh").find("--replace") != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(std::string("DT2"), words(confirm("DT2", R"(,"replace":true)").body, "window_number"));
}

TEST(LocalService, a_repeated_claim_names_the_copy_that_it_was_decided_by) {
    ServiceFixture f;
    const std::string claim = f.claim({{kGood, kToday}}, R"("idempotency_key":"K-1",)");
    const auto first = f.call("POST", "/v1/clear", claim);
    const std::string then = words(first.body, "copy.state_hash");
    const auto same_copy = f.call("POST", "/v1/clear", claim);
    CPPUNIT_ASSERT_EQUAL(words(first.body, "copy.seq"), words(same_copy.body, "copy.seq"));
    f.hub.people[2].name = "李静静";
    f.hub.publish();
    f.advance(std::chrono::hours(2));
    f.sync();
    const auto again = f.call("POST", "/v1/clear", claim);
    CPPUNIT_ASSERT(is_true(again.body, "repeated"));
    CPPUNIT_ASSERT_EQUAL(then, words(again.body, "copy.state_hash"));
    CPPUNIT_ASSERT(at(again.body, "copy.seq").is_null() && at(again.body, "copy.as_of").is_null());
    CPPUNIT_ASSERT_EQUAL(words(first.body, "copy.decided_at"), words(again.body, "copy.decided_at"));
    CPPUNIT_ASSERT(at(line(again, 0), "copy_age_seconds").is_null());
    const auto now = f.call("POST", "/v1/clear", f.claim({{kGood, kToday}}));
    CPPUNIT_ASSERT(then != words(now.body, "copy.state_hash"));
    const std::string text = print_decisions(again.body, Lang::zh);
    CPPUNIT_ASSERT(text.find("当时的数据 " + then.substr(0, 16)) != std::string::npos);
}

TEST(LocalService, finds_a_decision_by_its_reference) {
    ServiceFixture f;
    const auto cleared = f.call("POST", "/v1/clear", f.claim({{kGood, kToday}, {kSuspended, kToday}}));
    const std::string reference = words(line(cleared, 1), "reference");
    const auto found = f.call("GET", "/v1/decisions/" + reference);
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(found));
    CPPUNIT_ASSERT_EQUAL(std::string("C-1"), words(found.body, "claim_id"));
    CPPUNIT_ASSERT_EQUAL(words(line(cleared, 1), "number"), words(line(found, 0), "number"));
    CPPUNIT_ASSERT_EQUAL(std::string("deny"), words(line(found, 0), "outcome"));
    CPPUNIT_ASSERT_EQUAL(std::string("suspended"), words(ground(line(found, 0)), "code"));
    CPPUNIT_ASSERT_EQUAL(std::string("信医保处〔2026〕12号"), words(ground(line(found, 0)), "document"));
    CPPUNIT_ASSERT_EQUAL(std::string("12.50"), words(found.body, "amount"));
    CPPUNIT_ASSERT_EQUAL(words(cleared.body, "copy.state_hash"), words(found.body, "copy.state_hash"));
    const std::string text = print_found_decision(found.body, Lang::zh);
    for (const char* part : {"不予结算", "张强", "暂停", "C-1", "判定时间"})
        CPPUNIT_ASSERT_MESSAGE(part, text.find(part) != std::string::npos);
}

TEST(LocalService, a_found_decision_stays_what_it_was) {
    ServiceFixture f;
    const auto cleared = f.call("POST", "/v1/clear", f.claim({{kSuspended, kToday}}));
    f.hub.people[3].standing.clear();
    f.hub.publish();
    f.sync();
    const auto found = f.call("GET", "/v1/decisions/" + words(line(cleared, 0), "reference"));
    CPPUNIT_ASSERT_EQUAL(std::string("deny"), words(line(found, 0), "outcome"));
    CPPUNIT_ASSERT_EQUAL(std::string("suspended"), words(ground(line(found, 0)), "code"));
    CPPUNIT_ASSERT_EQUAL(std::string(), words(ground(line(found, 0)), "document"));
}

TEST(LocalService, a_reference_that_names_no_decision_is_not_found) {
    ServiceFixture f;
    f.call("POST", "/v1/departures", R"({"person":"0017","last_day":"2026-08-31","clerk":"王五"})");
    const auto journal = f.journal().status();
    for (const std::string& reference : {std::string("ZZZZZZ"), std::string("7KQ"), std::string("7KQ2M4U"),
                                         wire::reference(journal.size, journal.hash)})
        CPPUNIT_ASSERT_EQUAL(std::string("journal_not_found"), f.error_of(f.call("GET", "/v1/decisions/" + reference)));
}

TEST(LocalService, remembers_the_last_contact_of_an_earlier_run) {
    ServiceFixture f;
    f.reopen();
    const auto status = f.call("GET", "/v1/status");
    CPPUNIT_ASSERT_EQUAL(format(f.hub.now), words(status.body, "sync.last_contact"));
    CPPUNIT_ASSERT(print_status(status.body, Lang::zh).find("尚未联系") == std::string::npos);
}

TEST(LocalService, decides_for_its_owner_although_the_keys_are_damaged) {
    ServiceFixture f;
    CPPUNIT_ASSERT(f.files.write("/data/api-keys.json", as_bytes("[{")).ok());
    f.serve();
    CPPUNIT_ASSERT_EQUAL(200, f.call("POST", "/v1/clear", f.claim({{kGood, kToday}})).status);
    CPPUNIT_ASSERT_EQUAL(std::string("local_keys_damaged"), f.error_of(f.call("GET", "/v1/keys")));
    CPPUNIT_ASSERT_EQUAL(std::string("local_keys_damaged"),
                         f.error_of(f.call("POST", "/v1/keys", R"({"name":"till","role":"his"})")));
}

TEST(LocalService, shows_status_and_syncs_with_bytes) {
    ServiceFixture f;
    f.hub.people[2].standing = {
        {Standing::suspended, zige::testing::on("2026-09-01"), {}, {}, 1, "信医保处〔2026〕13号"}};
    f.hub.publish();
    const auto synced = f.call("POST", "/v1/sync", "{}");
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(synced));
    CPPUNIT_ASSERT(is_true(synced.body, "copy_changed"));
    CPPUNIT_ASSERT_EQUAL(std::string("1"), words(synced.body, "patches"));
    CPPUNIT_ASSERT(*at(synced.body, "bytes_received").integer() > 0);
    const auto status = f.call("GET", "/v1/status");
    CPPUNIT_ASSERT(is_true(status.body, "enrolled"));
    CPPUNIT_ASSERT_EQUAL(std::string("6"), words(status.body, "copy.people"));
    CPPUNIT_ASSERT_EQUAL(std::string("fresh"), words(status.body, "copy.freshness.code"));
    CPPUNIT_ASSERT_EQUAL(words(synced.body, "seq_after"), words(status.body, "copy.seq"));
    CPPUNIT_ASSERT(print_status(status.body, Lang::zh).find("数据时间") != std::string::npos);
    CPPUNIT_ASSERT(print_sync(synced.body, Lang::zh).find(words(synced.body, "bytes_sent") + " 字节") !=
                   std::string::npos);
}

TEST(LocalService, names_why_a_sync_failed_and_keeps_deciding) {
    ServiceFixture f;
    f.transports.down = true;
    const auto synced = f.call("POST", "/v1/sync", "{}");
    CPPUNIT_ASSERT_EQUAL(503, synced.status);
    CPPUNIT_ASSERT(exit_of(daemon::error_of(synced)->id) == Exit::unavailable);
    const auto status = f.call("GET", "/v1/status");
    CPPUNIT_ASSERT(!at(status.body, "sync.last_error").is_null());
    CPPUNIT_ASSERT_EQUAL(std::string("deny"),
                         words(line(f.call("POST", "/v1/clear", f.claim({{kSuspended, kToday}})), 0), "outcome"));
}

TEST(LocalService, verifies_the_journal) {
    ServiceFixture f;
    f.call("POST", "/v1/clear", f.claim({{kGood, kToday}, {kSuspended, kToday}}));
    const auto verified = f.call("GET", "/v1/journal/verify");
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(verified));
    CPPUNIT_ASSERT_EQUAL(std::to_string(f.journal().status().size), words(verified.body, "entries"));
    CPPUNIT_ASSERT_EQUAL(std::string("0"), words(verified.body, "not_signed"));
}

TEST(LocalService, knows_nothing_before_enrolment_but_the_calendar) {
    ServiceFixture f(false);
    CPPUNIT_ASSERT_EQUAL(std::string("agent_not_enrolled"),
                         f.error_of(f.call("POST", "/v1/clear", f.claim({{kGood, kToday}}))));
    CPPUNIT_ASSERT_EQUAL(std::string("agent_not_enrolled"), f.error_of(f.call("GET", "/v1/departures")));
    CPPUNIT_ASSERT(!is_true(f.call("GET", "/v1/status").body, "enrolled"));
    const auto due = f.call("GET", "/v1/calendar/due?from=2026-09-18&days=10");
    CPPUNIT_ASSERT_EQUAL(std::string("2026-10-09"), words(due.body, "due"));
    CPPUNIT_ASSERT(!is_true(due.body, "provisional") && !is_true(due.body, "calendar_of_copy"));
}

TEST(LocalService, counts_working_days_by_the_calendar_of_the_copy) {
    ServiceFixture f;
    const auto due = f.call("GET", "/v1/calendar/due?from=2026-12-25&days=10");
    CPPUNIT_ASSERT(is_true(due.body, "provisional"));
    CPPUNIT_ASSERT(is_true(due.body, "calendar_of_copy"));
    CPPUNIT_ASSERT_EQUAL(std::string("248"), words(f.call("GET", "/v1/calendar/2026").body, "working_days"));
    CPPUNIT_ASSERT_EQUAL(std::string("api_bad_field"),
                         f.error_of(f.call("GET", "/v1/calendar/due?from=2026-12-25&days=-1")));
    CPPUNIT_ASSERT_EQUAL(std::string("api_missing_field"),
                         f.error_of(f.call("GET", "/v1/calendar/due?from=2026-12-25")));
    CPPUNIT_ASSERT_EQUAL(std::string("api_bad_field"), f.error_of(f.call("GET", "/v1/calendar/next")));
}

TEST_EACH(LocalService, limits_each_role, kRights) {
    ServiceFixture f;
    const auto forbidden = [&](CallerRole role) {
        return f.error_of(f.call(row.method, row.path, "", role)) == "api_forbidden";
    };
    CPPUNIT_ASSERT_EQUAL(!row.his, forbidden(CallerRole::his));
    CPPUNIT_ASSERT_EQUAL(!row.clerk, forbidden(CallerRole::clerk));
    CPPUNIT_ASSERT_EQUAL(!row.viewer, forbidden(CallerRole::viewer));
    CPPUNIT_ASSERT(!forbidden(CallerRole::owner));
}

TEST_EACH(LocalService, names_what_it_does_not_understand, kStrange) {
    ServiceFixture f;
    const auto answer = f.call(row.method, row.path, "nonsense");
    CPPUNIT_ASSERT_EQUAL(std::string(row.error), f.error_of(answer));
    CPPUNIT_ASSERT_EQUAL(row.status, answer.status);
}
