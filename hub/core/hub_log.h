#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/core/fields.h"
#include "hub/core/ports/store.h"
#include "shared/base/codes.h"
#include "shared/domain/ids.h"
#include "shared/ports/crypto.h"

namespace zige::hub {

/// One event of the hub-wide log: ledger and audit in one sequence; a person or an institution is an index into it.
struct LogEvent {
    std::uint64_t number = 0;  ///< from 1, without holes
    Instant at{};              ///< the hub's time
    HubEvent event = HubEvent::hub_initialised;
    std::string actor;        ///< who did it: an operator's name, "agent 3", "hub"
    std::string institution;  ///< code; empty if none
    RecordNo record{};        ///< 0 if none
    PersonId person{};        ///< 0 if none
    Fields body;
};

struct LogTip {
    std::uint64_t number = 0;  ///< 0: empty log
    Hash256 hash{};
    bool operator==(const LogTip&) const = default;
};

/// Append-only, hash-chained. hash(n) = H(0x03 || hash(n-1) || the event's bytes). No member keeps state; any thread.
class HubLog {
public:
    explicit HubLog(const Hasher& hasher) : hasher_(hasher) {}

    /// Gives the event its number. Inside a writing transaction.
    Result<LogTip> append(Tx& tx, LogEvent event) const;
    Result<LogTip> tip(Tx& tx) const;
    /// The hash of event `number`; nothing if the log does not reach so far.
    Result<std::optional<Hash256>> hash_at(Tx& tx, std::uint64_t number) const;
    /// Recomputes the whole chain. ledger_bad_chain names the first event that does not fit.
    Result<LogTip> verify(Tx& tx) const;
    /// Events after `after`, oldest first, at most `limit`.
    Result<std::vector<LogEvent>> read(Tx& tx, std::uint64_t after, std::uint32_t limit) const;
    /// Sanction events of one person, oldest first: what his standing is derived from. Of somebody whose file was
    /// merged with others, the events of all of them, here and below.
    Result<std::vector<LogEvent>> sanctions_of(Tx& tx, PersonId person) const;
    /// All events of his career (一医一档), and of his files' merging: all of them are his, whichever file had them.
    Result<std::vector<LogEvent>> career_of(Tx& tx, PersonId person) const;
    /// Career events of everybody with after < id <= last, sorted by person, then oldest first.
    Result<std::vector<LogEvent>> careers_of(Tx& tx, PersonId after, PersonId last) const;
    /// Career events of everybody that were written at `since` or later, oldest first.
    Result<std::vector<LogEvent>> careers_since(Tx& tx, Instant since) const;
    /// The same for everybody who is or was registered at `institution`, and for everybody.
    Result<std::vector<LogEvent>> sanctions_at(Tx& tx, std::string_view institution) const;
    Result<std::vector<LogEvent>> all_sanctions(Tx& tx) const;
    Result<std::int64_t> count_sanctions(Tx& tx) const;
    /// Where points were decided, or a sanction begun, under this number of a notice; oldest first, each with the
    /// person whose file it is now.
    Result<std::vector<LogEvent>> of_notice(Tx& tx, HubEvent kind, std::string_view document) const;

private:
    const Hasher& hasher_;
};

}  // namespace zige::hub
