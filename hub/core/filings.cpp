#include "hub/core/filings.h"

#include <algorithm>
#include <map>

#include "hub/core/filing_work.h"
#include "hub/core/policy.h"
#include "hub/core/statements.h"
#include "shared/domain/departure.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"
#include "shared/wire/phone_codes.h"

namespace zige::hub {
namespace {

constexpr std::size_t kShortestId = 8;
constexpr int kAnswerWorkingDays = 10;
constexpr int kQuietWorkingDays = 15;

Error bad(const char* field, const char* why) { return fail(ErrorId::institution_bad_value, field, why); }

Result<void> check_words(const std::string& words, const char* field, bool needed) {
    if (words.size() > kMaxText || words.find('\0') != std::string::npos) return bad(field, "at most 300 bytes");
    if (needed && words.empty()) return bad(field, "is needed");
    return {};
}

Result<void> require(Tx& tx, const std::string& institution) {
    auto found = load_institution(tx, institution);
    if (!found.ok()) return found.error();
    return {};
}

/// Name and code of a registration, for people who read a list.
Result<void> name_record(Tx& tx, FilingRecord& record) {
    if (record.record.value == 0) return {};
    ZIGE_TRY(row, tx.first(Sql::registration_get, {sql(record.institution), sql(record.record.value)}));
    if (!row) return {};
    record.code = row->text(3);
    record.name = row->text(4);
    return {};
}

// Columns uuid, institution, agent, kind, content, accepted, reason, in_seq, record, last_day, withdrawn, window_day,
// receipt, hub_before, hub_after, hub_owned, dispute.
Result<FilingRecord> record_from(Tx& tx, const Row& row) {
    FilingRecord record;
    ZIGE_TRY(filing, wire::decode_filing(row.bytes(4)));
    record.filing = std::move(filing);
    record.institution = row.text(1);
    record.agent = AgentId{row.small(2)};
    ZIGE_TRY(kind, enum_from<FilingKind>(row, 3));
    record.kind = kind;
    record.accepted = row.flag(5);
    if (!record.accepted) {
        ZIGE_TRY(reason, enum_from<ErrorId>(row, 6));
        record.reason = reason;
    }
    record.in_seq = Seq{row.unsigned_number(7)};
    record.record = RecordNo{row.small(8)};
    record.last_day = row.maybe_day(9);
    record.withdrawn = row.flag(10);
    record.window_day = row.maybe_day(11);
    record.receipt = row.text(12);
    record.hub_before = row.instant(13);
    record.hub_after = row.instant(14);
    record.hub_owned = row.flag(15);
    record.dispute = row.text(16);
    ZIGE_CHECK(name_record(tx, record));
    return record;
}

Result<std::vector<FilingRecord>> read_all(Tx& tx, const std::string& institution, std::optional<FilingKind> kind) {
    std::vector<FilingRecord> records;
    ZIGE_TRY(rows, tx.query(Sql::filings_all, {}));
    for (const Row& row : rows) {
        if (!institution.empty() && row.text(1) != institution) continue;
        if (kind && row.number(3) != static_cast<std::int64_t>(*kind)) continue;
        ZIGE_TRY(record, record_from(tx, row));
        records.push_back(std::move(record));
    }
    return records;
}

Result<FilingRecord> find_in(Tx& tx, const std::string& id) {
    if (id.size() < kShortestId) return fail(ErrorId::filing_not_found, "id", "at least 8 digits");
    ZIGE_TRY(rows, tx.query(Sql::filings_all, {}));
    const Row* found = nullptr;
    for (const Row& row : rows) {
        if (!to_hex(row.bytes(0)).starts_with(id)) continue;
        if (found != nullptr) return fail(ErrorId::filing_not_found, "id", "several begin like this");
        found = &row;
    }
    if (found == nullptr) return fail(ErrorId::filing_not_found, "id", id.substr(0, 40));
    return record_from(tx, *found);
}

/// A departure (or transfer) that was accepted and stands: what a dispute is about.
Result<FilingRecord> find_departure(Tx& tx, const std::string& id) {
    ZIGE_TRY(record, find_in(tx, id));
    const bool leaves = record.kind == FilingKind::departure || record.kind == FilingKind::transfer;
    if (!leaves || !record.accepted || record.withdrawn) return fail(ErrorId::filing_not_found, "id", "no departure");
    return record;
}

Result<PersonId> person_at(Tx& tx, const std::string& institution, RecordNo no) {
    ZIGE_TRY(row, tx.first(Sql::person_of_record, {sql(institution), sql(no.value)}));
    if (!row) return fail(ErrorId::filing_unknown_person, "no", std::to_string(no.value));
    return PersonId{row->unsigned_number(0)};
}

LogEvent about(HubEvent kind, const FilingRecord& record, PersonId person) {
    LogEvent event;
    event.event = kind;
    event.institution = record.institution;
    event.record = record.record;
    event.person = person;
    return event;
}

struct Asked {
    std::string institution;
    RecordNo no;
    std::string reason;
};

/// The newest day on which each registration of an institution stood on a line.
Result<std::map<RecordNo, Day>> last_lines(Tx& tx, const std::string& institution) {
    std::map<RecordNo, Day> newest;
    ZIGE_TRY(rows,
             tx.query(Sql::journal_of_kind, {sql(institution), sql(static_cast<std::int64_t>(EntryType::decision))}));
    for (const Row& row : rows) {
        ZIGE_TRY(entry, wire::decode_journal_entry(row.bytes(3)));
        const auto* decision = std::get_if<wire::DecisionEntry>(&entry.body);
        if (decision == nullptr) continue;
        for (const wire::JournaledPerson& person : decision->people)
            if (person.no.value != 0) newest[person.no] = std::max(newest[person.no], day_of(decision->fee_time));
    }
    return newest;
}

/// Whoever stood on lines before and stands on none any more, while the institution goes on.
Result<void> find_quiet(Tx& tx, const std::string& institution, Day today, std::vector<Asked>& asked) {
    ZIGE_TRY(newest, last_lines(tx, institution));
    if (newest.empty()) return {};
    ZIGE_TRY(config, load_config(tx, institution));
    Day busy = newest.begin()->second;
    for (const auto& [no, day] : newest) busy = std::max(busy, day);
    for (const auto& [no, day] : newest)
        if (config.calendar.working_days_between(day, std::min(busy, today)) > kQuietWorkingDays)
            asked.push_back({institution, no, "no line since " + format(day)});
    return {};
}

Result<std::vector<Asked>> whom_to_ask(Tx& tx, Day today) {
    std::vector<Asked> asked;
    ZIGE_TRY(contracts, tx.query(Sql::contract_ends_before, {sql(today)}));
    for (const Row& row : contracts)
        asked.push_back({row.text(0), RecordNo{row.small(1)}, "contract ended " + format(row.day(2))});
    ZIGE_TRY(institutions, tx.query(Sql::institution_codes, {}));
    for (const Row& row : institutions) ZIGE_CHECK(find_quiet(tx, row.text(0), today, asked));
    return asked;
}

/// Nobody who left, and nobody twice: an answer stands.
Result<bool> may_be_asked(Tx& tx, const Asked& each) {
    ZIGE_TRY(row, tx.first(Sql::registration_get, {sql(each.institution), sql(each.no.value)}));
    if (!row || !row->is_null(11)) return false;
    ZIGE_TRY(questions, tx.query(Sql::presence_all, {}));
    return std::ranges::none_of(questions, [&](const Row& question) {
        return question.text(0) == each.institution && question.small(1) == each.no.value &&
               (question.is_null(4) || question.text(3) == each.reason);
    });
}

}  // namespace

Result<std::vector<FilingRecord>> Filings::list(const std::string& institution, std::optional<FilingKind> kind) const {
    return read_from(env_.store, [&](Tx& tx) { return read_all(tx, institution, kind); });
}

Result<FilingRecord> Filings::find(const std::string& id) const {
    return read_from(env_.store, [&](Tx& tx) { return find_in(tx, id); });
}

Result<void> Filings::enter_code(const std::string& actor, const std::string& institution, const std::string& typed) {
    ZIGE_TRY(code, wire::read_filing_code(typed));
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_CHECK(require(change.tx(), institution));
        ZIGE_TRY(open, change.tx().query(Sql::filing_codes_open, {sql(institution)}));
        if (std::ranges::any_of(open, [&code = code](const Row& row) { return row.text(0) == code; }))
            return {};  // the first time that it was read out is what it proves
        ZIGE_CHECK(
            change.tx().exec(Sql::filing_code_put, {sql(institution), sql(code), sql(change.now()), sql(actor)}));
        LogEvent event;
        event.event = HubEvent::filing_code_entered;
        event.institution = institution;
        event.body.add("code", code);
        return change.log(std::move(event));
    });
    if (!done.ok()) return done.error();
    return {};
}

Result<std::vector<EnteredCode>> Filings::codes() const {
    return read_from(env_.store, [](Tx& tx) -> Result<std::vector<EnteredCode>> {
        std::vector<EnteredCode> codes;
        ZIGE_TRY(rows, tx.query(Sql::filing_codes_all, {}));
        for (const Row& row : rows) {
            codes.push_back({row.text(0), row.text(1), row.instant(2), row.text(3), std::nullopt});
            if (!row.is_null(4)) codes.back().filing = row.bytes(4);
        }
        return codes;
    });
}

Result<void> Filings::dispute(const std::string& actor, const std::string& id, const std::string& reason) {
    ZIGE_CHECK(check_words(reason, "reason", true));
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(record, find_departure(change.tx(), id));
        ZIGE_TRY(person, person_at(change.tx(), record.institution, record.record));
        ZIGE_CHECK(change.tx().exec(Sql::filing_dispute, {sql(reason), sql(ByteView(record.filing.uuid))}));
        LogEvent event = about(HubEvent::case_filed, record, person);
        event.body.add("kind", "disputed_date").add("filing", to_hex(record.filing.uuid)).add("reason", reason);
        return change.log(std::move(event));
    });
    if (!done.ok()) return done.error();
    return {};
}

Result<Published> Filings::set_last_day(const std::string& actor, const std::string& id, Day last_day,
                                        const std::string& reason) {
    ZIGE_CHECK(check_words(reason, "reason", true));
    return publisher_.change(actor, [&](Change& change) -> Result<void> {
        Tx& tx = change.tx();
        ZIGE_TRY(record, find_departure(tx, id));
        ZIGE_TRY(row, tx.first(Sql::registration_get, {sql(record.institution), sql(record.record.value)}));
        if (!row) return fail(ErrorId::filing_unknown_person, "no", std::to_string(record.record.value));
        ZIGE_TRY(known, registration_from(*row));
        ZIGE_CHECK(check_departure(last_day, known.registration.registered_from, day_of(change.now())));
        ZIGE_CHECK(tx.exec(Sql::filing_own, {sql(last_day), sql(ByteView(record.filing.uuid))}));
        ZIGE_CHECK(
            tx.exec(Sql::registration_last_day, {sql(last_day), sql(record.institution), sql(record.record.value)}));
        LogEvent event = about(HubEvent::departure_amended, record, known.person);
        event.body.add("departure", to_hex(record.filing.uuid)).add("from", record.last_day).add("to", last_day);
        event.body.add("by", "hub").add("reason", reason);
        ZIGE_CHECK(change.log(std::move(event)));
        change.touch(record.institution);
        return {};
    });
}

Result<void> Filings::ask(const std::string& actor, const std::string& institution, RecordNo no,
                          const std::string& reason) {
    ZIGE_CHECK(check_words(reason, "reason", true));
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(person, person_at(change.tx(), institution, no));
        return ask_presence(change, institution, no, person, reason);
    });
    if (!done.ok()) return done.error();
    return {};
}

Result<std::size_t> Filings::scan(const std::string& actor) {
    std::size_t count = 0;
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(all, whom_to_ask(change.tx(), day_of(change.now())));
        for (const Asked& each : all) {
            ZIGE_TRY(may, may_be_asked(change.tx(), each));
            if (!may) continue;
            ZIGE_TRY(person, person_at(change.tx(), each.institution, each.no));
            ZIGE_CHECK(ask_presence(change, each.institution, each.no, person, each.reason));
            ++count;
        }
        return {};
    });
    if (!done.ok()) return done.error();
    return count;
}

Result<std::vector<PresenceQuestion>> Filings::questions() const {
    return read_from(env_.store, [](Tx& tx) -> Result<std::vector<PresenceQuestion>> {
        std::vector<PresenceQuestion> questions;
        ZIGE_TRY(config, Policy::current(tx));
        ZIGE_TRY(rows, tx.query(Sql::presence_all, {}));
        for (const Row& row : rows) {
            PresenceQuestion question;
            question.institution = row.text(0);
            question.record = RecordNo{row.small(1)};
            ZIGE_TRY(known, tx.first(Sql::registration_get, {sql(question.institution), sql(question.record.value)}));
            if (known) question.name = known->text(4);
            question.asked = row.instant(2);
            question.reason = row.text(3);
            question.due = config.calendar.add_working_days(day_of(question.asked), kAnswerWorkingDays);
            if (!row.is_null(4)) question.answered = row.instant(4);
            question.present = row.flag(5);
            question.note = row.text(6);
            questions.push_back(std::move(question));
        }
        return questions;
    });
}

Result<std::vector<DutySession>> Filings::sessions(const std::string& institution) const {
    return read_from(env_.store, [&](Tx& tx) -> Result<std::vector<DutySession>> {
        std::vector<DutySession> sessions;
        ZIGE_TRY(rows, tx.query(Sql::duty_sessions_of, {sql(institution)}));
        for (const Row& row : rows) {
            DutySession session{RecordNo{row.small(0)}, {}, row.instant(1), std::nullopt};
            if (!row.is_null(2)) session.until = row.instant(2);
            ZIGE_TRY(known, tx.first(Sql::registration_get, {sql(institution), sql(session.record.value)}));
            if (known) session.name = known->text(4);
            sessions.push_back(std::move(session));
        }
        return sessions;
    });
}

Result<void> Filings::set_owner(const std::string& actor, const std::string& institution, const std::string& owner) {
    ZIGE_CHECK(check_words(owner, "owner", false));
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_CHECK(require(change.tx(), institution));
        ZIGE_CHECK(change.tx().exec(Sql::institution_owner_set, {sql(owner), sql(institution)}));
        LogEvent event;
        event.event = HubEvent::institution_changed;
        event.institution = institution;
        event.body.add("owner", owner);
        return change.log(std::move(event));
    });
    if (!done.ok()) return done.error();
    return {};
}

}  // namespace zige::hub
