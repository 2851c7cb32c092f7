#include "agent/core/gate.h"

#include <algorithm>

#include "shared/wire/cbor.h"
#include "shared/wire/codec.h"
#include "shared/wire/journaled_line.h"
#include "shared/wire/limits.h"

namespace zige::agent {
namespace {

Error bad(std::string_view field, std::string_view why) {
    return fail(ErrorId::agent_line_bad, std::string(field), std::string(why));
}

/// What goes into the journal must be readable there: length and plain text.
Result<void> check_text(std::string_view text, std::size_t limit, std::string_view field) {
    if (text.size() > limit) return bad(field, "over " + std::to_string(limit) + " bytes");
    if (!wire::is_plain_text(as_bytes(text))) return bad(field, "not UTF-8, or with a NUL");
    return {};
}

Result<void> check_time(Instant time, std::string_view field) {
    const Day day = day_of(time);
    if (day < Day{std::chrono::year{kMinYear} / 1 / 1} || day > Day{std::chrono::year{kMaxYear} / 12 / 31})
        return bad(field, "out of range");
    return {};
}

Result<void> check_line(const FeeLine& line) {
    ZIGE_CHECK(check_text(line.department, kMaxCode, "department"));
    ZIGE_CHECK(check_text(line.med_type, kMaxCode, "med_type"));
    ZIGE_CHECK(check_text(line.emergency.reason, kMaxText, "emergency.reason"));
    ZIGE_CHECK(check_text(line.emergency.declared_by, kMaxText, "emergency.declared_by"));
    ZIGE_CHECK(check_text(line.release.reason, kMaxText, "release.reason"));
    ZIGE_CHECK(check_text(line.release.released_by, kMaxText, "release.released_by"));
    ZIGE_CHECK(check_text(line.order.number, kMaxCode, "order.number"));
    if (line.order.written_at) ZIGE_CHECK(check_time(*line.order.written_at, "order.time"));
    ZIGE_CHECK(check_time(line.fee_time, "fee_time"));
    if (line.prescribed_at) ZIGE_CHECK(check_time(*line.prescribed_at, "prescribed_at"));
    for (const PersonOnLine& person : line.people) ZIGE_CHECK(check_text(person.code, kMaxCode, "people.code"));
    return {};
}

Result<void> check_claim(const Claim& claim) {
    ZIGE_CHECK(check_text(claim.claim_id, kMaxCode, "claim_id"));
    ZIGE_CHECK(check_text(claim.idempotency_key, kMaxIdempotencyKey, "idempotency_key"));
    if (claim.lines.empty()) return bad("lines", "none");
    if (claim.lines.size() > kMaxLinesPerClaim) return bad("lines", "over " + std::to_string(kMaxLinesPerClaim));
    for (std::size_t i = 0; i < claim.lines.size(); ++i) {
        auto good = check_text(claim.lines[i].line_id, kMaxCode, "line_id");
        if (good) good = check_line(claim.lines[i].line);
        if (!good) return bad("lines[" + std::to_string(i) + "]." + good.error().field, good.error().detail);
    }
    return {};
}

/// What was asked, without what was decided.
wire::DecisionEntry question(const Claim& claim, const ClaimLine& asked) {
    wire::DecisionEntry entry = wire::journaled(asked.line);
    entry.claim_id = claim.claim_id;
    entry.line_id = asked.line_id;
    entry.idempotency_key = claim.idempotency_key;
    return entry;
}

void note_decision(wire::DecisionEntry& entry, const Decision& decision, const Copy& copy) {
    entry.judged = decision.judged;
    entry.served = decision.served;
    for (const GroundHit& hit : decision.grounds) entry.grounds.push_back(hit.ground);
    for (std::size_t i = 0; i < decision.people.size() && i < entry.people.size(); ++i) {
        entry.people[i].found = decision.people[i].found;
        entry.people[i].no = decision.people[i].no;
        entry.people[i].outcome = decision.people[i].outcome;
    }
    entry.state_hash = copy.state_hash();
    entry.mode = copy.institution().mode;
}

/// Hash of all that was asked: the same key for another question is a conflict.
Hash256 content_of(std::span<const wire::DecisionEntry> questions, const Hasher& hasher) {
    wire::Writer all;
    for (const auto& question : questions) all.raw(wire::encode(wire::JournalEntry{1, {}, question}));
    return hasher.hash({all.view()});
}

/// P1: who must be refused is refused even when nothing can be recorded.
bool must_refuse(const Decision& decision) {
    return decision.served == Outcome::deny || decision.served == Outcome::account_only;
}

}  // namespace

struct Gate::Judged {
    ClaimAnswer answer;
    std::vector<wire::DecisionEntry> entries;
    Hash256 content{};
    JournalStore::Memory memory;
};

Gate::Gate(const Replica& replica, const TimeGuard& time, const Desk& desk, Journal& journal, VisitBook& visits,
           const Crypto& crypto)
    : replica_(replica), time_(time), desk_(desk), journal_(journal), visits_(visits), crypto_(crypto) {}

Moment Gate::moment_of(const View& view) const {
    Moment moment = time_.moment(view.as_of);
    moment.prolonged_until = view.prolonged_until;
    return moment;
}

Result<Sight> Gate::look() const {
    Sight sight;
    sight.view = replica_.view();
    if (!sight.view) return fail(ErrorId::agent_no_copy);
    sight.overlay = desk_.overlay();
    sight.moment = moment_of(*sight.view);
    return sight;
}

Result<Decision> Gate::check(const ClaimLine& asked, const Sight& by) const {
    ZIGE_CHECK(check_line(asked.line));
    FeeLine line = asked.line;
    std::string med_type;
    (void)visits_.look_up(asked.visit, by.first_ask ? std::optional(by.moment.wall) : std::nullopt, line, med_type);
    return decide(line, *by.view->copy, *by.overlay, by.moment);
}

Result<Preview> Gate::check(const ClaimLine& asked, bool first_ask) const {
    ZIGE_TRY(sight, look());
    sight.first_ask = first_ask;
    ZIGE_TRY(decision, check(asked, sight));
    return Preview{std::move(sight.view), sight.moment, decision};
}

Result<Gate::Judged> Gate::judge(const Claim& claim) const {
    Judged judged;
    judged.answer.view = replica_.view();
    if (!judged.answer.view) return fail(ErrorId::agent_no_copy);
    ZIGE_CHECK(check_claim(claim));
    const Copy& copy = *judged.answer.view->copy;
    const auto overlay = desk_.overlay();
    judged.answer.moment = moment_of(*judged.answer.view);
    judged.answer.lines.reserve(claim.lines.size());
    judged.entries.reserve(claim.lines.size());
    for (const ClaimLine& line : claim.lines) judged.entries.push_back(question(claim, line));
    if (!claim.idempotency_key.empty()) judged.content = content_of(judged.entries, crypto_.hasher);
    for (std::size_t i = 0; i < claim.lines.size(); ++i) {
        LineAnswer answer;
        FeeLine line = claim.lines[i].line;
        std::string med_type;
        const std::uint64_t asked =
            visits_.look_up(claim.lines[i].visit, judged.answer.moment.wall, line, med_type);
        answer.decision = decide(line, copy, *overlay, judged.answer.moment);
        visits_.note(claim.lines[i].visit, {i, asked}, judged.answer.moment, line, answer.decision, judged.memory);
        judged.entries[i].med_type = line.med_type;  // of the visit, where the line names none
        note_decision(judged.entries[i], answer.decision, copy);
        judged.answer.lines.push_back(std::move(answer));
    }
    return judged;
}

Result<ClaimAnswer> Gate::clear(const Claim& claim) {
    ZIGE_TRY(judged, judge(claim));
    const ClaimKey key{claim.idempotency_key, judged.content};
    auto recorded = journal_.record(std::move(judged.entries), claim.idempotency_key.empty() ? nullptr : &key, judged.memory);
    if (!recorded) {
        if (recorded.error().id != ErrorId::journal_not_recorded) return std::move(recorded).error();
        return unrecorded(std::move(judged), std::move(recorded).error());
    }
    ClaimAnswer answer = std::move(judged.answer);
    if (!recorded->repeated) {
        visits_.remember(judged.memory);
        note_unmapped(claim, answer);
    }
    answer.chapter = recorded->chapter;
    answer.repeated = recorded->repeated;
    for (std::size_t i = 0; i < answer.lines.size(); ++i) {
        LineAnswer& line = answer.lines[i];
        if (answer.repeated) line.decision = as_journaled(line.decision, recorded->earlier[i], *answer.view->copy);
        line.recorded = true;
        line.number = recorded->first + i;
        line.reference = recorded->references[i];
    }
    return answer;
}

void Gate::note_unmapped(const Claim& claim, const ClaimAnswer& answer) {
    for (std::size_t i = 0; i < claim.lines.size(); ++i) {
        const FeeLine& line = claim.lines[i].line;
        const auto& people = answer.lines[i].decision.people;
        for (std::size_t p = 0; p < people.size(); ++p) {
            if (people[p].found != PersonFound::unmapped) continue;
            const bool ordering = people[p].role == Role::ordering || people[p].role == Role::prescriber;
            unmapped_.note(line.people[p].code, ordering ? claim.lines[i].ordering_name : std::string_view{},
                           line.department, answer.moment.wall);
        }
    }
}

Result<Gate::Outlook> Gate::outlook(const ClaimLine& asked) const {
    auto view = replica_.view();
    if (!view) return fail(ErrorId::agent_no_copy);
    ZIGE_CHECK(check_line(asked.line));
    auto changes = coming_changes(asked.line, *view->copy, *desk_.overlay());
    return Outlook{std::move(view), std::move(changes)};
}

/// The journal cannot be written: refusals stand without a number; for the rest there is no answer, or a hold where the
/// profile says so.
Result<ClaimAnswer> Gate::unrecorded(Judged judged, Error why) const {
    const bool holds = judged.answer.view->copy->profile().unwritable_journal_holds;
    bool any = false;
    for (LineAnswer& line : judged.answer.lines) {
        if (!must_refuse(line.decision)) {
            line.answered = holds;
            if (holds) line.decision.served = Outcome::hold;
        }
        any = any || line.answered;
    }
    if (!any) return why;
    return std::move(judged.answer);
}

}  // namespace zige::agent
