#include <utility>

#include "agent/core/anchor.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "shared/wire/phone_codes.h"
#include "tests/support/agent_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;
using std::chrono::hours;

namespace {

StandingInterval suspended_from(const char* day) {
    return {Standing::suspended, on(day), std::nullopt, std::nullopt, 1, "信医保处〔2026〕77号"};
}

/// A new chapter was opened for the agent while two decisions waited.
struct Opened : AgentFixture {
    Opened() {
        ready();
        CPPUNIT_ASSERT(clear("D411502000001").ok());
        CPPUNIT_ASSERT(clear("D411502000002").ok());
        hub.say = [](wire::Held& held) {
            if (held.chapter == Chapter{1}) held.open_chapter = Chapter{2};
        };
    }
};

TEST(Chapter, is_started_at_the_word_of_the_hub_and_names_the_end_of_the_one_before) {
    Opened f;
    f.sync();
    const auto status = f.journal().status();
    CPPUNIT_ASSERT_EQUAL(2U, status.chapter.value);
    const auto first = f.journal().entry(Chapter{2}, 1);
    CPPUNIT_ASSERT(first.ok());
    const auto before = std::get<wire::ChapterEntry>(first->body).before.value();
    CPPUNIT_ASSERT_EQUAL(1U, before.chapter.value);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{f.hub.left.at(1).first.size()}, before.size);
    CPPUNIT_ASSERT(before.hash == f.hub.left.at(1).second.back());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, status.unheld);
    f.restart();
    CPPUNIT_ASSERT_EQUAL(2U, f.journal().status().chapter.value);
    CPPUNIT_ASSERT(f.clear("D411502000001").ok());
    f.sync();
}

TEST(Chapter, left_behind_is_handed_in_to_its_end) {
    Opened f;
    bool late = false;
    f.transports.before = [&](const std::string& path) -> Result<void> {
        // A claim that comes while the sync is on its way: the old chapter ends after what was sent.
        if (path == "/v1/sync" && !std::exchange(late, true)) CPPUNIT_ASSERT(f.clear("D411502000006").ok());
        return {};
    };
    f.sync();
    const auto before = std::get<wire::ChapterEntry>(f.journal().entry(Chapter{2}, 1)->body).before.value();
    CPPUNIT_ASSERT_EQUAL(before.size, std::uint64_t{f.hub.left.at(1).first.size()});
    CPPUNIT_ASSERT(before.hash == f.hub.left.at(1).second.back());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, f.journal().status().unheld);
    f.restart();
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, f.journal().status().unheld);  // on disk too
}

TEST(Chapter, thaws_the_filings_that_waited) {
    AgentFixture f;
    f.ready();
    f.hub.defer_filings = true;
    const auto left = f.desk().depart({"D411502000001", on("2026-08-31"), "辞职", "收费员"});
    CPPUNIT_ASSERT(left.ok());
    f.hub.forked = true;
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_forked, f.sync_error());
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_frozen,
                         f.desk().depart({"D411502000002", on("2026-08-31"), "辞职", "收费员"}).error().id);
    CPPUNIT_ASSERT(f.clear("D411502000002").ok());  // decisions go on
    f.hub.defer_filings = false;
    f.hub.say = [](wire::Held& held) {
        if (held.frozen) held.open_chapter = Chapter{2};
    };
    f.sync();
    CPPUNIT_ASSERT(!f.journal().status().frozen);
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, f.desk().waiting());
    CPPUNIT_ASSERT(f.desk().depart({"D411502000002", on("2026-08-31"), "辞职", "收费员"}).ok());
}

TEST(Chapter, makes_the_anchor_of_a_lost_one_no_news) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(
        agent::write_anchor(f.files, "/anchor/journal", {AgentId{3}, Chapter{1}, 99, {}, f.clock.wall()}).ok());
    f.restart();
    CPPUNIT_ASSERT(f.journal().status().anchor_ahead);  // the folder was put back
    f.hub.say = [](wire::Held& held) {
        if (held.chapter == Chapter{1}) held.open_chapter = Chapter{2};
    };
    f.sync();
    CPPUNIT_ASSERT(!f.journal().status().anchor_ahead);
    f.restart();
    CPPUNIT_ASSERT(!f.journal().status().anchor_ahead);
}

TEST(RolledBackDisk, is_known_by_its_anchor_after_two_boots_in_a_row) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(f.agent->close().ok());
    const auto image = f.disk->image("/data");
    const auto next_boot = [&](bool rolled_back) {
        CPPUNIT_ASSERT(f.clear("D411502000001").ok());
        CPPUNIT_ASSERT(f.agent->close().ok());
        f.stop();
        if (rolled_back) f.disk->restore("/data", image);
        f.clock.reboot(std::chrono::minutes{3});
        f.hub.now += std::chrono::minutes{3};
        f.start();
        return f.agent->status();
    };
    CPPUNIT_ASSERT(!next_boot(false).journal.anchor_ahead);
    const auto once = next_boot(true);
    CPPUNIT_ASSERT(once.journal.anchor_ahead && !once.disk_rolls_back);  // somebody may have put a backup back
    f.restart();
    CPPUNIT_ASSERT(!f.agent->status().disk_rolls_back);  // a start is no boot
    CPPUNIT_ASSERT(next_boot(true).disk_rolls_back);
    [[maybe_unused]] const auto report = f.agent->syncer().value()->sync_once(true);
    CPPUNIT_ASSERT(f.hub.last_request.health.disk_rolls_back);
}

TEST(HubPutBack, is_named_proven_and_gets_the_lost_entries_again) {
    AgentFixture f;
    f.ready();
    for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT(f.clear("D411502000001").ok());
    f.sync();
    const std::uint64_t held = f.journal().status().held;
    f.hub.journal.resize(2);  // nothing was published meanwhile
    f.hub.journal_chain.resize(2);
    f.restart();  // the word is on disk
    const auto report = f.sync();
    CPPUNIT_ASSERT_EQUAL(held - 2, report.hub_lost);
    CPPUNIT_ASSERT(f.hub.last_request.proof && f.hub.last_request.proof->type == MessageType::held);
    const auto word = wire::decode_held(
        wire::open_envelope({"411500", MessageType::held}, f.hub.last_request.proof->envelope,
                            f.hub.online->public_key(), *f.hub.verifier, *f.hub.compressor, kMaxHeldBytes)
            .value());
    CPPUNIT_ASSERT_EQUAL(held, word->size);
    CPPUNIT_ASSERT_EQUAL(f.journal().status().size, std::uint64_t{f.hub.journal.size()});
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, f.journal().status().hub_lost);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, f.sync().hub_lost);
    CPPUNIT_ASSERT(!f.hub.last_request.proof);
}

TEST(HubPutBack, gets_the_lost_entries_of_a_chapter_that_was_left) {
    Opened f;
    f.sync();
    f.hub.say = nullptr;
    f.sync();
    auto& [entries, chain] = f.hub.left.at(1);
    const std::vector<Bytes> whole = entries;
    entries.resize(2);
    chain.resize(2);
    f.hub.say = [&](wire::Held& held) {
        if (held.earlier.empty()) held.earlier = {{AgentId{3}, Chapter{1}, entries.size(), chain.back()}};
    };
    f.restart();
    f.sync();
    f.sync();
    CPPUNIT_ASSERT(whole == f.hub.left.at(1).first);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, f.journal().status().unheld);
    const auto verified = f.journal().verify();
    CPPUNIT_ASSERT_MESSAGE(verified ? "" : verified.error().describe(), verified.ok());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, verified->chapters);
}

TEST(HubPutBack, so_that_it_lost_a_chapter_gets_its_own_word) {
    AgentFixture f;
    f.ready();
    f.transports.after = [](const std::string& path, HttpAnswer& answer) {
        if (path == "/v1/sync") answer = {400, to_bytes(R"({"error":"wire_bad_chain"})")};
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_chain, f.sync_error());
    f.transports.after = nullptr;
    f.sync();
    CPPUNIT_ASSERT(f.hub.last_request.proof.has_value());
}

namespace {

std::string prolongation(AgentFixture& f, std::uint32_t serial, int days) {
    const Bytes own = f.keys.unsealer().value()->public_key();
    const Hash256 key = wire::phone_key({"411500", AgentId{3}, 1}, *f.hub.unsealer, own).value();
    return wire::prolongation_code(key, {serial, days}, *f.hub.hasher).value();
}

}  // namespace

TEST(PhoneCode, is_journaled_before_it_counts_and_used_up_whatever_becomes_of_the_copy) {
    AgentFixture f;
    f.ready();
    const std::string code = prolongation(f, 1, 5);
    CPPUNIT_ASSERT(f.agent->prolong(code).ok());
    const auto entry = f.journal().entry({1}, f.journal().status().size).value();
    CPPUNIT_ASSERT(std::get<wire::PhoneCodeEntry>(entry.body) == (wire::PhoneCodeEntry{1, 5}));
    f.restart();
    CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_used, f.agent->prolong(code).error().id);
    CPPUNIT_ASSERT(f.replica_store->reset().ok());  // as when it is damaged
    f.restart();
    CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_used, f.agent->prolong(code).error().id);
}

TEST(PhoneCode, is_tried_five_times_in_an_hour_over_restarts_too) {
    AgentFixture f;
    f.ready();
    const std::string wrong = prolongation(f, 20, 5);  // of a serial that nobody gives yet
    for (int i = 0; i < 5; ++i) {
        CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_wrong, f.agent->prolong(wrong).error().id);
        f.restart();
    }
    const std::string good = prolongation(f, 1, 5);
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_overloaded, f.agent->prolong(good).error().id);
    f.advance(hours{1});
    CPPUNIT_ASSERT(f.agent->prolong(good).ok());
}

TEST(Proof, goes_out_when_the_hub_asks_and_names_the_state_that_is_held) {
    AgentFixture f;
    f.ready();
    f.hub.say = [](wire::Held& held) { held.prove = true; };
    f.sync();
    const auto proof = f.hub.last_request.proof;
    CPPUNIT_ASSERT(proof.has_value());
    CPPUNIT_ASSERT_EQUAL(MessageType::held, proof->type);
    f.hub.say = nullptr;
    f.sync();
    f.sync();
    CPPUNIT_ASSERT(!f.hub.last_request.proof);
    f.restart();
    CPPUNIT_ASSERT(f.agent->syncer().ok());
    f.hub.say = [](wire::Held& held) { held.prove = true; };
    f.sync();
    CPPUNIT_ASSERT(f.hub.last_request.proof.has_value());  // kept over the restart
}

TEST(Proof, that_is_wanted_and_not_there_ends_in_a_snapshot) {
    AgentFixture f;
    f.ready();
    agent::ReplicaStore::Change lost;
    lost.proof = to_bytes("none");
    CPPUNIT_ASSERT(f.replica_store->commit(lost).ok());
    f.restart();
    f.hub.say = [&](wire::Held& held) {
        held.prove = f.hub.last_request.state_hash != wire::kGenesis;
        if (held.prove) held.state_hash = {};
    };
    f.hub.tamper = [&](wire::SyncAnswer& answer) {
        if (f.hub.last_request.state_hash != wire::kGenesis) answer.institution.clear();
    };
    [[maybe_unused]] const auto report = f.agent->syncer().value()->sync_once(true);
    CPPUNIT_ASSERT(!f.hub.last_request.proof);
    CPPUNIT_ASSERT(f.hub.last_request.state_hash == wire::kGenesis);  // the hub need not wait for what never comes
}

TEST(StateFork, is_named_the_copy_stays_and_the_hub_gets_the_proof) {
    AgentFixture f;
    f.ready();
    const Hash256 before = f.agent->status().state_hash;
    f.hub.tamper = [&](wire::SyncAnswer& answer) {
        wire::Head head{f.hub.state(f.hub.last_state()), f.hub.now, 0};
        head.state.root.fill(std::byte{9});
        answer.institution_type = MessageType::head;
        answer.institution = f.hub.sign(MessageType::head, wire::encode(head));
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_fork, f.sync_error());
    CPPUNIT_ASSERT(f.agent->status().state_hash == before);
    f.hub.tamper = nullptr;
    f.sync();
    CPPUNIT_ASSERT(f.hub.last_request.proof.has_value());
}

/// The hub came back from a backup, one epoch higher, and lost that 王伟 was suspended.
struct Recovering : AgentFixture {
    Recovering() {
        hub.ineligible = {hub.ineligible_entry("D411500000077", on("2026-08-01"))};
        hub.publish_ineligible();
        hub.people.at(1).standing = {suspended_from("2026-08-15")};
        hub.people.at(2).last_day = on("2026-08-20");
        hub.publish();
        ready();
        CPPUNIT_ASSERT_EQUAL(Outcome::deny, check("D411502000001"));
        CPPUNIT_ASSERT_EQUAL(Outcome::deny, check("D411502000002"));
        hub.people.at(1).standing.clear();
        hub.people.at(2).last_day.reset();
        hub.add_person(9, "D411502000009", "新人");
        hub.institution.recovered = false;
        hub.raise_epoch();
        hub.publish();
    }
    void end() {
        hub.institution.recovered = true;
        hub.publish();
        sync();
    }
};

TEST(Recovery, gets_the_whole_copy_before_it_publishes) {
    Recovering f;
    const Bytes state = wire::encode(f.hub.state(f.hub.last_state() - 1));
    f.hub.say = [&](wire::Held& held) {
        held.hand_in = f.hub.copies.empty();
        if (held.hand_in) held.state_hash = {};
    };
    const auto report = f.sync();
    CPPUNIT_ASSERT(report.copy_handed_in);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.hub.copies.size());
    const wire::CopyHandIn& copy = f.hub.copies.front();
    CPPUNIT_ASSERT(copy.state == state);
    CPPUNIT_ASSERT_EQUAL(std::size_t{8}, copy.records.size());  // the institution, six people, an alias
    CPPUNIT_ASSERT_EQUAL(MessageType::held, copy.proof.type);
    CPPUNIT_ASSERT_EQUAL(2U, f.agent->status().epoch.value);  // and then took what the hub published
}

TEST(Recovery, of_the_hub_makes_the_agent_ask_for_the_whole_region_set) {
    Recovering f;
    CPPUNIT_ASSERT_EQUAL(1U, f.agent->status().ineligible_version);  // this version may be another one there
    f.sync();
    f.sync();
    CPPUNIT_ASSERT_EQUAL(0U, f.hub.last_request.ineligible_version);
    CPPUNIT_ASSERT_EQUAL(1U, f.agent->status().ineligible_version);
    CPPUNIT_ASSERT(f.agent->view()->copy->ineligible()->find("D411500000077", on("2026-09-01")).has_value());
}

TEST(Recovery, of_the_hub_lets_nobody_pass_whom_the_old_copy_refuses) {
    Recovering f;
    f.sync();
    CPPUNIT_ASSERT_EQUAL(2U, f.agent->status().epoch.value);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000001"));   // suspended there
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000002"));   // had left there
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000006"));  // nothing against him in either
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000009"));  // registered since
    f.restart();
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000001"));  // from disk too
    f.end();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000001"));  // the hub says that it has everything back
    f.restart();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000001"));
}

TEST(Recovery, of_the_hub_applies_later_changes_to_the_copy_that_it_signed) {
    Recovering f;
    f.sync();
    f.hub.people.at(6).standing = {suspended_from("2026-08-25")};
    f.hub.publish();
    f.sync();
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000006"));
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000001"));
}

TEST(Recovery, of_a_hub_that_an_agent_can_prove_nothing_to_ends_in_a_snapshot_and_both_copies_count) {
    Recovering f;
    agent::ReplicaStore::Change lost;
    lost.proof = to_bytes("none");
    CPPUNIT_ASSERT(f.replica_store->commit(lost).ok());
    f.restart();
    f.hub.say = [&](wire::Held& held) { held.hand_in = f.hub.last_request.state_hash != wire::kGenesis; };
    f.sync();
    CPPUNIT_ASSERT(f.hub.copies.empty());
    CPPUNIT_ASSERT_EQUAL(2U, f.agent->status().epoch.value);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000001"));
}

TEST(Recovery, of_a_hub_that_revoked_the_key_of_the_proof_ends_in_a_snapshot_and_both_copies_count) {
    Recovering f;
    f.hub.say = [&](wire::Held& held) { held.hand_in = f.hub.last_request.state_hash != wire::kGenesis; };
    f.transports.before = [](const std::string& path) -> Result<void> {
        return path == "/v1/copy" ? fail(ErrorId::wire_unknown_key, "hub", "status 403") : Result<void>();
    };
    f.sync();
    CPPUNIT_ASSERT(f.hub.copies.empty());
    CPPUNIT_ASSERT_EQUAL(2U, f.agent->status().epoch.value);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000001"));
}

/// A statement about 王伟, for a state that has not come yet.
wire::Statement statement_of(AgentFixture& f, RecordNo no, std::uint64_t ahead) {
    return {f.hub.institution.code, no, suspended_from("2026-08-15"),
            Seq{f.hub.state(f.hub.last_state()).seq.value + ahead}, f.hub.now};
}
Result<wire::Statement> add(AgentFixture& f, const wire::Statement& statement) {
    return f.agent->add_statement(f.hub.sign(MessageType::statement, wire::encode(statement)));
}

TEST(Statement, counts_until_a_state_that_shows_it) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(add(f, statement_of(f, RecordNo{1}, 7)).ok());
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000001"));
    f.restart();
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000001"));
    f.hub.publish();  // seq + 7: what stands there counts
    f.sync();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000001"));
}

TEST(Statement, counts_on_while_a_recovery_is_under_way) {
    Recovering f;
    CPPUNIT_ASSERT(add(f, statement_of(f, RecordNo{6}, 0)).ok());
    f.sync();  // STMT-2: the hub may have lost what it says
    CPPUNIT_ASSERT(f.agent->status().epoch.value == 2 && f.check("D411502000006") == Outcome::deny);
    f.restart();
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000006"));
    f.end();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000006"));
}

TEST(Statement, never_loosens_what_the_copy_refuses) {
    AgentFixture f;
    f.ready();
    wire::Statement lifted = statement_of(f, RecordNo{3}, 1);
    lifted.interval = {Standing::suspended,   on("2026-08-01"), on("2026-08-05"), std::nullopt, 1,
                       "信医保处〔2026〕12号"};
    CPPUNIT_ASSERT(add(f, lifted).ok());
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000003"));
}

struct BadStatement {
    const char* name;
    void (*change)(AgentFixture&, wire::Statement&);
    ErrorId error;
};
const BadStatement kBadStatements[] = {
    {"that_the_copy_has", [](AgentFixture& f, wire::Statement& s) { s.basis = f.hub.state(f.hub.last_state()).seq; },
     ErrorId::statement_older},
    {"of_another_institution", [](AgentFixture&, wire::Statement& s) { s.institution.text = "H41150299999"; },
     ErrorId::wire_wrong_institution},
    {"signed_outside_the_key", [](AgentFixture&, wire::Statement& s) { s.hub_time += hours{24 * 400}; },
     ErrorId::wire_key_out_of_date},
};
TEST_EACH(Statement, is_refused, kBadStatements) {
    AgentFixture f;
    f.ready();
    wire::Statement statement = statement_of(f, RecordNo{1}, 7);
    row.change(f, statement);
    const auto refused = add(f, statement);
    CPPUNIT_ASSERT(!refused.ok());
    CPPUNIT_ASSERT_EQUAL_MESSAGE(refused.error().describe(), row.error, refused.error().id);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000001"));
}

}  // namespace
