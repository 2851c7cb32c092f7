#include "hub/core/institution_data.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>

#include "hub/core/kept_records.h"
#include "hub/core/people.h"
#include "hub/core/policy.h"
#include "hub/core/standing_ledger.h"
#include "hub/core/statements.h"
#include "shared/domain/stricter.h"
#include "shared/wire/codec.h"

namespace zige::hub {

Result<std::vector<Stop>> load_stops(Tx& tx, const std::string& code) {
    ZIGE_TRY(rows, tx.query(Sql::stops_of, {sql(code)}));
    std::vector<Stop> stops;
    for (const Row& row : rows) {
        ZIGE_TRY(kind, enum_from<StopKind>(row, 0));
        stops.push_back(
            {kind, row.text(1), row.day(2), row.maybe_day(3), static_cast<std::uint16_t>(row.small(4)), row.text(5)});
    }
    return stops;
}

Result<InstitutionRecord> load_institution(Tx& tx, const std::string& code) {
    ZIGE_TRY(row, tx.first(Sql::institution_get, {sql(code)}));
    if (!row) return fail(ErrorId::institution_not_found, "institution", code);
    InstitutionRecord record;
    record.code = InstitutionCode{code};
    record.name = row->text(0);
    ZIGE_TRY(kind, enum_from<InstitutionKind>(*row, 1));
    ZIGE_TRY(mode, enum_from<Mode>(*row, 3));
    record.kind = kind;
    record.division = row->text(2);
    record.mode = mode;
    record.mode_until = row->maybe_day(4);
    record.strict = row->flag(5);
    record.recovered = row->flag(6);
    record.history_from = row->day(7);
    ZIGE_TRY(stops, load_stops(tx, code));
    record.stops = std::move(stops);
    return record;
}

Result<KnownRegistration> registration_from(const Row& row) {
    ZIGE_TRY(category, enum_from<Category>(row, 5));
    ZIGE_TRY(post, enum_from<Post>(row, 6));
    ZIGE_TRY(commitment, enum_from<CommitmentKind>(row, 8));
    KnownRegistration known;
    known.person = PersonId{row.unsigned_number(2)};
    known.registration = {RecordNo{row.small(1)},         row.text(3), row.text(4),       category, post, row.text(7),
                          {commitment, row.maybe_day(9)}, row.day(10), row.maybe_day(11), {},       {}};
    return known;
}

Result<std::map<RecordNo, std::vector<Leave>>> load_leaves(Tx& tx, const std::string& code) {
    ZIGE_TRY(rows, tx.query(Sql::leaves_of, {sql(code)}));
    std::map<RecordNo, std::vector<Leave>> leaves;
    for (const Row& row : rows) {
        ZIGE_TRY(kind, enum_from<LeaveKind>(row, 1));
        leaves[RecordNo{row.small(0)}].push_back({kind, row.day(2), row.maybe_day(3)});
    }
    return leaves;
}

Result<std::vector<KnownRegistration>> load_registrations(Tx& tx, const HubLog& log, const std::string& code) {
    ZIGE_TRY(events, log.sanctions_at(tx, code));
    std::map<PersonId, std::vector<LogEvent>> by_person;
    for (LogEvent& event : events) by_person[event.person].push_back(std::move(event));

    ZIGE_TRY(rows, tx.query(Sql::registrations_of, {sql(code)}));
    ZIGE_TRY(leaves, load_leaves(tx, code));
    std::vector<KnownRegistration> all;
    all.reserve(rows.size());
    for (const Row& row : rows) {
        ZIGE_TRY(known, registration_from(row));
        if (const auto own = leaves.find(known.registration.no); own != leaves.end())
            known.registration.leaves = own->second;
        if (const auto sanctions = by_person.find(known.person); sanctions != by_person.end()) {
            ZIGE_TRY(standing, derive_standing(sanctions->second));  // P10
            known.registration.standing = std::move(standing);
        }
        all.push_back(std::move(known));
    }
    return all;
}

Result<std::vector<Alias>> load_aliases(Tx& tx, const std::string& code) {
    ZIGE_TRY(rows, tx.query(Sql::aliases_of, {sql(code)}));
    std::vector<Alias> aliases;
    aliases.reserve(rows.size());
    for (const Row& row : rows) aliases.push_back({RecordNo{row.small(0)}, RecordNo{row.small(1)}, row.text(2)});
    return aliases;
}

namespace {

/// P1, P8: somebody whom the database lost here and knows elsewhere, or lost there too, carries what stands against the
/// person there.
Result<void> add_standing(Tx& tx, const HubLog& log, const std::string& institution, Registration& kept) {
    if (kept.code.empty()) return {};
    ZIGE_TRY(lost_too, kept_elsewhere(tx, institution, kept.code));
    for (const KeptElsewhere& each : lost_too)
        for (const StandingInterval& interval : each.registration.standing) lay_stricter(kept.standing, interval);
    ZIGE_TRY(person, find_by_code(tx, kept.code));
    if (!person) return {};
    ZIGE_TRY(events, log.sanctions_of(tx, person->id));
    ZIGE_TRY(timeline, derive_standing(events));
    for (const StandingInterval& interval : timeline) lay_stricter(kept.standing, interval);
    return {};
}

}  // namespace

Result<std::vector<Record>> load_records(Tx& tx, const HubLog& log, const std::string& code) {
    std::vector<Record> records;
    ZIGE_TRY(institution, load_institution(tx, code));
    ZIGE_TRY(registrations, load_registrations(tx, log, code));
    ZIGE_TRY(aliases, load_aliases(tx, code));
    ZIGE_TRY(kept, load_kept(tx, code));
    records.reserve(1 + registrations.size() + aliases.size() + kept.size());
    records.emplace_back(std::move(institution));
    for (KnownRegistration& known : registrations) records.emplace_back(std::move(known.registration));
    for (Alias& alias : aliases) records.emplace_back(std::move(alias));
    for (Record& record : kept) {
        if (auto* person = std::get_if<Registration>(&record)) ZIGE_CHECK(add_standing(tx, log, code, *person));
        records.push_back(std::move(record));
    }
    std::sort(records.begin(), records.end(),
              [](const Record& a, const Record& b) { return record_no(a) < record_no(b); });
    return records;
}

Result<RecordNo> next_record_no(Tx& tx, const std::string& code) {
    ZIGE_TRY(row, tx.first(Sql::institution_next_no, {sql(code)}));
    if (!row) return fail(ErrorId::institution_not_found, "institution", code);
    ZIGE_CHECK(tx.exec(Sql::institution_take_no, {sql(code)}));
    return RecordNo{row->small(0)};
}

Result<wire::Config> load_config(Tx& tx, const std::string& code) {
    ZIGE_TRY(config, Policy::current(tx));
    ZIGE_TRY(row, tx.first(Sql::institution_limits, {sql(code)}));
    if (!row) return fail(ErrorId::institution_not_found, "institution", code);
    ZIGE_TRY(limits, limits_from_text(row->text(0)));
    if (!limits.empty()) config.profile.freshness = std::move(limits);
    return config;
}

std::string limits_to_text(const std::vector<FreshnessLimits>& limits) {
    std::string text;
    for (const FreshnessLimits& row : limits) {
        if (!text.empty()) text += ';';
        text += std::to_string(row.max_people) + ':' + std::to_string(row.fresh.count()) + ':' +
                std::to_string(row.aged.count()) + ':' + std::to_string(row.stale.count());
    }
    return text;
}

namespace {

Error bad_limits(std::string detail) { return fail(ErrorId::institution_bad_value, "limits", std::move(detail)); }

Result<FreshnessLimits> one_limit(std::string_view text) {
    std::uint32_t numbers[4] = {};
    for (std::size_t i = 0; i < 4; ++i) {
        const std::size_t colon = text.find(':');
        const std::string_view digits = text.substr(0, colon);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), numbers[i]);
        if (error != std::errc{} || end != digits.data() + digits.size() ||
            (i < 3) != (colon != std::string_view::npos))
            return bad_limits("people:fresh:aged:stale expected");
        text.remove_prefix(colon == std::string_view::npos ? text.size() : colon + 1);
    }
    using hours = std::chrono::hours;
    const FreshnessLimits row{numbers[0], hours{numbers[1]}, hours{numbers[2]}, hours{numbers[3]}};
    if (row.fresh > row.aged || row.aged > row.stale) return bad_limits("fresh <= aged <= stale");
    return row;
}

}  // namespace

Result<std::vector<FreshnessLimits>> limits_from_text(std::string_view text) {
    std::vector<FreshnessLimits> limits;
    while (!text.empty()) {
        const std::size_t end = text.find(';');
        ZIGE_TRY(row, one_limit(text.substr(0, end)));
        if (!limits.empty() && limits.back().max_people >= row.max_people) return bad_limits("people must rise");
        limits.push_back(row);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return limits;
}

}  // namespace zige::hub
