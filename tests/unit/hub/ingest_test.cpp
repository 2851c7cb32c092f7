#include "hub/core/ingest.h"

#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {
namespace {

const std::string kZhang = "D411500000001";

struct Scene : HubFixture {
    Scene() {
        add(kHospital);
        import(kHospital,
               {row(kZhang, "张伟", "110105194912310021"), row("N411500000002", "李娜", "110105195001010018")});
    }
    std::size_t events(HubEvent wanted) {
        std::size_t count = 0;
        for (const LogEvent& event : must(hub().log(0, 1000))) count += event.event == wanted ? 1 : 0;
        return count;
    }
    AgentStatus status(const TestAgent& agent) {
        for (const AgentStatus& each : must(hub().report().status()).agents)
            if (each.agent == agent.id) return each;
        throw std::runtime_error("no such agent");
    }
};

TEST(Ingest, holds_what_an_agent_brings_and_says_so_signed) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.contact(1);
    agent.contact(2);
    const TestAgent::Heard heard = agent.sync();
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, heard.held.size);
    CPPUNIT_ASSERT(heard.held.hash == agent.hashes.back());
    CPPUNIT_ASSERT(!heard.held.frozen);
    CPPUNIT_ASSERT(heard.held.state_hash == must(f.hub().feed().current(kHospital)).hash);
    CPPUNIT_ASSERT(heard.held.next_contact > heard.held.hub_time);
    CPPUNIT_ASSERT_EQUAL(MessageType::delta, heard.answer.institution_type);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, f.status(agent).entries_held);
}

TEST(Ingest, takes_a_retransmission_without_harm) {
    Scene f;
    TestAgent agent(f, kHospital);
    for (std::uint8_t i = 1; i <= 5; ++i) agent.contact(i);
    wire::SyncRequest request = agent.request();
    request.segments = {agent.segment(1, 3)};
    must(agent.sync(request));
    request.segments = {agent.segment(2, 5), agent.segment(1, 4)};  // overlapping, and out of order
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, must(agent.sync(request)).held.size);
    must(agent.sync(request));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, f.status(agent).entries_held);
    CPPUNIT_ASSERT(!f.status(agent).frozen);
}

TEST(Ingest, leaves_a_segment_beyond_a_gap) {
    Scene f;
    TestAgent agent(f, kHospital);
    for (std::uint8_t i = 1; i <= 5; ++i) agent.contact(i);
    wire::SyncRequest request = agent.request();
    request.segments = {agent.segment(3, 5)};
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, must(agent.sync(request)).held.size);
    request.segments = {agent.segment(1, 5)};
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, must(agent.sync(request)).held.size);
}

TEST(Ingest, names_a_clone_keeps_both_branches_and_freezes_its_filings) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.contact(1);
    agent.sync();
    const std::vector<Bytes> entries = agent.entries;
    const std::vector<Hash256> hashes = agent.hashes;
    const std::vector<wire::BatchSignature> batches = agent.batches;
    agent.contact(2);
    agent.sync();
    agent.entries = entries;  // now the copy speaks: it is at 1 and goes its own way
    agent.hashes = hashes;
    agent.batches = batches;
    agent.contact(77);
    agent.file(wire::DepartureFiling{RecordNo{1}, day("2026-03-01"), "辞职"}, 1);
    wire::SyncRequest request = agent.request();
    request.segments = {agent.segment(2, 3)};
    const TestAgent::Heard heard = must(agent.sync(request));
    CPPUNIT_ASSERT(heard.held.frozen);
    CPPUNIT_ASSERT(heard.held.results.empty());  // waits for an operator
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, heard.held.size);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.events(HubEvent::journal_forked));
    must(agent.sync(request));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.events(HubEvent::journal_forked));  // the same branch again
    CPPUNIT_ASSERT(f.status(agent).frozen);
    CPPUNIT_ASSERT(!f.person(kZhang).sites[0].registration.last_day);
}

TEST(Ingest, notices_a_folder_put_back_by_its_contact_entry_alone) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.contact(1);
    agent.contact(2);
    agent.sync();
    wire::SyncRequest request = agent.request();
    request.segments.clear();
    request.journal_size = 2;
    request.journal_hash.fill(std::byte{5});
    CPPUNIT_ASSERT(must(agent.sync(request)).held.frozen);
}

struct Forgery {
    const char* name;
    void (*change)(TestAgent&, wire::SyncRequest&);
    ErrorId error;
};
const Forgery kForgeries[] = {
    {"for_another_institution", [](TestAgent&, wire::SyncRequest& r) { r.institution = {kTownship}; },
     ErrorId::hub_agent_of_other_institution},
    {"of_another_chapter", [](TestAgent&, wire::SyncRequest& r) { r.chapter = Chapter{2}; }, ErrorId::wire_bad_chain},
    {"with_a_batch_that_it_did_not_sign",
     [](TestAgent&, wire::SyncRequest& r) { r.segments[0].batches[0].signature[5] ^= std::byte{1}; },
     ErrorId::wire_bad_signature},
    {"with_an_entry_left_out",
     [](TestAgent&, wire::SyncRequest& r) {
         r.segments[0].entries.erase(r.segments[0].entries.begin());
         r.segments[0].batches.clear();
     },
     ErrorId::wire_bad_chain},
    {"in_the_name_of_another_agent", [](TestAgent&, wire::SyncRequest& r) { r.agent = AgentId{9}; },
     ErrorId::hub_unknown_agent},
    {"signed_by_another_key",
     [](TestAgent& a, wire::SyncRequest&) {
         a.signer = must(a.fixture.keys->open_signing_key(must(a.fixture.keys->make_signing_key())));
     },
     ErrorId::wire_bad_signature},
    {"over_the_connection_of_another_agent", [](TestAgent& a, wire::SyncRequest&) { a.tls_key[10] ^= std::byte{1}; },
     ErrorId::hub_unknown_agent},
    {"from_an_agent_that_never_enrolled", [](TestAgent& a, wire::SyncRequest&) { a.id = AgentId{42}; },
     ErrorId::hub_unknown_agent},
};
TEST_EACH(Ingest, takes_nothing_from_a_request, kForgeries) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.contact(1);
    agent.contact(2);
    wire::SyncRequest request = agent.request();
    const AgentId id = agent.id;
    row.change(agent, request);
    const auto refused = agent.sync(request);
    CPPUNIT_ASSERT(!refused.ok());
    CPPUNIT_ASSERT_EQUAL_MESSAGE(refused.error().describe(), row.error, refused.error().id);
    agent.id = id;
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, f.status(agent).entries_held);
}

TEST(Ingest, refuses_every_flipped_bit) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.contact(1);
    const Bytes good = agent.seal(agent.request());
    for (std::size_t at = 0; at < good.size(); at += 3) {
        Bytes bad = good;
        bad[at] ^= std::byte{4};
        CPPUNIT_ASSERT(!f.hub().ingest().sync(bad, agent.tls_key).ok());
    }
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_too_large, f.hub().ingest().sync(Bytes(200'000), {}).error().id);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, f.status(agent).entries_held);
}

TEST(Filing, ends_the_registration_at_that_site_only) {
    Scene f;
    f.add(kTownship, InstitutionKind::township_hospital);
    f.import(kTownship, {row(kZhang, "张伟", "110105194912310021")});
    TestAgent agent(f, kHospital);
    agent.file(wire::DepartureFiling{RecordNo{1}, day("2026-03-01"), "辞职"}, 1);
    const TestAgent::Heard heard = agent.sync();
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, heard.held.results.size());
    CPPUNIT_ASSERT(heard.held.results[0].accepted);
    CPPUNIT_ASSERT_EQUAL(f.seq(kHospital).value, heard.held.results[0].in_seq.value);
    for (const PersonInfo::Site& site : f.person(kZhang).sites)
        CPPUNIT_ASSERT_EQUAL(site.institution == kHospital, site.registration.last_day.has_value());
}

TEST(Filing, twice_changes_nothing) {
    Scene f;
    TestAgent agent(f, kHospital);
    const Bytes filing = agent.file(wire::DepartureFiling{RecordNo{1}, day("2026-03-01"), "辞职"}, 1);
    const wire::FilingResult first = agent.sync().held.results.at(0);
    const Seq before = f.seq(kHospital);
    agent.filings = {filing};
    const wire::FilingResult second = agent.sync().held.results.at(0);
    CPPUNIT_ASSERT(first == second);
    CPPUNIT_ASSERT_EQUAL(before.value, f.seq(kHospital).value);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.events(HubEvent::registration_ended));
}

TEST(Filing, can_be_undone) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.file(wire::DepartureFiling{RecordNo{1}, day("2026-03-01"), "辞职"}, 1);
    agent.sync();
    agent.file(wire::UndoFiling{uuid(1)}, 2);
    const wire::FilingResult undone = agent.sync().held.results.at(0);
    CPPUNIT_ASSERT(undone.accepted);
    CPPUNIT_ASSERT_EQUAL(f.seq(kHospital).value, undone.in_seq.value);
    CPPUNIT_ASSERT(!f.person(kZhang).sites[0].registration.last_day);
}

TEST(Filing, done_and_undone_in_one_sync_shows_in_no_state) {
    Scene f;
    TestAgent agent(f, kHospital);
    const Seq before = f.seq(kHospital);
    const Bytes departure = agent.file(wire::DepartureFiling{RecordNo{1}, day("2026-03-01"), "辞职"}, 1);
    const Bytes undo = agent.file(wire::UndoFiling{uuid(1)}, 2);
    for (const wire::FilingResult& result : agent.sync().held.results) {
        CPPUNIT_ASSERT(result.accepted);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, result.in_seq.value);
    }
    CPPUNIT_ASSERT_EQUAL(before.value, f.seq(kHospital).value);
    agent.filings = {departure, undo};
    for (const wire::FilingResult& result : agent.sync().held.results)
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, result.in_seq.value);
}

struct BadFiling {
    const char* name;
    decltype(wire::Filing::body) body;
    ErrorId reason;
};
const BadFiling kBadFilings[] = {
    {"of_nobody", wire::DepartureFiling{RecordNo{99}, day("2026-03-01"), ""}, ErrorId::filing_unknown_person},
    {"before_the_registration", wire::DepartureFiling{RecordNo{1}, day("2023-12-31"), ""},
     ErrorId::departure_before_registration},
    {"over_a_year_ahead", wire::DepartureFiling{RecordNo{1}, day("2027-03-03"), ""}, ErrorId::departure_too_far_ahead},
    {"that_undoes_nothing", wire::UndoFiling{uuid(50)}, ErrorId::filing_not_found},
    {"about_the_window_of_nothing", wire::WindowFiling{uuid(50), day("2026-03-01"), "1"}, ErrorId::filing_not_found},
};
TEST_EACH(Filing, is_refused_with_its_reason_when, kBadFilings) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.file(row.body, 1);
    const wire::FilingResult result = agent.sync().held.results.at(0);
    CPPUNIT_ASSERT(!result.accepted);
    CPPUNIT_ASSERT_EQUAL(row.reason, result.reason);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.events(HubEvent::filing_refused));
}

TEST(Filing, is_refused_for_somebody_who_has_left) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.file(wire::DepartureFiling{RecordNo{1}, day("2026-03-01"), ""}, 1);
    agent.file(wire::DepartureFiling{RecordNo{1}, day("2026-02-01"), ""}, 2);
    const auto results = agent.sync().held.results;
    CPPUNIT_ASSERT(results.at(0).accepted);
    CPPUNIT_ASSERT_EQUAL(ErrorId::departure_already, results.at(1).reason);
}

TEST(Filing, says_something_else_under_a_known_number) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.file(wire::DepartureFiling{RecordNo{1}, day("2026-03-01"), ""}, 1);
    agent.sync();
    agent.file(wire::DepartureFiling{RecordNo{2}, day("2026-03-01"), ""}, 1);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_conflict, agent.sync().held.results.at(0).reason);
}

TEST(Registry, registers_again_somebody_who_left_with_a_new_number) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.file(wire::DepartureFiling{RecordNo{1}, day("2026-03-01"), "辞职"}, 1);
    agent.sync();
    const RosterRow same = row(kZhang, "张伟", "110105194912310021");
    const ImportReport lagging = f.import(kHospital, {same});  // an export that lags brings nobody back, and says so
    CPPUNIT_ASSERT_EQUAL(1U, lagging.ended);
    CPPUNIT_ASSERT_EQUAL(0U, lagging.unchanged);
    RosterRow again = same;
    again.contract_from = day("2026-03-02");
    CPPUNIT_ASSERT_EQUAL(1U, f.import(kHospital, {again}).restarted);
    const PersonInfo person = f.person(kZhang);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, person.sites.size());
    CPPUNIT_ASSERT_EQUAL(3U, person.sites[1].registration.no.value);
    CPPUNIT_ASSERT(person.sites[0].registration.last_day.has_value());
}
TAGS(Registry, registers_again_somebody_who_left_with_a_new_number, "XY-12");

}  // namespace
}  // namespace zige::hub::testing
