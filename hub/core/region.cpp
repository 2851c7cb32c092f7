#include "hub/core/region.h"

#include <algorithm>
#include <tuple>

#include "hub/core/career_ledger.h"
#include "hub/core/hub_values.h"
#include "hub/core/institution_data.h"
#include "hub/core/kept_records.h"
#include "hub/core/standing_ledger.h"
#include "hub/core/statements.h"
#include "shared/domain/codes_of_people.h"
#include "shared/wire/chain.h"

namespace zige::hub {
namespace {

using Entry = wire::IneligibleEntry;

auto order_of(const Entry& entry) { return std::tie(entry.key, entry.from, entry.status, entry.end); }
bool before(const Entry& a, const Entry& b) { return order_of(a) < order_of(b); }

void sort_unique(std::vector<Entry>& entries) {
    std::sort(entries.begin(), entries.end(), before);
    entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
}

// Columns id, code_key, status, from_day, end_day.
Result<Entry> entry_from(const Row& row) {
    Entry entry;
    const Bytes& key = row.bytes(1);
    if (key.size() != entry.key.size()) return fail(ErrorId::store_corrupt, "ineligible.code_key");
    std::copy(key.begin(), key.end(), entry.key.begin());
    ZIGE_TRY(status, enum_from<Standing>(row, 2));
    entry.status = status;
    entry.from = row.day(3);
    entry.end = row.maybe_day(4);
    return entry;
}

Result<std::vector<Entry>> entries_from(const Rows& rows) {
    std::vector<Entry> entries;
    entries.reserve(rows.size());
    for (const Row& row : rows) {
        ZIGE_TRY(entry, entry_from(row));
        entries.push_back(entry);
    }
    std::sort(entries.begin(), entries.end(), before);
    return entries;
}

Result<Bytes> salt_of(Tx& tx) {
    ZIGE_TRY(salt, get_bytes(tx, HubValue::ineligible_salt));
    if (!salt) return fail(ErrorId::hub_not_initialised, "ineligible_salt");
    return std::move(*salt);
}

/// The intervals against a person, under the key of one of the person's codes.
void add(std::vector<Entry>& entries, const std::string& code, const StandingTimeline& standing, ByteView salt,
         const Hasher& hasher) {
    if (!is_person_code(code)) return;
    const auto key = wire::ineligible_key(salt, code, hasher);
    for (const StandingInterval& interval : standing)
        if (!interval.end || interval.from < *interval.end)
            entries.push_back({key, interval.status, interval.from, interval.end});
}

/// Whom the database lost: an agent's record is all that is known of them, and it counts everywhere (P5).
Result<void> add_kept(Tx& tx, std::vector<Entry>& entries, ByteView salt, const Hasher& hasher) {
    ZIGE_TRY(all, load_all_kept(tx));
    for (const auto& records : all) {
        std::map<RecordNo, const StandingTimeline*> standings;
        for (const Record& record : records)
            if (const auto* person = std::get_if<Registration>(&record)) {
                standings[person->no] = &person->standing;
                add(entries, person->code, person->standing, salt, hasher);
            }
        for (const Record& record : records)
            if (const auto* alias = std::get_if<Alias>(&record); alias != nullptr && standings.contains(alias->target))
                add(entries, alias->code, *standings[alias->target], salt, hasher);
    }
    return {};
}

class HashedSet : public IneligibleSet {
public:
    HashedSet(Bytes salt, std::vector<Entry> entries, const Hasher& hasher)
        : salt_(std::move(salt)), entries_(std::move(entries)), hasher_(hasher) {}

    std::optional<Hit> find(std::string_view code, Day day) const override {
        const auto key = wire::ineligible_key(salt_, code, hasher_);
        auto at = std::lower_bound(entries_.begin(), entries_.end(), key,
                                   [](const Entry& entry, const auto& wanted) { return entry.key < wanted; });
        for (; at != entries_.end() && at->key == key; ++at)
            if (at->from <= day && (!at->end || day < *at->end)) return Hit{at->status, at->from, at->end};
        return std::nullopt;
    }

private:
    Bytes salt_;
    std::vector<Entry> entries_;  // sorted by key
    const Hasher& hasher_;
};

using Standings = std::map<std::uint64_t, StandingTimeline>;

/// A ledger with few sanctions is read by them; a large one person by person, so that its events are never all in
/// memory.
Result<Standings> standings_of_all(Tx& tx, const HubLog& log) {
    constexpr std::int64_t kManySanctions = 100'000;
    Standings standings;
    const auto take = [&](PersonId person, std::span<const LogEvent> own) -> Result<void> {
        ZIGE_TRY(standing, derive_standing(own));
        if (!standing.empty()) standings.emplace(person.value, std::move(standing));
        return {};
    };
    ZIGE_TRY(count, log.count_sanctions(tx));
    if (count > kManySanctions) {
        ZIGE_CHECK(for_each_career(tx, log, take));
        return standings;
    }
    ZIGE_TRY(events, log.all_sanctions(tx));
    std::map<PersonId, std::vector<LogEvent>> by_person;
    for (LogEvent& event : events) by_person[event.person].push_back(std::move(event));
    for (const auto& [person, own] : by_person) ZIGE_CHECK(take(person, own));
    return standings;
}

}  // namespace

Result<std::vector<Entry>> Region::derive(Tx& tx, const HubLog& log, ByteView salt) const {
    ZIGE_TRY(standings, standings_of_all(tx, log));
    const SqlValue started = static_cast<std::int64_t>(HubEvent::sanction_started);
    const SqlValue recovered = static_cast<std::int64_t>(HubEvent::standing_recovered);
    ZIGE_TRY(codes, tx.query(Sql::codes_of_sanctioned, {started, recovered, started, recovered, started, recovered}));
    std::vector<Entry> entries;
    for (const Row& row : codes) add(entries, row.text(1), standings[row.unsigned_number(0)], salt, hasher_);
    ZIGE_CHECK(add_kept(tx, entries, salt, hasher_));
    sort_unique(entries);
    return entries;
}

Result<bool> Region::remake(Change& change, const HubLog& log) const {
    Tx& tx = change.tx();
    ZIGE_TRY(salt, salt_of(tx));
    ZIGE_TRY(wanted, derive(tx, log, salt));
    ZIGE_TRY(rows, tx.query(Sql::ineligible_now, {}));
    ZIGE_TRY(present, entries_from(rows));
    if (wanted == present) return false;

    ZIGE_TRY(version, next_number(tx, HubValue::ineligible_version));
    for (const Row& row : rows) {
        ZIGE_TRY(entry, entry_from(row));
        if (!std::binary_search(wanted.begin(), wanted.end(), entry, before))
            ZIGE_CHECK(tx.exec(Sql::ineligible_remove, {sql(version), sql(row.number(0))}));
    }
    for (const Entry& entry : wanted) {
        if (std::binary_search(present.begin(), present.end(), entry, before)) continue;
        ZIGE_TRY(id, next_number(tx, HubValue::last_ineligible));
        ZIGE_CHECK(tx.exec(Sql::ineligible_add,
                           {sql(id), sql(ByteView(entry.key)), sql(static_cast<std::int64_t>(entry.status)),
                            sql(entry.from), sql(entry.end), sql(version)}));
    }
    LogEvent event;
    event.event = HubEvent::ineligible_published;
    event.body.add("version", static_cast<std::int64_t>(version))
        .add("entries", static_cast<std::int64_t>(wanted.size()))
        .add("digest", to_hex(wire::ineligible_digest(wanted, salt, hasher_)));
    ZIGE_CHECK(change.log(std::move(event)));
    return true;
}

Result<std::optional<wire::IneligibleUpdate>> Region::update_since(Tx& tx, std::uint32_t version) const {
    ZIGE_TRY(present_version, get_number(tx, HubValue::ineligible_version));
    if (present_version == version) return std::optional<wire::IneligibleUpdate>{};
    wire::IneligibleUpdate update;
    update.from = version < present_version ? version : 0;  // a version that we never had: the whole set
    update.version = static_cast<std::uint32_t>(present_version);
    ZIGE_TRY(salt, salt_of(tx));
    update.salt = std::move(salt);
    ZIGE_TRY(now_rows, tx.query(Sql::ineligible_now, {}));
    ZIGE_TRY(present, entries_from(now_rows));
    update.digest = wire::ineligible_digest(present, update.salt, hasher_);
    ZIGE_TRY(added_rows, tx.query(Sql::ineligible_added_since, {sql(update.from)}));
    ZIGE_TRY(added, entries_from(added_rows));
    ZIGE_TRY(removed_rows, tx.query(Sql::ineligible_removed_since, {sql(update.from), sql(update.from)}));
    ZIGE_TRY(removed, entries_from(removed_rows));
    update.added = std::move(added);
    update.removed = std::move(removed);
    return std::optional<wire::IneligibleUpdate>(std::move(update));
}

Result<std::shared_ptr<const IneligibleSet>> Region::load(Tx& tx) const {
    ZIGE_TRY(salt, salt_of(tx));
    ZIGE_TRY(rows, tx.query(Sql::ineligible_now, {}));
    ZIGE_TRY(entries, entries_from(rows));
    return std::shared_ptr<const IneligibleSet>(
        std::make_shared<HashedSet>(std::move(salt), std::move(entries), hasher_));
}

}  // namespace zige::hub
