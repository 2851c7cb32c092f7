#pragma once

#include <string_view>

#include "agent/core/journal.h"
#include "shared/wire/receipt.h"

namespace zige::agent {

/// The proof of a decision for others (RCT): signs what is not signed yet. `suite`: of this agent's keys.
/// journal_not_found; what Journal::sign_pending() says; journal_corrupt.
Result<wire::Receipt> receipt_of(Journal& journal, std::string_view reference, Suite suite, const Hasher& hasher);

/// Whether a receipt is good by the key of who wrote that chapter here: `own_key`, or that of an agent before this one.
/// journal_not_found: no chapter of this journal; what wire::check_receipt() says.
Result<wire::JournalEntry> check_receipt(Journal& journal, const wire::Receipt& receipt, ByteView own_key,
                                         const Hasher& hasher, const Verifier& verifier);

}  // namespace zige::agent
