#include "agent/core/receipts.h"

#include <algorithm>

#include "shared/wire/chain.h"

namespace zige::agent {
namespace {

Error corrupt(std::uint64_t number, const char* why) {
    return fail(ErrorId::journal_corrupt, "entry " + std::to_string(number), why);
}

Result<JournalStore::Position> position_of(Journal& journal, Chapter chapter) {
    ZIGE_TRY(chapters, journal.store().chapters());
    const auto found = std::ranges::find(chapters, chapter, &JournalStore::Position::chapter);
    if (found == chapters.end()) return fail(ErrorId::journal_not_found, "chapter", std::to_string(chapter.value));
    return *std::move(found);
}

}  // namespace

Result<wire::Receipt> receipt_of(Journal& journal, std::string_view reference, Suite suite, const Hasher& hasher) {
    ZIGE_TRY(located, journal.locate(reference));
    ZIGE_CHECK(journal.sign_pending());
    const auto [chapter, number] = located.first;
    ZIGE_TRY(position, position_of(journal, chapter));
    ZIGE_TRY(batches, journal.store().signatures(chapter, number, number + kMaxBatchEntries));
    if (batches.empty() || batches.front().first > number) return corrupt(number, "no batch signature");
    wire::Receipt receipt{suite, position.agent, chapter, number, std::move(batches.front()), {}, {}};
    const auto count = static_cast<std::size_t>(receipt.batch.last - receipt.batch.first + 1);
    ZIGE_TRY(entries, journal.store().entries(chapter, receipt.batch.first, count, count * kMaxBatchBytes));
    if (entries.size() != count) return corrupt(receipt.batch.first, "missing");
    std::vector<Hash256> leaves;
    for (const auto& entry : entries) leaves.push_back(wire::merkle_leaf(entry.bytes, hasher));
    const auto at = static_cast<std::size_t>(number - receipt.batch.first);
    receipt.path = wire::merkle_path(leaves, at, hasher);
    receipt.entry = std::move(entries[at].bytes);
    return receipt;
}

Result<wire::JournalEntry> check_receipt(Journal& journal, const wire::Receipt& receipt, ByteView own_key,
                                         const Hasher& hasher, const Verifier& verifier) {
    ZIGE_TRY(position, position_of(journal, receipt.chapter));
    if (position.agent != receipt.agent)
        return fail(ErrorId::journal_not_found, "receipt.agent", std::to_string(receipt.agent.value));
    const ByteView key = position.signing_key.empty() ? own_key : ByteView(position.signing_key);
    return wire::check_receipt(receipt, key, hasher, verifier);
}

}  // namespace zige::agent
