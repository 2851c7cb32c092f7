#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hub/core/environment.h"
#include "shared/wire/receipt.h"

namespace zige::hub {

/// What the hub says of a receipt whose signature is good.
struct ReceiptFinding {
    enum class Held {
        here,     ///< the hub holds that entry, byte for byte
        not_yet,  ///< it was not handed in
        other     ///< the hub holds another entry at that number: the journal went on in two ways
    };
    wire::Receipt receipt;
    wire::JournalEntry entry;
    std::string institution;
    Bytes public_key;  ///< of the agent, for who checks it without us
    Held held = Held::not_yet;
    std::optional<Instant> received = {};
};

/// Reads only. hub_unknown_agent; what wire::read_receipt() and wire::check_receipt() say.
Result<ReceiptFinding> verify_receipt(const Environment& env, std::string_view text);

}  // namespace zige::hub
