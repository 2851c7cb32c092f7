#include <algorithm>
#include <set>

#include "hub/core/career_ledger.h"
#include "hub/core/institution_data.h"
#include "hub/core/linked_sanctions.h"
#include "hub/core/people.h"
#include "hub/core/registry.h"
#include "hub/core/rules/repair.h"
#include "hub/core/statements.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day{day}.year()); }

/// Institutions of a person, and those where he is now.
struct Sites {
    std::set<std::string> all;
    std::set<std::string> open;
};

Result<Sites> sites_of(Tx& tx, PersonId person) {
    ZIGE_TRY(rows, tx.query(Sql::registrations_of_person, {sql(person.value)}));
    Sites sites;
    for (const Row& row : rows) {
        sites.all.insert(row.text(0));
        if (row.is_null(11)) sites.open.insert(row.text(0));
    }
    return sites;
}

/// One person cannot be registered twice at one place at the same time.
Result<void> check_sites(const Sites& one, const Sites& other) {
    for (const std::string& code : one.open)
        if (other.open.contains(code))
            return fail(ErrorId::case_bad_field, "who", "both are registered at " + code + ": end one of them first");
    return {};
}

/// Both files in the order of the log. ledger_bad_chain: one contradicts the other.
Result<Career> joined(Tx& tx, const HubLog& log, PersonId kept, PersonId merged) {
    ZIGE_TRY(events, log.career_of(tx, kept));
    ZIGE_TRY(others, log.career_of(tx, merged));
    events.insert(events.end(), others.begin(), others.end());
    std::sort(events.begin(), events.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    ZIGE_TRY(career, career_from(events));
    if (career.timeline().size() > kMaxIntervals)
        return fail(ErrorId::sanction_bad_interval, "person", "has too many intervals");
    return career;
}

/// Decisions that stand, and in which of the two files.
Result<std::vector<MergeResult::Joined>> joined_decisions(Tx& tx, const HubLog& log, const MergeResult& files) {
    std::vector<MergeResult::Joined> decisions;
    for (const PersonId file : {files.kept, files.merged}) {
        ZIGE_TRY(career, load_career(tx, log, file));
        for (const KnownDecision& known : career.decisions())
            if (!known.withdrawn) decisions.push_back({known.decision, file});
    }
    std::ranges::stable_sort(decisions, {}, [](const MergeResult::Joined& each) { return each.decision.decided_on; });
    return decisions;
}

/// XY 33: each file may have had its repair of the year; a hub without rules of that day says nothing.
std::vector<std::string> repaired_twice(Tx& tx, const RuleShelf& shelf, const Career& career) {
    if (career.repairs().empty()) return {};
    const auto adopted = shelf.on(tx, career.repairs().back().on);
    return adopted.ok() ? repairs_beyond_the_caps(adopted->rules, career) : std::vector<std::string>();
}

Result<MergeResult> look(Tx& tx, const HubLog& log, const RuleShelf& shelf, const MergeOrder& order) {
    ZIGE_TRY(who, Registry::find_person_id(tx, order.who));
    ZIGE_TRY(into, Registry::find_person_id(tx, order.into));
    if (who == into) return fail(ErrorId::case_bad_field, "who", "both are one file");
    ZIGE_TRY(merged, load_person(tx, who));
    ZIGE_TRY(kept, load_person(tx, into));
    if (merged.has_identity && !kept.has_identity) std::swap(merged, kept);
    ZIGE_TRY(of_merged, sites_of(tx, merged.id));
    ZIGE_TRY(of_kept, sites_of(tx, kept.id));
    ZIGE_CHECK(check_sites(of_merged, of_kept));
    ZIGE_TRY(career, joined(tx, log, kept.id, merged.id));
    MergeResult result;
    result.kept = kept.id;
    result.merged = merged.id;
    result.name = kept.name;
    ZIGE_TRY(decisions, joined_decisions(tx, log, result));
    result.decisions = std::move(decisions);
    result.repaired_twice = repaired_twice(tx, shelf, career);
    for (const KnownDecision& known : career.decisions()) {
        const int year = year_of(known.decision.decided_on);
        result.points[year] = career.points_of(year);
    }
    of_kept.all.insert(of_merged.all.begin(), of_merged.all.end());
    result.institutions.assign(of_kept.all.begin(), of_kept.all.end());
    return result;
}

Result<void> write(Change& change, const MergeResult& result, const std::string& reason) {
    Tx& tx = change.tx();
    ZIGE_CHECK(tx.exec(Sql::registrations_move, {sql(result.kept.value), sql(result.merged.value)}));
    ZIGE_CHECK(tx.exec(Sql::merge_follow, {sql(result.kept.value), sql(result.merged.value)}));
    ZIGE_CHECK(tx.exec(Sql::merge_put, {sql(result.merged.value), sql(result.kept.value)}));
    LogEvent event;
    event.event = HubEvent::people_merged;
    event.person = result.kept;
    event.body.add("merged", static_cast<std::int64_t>(result.merged.value)).add("reason", reason);
    ZIGE_CHECK(change.log(std::move(event)));
    for (const std::string& code : result.institutions) change.touch(code);
    change.touch_region();
    return {};
}

}  // namespace

Result<MergeResult> LinkedSanctions::merge(const std::string& actor, const MergeOrder& order, Run run) {
    if (order.reason.empty()) return fail(ErrorId::case_missing_field, "reason", "what proves it");
    const HubLog log(env_.hasher);
    if (run == Run::preview) return read_from(env_.store, [&](Tx& tx) { return look(tx, log, shelf_, order); });
    MergeResult result;
    auto published = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(looked, look(change.tx(), log, shelf_, order));
        result = std::move(looked);
        return write(change, result, order.reason);
    });
    if (!published.ok()) return published.error();
    result.published = std::move(*published);
    result.recorded = true;
    return result;
}

}  // namespace zige::hub
