#include "tests/bench/bare_database.h"

#include "tests/bench/hub_rig.h"

namespace zige::bench {
namespace {

constexpr std::int64_t kAgents = 64;
constexpr std::size_t kEntryBytes = 120;  // of a decision

sqlite::OpenOptions options_for(const std::filesystem::path& file) {
    sqlite::OpenOptions options;
    options.path = file;
    return options;
}

}  // namespace

BareDatabase::BareDatabase(const std::filesystem::path& file)
    : database_(must(sqlite::Database::open(options_for(file)))),
      content_(kEntryBytes, std::byte{0x5a}),
      hash_(32, std::byte{0x77}),
      signature_(64, std::byte{0x11}) {
    must(database_->execute(
        "CREATE TABLE journal (agent BIGINT NOT NULL, chapter BIGINT NOT NULL, idx BIGINT NOT NULL, institution TEXT "
        "NOT NULL, kind BIGINT NOT NULL, fee_time BIGINT, content BYTEA NOT NULL, hash BYTEA NOT NULL, received_at "
        "BIGINT NOT NULL, PRIMARY KEY (agent, chapter, idx));"
        "CREATE INDEX journal_kind ON journal (institution, kind);"
        "CREATE TABLE batches (agent BIGINT NOT NULL, chapter BIGINT NOT NULL, first_idx BIGINT NOT NULL, last_idx "
        "BIGINT NOT NULL, signature BYTEA NOT NULL, PRIMARY KEY (agent, chapter, first_idx, last_idx));"));
}

void BareDatabase::commit(std::size_t entries) {
    const std::int64_t agent = commits_ % kAgents;
    const auto count = static_cast<std::int64_t>(entries);
    const std::int64_t first = commits_++ / kAgents * count;
    must(database_->execute("BEGIN IMMEDIATE"));
    {
        auto entry = must(database_->prepare("INSERT INTO journal VALUES (?1, 1, ?2, ?3, 2, ?4, ?5, ?6, ?7)"));
        for (std::int64_t i = 0; i < count; ++i)
            must(entry.run({agent, first + i, std::string_view("H41150000001"), commits_, ByteView(content_),
                            ByteView(hash_), commits_}));
        auto batch = must(database_->prepare("INSERT INTO batches VALUES (?1, 1, ?2, ?3, ?4)"));
        must(batch.run({agent, first, first + count - 1, ByteView(signature_)}));
    }
    must(database_->execute("COMMIT"));
}

}  // namespace zige::bench
