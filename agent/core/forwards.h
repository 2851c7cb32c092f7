#pragma once

#include <cstdint>
#include <string>

#include "agent/core/journal.h"
#include "shared/wire/messages.h"

namespace zige::agent {

/// Messages of the institution's software on their way to the platform, each at most once (JRN-11). Any thread; two
/// callers with one message at the same time: one of them begins.
class Forwards {
public:
    struct Message {
        std::string infno;
        std::string msgid;
        Hash256 identity{};  ///< what makes two messages the same one, whatever else differs in their bytes
        Hash256 bytes{};     ///< of all bytes
        bool lines_unseen = false;
    };

    /// Keeps a reference.
    explicit Forwards(Journal& journal) : journal_(journal) {}

    /// The attempt that may be sent now; that it begins is on disk. fsi_already_forwarded: the platform took it;
    /// fsi_outcome_unknown: it was sent before, or is being sent now, and nobody knows what became of it. `detail` of
    /// both: when. journal_not_recorded: do not send.
    Result<std::uint32_t> begin(const Message& message);
    /// What became of that attempt. journal_not_recorded: then it stays unknown.
    Result<void> end(const Message& message, std::uint32_t attempt, ForwardState state, std::string infcode);

private:
    Journal& journal_;
};

}  // namespace zige::agent
