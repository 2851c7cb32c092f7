#include <algorithm>

#include "hub/core/institution_data.h"
#include "hub/core/ledger.h"
#include "hub/core/registry.h"
#include "hub/core/statements.h"

namespace zige::hub {
namespace {

bool is_wanted(const DecisionFilter& filter, const Scored& decision) {
    if (!filter.institution.empty() && decision.institution != filter.institution) return false;
    return (!filter.from || *filter.from <= decision.decided_on) && (!filter.to || decision.decided_on <= *filter.to);
}

Result<void> add(Tx& tx, const DecisionFilter& filter, PersonId person, std::span<const LogEvent> events,
                 std::vector<DecisionView>& found) {
    ZIGE_TRY(career, career_from(events));
    for (const KnownDecision& known : career.decisions()) {
        if (!is_wanted(filter, known.decision)) continue;
        DecisionView view;
        view.person = person;
        view.known = known;
        ZIGE_TRY(row, tx.first(Sql::person_get, {sql(person.value)}));
        if (row) view.name = row->text(0);
        const std::string& document = known.decision.document;
        if (const StandingInterval* interval = career.interval(document); interval != nullptr && !known.withdrawn)
            view.interval = *interval;
        if (const KnownSanction* sanction = career.sanction(document); sanction != nullptr && !known.withdrawn)
            view.barred_until = sanction->barred_until;
        found.push_back(std::move(view));
    }
    return {};
}

}  // namespace

Result<std::vector<DecisionView>> Ledger::decisions(const DecisionFilter& filter) const {
    std::vector<DecisionView> found;
    auto read = env_.store.read([&](Tx& tx) -> Result<void> {
        const HubLog log(env_.hasher);
        if (!filter.institution.empty()) ZIGE_CHECK(load_institution(tx, filter.institution));
        const auto visit = [&](PersonId person, std::span<const LogEvent> events) {
            return add(tx, filter, person, events, found);
        };
        if (filter.who.empty()) return for_each_career(tx, log, visit);
        ZIGE_TRY(person, Registry::find_person_id(tx, filter.who));
        ZIGE_TRY(events, log.career_of(tx, person));
        return visit(person, events);
    });
    if (!read.ok()) return read.error();
    std::ranges::stable_sort(found, {}, [](const DecisionView& view) { return view.known.decision.decided_on; });
    return found;
}

}  // namespace zige::hub
