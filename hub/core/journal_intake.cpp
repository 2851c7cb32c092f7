#include "hub/core/journal_intake.h"

#include <algorithm>

#include "hub/core/hub_values.h"
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
        EntryType operator()(const wire::PhoneCodeEntry&) const { return EntryType::phone_code; }
        EntryType operator()(const wire::ForwardEntry&) const { return EntryType::forward; }
        EntryType operator()(const wire::EvidenceEntry&) const { return EntryType::evidence; }
        EntryType operator()(const wire::ReversalEntry&) const { return EntryType::reversal; }
    };
    return std::visit(Names{}, entry.body);
}

SqlValue fee_time_of(const wire::JournalEntry& entry) {
    const auto* decision = std::get_if<wire::DecisionEntry>(&entry.body);
    return decision != nullptr ? sql(decision->fee_time) : SqlValue{};
}

bool is_sound(const wire::BatchSignature& batch) {
    return batch.first != 0 && batch.last >= batch.first && batch.last - batch.first < kMaxEntriesPerBatch;
}

bool lies_in(const wire::BatchSignature& batch, const wire::Segment& segment) {
    return segment.first != 0 && batch.first >= segment.first && batch.last - segment.first < segment.entries.size();
}

/// Of a batch that lies in the segment.
Hash256 root_in(const wire::Segment& segment, const wire::BatchSignature& batch, const Hasher& hasher) {
    std::vector<Hash256> leaves;
    for (std::uint64_t index = batch.first; index <= batch.last; ++index)
        leaves.push_back(wire::merkle_leaf(segment.entries[index - segment.first], hasher));
    return wire::merkle_root(leaves, hasher);
}

Bytes message_of(const wire::Segment& segment, const wire::BatchSignature& batch, const Hash256& root) {
    return wire::batch_message(segment.agent, segment.chapter, batch.first, batch.last, root);
}

/// What a successful verification was of.
Bytes signed_by(ByteView key, ByteView message, ByteView signature) {
    Bytes all = to_bytes(key);
    all.insert(all.end(), message.begin(), message.end());
    all.insert(all.end(), signature.begin(), signature.end());
    return all;
}

}  // namespace

std::set<Bytes> verified_batches(const wire::SyncRequest& request, ByteView key, const Environment& env) {
    std::set<Bytes> verified;
    for (const wire::Segment& segment : request.segments) {
        if (segment.agent != request.agent) continue;  // another one's key
        for (const wire::BatchSignature& batch : segment.batches) {
            if (!is_sound(batch) || !lies_in(batch, segment)) continue;
            const Bytes message = message_of(segment, batch, root_in(segment, batch, env.hasher));
            if (!env.verifier.verify(key, message, batch.signature)) return verified;
            verified.insert(signed_by(key, message, batch.signature));
        }
    }
    return verified;
}

/// The sender, or one whose place it took (LIFE-7).
Result<Agent*> JournalIntake::writer(AgentId agent) {
    if (agent == agent_.id) return &agent_;
    if (const auto known = predecessors_.find(agent); known != predecessors_.end()) return &known->second;
    const auto stranger = [&] { return fail(ErrorId::wire_bad_chain, "segment.agent", std::to_string(agent.value)); };
    auto found = load_any_agent(change_.tx(), agent);
    if (!found.ok()) return found.error().id == ErrorId::hub_unknown_agent ? stranger() : found.error();
    ZIGE_TRY(succeeded, succeeds(change_.tx(), agent_.id, *found));
    if (!succeeded) return stranger();
    return &predecessors_.emplace(agent, *std::move(found)).first->second;
}

/// The writer's last chapter, or one that it left.
Result<JournalIntake::Position*> JournalIntake::position(AgentId agent, Chapter chapter) {
    const auto known = positions_.find({agent, chapter});
    if (known != positions_.end()) return &known->second;
    Position position;
    ZIGE_TRY(owner, writer(agent));
    position.writer = owner;
    position.chapter = chapter;
    ZIGE_CHECK(load(position));
    position.acknowledged = {agent, chapter, position.held, position.held_hash};
    return &positions_.emplace(std::pair(agent, chapter), position).first->second;
}

Result<void> JournalIntake::load(Position& position) const {
    const Agent& writer = *position.writer;
    const bool last = position.chapter == writer.chapter;
    if (last) {
        position.held = writer.held;
        position.held_hash = writer.held_hash;
        if (&writer == &agent_) return {};  // it goes on here
    }
    ZIGE_TRY(row, change_.tx().first(Sql::chapter_get, {sql(writer.id.value), sql(position.chapter.value)}));
    if (!row && last) return {};
    if (!row) return fail(ErrorId::wire_bad_chain, "segment.chapter", std::to_string(position.chapter.value));
    position.left = true;
    position.held = row->unsigned_number(0);
    position.held_hash = row->hash(1);
    if (!row->is_null(2))
        position.end = wire::ChapterBefore{writer.id, position.chapter, row->unsigned_number(2), row->hash(3)};
    return {};
}

Result<std::vector<JournalIntake::Entry>> JournalIntake::read(const wire::Segment& segment) const {
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
    const AgentId writer = position.writer->id;
    if (index == 0) return std::optional<Hash256>(wire::chain_start(writer, position.chapter, env_.hasher));
    if (index > position.held) return std::optional<Hash256>{};
    ZIGE_TRY(row,
             change_.tx().first(Sql::journal_hash_at, {sql(writer.value), sql(position.chapter.value), sql(index)}));
    if (!row) return fail(ErrorId::store_corrupt, "journal", "entry " + std::to_string(index) + " is missing");
    return std::optional<Hash256>(row->hash(0));
}

Result<bool> JournalIntake::is_known_branch(const Position& position, std::uint64_t index, const Hash256& hash) const {
    ZIGE_TRY(row, change_.tx().first(Sql::fork_get, {sql(position.writer->id.value), sql(position.chapter.value),
                                                     sql(index), sql(hash)}));
    return row.has_value();
}

Result<void> JournalIntake::take(const wire::Segment& segment) {
    ZIGE_TRY(entries, read(segment));
    ZIGE_TRY(position, this->position(segment.agent, segment.chapter));
    position->came = true;
    ZIGE_TRY(before, hash_at(*position, segment.first - 1));
    if (!before) {  // a gap: what lies between comes first; unless it goes on where another branch ends
        ZIGE_TRY(branch, is_known_branch(*position, segment.first - 1, segment.link_before));
        if (branch) return keep_branch(*position, entries, segment.link_before);
        return {};
    }
    if (*before != segment.link_before) return keep_branch(*position, entries, segment.link_before);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        ZIGE_TRY(held, hash_at(*position, entries[i].value.index));
        if (held && *held == entries[i].hash) continue;
        const bool beyond = position->end && entries[i].value.index > position->end->size;
        if (beyond || held)
            return keep_branch(*position, std::span(entries).subspan(i), i == 0 ? *before : entries[i - 1].hash);
        ZIGE_CHECK(append(*position, entries[i]));
    }
    for (const wire::BatchSignature& batch : segment.batches) ZIGE_CHECK(take_batch(*position, segment, batch));
    position->acknowledged = {segment.agent, position->chapter, position->held, position->held_hash};
    return {};
}

Result<void> JournalIntake::append(Position& position, const Entry& entry) {
    if (entry.value.index == 1)
        if (const auto* chapter = std::get_if<wire::ChapterEntry>(&entry.value.body))
            ZIGE_CHECK(start_chapter(position, *chapter));
    if (const auto* code = std::get_if<wire::PhoneCodeEntry>(&entry.value.body))
        ZIGE_CHECK(check_phone_code(position, entry.value, *code));
    ZIGE_CHECK(change_.tx().exec(Sql::journal_append,
                                 {sql(position.writer->id.value), sql(position.chapter.value), sql(entry.value.index),
                                  sql(agent_.institution), static_cast<std::int64_t>(type_of(entry.value)),
                                  fee_time_of(entry.value), sql(*entry.bytes), sql(entry.hash), sql(change_.now())}));
    position.held = entry.value.index;
    position.held_hash = entry.hash;
    ++taken_;
    return {};
}

/// JRN-9: it says where the one before it ends. Later contacts of that one are a clone's.
Result<void> JournalIntake::start_chapter(const Position& position, const wire::ChapterEntry& entry) {
    const Agent& writer = *position.writer;
    const auto& before = entry.before;
    const auto refuse = [&] {
        return fail(ErrorId::chapter_unexpected, "entry.before", std::to_string(entry.chapter.value));
    };
    if (!before) {
        if (entry.chapter.value <= 1) return {};
        // A successor without the old folder starts with nothing; nobody else leaves a chapter out.
        ZIGE_TRY(own, change_.tx().first(Sql::chapter_get, {sql(writer.id.value), sql(entry.chapter.value - 1)}));
        return own ? refuse() : Result<void>();
    }
    const bool own = before->agent == writer.id;
    if (own ? before->chapter.value + 1 != entry.chapter.value : before->chapter >= entry.chapter) return refuse();
    ZIGE_TRY(left, this->position(before->agent, before->chapter));
    if (!own) {
        ZIGE_TRY(succeeded, succeeds(change_.tx(), writer.id, *left->writer));
        if (!succeeded) return refuse();
    }
    return end_chapter(*left, *before);
}

Result<void> JournalIntake::end_chapter(Position& left, const wire::ChapterBefore& before) {
    const AgentId writer = left.writer->id;
    left.end = before;
    if (!left.left)  // the last one of who was replaced
        ZIGE_CHECK(change_.tx().exec(Sql::chapter_put, {sql(writer.value), sql(left.chapter.value), sql(left.held),
                                                        sql(left.held_hash)}));
    left.left = true;
    return change_.tx().exec(Sql::chapter_end,
                             {sql(before.size), sql(before.hash), sql(writer.value), sql(left.chapter.value)});
}

/// PHONE-8: whoever holds the agent's key can make a code that nobody here gave.
Result<void> JournalIntake::check_phone_code(const Position& position, const wire::JournalEntry& entry,
                                             const wire::PhoneCodeEntry& code) {
    const Agent& writer = *position.writer;
    std::optional<std::int64_t> given;
    ZIGE_TRY(rows, change_.tx().query(Sql::log_of_event_at, {static_cast<std::int64_t>(HubEvent::phone_code_issued),
                                                             sql(agent_.institution)}));
    for (const Row& row : rows) {
        ZIGE_TRY(body, Fields::decode(row.text(1)));
        ZIGE_TRY(agent, body.number("agent"));
        ZIGE_TRY(serial, body.number("serial"));
        ZIGE_TRY(days, body.number("days"));
        if (agent == writer.id.value && serial == code.serial) given = days;
    }
    if (given && *given >= static_cast<std::int64_t>(code.days)) return {};
    Fields evidence;
    evidence.add("agent", static_cast<std::int64_t>(writer.id.value))
        .add("chapter", static_cast<std::int64_t>(position.chapter.value))
        .add("index", static_cast<std::int64_t>(entry.index))
        .add("phone_serial", static_cast<std::int64_t>(code.serial))
        .add("days_taken", static_cast<std::int64_t>(code.days))
        .add("days_given", given.value_or(0))
        .add("newest_serial_given", static_cast<std::int64_t>(writer.phone_serial))
        .add("taken_at", format(entry.times.running));
    auto opened = open_incident(change_, {IncidentKind::stolen_key, agent_.institution, writer.id, {}}, evidence);
    if (!opened.ok()) return opened.error();
    return {};
}

Result<void> JournalIntake::keep_branch(Position& position, std::span<const Entry> entries,
                                        const Hash256& link_before) {
    if (entries.empty()) return {};
    const Entry& first = entries.front();
    ZIGE_TRY(known, is_known_branch(position, first.value.index, first.hash));
    ZIGE_TRY(goes_on, is_known_branch(position, first.value.index - 1, link_before));
    const bool own = position.writer == &agent_ && position.chapter == asked_;
    // Who goes on in another chapter hands in the rest of its old one: that it runs beside was said and settled.
    if (own || !(known || goes_on)) ZIGE_CHECK(diverge(position, first.value.index, first.hash, first.bytes));
    if (Divergence* const found = divergence_of(position)) found->kept_to = entries.back().value.index;
    for (const Entry& entry : entries)
        ZIGE_CHECK(
            change_.tx().exec(Sql::fork_put, {sql(position.writer->id.value), sql(position.chapter.value),
                                              sql(entry.value.index), sql(entry.hash), sql(*entry.bytes),
                                              sql(change_.now())}));
    ZIGE_CHECK(note_branches(position, first.value.index));
    position.acknowledged = {position.writer->id, position.chapter, entries.back().value.index, entries.back().hash};
    return {};
}

/// A clone is one more journal from there on. One that begins anew at the same place again and again comes from a disk
/// that is rolled back, whose anchor is rolled back with it.
Result<void> JournalIntake::note_branches(const Position& position, std::uint64_t index) {
    constexpr std::uint64_t kBranchesOfADisk = 3;
    const AgentId writer = position.writer->id;
    ZIGE_TRY(row, change_.tx().first(Sql::fork_branches, {sql(writer.value), sql(position.chapter.value), sql(index)}));
    const std::uint64_t branches = row->unsigned_number(0) + (index <= position.held ? 1 : 0);
    if (branches < kBranchesOfADisk) return {};
    Fields evidence;
    evidence.add("agent", static_cast<std::int64_t>(writer.value))
        .add("chapter", static_cast<std::int64_t>(position.chapter.value))
        .add("index", static_cast<std::int64_t>(index))
        .add("branches", static_cast<std::int64_t>(branches));
    auto opened = open_incident(change_, {IncidentKind::disk_rolls_back, agent_.institution, writer, {}}, evidence);
    return opened.ok() ? Result<void>() : opened.error();
}

/// What stands at this index is written down beside what came: both are evidence.
Result<void> JournalIntake::diverge(const Position& position, std::uint64_t index, const Hash256& other,
                                    const Bytes* entry) {
    const AgentId writer = position.writer->id;
    Divergence found{writer, position.chapter, {}};
    found.evidence.add("agent", static_cast<std::int64_t>(writer.value))
        .add("chapter", static_cast<std::int64_t>(position.chapter.value))
        .add("index", static_cast<std::int64_t>(index));
    ZIGE_TRY(row,
             change_.tx().first(Sql::journal_entry, {sql(writer.value), sql(position.chapter.value), sql(index)}));
    if (row)
        found.evidence.add("held_chain", to_hex(row->hash(1)))
            .add("held_since", format(row->instant(2)))
            .add("held_entry", to_hex(row->bytes(0)));
    found.evidence.add("other_chain", to_hex(other)).add("other_since", format(change_.now()));
    if (entry != nullptr) found.evidence.add("other_entry", to_hex(*entry));
    if (divergence_of(position) == nullptr) diverged_.push_back(std::move(found));
    if (writer != agent_.id || position.chapter != agent_.chapter || agent_.frozen) return {};
    agent_.frozen = true;
    LogEvent event;
    event.event = HubEvent::journal_forked;
    event.institution = agent_.institution;
    event.body.add("agent", static_cast<std::int64_t>(agent_.id.value))
        .add("chapter", static_cast<std::int64_t>(position.chapter.value))
        .add("index", static_cast<std::int64_t>(index));
    return change_.log(std::move(event));
}

JournalIntake::Divergence* JournalIntake::divergence_of(const Position& position) {
    const auto at = std::ranges::find_if(diverged_, [&](const Divergence& each) {
        return each.agent == position.writer->id && each.chapter == position.chapter;
    });
    return at == diverged_.end() ? nullptr : &*at;
}

bool JournalIntake::diverged() const {
    return std::ranges::any_of(
        diverged_, [&](const Divergence& each) { return each.agent == agent_.id && each.chapter == asked_; });
}

Result<void> JournalIntake::check_claim(Chapter chapter, std::uint64_t size, const Hash256& hash) {
    if (size == 0) return {};
    ZIGE_TRY(position, this->position(agent_.id, chapter));
    if (Divergence* const found = divergence_of(*position)) found->claimed = size;
    const auto& end = position->end;
    if (end && size == end->size && hash == end->hash) return {};
    if (!end && size > position->held) return {};
    if (!end || size < end->size) {
        ZIGE_TRY(held, hash_at(*position, size));
        if (held && *held == hash) return {};
        ZIGE_TRY(branch, is_known_branch(*position, size, hash));
        if (branch && end) return {};  // the branch that goes on in the next chapter
    }
    return diverge(*position, size, hash, nullptr);
}

Result<void> JournalIntake::name_divergence(bool anchor_ahead) {
    for (Divergence& found : diverged_) {
        const bool put_back = anchor_ahead && found.agent == agent_.id;
        const IncidentKind kind = put_back ? IncidentKind::restored_folder : IncidentKind::cloned;
        // A request holds so many segments: what lies behind them stays with its owner until it may go on.
        if (found.claimed != 0) found.evidence.add("other_size", static_cast<std::int64_t>(found.claimed));
        if (found.kept_to != 0) found.evidence.add("other_kept_to", static_cast<std::int64_t>(found.kept_to));
        if (found.kept_to != 0 && found.claimed > found.kept_to)
            found.evidence.add("other_not_kept", static_cast<std::int64_t>(found.claimed - found.kept_to));
        auto opened = open_incident(change_, {kind, agent_.institution, found.agent, found.chapter}, found.evidence);
        if (!opened.ok()) return opened.error();
    }
    return {};
}

Result<void> JournalIntake::save() {
    if (taken_ > 0) {
        ZIGE_TRY(entries, get_number(change_.tx(), HubValue::entries));
        ZIGE_CHECK(set_number(change_.tx(), HubValue::entries, entries + taken_));
        taken_ = 0;
    }
    for (const auto& [key, position] : positions_) {
        Agent& writer = *position.writer;
        if (position.left)
            ZIGE_CHECK(change_.tx().exec(Sql::chapter_held, {sql(position.held), sql(position.held_hash),
                                                             sql(writer.id.value), sql(position.chapter.value)}));
        if (position.chapter != writer.chapter) continue;
        writer.held = position.held;
        writer.held_hash = position.held_hash;
        if (&writer != &agent_) ZIGE_CHECK(save_journal_state(change_.tx(), writer));
    }
    return save_journal_state(change_.tx(), agent_);
}

/// What came, and what is wanting up to where a chapter ended: a database that was put back lost it (P5).
Result<std::vector<wire::ChapterHeld>> JournalIntake::earlier(Chapter chapter) const {
    std::vector<wire::ChapterHeld> earlier;
    for (const auto& [key, position] : positions_)
        if (position.came && key != std::pair(agent_.id, chapter) && earlier.size() < kMaxEarlierChapters)
            earlier.push_back(position.acknowledged);
    ZIGE_TRY(rows, change_.tx().query(Sql::chapters_wanting, {sql(agent_.id.value)}));
    for (const Row& row : rows) {
        const auto known = positions_.find({agent_.id, Chapter{row.small(0)}});
        const bool said = row.small(0) == chapter.value || (known != positions_.end() && known->second.came);
        if (!said && earlier.size() < kMaxEarlierChapters)
            earlier.push_back({agent_.id, Chapter{row.small(0)}, row.unsigned_number(1), row.hash(2)});
    }
    return earlier;
}

Result<wire::ChapterHeld> JournalIntake::held(Chapter chapter) {
    ZIGE_TRY(position, this->position(agent_.id, chapter));
    return wire::ChapterHeld{agent_.id, chapter, position->held, position->held_hash};
}

/// What the segment brought is what is held: their chain hashes are equal.
Result<Hash256> JournalIntake::root_of(const wire::Segment& segment, const wire::BatchSignature& batch) const {
    if (lies_in(batch, segment)) return root_in(segment, batch, env_.hasher);
    ZIGE_TRY(rows, change_.tx().query(Sql::journal_range, {sql(segment.agent.value), sql(segment.chapter.value),
                                                           sql(batch.first), sql(batch.last)}));
    std::vector<Hash256> leaves;
    leaves.reserve(rows.size());
    for (const Row& row : rows) leaves.push_back(wire::merkle_leaf(row.bytes(0), env_.hasher));
    return wire::merkle_root(leaves, env_.hasher);
}

Result<void> JournalIntake::take_batch(const Position& position, const wire::Segment& segment,
                                       const wire::BatchSignature& batch) {
    if (!is_sound(batch)) return fail(ErrorId::wire_bad_value, "segment.batches", "range");
    if (batch.last > position.held) return fail(ErrorId::wire_bad_chain, "segment.batches", "ends outside the segment");
    ZIGE_TRY(root, root_of(segment, batch));
    const Bytes message = message_of(segment, batch, root);
    const Bytes& key = position.writer->signing_key;
    if (!verified_.contains(signed_by(key, message, batch.signature)) &&
        !env_.verifier.verify(key, message, batch.signature))
        return fail(ErrorId::wire_bad_signature, "segment.batches", std::to_string(batch.first));
    return change_.tx().exec(Sql::batch_put, {sql(position.writer->id.value), sql(position.chapter.value), sql(batch.first),
                                              sql(batch.last), sql(batch.signature)});
}

}  // namespace zige::hub
