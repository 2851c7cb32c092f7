#include "shared/domain/coming.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "shared/domain/resolve.h"

namespace zige {
namespace {

constexpr std::chrono::days kAhead{366};

/// Days on which something may change, after `today`.
class Turns {
public:
    explicit Turns(Day today) : today_(today) {}
    void add(Day day) {
        if (day > today_ && day <= today_ + kAhead) days_.insert(day);
    }
    void add(const std::optional<Day>& day) {
        if (day) add(*day);
    }
    const std::set<Day>& days() const { return days_; }

private:
    Day today_;
    std::set<Day> days_;
};

void add_person(const Registration& person, const Overlay& overlay, Turns& turns) {
    turns.add(person.registered_from);
    for (const StandingInterval& each : person.standing) {
        turns.add(each.from);
        turns.add(each.end);
    }
    if (const auto last_day = last_day_of(person, overlay)) turns.add(*last_day + std::chrono::days{1});
}

Turns turns_of(const FeeLine& line, const Copy& copy, const Overlay& overlay) {
    const Day today = day_of(line.fee_time);
    Turns turns(today);
    for (const Stop& stop : copy.institution().stops) {
        turns.add(stop.from);
        turns.add(stop.end);
    }
    for (const PersonOnLine& person : line.people) {
        const RoleRule* rule = copy.rule(line.txn, person.role);
        if (rule == nullptr) continue;
        const Resolved who = resolve(person.code, *rule, copy, overlay, today);
        if (who.registration != nullptr) add_person(*who.registration, overlay, turns);
        if (who.provisional != nullptr) turns.add(who.provisional->person.registered_from);
    }
    return turns;
}

Decision decide_on(Instant time, const FeeLine& line, const Copy& copy, const Overlay& overlay) {
    FeeLine then = line;
    then.fee_time = time;
    then.visit = {};
    Moment moment;
    moment.wall = moment.running = moment.copy_as_of = time;
    return decide(then, copy, overlay, moment);
}

}  // namespace

std::vector<ComingChange> coming_changes(const FeeLine& line, const Copy& copy, const Overlay& overlay) {
    std::vector<ComingChange> changes;
    Outcome before = decide_on(line.fee_time, line, copy, overlay).judged;
    const Turns turns = turns_of(line, copy, overlay);
    for (const Day day : turns.days()) {
        if (changes.size() == kMaxComingChanges) break;
        ComingChange change{day, decide_on(start_of(day), line, copy, overlay)};
        if (change.decision.judged == before) continue;
        before = change.decision.judged;
        changes.push_back(std::move(change));
    }
    return changes;
}

}  // namespace zige
