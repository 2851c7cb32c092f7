#include "hub/core/journal_intake.h"

#include "hub/core/statements.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"

namespace zige::hub {
namespace {

constexpr std::uint64_t kMaxEntriesPerBatch = 4096;

EntryType type_of(const wire::JournalEntry& entry) {
    struct Names {
        EntryType operator()(const wire::ChapterEntry&) const { return EntryType::chapter; }
        EntryType operator()(const wire::DecisionEntry&) const { return EntryType::decision; }
        EntryType operator()(const wire::ContactEntry&) const { return EntryType::contact; }
        EntryType operator()(const wire::FilingEntry&) const { return EntryType::filing; }
    };
    return std::visit(Names{}, entry.body);
}

SqlValue fee_time_of(const wire::JournalEntry& entry) {
    const auto* decision = std::get_if<wire::DecisionEntry>(&entry.body);
    return decision != nullptr ? sql(decision->fee_time) : SqlValue{};
}

}  // namespace

Result<std::vector<JournalIntake::Entry>> JournalIntake::read(const wire::Segment& segment) const {
    if (segment.agent != agent_.id)
        return fail(ErrorId::wire_bad_chain, "segment.agent", std::to_string(segment.agent.value));
    if (segment.chapter != agent_.chapter)
        return fail(ErrorId::wire_bad_chain, "segment.chapter", std::to_string(segment.chapter.value));
    std::vector<Entry> entries;
    entries.reserve(segment.entries.size());
    Hash256 link = segment.link_before;
    for (const Bytes& bytes : segment.entries) {
        ZIGE_TRY(value, wire::decode_journal_entry(bytes));
        if (value.index != segment.first + entries.size())
            return fail(ErrorId::wire_bad_chain, "entry.index", std::to_string(value.index));
        link = wire::chain_next(link, bytes, env_.hasher);
        entries.push_back({std::move(value), &bytes, link});
    }
    return entries;
}

Result<std::optional<Hash256>> JournalIntake::held_hash_at(std::uint64_t index) const {
    if (index == 0) return std::optional<Hash256>(wire::chain_start(agent_.id, agent_.chapter, env_.hasher));
    if (index > agent_.held) return std::optional<Hash256>{};
    ZIGE_TRY(row,
             change_.tx().first(Sql::journal_hash_at, {sql(agent_.id.value), sql(agent_.chapter.value), sql(index)}));
    if (!row) return fail(ErrorId::store_corrupt, "journal", "entry " + std::to_string(index) + " is missing");
    return std::optional<Hash256>(row->hash(0));
}

Result<void> JournalIntake::take(const wire::Segment& segment) {
    ZIGE_TRY(entries, read(segment));
    if (segment.first == 0) return fail(ErrorId::wire_bad_chain, "segment.first", "0");
    ZIGE_TRY(before, held_hash_at(segment.first - 1));
    if (!before) return {};  // a gap: what lies between comes first
    if (*before != segment.link_before) return keep_branch(entries);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        ZIGE_TRY(held, held_hash_at(entries[i].value.index));
        if (held && *held != entries[i].hash) return keep_branch(std::span(entries).subspan(i));
        if (!held) ZIGE_CHECK(append(entries[i]));
    }
    for (const wire::BatchSignature& batch : segment.batches) ZIGE_CHECK(take_batch(batch));
    return {};
}

Result<void> JournalIntake::append(const Entry& entry) {
    ZIGE_CHECK(change_.tx().exec(Sql::journal_append,
                                 {sql(agent_.id.value), sql(agent_.chapter.value), sql(entry.value.index),
                                  sql(agent_.institution), static_cast<std::int64_t>(type_of(entry.value)),
                                  fee_time_of(entry.value), sql(*entry.bytes), sql(entry.hash), sql(change_.now())}));
    agent_.held = entry.value.index;
    agent_.held_hash = entry.hash;
    return {};
}

Result<void> JournalIntake::keep_branch(std::span<const Entry> entries) {
    if (entries.empty()) return {};
    Tx& tx = change_.tx();
    const Entry& first = entries.front();
    ZIGE_TRY(known, tx.first(Sql::fork_get, {sql(agent_.id.value), sql(agent_.chapter.value), sql(first.value.index),
                                             sql(first.hash)}));
    if (!known) ZIGE_CHECK(freeze(first.value.index));
    for (const Entry& entry : entries)
        ZIGE_CHECK(tx.exec(Sql::fork_put, {sql(agent_.id.value), sql(agent_.chapter.value), sql(entry.value.index),
                                           sql(entry.hash), sql(*entry.bytes), sql(change_.now())}));
    return {};
}

Result<void> JournalIntake::freeze(std::uint64_t index) {
    agent_.frozen = true;
    LogEvent event;
    event.event = HubEvent::journal_forked;
    event.institution = agent_.institution;
    event.body.add("agent", static_cast<std::int64_t>(agent_.id.value))
        .add("chapter", static_cast<std::int64_t>(agent_.chapter.value))
        .add("index", static_cast<std::int64_t>(index));
    return change_.log(std::move(event));
}

Result<void> JournalIntake::check_claim(std::uint64_t size, const Hash256& hash) {
    if (size > agent_.held || size == 0) return {};
    ZIGE_TRY(held, held_hash_at(size));
    if (*held == hash || agent_.frozen) return {};
    return freeze(size);
}

Result<void> JournalIntake::take_batch(const wire::BatchSignature& batch) {
    if (batch.first == 0 || batch.last < batch.first || batch.last - batch.first >= kMaxEntriesPerBatch)
        return fail(ErrorId::wire_bad_value, "segment.batches", "range");
    if (batch.last > agent_.held) return fail(ErrorId::wire_bad_chain, "segment.batches", "ends outside the segment");
    ZIGE_TRY(rows, change_.tx().query(Sql::journal_range, {sql(agent_.id.value), sql(agent_.chapter.value),
                                                           sql(batch.first), sql(batch.last)}));
    std::vector<Hash256> leaves;
    leaves.reserve(rows.size());
    for (const Row& row : rows) leaves.push_back(wire::merkle_leaf(row.bytes(0), env_.hasher));
    const Hash256 root = wire::merkle_root(leaves, env_.hasher);
    const Bytes message = wire::batch_message(agent_.id, agent_.chapter, batch.first, batch.last, root);
    if (!env_.verifier.verify(agent_.signing_key, message, batch.signature))
        return fail(ErrorId::wire_bad_signature, "segment.batches", std::to_string(batch.first));
    return change_.tx().exec(Sql::batch_put, {sql(agent_.id.value), sql(agent_.chapter.value), sql(batch.first),
                                              sql(batch.last), sql(batch.signature)});
}

}  // namespace zige::hub
