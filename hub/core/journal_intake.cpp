#include "hub/core/journal_intake.h"

#include "hub/core/incidents.h"
#include "hub/core/statements.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"

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

/// The agent's own chapter, or one that it left.
Result<JournalIntake::Position*> JournalIntake::position(Chapter chapter) {
    const auto known = positions_.find(chapter);
    if (known != positions_.end()) return &known->second;
    Position position;
    position.chapter = chapter;
    if (chapter == agent_.chapter) {
        position.held = agent_.held;
        position.held_hash = agent_.held_hash;
    } else {
        ZIGE_TRY(row, change_.tx().first(Sql::chapter_get, {sql(agent_.id.value), sql(chapter.value)}));
        if (!row) return fail(ErrorId::wire_bad_chain, "segment.chapter", std::to_string(chapter.value));
        position.held = row->unsigned_number(0);
        position.held_hash = row->hash(1);
        if (!row->is_null(2))
            position.end = wire::ChapterBefore{agent_.id, chapter, row->unsigned_number(2), row->hash(3)};
    }
    position.acknowledged = {agent_.id, chapter, position.held, position.held_hash};
    return &positions_.emplace(chapter, position).first->second;
}

Result<std::vector<JournalIntake::Entry>> JournalIntake::read(const wire::Segment& segment) const {
    if (segment.agent != agent_.id)
        return fail(ErrorId::wire_bad_chain, "segment.agent", std::to_string(segment.agent.value));
    if (segment.first == 0) return fail(ErrorId::wire_bad_chain, "segment.first", "0");
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

Result<std::optional<Hash256>> JournalIntake::hash_at(const Position& position, std::uint64_t index) const {
    if (index == 0) return std::optional<Hash256>(wire::chain_start(agent_.id, position.chapter, env_.hasher));
    if (index > position.held) return std::optional<Hash256>{};
    ZIGE_TRY(row,
             change_.tx().first(Sql::journal_hash_at, {sql(agent_.id.value), sql(position.chapter.value), sql(index)}));
    if (!row) return fail(ErrorId::store_corrupt, "journal", "entry " + std::to_string(index) + " is missing");
    return std::optional<Hash256>(row->hash(0));
}

Result<bool> JournalIntake::is_known_branch(Chapter chapter, std::uint64_t index, const Hash256& hash) const {
    ZIGE_TRY(row, change_.tx().first(Sql::fork_get, {sql(agent_.id.value), sql(chapter.value), sql(index), sql(hash)}));
    return row.has_value();
}

Result<void> JournalIntake::take(const wire::Segment& segment) {
    ZIGE_TRY(entries, read(segment));
    ZIGE_TRY(position, this->position(segment.chapter));
    position->came = true;
    ZIGE_TRY(before, hash_at(*position, segment.first - 1));
    if (!before) {  // a gap: what lies between comes first; unless it goes on where another branch ends
        ZIGE_TRY(branch, is_known_branch(segment.chapter, segment.first - 1, segment.link_before));
        if (branch) return keep_branch(*position, entries, segment.link_before);
        return {};
    }
    if (*before != segment.link_before) return keep_branch(*position, entries, segment.link_before);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        ZIGE_TRY(held, hash_at(*position, entries[i].value.index));
        const bool beyond = position->end && entries[i].value.index > position->end->size;
        if (beyond || (held && *held != entries[i].hash))
            return keep_branch(*position, std::span(entries).subspan(i), i == 0 ? *before : entries[i - 1].hash);
        if (!held) ZIGE_CHECK(append(*position, entries[i]));
    }
    for (const wire::BatchSignature& batch : segment.batches) ZIGE_CHECK(take_batch(*position, batch));
    position->acknowledged = {agent_.id, position->chapter, position->held, position->held_hash};
    return {};
}

Result<void> JournalIntake::append(Position& position, const Entry& entry) {
    if (entry.value.index == 1)
        if (const auto* chapter = std::get_if<wire::ChapterEntry>(&entry.value.body))
            ZIGE_CHECK(start_chapter(*chapter));
    ZIGE_CHECK(change_.tx().exec(Sql::journal_append,
                                 {sql(agent_.id.value), sql(position.chapter.value), sql(entry.value.index),
                                  sql(agent_.institution), static_cast<std::int64_t>(type_of(entry.value)),
                                  fee_time_of(entry.value), sql(*entry.bytes), sql(entry.hash), sql(change_.now())}));
    position.held = entry.value.index;
    position.held_hash = entry.hash;
    return {};
}

/// JRN-9: it says where the one before it ends. Later contacts of that one are a clone's.
Result<void> JournalIntake::start_chapter(const wire::ChapterEntry& entry) {
    if (entry.chapter.value <= 1) return {};
    const auto& before = entry.before;
    if (!before || before->agent != agent_.id || before->chapter.value + 1 != entry.chapter.value)
        return fail(ErrorId::chapter_unexpected, "entry.before", std::to_string(entry.chapter.value));
    ZIGE_TRY(left, position(before->chapter));
    left->end = *before;
    return change_.tx().exec(Sql::chapter_end,
                             {sql(before->size), sql(before->hash), sql(agent_.id.value), sql(before->chapter.value)});
}

Result<void> JournalIntake::keep_branch(Position& position, std::span<const Entry> entries,
                                        const Hash256& link_before) {
    if (entries.empty()) return {};
    const Entry& first = entries.front();
    ZIGE_TRY(known, is_known_branch(position.chapter, first.value.index, first.hash));
    ZIGE_TRY(goes_on, is_known_branch(position.chapter, first.value.index - 1, link_before));
    // Who goes on in another chapter hands in the rest of its old one: that it runs beside was said and settled.
    if (position.chapter == asked_ || !(known || goes_on))
        ZIGE_CHECK(diverge(position, first.value.index, first.hash, first.bytes));
    for (const Entry& entry : entries)
        ZIGE_CHECK(
            change_.tx().exec(Sql::fork_put, {sql(agent_.id.value), sql(position.chapter.value), sql(entry.value.index),
                                              sql(entry.hash), sql(*entry.bytes), sql(change_.now())}));
    position.acknowledged = {agent_.id, position.chapter, entries.back().value.index, entries.back().hash};
    return {};
}

/// What stands at this index is written down beside what came: both are evidence.
Result<void> JournalIntake::diverge(const Position& position, std::uint64_t index, const Hash256& other,
                                    const Bytes* entry) {
    Divergence found{position.chapter, {}};
    found.evidence.add("agent", static_cast<std::int64_t>(agent_.id.value))
        .add("chapter", static_cast<std::int64_t>(position.chapter.value))
        .add("index", static_cast<std::int64_t>(index));
    ZIGE_TRY(row,
             change_.tx().first(Sql::journal_entry, {sql(agent_.id.value), sql(position.chapter.value), sql(index)}));
    if (row)
        found.evidence.add("held_chain", to_hex(row->hash(1)))
            .add("held_since", format(row->instant(2)))
            .add("held_entry", to_hex(row->bytes(0)));
    found.evidence.add("other_chain", to_hex(other)).add("other_since", format(change_.now()));
    if (entry != nullptr) found.evidence.add("other_entry", to_hex(*entry));
    if (!diverged_) diverged_ = std::move(found);
    if (position.chapter != agent_.chapter || agent_.frozen) return {};
    agent_.frozen = true;
    LogEvent event;
    event.event = HubEvent::journal_forked;
    event.institution = agent_.institution;
    event.body.add("agent", static_cast<std::int64_t>(agent_.id.value))
        .add("chapter", static_cast<std::int64_t>(position.chapter.value))
        .add("index", static_cast<std::int64_t>(index));
    return change_.log(std::move(event));
}

Result<void> JournalIntake::check_claim(Chapter chapter, std::uint64_t size, const Hash256& hash) {
    if (size == 0) return {};
    ZIGE_TRY(position, this->position(chapter));
    const auto& end = position->end;
    if (end && size == end->size && hash == end->hash) return {};
    if (!end && size > position->held) return {};
    if (!end || size < end->size) {
        ZIGE_TRY(held, hash_at(*position, size));
        if (held && *held == hash) return {};
        ZIGE_TRY(branch, is_known_branch(chapter, size, hash));
        if (branch && end) return {};  // the branch that goes on in the next chapter
    }
    return diverge(*position, size, hash, nullptr);
}

Result<void> JournalIntake::name_divergence(bool anchor_ahead) {
    if (!diverged_) return {};
    const IncidentKind kind = anchor_ahead ? IncidentKind::restored_folder : IncidentKind::cloned;
    auto opened =
        open_incident(change_, {kind, agent_.institution, agent_.id, diverged_->chapter}, diverged_->evidence);
    if (!opened.ok()) return opened.error();
    return {};
}

Result<void> JournalIntake::save() {
    for (const auto& [chapter, position] : positions_) {
        if (chapter != agent_.chapter) {
            ZIGE_CHECK(change_.tx().exec(Sql::chapter_held, {sql(position.held), sql(position.held_hash),
                                                             sql(agent_.id.value), sql(chapter.value)}));
            continue;
        }
        agent_.held = position.held;
        agent_.held_hash = position.held_hash;
    }
    return save_journal_state(change_.tx(), agent_);
}

std::vector<wire::ChapterHeld> JournalIntake::earlier(Chapter chapter) const {
    std::vector<wire::ChapterHeld> earlier;
    for (const auto& [each, position] : positions_)
        if (position.came && each != chapter && earlier.size() < kMaxEarlierChapters)
            earlier.push_back(position.acknowledged);
    return earlier;
}

Result<wire::ChapterHeld> JournalIntake::held(Chapter chapter) {
    ZIGE_TRY(position, this->position(chapter));
    return wire::ChapterHeld{agent_.id, chapter, position->held, position->held_hash};
}

Result<void> JournalIntake::take_batch(const Position& position, const wire::BatchSignature& batch) {
    if (batch.first == 0 || batch.last < batch.first || batch.last - batch.first >= kMaxEntriesPerBatch)
        return fail(ErrorId::wire_bad_value, "segment.batches", "range");
    if (batch.last > position.held) return fail(ErrorId::wire_bad_chain, "segment.batches", "ends outside the segment");
    ZIGE_TRY(rows, change_.tx().query(Sql::journal_range, {sql(agent_.id.value), sql(position.chapter.value),
                                                           sql(batch.first), sql(batch.last)}));
    std::vector<Hash256> leaves;
    leaves.reserve(rows.size());
    for (const Row& row : rows) leaves.push_back(wire::merkle_leaf(row.bytes(0), env_.hasher));
    const Hash256 root = wire::merkle_root(leaves, env_.hasher);
    const Bytes message = wire::batch_message(agent_.id, position.chapter, batch.first, batch.last, root);
    if (!env_.verifier.verify(agent_.signing_key, message, batch.signature))
        return fail(ErrorId::wire_bad_signature, "segment.batches", std::to_string(batch.first));
    return change_.tx().exec(Sql::batch_put, {sql(agent_.id.value), sql(position.chapter.value), sql(batch.first),
                                              sql(batch.last), sql(batch.signature)});
}

}  // namespace zige::hub
