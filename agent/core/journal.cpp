#include "agent/core/journal.h"

#include <algorithm>
#include <condition_variable>
#include <unordered_set>
#include <variant>

#include "agent/core/anchor.h"
#include "shared/domain/decide.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"
#include "shared/wire/reference.h"

namespace zige::agent {

void remember(const JournalBody& body, const wire::EntryName& name, JournalStore::Memory& memory) {
    if (const auto* decision = std::get_if<wire::DecisionEntry>(&body)) {
        const bool emergency = std::ranges::find(decision->grounds, Ground::emergency) != decision->grounds.end();
        if (emergency && passes(decision->served)) memory.emergencies.push_back({name, decision->fee_time});
    } else if (const auto* evidence = std::get_if<wire::EvidenceEntry>(&body)) {
        memory.emergencies.push_back({evidence->decision, {}, name});
    } else if (const auto* reversal = std::get_if<wire::ReversalEntry>(&body)) {
        for (const wire::EntryName& each : reversal->decisions) memory.reversed.push_back({each, name, {}});
    }
}

namespace {

constexpr std::size_t kMaxRequestsPerCommit = 256;

using Body = JournalBody;

Error not_recorded(const Error& cause) { return fail(ErrorId::journal_not_recorded, cause.field, cause.describe()); }

}  // namespace

/// One caller's wish, on its stack until `done`.
struct Journal::Request {
    std::vector<Body> bodies;
    const ClaimKey* key = nullptr;
    std::optional<Chapter> opens;  // alone in its round
    std::string_view software;
    std::vector<JournalStore::Filing> filings;  // the first one is the filing that is journaled
    const JournalStore::Memory* memory = nullptr;
    std::span<const std::string> reversed_keys;

    Chapter chapter;
    std::uint64_t first = 0;
    std::vector<std::string> references;
    std::optional<JournalStore::Claim> earlier;
    std::optional<Error> error;
    bool done = false;
    bool leads = false;
    std::condition_variable turn;
};

/// What one commit writes.
struct Journal::Round {
    JournalStore::Position position;
    wire::Times times;
    std::vector<JournalStore::Entry> entries;
    std::vector<JournalStore::Claim> claims;
    std::vector<JournalStore::Filing> filings;
    JournalStore::Memory memory;

    Result<void> add(Request& request, const Hasher& hasher);
};

namespace {

/// What an entry leaves to be remembered.
void remember(const Body& body, const wire::EntryName& name, std::span<const std::string> keys,
              JournalStore::Memory& memory) {
    if (const auto* reversal = std::get_if<wire::ReversalEntry>(&body))
        for (std::size_t i = 0; i < reversal->decisions.size(); ++i)
            memory.reversed.push_back({reversal->decisions[i], name, i < keys.size() ? keys[i] : std::string()});
    else remember(body, name, memory);
}

void append(JournalStore::Memory& to, const JournalStore::Memory& more) {
    to.visits.insert(to.visits.end(), more.visits.begin(), more.visits.end());
    to.refusals.insert(to.refusals.end(), more.refusals.begin(), more.refusals.end());
    to.emergencies.insert(to.emergencies.end(), more.emergencies.begin(), more.emergencies.end());
    to.reversed.insert(to.reversed.end(), more.reversed.begin(), more.reversed.end());
}

wire::ChapterEntry first_entry(const JournalStore::Position& chapter, std::string_view software,
                               const JournalStore::Position* before) {
    wire::ChapterEntry entry{chapter.agent, chapter.chapter, std::string(software), std::nullopt};
    if (before != nullptr)
        entry.before = wire::ChapterBefore{before->agent, before->chapter, before->size, before->hash};
    return entry;
}

}  // namespace

Journal::Journal(const Parts& parts, std::vector<JournalStore::Position> chapters) : parts_(parts) {
    position_ = chapters.back();
    chapters.pop_back();
    for (const auto& left : chapters) {
        if (left.held < left.size) earlier_.push_back(left);
        else handed_before_ += left.size;
    }
}
Journal::~Journal() = default;

Result<std::unique_ptr<Journal>> Journal::open(const Parts& parts, AgentId agent, Chapter chapter,
                                               std::string_view software) {
    ZIGE_TRY(chapters, parts.store.chapters());
    if (chapters.empty() || chapters.back().agent != agent) {
        if (!chapters.empty() && chapters.back().chapter >= chapter)
            return fail(ErrorId::journal_corrupt, "chapter",
                        std::to_string(chapters.back().chapter.value) + " of agent " +
                            std::to_string(chapters.back().agent.value));
        ZIGE_CHECK(parts.store.start_chapter(agent, chapter));
        JournalStore::Position first;
        first.agent = agent;
        first.chapter = chapter;
        chapters.push_back(first);
    }
    JournalStore::Position& last = chapters.back();
    const bool fresh = last.size == 0;
    if (fresh) last.hash = wire::chain_start(last.agent, last.chapter, parts.crypto.hasher);
    auto journal = std::make_unique<Journal>(parts, chapters);
    ZIGE_CHECK(journal->check_tail());
    ZIGE_CHECK(journal->check_anchor());
    if (fresh) {
        Request request;
        const auto* before = chapters.size() > 1 ? &chapters[chapters.size() - 2] : nullptr;
        request.bodies.push_back(first_entry(last, software, before));
        ZIGE_CHECK(journal->commit(request));
    }
    return journal;
}

Result<void> Journal::check_tail() const {
    if (position_.size == 0) return {};
    ZIGE_TRY(before, chain_at(position_.size - 1));
    ZIGE_TRY(last, parts_.store.entries(position_.chapter, position_.size, 1, 0));
    if (last.size() == 1 && last[0].index == position_.size && last[0].chain == position_.hash &&
        wire::chain_next(before, last[0].bytes, parts_.crypto.hasher) == position_.hash)
        return {};
    return fail(ErrorId::journal_corrupt, "entry", std::to_string(position_.size));
}

Result<void> Journal::check_anchor() {
    auto anchor = read_anchor(parts_.files, parts_.anchor);
    if (!anchor || anchor->agent != position_.agent) return {};
    ZIGE_TRY(behind, is_behind(*anchor));
    anchor_ahead_ = behind;
    put_backs_ = anchor->put_backs;
    const std::uint64_t boot = parts_.time.boot_id();
    if (anchor->boot_id == boot) return {};
    put_backs_ = anchor_ahead_ ? put_backs_ + 1 : 0;  // what was written outlived this boot, or did not
    if (!anchor_ahead_) return {};
    anchor->put_backs = put_backs_;  // the rest stays: it is the only witness of what was lost
    anchor->boot_id = boot;
    return agent::write_anchor(parts_.files, parts_.anchor, *anchor);
}

Result<bool> Journal::is_behind(const Anchor& anchor) const {
    if (anchor.chapter < position_.chapter) return false;
    if (anchor.chapter > position_.chapter || anchor.size > position_.size) return true;
    if (anchor.size == 0) return false;
    ZIGE_TRY(chain, chain_at(anchor.size));
    return chain != anchor.hash;
}

Result<Hash256> Journal::chain_at(std::uint64_t index) const { return chain_at(current(), index); }

Result<Hash256> Journal::chain_at(const JournalStore::Position& position, std::uint64_t index) const {
    if (index == 0) return wire::chain_start(position.agent, position.chapter, parts_.crypto.hasher);
    ZIGE_TRY(found, parts_.store.entries(position.chapter, index, 1, 0));
    if (found.empty() || found[0].index != index)
        return fail(ErrorId::journal_corrupt, "entry", std::to_string(index) + " is missing");
    return found[0].chain;
}

Result<Journal::Recorded> Journal::record(std::vector<wire::DecisionEntry> decisions, const ClaimKey* key,
                                          const JournalStore::Memory& memory) {
    expect(!decisions.empty(), "a claim without lines");
    Request request;
    request.memory = &memory;
    request.key = key;
    request.bodies.reserve(decisions.size());
    const std::size_t count = decisions.size();
    for (auto& decision : decisions) request.bodies.emplace_back(std::move(decision));
    ZIGE_CHECK(commit(request));
    Recorded recorded{request.chapter, request.first, request.earlier.has_value(), std::move(request.references), {}};
    if (!request.earlier) return recorded;

    recorded.chapter = request.earlier->chapter;
    if (request.earlier->count != count) return fail(ErrorId::journal_corrupt, "claim", "count");
    for (std::uint32_t i = 0; i < request.earlier->count; ++i) {
        const std::uint64_t number = recorded.first + i;
        ZIGE_TRY(stored, parts_.store.entries(recorded.chapter, number, 1, 0));
        if (stored.empty() || stored[0].index != number)
            return fail(ErrorId::journal_not_found, "number", std::to_string(number));
        ZIGE_TRY(found, wire::decode_journal_entry(stored[0].bytes));
        auto* decision = std::get_if<wire::DecisionEntry>(&found.body);
        if (decision == nullptr) return fail(ErrorId::journal_corrupt, "entry", std::to_string(found.index));
        recorded.references.push_back(wire::reference(number, stored[0].chain));
        recorded.earlier.push_back(std::move(*decision));
    }
    return recorded;
}

Result<JournalStore::Filing> Journal::record(const wire::Filing& filing, FilingState state,
                                             std::vector<JournalStore::Filing> changed) {
    Request request;
    JournalStore::Filing row;
    row.uuid = filing.uuid;
    row.bytes = wire::encode(filing);
    row.state = state;
    request.bodies.emplace_back(wire::FilingEntry{row.bytes});
    request.filings.push_back(std::move(row));
    std::move(changed.begin(), changed.end(), std::back_inserter(request.filings));
    ZIGE_CHECK(commit(request));
    return request.filings.front();
}

Result<void> Journal::record_contact(Random& random) {
    wire::ContactEntry contact;
    random.fill(contact.random);
    Request request;
    request.bodies.emplace_back(contact);
    return commit(request);
}

Result<void> Journal::record_phone_code(const wire::PhoneCodeEntry& code) {
    Request request;
    request.bodies.emplace_back(code);
    return commit(request);
}

Result<bool> Journal::record(const wire::ForwardEntry& forward, const ClaimKey& key) {
    Request request;
    request.key = &key;
    request.bodies.emplace_back(forward);
    ZIGE_CHECK(commit(request));
    return !request.earlier.has_value();
}

Result<wire::EntryName> Journal::record_evidence(const wire::EvidenceEntry& evidence) {
    Request request;
    request.bodies.emplace_back(evidence);
    ZIGE_CHECK(commit(request));
    return wire::EntryName{request.chapter, request.first};
}

Result<wire::EntryName> Journal::record_reversal(const wire::ReversalEntry& reversal,
                                                 std::span<const std::string> keys) {
    expect(keys.size() == reversal.decisions.size(), "a key for each decision");
    Request request;
    request.bodies.emplace_back(reversal);
    request.reversed_keys = keys;
    ZIGE_CHECK(commit(request));
    return wire::EntryName{request.chapter, request.first};
}

Result<void> Journal::open_chapter(Chapter next, std::string_view software) {
    ZIGE_CHECK(sign_pending());
    Request request;
    request.opens = next;
    request.software = software;
    return commit(request);
}

/// Leader and followers: whoever finds nobody writing writes for all that wait, on its own thread.
Result<void> Journal::commit(Request& request) {
    std::unique_lock lock(mutex_);
    waiting_.push_back(&request);
    if (leading_) request.turn.wait(lock, [&] { return request.done || request.leads; });
    if (!request.done) {
        leading_ = true;
        while (!request.done) lead(lock);
        leading_ = false;
        if (!waiting_.empty()) {
            leading_ = true;
            waiting_.front()->leads = true;
            waiting_.front()->turn.notify_one();
        }
    }
    if (request.error) return *std::move(request.error);
    return {};
}

void Journal::lead(std::unique_lock<std::mutex>& lock) {
    const auto requests = next_round();
    lock.unlock();
    write(requests);
    lock.lock();
    for (Request* const request : requests) {
        request->done = true;
        request->turn.notify_one();  // under the lock: the request ends with its caller's stack
    }
}

/// The oldest ones; a second request with the same key waits for the first one's end, and then repeats its answer.
std::vector<Journal::Request*> Journal::next_round() {
    std::vector<Request*> round;
    std::vector<Request*> later;
    std::unordered_set<std::string_view> keys;
    for (Request* const request : waiting_) {
        const bool alone = request->opens.has_value() || (!round.empty() && round.front()->opens.has_value());
        const bool fits = round.size() < kMaxRequestsPerCommit && (round.empty() || !alone) &&
                          (request->key == nullptr || keys.insert(request->key->idempotency_key).second);
        (fits ? round : later).push_back(request);
    }
    waiting_ = std::move(later);
    return round;
}

/// True: the key was used for the same claim, whose decisions stand already.
Result<bool> Journal::settle_key(Request& request) const {
    if (request.key == nullptr) return false;
    ZIGE_TRY(claim, parts_.store.claim(request.key->idempotency_key));
    if (!claim || claim->reversed) return false;  // what was reversed may be asked anew (JRN-13)
    if (claim->content != request.key->content)
        return fail(ErrorId::journal_idempotency_conflict, "idempotency_key",
                    std::string(request.key->idempotency_key));
    request.chapter = claim->chapter;
    request.first = claim->first;
    request.earlier = *std::move(claim);
    return true;
}

Result<void> Journal::Round::add(Request& request, const Hasher& hasher) {
    request.chapter = position.chapter;
    request.first = position.size + 1;
    const std::size_t kept = entries.size();
    JournalStore::Position next = position;
    JournalStore::Memory made;
    for (Body& body : request.bodies) {
        JournalStore::Entry entry;
        entry.index = ++next.size;
        remember(body, {position.chapter, entry.index}, request.reversed_keys, made);
        entry.bytes = wire::encode(wire::JournalEntry{entry.index, times, std::move(body)});
        if (entry.bytes.size() > kMaxJournalEntryBytes) {
            entries.resize(kept);
            return fail(ErrorId::agent_line_bad, "line",
                        "its journal entry is over " + std::to_string(kMaxJournalEntryBytes));
        }
        entry.chain = next.hash = wire::chain_next(next.hash, entry.bytes, hasher);
        request.references.push_back(wire::reference(entry.index, entry.chain));
        entries.push_back(std::move(entry));
    }
    if (request.memory != nullptr) append(made, *request.memory);
    append(memory, made);
    if (request.key != nullptr)
        claims.push_back({std::string(request.key->idempotency_key), request.key->content, position.chapter,
                          request.first, static_cast<std::uint32_t>(request.bodies.size()), false});
    if (!request.filings.empty()) {
        request.filings.front().chapter = position.chapter;
        request.filings.front().index = request.first;
        filings.insert(filings.end(), request.filings.begin(), request.filings.end());
    }
    position = next;
    return {};
}

/// Where the next entry goes. After a commit that failed only the disk knows.
Result<JournalStore::Position> Journal::end_of_chain() {
    std::unique_lock lock(mutex_);
    if (!doubtful_) return position_;
    lock.unlock();
    ZIGE_TRY(on_disk, parts_.store.position());
    lock.lock();
    if (on_disk && on_disk->chapter > position_.chapter) {
        move_on(*on_disk);
    } else if (on_disk && on_disk->size > 0) {
        position_.size = on_disk->size;
        position_.hash = on_disk->hash;
    }
    doubtful_ = false;
    return position_;
}

/// The lock is held.
void Journal::move_on(const JournalStore::Position& next) {
    if (position_.held < position_.size) earlier_.push_back(position_);
    else handed_before_ += position_.size;
    position_ = next;
    was_held_ = 0;
    anchor_ahead_ = false;  // the new chapter has lost nothing
}

/// Called by the leader alone, without the lock: nothing else is written meanwhile.
Result<void> Journal::start_chapter(Request& request) {
    ZIGE_TRY(now, end_of_chain());
    if (request.opens->value != now.chapter.value + 1)  // LIFE-2
        return fail(ErrorId::chapter_unexpected, "held.open_chapter", std::to_string(request.opens->value));
    Round round;
    round.position.agent = now.agent;
    round.position.chapter = *request.opens;
    round.position.hash = wire::chain_start(now.agent, *request.opens, parts_.crypto.hasher);
    round.position.held_at = now.held_at;
    round.times = parts_.time.times();
    request.bodies.push_back(first_entry(round.position, request.software, &now));
    ZIGE_CHECK(round.add(request, parts_.crypto.hasher));
    const auto done = parts_.store.append({round.position.chapter, round.entries, {}, {}, now.agent});
    const std::lock_guard lock(mutex_);
    if (!done) {
        doubtful_ = true;
        return not_recorded(done.error());
    }
    move_on(round.position);
    return {};
}

/// Called by the leader alone, without the lock.
void Journal::write(std::span<Request* const> requests) {
    if (requests.front()->opens) {
        if (auto started = start_chapter(*requests.front()); !started)
            requests.front()->error = std::move(started).error();
        return;
    }
    Round round;
    auto end = end_of_chain();
    if (!end) {
        for (Request* const request : requests) request->error = not_recorded(end.error());
        return;
    }
    round.position = *std::move(end);
    round.times = parts_.time.times();
    std::vector<Request*> written;
    for (Request* const request : requests) {
        const auto settled = settle_key(*request);
        if (!settled) {
            const bool conflict = settled.error().id == ErrorId::journal_idempotency_conflict;
            request->error = conflict ? settled.error() : not_recorded(settled.error());
        } else if (!*settled) {
            if (auto added = round.add(*request, parts_.crypto.hasher); !added)
                request->error = std::move(added).error();
            else written.push_back(request);
        }
    }
    if (written.empty()) return;
    const auto done = parts_.store.append(
        {round.position.chapter, round.entries, round.claims, round.filings, {}, &round.memory});
    const std::lock_guard lock(mutex_);
    if (done) {
        position_.size = round.position.size;
        position_.hash = round.position.hash;
        ++syncs_;
    } else {
        doubtful_ = true;
        for (Request* const request : written) request->error = not_recorded(done.error());
    }
}

Result<void> Journal::write_anchor(Random& random) {
    if (parts_.time.anchor_void()) ZIGE_CHECK(record_contact(random));
    if (parts_.anchor.empty()) return {};
    const Status now = status();
    if (now.anchor_ahead) return {};  // it is the only witness of what was lost
    return agent::write_anchor(parts_.files, parts_.anchor,
                               {now.agent, now.chapter, now.size, now.hash, parts_.time.running(), put_backs(),
                                parts_.time.boot_id()});
}

std::uint32_t Journal::put_backs() const {
    const std::lock_guard lock(mutex_);
    return put_backs_;
}

Journal::Status Journal::status() const {
    const std::lock_guard lock(mutex_);
    std::uint64_t unheld = position_.size - std::min(position_.held, position_.size);
    std::uint64_t handed = handed_before_ + position_.held;
    for (const auto& left : earlier_) {
        unheld += left.size - left.held;
        handed += left.held;
    }
    return {position_.agent,
            position_.chapter,
            position_.size,
            position_.hash,
            position_.held,
            position_.signed_to,
            position_.held_at,
            position_.frozen,
            anchor_ahead_,
            syncs_,
            waiting_.size(),
            unheld,
            handed,
            put_backs_ >= kPutBacks,
            was_held_ - std::min(was_held_, position_.held)};
}

JournalStore::Position Journal::current() const {
    const std::lock_guard lock(mutex_);
    return position_;
}

std::vector<JournalStore::Position> Journal::earlier() const {
    const std::lock_guard lock(mutex_);
    return earlier_;
}

}  // namespace zige::agent
