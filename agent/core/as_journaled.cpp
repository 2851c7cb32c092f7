#include <algorithm>
#include <iterator>

#include "agent/core/gate.h"
#include "shared/domain/mode.h"
#include "shared/wire/journaled_line.h"

namespace zige::agent {
namespace {

constexpr Ground kAboutAPerson[] = {Ground::terminated,     Ground::suspended,     Ground::departed,
                                    Ground::not_registered, Ground::no_commitment, Ground::unmapped};

/// What the journal tells of a ground that the present copy does not find any more.
class Told {
public:
    Told(const wire::DecisionEntry& entry, const Copy& copy)
        : entry_(entry),
          emergency_(wire::line_of(entry), copy.profile()),
          freed_(std::ranges::find(entry.grounds, Ground::emergency) != entry.grounds.end()) {}

    bool emergency_claimed() const { return emergency_.claimed(); }

    GroundHit hit(Ground ground) const {
        GroundHit hit;
        hit.ground = ground;
        hit.freed = freed_ && emergency_.frees(ground);
        hit.outcome = hit.freed ? Outcome::allow_marked : entry_.judged;
        if (std::ranges::find(kAboutAPerson, ground) != std::end(kAboutAPerson)) hit.person = person();
        return hit;
    }

private:
    /// Of the only one who did not pass plainly; of several nobody can say any more.
    std::int8_t person() const {
        std::int8_t found = -1;
        for (std::size_t i = 0; i < entry_.people.size(); ++i) {
            if (!worse(entry_.people[i].outcome, Outcome::allow)) continue;
            if (found >= 0) return -1;
            found = static_cast<std::int8_t>(i);
        }
        return found;
    }

    const wire::DecisionEntry& entry_;
    const EmergencyClaim emergency_;
    const bool freed_;
};

}  // namespace

Decision as_journaled(const Decision& fresh, const wire::DecisionEntry& entry, const Copy& copy) {
    Decision decision = fresh;
    decision.judged = entry.judged;
    decision.served = entry.served;
    decision.grounds.clear();
    const Told told(entry, copy);
    std::size_t next = 0;
    for (const Ground ground : entry.grounds) {
        if (decision.grounds.full()) break;
        GroundHit hit = told.hit(ground);
        for (std::size_t i = next; i < fresh.grounds.size(); ++i) {
            if (fresh.grounds[i].ground != ground) continue;
            hit = fresh.grounds[i];
            next = i + 1;
            break;
        }
        decision.grounds.push_back(hit);
    }
    decision.advice = advice_on(decision, told.emergency_claimed(), {});
    decision.people.clear();
    for (const auto& person : entry.people)
        if (!decision.people.full()) decision.people.push_back({person.role, person.found, person.no, person.outcome});
    return decision;
}

}  // namespace zige::agent
