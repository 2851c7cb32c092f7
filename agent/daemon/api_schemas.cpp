#include <iterator>

#include "agent/daemon/api_schema.h"
#include "shared/base/codes.h"

namespace zige::daemon {
namespace {

struct Named {
    std::string_view name;
    std::string_view fields;
};

constexpr Named kShared[] = {
    {"Code", "code: text, number: int, text_zh: text, text_en: text"},
    {"ErrorWords",
     "code: text, number: int, field: text, reason_zh: text, reason_en: text, next_zh: text, next_en: text, detail: text"},
    {"ErrorAnswer", "error: ErrorWords"},
    {"Due", "day: day, provisional: bool"},
};

/// What is decided of a line (P6), and of a claim.
constexpr Named kDecisions[] = {
    {"Ground",
     "code: text, number: int, text_zh: text, text_en: text, outcome: text, freed: bool, released: bool, person: int|null, "
     "article: text, document: text, from: day|null, end: day|null, nominal_end: day|null"},
    {"PersonOnLine", "role: Code, code: text, found?: Code, name?: text, outcome?: Code"},
    {"Line",
     "line_id: text, outcome: text, outcome_number: int, outcome_zh: text, outcome_en: text, may_settle: bool, judged: text, "
     "grounds: Ground[], people: PersonOnLine[], advice: Code, cost_to_patient: bool|null, freshness: Code|null, "
     "copy_age_seconds: int|null, txn: text, fee_time: time, recorded?: bool, number?: int|null, reference?: text|null"},
    {"UnansweredLine", "line_id: text, outcome: null, error: ErrorWords"},
    {"CopyOfDecision",
     "institution: text, epoch: int|null, seq: int|null, state_hash: hex, as_of: time|null, age_seconds: int|null, mode: text, "
     "decided_at: time, clock_unknown: bool|null, clock_suspect: bool|null"},
    {"CheckAnswer",
     "claim_id: text, preview: bool, outcome: text, outcome_zh: text, outcome_en: text, lines: Line[], copy: CopyOfDecision, "
     "duties_due: int"},
    {"ClearAnswer",
     "claim_id: text, preview: bool, outcome: text|null, outcome_zh: text|null, outcome_en: text|null, unanswered: int, "
     "repeated: bool, chapter: int, lines: LineOfClaim[], copy: CopyOfDecision, duties_due: int"},
    {"ClearSummary",
     "done: bool, claim_id: text, preview: bool, outcome: text|null, outcome_zh: text|null, outcome_en: text|null, "
     "unanswered: int, repeated: bool, chapter: int, lines: int, idempotency_keys: text[], copy: CopyOfDecision, "
     "duties_due: int"},
    {"ClearBroken", "error: ErrorWords, done: bool, lines: int"},
    {"Decision",
     "reference: text, institution: text, agent: int, claim_id: text, idempotency_key: text, emergency: Code, "
     "emergency_reason: text, emergency_by: text, release_reason: text, released_by: text, order_number: text, "
     "order_written: time|null, reversed: bool, amount: text, lines: Line[], copy: CopyOfDecision"},
    {"Change",
     "from: day, line_id: text, outcome: text, outcome_number: int, outcome_zh: text, outcome_en: text, may_settle: bool, "
     "judged: text, grounds: Ground[], people: PersonOnLine[], advice: Code, cost_to_patient: bool|null, freshness: Code|null, "
     "copy_age_seconds: int|null, txn: text, fee_time: time"},
    {"Order",
     "line_id: text, outcome: text, outcome_number: int, outcome_zh: text, outcome_en: text, may_settle: bool, judged: text, "
     "grounds: Ground[], people: PersonOnLine[], advice: Code, cost_to_patient: bool|null, freshness: Code|null, "
     "copy_age_seconds: int|null, txn: text, fee_time: time, changes: Change[]"},
    {"Precheck", "preview: bool, changing: int, lines: Order[]"},
    {"Entry", "chapter: int, number: int"},
    {"Reversal", "reversed: Entry[], entries: Entry[], repeated: bool"},
    {"EvidenceDuty",
     "reference: text, chapter: int, number: int, claim_id: text, line_id: text, emergency: Code, emergency_reason: text, "
     "emergency_by: text, fee_time: time, due: time, late: bool, evidence_number: int|null"},
    {"EvidenceDuties", "evidence_due: EvidenceDuty[]"},
    {"Receipt", "reference: text, agent: int, chapter: int, number: int, receipt: text"},
    {"ReceiptCheck",
     "good: bool, agent: int, chapter: int, number: int, recorded_at: time, claim_id?: text, line_id?: text, fee_time?: time, "
     "amount?: text, outcome?: Code"},
};

/// What the counter works with.
constexpr Named kDesk[] = {
    {"Proposal", "registration: int, code: text, name: text, department: text, same_department: bool"},
    {"Unmapped", "code: text, name: text, department: text, lines: int, last: time, proposals: Proposal[]"},
    {"Mapping", "unmapped: Unmapped[]"},
    {"Departure",
     "departure: hex, person: text, registration: int, name: text, reason: text, kind: Code, amended: bool, last_day: day, "
     "due: day, provisional: bool, stage: Code, working_days_left: int, filing: Code, refused_because: Code|null, "
     "undo_pending: bool, window_updated: day|null, window_number: text"},
    {"Departures", "departures: Departure[], duties_due: int"},
    {"Filing",
     "filing: hex, kind: Code, state: Code, refused_because: Code|null, undo_pending: bool, registration: int, name: text, "
     "person: text, made: time, clerk: text, answer_expected: Due|null, answer_late: bool, code?: text"},
    {"Filings", "filings: Filing[], waiting: int"},
    {"Statement",
     "registration: int, name: text, person: text, status: Code, from: day, end: day|null, document: text, basis: int"},
    {"Prolonged", "prolonged_until: time"},
    {"Key", "name: text, role: 'his'|'clerk'|'viewer', made: time"},
    {"Keys", "keys: Key[]"},
    {"NewKey", "name: text, role: 'his'|'clerk'|'viewer', key: text"},
    {"Revoked", "name: text, revoked: bool"},
    {"Commitment", "kind: Code, date: day|null"},
    {"Standing", "status: Code, from: day, end: day|null, nominal_end: day|null, article: text, document: text"},
    {"Leave", "kind: Code, from: day, until: day|null"},
    {"PersonRow",
     "registration: int, person: text, name: text, category: Code, post: Code, department: text, commitment: Commitment, "
     "registered_from: day, last_day: day|null, in_service: bool, status: Code"},
    {"People", "people: PersonRow[], more: bool"},
    {"Person",
     "registration: int, person: text, name: text, category: Code, post: Code, department: text, commitment: Commitment, "
     "registered_from: day, last_day: day|null, in_service: bool, status: Code, codes: text[], standing: Standing[], "
     "leaves: Leave[], as_of: time, filings?: hex[]"},
    {"PersonPin", "person: text, registration: int, name: text, pin: text, until: time, clerk: text"},
    {"PersonOnBoard", "name: text, category: Code, department: text, status: Code, from: day"},
    {"Board", "neutral: bool, as_of: time|null, text_zh: text, text_en: text, people: PersonOnBoard[]"},
    {"OpenDuty", "kind: 'departure'|'evidence'|'answer'|'mapping', id: text, name: text, due: day|time|null, late: bool"},
    {"Duties", "duties: OpenDuty[]"},
    {"Clerk", "name: text, made: time, locked: bool"},
    {"Clerks", "clerks: Clerk[]"},
    {"RemovedClerk", "name: text, removed: bool"},
};

/// The agent itself.
constexpr Named kAgent[] = {
    {"CopyOfStatus",
     "epoch: int, seq: int, state_hash: hex, as_of: time|null, age_seconds: int, freshness: Code, people: int, "
     "copies_before: int, statements: int, prolonged_until: time|null, mode: Code, mode_until: day|null, ineligible_version: int"},
    {"ClockOfStatus", "trusted: time|null, running: time|null, wall: time|null, suspect: bool, unknown: bool"},
    {"JournalOfStatus",
     "chapter: int, entries: int, held_by_hub: int, waiting: int, held_at: time|null, frozen: bool, hub_lost: int, "
     "anchor_ahead: bool"},
    {"SyncOfStatus",
     "last_contact: time|null, last_carry: time|null, next_contact: time|null, failures: int, last_error: ErrorWords|null"},
    {"Revocation", "reason: Code, told_at: time|null, replaced_by: int|null"},
    {"Status",
     "enrolled: bool, hub?: text, institution?: text, institution_name?: text, agent?: int, replaces?: int|null, "
     "trust_version?: int, copy?: CopyOfStatus|null, copy_error?: ErrorWords|null, clock?: ClockOfStatus, "
     "journal?: JournalOfStatus, copy_put_back?: bool, disk_rolls_back?: bool, filings_waiting?: int, filings_refused?: int, duties_due?: int, "
     "answers_late?: int, sync?: SyncOfStatus, certificate_until?: time|null, revoked?: Revocation|null"},
    {"FilingResult", "filing: hex, accepted: bool, reason: Code|null"},
    {"SyncReport",
     "bytes_sent: int, bytes_received: int, rounds: int, carried: bool, seq_before: int, seq_after: int, copy_changed: bool, "
     "people: int, records: int, patches: int, entries_sent: int, results: FilingResult[], trust_version: int, frozen: bool, "
     "hub_lost: int, anchor_ahead: bool, copy_put_back: bool, more: bool, next_contact: time|null"},
    {"JournalCheck",
     "agent: int, chapter: int, entries: int, batches: int, not_signed: int, chapters: int, held_by_hub: int, hash: hex, "
     "frozen: bool, anchor_ahead: bool"},
    {"DueDay", "from: day, working_days: int, due: day, provisional: bool, calendar_of_copy: bool"},
    {"RegionalDay", "day: day, name: text"},
    {"CalendarYear",
     "year: int, published: bool, working_days: int, calendar_of_copy: bool, days_off?: day[], make_up?: day[], source?: text, "
     "regional: RegionalDay[]"},
    {"OpenApi", "openapi: text, info: any, servers: any, security: any, paths: any, components: any"},
    {"FsiEnvelope",
     "infcode: int, inf_refmsgid: text, refmsg_time: text, respond_time: text, err_msg: text, output: any"},
};

Json error_words() {
    Json schema = object_schema(kShared[1].fields, true);
    Json names = Json::array();
    for (const ErrorId each : all<ErrorId>()) names.push(to_string(each));
    Json properties = *schema.find("properties");
    properties.set("code", Json::object({{"type", "string"}, {"enum", std::move(names)}}));
    schema.set("properties", std::move(properties));
    return schema;
}

}  // namespace

Json api_schemas() {
    Json all = Json::object();
    const auto add = [&](const auto& group) {
        for (const Named& each : group) {
            expect(all.find(each.name) == nullptr, "two schemas have one name");
            all.set(std::string(each.name), object_schema(each.fields, true));
        }
    };
    add(kShared);
    add(kDecisions);
    add(kDesk);
    add(kAgent);
    all.set("ErrorWords", error_words());
    all.set("LineOfClaim", type_schema("Line|UnansweredLine"));
    return all;
}

}  // namespace zige::daemon
