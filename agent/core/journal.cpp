#include "agent/core/journal.h"

#include <algorithm>
#include <variant>

#include "agent/core/anchor.h"
#include "agent/core/journal_round.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/reference.h"

namespace zige::agent {

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
        request.bodies.push_back(Round::first_entry(last, software, before));
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

Result<void> Journal::write_anchor(Random& random) {
    if (parts_.time.anchor_void()) ZIGE_CHECK(record_contact(random));
    if (parts_.anchor.empty()) return {};
    const Status now = status();
    if (now.anchor_ahead) return {};  // it is the only witness of what was lost
    return agent::write_anchor(
        parts_.files, parts_.anchor,
        {now.agent, now.chapter, now.size, now.hash, parts_.time.running(), put_backs(), parts_.time.boot_id()});
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
