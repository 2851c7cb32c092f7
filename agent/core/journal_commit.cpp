#include <algorithm>
#include <unordered_set>
#include <variant>

#include "agent/core/journal_round.h"
#include "shared/domain/decide.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"

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
    to.lots.insert(to.lots.end(), more.lots.begin(), more.lots.end());
    to.emergencies.insert(to.emergencies.end(), more.emergencies.begin(), more.emergencies.end());
    to.reversed.insert(to.reversed.end(), more.reversed.begin(), more.reversed.end());
}

}  // namespace

wire::ChapterEntry Journal::Round::first_entry(const JournalStore::Position& chapter, std::string_view software,
                                               const JournalStore::Position* before) {
    wire::ChapterEntry entry{chapter.agent, chapter.chapter, std::string(software), std::nullopt};
    if (before != nullptr)
        entry.before = wire::ChapterBefore{before->agent, before->chapter, before->size, before->hash};
    return entry;
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
    if (!claim || claim->reversed == claim->count) return false;  // what was reversed may be asked anew (JRN-13)
    if (claim->content != request.key->content)
        return fail(ErrorId::journal_idempotency_conflict, "idempotency_key",
                    std::string(request.key->idempotency_key));
    if (claim->reversed != 0)  // P2: the others stand, and no answer would be true of all
        return fail(ErrorId::journal_idempotency_conflict, "idempotency_key",
                    std::to_string(claim->reversed) + " of its lines were reversed, ask with a new key");
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
    for (JournalStore::Lot& lot : made.lots) lot.first = {position.chapter, request.first + lot.first.number};
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
    request.bodies.push_back(Round::first_entry(round.position, request.software, &now));
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
    const auto done =
        parts_.store.append({round.position.chapter, round.entries, round.claims, round.filings, {}, &round.memory});
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

}  // namespace zige::agent
