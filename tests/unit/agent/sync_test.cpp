#include "agent/core/sync.h"

#include <set>

#include "shared/wire/codec.h"
#include "shared/wire/limits.h"
#include "tests/support/agent_fixture.h"
#include "tests/support/fixed_keys.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

/// Suspends 王伟 and publishes.
void change(AgentFixture& f) {
    f.hub.people.at(1).standing = {{Standing::suspended, on("2026-08-15"), {}, {}, 1, "信医保处〔2026〕40号"}};
    f.hub.publish();
}
void add_many(AgentFixture& f, std::uint32_t count) {
    for (std::uint32_t no = 100; no < 100 + count; ++no)
        f.hub.add_person(no, "D4115" + std::to_string(10'000'000 + no * 7919), "人" + std::to_string(no * 31));
    f.hub.publish();
}

}  // namespace

TEST(Sync, the_first_one_carries_then_a_poll_is_enough) {
    AgentFixture f;
    f.start();
    f.enrol();
    const auto first = f.sync(false);
    CPPUNIT_ASSERT(first.carried && first.copy_changed);
    CPPUNIT_ASSERT_EQUAL(std::size_t{8}, first.records);
    const auto second = f.sync(false);
    CPPUNIT_ASSERT(!second.carried);
    CPPUNIT_ASSERT_EQUAL(1, second.rounds);
    f.restart();
    CPPUNIT_ASSERT_MESSAGE("after each start", f.sync(false).carried);
    CPPUNIT_ASSERT(!f.sync(false).carried);
    f.advance(std::chrono::hours{24});
    CPPUNIT_ASSERT_MESSAGE("and each day", f.sync(false).carried);
}

TEST(Sync, a_poll_dates_the_copy) {
    AgentFixture f;
    f.ready();
    f.advance(std::chrono::hours{2});
    f.sync(false);
    CPPUNIT_ASSERT_EQUAL(f.hub.now, f.agent->status().as_of);
}

TEST(Sync, learns_of_a_suspension_by_a_poll) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000001"));
    change(f);
    const auto report = f.sync(false);
    CPPUNIT_ASSERT(report.carried);
    CPPUNIT_ASSERT_EQUAL(2, report.rounds);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, report.patches);
    CPPUNIT_ASSERT(report.seq_after > report.seq_before);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000001"));
}

TEST(Sync, decisions_arrive_at_the_hub_whole_and_once) {
    AgentFixture f;
    f.ready();
    for (int i = 0; i < 40; ++i) CPPUNIT_ASSERT(f.clear("D411502000001", "k" + std::to_string(i)).ok());
    f.sync(false);
    const auto status = f.journal().status();
    CPPUNIT_ASSERT_EQUAL(status.size, std::uint64_t{f.hub.journal.size()});
    CPPUNIT_ASSERT_EQUAL(status.size, status.held);
    for (std::size_t i = 0; i < f.hub.journal.size(); ++i)
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{i + 1}, wire::decode_journal_entry(f.hub.journal[i])->index);
    CPPUNIT_ASSERT(!f.hub.forked);
    CPPUNIT_ASSERT_EQUAL(status.size, f.hub.last_request.journal_size);
}

TEST(Sync, a_contact_entry_with_new_random_bytes_goes_before_each_upload) {
    AgentFixture f;
    f.ready();
    f.sync();
    std::set<std::array<std::byte, 16>> seen;
    for (const Bytes& bytes : f.hub.journal) {
        const auto entry = wire::decode_journal_entry(bytes).value();
        if (const auto* contact = std::get_if<wire::ContactEntry>(&entry.body))
            CPPUNIT_ASSERT(seen.insert(contact->random).second);
    }
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, seen.size());
}

TEST(Sync, a_long_backlog_goes_in_rounds) {
    AgentFixture f;
    f.ready();
    std::vector<agent::ClaimLine> lines(500, {"1", f.line("D411502000001")});
    for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT(f.gate().clear({"C-" + std::to_string(i), "", lines}).ok());
    const auto report = f.sync(false);
    CPPUNIT_ASSERT(report.rounds > 2);
    CPPUNIT_ASSERT(!report.more);
    CPPUNIT_ASSERT_EQUAL(f.journal().status().size, std::uint64_t{f.hub.journal.size()});
}

TEST(Sync, a_lost_answer_is_harmless) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(f.clear("D411502000001").ok());
    CPPUNIT_ASSERT(f.desk().depart({"#2", on("2026-08-31"), "", ""}).ok());
    f.transports.after = [](const std::string&, HttpAnswer& answer) { answer = {502, {}}; };
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_refused, f.sync_error());
    CPPUNIT_ASSERT_EQUAL(1, f.agent->status().sync.failures);
    f.transports.after = nullptr;
    f.restart();
    f.sync();
    CPPUNIT_ASSERT(!f.hub.forked);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.hub.filings.size());
    CPPUNIT_ASSERT_EQUAL(FilingState::accepted, f.desk().duties()[0].state);
    CPPUNIT_ASSERT_EQUAL(0, f.agent->status().sync.failures);
}

TEST(Sync, with_the_hub_down_it_says_so_and_waits_longer_each_time) {
    AgentFixture f;
    f.ready();
    f.transports.down = true;
    std::chrono::seconds last{0};
    for (int i = 0; i < 5; ++i) {
        CPPUNIT_ASSERT_EQUAL(ErrorId::net_unreachable, f.sync_error());
        const auto wait = f.agent->syncer().value()->retry_after();
        CPPUNIT_ASSERT(wait > last * 4 / 3);
        last = wait;
    }
    for (int i = 0; i < 20; ++i) f.sync_error();
    CPPUNIT_ASSERT(f.agent->syncer().value()->retry_after() <= std::chrono::minutes{23});
}

TEST(Sync, a_large_first_sync_comes_in_chunks_and_survives_broken_lines_and_restarts) {
    AgentFixture f;
    add_many(f, 3000);
    f.start();
    f.enrol();
    int allowed = 2;
    f.transports.before = [&](const std::string& path) -> Result<void> {
        if (path.starts_with("/v1/blob/") && allowed-- == 0) return fail(ErrorId::net_interrupted, path);
        return {};
    };
    int failures = 0;
    std::set<std::string> fetched;
    f.transports.after = [&](const std::string& path, HttpAnswer&) {
        if (path.starts_with("/v1/blob/")) CPPUNIT_ASSERT_MESSAGE(path + " again", fetched.insert(path).second);
    };
    while (!f.agent->view()) {
        allowed = 2;
        if (f.agent->syncer().value()->sync_once(true)) break;
        CPPUNIT_ASSERT(++failures < 100);
        f.restart();
    }
    CPPUNIT_ASSERT(failures > 0);
    CPPUNIT_ASSERT_EQUAL(std::size_t{3006}, f.agent->status().people);
    CPPUNIT_ASSERT(!f.disk->exists("/data/download.blob"));
    CPPUNIT_ASSERT(!f.disk->exists("/data/download.manifest"));
    f.restart();
    CPPUNIT_ASSERT_EQUAL(std::size_t{3006}, f.agent->status().people);
}

TEST(Sync, a_damaged_chunk_is_fetched_again) {
    AgentFixture f;
    f.hub.always_blob = true;
    f.start();
    f.enrol();
    f.transports.after = [](const std::string& path, HttpAnswer& answer) {
        if (path.starts_with("/v1/blob/")) answer.body[0] ^= std::byte{1};
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_chunk, f.sync_error());
    CPPUNIT_ASSERT(!f.agent->view());
    f.transports.after = nullptr;
    CPPUNIT_ASSERT(f.sync().copy_changed);
}

TEST(Sync, a_blob_that_the_hub_dropped_starts_again) {
    AgentFixture f;
    f.hub.always_blob = true;
    f.start();
    f.enrol();
    f.transports.after = [](const std::string& path, HttpAnswer& answer) {
        if (path.starts_with("/v1/blob/")) answer = {404, to_bytes(R"({"error":"sync_blob_gone"})")};
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::sync_blob_gone, f.sync_error());
    CPPUNIT_ASSERT(!f.disk->exists("/data/download.manifest"));
    f.transports.after = nullptr;
    CPPUNIT_ASSERT(f.sync().copy_changed);
}

TEST(Sync, catches_up_with_rotated_keys) {
    AgentFixture f;
    f.ready();
    for (int i = 0; i < 4; ++i) f.hub.rotate_keys();
    change(f);
    const auto report = f.sync(false);
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{5}, report.trust_version);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000001"));
    f.restart();
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{5}, f.agent->status().trust_version);
}

struct SuiteRow {
    const char* name;
    Suite suite;
};
const SuiteRow kSuites[] = {{"ed25519_sha256", Suite::ed25519_sha256}, {"sm2_sm3", Suite::sm2_sm3}};
TEST_EACH(Sync, catches_up_with_24_missed_rotations_at_once, kSuites) {
    AgentFixture f(row.suite);
    f.ready();
    for (int month = 0; month < 24; ++month) {
        f.advance(std::chrono::hours{24 * 30});
        f.hub.rotate_keys();
    }
    change(f);
    const auto report = f.sync(false);
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{25}, report.trust_version);
    CPPUNIT_ASSERT(report.copy_changed);
    CPPUNIT_ASSERT_EQUAL(f.hub.now, f.agent->status().time.trusted);
}

TEST(Sync, catches_up_with_more_rotations_than_an_answer_holds) {
    AgentFixture f;
    f.ready();
    for (int i = 0; i < 130; ++i) f.hub.rotate_keys();
    change(f);
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{131}, f.sync(false).trust_version);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000001"));
}

TEST(Sync, tells_the_bytes_of_all_its_connections) {
    AgentFixture f;
    f.ready();
    for (int i = 0; i < 130; ++i) f.hub.rotate_keys();
    std::uint64_t answered = 0;
    f.transports.after = [&](const std::string&, HttpAnswer& answer) { answered += answer.body.size(); };
    const auto connections = f.transports.peers.size();
    const auto report = f.sync(false);
    CPPUNIT_ASSERT(f.transports.peers.size() > connections + 1);
    CPPUNIT_ASSERT_EQUAL(answered, report.traffic.received);
}

TEST(Sync, finds_the_hub_behind_another_tls_authority) {
    AgentFixture f;
    f.ready();
    f.hub.rotate_keys();
    const auto asked = f.transports.peers.size();
    bool replaced = true;
    f.transports.before = [&](const std::string& path) -> Result<void> {
        const bool believes_anybody = f.transports.peers.back().tls_ca.empty();
        if (path.starts_with("/v1/trust")) return {};
        CPPUNIT_ASSERT(!believes_anybody);  // only trust documents are taken from just anybody
        if (std::exchange(replaced, false)) return fail(ErrorId::tls_untrusted_peer, "peer");
        return {};
    };
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{2}, f.sync().trust_version);
    CPPUNIT_ASSERT_EQUAL(asked + 3, f.transports.peers.size());
}

TEST(Sync, a_stranger_with_another_tls_authority_is_refused) {
    AgentFixture f;
    f.ready();
    f.transports.before = [](const std::string& path) -> Result<void> {
        if (path.starts_with("/v1/trust")) return {};
        return fail(ErrorId::tls_untrusted_peer, "peer");
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::tls_untrusted_peer, f.sync_error());
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{1}, f.agent->status().trust_version);
}

using Tamper = std::function<void(AgentFixture&, wire::SyncAnswer&)>;
struct Refused {
    const char* name;
    ErrorId error;
    Tamper tamper;
};
Bytes held_of(AgentFixture& f, const std::function<void(wire::Held&)>& change_it) {
    wire::Held held;
    held.agent = {3};
    held.chapter = {1};
    held.size = f.hub.journal.size();
    held.hash = f.hub.journal_chain.back();
    held.hub_time = f.hub.now;
    change_it(held);
    return f.hub.sign(MessageType::held, wire::encode(held));
}
const Refused kRefused[] = {
    {"held_of_another_agent", ErrorId::sync_unexpected_answer,
     [](AgentFixture& f, wire::SyncAnswer& a) { a.held = held_of(f, [](wire::Held& h) { h.agent = {4}; }); }},
    {"held_of_another_chapter", ErrorId::sync_unexpected_answer,
     [](AgentFixture& f, wire::SyncAnswer& a) { a.held = held_of(f, [](wire::Held& h) { h.chapter = {2}; }); }},
    {"an_old_held", ErrorId::wire_replayed,
     [](AgentFixture& f, wire::SyncAnswer& a) {
         a.held = held_of(f, [](wire::Held& h) { h.hub_time -= std::chrono::hours{1}; });
     }},
    {"held_outside_the_key", ErrorId::wire_key_out_of_date,
     [](AgentFixture& f, wire::SyncAnswer& a) {
         a.held = held_of(f, [](wire::Held& h) { h.hub_time += std::chrono::hours{24 * 90}; });
     }},
    {"held_by_another_key", ErrorId::wire_bad_signature,
     [](AgentFixture& f, wire::SyncAnswer& a) {
         a.held = f.hub.sign_with(*fixed_signer(std::byte{0x66}), 1, MessageType::held, to_bytes("x"));
     }},
    {"a_head_as_delta", ErrorId::wire_wrong_message_type,
     [](AgentFixture& f, wire::SyncAnswer& a) { a.institution = f.hub.head(1); }},
    {"an_old_delta", ErrorId::wire_replayed,
     [](AgentFixture& f, wire::SyncAnswer& a) { a.institution = f.hub.delta(std::nullopt, 0); }},
    {"cut_short", ErrorId::wire_truncated,
     [](AgentFixture&, wire::SyncAnswer& a) { a.institution.resize(a.institution.size() - 1); }},
};
TEST_EACH(Sync, refuses_and_keeps_its_state, kRefused) {
    AgentFixture f;
    f.ready();
    f.advance(std::chrono::minutes{5});
    change(f);
    const auto before = f.agent->status();
    f.hub.tamper = [&](wire::SyncAnswer& answer) { row.tamper(f, answer); };
    CPPUNIT_ASSERT_EQUAL(row.error, f.sync_error());
    const bool institution_refused = std::string(row.name).find("held") == std::string::npos;
    const auto after = f.agent->status();
    if (institution_refused) CPPUNIT_ASSERT_EQUAL(to_hex(before.state_hash), to_hex(after.state_hash));
    else CPPUNIT_ASSERT_EQUAL(before.journal.held, after.journal.held);
    CPPUNIT_ASSERT(after.sync.last_error.has_value());
    f.hub.tamper = nullptr;
    f.sync();
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000001"));
    CPPUNIT_ASSERT(!f.agent->status().sync.last_error.has_value());
}

TEST(Sync, garbage_instead_of_an_answer_is_named) {
    AgentFixture f;
    f.ready();
    f.transports.after = [](const std::string&, HttpAnswer& answer) { answer.body = to_bytes("<html>portal</html>"); };
    CPPUNIT_ASSERT_EQUAL(Errc::untrusted, f.agent->syncer().value()->sync_once(true).error().code());
    f.transports.after = [](const std::string&, HttpAnswer& answer) { answer.body.resize(kMaxSyncAnswerBytes + 1); };
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_too_large, f.sync_error());
    f.transports.after = nullptr;
    f.sync();
}

TEST(Sync, a_refusal_of_the_hub_keeps_its_name) {
    AgentFixture f;
    f.ready();
    f.transports.after = [](const std::string&, HttpAnswer& answer) {
        answer = {409, to_bytes(R"({"error":"hub_unknown_agent"})")};
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_unknown_agent, f.sync_error());
    f.transports.after = [](const std::string&, HttpAnswer& answer) {
        answer = {418, to_bytes(R"({"error":"teapot"})")};
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::sync_refused, f.sync_error());
}

TEST(Sync, a_copy_that_a_delta_does_not_fit_is_fetched_whole) {
    AgentFixture f;
    f.ready();
    change(f);
    f.hub.tamper = [&](wire::SyncAnswer& answer) {
        auto delta = f.hub.delta_value(0, 1);
        delta.state.root[0] ^= std::byte{1};
        answer.institution = f.hub.sign(MessageType::delta, wire::encode(delta));
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_root, f.sync_error());
    std::vector<wire::SyncRequest> asked;
    const auto held_here = f.agent->status();
    f.hub.tamper = [&](wire::SyncAnswer&) { asked.push_back(f.hub.last_request); };
    const auto report = f.sync();
    CPPUNIT_ASSERT_EQUAL(std::size_t{8}, report.records);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000001"));
    // P5: whoever does not know what is held here any more is told before it takes it away (SYNC-10).
    CPPUNIT_ASSERT(asked.at(0).state_hash == wire::kGenesis);
    CPPUNIT_ASSERT_EQUAL(held_here.seq.value, asked.at(0).seq.value);
    CPPUNIT_ASSERT(asked.at(0).proof.has_value());
    f.sync();
    CPPUNIT_ASSERT(!asked.back().proof);
}

TEST(Sync, a_state_that_nothing_else_names_is_proven_by_its_delta) {
    AgentFixture f;
    f.ready();
    change(f);
    Bytes delta;
    f.hub.tamper = [&](wire::SyncAnswer& answer) {
        delta = answer.institution;
        answer.held.back() ^= std::byte{1};
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_signature, f.sync_error());
    f.restart();
    std::vector<wire::SyncRequest> asked;
    f.hub.say = [](wire::Held& held) {
        held.prove = true;
        held.state_hash = {};
    };
    f.hub.tamper = [&](wire::SyncAnswer& answer) {
        asked.push_back(f.hub.last_request);
        answer.institution_type = MessageType::head;
        answer.institution.clear();
    };
    f.sync();
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, asked.size());
    CPPUNIT_ASSERT(asked.at(1).proof == (wire::StateProof{MessageType::delta, delta}));
}

TEST(Sync, a_folder_put_back_is_named_at_the_next_carrying_sync_and_survived) {
    AgentFixture f;
    f.ready();
    const auto image = f.disk->image("/data");
    CPPUNIT_ASSERT(f.clear("D411502000001").ok());
    f.sync();
    f.stop();
    f.disk->restore("/data", image);
    f.start();
    CPPUNIT_ASSERT(f.agent->status().journal.anchor_ahead);
    change(f);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_forked, f.sync_error());
    CPPUNIT_ASSERT(f.hub.forked);
    CPPUNIT_ASSERT(f.journal().status().frozen);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000001"));
    CPPUNIT_ASSERT_MESSAGE("decisions go on", f.clear("D411502000003").ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_frozen, f.desk().depart({"#2", on("2026-08-31"), "", ""}).error().id);
}

TEST(Sync, a_folder_put_back_before_its_entries_were_uploaded_is_named_too) {
    AgentFixture f;
    f.ready();
    f.sync();
    const auto image = f.disk->image("/data");
    CPPUNIT_ASSERT(f.clear("D411502000001").ok());
    CPPUNIT_ASSERT(f.agent->close().ok());
    f.stop();
    f.disk->restore("/data", image);
    f.start();
    CPPUNIT_ASSERT_MESSAGE("the anchor outside the folder remembers the lost entry", f.sync().anchor_ahead);
}

TEST(Sync, a_damaged_copy_is_thrown_away_and_fetched_again) {
    AgentFixture f;
    f.ready();
    agent::ReplicaStore::Change change_record;
    change_record.records = {{RecordNo{2}, to_bytes("damage")}};
    CPPUNIT_ASSERT(f.replica_store->commit(change_record).ok());
    f.restart();
    CPPUNIT_ASSERT_EQUAL(ErrorId::replica_corrupt, f.agent->status().copy_error->id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_no_copy, f.gate().check(f.line("D411502000001")).error().id);
    f.sync(false);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000001"));
}
