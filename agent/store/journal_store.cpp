#include <algorithm>
#include <array>
#include <mutex>

#include "agent/store/journal_memory.h"
#include "agent/store/journal_rows.h"
#include "agent/store/migrations.h"
#include "agent/store/stores.h"
#include "shared/sqlite/database.h"

namespace zige::agent {
namespace {

using sqlite::Database;
using sqlite::Statement;
using sqlite::Transaction;

constexpr std::array kSteps{sqlite::Migration{1, kJournal001}, sqlite::Migration{2, kJournal002},
                            sqlite::Migration{3, kJournal003}};
constexpr std::string_view kChapters = "SELECT no, agent, held, held_at, frozen, signing_key FROM chapter ORDER BY no";

Error damaged(std::string_view what) { return fail(ErrorId::journal_corrupt, std::string(what)); }

Result<Hash256> hash_of(ByteView bytes, std::string_view what) {
    const auto hash = to_hash(bytes);
    if (!hash) return damaged(what);
    return *hash;
}

Result<JournalStore::Filing> read_filing(const Statement& row) {
    JournalStore::Filing filing;
    const ByteView uuid = row.blob(1);
    const auto state = from_number<FilingState>(static_cast<std::uint64_t>(row.integer(3)));
    if (uuid.size() != filing.uuid.size() || !state) return damaged("filing");
    filing.chapter = chapter_of(row.integer(0));
    filing.index = index_of(row.integer(0));
    std::copy(uuid.begin(), uuid.end(), filing.uuid.begin());
    filing.bytes = to_bytes(row.blob(2));
    filing.state = *state;
    filing.reason = static_cast<std::uint16_t>(row.integer(4));
    filing.in_seq.value = static_cast<std::uint64_t>(row.integer(5));
    return filing;
}

class SqliteJournalStore final : public JournalStore {
public:
    explicit SqliteJournalStore(std::unique_ptr<Database> database) : database_(std::move(database)) {}

    Result<std::optional<Position>> position() override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(last, read_chapters(std::string(kChapters) + " DESC LIMIT 1"));
        return last.empty() ? std::optional<Position>{} : std::optional<Position>(last.front());
    }

    Result<std::vector<Position>> chapters() override {
        const std::lock_guard lock(mutex_);
        return read_chapters(kChapters);
    }

    Result<void> start_chapter(AgentId agent, Chapter chapter) override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(entry, database_->prepare("SELECT 1 FROM entry WHERE id > ?1 LIMIT 1"));
        ZIGE_CHECK(entry.bind({id_of(chapter, 0)}));
        ZIGE_TRY(found, entry.step());
        if (found) return fail(ErrorId::journal_forked, "chapter", std::to_string(chapter.value) + " has entries");
        ZIGE_TRY(insert, database_->prepare("INSERT INTO chapter (no, agent) VALUES (?1, ?2)"));
        return insert.run({static_cast<std::int64_t>(chapter.value), static_cast<std::int64_t>(agent.value)});
    }

    Result<void> append(const Batch& batch) override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(transaction, Transaction::begin(*database_));
        if (batch.starts) {
            ZIGE_TRY(chapter, database_->prepare("INSERT INTO chapter (no, agent) VALUES (?1, ?2)"));
            ZIGE_CHECK(chapter.run(
                {static_cast<std::int64_t>(batch.chapter.value), static_cast<std::int64_t>(batch.starts->value)}));
        }
        {
            ZIGE_TRY(entry, database_->prepare("INSERT INTO entry (id, bytes, chain) VALUES (?1, ?2, ?3)"));
            for (const Entry& each : batch.entries)
                ZIGE_CHECK(entry.run({id_of(batch.chapter, each.index), ByteView(each.bytes), ByteView(each.chain)}));
            ZIGE_TRY(claim, database_->prepare("INSERT INTO claim (key, content, first, count) VALUES (?1, ?2, ?3, ?4)"
                                               " ON CONFLICT (key) DO UPDATE SET content = ?2, first = ?3, count = ?4,"
                                               " reversed = 0 WHERE reversed = count"));
            for (const Claim& each : batch.claims)
                ZIGE_CHECK(claim.run({std::string_view(each.key), ByteView(each.content),
                                      id_of(each.chapter, each.first), static_cast<std::int64_t>(each.count)}));
            ZIGE_CHECK(write_filings(batch.filings));
            if (batch.memory != nullptr) ZIGE_CHECK(memory_.write(*batch.memory));
        }
        return transaction.commit();
    }

    Result<std::vector<Entry>> entries(Chapter chapter, std::uint64_t first, std::size_t max_entries,
                                       std::size_t max_bytes) override {
        const std::lock_guard lock(mutex_);
        std::vector<Entry> entries;
        std::size_t bytes = 0;
        ZIGE_TRY(select,
                 database_->prepare("SELECT id, bytes, chain FROM entry WHERE id >= ?1 AND id < ?2 ORDER BY id"));
        ZIGE_CHECK(select.bind({id_of(chapter, first), end_of(chapter)}));
        while (entries.size() < max_entries && (entries.empty() || bytes <= max_bytes)) {
            ZIGE_TRY(more, select.step());
            if (!more) break;
            ZIGE_TRY(chain, hash_of(select.blob(2), "entry.chain"));
            entries.push_back({index_of(select.integer(0)), to_bytes(select.blob(1)), chain});
            bytes += entries.back().bytes.size();
        }
        return entries;
    }

    Result<std::optional<Claim>> claim(std::string_view key) override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(select, database_->prepare("SELECT content, first, count, reversed FROM claim WHERE key = ?1"));
        ZIGE_CHECK(select.bind({key}));
        ZIGE_TRY(found, select.step());
        if (!found) return std::optional<Claim>{};
        ZIGE_TRY(content, hash_of(select.blob(0), "claim.content"));
        return std::optional<Claim>(Claim{std::string(key), content, chapter_of(select.integer(1)),
                                          index_of(select.integer(1)), static_cast<std::uint32_t>(select.integer(2)),
                                          static_cast<std::uint32_t>(select.integer(3))});
    }

    Result<std::vector<Claim>> claims(Chapter chapter, std::uint64_t first, std::uint64_t last) override {
        const std::lock_guard lock(mutex_);
        std::vector<Claim> claims;
        ZIGE_TRY(select, database_->prepare("SELECT key, content, first, count, reversed FROM claim"
                                            " WHERE first >= ?1 AND first <= ?2 ORDER BY first"));
        ZIGE_CHECK(select.bind({id_of(chapter, first), id_of(chapter, last)}));
        for (;;) {
            ZIGE_TRY(more, select.step());
            if (!more) return claims;
            ZIGE_TRY(content, hash_of(select.blob(1), "claim.content"));
            claims.push_back({std::string(select.text(0)), content, chapter_of(select.integer(2)),
                              index_of(select.integer(2)), static_cast<std::uint32_t>(select.integer(3)),
                              static_cast<std::uint32_t>(select.integer(4))});
        }
    }

    Result<void> adopt(const Adopted& part) override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(transaction, Transaction::begin(*database_));
        ZIGE_CHECK(adopt_chapter(part.chapter));
        ZIGE_CHECK(adopt_entries(part));
        if (part.memory != nullptr) ZIGE_CHECK(memory_.write(*part.memory));
        return transaction.commit();
    }

    Result<void> add_signatures(Chapter chapter, std::span<const wire::BatchSignature> batches) override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(transaction, Transaction::begin(*database_));
        {
            ZIGE_TRY(insert, database_->prepare("INSERT INTO batch (last, first, signature) VALUES (?1, ?2, ?3)"));
            for (const auto& batch : batches)
                ZIGE_CHECK(
                    insert.run({id_of(chapter, batch.last), id_of(chapter, batch.first), ByteView(batch.signature)}));
        }
        return transaction.commit();
    }

    Result<std::vector<wire::BatchSignature>> signatures(Chapter chapter, std::uint64_t first,
                                                         std::uint64_t last) override {
        const std::lock_guard lock(mutex_);
        std::vector<wire::BatchSignature> batches;
        ZIGE_TRY(select, database_->prepare(
                             "SELECT first, last, signature FROM batch WHERE last >= ?1 AND last <= ?2 ORDER BY last"));
        ZIGE_CHECK(select.bind({id_of(chapter, first), id_of(chapter, last)}));
        for (;;) {
            ZIGE_TRY(more, select.step());
            if (!more) return batches;
            batches.push_back({index_of(select.integer(0)), index_of(select.integer(1)), to_bytes(select.blob(2))});
        }
    }

    Result<Memory> remembered(Instant since, std::size_t limit) override {
        const std::lock_guard lock(mutex_);
        return memory_.remembered(since, limit);
    }

    Result<void> remember(const Memory& memory) override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(transaction, Transaction::begin(*database_));
        ZIGE_CHECK(memory_.write(memory));
        return transaction.commit();
    }

    Result<void> forget_visits(Instant before) override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(transaction, Transaction::begin(*database_));
        ZIGE_CHECK(memory_.forget_visits(before));
        return transaction.commit();
    }

    Result<std::vector<Lot>> lots_of(std::uint64_t visit) override {
        const std::lock_guard lock(mutex_);
        return memory_.lots_of(visit);
    }

    Result<std::vector<Lot>> lots_named(std::uint64_t lot) override {
        const std::lock_guard lock(mutex_);
        return memory_.lots_named(lot);
    }
    Result<std::vector<Lot>> lots_settled_by(std::uint64_t settlement) override {
        const std::lock_guard lock(mutex_);
        return memory_.lots_settled_by(settlement);
    }

    Result<void> settle(std::span<const Lot> lots, std::uint64_t settlement) override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(transaction, Transaction::begin(*database_));
        ZIGE_CHECK(memory_.settle(lots, settlement));
        return transaction.commit();
    }

    Result<std::vector<Emergency>> emergencies(bool with_evidence, std::size_t limit) override {
        const std::lock_guard lock(mutex_);
        return memory_.emergencies(with_evidence, limit);
    }

    Result<std::optional<Emergency>> emergency(const wire::EntryName& decision) override {
        const std::lock_guard lock(mutex_);
        return memory_.emergency(decision);
    }

    Result<std::optional<Reversed>> reversal_of(const wire::EntryName& decision) override {
        const std::lock_guard lock(mutex_);
        return memory_.reversal_of(decision);
    }

    Result<std::vector<Filing>> filings() override {
        const std::lock_guard lock(mutex_);
        std::vector<Filing> filings;
        ZIGE_TRY(select, database_->prepare("SELECT id, uuid, bytes, state, reason, in_seq FROM filing ORDER BY id"));
        for (;;) {
            ZIGE_TRY(more, select.step());
            if (!more) return filings;
            ZIGE_TRY(filing, read_filing(select));
            filings.push_back(std::move(filing));
        }
    }

    Result<void> update_filings(std::span<const Filing> rows) override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(transaction, Transaction::begin(*database_));
        ZIGE_CHECK(write_filings(rows));
        return transaction.commit();
    }

    Result<void> note_held(std::uint64_t held, Instant held_at, bool frozen, std::span<const Filing> filings) override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(transaction, Transaction::begin(*database_));
        {
            ZIGE_TRY(update, database_->prepare("UPDATE chapter SET held = ?1, held_at = ?2, frozen = ?3"
                                                " WHERE no = (SELECT max(no) FROM chapter)"));
            ZIGE_CHECK(update.run(
                {static_cast<std::int64_t>(held), held_at.time_since_epoch().count(), std::int64_t{frozen ? 1 : 0}}));
            ZIGE_CHECK(write_filings(filings));
        }
        return transaction.commit();
    }

    Result<void> note_earlier(Chapter chapter, std::uint64_t held) override {
        const std::lock_guard lock(mutex_);
        ZIGE_TRY(update, database_->prepare("UPDATE chapter SET held = ?1 WHERE no = ?2"));
        return update.run({static_cast<std::int64_t>(held), static_cast<std::int64_t>(chapter.value)});
    }

private:
    Result<std::vector<Position>> read_chapters(std::string_view sql) {
        std::vector<Position> positions;
        ZIGE_TRY(chapter, database_->prepare(sql));
        for (;;) {
            ZIGE_TRY(found, chapter.step());
            if (!found) break;
            Position position;
            position.chapter.value = static_cast<std::uint32_t>(chapter.integer(0));
            position.agent.value = static_cast<std::uint32_t>(chapter.integer(1));
            position.held = static_cast<std::uint64_t>(chapter.integer(2));
            position.held_at = Instant{std::chrono::seconds{chapter.integer(3)}};
            position.frozen = chapter.integer(4) != 0;
            if (!chapter.is_null(5)) position.signing_key = to_bytes(chapter.blob(5));
            positions.push_back(position);
        }
        for (Position& position : positions) ZIGE_CHECK(read_end(position));
        return positions;
    }

    Result<void> adopt_chapter(const Position& from) {
        ZIGE_TRY(chapter, database_->prepare("INSERT OR IGNORE INTO chapter (no, agent, held, held_at, signing_key)"
                                             " VALUES (?1, ?2, ?3, ?4, ?5)"));
        return chapter.run({static_cast<std::int64_t>(from.chapter.value), static_cast<std::int64_t>(from.agent.value),
                            static_cast<std::int64_t>(from.held), from.held_at.time_since_epoch().count(),
                            ByteView(from.signing_key)});
    }

    Result<void> adopt_entries(const Adopted& part) {
        const Chapter no = part.chapter.chapter;
        ZIGE_TRY(entry, database_->prepare("INSERT OR IGNORE INTO entry (id, bytes, chain) VALUES (?1, ?2, ?3)"));
        for (const Entry& each : part.entries)
            ZIGE_CHECK(entry.run({id_of(no, each.index), ByteView(each.bytes), ByteView(each.chain)}));
        ZIGE_TRY(batch, database_->prepare("INSERT OR IGNORE INTO batch (last, first, signature) VALUES (?1, ?2, ?3)"));
        for (const auto& each : part.signatures)
            ZIGE_CHECK(batch.run({id_of(no, each.last), id_of(no, each.first), ByteView(each.signature)}));
        ZIGE_TRY(claim, database_->prepare("INSERT OR IGNORE INTO claim (key, content, first, count, reversed)"
                                           " VALUES (?1, ?2, ?3, ?4, ?5)"));
        for (const Claim& each : part.claims)
            ZIGE_CHECK(claim.run({std::string_view(each.key), ByteView(each.content), id_of(each.chapter, each.first),
                                  static_cast<std::int64_t>(each.count), static_cast<std::int64_t>(each.reversed)}));
        ZIGE_TRY(filing, database_->prepare("INSERT OR IGNORE INTO filing (id, uuid, bytes, state, reason, in_seq)"
                                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
        for (const Filing& each : part.filings)
            ZIGE_CHECK(filing.run({id_of(each.chapter, each.index), ByteView(each.uuid), ByteView(each.bytes),
                                   static_cast<std::int64_t>(each.state), static_cast<std::int64_t>(each.reason),
                                   static_cast<std::int64_t>(each.in_seq.value)}));
        return {};
    }

    Result<void> read_end(Position& position) {
        const std::int64_t start = id_of(position.chapter, 0);
        const std::int64_t end = end_of(position.chapter);
        ZIGE_TRY(last,
                 database_->prepare("SELECT id, chain FROM entry WHERE id > ?1 AND id < ?2 ORDER BY id DESC LIMIT 1"));
        ZIGE_CHECK(last.bind({start, end}));
        ZIGE_TRY(found, last.step());
        if (found) {
            position.size = index_of(last.integer(0));
            ZIGE_TRY(chain, hash_of(last.blob(1), "entry.chain"));
            position.hash = chain;
        }
        ZIGE_TRY(batch, database_->prepare("SELECT max(last) FROM batch WHERE last > ?1 AND last < ?2"));
        ZIGE_CHECK(batch.bind({start, end}));
        ZIGE_TRY(row, batch.step());
        if (row && !batch.is_null(0)) position.signed_to = index_of(batch.integer(0));
        return {};
    }

    Result<void> write_filings(std::span<const Filing> rows) {
        if (rows.empty()) return {};
        ZIGE_TRY(upsert, database_->prepare("INSERT INTO filing (id, uuid, bytes, state, reason, in_seq)"
                                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (uuid)"
                                            " DO UPDATE SET state = ?4, reason = ?5, in_seq = ?6"));
        for (const Filing& row : rows)
            ZIGE_CHECK(upsert.run({id_of(row.chapter, row.index), ByteView(row.uuid), ByteView(row.bytes),
                                   static_cast<std::int64_t>(row.state), static_cast<std::int64_t>(row.reason),
                                   static_cast<std::int64_t>(row.in_seq.value)}));
        return {};
    }

    std::mutex mutex_;  // guards the one connection
    std::unique_ptr<Database> database_;
    JournalMemory memory_{*database_};
};

}  // namespace

Result<std::unique_ptr<JournalStore>> open_journal_store(const std::filesystem::path& file, const std::string& vfs,
                                                         bool read_only) {
    ZIGE_TRY(database, Database::open({.path = file, .vfs = vfs, .read_only = read_only}));
    ZIGE_CHECK(database->migrate(kSteps));
    return std::unique_ptr<JournalStore>(std::make_unique<SqliteJournalStore>(std::move(database)));
}

}  // namespace zige::agent
