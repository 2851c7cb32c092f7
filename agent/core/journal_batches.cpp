#include <algorithm>

#include "agent/core/journal.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"

/// Batch signatures, segments for upload and the check of the whole chapter: what happens after the answers.
namespace zige::agent {
namespace {

constexpr std::size_t kSignaturesPerWrite = 64;
constexpr std::size_t kEntriesPerRead = 512;
/// What a segment's own fields and the heads of its entries take, at most.
constexpr std::size_t kSegmentOverhead = 1024;

std::vector<Hash256> leaves_of(std::span<const JournalStore::Entry> entries, const Hasher& hasher) {
    std::vector<Hash256> leaves;
    leaves.reserve(entries.size());
    for (const auto& entry : entries) leaves.push_back(wire::merkle_leaf(entry.bytes, hasher));
    return leaves;
}

Error corrupt(std::uint64_t number, std::string_view why) {
    return fail(ErrorId::journal_corrupt, "entry " + std::to_string(number), std::string(why));
}

}  // namespace

/// The entries that one signature covers: from `first`, at most to `last`.
Result<std::vector<JournalStore::Entry>> Journal::batch_from(Chapter chapter, std::uint64_t first,
                                                             std::uint64_t last) const {
    const auto limit = static_cast<std::size_t>(std::min<std::uint64_t>(kMaxBatchEntries, last - first + 1));
    ZIGE_TRY(entries, parts_.store.entries(chapter, first, limit, kMaxBatchBytes));
    if (entries.empty()) return corrupt(first, "missing");
    std::size_t bytes = 0;
    std::size_t count = 0;
    while (count < entries.size() && (count == 0 || bytes + entries[count].bytes.size() <= kMaxBatchBytes))
        bytes += entries[count++].bytes.size();
    entries.resize(count);
    return entries;
}

/// After a write that failed only the disk knows how far the signatures go.
Result<void> Journal::settle_signatures() {
    if (!signatures_doubtful_) return {};
    ZIGE_TRY(on_disk, parts_.store.chapters());
    for (const auto& chapter : on_disk) note_signed(chapter.chapter, chapter.signed_to);
    signatures_doubtful_ = false;
    return {};
}

void Journal::note_signed(Chapter chapter, std::uint64_t signed_to) {
    const std::lock_guard lock(mutex_);
    if (position_.chapter == chapter) position_.signed_to = signed_to;
    for (auto& left : earlier_)
        if (left.chapter == chapter) left.signed_to = signed_to;
}

Result<void> Journal::sign_pending() {
    const std::lock_guard one_at_a_time(signing_);
    ZIGE_CHECK(settle_signatures());
    for (const auto& left : earlier()) ZIGE_CHECK(sign_chapter(left));
    for (auto now = current(); now.signed_to < now.size; now = current()) ZIGE_CHECK(sign_chapter(now));
    return {};
}

/// Up to the size that it has in `position`.
Result<void> Journal::sign_chapter(const JournalStore::Position& position) {
    std::uint64_t signed_to = position.signed_to;
    while (signed_to < position.size) {
        std::vector<wire::BatchSignature> made;
        while (signed_to < position.size && made.size() < kSignaturesPerWrite) {
            ZIGE_TRY(batch, batch_from(position.chapter, signed_to + 1, position.size));
            const Hash256 root = wire::merkle_root(leaves_of(batch, parts_.crypto.hasher), parts_.crypto.hasher);
            const std::uint64_t first = signed_to + 1;
            signed_to = batch.back().index;
            ZIGE_TRY(signature,
                     parts_.signer.sign(wire::batch_message(position.agent, position.chapter, first, signed_to, root)));
            made.push_back({first, signed_to, std::move(signature)});
        }
        signatures_doubtful_ = true;
        ZIGE_CHECK(parts_.store.add_signatures(position.chapter, made));
        signatures_doubtful_ = false;
        note_signed(position.chapter, signed_to);
    }
    return {};
}

Result<std::vector<wire::Segment>> Journal::next_segments(std::size_t max_segments) const {
    std::vector<wire::Segment> segments;
    for (const auto& left : earlier()) ZIGE_CHECK(add_segments(left, max_segments, segments));
    ZIGE_CHECK(add_segments(current(), max_segments, segments));
    return segments;
}

Result<void> Journal::add_segments(const JournalStore::Position& from, std::size_t max_segments,
                                   std::vector<wire::Segment>& segments) const {
    std::uint64_t next = from.held + 1;
    while (segments.size() < max_segments && next <= from.signed_to) {
        ZIGE_TRY(batches,
                 parts_.store.signatures(from.chapter, next, std::min(from.signed_to, next + kEntriesPerRead)));
        if (batches.empty()) return corrupt(next, "no batch signature");
        wire::Segment segment;
        segment.agent = from.agent;
        segment.chapter = from.chapter;
        segment.first = batches.front().first;
        ZIGE_TRY(link, chain_at(from, segment.first - 1));
        segment.link_before = link;
        std::size_t bytes = kSegmentOverhead;
        for (auto& batch : batches) {
            const auto count = static_cast<std::size_t>(batch.last - batch.first + 1);
            ZIGE_TRY(entries, parts_.store.entries(from.chapter, batch.first, count, kMaxSegmentBytes));
            if (entries.size() != count) return corrupt(batch.first, "missing");
            for (const auto& entry : entries) bytes += entry.bytes.size();
            bytes += batch.signature.size() + 24;
            if (bytes > kMaxSegmentBytes && !segment.entries.empty()) break;
            for (auto& entry : entries) segment.entries.push_back(std::move(entry.bytes));
            next = batch.last + 1;
            segment.batches.push_back(std::move(batch));
        }
        segments.push_back(std::move(segment));
    }
    return {};
}

namespace {

/// The first entry says whose chapter it is and where the one before it ended, as far as both stand here.
Result<void> check_first(const wire::JournalEntry& entry, const JournalStore::Position& position,
                         const JournalStore::Position* before) {
    const auto* chapter = std::get_if<wire::ChapterEntry>(&entry.body);
    if (chapter == nullptr) return {};
    if (chapter->agent != position.agent || chapter->chapter != position.chapter)
        return corrupt(1, "of another chapter");
    if (before == nullptr || !chapter->before) return {};
    const wire::ChapterBefore expected{before->agent, before->chapter, before->size, before->hash};
    if (*chapter->before != expected) return corrupt(1, "the chapter before it does not end there");
    return {};
}

Error in_chapter(const JournalStore::Position& position, const Error& error) {
    return fail(error.id, "chapter " + std::to_string(position.chapter.value) + " " + error.field, error.detail);
}

}  // namespace

Result<Journal::Verified> Journal::verify() const {
    const auto now = current();
    ZIGE_TRY(chapters, parts_.store.chapters());
    Verified sum;
    const JournalStore::Position* before = nullptr;
    for (auto& position : chapters) {
        if (position.chapter > now.chapter) break;
        if (position.chapter == now.chapter) position = now;  // what is written meanwhile is not asked for
        else if (position.size == 0) continue;
        auto one = verify_chapter(position, before);
        if (!one.ok()) return position.chapter == now.chapter ? one.error() : in_chapter(position, one.error());
        sum.entries += one->entries;
        sum.batches += one->batches;
        sum.not_signed += one->not_signed;
        ++sum.chapters;
        before = &position;
    }
    return sum;
}

Result<Journal::Verified> Journal::verify_chapter(const JournalStore::Position& now,
                                                  const JournalStore::Position* before) const {
    Hash256 chain = wire::chain_start(now.agent, now.chapter, parts_.crypto.hasher);
    std::vector<Hash256> leaves;
    while (leaves.size() < now.size) {
        const std::uint64_t next = leaves.size() + 1;
        ZIGE_TRY(entries, parts_.store.entries(now.chapter, next, kEntriesPerRead, kMaxSegmentBytes * 16));
        if (entries.empty()) return corrupt(next, "missing");
        for (const auto& entry : entries) {
            const std::uint64_t number = leaves.size() + 1;
            if (number > now.size) break;
            if (entry.index != number) return corrupt(number, "missing");
            const auto decoded = wire::decode_journal_entry(entry.bytes);
            if (!decoded) return corrupt(number, decoded.error().describe());
            if (decoded->index != number) return corrupt(number, "it says another number");
            if (number == 1) ZIGE_CHECK(check_first(*decoded, now, before));
            chain = wire::chain_next(chain, entry.bytes, parts_.crypto.hasher);
            if (chain != entry.chain) return corrupt(number, "does not fit the chain");
            leaves.push_back(wire::merkle_leaf(entry.bytes, parts_.crypto.hasher));
        }
    }
    if (chain != now.hash) return corrupt(now.size, "is not the last one that was written");
    ZIGE_TRY(batches, check_batches(now, leaves));
    return Verified{now.size, batches, now.size - now.signed_to, 1};
}

/// Every entry up to signed_to stands in exactly one batch, and each signature is good.
Result<std::uint64_t> Journal::check_batches(const JournalStore::Position& now, std::span<const Hash256> leaves) const {
    const Bytes own_key = parts_.signer.public_key();
    const Bytes& key = now.signing_key.empty() ? own_key : now.signing_key;
    ZIGE_TRY(batches, parts_.store.signatures(now.chapter, 1, std::min<std::uint64_t>(now.signed_to, leaves.size())));
    std::uint64_t next = 1;
    for (const auto& batch : batches) {
        if (batch.first != next || batch.last < batch.first || batch.last > leaves.size())
            return corrupt(next, "not in the batch that follows");
        const auto part = leaves.subspan(batch.first - 1, batch.last - batch.first + 1);
        const Hash256 root = wire::merkle_root(part, parts_.crypto.hasher);
        const Bytes message = wire::batch_message(now.agent, now.chapter, batch.first, batch.last, root);
        if (!parts_.crypto.verifier.verify(key, message, batch.signature))
            return corrupt(batch.first, "bad batch signature");
        next = batch.last + 1;
    }
    if (next <= now.signed_to && now.signed_to <= leaves.size()) return corrupt(next, "no batch signature");
    return static_cast<std::uint64_t>(batches.size());
}

}  // namespace zige::agent
