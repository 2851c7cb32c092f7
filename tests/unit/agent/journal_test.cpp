#include "agent/core/journal.h"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <thread>

#include "shared/sqlite/database.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"
#include "tests/support/agent_fixture.h"
#include "tests/support/fixed_keys.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

/// The store behind it, whose append() takes as long as a test wants.
class HeldStore : public agent::JournalStore {
public:
    explicit HeldStore(agent::JournalStore& behind) : behind_(behind) {}
    Result<void> append(const Batch& batch) override {
        while (hold) std::this_thread::yield();
        return behind_.append(batch);
    }
    Result<std::optional<Position>> position() override { return behind_.position(); }
    Result<std::vector<Position>> chapters() override { return behind_.chapters(); }
    Result<void> note_earlier(Chapter chapter, std::uint64_t held) override {
        return behind_.note_earlier(chapter, held);
    }
    Result<void> start_chapter(AgentId agent, Chapter chapter) override {
        return behind_.start_chapter(agent, chapter);
    }
    Result<std::vector<Entry>> entries(Chapter chapter, std::uint64_t first, std::size_t count,
                                       std::size_t bytes) override {
        return behind_.entries(chapter, first, count, bytes);
    }
    Result<std::optional<Claim>> claim(std::string_view key) override { return behind_.claim(key); }
    Result<std::vector<Claim>> claims(Chapter chapter, std::uint64_t first, std::uint64_t last) override {
        return behind_.claims(chapter, first, last);
    }
    Result<void> adopt(const Adopted& part) override { return behind_.adopt(part); }
    Result<void> add_signatures(Chapter chapter, std::span<const wire::BatchSignature> batches) override {
        return behind_.add_signatures(chapter, batches);
    }
    Result<std::vector<wire::BatchSignature>> signatures(Chapter chapter, std::uint64_t first,
                                                         std::uint64_t last) override {
        return behind_.signatures(chapter, first, last);
    }
    Result<Memory> remembered(Instant since, std::size_t limit) override { return behind_.remembered(since, limit); }
    Result<void> remember(const Memory& memory) override { return behind_.remember(memory); }
    Result<void> forget_visits(Instant before) override { return behind_.forget_visits(before); }
    Result<std::vector<Lot>> lots_of(std::uint64_t visit) override { return behind_.lots_of(visit); }
    Result<std::vector<Lot>> lots_named(std::uint64_t lot) override { return behind_.lots_named(lot); }
    Result<std::vector<Lot>> lots_settled_by(std::uint64_t settlement) override {
        return behind_.lots_settled_by(settlement);
    }
    Result<void> settle(std::span<const Lot> lots, std::uint64_t settlement) override {
        return behind_.settle(lots, settlement);
    }
    Result<std::vector<Emergency>> emergencies(bool with_evidence, std::size_t limit) override {
        return behind_.emergencies(with_evidence, limit);
    }
    Result<std::optional<Emergency>> emergency(const wire::EntryName& decision) override {
        return behind_.emergency(decision);
    }
    Result<std::optional<Reversed>> reversal_of(const wire::EntryName& decision) override {
        return behind_.reversal_of(decision);
    }
    Result<std::vector<Filing>> filings() override { return behind_.filings(); }
    Result<void> update_filings(std::span<const Filing> rows) override { return behind_.update_filings(rows); }
    Result<void> note_held(std::uint64_t held, Instant at, bool frozen, std::span<const Filing> rows) override {
        return behind_.note_held(held, at, frozen, rows);
    }
    std::atomic<bool> hold{false};

private:
    agent::JournalStore& behind_;
};

/// A journal over a real store on a disk in memory.
struct Book {
    Book() { open(); }
    void open() {
        journal.reset();
        guard.reset();
        replica_store.reset();
        store.reset();
        store = agent::open_journal_store("/data/journal.db", vfs.name()).value();
        slow = std::make_unique<HeldStore>(*store);
        replica_store = agent::open_replica_store("/data/replica.db", vfs.name()).value();
        guard = agent::TimeGuard::open(clock, *replica_store, {}).value();
        auto opened = reopen();
        CPPUNIT_ASSERT_MESSAGE(opened ? "" : opened.error().describe(), opened.ok());
        journal = *std::move(opened);
    }
    Result<std::unique_ptr<agent::Journal>> reopen() {
        return agent::Journal::open({*slow, crypto, *guard, files, *signer, "/anchor/journal"}, AgentId{3}, Chapter{1},
                                    "test");
    }
    static wire::DecisionEntry decision(const std::string& line, std::string reason = {}) {
        wire::DecisionEntry entry;
        entry.claim_id = "C";
        entry.line_id = line;
        entry.fee_time = at("2026-09-01 07:50:00");
        entry.emergency_reason = std::move(reason);
        return entry;
    }
    std::uint64_t record(const std::string& line) { return journal->record({decision(line)}, nullptr).value().first; }
    Result<agent::Journal::Recorded> record(const std::string& line, const std::string& key, char content) {
        const agent::ClaimKey claim{key, {std::byte(content)}};
        return journal->record({decision(line)}, &claim);
    }
    void sign() { CPPUNIT_ASSERT(journal->sign_pending().ok()); }
    ErrorId verify_error() { return journal->verify().error().id; }
    void sql(const std::string& statement) {
        auto database = sqlite::Database::open({.path = "/data/journal.db", .vfs = vfs.name()}).value();
        CPPUNIT_ASSERT(database->execute(statement).ok());
    }
    wire::Held held(std::uint64_t size) {
        wire::Held held;
        held.agent = {3};
        held.chapter = {1};
        held.size = size;
        held.hash =
            size == 0 ? wire::chain_start({3}, {1}, *hub.hasher) : store->entries({1}, size, 1, 0).value()[0].chain;
        held.hub_time = clock.wall();
        return held;
    }

    std::shared_ptr<PowerDisk> disk = std::make_shared<PowerDisk>();
    MemoryVfs vfs{disk};
    MemoryFiles files{disk};
    FakeClock clock{at("2026-09-01 08:00:00")};
    SeededRandom random{5};
    FakeHub hub{at("2026-09-01 08:00:00")};
    agent::Crypto crypto = hub.crypto();
    std::unique_ptr<Signer> signer = fixed_signer(std::byte{0x77});
    std::unique_ptr<agent::JournalStore> store;
    std::unique_ptr<HeldStore> slow;
    std::unique_ptr<agent::ReplicaStore> replica_store;
    std::unique_ptr<agent::TimeGuard> guard;
    std::unique_ptr<agent::Journal> journal;
};

}  // namespace

TEST(Journal, begins_with_its_chapter_and_counts_on) {
    Book b;
    const auto first = b.journal->entry({1}, 1).value();
    CPPUNIT_ASSERT(std::get<wire::ChapterEntry>(first.body) == (wire::ChapterEntry{{3}, {1}, "test", {}}));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, b.record("a"));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, b.record("b"));
    b.open();
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, b.record("c"));
    CPPUNIT_ASSERT_EQUAL(std::string("c"), std::get<wire::DecisionEntry>(b.journal->entry({1}, 4)->body).line_id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_found, b.journal->entry({1}, 5).error().id);
}

TEST(Journal, is_on_disk_before_it_answers) {
    Book b;
    const auto number = b.record("a");
    b.disk->cut_power_now();
    b.journal.reset();
    b.store.reset();
    b.guard.reset();
    b.replica_store.reset();
    b.disk->reboot();
    b.open();
    CPPUNIT_ASSERT_EQUAL(std::string("a"), std::get<wire::DecisionEntry>(b.journal->entry({1}, number)->body).line_id);
}

TEST(Journal, takes_a_claim_whole) {
    Book b;
    const auto recorded = b.journal->record({b.decision("a"), b.decision("b"), b.decision("c")}, nullptr).value();
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, recorded.first);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, b.journal->status().size);
    const auto tall = b.journal->record({b.decision("d"), b.decision("e", std::string(5000, 'x'))}, nullptr);
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_line_bad, tall.error().id);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, b.journal->status().size);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, b.record("f"));
    CPPUNIT_ASSERT(b.journal->verify().ok());
}

TEST(Journal, the_same_key_gives_the_same_answer) {
    Book b;
    const auto first = b.record("a", "key-1", 'x').value();
    CPPUNIT_ASSERT(!first.repeated);
    const auto again = b.record("other outcome", "key-1", 'x').value();
    CPPUNIT_ASSERT(again.repeated);
    CPPUNIT_ASSERT_EQUAL(first.first, again.first);
    CPPUNIT_ASSERT_EQUAL(std::string("a"), again.earlier[0].line_id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_idempotency_conflict, b.record("a", "key-1", 'y').error().id);
    b.open();
    CPPUNIT_ASSERT(b.record("a", "key-1", 'x')->repeated);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, b.journal->status().size);
}

TEST(Journal, callers_that_arrive_together_share_commits_and_lose_nothing) {
    Book b;
    constexpr int kCallers = 32;
    constexpr int kEach = 40;
    std::barrier start(kCallers);
    std::vector<std::vector<std::uint64_t>> numbers(kCallers);
    std::vector<std::thread> callers;
    for (int c = 0; c < kCallers; ++c)
        callers.emplace_back([&, c] {
            start.arrive_and_wait();
            for (int i = 0; i < kEach; ++i)
                numbers[static_cast<std::size_t>(c)].push_back(b.record(std::to_string(c * kEach + i)));
        });
    for (auto& caller : callers) caller.join();
    std::vector<bool> seen(kCallers * kEach + 2);
    for (int c = 0; c < kCallers; ++c)
        for (int i = 0; i < kEach; ++i) {
            const auto number = numbers[static_cast<std::size_t>(c)][static_cast<std::size_t>(i)];
            CPPUNIT_ASSERT(!seen.at(number));
            seen[number] = true;
            const auto entry = b.journal->entry({1}, number).value();
            CPPUNIT_ASSERT_EQUAL(std::to_string(c * kEach + i), std::get<wire::DecisionEntry>(entry.body).line_id);
        }
    b.sign();
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{kCallers * kEach + 1}, b.journal->verify()->entries);
}

TEST(Journal, who_waits_for_a_commit_shares_the_next_one) {
    constexpr int kCallers = 32;
    Book b;
    b.record("the store is warm");
    const auto syncs = b.journal->status().syncs;
    b.slow->hold = true;
    std::vector<std::thread> callers;
    for (int c = 0; c < kCallers; ++c) callers.emplace_back([&, c] { b.record(std::to_string(c)); });
    while (b.journal->status().waiting < kCallers - 1) std::this_thread::yield();
    b.slow->hold = false;
    for (auto& caller : callers) caller.join();
    CPPUNIT_ASSERT_EQUAL(syncs + 2, b.journal->status().syncs);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{kCallers + 2}, b.journal->status().size);
}

TEST(Journal, one_key_from_many_callers_is_decided_once) {
    Book b;
    constexpr int kCallers = 16;
    std::barrier start(kCallers);
    std::vector<std::thread> callers;
    std::vector<std::uint64_t> numbers(kCallers);
    std::vector<int> repeated(kCallers);
    for (std::size_t c = 0; c < kCallers; ++c)
        callers.emplace_back([&, c] {
            start.arrive_and_wait();
            const auto recorded = b.record("a", "one key", 'x').value();
            numbers[c] = recorded.first;
            repeated[c] = recorded.repeated ? 1 : 0;
        });
    for (auto& caller : callers) caller.join();
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, b.journal->status().size);
    CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{kCallers}, std::count(numbers.begin(), numbers.end(), std::uint64_t{2}));
    CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{kCallers - 1}, std::count(repeated.begin(), repeated.end(), 1));
}

TEST(Journal, signs_later_and_makes_up_for_it_after_a_crash) {
    Book b;
    for (int i = 0; i < 200; ++i) b.record(std::to_string(i));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{201}, b.journal->verify()->not_signed);
    b.open();
    b.sign();
    const auto verified = b.journal->verify().value();
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, verified.not_signed);
    CPPUNIT_ASSERT(verified.batches >= 4);
    const auto batches = b.store->signatures({1}, 1, 201).value();
    for (const auto& batch : batches) CPPUNIT_ASSERT(batch.last - batch.first < agent::kMaxBatchEntries);
}

struct Damage {
    const char* name;
    const char* sql;
};
const Damage kDamages[] = {
    {"an_entry_is_missing", "DELETE FROM entry WHERE (id & 0xffff) = 5"},
    {"an_entry_is_another",
     "UPDATE entry SET bytes = (SELECT bytes FROM entry WHERE (id & 0xffff) = 6) WHERE (id & 0xffff) = 5"},
    {"a_byte_is_another",
     "UPDATE entry SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'02' AS BLOB) WHERE (id & 0xffff) = 5"},
    {"a_chain_hash_is_another", "UPDATE entry SET chain = zeroblob(32) WHERE (id & 0xffff) = 5"},
    {"a_signature_is_another", "UPDATE batch SET signature = zeroblob(64)"},
    {"a_signature_is_missing", "DELETE FROM batch WHERE last = (SELECT min(last) FROM batch)"},
};
TEST_EACH(Journal, verify_finds, kDamages) {
    Book b;
    for (int i = 0; i < 100; ++i) b.record(std::to_string(i));
    b.sign();
    CPPUNIT_ASSERT(b.journal->verify().ok());
    b.sql(row.sql);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_corrupt, b.verify_error());
}

TEST(Journal, does_not_start_on_an_end_that_does_not_fit) {
    Book b;
    b.record("a");
    b.sql("UPDATE entry SET chain = zeroblob(32) WHERE id = (SELECT max(id) FROM entry)");
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_corrupt, b.reopen().error().id);
}

TEST(Journal, segments_hold_whole_batches_and_follow_each_other) {
    Book b;
    for (int i = 0; i < 900; ++i) b.record(std::string(20, 'l') + std::to_string(i));
    b.sign();
    const auto segments = b.journal->next_segments(4).value();
    CPPUNIT_ASSERT_EQUAL(std::size_t{4}, segments.size());
    std::uint64_t next = 1;
    for (const auto& segment : segments) {
        CPPUNIT_ASSERT_EQUAL(next, segment.first);
        CPPUNIT_ASSERT_EQUAL(segment.first, segment.batches.front().first);
        next += segment.entries.size();
        CPPUNIT_ASSERT_EQUAL(next - 1, segment.batches.back().last);
        CPPUNIT_ASSERT(wire::encode(segment).size() <= kMaxSegmentBytes);
        CPPUNIT_ASSERT(wire::decode_segment(wire::encode(segment)).ok());
    }
    const std::vector<agent::JournalStore::Filing> none;
    CPPUNIT_ASSERT(b.journal->note_held(b.held(next - 1), none).ok());
    CPPUNIT_ASSERT_EQUAL(next, b.journal->next_segments(1)->front().first);
    CPPUNIT_ASSERT(b.journal->note_held(b.held(901), none).ok());
    CPPUNIT_ASSERT(b.journal->next_segments(1)->empty());
}

TEST(Journal, a_hub_that_lost_entries_gets_them_again) {
    Book b;
    for (int i = 0; i < 10; ++i) b.record(std::to_string(i));
    b.sign();
    const std::vector<agent::JournalStore::Filing> none;
    CPPUNIT_ASSERT(b.journal->note_held(b.held(11), none).ok());
    b.clock.advance(std::chrono::seconds{1});
    CPPUNIT_ASSERT(b.journal->note_held(b.held(4), none).ok());
    const auto again = b.journal->next_segments(4).value();
    CPPUNIT_ASSERT_MESSAGE("from the batch that holds entry 5", again.at(0).first <= 5);
}

TEST(Journal, another_hash_at_the_hub_freezes_filings_and_nothing_else) {
    Book b;
    b.record("a");
    auto held = b.held(2);
    held.hash[0] ^= std::byte{1};
    const std::vector<agent::JournalStore::Filing> none;
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_forked, b.journal->note_held(held, none).error().id);
    CPPUNIT_ASSERT(b.journal->status().frozen);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, b.record("decisions go on"));
    b.open();
    CPPUNIT_ASSERT(b.journal->status().frozen);
    held = b.held(3);
    held.hub_time -= std::chrono::hours{1};
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_replayed, b.journal->note_held(held, none).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_forked, b.journal
                                                      ->note_held(
                                                          [&] {
                                                              auto h = b.held(3);
                                                              h.size = 9;
                                                              return h;
                                                          }(),
                                                          none)
                                                      .error()
                                                      .id);
}

TEST(Journal, an_anchor_ahead_names_a_folder_put_back) {
    Book b;
    b.record("a");
    const auto image = b.disk->image("/data");
    b.record("b");
    CPPUNIT_ASSERT(b.journal->write_anchor(b.random).ok());
    b.open();
    CPPUNIT_ASSERT(!b.journal->status().anchor_ahead);
    b.journal.reset();
    b.guard.reset();
    b.store.reset();
    b.replica_store.reset();
    b.disk->restore("/data", image);
    b.open();
    CPPUNIT_ASSERT(b.journal->status().anchor_ahead);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, b.record("decisions go on"));
    CPPUNIT_ASSERT(b.journal->write_anchor(b.random).ok());
    b.open();
    CPPUNIT_ASSERT_MESSAGE("the other entry 3 is still known", b.journal->status().anchor_ahead);
}

TEST(Journal, what_cannot_be_written_is_not_recorded_and_leaves_no_trace) {
    Book b;
    b.record("a");
    b.disk->fill_up_at_write(b.disk->counts().writes + 1);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_recorded, b.journal->record({b.decision("b")}, nullptr).error().id);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, b.journal->status().size);
    b.disk->free_space();
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, b.record("c"));
    b.open();
    CPPUNIT_ASSERT(b.journal->verify().ok());
    CPPUNIT_ASSERT_EQUAL(std::string("c"), std::get<wire::DecisionEntry>(b.journal->entry({1}, 3)->body).line_id);
}

TEST(Journal, an_entry_is_found_by_its_reference) {
    Book b;
    const auto number = b.record("a");
    const auto end = b.journal->status();
    CPPUNIT_ASSERT_EQUAL(number, end.size);
    const auto found = b.journal->find_reference(wire::reference(number, end.hash)).value();
    CPPUNIT_ASSERT_EQUAL(number, found.index);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_found,
                         b.journal->find_reference(wire::reference(number + 1, end.hash)).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_found, b.journal->find_reference(wire::reference(number, {})).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_found, b.journal->find_reference("??").error().id);
}

TEST(Journal, an_entry_is_found_among_those_whose_numbers_are_alike) {
    constexpr std::size_t kAtOnce = 4096;
    Book b;
    std::vector<std::string> references;
    while (references.size() <= wire::kReferenceNumbers) {
        const auto done =
            b.journal->record(std::vector<wire::DecisionEntry>(kAtOnce, Book::decision("a")), nullptr).value();
        references.insert(references.end(), done.references.begin(), done.references.end());
    }
    const std::uint64_t last = b.journal->status().size;
    for (const std::uint64_t number : {std::uint64_t{2}, std::uint64_t{77}, wire::kReferenceNumbers,
                                       wire::kReferenceNumbers + 2, wire::kReferenceNumbers + 77, last})
        CPPUNIT_ASSERT_EQUAL(number, b.journal->find_reference(references.at(number - 2))->index);
}

TEST(Journal, gives_another_reference_after_it_was_put_back) {
    Book b;
    b.record("a");
    const auto image = b.disk->image("/data");
    const auto lost = b.journal->record({Book::decision("b")}, nullptr).value();
    b.journal.reset();
    b.guard.reset();
    b.store.reset();
    b.replica_store.reset();
    b.disk->restore("/data", image);
    b.open();
    const auto now = b.journal->record({Book::decision("c")}, nullptr).value();
    CPPUNIT_ASSERT_EQUAL(lost.first, now.first);
    CPPUNIT_ASSERT(lost.references != now.references);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_found, b.journal->find_reference(lost.references[0]).error().id);
    CPPUNIT_ASSERT_EQUAL(now.first, b.journal->find_reference(now.references[0])->index);
}
