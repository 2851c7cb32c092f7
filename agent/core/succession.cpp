#include "agent/core/succession.h"

#include <algorithm>
#include <iterator>

#include "agent/core/journal.h"
#include "shared/wire/agent_messages.h"
#include "shared/wire/codec.h"

namespace zige::agent {
namespace {

constexpr std::uint64_t kEntriesPerPart = 512;
constexpr std::size_t kBytesPerPart = 4U << 20;

Result<void> check(const Predecessor& from, const wire::EnrolAnswer& answer) {
    constexpr const char* kField = "replaces_folder";
    if (answer.replaces != from.agent)
        return fail(ErrorId::enrol_bad_slip, kField,
                    "of agent " + std::to_string(from.agent.value) + "; the slip is for the place of agent " +
                        std::to_string(answer.replaces.value));
    if (from.replaced_by.value != 0 && from.replaced_by != answer.agent)
        return fail(ErrorId::agent_revoked, kField, "agent " + std::to_string(from.replaced_by.value) + " took it over");
    return {};
}

struct Part {
    std::vector<wire::BatchSignature> signatures;
    std::vector<JournalStore::Entry> entries;
};

/// Whole batches from `first` on; at least one.
Result<Part> part_from(JournalStore& from, const JournalStore::Position& chapter, std::uint64_t first) {
    Part part;
    ZIGE_TRY(batches, from.signatures(chapter.chapter, first, std::min(chapter.signed_to, first + kEntriesPerPart)));
    std::size_t bytes = 0;
    for (auto& batch : batches) {
        if (bytes > kBytesPerPart) break;
        const std::uint64_t next = part.signatures.empty() ? first : part.signatures.back().last + 1;
        if (batch.first != next || batch.last < batch.first)
            return fail(ErrorId::journal_corrupt, "entry " + std::to_string(next), "no batch signature");
        const auto count = static_cast<std::size_t>(batch.last - batch.first + 1);
        ZIGE_TRY(entries, from.entries(chapter.chapter, batch.first, count, kBytesPerPart));
        if (entries.size() != count)
            return fail(ErrorId::journal_corrupt, "entry " + std::to_string(batch.first), "missing");
        for (const auto& entry : entries) bytes += entry.bytes.size();
        std::move(entries.begin(), entries.end(), std::back_inserter(part.entries));
        part.signatures.push_back(std::move(batch));
    }
    if (part.entries.empty())
        return fail(ErrorId::journal_corrupt, "entry " + std::to_string(first), "no batch signature");
    return part;
}

Result<void> adopt_chapter(const Predecessor& from, JournalStore& to, JournalStore::Position chapter,
                           std::uint64_t have) {
    if (chapter.signing_key.empty()) chapter.signing_key = from.signing_key;
    ZIGE_TRY(filings, from.journal.filings());
    for (std::uint64_t first = have + 1; first <= chapter.signed_to;) {
        ZIGE_TRY(part, part_from(from.journal, chapter, first));
        const std::uint64_t last = part.signatures.back().last;
        ZIGE_TRY(claims, from.journal.claims(chapter.chapter, first, last));
        std::vector<JournalStore::Filing> filed;
        std::copy_if(filings.begin(), filings.end(), std::back_inserter(filed), [&](const auto& each) {
            return each.chapter == chapter.chapter && each.index >= first && each.index <= last;
        });
        JournalStore::Memory memory;
        for (const auto& each : part.entries)
            if (const auto entry = wire::decode_journal_entry(each.bytes))
                remember(entry->body, {chapter.chapter, each.index}, memory);
        ZIGE_CHECK(to.adopt({chapter, part.entries, part.signatures, claims, filed, &memory}));
        first = last + 1;
    }
    return {};
}

}  // namespace

Result<void> take_over(const Predecessor& from, JournalStore& to, const wire::EnrolAnswer& answer) {
    ZIGE_CHECK(check(from, answer));
    ZIGE_TRY(chapters, from.journal.chapters());
    if (!chapters.empty() && chapters.back().chapter >= answer.chapter)
        return fail(ErrorId::chapter_unexpected, "replaces_folder",
                    "it is in chapter " + std::to_string(chapters.back().chapter.value) + ", the bureau gives chapter " +
                        std::to_string(answer.chapter.value));
    ZIGE_TRY(here, to.chapters());
    for (const auto& chapter : chapters) {
        const auto at = std::ranges::find(here, chapter.chapter, &JournalStore::Position::chapter);
        ZIGE_CHECK(adopt_chapter(from, to, chapter, at == here.end() ? 0 : at->signed_to));
    }
    const wire::Revocation word{from.agent, RevocationReason::replaced, answer.hub_time, answer.agent};
    return from.files.write(from.word, wire::encode(word));
}

}  // namespace zige::agent
