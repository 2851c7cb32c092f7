#include <algorithm>

#include "agent/core/journal.h"

namespace zige::agent {

Result<void> Journal::note_held(const wire::Held& held, std::span<const JournalStore::Filing> filings) {
    const Status now = status();
    if (held.agent != now.agent || held.chapter != now.chapter)
        return fail(ErrorId::sync_unexpected_answer, "held.agent", std::to_string(held.agent.value));
    // Trusted time is as late as what was held last, but after a reset by root (TRUST-9).
    const Instant trusted = parts_.time.status().trusted;
    const bool was_reset = trusted != Instant{} && trusted < now.held_at;
    if (held.hub_time < (was_reset ? trusted : now.held_at))
        return fail(ErrorId::wire_replayed, "held.hub_time", format(held.hub_time));
    std::string fork;
    if (held.size > now.size) {
        fork = "the hub holds " + std::to_string(held.size) + " entries, here are " + std::to_string(now.size);
    } else {
        ZIGE_TRY(chain, chain_at(held.size));
        if (chain != held.hash) fork = "entry " + std::to_string(held.size) + " differs from the one at the hub";
    }
    const bool frozen = held.frozen || !fork.empty();
    const std::uint64_t size = fork.empty() ? held.size : now.held;
    ZIGE_CHECK(parts_.store.note_held(size, held.hub_time, frozen, filings));
    for (const wire::ChapterHeld& left : held.earlier) ZIGE_CHECK(note_earlier(left));
    {
        const std::lock_guard lock(mutex_);
        was_held_ = std::max(was_held_, position_.held);
        position_.held = size;
        position_.held_at = held.hub_time;
        position_.frozen = frozen;
    }
    if (frozen) return fail(ErrorId::journal_forked, "held", fork.empty() ? "the hub saw another entry" : fork);
    return {};
}

/// What is not the hash that stands here is about another journal: our entries are handed in again.
Result<void> Journal::note_earlier(const wire::ChapterHeld& held) {
    for (const auto& left : earlier()) {
        if (left.agent != held.agent || left.chapter != held.chapter) continue;
        if (held.size < left.held) break;
        if (held.size == left.held || held.size > left.size) return {};
        ZIGE_TRY(chain, chain_at(left, held.size));
        if (chain != held.hash) return {};
        ZIGE_CHECK(parts_.store.note_earlier(left.chapter, held.size));
        const std::lock_guard lock(mutex_);
        const auto at = std::find_if(earlier_.begin(), earlier_.end(),
                                     [&](const auto& each) { return each.chapter == left.chapter; });
        if (at == earlier_.end()) return {};
        at->held = held.size;
        if (at->held < at->size) return {};
        handed_before_ += at->size;
        earlier_.erase(at);
        return {};
    }
    return note_lower(held);
}

/// P5: a hub that was put back lost what it had confirmed of a chapter that was left: it gets that again.
Result<void> Journal::note_lower(const wire::ChapterHeld& held) {
    ZIGE_TRY(chapters, parts_.store.chapters());
    for (auto& left : chapters) {
        if (left.agent != held.agent || left.chapter != held.chapter || left.chapter == current().chapter) continue;
        if (held.size >= left.held) return {};
        ZIGE_TRY(chain, chain_at(left, held.size));
        if (chain != held.hash) return {};
        ZIGE_CHECK(parts_.store.note_earlier(left.chapter, held.size));
        const std::lock_guard lock(mutex_);
        if (left.held >= left.size) handed_before_ -= left.size;
        left.held = held.size;
        std::erase_if(earlier_, [&](const auto& each) { return each.chapter == left.chapter; });
        const auto at = std::ranges::upper_bound(earlier_, left.chapter, {}, &JournalStore::Position::chapter);
        earlier_.insert(at, left);
        return {};
    }
    return {};
}

}  // namespace zige::agent
