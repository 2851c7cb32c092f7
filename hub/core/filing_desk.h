#pragma once

#include "hub/core/filing_work.h"

namespace zige::hub {

/// Answers an institution's filings (commands with a UUID), inside one change. The same UUID twice changes nothing.
class FilingDesk {
public:
    FilingDesk(const Environment& env, const Trust& trust, const FiledCases& cases, Change& change, const Agent& agent)
        : env_(env), trust_(trust), cases_(cases), change_(change), agent_(agent) {}

    /// Nothing: the agent is frozen, the filing waits for an operator. A refusal is a result with its reason: what
    /// process() of its kind says, filing_conflict, or wire_unknown_version (a kind that this hub does not process). An
    /// Error is for undecodable bytes and the database.
    Result<std::optional<wire::FilingResult>> take(ByteView bytes);

private:
    Result<std::optional<wire::FilingResult>> answered_before(const wire::Filing& filing, ByteView bytes);
    Result<void> store(const wire::Filing& filing, ByteView bytes, const wire::FilingResult& result,
                       const FilingEffect& effect);
    Result<void> log(const wire::Filing& filing, const wire::FilingResult& result, const FilingEffect& effect);

    Environment env_;
    const Trust& trust_;
    const FiledCases& cases_;
    Change& change_;
    const Agent& agent_;
};

/// PHONE-6: a code that was entered before its filing came proves that the filing was there then: the entry's time
/// takes the place of the arrival's. Called for each accepted filing.
Result<void> match_filing_codes(const Trust& trust, const Hasher& hasher, Change& change, const Agent& agent,
                                const wire::Uuid& uuid, ByteView bytes);

}  // namespace zige::hub
