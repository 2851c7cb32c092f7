#include <array>
#include <filesystem>
#include <mutex>

#include "agent/store/migrations.h"
#include "agent/store/stores.h"
#include "shared/sqlite/database.h"

namespace zige::agent {
namespace {

using sqlite::Database;
using sqlite::Statement;
using sqlite::Transaction;

constexpr std::array kSteps{sqlite::Migration{1, kReplica001}, sqlite::Migration{2, kReplica002}};

std::int64_t number(Instant when) { return when.time_since_epoch().count(); }
std::int64_t number(Day day) { return day.time_since_epoch().count(); }
Day day(std::int64_t number) { return Day{std::chrono::days{number}}; }

sqlite::Value value_of(const std::optional<Day>& day) {
    if (day) return number(*day);
    return nullptr;
}

class SqliteReplicaStore final : public ReplicaStore {
public:
    SqliteReplicaStore(std::filesystem::path file, std::string vfs, bool read_only)
        : file_(std::move(file)), vfs_(std::move(vfs)), read_only_(read_only) {}

    /// A damaged file is no error yet: load() says so, and reset() makes a new one.
    Result<void> open() {
        auto opened = connect();
        if (opened || opened.error().code() != Errc::corrupt) return opened;
        damage_ = std::move(opened).error();
        return {};
    }

    Result<Content> load() override {
        const std::lock_guard lock(mutex_);
        if (damage_) return *damage_;
        Content content;
        ZIGE_TRY(state, part("state"));
        content.state = std::move(state);
        ZIGE_TRY(config, part("config"));
        content.config = config.value_or(Bytes{});
        ZIGE_TRY(trust, part("trust"));
        content.trust = trust.value_or(Bytes{});
        ZIGE_TRY(as_of, figure("as_of"));
        content.as_of = Instant{std::chrono::seconds{as_of}};
        ZIGE_TRY(reset_epoch, figure("reset_epoch"));
        ZIGE_TRY(reset_trust, figure("reset_trust"));
        if (reset_trust > 0)
            content.reset = Reset{{static_cast<std::uint32_t>(reset_epoch)}, static_cast<std::uint32_t>(reset_trust)};
        ZIGE_TRY(proof, part("proof"));
        content.proof = proof.value_or(Bytes{});
        ZIGE_TRY(records, load_records());
        content.records = std::move(records);
        ZIGE_TRY(before, load_before());
        content.before = std::move(before);
        ZIGE_TRY(ineligible, load_ineligible());
        content.ineligible = std::move(ineligible);
        return content;
    }

    Result<void> commit(const Change& change) override {
        const std::lock_guard lock(mutex_);
        if (damage_) return *damage_;
        ZIGE_TRY(transaction, Transaction::begin(*database_));
        if (change.drop_before)
            ZIGE_CHECK(database_->execute("DELETE FROM before_record; DELETE FROM before_part"));
        if (change.keep_before) ZIGE_CHECK(put_beside());
        ZIGE_CHECK(write_parts(change));
        ZIGE_CHECK(write_records(change));
        ZIGE_CHECK(write_ineligible(change));
        return transaction.commit();
    }

    Result<std::optional<Bytes>> value(std::string_view name) override {
        const std::lock_guard lock(mutex_);
        if (damage_) return std::optional<Bytes>{};
        return blob("SELECT bytes FROM value WHERE name = ?1", name);
    }

    Result<void> set_value(std::string_view name, ByteView value) override {
        const std::lock_guard lock(mutex_);
        if (damage_) return {};  // kept by the next call after reset()
        ZIGE_TRY(insert, database_->prepare("INSERT OR REPLACE INTO value (name, bytes) VALUES (?1, ?2)"));
        return insert.run({name, value});
    }

    Result<void> reset() override {
        const std::lock_guard lock(mutex_);
        database_.reset();
        damage_.reset();
        std::error_code ignored;
        for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + suffix, ignored);
        ZIGE_CHECK(connect());
        return database_->execute(
            "BEGIN IMMEDIATE; DELETE FROM part; DELETE FROM figure; DELETE FROM record; DELETE FROM ineligible;"
            " DELETE FROM value; DELETE FROM before_record; DELETE FROM before_part; COMMIT;");
    }

private:
    Result<void> connect() {
        ZIGE_TRY(database, Database::open({.path = file_, .vfs = vfs_, .read_only = read_only_}));
        ZIGE_CHECK(database->migrate(kSteps));
        database_ = std::move(database);
        return {};
    }

    Result<std::optional<Bytes>> blob(std::string_view sql, std::string_view name) {
        ZIGE_TRY(select, database_->prepare(sql));
        ZIGE_CHECK(select.bind({name}));
        ZIGE_TRY(found, select.step());
        if (!found) return std::optional<Bytes>{};
        return std::optional<Bytes>(to_bytes(select.blob(0)));
    }
    Result<std::optional<Bytes>> part(std::string_view name) {
        return blob("SELECT bytes FROM part WHERE name = ?1", name);
    }

    Result<std::int64_t> figure(std::string_view name) {
        ZIGE_TRY(select, database_->prepare("SELECT value FROM figure WHERE name = ?1"));
        ZIGE_CHECK(select.bind({name}));
        ZIGE_TRY(found, select.step());
        return found ? select.integer(0) : std::int64_t{0};
    }

    Result<std::vector<Record>> load_records() {
        std::vector<Record> records;
        ZIGE_TRY(count, database_->integer("SELECT count(*) FROM record"));
        records.reserve(static_cast<std::size_t>(count));
        ZIGE_TRY(select, database_->prepare("SELECT no, bytes FROM record ORDER BY no"));
        for (;;) {
            ZIGE_TRY(more, select.step());
            if (!more) return records;
            records.push_back({RecordNo{static_cast<std::uint32_t>(select.integer(0))}, to_bytes(select.blob(1))});
        }
    }

    /// The copy as it stands, under the next number.
    Result<void> put_beside() {
        ZIGE_TRY(next, database_->integer("SELECT 1 + coalesce(max(copy), 0) FROM before_part"));
        ZIGE_TRY(parts, database_->prepare("INSERT INTO before_part SELECT ?1, name, bytes FROM part"
                                           " WHERE name IN ('state', 'config')"));
        ZIGE_CHECK(parts.run({next}));
        ZIGE_TRY(records, database_->prepare("INSERT INTO before_record SELECT ?1, no, bytes FROM record"));
        return records.run({next});
    }

    Result<std::vector<Before>> load_before() {
        std::vector<Before> all;
        ZIGE_TRY(parts, database_->prepare("SELECT s.copy, s.bytes, c.bytes FROM before_part s JOIN before_part c ON"
                                           " c.copy = s.copy WHERE s.name = 'state' AND c.name = 'config'"
                                           " ORDER BY s.copy"));
        for (;;) {
            ZIGE_TRY(more, parts.step());
            if (!more) return all;
            Before before{to_bytes(parts.blob(1)), to_bytes(parts.blob(2)), {}};
            ZIGE_TRY(select, database_->prepare("SELECT no, bytes FROM before_record WHERE copy = ?1 ORDER BY no"));
            ZIGE_CHECK(select.bind({parts.integer(0)}));
            for (;;) {
                ZIGE_TRY(another, select.step());
                if (!another) break;
                before.records.push_back(
                    {RecordNo{static_cast<std::uint32_t>(select.integer(0))}, to_bytes(select.blob(1))});
            }
            all.push_back(std::move(before));
        }
    }

    Result<Ineligible> load_ineligible() {
        Ineligible set;
        ZIGE_TRY(version, figure("ineligible_version"));
        set.version = static_cast<std::uint32_t>(version);
        ZIGE_TRY(salt, part("ineligible_salt"));
        set.salt = salt.value_or(Bytes{});
        ZIGE_TRY(select,
                 database_->prepare(
                     "SELECT key, status, from_day, end_day FROM ineligible ORDER BY key, from_day, status, end_day"));
        for (;;) {
            ZIGE_TRY(more, select.step());
            if (!more) return set;
            wire::IneligibleEntry entry;
            const ByteView key = select.blob(0);
            const auto status = from_number<Standing>(static_cast<std::uint64_t>(select.integer(1)));
            if (key.size() != entry.key.size() || !status) return fail(ErrorId::replica_corrupt, "ineligible");
            std::copy(key.begin(), key.end(), entry.key.begin());
            entry.status = *status;
            entry.from = day(select.integer(2));
            if (!select.is_null(3)) entry.end = day(select.integer(3));
            set.entries.push_back(entry);
        }
    }

    Result<void> write_parts(const Change& change) {
        ZIGE_TRY(part, database_->prepare("INSERT OR REPLACE INTO part (name, bytes) VALUES (?1, ?2)"));
        if (change.state) ZIGE_CHECK(part.run({"state", ByteView(*change.state)}));
        if (change.config) ZIGE_CHECK(part.run({"config", ByteView(*change.config)}));
        if (change.trust) ZIGE_CHECK(part.run({"trust", ByteView(*change.trust)}));
        if (change.proof) ZIGE_CHECK(part.run({"proof", ByteView(*change.proof)}));
        if (change.ineligible_salt) ZIGE_CHECK(part.run({"ineligible_salt", ByteView(*change.ineligible_salt)}));
        ZIGE_TRY(figure, database_->prepare("INSERT OR REPLACE INTO figure (name, value) VALUES (?1, ?2)"));
        if (change.as_of) ZIGE_CHECK(figure.run({"as_of", number(*change.as_of)}));
        if (change.reset) {
            ZIGE_CHECK(figure.run({"reset_epoch", std::int64_t{change.reset->epoch.value}}));
            ZIGE_CHECK(figure.run({"reset_trust", std::int64_t{change.reset->trust_version}}));
        }
        if (change.clock) {
            ZIGE_TRY(value, database_->prepare("INSERT OR REPLACE INTO value (name, bytes) VALUES ('clock', ?1)"));
            ZIGE_CHECK(value.run({ByteView(*change.clock)}));
        }
        if (change.ineligible_version)
            ZIGE_CHECK(figure.run({"ineligible_version", static_cast<std::int64_t>(*change.ineligible_version)}));
        return {};
    }

    Result<void> write_records(const Change& change) {
        if (change.replace_records) ZIGE_CHECK(database_->execute("DELETE FROM record"));
        ZIGE_TRY(insert, database_->prepare("INSERT OR REPLACE INTO record (no, bytes) VALUES (?1, ?2)"));
        for (const Record& record : change.records)
            ZIGE_CHECK(insert.run({static_cast<std::int64_t>(record.no.value), ByteView(record.bytes)}));
        return {};
    }

    Result<void> write_ineligible(const Change& change) {
        if (change.replace_ineligible) ZIGE_CHECK(database_->execute("DELETE FROM ineligible"));
        ZIGE_TRY(remove,
                 database_->prepare("DELETE FROM ineligible WHERE id = (SELECT id FROM ineligible WHERE key = ?1 AND"
                                    " status = ?2 AND from_day = ?3 AND end_day IS ?4 LIMIT 1)"));
        for (const auto& entry : change.ineligible_removed) ZIGE_CHECK(run(remove, entry));
        ZIGE_TRY(insert,
                 database_->prepare("INSERT INTO ineligible (key, status, from_day, end_day) VALUES (?1, ?2, ?3, ?4)"));
        for (const auto& entry : change.ineligible_added) ZIGE_CHECK(run(insert, entry));
        return {};
    }

    static Result<void> run(Statement& statement, const wire::IneligibleEntry& entry) {
        return statement.run(
            {ByteView(entry.key), static_cast<std::int64_t>(entry.status), number(entry.from), value_of(entry.end)});
    }

    const std::filesystem::path file_;
    const std::string vfs_;
    const bool read_only_;
    std::mutex mutex_;  // guards all below
    std::unique_ptr<Database> database_;
    std::optional<Error> damage_;
};

}  // namespace

Result<std::unique_ptr<ReplicaStore>> open_replica_store(const std::filesystem::path& file, const std::string& vfs,
                                                         bool read_only) {
    auto store = std::make_unique<SqliteReplicaStore>(file, vfs, read_only);
    ZIGE_CHECK(store->open());
    return std::unique_ptr<ReplicaStore>(std::move(store));
}

}  // namespace zige::agent
