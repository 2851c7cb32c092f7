#include <map>
#include <tuple>

#include "hub/core/casework/due_sources.h"
#include "hub/core/rules/deadlines.h"
#include "hub/core/statements.h"
#include "shared/domain/registration.h"

namespace zige::hub {
namespace {

/// Of one pharmacy.
struct Principals {
    bool has_one = false;  ///< who is there today, or is to come
    Day left_on{};         ///< the newest last day
    PersonId person;
    std::string name;
};

}  // namespace

Result<void> add_commitments(const DueWork& work, const Rules& rules) {
    const DeadlineRule* rule = rules.deadline(DueKind::commitment);
    ZIGE_TRY(rows, work.tx.query(Sql::commitments_open, {static_cast<std::int64_t>(CommitmentKind::due),
                                                         static_cast<std::int64_t>(CommitmentKind::missing)}));
    std::map<std::pair<std::string, std::optional<Day>>, DueItem> lines;
    for (const Row& row : rows) {
        const auto until = row.maybe_day(4);
        const auto [at, is_new] = lines.try_emplace({row.text(0), until});
        DueItem& item = at->second;
        if (!is_new) {
            ++item.people;
            continue;
        }
        item.kind = DueKind::commitment;
        if (until) item.due = DueDate{*until, false};
        item.by = StepBy::institution;
        if (rule != nullptr) item.article = rule->cite.text;
        item.institution = row.text(0);
        item.person = PersonId{row.unsigned_number(1)};
        item.name = row.text(2);
    }
    for (auto& [key, item] : lines) work.items.push_back(std::move(item));
    return {};
}

Result<void> add_principals(const DueWork& work, const Rules& rules) {
    const DeadlineRule* rule = rules.deadline(DueKind::principal_change);
    if (rule == nullptr) return {};
    ZIGE_TRY(rows, work.tx.query(Sql::principals_all, {static_cast<std::int64_t>(Post::principal),
                                                       static_cast<std::int64_t>(InstitutionKind::pharmacy)}));
    std::map<std::string, Principals> pharmacies;
    for (const Row& row : rows) {
        const auto last_day = row.maybe_day(4);
        if (was_taken_back(row.day(3), last_day)) continue;  // nobody came, so nobody left
        Principals& of = pharmacies[row.text(0)];
        if (!last_day || *last_day >= work.today) of.has_one = true;
        if (!last_day || *last_day < of.left_on) continue;
        of.left_on = *last_day;
        of.person = PersonId{row.unsigned_number(1)};
        of.name = row.text(2);
    }
    for (auto& [institution, of] : pharmacies) {
        if (of.has_one) continue;
        DueItem item;
        item.kind = DueKind::principal_change;
        item.due = due_date(*rule, of.left_on, work.calendar);
        item.by = StepBy::institution;
        item.article = rule->cite.text;
        item.institution = institution;
        item.person = of.person;
        item.name = of.name;
        work.items.push_back(std::move(item));
    }
    return {};
}

}  // namespace zige::hub
