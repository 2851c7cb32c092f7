#include "hub/core/kept_records.h"

#include <algorithm>

#include "hub/core/standing_ledger.h"
#include "hub/core/statements.h"
#include "shared/domain/codes_of_people.h"
#include "shared/wire/codec.h"

namespace zige::hub {
namespace {

Result<void> drop(Change& change, const std::string& institution, RecordNo no) {
    change.touch_region();
    return change.tx().exec(Sql::kept_drop, {sql(institution), sql(no.value)});
}

/// Further codes of a kept registration become those of the person.
Result<void> match_aliases(Change& change, const std::string& institution, RecordNo target,
                           const std::vector<Record>& kept) {
    for (const Record& record : kept) {
        const auto* alias = std::get_if<Alias>(&record);
        if (alias == nullptr || alias->target != target) continue;
        ZIGE_CHECK(change.tx().exec(Sql::alias_put,
                                    {sql(institution), sql(alias->no.value), sql(target.value), sql(alias->code)}));
        ZIGE_CHECK(drop(change, institution, alias->no));
    }
    return {};
}

/// Each document that the ledger of the person does not name.
Result<void> file_kept_elsewhere(Change& change, const std::string& institution, const std::string& code,
                                 PersonId person) {
    ZIGE_TRY(all, kept_elsewhere(change.tx(), institution, code));
    for (const auto& [where, kept] : all) {
        ZIGE_TRY(events, change.hub_log().sanctions_of(change.tx(), person));
        for (const StandingInterval& interval : kept.standing) {
            const bool named = std::ranges::any_of(
                events, [&](const LogEvent& each) { return each.body.text("document") == interval.document; });
            if (!named) ZIGE_CHECK(file_recovered(change, where, kept.no, person, interval));
        }
    }
    return {};
}

}  // namespace

Result<std::vector<Record>> load_kept(Tx& tx, const std::string& institution) {
    ZIGE_TRY(rows, tx.query(Sql::kept_of, {sql(institution)}));
    std::vector<Record> records;
    for (const Row& row : rows) {
        ZIGE_TRY(record, wire::decode_record(row.bytes(0)));
        records.push_back(std::move(record));
    }
    return records;
}

Result<std::vector<std::vector<Record>>> load_all_kept(Tx& tx) {
    ZIGE_TRY(rows, tx.query(Sql::kept_all, {}));
    std::vector<std::vector<Record>> all;
    const std::string* institution = nullptr;
    for (const Row& row : rows) {
        ZIGE_TRY(record, wire::decode_record(row.bytes(1)));
        if (institution == nullptr || *institution != row.text(0)) all.emplace_back();
        institution = &row.text(0);
        all.back().push_back(std::move(record));
    }
    return all;
}

Result<std::vector<KeptElsewhere>> kept_elsewhere(Tx& tx, const std::string& institution, const std::string& code) {
    std::vector<KeptElsewhere> found;
    if (!is_person_code(code)) return found;
    ZIGE_TRY(rows, tx.query(Sql::kept_all, {}));
    for (const Row& row : rows) {
        if (row.text(0) == institution) continue;
        ZIGE_TRY(record, wire::decode_record(row.bytes(1)));
        auto* kept = std::get_if<Registration>(&record);
        if (kept != nullptr && kept->code == code) found.push_back({row.text(0), std::move(*kept)});
    }
    return found;
}

Result<void> keep_record(Change& change, const std::string& institution, const Record& record) {
    change.touch_region();  // it may be of somebody who is ineligible
    return change.tx().exec(Sql::kept_put, {sql(institution), sql(record_no(record).value), sql(wire::encode(record))});
}

Result<std::optional<Registration>> match_kept(Change& change, const std::string& institution, const std::string& code,
                                               PersonId person) {
    if (code.empty()) return std::optional<Registration>{};
    ZIGE_CHECK(file_kept_elsewhere(change, institution, code, person));
    ZIGE_TRY(kept, load_kept(change.tx(), institution));
    for (const Record& record : kept) {
        const auto* registration = std::get_if<Registration>(&record);
        if (registration == nullptr || registration->code != code) continue;
        for (const StandingInterval& interval : registration->standing)
            ZIGE_CHECK(file_recovered(change, institution, registration->no, person, interval));
        ZIGE_CHECK(drop(change, institution, registration->no));
        ZIGE_CHECK(match_aliases(change, institution, registration->no, kept));
        return std::optional<Registration>(*registration);
    }
    return std::optional<Registration>{};
}

Result<void> file_recovered(Change& change, const std::string& institution, RecordNo no, PersonId person,
                            const StandingInterval& interval) {
    LogEvent event;
    event.event = HubEvent::standing_recovered;
    event.institution = institution;
    event.record = no;
    event.person = person;
    event.body.add("status", to_string(interval.status))
        .add("document", interval.document)
        .add("article", static_cast<std::int64_t>(interval.article))
        .add("from", interval.from)
        .add("nominal_end", interval.nominal_end)
        .add("end", interval.end);
    return change.log(std::move(event));
}

}  // namespace zige::hub
