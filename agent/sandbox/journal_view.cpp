#include "agent/sandbox/journal_view.h"

#include "shared/sqlite/database.h"
#include "shared/wire/codec.h"
#include "shared/wire/reference.h"

namespace zige::sandbox {
namespace {

constexpr std::uint64_t kNumberBits = (std::uint64_t{1} << 40U) - 1;  // an id is chapter * 2^40 + number

Result<std::unique_ptr<sqlite::Database>> open_beside(const std::filesystem::path& file) {
    sqlite::OpenOptions options;
    options.path = file;
    options.create = false;
    return sqlite::Database::open(options);
}

}  // namespace

Result<std::int64_t> JournalView::end() const {
    ZIGE_TRY(database, open_beside(file_));
    return database->integer("SELECT COALESCE(MAX(id), 0) FROM entry");
}

Result<std::vector<Decided>> JournalView::decisions(std::int64_t after) const {
    ZIGE_TRY(database, open_beside(file_));
    ZIGE_TRY(rows, database->prepare("SELECT id, bytes, chain FROM entry WHERE id > ?1 ORDER BY id"));
    ZIGE_CHECK(rows.bind({after}));
    std::vector<Decided> found;
    for (;;) {
        ZIGE_TRY(there, rows.step());
        if (!there) return found;
        ZIGE_TRY(entry, wire::decode_journal_entry(rows.blob(1)));
        const auto* decision = std::get_if<wire::DecisionEntry>(&entry.body);
        const auto chain = to_hash(rows.blob(2));
        if (decision == nullptr || !chain) continue;
        const std::uint64_t number = static_cast<std::uint64_t>(rows.integer(0)) & kNumberBits;
        found.push_back({number, wire::reference(number, *chain), *decision});
    }
}

}  // namespace zige::sandbox
