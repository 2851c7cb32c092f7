#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/desk.h"
#include "agent/core/journal.h"
#include "agent/core/replica.h"
#include "agent/core/time_guard.h"
#include "agent/core/unmapped_codes.h"
#include "agent/core/visit_book.h"
#include "shared/domain/coming.h"
#include "shared/domain/decide.h"

namespace zige::agent {

inline constexpr std::size_t kMaxLinesPerClaim = 500;

/// What previews are made by: one copy, what is filed beside it, one moment. All lines of a claim see the same.
struct Sight {
    std::shared_ptr<const View> view;
    std::shared_ptr<const Overlay> overlay;
    Moment moment;
    bool first_ask = true;  ///< a line that is asked about now for the first time was not asked about before
};

/// The answer to `check` of one line. `decision` points into `view` and into the caller's line.
struct Preview {
    std::shared_ptr<const View> view;
    Moment moment;
    Decision decision;
};

struct ClaimLine {
    std::string_view line_id;  ///< of the HIS; at most kMaxCode
    FeeLine line;
    VisitName visit = {};                ///< what the line belongs to, as far as the HIS says so
    std::string_view ordering_name = {};  ///< bilg_dr_name: only to propose whom an unknown code may stand for
};

/// Lines that are decided together. Views belong to the caller and live through the call.
struct Claim {
    std::string_view claim_id;         ///< of the HIS, opaque; at most kMaxCode
    std::string_view idempotency_key;  ///< may be empty: then each call is a decision of its own
    std::span<const ClaimLine> lines;
};

struct LineAnswer {
    Decision decision;         ///< points into ClaimAnswer::view and the caller's line
    bool answered = true;      ///< false: no outcome, error journal_not_recorded; `decision` must not be shown
    bool recorded = false;     ///< false with `answered`: refused although the journal cannot be written; no number
    std::uint64_t number = 0;  ///< journal number within the chapter
    std::string reference;     ///< 6 characters; empty if not recorded
};

struct ClaimAnswer {
    std::shared_ptr<const View> view;  ///< keeps what the decisions point to
    Moment moment;
    Chapter chapter;
    bool repeated = false;  ///< the answer given before for this idempotency key
    std::vector<LineAnswer> lines;
};

/// A decision that stands in the journal: outcomes, grounds and people as they were journaled; document, dates and advice
/// of a ground as `fresh`, the same line by the present copy, shows them where it still finds that ground. What to do next
/// follows from the grounds and the emergency that were journaled.
Decision as_journaled(const Decision& fresh, const wire::DecisionEntry& entry, const Copy& copy);

/// Decides whether fee lines may be settled, from memory. Any thread; never waits for a sync.
class Gate {
public:
    /// Keeps references.
    Gate(const Replica& replica, const TimeGuard& time, const Desk& desk, Journal& journal, VisitBook& visits,
         const Crypto& crypto);

    /// A preview: not journaled, does not count as asked (P2). agent_no_copy; agent_line_bad names the field.
    Result<Preview> check(const ClaimLine& line) const { return check(line, true); }
    Result<Preview> check(const FeeLine& line) const { return check(ClaimLine{{}, line}); }  ///< of no visit
    /// Of a fee that was asked about elsewhere or long ago: that it comes now says nothing of its time.
    Result<Preview> check_afterwards(const ClaimLine& line) const { return check(line, false); }
    /// The same of many lines: what is seen now, and each line by it. The decision points into `by` and into the line.
    Result<Sight> look() const;
    Result<Decision> check(const ClaimLine& line, const Sight& by) const;

    /// The decision: journaled before it returns (P2).
    /// agent_no_copy, agent_line_bad, journal_idempotency_conflict: nothing was decided.
    /// journal_not_recorded: no line may be answered; where some lines must be refused, the answer comes with those
    /// refusals (no number) and `answered` false in the others.
    Result<ClaimAnswer> clear(const Claim& claim);

    /// What is known to change for a running order, as check() would decide it later. agent_no_copy, agent_line_bad.
    struct Outlook {
        std::shared_ptr<const View> view;
        std::vector<ComingChange> changes;
    };
    Result<Outlook> outlook(const ClaimLine& line) const;
    const UnmappedCodes& unmapped() const { return unmapped_; }

private:
    struct Judged;
    void note_unmapped(const Claim& claim, const ClaimAnswer& answer);
    Moment moment_of(const View& view) const;
    Result<Preview> check(const ClaimLine& asked, bool first_ask) const;
    Result<Judged> judge(const Claim& claim) const;
    Result<ClaimAnswer> unrecorded(Judged judged, Error why) const;

    const Replica& replica_;
    const TimeGuard& time_;
    const Desk& desk_;
    Journal& journal_;
    VisitBook& visits_;
    UnmappedCodes unmapped_;
    Crypto crypto_;
};

}  // namespace zige::agent
