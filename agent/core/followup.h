#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "agent/core/journal.h"

namespace zige::agent {

inline constexpr std::chrono::hours kEvidenceWithin{6};  ///< after the end of the rescue (病历书写基本规范 22)
inline constexpr std::size_t kMaxEvidenceDuties = 500;   ///< shown at once, the newest

/// The evidence that a passed emergency still needs, or that was recorded.
struct EvidenceDuty {
    wire::EntryName decision;
    std::string reference;
    std::string claim_id;
    std::string line_id;
    EmergencyKind kind = EmergencyKind::none;  ///< none: by its medical type
    std::string reason;
    std::string declared_by;
    Instant fee_time{};
    Instant due{};      ///< counted from the end of the rescue; until that is told, from the time of the fee
    bool late = false;  ///< never by a clock that is not believed
    std::optional<wire::EntryName> evidence;
};

struct Reversal {
    std::vector<wire::EntryName> decisions;
    std::vector<wire::EntryName> entries;  ///< that say so; several where there are many decisions
    bool repeated = false;                 ///< all were reversed before; nothing was written
};

/// What follows a decision: the evidence of an emergency, a reversal. Any thread.
class Followup {
public:
    Followup(Journal& journal, const TimeGuard& time) : journal_(journal), time_(time) {}

    struct Evidence {
        std::string reference;
        EmergencyKind kind = EmergencyKind::rescue;
        Instant begun{};
        Instant ended{};
        std::string record_number;
        std::string text;
        std::string by;
    };
    /// An entry of its own; the same again changes nothing, other evidence counts beside the first. journal_not_found;
    /// api_bad_field: no emergency let that decision pass, an end before the begin or in the future, a text too long;
    /// journal_not_recorded.
    Result<EvidenceDuty> evidence(const Evidence& evidence);
    /// Emergencies without evidence, the most urgent first. None of them refuses anybody anything.
    Result<std::vector<EvidenceDuty>> duties() const;

    /// Of the decisions that `references` name, of all under an idempotency key, or of those named otherwise.
    struct Wish {
        std::vector<std::string> references;
        std::string idempotency_key;
        std::string infno;
        std::string reason;
        std::string by;
        std::vector<wire::EntryName> decisions = {};
    };
    /// They may be asked anew, under the same key too. The same again changes nothing. journal_not_found,
    /// api_missing_field, api_bad_field, journal_not_recorded.
    Result<Reversal> reverse(const Wish& wish);

private:
    Result<EvidenceDuty> duty_of(const JournalStore::Emergency& emergency) const;
    Result<bool> is_known(const JournalStore::Emergency& emergency, const wire::EvidenceEntry& entry) const;
    Result<std::vector<wire::EntryName>> meant_by(const Wish& wish) const;
    Result<std::string> key_of(const wire::EntryName& decision) const;
    Result<std::vector<wire::EntryName>> reverse_all(const Wish& wish, std::span<const wire::EntryName> decisions);

    Journal& journal_;
    const TimeGuard& time_;
    std::mutex mutex_;  // one at a time: the same again must be seen
};

}  // namespace zige::agent
