#include <set>

#include "hub/core/institution_data.h"
#include "hub/core/ledger.h"
#include "hub/core/rules/judging.h"
#include "hub/core/statements.h"

namespace zige::hub {
namespace {

Day first_of(int year) { return Day{std::chrono::local_days{std::chrono::year{year} / std::chrono::January / 1}}; }

/// Somebody's registration at an institution touches the year.
bool there_in(const Registration& registration, Day from, Day until) {
    return registration.registered_from < until && (!registration.last_day || *registration.last_day >= from);
}

Result<RatioView> look(Tx& tx, const HubLog& log, const std::string& code, int year, const RatioRule& rule) {
    ZIGE_TRY(institution, load_institution(tx, code));
    ZIGE_TRY(registrations, load_registrations(tx, log, code));
    RatioView view;
    view.institution = code;
    view.name = institution.name;
    std::set<PersonId> people;
    std::set<PersonId> sanctioned;
    const Day from = first_of(year);
    const Day until = first_of(year + 1);
    for (const KnownRegistration& known : registrations) {
        if (!there_in(known.registration, from, until) || !people.insert(known.person).second) continue;
        for (const StandingInterval& each : known.registration.standing) {
            if (each.from < from || each.from >= until) continue;
            ++view.occurrences;
            sanctioned.insert(known.person);
        }
    }
    view.people = people.size();
    view.sanctioned = sanctioned.size();
    const std::uint64_t part = rule.of == RatioOf::occurrences ? view.occurrences : view.sanctioned;
    if (view.people != 0) view.per_ten_thousand = static_cast<unsigned>(part * 10000 / view.people);
    view.in_range = in_ratio(rule, part, view.people);
    return view;
}

}  // namespace

Result<std::vector<WatchView>> Ledger::watch_list(int year, Day on) const {
    return read_from(env_.store, [&](Tx& tx) -> Result<std::vector<WatchView>> {
        ZIGE_TRY(adopted, shelf_.on(tx, on));
        std::map<std::string, std::set<PersonId>> listed;
        const auto visit = [&](PersonId person, std::span<const LogEvent> events) -> Result<void> {
            ZIGE_TRY(career, career_from(events));
            if (!on_watch_list(adopted.rules, career, year)) return {};
            for (const KnownDecision& known : career.decisions())
                if (!known.withdrawn && first_of(year) <= known.decision.decided_on &&
                    known.decision.decided_on < first_of(year + 1))
                    listed[known.decision.institution].insert(person);
            return {};
        };
        if (adopted.rules.watch_list) ZIGE_CHECK(for_each_career(tx, HubLog(env_.hasher), visit));
        std::vector<WatchView> views;
        for (const auto& [institution, people] : listed)
            views.push_back({institution, std::vector<PersonId>(people.begin(), people.end())});
        return views;
    });
}

Result<std::vector<RatioView>> Ledger::ratios(int year, Day on) const {
    return read_from(env_.store, [&](Tx& tx) -> Result<std::vector<RatioView>> {
        ZIGE_TRY(adopted, shelf_.on(tx, on));
        std::vector<RatioView> all;
        if (!adopted.rules.ratio) return all;
        const HubLog log(env_.hasher);
        ZIGE_TRY(rows, tx.query(Sql::institution_codes, {}));
        for (const Row& row : rows) {
            ZIGE_TRY(view, look(tx, log, row.text(0), year, adopted.rules.ratio->value));
            if (view.occurrences != 0) all.push_back(std::move(view));
        }
        return all;
    });
}

}  // namespace zige::hub
