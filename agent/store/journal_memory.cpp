#include "agent/store/journal_memory.h"

#include "agent/store/journal_rows.h"

namespace zige::agent {
namespace {

using sqlite::Statement;

std::optional<Instant> maybe_instant(const Statement& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(instant_of(row.integer(column)));
}

JournalStore::Emergency read_emergency(const Statement& row) {
    JournalStore::Emergency emergency{name_of(row.integer(0)), instant_of(row.integer(1))};
    if (!row.is_null(2)) emergency.evidence = name_of(row.integer(2));
    return emergency;
}

}  // namespace

Result<JournalStore::Memory> JournalMemory::remembered(Instant since, std::size_t limit) {
    JournalStore::Memory memory;
    ZIGE_TRY(visit, database_.prepare("SELECT key, begun, admitted, first_asked, med_type, touched FROM visit"
                                      " WHERE touched >= ?1 ORDER BY touched DESC LIMIT ?2"));
    ZIGE_CHECK(visit.bind({seconds_of(since), static_cast<std::int64_t>(limit)}));
    for (;;) {
        ZIGE_TRY(more, visit.step());
        if (!more) break;
        memory.visits.push_back({static_cast<std::uint64_t>(visit.integer(0)), maybe_instant(visit, 1),
                                 visit.integer(2) != 0, maybe_instant(visit, 3), std::string(visit.text(4)),
                                 instant_of(visit.integer(5))});
    }
    ZIGE_TRY(refusal, database_.prepare("SELECT key, person, at, touched, weak FROM refusal WHERE touched >= ?1"
                                        " ORDER BY touched DESC LIMIT ?2"));
    ZIGE_CHECK(refusal.bind({seconds_of(since), static_cast<std::int64_t>(limit)}));
    for (;;) {
        ZIGE_TRY(more, refusal.step());
        if (!more) return memory;
        memory.refusals.push_back({static_cast<std::uint64_t>(refusal.integer(0)),
                                   static_cast<std::uint64_t>(refusal.integer(1)), instant_of(refusal.integer(2)),
                                   instant_of(refusal.integer(3)), refusal.integer(4) != 0});
    }
}

Result<void> JournalMemory::forget_visits(Instant before) {
    for (const char* sql : {"DELETE FROM visit WHERE touched < ?1", "DELETE FROM refusal WHERE touched < ?1",
                            "DELETE FROM lot WHERE touched < ?1"}) {
        ZIGE_TRY(statement, database_.prepare(sql));
        ZIGE_CHECK(statement.run({seconds_of(before)}));
    }
    return {};
}

Result<std::vector<JournalStore::Lot>> JournalMemory::lots_of(std::uint64_t visit) {
    return read_lots(
        "SELECT first, count, visit, lot, settlement, touched FROM lot WHERE visit = ?1"
        " ORDER BY first LIMIT ?2",
        visit);
}

Result<std::vector<JournalStore::Lot>> JournalMemory::lots_named(std::uint64_t lot) {
    return read_lots(
        "SELECT first, count, visit, lot, settlement, touched FROM lot WHERE lot = ?1"
        " ORDER BY first LIMIT ?2",
        lot);
}

Result<std::vector<JournalStore::Lot>> JournalMemory::lots_settled_by(std::uint64_t settlement) {
    return read_lots(
        "SELECT first, count, visit, lot, settlement, touched FROM lot"
        " WHERE settlement = ?1 AND settlement <> 0 ORDER BY first LIMIT ?2",
        settlement);
}

Result<void> JournalMemory::settle(std::span<const Lot> lots, std::uint64_t settlement) {
    ZIGE_TRY(update, database_.prepare("UPDATE lot SET settlement = ?2 WHERE first = ?1"));
    for (const Lot& each : lots) ZIGE_CHECK(update.run({id_of(each.first), signed_of(settlement)}));
    return {};
}

Result<std::vector<JournalStore::Emergency>> JournalMemory::emergencies(bool with_evidence, std::size_t limit) {
    std::vector<Emergency> found;
    ZIGE_TRY(select, database_.prepare("SELECT id, fee_time, evidence FROM emergency"
                                       " WHERE (evidence IS NOT NULL) = ?1 ORDER BY id LIMIT ?2"));
    ZIGE_CHECK(select.bind({std::int64_t{with_evidence ? 1 : 0}, static_cast<std::int64_t>(limit)}));
    for (;;) {
        ZIGE_TRY(more, select.step());
        if (!more) return found;
        found.push_back(read_emergency(select));
    }
}

Result<std::optional<JournalStore::Emergency>> JournalMemory::emergency(const wire::EntryName& decision) {
    ZIGE_TRY(select, database_.prepare("SELECT id, fee_time, evidence FROM emergency WHERE id = ?1"));
    ZIGE_CHECK(select.bind({id_of(decision)}));
    ZIGE_TRY(found, select.step());
    return found ? std::optional(read_emergency(select)) : std::nullopt;
}

Result<std::optional<JournalStore::Reversed>> JournalMemory::reversal_of(const wire::EntryName& decision) {
    ZIGE_TRY(select, database_.prepare("SELECT entry FROM reversed WHERE id = ?1"));
    ZIGE_CHECK(select.bind({id_of(decision)}));
    ZIGE_TRY(found, select.step());
    return found ? std::optional(JournalStore::Reversed{decision, name_of(select.integer(0)), {}}) : std::nullopt;
}

Result<void> JournalMemory::write(const Memory& memory) {
    ZIGE_CHECK(write_visits(memory.visits));
    if (!memory.refusals.empty()) {
        ZIGE_TRY(refusal, database_.prepare("INSERT OR REPLACE INTO refusal (key, person, at, touched, weak)"
                                             " VALUES (?1, ?2, ?3, ?4, ?5)"));
        for (const Refusal& each : memory.refusals)
            ZIGE_CHECK(refusal.run({signed_of(each.key), signed_of(each.person), seconds_of(each.at),
                                      seconds_of(each.touched), std::int64_t{each.weak ? 1 : 0}}));
    }
    ZIGE_CHECK(write_lots(memory.lots));
    ZIGE_CHECK(write_emergencies(memory.emergencies));
    return write_reversed(memory.reversed);
}

Result<void> JournalMemory::write_visits(const std::vector<Visit>& visits) {
    if (visits.empty()) return {};
    ZIGE_TRY(visit, database_.prepare("INSERT INTO visit (key, begun, admitted, first_asked, med_type, touched)"
                                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (key) DO UPDATE SET"
                                      " begun = coalesce(min(begun, ?2), begun, ?2), admitted = max(admitted, ?3),"
                                      " first_asked = coalesce(min(first_asked, ?4), first_asked, ?4),"
                                      " med_type = iif(?5 = '', med_type, ?5), touched = max(touched, ?6)"));
    for (const Visit& each : visits)
        ZIGE_CHECK(visit.run({signed_of(each.key), value_of(each.begun), std::int64_t{each.admitted ? 1 : 0},
                              value_of(each.first_asked), std::string_view(each.med_type), seconds_of(each.touched)}));
    return {};
}

Result<void> JournalMemory::write_lots(const std::vector<Lot>& lots) {
    if (lots.empty()) return {};
    ZIGE_TRY(insert, database_.prepare("INSERT OR IGNORE INTO lot (first, count, standing, visit, lot, settlement,"
                                       " touched) VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6)"));
    for (const Lot& each : lots)
        ZIGE_CHECK(insert.run({id_of(each.first), std::int64_t{each.count}, signed_of(each.visit), signed_of(each.lot),
                               signed_of(each.settlement), seconds_of(each.touched)}));
    return {};
}

Result<std::vector<JournalStore::Lot>> JournalMemory::read_lots(std::string_view sql, std::uint64_t key) {
    ZIGE_TRY(select, database_.prepare(sql));
    ZIGE_CHECK(select.bind({signed_of(key), static_cast<std::int64_t>(JournalStore::kMaxLots)}));
    std::vector<Lot> lots;
    for (;;) {
        ZIGE_TRY(more, select.step());
        if (!more) return lots;
        lots.push_back({static_cast<std::uint64_t>(select.integer(2)), static_cast<std::uint64_t>(select.integer(3)),
                        name_of(select.integer(0)), static_cast<std::uint32_t>(select.integer(1)),
                        static_cast<std::uint64_t>(select.integer(4)), instant_of(select.integer(5))});
    }
}

Result<void> JournalMemory::write_emergencies(const std::vector<Emergency>& emergencies) {
    if (emergencies.empty()) return {};
    ZIGE_TRY(insert, database_.prepare("INSERT OR IGNORE INTO emergency (id, fee_time) VALUES (?1, ?2)"));
    ZIGE_TRY(evidence, database_.prepare("UPDATE emergency SET evidence = ?2 WHERE id = ?1"));
    for (const Emergency& each : emergencies) {
        if (each.evidence) ZIGE_CHECK(evidence.run({id_of(each.decision), id_of(*each.evidence)}));
        else ZIGE_CHECK(insert.run({id_of(each.decision), seconds_of(each.fee_time)}));
    }
    return {};
}

Result<void> JournalMemory::write_reversed(const std::vector<Reversed>& reversed) {
    if (reversed.empty()) return {};
    ZIGE_TRY(insert, database_.prepare("INSERT OR IGNORE INTO reversed (id, entry) VALUES (?1, ?2)"));
    ZIGE_TRY(claim, database_.prepare("UPDATE claim SET reversed = (SELECT count(*) FROM reversed"
                                       " WHERE id >= first AND id < first + count) WHERE key = ?1"));
    ZIGE_TRY(emergency, database_.prepare("DELETE FROM emergency WHERE id = ?1 AND evidence IS NULL"));
    ZIGE_TRY(lot, database_.prepare("UPDATE lot SET standing = standing - 1 WHERE first + count > ?1"
                                    " AND first = (SELECT max(first) FROM lot WHERE first <= ?1)"));
    ZIGE_TRY(ended, database_.prepare("DELETE FROM lot WHERE standing <= 0"
                                      " AND first = (SELECT max(first) FROM lot WHERE first <= ?1)"));
    for (const Reversed& each : reversed) {
        ZIGE_CHECK(insert.run({id_of(each.decision), id_of(each.entry)}));
        ZIGE_CHECK(claim.run({std::string_view(each.idempotency_key)}));
        ZIGE_CHECK(emergency.run({id_of(each.decision)}));  // what was never settled needs no evidence
        ZIGE_CHECK(lot.run({id_of(each.decision)}));
        ZIGE_CHECK(ended.run({id_of(each.decision)}));
    }
    return {};
}

}  // namespace zige::agent
