#pragma once

#include "agent/core/ports/journal_store.h"
#include "shared/sqlite/database.h"

namespace zige::agent {

/// What stands beside the journal's entries for quick looks, in the same database. The caller holds the lock, and the
/// transaction of what writes.
class JournalMemory {
public:
    using Memory = JournalStore::Memory;
    using Visit = JournalStore::Visit;
    using Refusal = JournalStore::Refusal;
    using Lot = JournalStore::Lot;
    using Emergency = JournalStore::Emergency;
    using Reversed = JournalStore::Reversed;

    explicit JournalMemory(sqlite::Database& database) : database_(database) {}

    Result<Memory> remembered(Instant since, std::size_t limit);
    Result<void> forget_visits(Instant before);
    Result<std::vector<Lot>> lots_of(std::uint64_t visit);
    Result<std::vector<Lot>> lots_named(std::uint64_t lot);
    Result<std::vector<Lot>> lots_settled_by(std::uint64_t settlement);
    Result<void> settle(std::span<const Lot> lots, std::uint64_t settlement);
    Result<std::vector<Emergency>> emergencies(bool with_evidence, std::size_t limit);
    Result<std::optional<Emergency>> emergency(const wire::EntryName& decision);
    Result<std::optional<Reversed>> reversal_of(const wire::EntryName& decision);
    Result<void> write(const Memory& memory);

private:
    Result<void> write_visits(const std::vector<Visit>& visits);
    Result<void> write_lots(const std::vector<Lot>& lots);
    Result<std::vector<Lot>> read_lots(std::string_view sql, std::uint64_t key);
    Result<void> write_emergencies(const std::vector<Emergency>& emergencies);
    Result<void> write_reversed(const std::vector<Reversed>& reversed);

    sqlite::Database& database_;
};

}  // namespace zige::agent
