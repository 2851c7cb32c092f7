#include "hub/core/receipts.h"

#include "hub/core/agents.h"
#include "hub/core/statements.h"

namespace zige::hub {

Result<ReceiptFinding> verify_receipt(const Environment& env, std::string_view text) {
    ZIGE_TRY(receipt, wire::read_receipt(text));
    return read_from(env.store, [&](Tx& tx) -> Result<ReceiptFinding> {
        ZIGE_TRY(agent, load_any_agent(tx, receipt.agent));
        ZIGE_TRY(entry, wire::check_receipt(receipt, agent.signing_key, env.hasher, env.verifier));
        ReceiptFinding found{receipt, std::move(entry), agent.institution, agent.signing_key};
        // Columns content, hash, received_at.
        ZIGE_TRY(row, tx.first(Sql::journal_entry,
                               {sql(receipt.agent.value), sql(receipt.chapter.value), sql(receipt.number)}));
        if (!row) return found;
        const bool same = row->bytes(0) == receipt.entry;
        found.held = same ? ReceiptFinding::Held::here : ReceiptFinding::Held::other;
        if (same) found.received = row->instant(2);
        return found;
    });
}

}  // namespace zige::hub
