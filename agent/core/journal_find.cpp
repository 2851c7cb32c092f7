#include <algorithm>
#include <variant>

#include "agent/core/journal.h"
#include "shared/wire/codec.h"

namespace zige::agent {

Result<wire::JournalEntry> Journal::entry(Chapter chapter, std::uint64_t number) const {
    ZIGE_TRY(found, parts_.store.entries(chapter, number, 1, 0));
    if (found.empty() || found[0].index != number)
        return fail(ErrorId::journal_not_found, "number", std::to_string(number));
    return wire::decode_journal_entry(found[0].bytes);
}

Result<std::optional<wire::JournalEntry>> Journal::find_forward(std::string_view key) const {
    ZIGE_TRY(claim, parts_.store.claim(key));
    if (!claim) return std::optional<wire::JournalEntry>();
    ZIGE_TRY(found, entry(claim->chapter, claim->first));
    if (!std::holds_alternative<wire::ForwardEntry>(found.body))
        return fail(ErrorId::journal_corrupt, "entry", std::to_string(found.index));
    return std::optional(std::move(found));
}

Result<wire::JournalEntry> Journal::find_reference(std::string_view text) const {
    ZIGE_TRY(located, locate(text));
    return std::move(located.second);
}

Result<std::string> Journal::reference_of(const wire::EntryName& name) const {
    ZIGE_TRY(stored, parts_.store.entries(name.chapter, name.number, 1, 0));
    if (stored.empty() || stored[0].index != name.number)
        return fail(ErrorId::journal_not_found, "number", std::to_string(name.number));
    return wire::reference(name.number, stored[0].chain);
}

Result<std::vector<wire::EntryName>> Journal::decisions_under(std::string_view idempotency_key) const {
    ZIGE_TRY(claim, parts_.store.claim(idempotency_key));
    if (!claim) return fail(ErrorId::journal_not_found, "idempotency_key", std::string(idempotency_key));
    std::vector<wire::EntryName> names;
    for (std::uint32_t i = 0; i < claim->count; ++i) names.push_back({claim->chapter, claim->first + i});
    return names;
}

Result<std::pair<wire::EntryName, wire::JournalEntry>> Journal::locate(std::string_view text) const {
    if (const auto sought = wire::read_reference(text)) {
        ZIGE_TRY(chapters, parts_.store.chapters());
        for (auto chapter = chapters.rbegin(); chapter != chapters.rend(); ++chapter) {
            ZIGE_TRY(found, find_in(*chapter, *sought));
            if (found) {
                const wire::EntryName name{chapter->chapter, found->index};
                return std::pair(name, *std::move(found));
            }
        }
    }
    return fail(ErrorId::journal_not_found, "reference", std::string(text));
}

/// Each entry of a number that fits is read: one in kReferenceNumbers.
Result<std::optional<wire::JournalEntry>> Journal::find_in(const JournalStore::Position& chapter,
                                                           const wire::Reference& sought) const {
    constexpr std::uint64_t kStep = wire::kReferenceNumbers;
    const std::uint64_t above = (chapter.size % kStep + kStep - sought.number) % kStep;  // from the last that fits on
    std::uint64_t number = chapter.size - std::min(chapter.size, above);
    for (; number > 0; number -= std::min(number, kStep)) {
        ZIGE_TRY(stored, parts_.store.entries(chapter.chapter, number, 1, 0));
        if (!stored.empty() && stored[0].index == number && sought.is_of(number, stored[0].chain)) {
            ZIGE_TRY(entry, wire::decode_journal_entry(stored[0].bytes));
            if (std::holds_alternative<wire::DecisionEntry>(entry.body)) return std::optional(std::move(entry));
        }
    }
    return std::optional<wire::JournalEntry>();
}

}  // namespace zige::agent
