#include "agent/core/followup.h"

#include <algorithm>

#include "agent/core/desk_book.h"
#include "shared/domain/freshness.h"
#include "shared/wire/limits.h"

namespace zige::agent {
namespace {

constexpr std::size_t kMaxReferences = 500;

Error bad(std::string_view field, std::string_view why) {
    return fail(ErrorId::api_bad_field, std::string(field), std::string(why));
}

Result<void> check_words(const Followup::Evidence& evidence) {
    ZIGE_CHECK(check_text(evidence.record_number, kMaxCode, "record_number"));
    ZIGE_CHECK(check_text(evidence.text, kMaxText, "text"));
    ZIGE_CHECK(check_text(evidence.by, kMaxText, "by"));
    if (evidence.by.empty()) return fail(ErrorId::api_missing_field, "by");
    if (evidence.kind == EmergencyKind::none) return bad("kind", "emergency, rescue or special");
    return {};
}

}  // namespace

Result<EvidenceDuty> Followup::duty_of(const JournalStore::Emergency& emergency) const {
    ZIGE_TRY(entry, journal_.entry(emergency.decision.chapter, emergency.decision.number));
    const auto* asked = std::get_if<wire::DecisionEntry>(&entry.body);
    if (asked == nullptr) return fail(ErrorId::journal_corrupt, "entry", std::to_string(emergency.decision.number));
    ZIGE_TRY(reference, journal_.reference_of(emergency.decision));
    const auto now = time_.status();
    EvidenceDuty duty{emergency.decision,
                      reference,
                      asked->claim_id,
                      asked->line_id,
                      asked->emergency,
                      asked->emergency_reason,
                      asked->emergency_by,
                      asked->fee_time,
                      asked->fee_time + kEvidenceWithin,
                      false,
                      emergency.evidence};
    Instant done = now.wall;
    if (emergency.evidence) {
        ZIGE_TRY(written, journal_.entry(emergency.evidence->chapter, emergency.evidence->number));
        if (const auto* evidence = std::get_if<wire::EvidenceEntry>(&written.body)) {
            duty.due = evidence->ended + kEvidenceWithin;
            done = written.times.wall;
        }
    }
    duty.late = !now.suspect && !now.unknown && done > duty.due;
    return duty;
}

Result<std::vector<EvidenceDuty>> Followup::duties() const {
    ZIGE_TRY(waiting, journal_.store().emergencies(false, kMaxEvidenceDuties));
    std::vector<EvidenceDuty> duties;
    duties.reserve(waiting.size());
    for (const auto& each : waiting) {
        ZIGE_TRY(duty, duty_of(each));
        duties.push_back(std::move(duty));
    }
    std::ranges::stable_sort(duties, {}, &EvidenceDuty::due);
    return duties;
}

/// Whether the newest evidence says the same.
Result<bool> Followup::is_known(const JournalStore::Emergency& emergency, const wire::EvidenceEntry& entry) const {
    if (!emergency.evidence) return false;
    ZIGE_TRY(written, journal_.entry(emergency.evidence->chapter, emergency.evidence->number));
    const auto* before = std::get_if<wire::EvidenceEntry>(&written.body);
    return before != nullptr && *before == entry;
}

Result<EvidenceDuty> Followup::evidence(const Evidence& evidence) {
    ZIGE_CHECK(check_words(evidence));
    if (evidence.ended < evidence.begun) return bad("resc_endtime", "before resc_begntime");
    const auto now = time_.status();
    if (!now.suspect && !now.unknown && evidence.ended > now.wall + kMaxFeeAhead)
        return bad("resc_endtime", "in the future");
    const std::lock_guard lock(mutex_);
    ZIGE_TRY(located, journal_.locate(evidence.reference));
    ZIGE_TRY(emergency, journal_.store().emergency(located.first));
    if (!emergency) return bad("reference", "no emergency let this line pass");
    const wire::EvidenceEntry entry{located.first,          evidence.kind, evidence.begun, evidence.ended,
                                    evidence.record_number, evidence.text, evidence.by};
    ZIGE_TRY(known, is_known(*emergency, entry));
    if (!known) {
        ZIGE_TRY(written, journal_.record_evidence(entry));
        emergency->evidence = written;
    }
    return duty_of(*emergency);
}

Result<std::vector<wire::EntryName>> Followup::meant_by(const Wish& wish) const {
    if (wish.decisions.empty() && wish.references.empty() == wish.idempotency_key.empty())
        return fail(ErrorId::api_missing_field, "references", "or idempotency_key, one of the two");
    if (wish.references.size() > kMaxReferences) return bad("references", "over " + std::to_string(kMaxReferences));
    std::vector<wire::EntryName> names = wish.decisions;
    if (!wish.idempotency_key.empty()) {
        ZIGE_TRY(under, journal_.decisions_under(wish.idempotency_key));
        names.insert(names.end(), under.begin(), under.end());
    }
    for (const std::string& reference : wish.references) {
        ZIGE_TRY(located, journal_.locate(reference));
        names.push_back(located.first);
    }
    std::ranges::sort(names);
    const auto twice = std::ranges::unique(names);
    names.erase(twice.begin(), twice.end());
    return names;
}

Result<std::string> Followup::key_of(const wire::EntryName& decision) const {
    ZIGE_TRY(entry, journal_.entry(decision.chapter, decision.number));
    const auto* asked = std::get_if<wire::DecisionEntry>(&entry.body);
    if (asked == nullptr) return bad("references", "not a decision");
    return asked->idempotency_key;
}

Result<std::vector<wire::EntryName>> Followup::reverse_all(const Wish& wish,
                                                           std::span<const wire::EntryName> decisions) {
    std::vector<wire::EntryName> entries;
    for (std::size_t first = 0; first < decisions.size(); first += wire::kMaxReversed) {
        const auto part = decisions.subspan(first, std::min(wire::kMaxReversed, decisions.size() - first));
        std::vector<std::string> keys;
        for (const wire::EntryName& each : part) {
            ZIGE_TRY(key, key_of(each));
            keys.push_back(std::move(key));
        }
        ZIGE_TRY(entry, journal_.record_reversal({{part.begin(), part.end()}, wish.infno, wish.reason, wish.by}, keys));
        entries.push_back(entry);
    }
    return entries;
}

Result<Reversal> Followup::reverse(const Wish& wish) {
    ZIGE_CHECK(check_text(wish.infno, wire::kMaxInfno, "infno"));
    ZIGE_CHECK(check_text(wish.reason, kMaxText, "reason"));
    ZIGE_CHECK(check_text(wish.by, kMaxText, "by"));
    if (wish.by.empty()) return fail(ErrorId::api_missing_field, "by");
    const std::lock_guard lock(mutex_);
    ZIGE_TRY(names, meant_by(wish));
    Reversal done;
    std::vector<wire::EntryName> fresh;
    for (const wire::EntryName& name : names) {
        ZIGE_TRY(before, journal_.store().reversal_of(name));
        if (!before) fresh.push_back(name);
        else if (std::ranges::find(done.entries, before->entry) == done.entries.end())
            done.entries.push_back(before->entry);
    }
    done.repeated = fresh.empty();
    ZIGE_TRY(entries, reverse_all(wish, fresh));
    done.entries.insert(done.entries.begin(), entries.begin(), entries.end());
    done.decisions = done.repeated ? std::move(names) : std::move(fresh);
    return done;
}

}  // namespace zige::agent
