#include "hub/core/hub_log.h"

#include <algorithm>
#include <array>
#include <span>

#include "hub/core/statements.h"

namespace zige::hub {
namespace {

constexpr std::uint32_t kPageOfEvents = 1000;

void append(Bytes& out, std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::byte>(number >> shift));
}
void append(Bytes& out, std::string_view text) {
    append(out, text.size());
    const ByteView bytes = as_bytes(text);
    out.insert(out.end(), bytes.begin(), bytes.end());
}

/// What is hashed of an event: each number as 8 bytes, each text after its length.
Bytes hashed_bytes(const LogEvent& event, std::string_view body) {
    Bytes out;
    append(out, event.number);
    append(out, static_cast<std::uint64_t>(event.at.time_since_epoch().count()));
    append(out, static_cast<std::uint64_t>(event.event));
    append(out, event.actor);
    append(out, event.institution);
    append(out, event.record.value);
    append(out, event.person.value);
    append(out, body);
    return out;
}

Hash256 next_hash(const Hasher& hasher, const Hash256& previous, ByteView event) {
    constexpr std::byte kEvent{3};
    return hasher.hash({ByteView(&kEvent, 1), previous, event});
}

// Columns of every statement that reads events: number, made_at, event, actor, institution, record, person, body, hash.
Result<LogEvent> event_from(const Row& row) {
    const auto kind = from_number<HubEvent>(row.unsigned_number(2));
    if (!kind) return fail(ErrorId::ledger_bad_chain, "event", "number " + std::to_string(row.number(0)));
    ZIGE_TRY(body, Fields::decode(row.text(7)));
    return LogEvent{
        row.unsigned_number(0),           row.instant(1), *kind, row.text(3), row.text(4), RecordNo{row.small(5)},
        PersonId{row.unsigned_number(6)}, std::move(body)};
}

Result<std::vector<LogEvent>> events_from(const Rows& rows) {
    std::vector<LogEvent> events;
    events.reserve(rows.size());
    for (const Row& row : rows) {
        ZIGE_TRY(event, event_from(row));
        events.push_back(std::move(event));
    }
    return events;
}

std::int64_t kind(HubEvent event) { return static_cast<std::int64_t>(event); }

/// What moves a standing timeline, and what moves a career beside it.
constexpr std::array kSanctions = {HubEvent::sanction_started, HubEvent::sanction_ended, HubEvent::standing_recovered};
constexpr std::array kCareer = {HubEvent::sanction_started, HubEvent::sanction_ended,     HubEvent::standing_recovered,
                                HubEvent::points_decided,   HubEvent::decision_corrected, HubEvent::decision_withdrawn,
                                HubEvent::points_repaired,  HubEvent::repair_withdrawn};

/// Found again by the number of the notice.
constexpr std::array kOfANotice = {HubEvent::sanction_started, HubEvent::points_decided};

std::vector<SqlValue> with_kinds(std::vector<SqlValue> params, std::span<const HubEvent> kinds) {
    for (const HubEvent each : kinds) params.emplace_back(kind(each));
    return params;
}

}  // namespace

Result<LogTip> HubLog::tip(Tx& tx) const {
    ZIGE_TRY(row, tx.first(Sql::log_tip, {}));
    if (!row) return LogTip{};
    return LogTip{row->unsigned_number(0), row->hash(1)};
}

Result<LogTip> HubLog::append(Tx& tx, LogEvent event) const {
    ZIGE_TRY(last, tip(tx));
    event.number = last.number + 1;
    const std::string body = event.body.encode();
    const Hash256 hash = next_hash(hasher_, last.hash, hashed_bytes(event, body));
    ZIGE_CHECK(tx.exec(Sql::log_append,
                       {sql(event.number), sql(event.at), kind(event.event), sql(event.actor), sql(event.institution),
                        sql(event.record.value), sql(event.person.value), sql(body), sql(hash)}));
    const std::string_view document = event.body.text("document");
    if (std::ranges::find(kOfANotice, event.event) != kOfANotice.end() && !document.empty())
        ZIGE_CHECK(tx.exec(Sql::notice_number_put, {sql(document), sql(event.number)}));
    return LogTip{event.number, hash};
}

Result<std::optional<Hash256>> HubLog::hash_at(Tx& tx, std::uint64_t number) const {
    ZIGE_TRY(row, tx.first(Sql::log_hash_at, {sql(number)}));
    if (!row) return std::optional<Hash256>{};
    return std::optional<Hash256>(row->hash(0));
}

Result<LogTip> HubLog::verify(Tx& tx) const {
    LogTip checked;
    for (;;) {
        ZIGE_TRY(rows, tx.query(Sql::log_page, {sql(checked.number), sql(kPageOfEvents)}));
        for (const Row& row : rows) {
            ZIGE_TRY(event, event_from(row));
            const Hash256 hash = next_hash(hasher_, checked.hash, hashed_bytes(event, row.text(7)));
            if (event.number != checked.number + 1 || hash != row.hash(8))
                return fail(ErrorId::ledger_bad_chain, "log", "event " + std::to_string(event.number));
            checked = {event.number, hash};
        }
        if (rows.size() < kPageOfEvents) return checked;
    }
}

Result<std::vector<LogEvent>> HubLog::read(Tx& tx, std::uint64_t after, std::uint32_t limit) const {
    ZIGE_TRY(rows, tx.query(Sql::log_page, {sql(after), sql(limit)}));
    return events_from(rows);
}

Result<std::vector<LogEvent>> HubLog::sanctions_of(Tx& tx, PersonId person) const {
    ZIGE_TRY(rows,
             tx.query(Sql::log_sanctions_of_person, with_kinds({sql(person.value), sql(person.value)}, kSanctions)));
    return events_from(rows);
}

Result<std::vector<LogEvent>> HubLog::career_of(Tx& tx, PersonId person) const {
    auto params = with_kinds({sql(person.value), sql(person.value)}, kCareer);
    params.push_back(kind(HubEvent::people_merged));
    ZIGE_TRY(rows, tx.query(Sql::log_career_of_person, params));
    return events_from(rows);
}

Result<std::vector<LogEvent>> HubLog::careers_of(Tx& tx, PersonId after, PersonId last) const {
    auto params = with_kinds({sql(after.value), sql(last.value)}, kCareer);
    params.push_back(sql(after.value));
    params.push_back(sql(last.value));
    ZIGE_TRY(rows, tx.query(Sql::log_careers_of_people, with_kinds(std::move(params), kCareer)));
    return events_from(rows);
}

Result<std::vector<LogEvent>> HubLog::sanctions_at(Tx& tx, std::string_view institution) const {
    auto params = with_kinds({}, kSanctions);
    params.push_back(sql(institution));
    params.push_back(sql(institution));
    ZIGE_TRY(rows, tx.query(Sql::log_sanctions_at_institution, params));
    return events_from(rows);
}

Result<std::vector<LogEvent>> HubLog::all_sanctions(Tx& tx) const {
    ZIGE_TRY(rows, tx.query(Sql::log_all_sanctions, with_kinds({}, kSanctions)));
    return events_from(rows);
}

Result<std::int64_t> HubLog::count_sanctions(Tx& tx) const {
    ZIGE_TRY(row, tx.first(Sql::log_sanction_count, with_kinds({}, kSanctions)));
    return row ? row->number(0) : std::int64_t{0};
}

Result<std::vector<LogEvent>> HubLog::of_notice(Tx& tx, HubEvent event, std::string_view document) const {
    ZIGE_TRY(rows, tx.query(Sql::log_of_notice, {sql(document), kind(event)}));
    return events_from(rows);
}

Result<std::vector<LogEvent>> HubLog::careers_since(Tx& tx, Instant since) const {
    ZIGE_TRY(rows, tx.query(Sql::log_careers_since, with_kinds({sql(since)}, kCareer)));
    return events_from(rows);
}

}  // namespace zige::hub
