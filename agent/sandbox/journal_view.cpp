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

template <class Take>
Result<void> JournalView::read(std::int64_t after, const Take& take) const {
    ZIGE_TRY(database, open_beside(file_));
    ZIGE_TRY(rows, database->prepare("SELECT id, bytes, chain FROM entry WHERE id > ?1 ORDER BY id"));
    ZIGE_CHECK(rows.bind({after}));
    for (;;) {
        ZIGE_TRY(there, rows.step());
        if (!there) return {};
        ZIGE_TRY(entry, wire::decode_journal_entry(rows.blob(1)));
        const auto chain = to_hash(rows.blob(2));
        if (chain) take(static_cast<std::uint64_t>(rows.integer(0)) & kNumberBits, *chain, entry);
    }
}

Result<std::vector<Decided>> JournalView::decisions(std::int64_t after) const {
    std::vector<Decided> found;
    ZIGE_CHECK(read(after, [&](std::uint64_t number, const Hash256& chain, const wire::JournalEntry& entry) {
        if (const auto* decision = std::get_if<wire::DecisionEntry>(&entry.body))
            found.push_back({number, wire::reference(number, chain), *decision});
    }));
    return found;
}

Result<JournalView::Later> JournalView::later(std::int64_t after) const {
    Later found;
    ZIGE_CHECK(read(after, [&](std::uint64_t, const Hash256&, const wire::JournalEntry& entry) {
        if (const auto* reversal = std::get_if<wire::ReversalEntry>(&entry.body)) found.reversals.push_back(*reversal);
        if (const auto* evidence = std::get_if<wire::EvidenceEntry>(&entry.body)) found.evidence.push_back(*evidence);
    }));
    return found;
}

}  // namespace zige::sandbox
