#include <stdexcept>

#include "tests/capi/served_folder.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

zige_sync_report report() {
    zige_sync_report report;
    ZIGE_INIT(report);
    return report;
}

}  // namespace

TEST(CapiSync, brings_what_the_hub_published_by_the_hosts_own_line) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    zige_error error;
    Asked before(folder);
    fine(zige_clear(&before.answer, served.agent, &before.claim, &error), error);
    CPPUNIT_ASSERT_EQUAL(1, before.answer.may_settle);
    folder.suspend(1);
    zige_sync_report first = report();
    fine(zige_sync(&first, served.agent, 1, &error), error);
    CPPUNIT_ASSERT_EQUAL(1, first.copy_changed);
    CPPUNIT_ASSERT(first.seq_after > first.seq_before);
    CPPUNIT_ASSERT(first.bytes_received > 0);
    CPPUNIT_ASSERT(first.entries_sent > 0);
    Asked after(folder);
    fine(zige_clear(&after.answer, served.agent, &after.claim, &error), error);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OUTCOME_DENY}, after.answer.outcome);
    CPPUNIT_ASSERT_EQUAL(std::string("信医保处〔2026〕13号"), std::string(after.decision().grounds[0].document));
    zige_agent_info info;
    ZIGE_INIT(info);
    fine(zige_agent_status(&info, served.agent, &error), error);
    CPPUNIT_ASSERT_EQUAL(first.seq_after, info.seq);
    CPPUNIT_ASSERT_EQUAL(0, info.last_sync_error);
}

TEST(CapiSync, polls_idly_unless_it_is_to_carry) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    zige_error error;
    zige_sync_report first = report();
    fine(zige_sync(&first, served.agent, 0, &error), error);
    CPPUNIT_ASSERT_EQUAL(1, first.carried);  // the first one after a start hands in (P4)
    zige_sync_report idle = report();
    fine(zige_sync(&idle, served.agent, 0, &error), error);
    CPPUNIT_ASSERT_EQUAL(0, idle.carried);
    zige_sync_report wanted = report();
    fine(zige_sync(&wanted, served.agent, 1, &error), error);
    CPPUNIT_ASSERT_EQUAL(1, wanted.carried);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_API_BAD_FIELD}, zige_sync(&wanted, served.agent, 2, &error));
}

TEST(CapiSync, shows_the_host_whom_to_talk_to) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    zige_fetch seen{};
    std::string url;
    std::string key;
    served.host.instead = [&](zige_fetch& exchange) {
        seen = exchange;
        url = exchange.url;
        key = exchange.private_key_pem;
        return 1;
    };
    zige_error error;
    zige_sync_report none = report();
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_NET_UNREACHABLE}, zige_sync(&none, served.agent, 1, &error));
    CPPUNIT_ASSERT_EQUAL(std::string("https://hub.example:7443/v1/"), url.substr(0, 28));
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{sizeof(zige_fetch)}, seen.size);
    CPPUNIT_ASSERT(seen.ca_size > 100 && seen.certificate_size > 100);
    CPPUNIT_ASSERT(key.find("PRIVATE KEY") != std::string::npos);
}

namespace {

struct Broken {
    const char* name;
    std::function<std::int32_t(zige_fetch&)> fetch;
    std::int32_t code;
};
const Broken kBroken[] = {
    {"gives_up", [](zige_fetch&) { return -1; }, ZIGE_E_NET_UNREACHABLE},
    {"throws", [](zige_fetch&) -> std::int32_t { throw std::runtime_error("no line"); }, ZIGE_E_NET_INTERRUPTED},
    {"throws_what_is_no_exception", [](zige_fetch&) -> std::int32_t { throw 7; }, ZIGE_E_NET_INTERRUPTED},
    {"tells_of_more_than_there_is_room_for",
     [](zige_fetch& e) {
         e.http_status = 200;
         e.answer_size = e.answer_room + 1;
         return 0;
     },
     ZIGE_E_NET_TOO_LARGE},
    {"forgets_the_status", [](zige_fetch&) { return 0; }, ZIGE_E_NET_BAD_ANSWER},
};

}  // namespace

TEST_EACH(CapiSync, survives_a_host_whose_line, kBroken) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    served.host.instead = row.fetch;
    zige_error error;
    zige_sync_report none = report();
    CPPUNIT_ASSERT_EQUAL_MESSAGE(error.detail, row.code, zige_sync(&none, served.agent, 1, &error));
    served.host.instead = {};
    fine(zige_sync(&none, served.agent, 1, &error), error);
    CPPUNIT_ASSERT_EQUAL(1, none.carried);
}

TEST(CapiSync, goes_by_the_librarys_own_https_where_the_host_has_none) {
    EnrolledFolder folder;
    const std::string path = folder.path().string();
    zige_open_options options;
    ZIGE_INIT(options);
    options.data_dir = path.c_str();
    Handle agent;
    zige_error error;
    fine(zige_agent_open(agent.out(), &options, &error), error);
    zige_sync_report none = report();
    const zige_status status = zige_sync(&none, agent, 1, &error);  // hub.example is nobody
    CPPUNIT_ASSERT_EQUAL_MESSAGE(error.detail, std::int32_t{ZIGE_KIND_UNAVAILABLE}, error.kind);
    CPPUNIT_ASSERT(status != ZIGE_OK);
    Asked asked(folder);
    fine(zige_check(&asked.answer, agent, &asked.claim, &error), error);  // decisions go on
}
