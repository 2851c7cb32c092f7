#include "hub/core/report.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

#include "hub/core/hub_values.h"
#include "hub/core/institution_data.h"
#include "hub/core/records.h"
#include "hub/core/rejudge.h"
#include "hub/core/statements.h"
#include "shared/domain/may_settle.h"
#include "shared/wire/codec.h"
#include "shared/wire/reference.h"

namespace zige::hub {
namespace {

Verdict verdict_of(Outcome served, Outcome now) {
    if (served == Outcome::not_judged && now == Outcome::not_judged) return Verdict::not_judged;
    if (may_settle(served)) return may_settle(now) ? Verdict::rightly_allowed : Verdict::wrongly_allowed;
    return may_settle(now) ? Verdict::wrongly_refused : Verdict::rightly_refused;
}

/// The line's person whom the gravest ground is about, else the first whom today's copy knows.
void name_person(ReportLine& line, const wire::DecisionEntry& entry, const Decision& now, const Copy& copy) {
    std::size_t index = 0;
    if (!now.grounds.empty()) {
        line.document = now.grounds[0].document;
        if (const int person = now.grounds[0].person; person >= 0) index = static_cast<std::size_t>(person);
    }
    if (index >= entry.people.size()) return;
    line.person_code = entry.people[index].code;
    const Copy::Found found = copy.find(line.person_code, day_of(entry.fee_time));
    if (found.registration != nullptr) line.person = found.registration->name;
}

// Columns agent, chapter, idx, content.
Result<ReportLine> line_from(Tx& tx, const Row& row, const Copy& copy) {
    ZIGE_TRY(journaled, wire::decode_journal_entry(row.bytes(3)));
    const auto* entry = std::get_if<wire::DecisionEntry>(&journaled.body);
    if (entry == nullptr) return fail(ErrorId::store_corrupt, "journal", "not a decision");
    const Decision now = judge_again(*entry, copy);
    ReportLine line;
    line.agent = AgentId{row.small(0)};
    line.chapter = Chapter{row.small(1)};
    line.index = row.unsigned_number(2);
    line.claim_id = entry->claim_id;
    line.line_id = entry->line_id;
    line.fee_time = entry->fee_time;
    line.amount = entry->amount;
    line.judged = entry->judged;
    line.served = entry->served;
    line.now = now.judged;
    line.grounds_then = entry->grounds;
    for (const GroundHit& hit : now.grounds) line.grounds_now.push_back(hit.ground);
    name_person(line, *entry, now, copy);
    ZIGE_TRY(state, tx.first(Sql::state_by_hash, {sql(copy.institution().code.text), sql(entry->state_hash)}));
    if (state) line.copy_seq = Seq{state->unsigned_number(1)};
    line.copy_age = std::max(std::chrono::seconds{0}, entry->fee_time - journaled.times.trusted);
    line.verdict = verdict_of(line.served, line.now);
    return line;
}

// Columns uuid, record, last_day, window_day, receipt, content, hub_before, hub_after.
Result<ReportDeparture> departure_from(const Row& row, const Copy& copy, Day today) {
    ZIGE_TRY(filing, wire::decode_filing(row.bytes(5)));
    ReportDeparture out;
    out.no = RecordNo{row.small(1)};
    if (const Registration* registration = copy.by_number(out.no)) {
        out.name = registration->name;
        out.code = registration->code;
    }
    out.window_updated = row.maybe_day(3);
    out.window_receipt = row.text(4);
    const Day last_day = row.day(2);
    out.duty = departure_duty(last_day, out.window_updated, today, false, copy.calendar(),
                              copy.profile().departure_working_days);
    out.filed_after = row.instant(6);
    out.filed_before = row.instant(7);
    out.filed_claimed = filing.times.wall;
    const Instant limit_end = start_of(out.duty.due.day + std::chrono::days{1});
    const bool has_before = out.filed_after != Instant{};
    out.proof = prove_filing(limit_end, has_before ? std::optional(out.filed_after) : std::nullopt, out.filed_before);
    out.kind = wire::kind_of(filing.body);
    if (const auto* departure = std::get_if<wire::DepartureFiling>(&filing.body)) out.reason = departure->reason;
    return out;
}

/// A decision of one agent.
using Decided = std::tuple<std::uint64_t, std::uint32_t, std::uint64_t>;

Result<std::set<Decided>> reversed_at(Tx& tx, const std::string& institution) {
    ZIGE_TRY(rows,
             tx.query(Sql::journal_of_kind, {sql(institution), sql(static_cast<std::int64_t>(EntryType::reversal))}));
    std::set<Decided> reversed;
    for (const Row& row : rows) {
        ZIGE_TRY(entry, wire::decode_journal_entry(row.bytes(3)));
        const auto* body = std::get_if<wire::ReversalEntry>(&entry.body);
        if (body == nullptr) return fail(ErrorId::store_corrupt, "journal", "not a reversal");
        for (const wire::EntryName& each : body->decisions)
            reversed.emplace(row.unsigned_number(0), each.chapter.value, each.number);
    }
    return reversed;
}

/// What the institution took back was not settled: it is in no list.
Result<void> add_lines(Tx& tx, const Copy& copy, InstitutionReport& report) {
    ZIGE_TRY(reversed, reversed_at(tx, report.institution));
    ZIGE_TRY(lines, tx.query(Sql::journal_of_kind,
                             {sql(report.institution), sql(static_cast<std::int64_t>(EntryType::decision))}));
    for (const Row& row : lines) {
        if (reversed.contains({row.unsigned_number(0), row.small(1), row.unsigned_number(2)})) continue;
        ZIGE_TRY(line, line_from(tx, row, copy));
        report.lines.push_back(std::move(line));
    }
    return {};
}

/// Columns as line_from() has them, then the chain hash.
Result<void> add_meant(Tx& tx, const Rows& rows, const wire::Reference& sought, const Copy& copy,
                       std::vector<ReportLine>& found) {
    for (const Row& row : rows) {
        if (!sought.is_of(row.unsigned_number(2), row.hash(4))) continue;
        ZIGE_TRY(entry, wire::decode_journal_entry(row.bytes(3)));
        if (!std::holds_alternative<wire::DecisionEntry>(entry.body)) continue;
        ZIGE_TRY(line, line_from(tx, row, copy));
        found.push_back(std::move(line));
    }
    return {};
}

Result<std::vector<ReportLine>> find_lines(Tx& tx, const Hasher& hasher, const std::string& code,
                                           const wire::Reference& sought) {
    ZIGE_TRY(copy, copy_of_today(tx, HubLog(hasher), hasher, code));
    std::vector<ReportLine> found;
    ZIGE_TRY(held, tx.query(Sql::journal_at_numbers, {sql(code), sql(static_cast<std::int64_t>(EntryType::decision)),
                                                      sql(wire::kReferenceNumbers), sql(sought.number)}));
    ZIGE_CHECK(add_meant(tx, held, sought, *copy, found));
    ZIGE_TRY(aside, tx.query(Sql::forks_at_numbers, {sql(code), sql(wire::kReferenceNumbers), sql(sought.number)}));
    ZIGE_CHECK(add_meant(tx, aside, sought, *copy, found));
    return found;
}

Result<InstitutionReport> report_on(Tx& tx, const Environment& env, const std::string& code, bool with_lines) {
    const HubLog log(env.hasher);
    ZIGE_TRY(copy, copy_of_today(tx, log, env.hasher, code));
    InstitutionReport report;
    report.institution = code;
    report.name = copy->institution().name;
    report.mode = copy->institution().mode;
    if (with_lines) ZIGE_CHECK(add_lines(tx, *copy, report));
    ZIGE_TRY(filings, tx.query(Sql::departures_of, {sql(code)}));
    for (const Row& row : filings) {
        ZIGE_TRY(departure, departure_from(row, *copy, env.today()));
        report.departures.push_back(std::move(departure));
    }
    std::stable_sort(report.departures.begin(), report.departures.end(),
                     [](const auto& a, const auto& b) { return a.duty.due.day < b.duty.due.day; });
    return report;
}

// Columns id, institution, chapter, frozen, last_contact, have_seq, held, software, clock_suspect, clock_unknown,
// waiting_entries, waiting_filings.
Result<AgentStatus> agent_from(Tx& tx, const Row& row) {
    AgentStatus agent;
    agent.agent = AgentId{row.small(0)};
    agent.institution = row.text(1);
    agent.chapter = Chapter{row.small(2)};
    agent.frozen = row.flag(3);
    if (!row.is_null(4)) agent.last_contact = row.instant(4);
    agent.have_seq = Seq{row.unsigned_number(5)};
    agent.entries_held = row.unsigned_number(6);
    agent.software = row.text(7);
    agent.clock_suspect = row.flag(8);
    agent.clock_unknown = row.flag(9);
    agent.waiting_entries = row.small(10);
    agent.waiting_filings = row.small(11);
    ZIGE_TRY(last, last_state(tx, agent.institution, std::numeric_limits<std::int64_t>::max()));
    if (last) agent.current_seq = last->state.seq;
    return agent;
}

Result<std::uint32_t> count(Tx& tx, Sql statement) {
    ZIGE_TRY(row, tx.first(statement, {}));
    return row->small(0);
}

Result<HubStatus> read_status(Tx& tx, const Hasher& hasher) {
    HubStatus status;
    ZIGE_TRY(epoch, get_number(tx, HubValue::epoch));
    ZIGE_TRY(publish, get_number(tx, HubValue::publish));
    ZIGE_TRY(tip, HubLog(hasher).tip(tx));
    ZIGE_TRY(version, get_number(tx, HubValue::ineligible_version));
    ZIGE_TRY(entries, count(tx, Sql::ineligible_count));
    ZIGE_TRY(institutions, count(tx, Sql::institution_count));
    ZIGE_TRY(people, count(tx, Sql::person_count));
    status.epoch = Epoch{static_cast<std::uint32_t>(epoch)};
    status.publish_number = publish;
    status.log = tip;
    status.ineligible_version = static_cast<std::uint32_t>(version);
    status.ineligible_entries = entries;
    status.institutions = institutions;
    status.people = people;
    ZIGE_TRY(rows, tx.query(Sql::agent_all, {}));
    for (const Row& row : rows) {
        ZIGE_TRY(agent, agent_from(tx, row));
        status.agents.push_back(std::move(agent));
    }
    return status;
}

}  // namespace

const char* to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::rightly_allowed: return "rightly_allowed";
        case Verdict::rightly_refused: return "rightly_refused";
        case Verdict::wrongly_allowed: return "wrongly_allowed";
        case Verdict::wrongly_refused: return "wrongly_refused";
        case Verdict::not_judged: return "not_judged";
    }
    return "unknown";
}

std::size_t InstitutionReport::count(Verdict verdict) const {
    return static_cast<std::size_t>(std::count_if(
        lines.begin(), lines.end(), [verdict](const ReportLine& line) { return line.verdict == verdict; }));
}
std::int64_t InstitutionReport::fen(Verdict verdict) const {
    std::int64_t sum = 0;
    for (const ReportLine& line : lines)
        if (line.verdict == verdict) sum += line.amount.value;
    return sum;
}

Result<InstitutionReport> Report::institution(const std::string& code) const {
    return read_from(env_.store, [&](Tx& tx) { return report_on(tx, env_, code, true); });
}

Result<std::vector<InstitutionReport>> Report::all() const { return of_all(true); }
Result<std::vector<InstitutionReport>> Report::departures() const { return of_all(false); }

Result<InstitutionReport> Report::departures(const std::string& code) const {
    return read_from(env_.store, [&](Tx& tx) { return report_on(tx, env_, code, false); });
}

Result<std::vector<InstitutionReport>> Report::of_all(bool with_lines) const {
    return read_from(env_.store, [&](Tx& tx) -> Result<std::vector<InstitutionReport>> {
        std::vector<InstitutionReport> reports;
        ZIGE_TRY(rows, tx.query(Sql::institution_codes, {}));
        for (const Row& row : rows) {
            ZIGE_TRY(made, report_on(tx, env_, row.text(0), with_lines));
            reports.push_back(std::move(made));
        }
        return reports;
    });
}

Result<std::vector<ReportLine>> Report::find(const std::string& institution, std::string_view reference) const {
    return read_from(env_.store, [&](Tx& tx) -> Result<std::vector<ReportLine>> {
        ZIGE_CHECK(load_institution(tx, institution));
        const auto sought = wire::read_reference(reference);
        if (!sought) return fail(ErrorId::journal_not_found, "reference", std::string(reference.substr(0, 40)));
        ZIGE_TRY(found, find_lines(tx, env_.hasher, institution, *sought));
        if (found.empty()) return fail(ErrorId::journal_not_found, "reference", std::string(reference));
        return found;
    });
}

Result<HubStatus> Report::status() const {
    ZIGE_TRY(status, read_from(env_.store, [&](Tx& tx) { return read_status(tx, env_.hasher); }));
    status.hub_id = trust_.hub_id();
    status.trust_version = trust_.version();
    const Instant now = env_.clock.wall();
    for (const Trust::OnlineKey& each : trust_.online_keys(now))
        if (each.here && each.key.not_after > now)
            status.online_key_until = std::max(status.online_key_until, each.key.not_after);
    return status;
}

}  // namespace zige::hub
