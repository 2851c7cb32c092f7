#pragma once

#include <deque>
#include <string>
#include <vector>

#include "agent/core/gate.h"
#include "shared/base/result.h"
#include "shared/poco/json.h"
#include "shared/wire/limits.h"

namespace zige::daemon {

inline constexpr std::size_t kMaxReason = 300;  ///< UTF-8 bytes of a reason or name

/// The transactions that carry money, and must name who ordered.
bool names_who_ordered(Txn txn);
/// The role that the rules know: who ordered what a pharmacy settles is the prescriber outside.
Role role_in(Txn txn, Role role);

/// What is asked in one call (结算单): lines that are decided together. Owns every text that its lines point to.
class ClaimText {
public:
    /// Reads the field names of the national interface (docs/embedding.md has them all). The whole claim or an Error
    /// that names the field, "feedetail[2].fee_ocur_time": api_missing_field, api_bad_field, time_bad_time.
    static Result<ClaimText> read(const Json& body);

    ClaimText(ClaimText&&) = default;
    ClaimText& operator=(ClaimText&&) = default;
    ClaimText(const ClaimText&) = delete;
    ClaimText& operator=(const ClaimText&) = delete;

    /// claim_id (else mdtrt_id) and idempotency_key may be empty; at least one line. Lives as long as this.
    agent::Claim view() const { return {claim_id_, idempotency_key_, lines_}; }

private:
    ClaimText() = default;
    friend class ClaimReader;
    friend class FsiClaimReader;  // the same from a message of the national interface

    std::deque<std::string> texts_;  // never moved, so views into it stay
    std::string claim_id_;
    std::string idempotency_key_;
    std::vector<agent::ClaimLine> lines_;
};

}  // namespace zige::daemon
