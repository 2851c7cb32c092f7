#include "agent/core/enrol.h"

#include "tests/support/agent_fixture.h"
#include "tests/support/fixed_keys.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

std::string grouped(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && i % 4 == 0) out += i % 8 == 0 ? " " : "-";
        out += text[i] == '0' ? 'o' : text[i] == '1' ? 'l' : static_cast<char>(text[i] >= 'A' ? text[i] + 32 : text[i]);
    }
    return out;
}

}  // namespace

TEST(Enrol, proves_the_hub_before_it_shows_its_token) {
    AgentFixture f;
    f.start();
    f.enrol();
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, f.transports.peers.size());
    CPPUNIT_ASSERT(f.transports.peers[0].tls_ca.empty());
    CPPUNIT_ASSERT_EQUAL(std::string("DER of the authority"), std::string(as_text(f.transports.peers[1].tls_ca)));
    f.sync();
    CPPUNIT_ASSERT_EQUAL(std::string("DER of the agent"), std::string(as_text(f.transports.peers[2].certificate)));
    CPPUNIT_ASSERT_EQUAL(std::string("https://hub.example:7443"), f.transports.peers[2].hub_url);
}

TEST(Enrol, reads_a_slip_as_a_person_types_it) {
    AgentFixture f;
    f.start();
    auto slip = f.slip();
    slip.token = grouped(slip.token);
    slip.trust_fingerprint = grouped(slip.trust_fingerprint);
    CPPUNIT_ASSERT(f.agent->enrol(slip).ok());
    CPPUNIT_ASSERT(std::get<wire::ChapterEntry>(f.journal().entry({1}, 1)->body).agent == AgentId{3});
}

TEST(Enrol, dials_an_ipv6_address_in_brackets) {
    AgentFixture f;
    f.start();
    auto slip = f.slip();
    slip.hub_url = "[fd00::1]:7443";
    CPPUNIT_ASSERT(f.agent->enrol(slip).ok());
    CPPUNIT_ASSERT_EQUAL(std::string("https://[fd00::1]:7443"), f.transports.peers[0].hub_url);
}

struct BadSlip {
    const char* name;
    ErrorId error;
    std::function<void(agent::Slip&)> spoil;
};
const BadSlip kBadSlips[] = {
    {"no_host", ErrorId::enrol_bad_slip, [](agent::Slip& s) { s.hub_url = ":7443"; }},
    {"no_port", ErrorId::enrol_bad_slip, [](agent::Slip& s) { s.hub_url = "hub.example"; }},
    {"empty_brackets", ErrorId::enrol_bad_slip, [](agent::Slip& s) { s.hub_url = "[]:7443"; }},
    {"a_name_in_brackets", ErrorId::enrol_bad_slip, [](agent::Slip& s) { s.hub_url = "[hub]:7443"; }},
    {"a_path", ErrorId::enrol_bad_slip, [](agent::Slip& s) { s.hub_url = "hub.example:7443/x"; }},
    {"plain_http", ErrorId::enrol_bad_slip, [](agent::Slip& s) { s.hub_url = "http://hub.example:7443"; }},
    {"a_token_with_a_u", ErrorId::enrol_bad_slip, [](agent::Slip& s) { s.token = "UUUU"; }},
    {"no_token", ErrorId::enrol_bad_slip, [](agent::Slip& s) { s.token = "- -"; }},
    {"a_short_fingerprint", ErrorId::enrol_bad_slip, [](agent::Slip& s) { s.trust_fingerprint.pop_back(); }},
    {"another_fingerprint", ErrorId::trust_bad_fingerprint,
     [](agent::Slip& s) { s.trust_fingerprint[0] = s.trust_fingerprint[0] == 'A' ? 'B' : 'A'; }},
    {"another_token", ErrorId::enrol_bad_token, [](agent::Slip& s) { s.token = "FFFF"; }},
};
TEST_EACH(Enrol, refuses, kBadSlips) {
    AgentFixture f;
    f.start();
    auto slip = f.slip();
    row.spoil(slip);
    CPPUNIT_ASSERT_EQUAL(row.error, f.agent->enrol(slip).error().id);
    CPPUNIT_ASSERT(!f.agent->enrolled());
    f.enrol();
}

TEST(Enrol, follows_the_chain_from_the_document_on_the_slip) {
    AgentFixture f;
    f.hub.rotate_keys();
    f.hub.rotate_keys();
    f.start();
    f.enrol();
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{3}, f.agent->status().trust_version);
}

TEST(Enrol, follows_a_chain_of_many_pages) {
    AgentFixture f;
    for (int i = 0; i < 70; ++i) f.hub.rotate_keys();
    f.start();
    f.enrol();
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{71}, f.agent->status().trust_version);
    f.sync();
}

TEST(Enrol, takes_no_chain_that_breaks) {
    AgentFixture f;
    f.hub.root = fixed_signer(std::byte{0x44});
    f.hub.rotate_keys();
    f.start();
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_too_few_signatures, f.agent->enrol(f.slip()).error().id);
}

TEST(Enrol, a_lost_answer_is_repeated_by_the_same_keys) {
    AgentFixture f;
    f.start();
    f.transports.after = [](const std::string& path, HttpAnswer& answer) {
        if (path == "/v1/enroll") answer = {504, {}};
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_refused, f.agent->enrol(f.slip()).error().id);
    const Bytes first = f.hub.agent_key;
    f.transports.after = nullptr;
    f.restart();
    f.enrol();
    CPPUNIT_ASSERT(first == f.hub.agent_key);
    CPPUNIT_ASSERT_EQUAL(ErrorId::enrol_already, f.agent->enrol(f.slip()).error().id);
}

TEST(Enrol, learns_the_time_from_the_answer) {
    AgentFixture f;
    f.clock.set_wall(at("2009-01-01 00:00:00"));
    f.start();
    f.enrol();
    CPPUNIT_ASSERT_EQUAL(at("2026-09-01 08:00:00"), f.agent->status().time.trusted);
    CPPUNIT_ASSERT(f.agent->status().time.suspect);
}

TEST(Enrol, a_damaged_enrolment_is_named) {
    AgentFixture f;
    f.ready();
    f.stop();
    CPPUNIT_ASSERT(f.files.write("/data/enrolment", as_bytes("https://hub.example:7443\nabc\n")).ok());
    f.replica_store = agent::open_replica_store("/data/replica.db", f.vfs.name()).value();
    f.journal_store = agent::open_journal_store("/data/journal.db", f.vfs.name()).value();
    CPPUNIT_ASSERT_EQUAL(ErrorId::enrol_damaged, agent::Agent::open(f.ports(), f.options()).error().id);
}

TEST(DataFolder, has_one_owner) {
    MemoryFiles files;
    auto first = agent::own(files, {"/data"});
    CPPUNIT_ASSERT(first.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_busy, agent::own(files, {"/data"}).error().id);
    first->reset();
    CPPUNIT_ASSERT(agent::own(files, {"/data"}).ok());
}
