#include "hub/core/recovery.h"

#include <filesystem>

#include "hub/core/region.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/restored.h"

namespace zige::hub::testing {
namespace {

TEST(Recovery, is_needed_once_an_agent_proves_what_the_database_does_not_have) {
    Restored f;
    CPPUNIT_ASSERT(!f.hub().stopped());  // the witness was put back with it: it does not know
    CPPUNIT_ASSERT(f.agent->ask().held.prove);
    wire::SyncRequest asked = f.agent->asking();
    asked.proof = f.agent->proof;
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_agent, f.agent->sync(asked).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_agent, f.hub().stopped().value().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_agent, f.hub().feed().head(kHospital).error().id);
    must(f.reopen());
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_agent, f.hub().stopped().value().id);  // over a restart too
    const auto incidents = must(f.hub().incidents().list(false));
    CPPUNIT_ASSERT_EQUAL(IncidentKind::hub_restored_unknown, incidents.at(0).kind);
    CPPUNIT_ASSERT_EQUAL(to_hex(f.agent->proof.envelope), std::string(incidents.at(0).evidence.text("envelope")));
}

/// The restored hub went on: by its number its state is newer than what the agent alone has.
TEST(Recovery, sends_no_state_before_the_proof_that_it_asks_for) {
    Restored f;
    f.import(kHospital, {row("D411500000021", "新人", "110105194912310064")});
    for (int i = 0; must(f.hub().feed().current(kHospital)).state.seq <= f.lost.seq; ++i)
        f.suspend("D411500000021", "2026-03-0" + std::to_string(3 + i), "信医保处〔2026〕2" + std::to_string(i) + "号");
    wire::SyncRequest asked = f.agent->asking();
    for (const bool beside : {false, true}) {  // no proof, or one of another state
        if (beside) {
            wire::Held other;
            other.agent = f.agent->id;
            other.chapter = f.agent->chapter;
            other.state_hash.fill(std::byte{7});
            other.hub_time = f.clock.wall();
            asked.proof = {MessageType::held,
                           must(f.hub().trust().sign(MessageType::held, wire::encode(other), f.clock.wall()))};
        }
        const TestAgent::Heard heard = must(f.agent->sync(asked));
        CPPUNIT_ASSERT(heard.held.prove);
        CPPUNIT_ASSERT(heard.answer.institution.empty());
        CPPUNIT_ASSERT(heard.held.state_hash == Hash256{});
    }
    asked.proof = f.agent->proof;
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_agent, f.agent->sync(asked).error().id);
}

/// A delta that did not fit made the agent ask for everything: what it holds would be gone without a word.
TEST(Recovery, is_needed_once_whoever_wants_a_snapshot_proves_what_it_would_lose) {
    Restored f;
    wire::SyncRequest asked = f.agent->asking();
    asked.state_hash = wire::kGenesis;
    asked.proof = f.agent->proof;
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_agent, f.agent->sync(asked).error().id);
    must(f.hub().recovery().start(kOperator));
    const TestAgent::Heard heard = must(f.agent->sync(asked));
    CPPUNIT_ASSERT(heard.held.hand_in);
    CPPUNIT_ASSERT(heard.answer.institution.empty());
    must(f.agent->hand_in(f.agent->copy()));
    CPPUNIT_ASSERT(!must(f.agent->sync(asked)).answer.institution.empty());
    asked.proof->envelope.back() ^= std::byte{1};  // proves nothing, as after a key was revoked: it gets what there is
    CPPUNIT_ASSERT(!must(f.agent->sync(asked)).answer.institution.empty());
}

/// The word beside the delta was lost on the line.
TEST(Recovery, is_needed_once_the_delta_that_brought_a_lost_state_proves_it) {
    Restored f;
    wire::Delta delta;
    delta.state = f.lost;
    delta.hub_time = f.clock.wall();
    wire::SyncRequest asked = f.agent->asking();
    asked.proof = {MessageType::delta,
                   must(f.hub().trust().sign(MessageType::delta, wire::encode(delta), f.clock.wall()))};
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_agent, f.agent->sync(asked).error().id);
    const Incident incident = must(f.hub().incidents().list(false)).at(0);
    CPPUNIT_ASSERT_EQUAL(to_hex(asked.proof->envelope), std::string(incident.evidence.text("envelope")));
    must(f.hub().recovery().start(kOperator));
    wire::CopyHandIn copy = f.agent->copy();
    copy.proof = *asked.proof;
    must(f.agent->hand_in(copy));
    CPPUNIT_ASSERT(must(f.hub().recovery().show()).institutions.at(0).recovered);
}

/// Nothing was published since the backup: only the journal went on, and the hub acknowledged it.
struct OnlyJournal : HubFixture {
    OnlyJournal() {
        add(kHospital);
        agent = std::make_unique<Keeper>(*this, kHospital);
        agent->keep_copy();
        for (const char* end : {"", "-wal"})
            std::filesystem::copy_file(folder / (std::string("hub.db") + end),
                                       folder / (std::string("backup.db") + end));
        const Bytes witness = must(files.read(options.witness, 4096));
        for (int i = 0; i < 3; ++i) agent->keep_copy();
        store.reset();
        for (const char* end : {"", "-wal"})
            std::filesystem::copy_file(folder / (std::string("backup.db") + end),
                                       folder / (std::string("hub.db") + end),
                                       std::filesystem::copy_options::overwrite_existing);
        must(files.write(options.witness, witness));
        must(reopen());
    }
    std::unique_ptr<Keeper> agent;
};

TEST(Recovery, is_needed_once_an_agent_proves_that_more_of_its_journal_was_held) {
    OnlyJournal f;
    CPPUNIT_ASSERT(!f.hub().stopped());
    const wire::Held low = f.agent->ask().held;
    CPPUNIT_ASSERT(!low.prove);                        // its state is known
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, low.size);  // what comes first is wanting
    wire::SyncRequest asked = f.agent->asking();
    asked.proof = f.agent->proof;
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_agent, f.agent->sync(asked).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_agent, f.hub().stopped().value().id);
    const Incident incident = must(f.hub().incidents().list(false)).at(0);
    CPPUNIT_ASSERT_EQUAL(IncidentKind::hub_restored_unknown, incident.kind);
    CPPUNIT_ASSERT_EQUAL(std::string("4"), std::string(incident.evidence.text("entries_proven")));
    must(f.hub().recovery().start(kOperator));
    must(f.agent->hand_in(f.agent->copy()));
    f.agent->held.size = 1;
    f.agent->ask(true);  // the proof again: known, and over
    CPPUNIT_ASSERT(!f.hub().stopped());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{6}, must(f.hub().agents().show(f.agent->id)).entries_held);
}

struct Lie {
    const char* name;
    void (*change)(Restored&, wire::SyncRequest&);
};
const Lie kLies[] = {
    {"alone", [](Restored&, wire::SyncRequest& r) { r.proof.reset(); }},
    {"with_a_proof_of_another_state",
     [](Restored& f, wire::SyncRequest& r) {
         for (int i = 0; i < 2; ++i) f.agent->ask();  // the lost entries are at the hub again
         const auto proof = r.proof;
         r = f.agent->asking();
         r.proof = proof;
         r.state_hash.fill(std::byte{7});
     }},
    {"with_a_proof_that_it_signed_itself",
     [](Restored& f, wire::SyncRequest& r) {
         wire::Held held;
         held.agent = f.agent->id;
         held.chapter = f.agent->chapter;
         held.state_hash = r.state_hash;
         held.hub_time = f.clock.wall();
         const std::byte kid{1};
         r.proof->envelope = must(wire::seal_envelope({f.hub().trust().hub_id(), MessageType::held}, wire::encode(held),
                                                      ByteView(&kid, 1), *f.agent->signer, *f.compressor));
     }},
    {"with_a_damaged_proof", [](Restored&, wire::SyncRequest& r) { r.proof->envelope.back() ^= std::byte{1}; }},
};
TEST_EACH(Recovery, is_not_forced_by_an_agent_whose_word_stands, kLies) {
    Restored f;
    wire::SyncRequest asked = f.agent->asking();
    asked.proof = f.agent->proof;
    row.change(f, asked);
    CPPUNIT_ASSERT(must(f.agent->sync(asked)).held.prove);
    CPPUNIT_ASSERT(!f.hub().stopped());
    CPPUNIT_ASSERT(must(f.hub().incidents().list(true)).empty());
}

TEST(Recovery, raises_the_epoch_by_one_and_goes_on_above_every_number_that_was_seen) {
    Restored f(false);  // the witness is newer than the database
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_witness, f.hub().stopped().value().id);
    CPPUNIT_ASSERT_EQUAL(IncidentKind::hub_behind, f.hub().stopped_incident().value().kind);
    must(f.hub().recovery().start(kOperator));
    CPPUNIT_ASSERT(!f.hub().stopped());
    const wire::State state = must(f.hub().feed().current(kHospital)).state;
    CPPUNIT_ASSERT_EQUAL(2U, state.epoch.value);
    CPPUNIT_ASSERT(state.seq > f.lost.seq);
    must(f.reopen());
    CPPUNIT_ASSERT(!f.hub().stopped());
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_not_recovering, f.hub().recovery().start(kOperator).error().id);
    CPPUNIT_ASSERT_EQUAL(2U, must(f.hub().report().status()).epoch.value);
}

TEST(Recovery, publishes_to_an_agent_only_after_it_handed_in_its_copy) {
    Restored f(false);
    must(f.hub().recovery().start(kOperator));
    const TestAgent::Heard heard = f.agent->ask();
    CPPUNIT_ASSERT(heard.held.hand_in);
    CPPUNIT_ASSERT(heard.answer.institution.empty());
    CPPUNIT_ASSERT(heard.held.state_hash == Hash256{});
    CPPUNIT_ASSERT(!f.recovered(kHospital));
    must(f.agent->hand_in(f.agent->copy()));
    const TestAgent::Heard after = f.agent->ask();
    CPPUNIT_ASSERT(!after.held.hand_in);
    CPPUNIT_ASSERT(!after.answer.institution.empty());
    CPPUNIT_ASSERT(f.recovered(kHospital));
}

TEST(Recovery, files_every_stricter_standing_and_keeps_whom_it_lost) {
    Restored f(false);
    CPPUNIT_ASSERT(f.standing(kZhang).empty());
    must(f.hub().recovery().start(kOperator));
    must(f.agent->hand_in(f.agent->copy()));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.standing(kZhang).size());
    CPPUNIT_ASSERT_EQUAL(std::string("信医保处〔2026〕9号"), f.standing(kZhang)[0].document);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.events(HubEvent::standing_recovered));
    f.agent->keep_copy();
    const auto& wang = std::get<Registration>(f.agent->records.at(RecordNo{3}));
    CPPUNIT_ASSERT_EQUAL(std::string("王芳"), wang.name);  // under the number that the agent has
    must(f.agent->hand_in(f.agent->copy()));               // its present copy: nothing is filed twice
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.events(HubEvent::standing_recovered));
    must(f.hub().verify_log());
}

TEST(Recovery, shows_whom_it_lost_to_the_whole_region) {
    Restored f(false, true);
    const auto find = [&] {
        const auto set = must(read_from(*f.store, [&](Tx& tx) { return Region(*f.hasher).load(tx); }));
        return set->find("D411500000009", day("2026-03-05"));
    };
    must(f.hub().recovery().start(kOperator));
    CPPUNIT_ASSERT(!find());
    must(f.agent->hand_in(f.agent->copy()));
    CPPUNIT_ASSERT(find() && find()->status == Standing::suspended);
    f.import(kHospital, {row("D411500000009", "王芳", "11010519491231002X")});  // found again: a person as all others
    CPPUNIT_ASSERT(find() && find()->status == Standing::suspended);
}

TEST(Recovery, shows_what_is_decided_later_about_whom_it_knows_elsewhere_only) {
    Restored f(false);
    must(f.hub().recovery().start(kOperator));
    must(f.agent->hand_in(f.agent->copy()));
    f.add(kTownship, InstitutionKind::township_hospital);
    f.import(kTownship, {row("D411500000009", "王芳", "11010519491231002X")});
    f.suspend("D411500000009", "2026-03-04", "信医保处〔2026〕11号");
    f.agent->keep_copy();
    const auto& wang = std::get<Registration>(f.agent->records.at(RecordNo{3}));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, wang.standing.size());
    CPPUNIT_ASSERT_EQUAL(std::string("信医保处〔2026〕11号"), wang.standing[0].document);
}

TEST(Recovery, gives_no_number_twice_and_the_old_one_to_whom_it_finds_again) {
    Restored f(false);
    must(f.hub().recovery().start(kOperator));
    f.import(kHospital, {row("D411500000011", "新人", "110105194912310048")});
    must(f.agent->hand_in(f.agent->copy()));
    CPPUNIT_ASSERT(f.person("D411500000011").sites[0].registration.no.value > 3);
    f.import(kHospital, {row("D411500000009", "王芳", "11010519491231002X")});
    CPPUNIT_ASSERT_EQUAL(3U, f.person("D411500000009").sites[0].registration.no.value);
    f.agent->keep_copy();
    CPPUNIT_ASSERT_EQUAL(std::size_t{5}, f.agent->records.size());
}

TEST(Recovery, leaves_what_an_operator_decided_since) {
    Restored f(false);
    must(f.hub().recovery().start(kOperator));
    f.suspend(kZhang, "2026-03-03", "信医保处〔2026〕9号");  // entered again from the paper
    must(f.hub().sanctions().end(kOperator, kZhang, "信医保处〔2026〕9号", day("2026-03-04"), "撤销"));
    must(f.agent->hand_in(f.agent->copy()));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.standing(kZhang).size());
    CPPUNIT_ASSERT(f.standing(kZhang)[0].end.has_value());
}

void rotate(HubFixture& f, const NextTrust& wish = {}) {
    TrustDraft draft = must(f.hub().rotation().draft(wish));
    const auto root = must(f.keys->open_signing_key(as_text(must(f.files.read("/stick/root.key", 4096)))));
    must(sign_draft(draft, *root, *f.verifier));
    must(f.hub().rotation().publish(kOperator, draft));
}

TEST(Recovery, takes_what_a_key_proves_that_made_room_for_newer_ones) {
    Restored f(false);
    must(f.hub().recovery().start(kOperator));
    for (std::size_t i = 0; i < kKeptOnlineKeys; ++i) rotate(f);
    CPPUNIT_ASSERT(f.hub().trust().document().online_keys.front().id > 1);
    must(f.agent->hand_in(f.agent->copy()));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.standing(kZhang).size());
}

TEST(Recovery, takes_nothing_that_a_revoked_key_proves) {
    for (const std::size_t before : {std::size_t{0}, kKeptOnlineKeys - 1}) {  // alone, and in a full document
        Restored f(false);
        must(f.hub().recovery().start(kOperator));
        for (std::size_t i = 0; i < before; ++i) rotate(f);
        NextTrust wish;
        wish.revoke = 1;
        rotate(f, wish);
        for (std::size_t i = 0; i < kKeptOnlineKeys; ++i) rotate(f);
        CPPUNIT_ASSERT_EQUAL(ErrorId::wire_unknown_key, f.agent->hand_in(f.agent->copy()).error().id);
        CPPUNIT_ASSERT(f.standing(kZhang).empty());
    }
}

TEST(Recovery, of_a_backup_from_weeks_ago_needs_the_clock_confirmed) {
    Restored f(false);
    f.clock.reboot(std::chrono::hours{24 * 30});
    must(f.reopen());
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_clock_jumped, f.hub().recovery().start(kOperator).error().id);
    must(f.hub().confirm_clock(kOperator, "looked at it"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_witness, f.hub().stopped().value().id);
    must(f.hub().recovery().start(kOperator));
    must(f.agent->hand_in(f.agent->copy()));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.standing(kZhang).size());
}

TEST(Recovery, ends_by_a_waiver_with_a_reason) {
    Restored f(false);
    must(f.hub().recovery().start(kOperator));
    CPPUNIT_ASSERT_EQUAL(ErrorId::usage_bad_argument, f.hub().recovery().waive(kOperator, kHospital, "").error().id);
    must(f.hub().recovery().waive(kOperator, kHospital, "电脑已报废"));
    CPPUNIT_ASSERT(f.recovered(kHospital));
    CPPUNIT_ASSERT(f.agent->ask().held.hand_in);  // it may still come, and is still heard first
    must(f.agent->hand_in(f.agent->copy()));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.standing(kZhang).size());
}

TEST(Recovery, takes_back_the_entries_that_the_database_lost) {
    Restored f(false);
    must(f.hub().recovery().start(kOperator));
    f.agent->held = {};
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, f.agent->ask().held.size);
    CPPUNIT_ASSERT(must(f.hub().incidents().list(false)).empty());
}

struct Forged {
    const char* name;
    void (*change)(Restored&, wire::CopyHandIn&);
    ErrorId error;
};
const Forged kForged[] = {
    {"whose_record_was_changed",
     [](Restored& f, wire::CopyHandIn& c) {
         Registration zhang = std::get<Registration>(f.agent->records.at(RecordNo{1}));
         zhang.standing.clear();
         c.records[1] = wire::encode(Record{zhang});
     },
     ErrorId::wire_bad_root},
    {"that_lacks_a_record", [](Restored&, wire::CopyHandIn& c) { c.records.pop_back(); }, ErrorId::wire_bad_root},
    {"whose_records_are_in_disorder", [](Restored&, wire::CopyHandIn& c) { std::swap(c.records[1], c.records[2]); },
     ErrorId::wire_bad_order},
    {"of_another_config", [](Restored&, wire::CopyHandIn& c) { c.config.push_back(std::byte{0}); },
     ErrorId::wire_bad_hash},
    {"whose_proof_names_another_state",
     [](Restored&, wire::CopyHandIn& c) {
         wire::State state = must(wire::decode_state(c.state));
         state.seq.value += 5;
         c.state = wire::encode(state);
     },
     ErrorId::hand_in_refused},
    {"whose_proof_is_not_ours", [](Restored&, wire::CopyHandIn& c) { c.proof.envelope.back() ^= std::byte{1}; },
     ErrorId::wire_bad_signature},
};
TEST_EACH(HandIn, refuses_a_copy, kForged) {
    Restored f(false);
    must(f.hub().recovery().start(kOperator));
    wire::CopyHandIn copy = f.agent->copy();
    row.change(f, copy);
    const auto refused = f.agent->hand_in(copy);
    CPPUNIT_ASSERT(!refused.ok());
    CPPUNIT_ASSERT_EQUAL_MESSAGE(refused.error().describe(), row.error, refused.error().id);
    CPPUNIT_ASSERT(f.standing(kZhang).empty());
    CPPUNIT_ASSERT(!f.recovered(kHospital));
}

TEST(StateFork, is_an_incident_with_both_states) {
    Restored f;  // the hub does not know that it was put back, and publishes other things under the lost numbers
    while (must(f.hub().feed().current(kHospital)).state.seq < f.lost.seq)
        f.import(kHospital, {row("D41150000002" + std::to_string(f.log_size() % 10), "另一人",
                                 f.log_size() % 2 == 0 ? "110105194912310064" : "110105194912310080")});
    f.agent->proof = {MessageType::head, must(f.hub().feed().head(kHospital))};
    wire::Head head = must(wire::decode_head(open(f, MessageType::head, f.agent->proof.envelope)));
    head.state = f.lost;
    f.agent->proof.envelope = must(f.hub().trust().sign(MessageType::head, wire::encode(head), f.clock.wall()));
    wire::SyncRequest asked = f.agent->asking();
    asked.proof = f.agent->proof;
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_agent, f.agent->sync(asked).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_behind_agent, f.hub().stopped().value().id);
    const auto incidents = must(f.hub().incidents().list(false));
    const auto fork = std::ranges::find(incidents, IncidentKind::state_fork, &Incident::kind);
    CPPUNIT_ASSERT(fork != incidents.end());
    CPPUNIT_ASSERT_EQUAL(to_hex(f.agent->state_hash), std::string(fork->evidence.text("state")));
    CPPUNIT_ASSERT(!fork->evidence.text("our_bytes").empty());

    // What it lost under that number comes back like anything else that it lost.
    must(f.hub().recovery().start(kOperator));
    wire::CopyHandIn copy = f.agent->copy();
    copy.proof = f.agent->proof;
    must(f.agent->hand_in(copy));
    CPPUNIT_ASSERT(!f.standing(kZhang).empty());
}

}  // namespace
}  // namespace zige::hub::testing
