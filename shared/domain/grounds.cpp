#include "shared/domain/grounds.h"

#include <algorithm>
#include <chrono>

#include "shared/domain/codes_of_people.h"

namespace zige {
namespace {

/// What a role makes of an ineligible person, for the item of this line.
RoleEffect effect_on(const FeeLine& line, const RoleRule& rule) {
    switch (rule.effect) {
        case RoleEffect::refuse_nursing: return line.item == ItemClass::nursing ? RoleEffect::refuse : RoleEffect::mark;
        case RoleEffect::refuse_prescription:
            return line.item == ItemClass::prescription_drug ? RoleEffect::refuse : RoleEffect::mark;
        case RoleEffect::refuse:
        case RoleEffect::warn:
        case RoleEffect::mark:
        case RoleEffect::refuse_operator: return rule.effect;
    }
    return RoleEffect::refuse;
}

GroundHit hit_of_stop(const Stop& stop, const Profile& profile) {
    GroundHit hit;
    hit.ground = stop.department.empty() ? Ground::agreement_stopped : Ground::department_stopped;
    hit.article = stop.article != 0 ? stop.article : profile.article_agreement;
    hit.document = stop.document;
    hit.from = stop.from;
    hit.end = stop.end;
    return hit;
}

/// The grounds of one person.
class PersonGrounds {
public:
    PersonGrounds(const Inquiry& inquiry, std::int8_t index, RoleEffect effect, Day day, Findings& findings)
        : inquiry_(inquiry),
          profile_(inquiry.copy.profile()),
          index_(index),
          effect_(effect),
          day_(day),
          findings_(findings) {}

    void add_standings(const Registration& person) {
        for (const StandingInterval& each : person.standing)
            if (each.status != Standing::normal && each.covers(day_)) add_standing(each);
    }

    /// Departed, not registered, commitment, department, leave: what only a person of this institution has.
    void add_service(const Registration& person) {
        const auto last_day = last_day_of(person, inquiry_.overlay);
        const bool departed = last_day && day_ > *last_day;
        if (departed) {  // XY 18; the last service day is inclusive
            GroundHit hit = person_hit(Ground::departed, Outcome::deny, profile_.article_departed);
            hit.from = *last_day + std::chrono::days{1};
            add(hit);
        } else {
            add_overlay_mark(person);
        }
        add_before_registration(person);
        add_commitment(person.commitment);
        add_department(person);
        add_leave(person);
    }

    /// XY 15, 19: a first registration counts at once; until the hub has taken it the lines are marked. Time alone ends
    /// nothing (P11): past the day on which the hub's answer is expected it goes on.
    void add_newcomer(const Overlay::Provisional& newcomer) {
        add_before_registration(newcomer.person);
        add_department(newcomer.person);
        if (add_region(newcomer.person.code)) return;
        GroundHit hit = person_hit(Ground::provisional, Outcome::allow_marked, 0);
        hit.from = newcomer.person.registered_from;
        hit.nominal_end = newcomer.expected.day + std::chrono::days{1};
        add(hit);
    }

    /// A code that is filed and not confirmed marks its lines. It must not hide somebody of the region's list.
    void add_filed_code(std::string_view code) {
        mark_overlay();
        if (is_person_code(code)) add_region(code);
    }

    /// True if the person is on the list.
    bool add_region(std::string_view code) {
        const IneligibleSet* set = inquiry_.copy.ineligible();
        const auto found = set == nullptr ? std::nullopt : set->find(code, day_);
        if (!found) return false;
        const bool terminated = found->status == Standing::terminated;
        GroundHit hit = person_hit(Ground::region_ineligible, refusal(),
                                   terminated ? profile_.article_terminated : profile_.article_suspended);
        hit.from = found->from;
        hit.end = found->end;
        add(hit, terminated ? Ground::terminated : Ground::suspended);
        return true;
    }

    /// Whoever is on the region's list is not released, nor freed by more than the profile frees, though not registered
    /// here (P1).
    void add_unresolved(PersonFound found, std::string_view code) {
        const bool claimed = findings_.release_claimed() || findings_.emergency_claimed();
        if (claimed && is_person_code(code)) add_region(code);
        switch (found) {
            case PersonFound::not_registered:
                add(person_hit(Ground::not_registered, Outcome::deny, profile_.article_not_registered));
                break;
            case PersonFound::unmapped: add(person_hit(Ground::unmapped, Outcome::hold, 0)); break;
            case PersonFound::ambiguous: add(person_hit(Ground::ambiguous, Outcome::hold, 0)); break;
            case PersonFound::registered:
            case PersonFound::external:
            case PersonFound::not_judged: break;
        }
    }

    /// Says by a ground of its own that the role softened a refusal, and gives back the worst of all.
    Outcome finish() {
        if (softened_) {
            const Ground ground = effect_ == RoleEffect::warn ? Ground::role_warn : Ground::role_mark;
            note(findings_.add(person_hit(ground, Outcome::allow_marked, 0)));
        }
        return worst_;
    }

private:
    /// GD: the pooled fund refuses, the personal account stays open; only for 暂停 and 终止.
    Outcome refusal() const { return profile_.pooled_fund_only ? Outcome::account_only : Outcome::deny; }

    GroundHit person_hit(Ground ground, Outcome outcome, std::uint16_t article) const {
        GroundHit hit;
        hit.ground = ground;
        hit.outcome = outcome;
        hit.person = index_;
        hit.article = article;
        return hit;
    }

    void add_standing(const StandingInterval& interval) {
        const bool terminated = interval.status == Standing::terminated;
        const std::uint16_t usual = terminated ? profile_.article_terminated : profile_.article_suspended;
        GroundHit hit = person_hit(terminated ? Ground::terminated : Ground::suspended, refusal(),
                                   interval.article != 0 ? interval.article : usual);
        hit.document = interval.document;
        hit.from = interval.from;
        hit.end = interval.end;
        hit.nominal_end = interval.nominal_end;
        add(hit);
    }

    /// P11: on a computer whose clock stands at 2009 every fee lies before every registration.
    void add_before_registration(const Registration& person) {
        if (day_ >= person.registered_from) return;
        const Outcome outcome = inquiry_.now.clock_suspect ? Outcome::hold : Outcome::deny;
        GroundHit hit = person_hit(Ground::not_registered, outcome, profile_.article_not_registered);
        hit.end = person.registered_from;
        add(hit);
    }

    /// P11: `due` that has run out is overdue, it becomes `missing` only by an event of the hub.
    void add_commitment(const Commitment& commitment) {
        const std::uint16_t article = profile_.article_no_commitment;
        switch (commitment.kind) {
            case CommitmentKind::baseline:
            case CommitmentKind::signed_on: break;
            case CommitmentKind::due:
                if (commitment.date && day_ > *commitment.date)
                    add(person_hit(Ground::commitment_overdue, Outcome::allow_marked, article));
                else add(person_hit(Ground::commitment_due, Outcome::allow, article));
                break;
            case CommitmentKind::missing:
                if (profile_.missing_commitment_denies) add(person_hit(Ground::no_commitment, Outcome::deny, article));
                else add(person_hit(Ground::commitment_overdue, Outcome::allow_marked, article));
                break;
        }
    }

    /// A counter-filing that the hub has not confirmed marks the lines that pass by it.
    void add_overlay_mark(const Registration& person) {
        const Overlay::Entry* entry = inquiry_.overlay.find(person.no);
        const bool passes_anyway = person.last_day && day_ <= *person.last_day;
        if (entry != nullptr && entry->marked && !passes_anyway) mark_overlay();
    }

    void mark_overlay() {
        if (!marked_) add(person_hit(Ground::local_overlay, Outcome::allow_marked, 0));
        marked_ = true;
    }

    /// No departure, but whose hand was it: 产假, 进修, 援派, in the copy or filed here.
    void add_leave(const Registration& person) {
        if (add_leave(person.leaves)) return;
        if (const auto* filed = inquiry_.overlay.leaves_of(person.no)) add_leave(*filed);
    }

    bool add_leave(const std::vector<Leave>& leaves) {
        const auto leave = std::ranges::find_if(leaves, [&](const Leave& each) { return each.covers(day_); });
        if (leave == leaves.end()) return false;
        GroundHit hit = person_hit(Ground::on_leave, Outcome::allow_marked, 0);
        hit.from = leave->from;
        if (leave->until) hit.end = *leave->until + std::chrono::days{1};
        add(hit);
        return true;
    }

    /// A stopped department reaches the line by the line's own department, else by the person's: the one in the copy,
    /// and the one that is filed here.
    void add_department(const Registration& person) {
        if (!inquiry_.line.department.empty() || effect_ == RoleEffect::refuse_operator) return;
        const Overlay::Change* change = inquiry_.overlay.change_of(person.no);
        for (const Stop& stop : inquiry_.copy.institution().stops) {
            const bool named =
                stop.department == person.department || (change != nullptr && change->department == stop.department);
            if (stop.department.empty() || !named || !stop.covers(day_)) continue;
            GroundHit hit = hit_of_stop(stop, profile_);
            hit.person = index_;
            add(hit);
        }
    }

    void add(const GroundHit& hit) { add(hit, hit.ground); }

    void add(GroundHit hit, Ground like) {
        const bool refuses = worse(hit.outcome, Outcome::allow_marked);
        if (refuses && effect_ == RoleEffect::refuse_operator) {  // N23 三: the operator's right, not the fee
            if (hit.ground != Ground::ambiguous) hit.ground = like = Ground::operator_not_permitted;
            hit.outcome = Outcome::hold;
        } else if (refuses && effect_ != RoleEffect::refuse) {
            hit.outcome = Outcome::allow_marked;
            softened_ = true;
        }
        note(findings_.add(hit, like));
    }

    void note(Outcome outcome) {
        if (worse(outcome, worst_)) worst_ = outcome;
    }

    const Inquiry& inquiry_;
    const Profile& profile_;
    std::int8_t index_;
    RoleEffect effect_;
    Day day_;
    Findings& findings_;
    Outcome worst_ = Outcome::allow;
    bool softened_ = false;
    bool marked_ = false;  // by local_overlay
};

/// Most people: only their card was read. What is filed here or stopped may still stand against them.
bool nothing_to_find(const Inquiry& inquiry, const Resolved& who) {
    return who.plain && inquiry.overlay.empty() && inquiry.copy.institution().stops.empty();
}

/// What other institutions know the person by: not our own alias.
std::string_view code_elsewhere(std::string_view code, const Resolved& who) {
    return who.registration == nullptr || who.registration->code.empty() ? code : who.registration->code;
}

}  // namespace

Outcome line_outcome(const Inquiry& inquiry, Outcome outcome) {
    return worse(outcome, Outcome::allow_marked) && !inquiry.copy.refuses(inquiry.line.txn) ? Outcome::allow_marked
                                                                                            : outcome;
}

void find_stops(const Inquiry& inquiry, Findings& findings) {
    for (const Stop& stop : inquiry.copy.institution().stops) {
        if (!stop.covers(inquiry.day)) continue;
        if (!stop.department.empty() && stop.department != inquiry.line.department) continue;
        GroundHit hit = hit_of_stop(stop, inquiry.copy.profile());
        hit.outcome = line_outcome(inquiry, Outcome::deny);
        findings.add(hit);
    }
}

PersonVerdict judge_person(const Inquiry& inquiry, std::int8_t index, Findings& findings) {
    const PersonOnLine& person = inquiry.line.people[static_cast<std::size_t>(index)];
    PersonVerdict verdict{person.role, PersonFound::not_judged, {}, Outcome::not_judged};
    const RoleRule* rule = inquiry.copy.rule(inquiry.line.txn, person.role);
    if (rule == nullptr) return verdict;
    const bool by_prescription = rule->external && inquiry.line.prescribed_at;
    const Day day = by_prescription ? day_of(*inquiry.line.prescribed_at) : inquiry.day;
    const Resolved who = resolve(person.code, *rule, inquiry.copy, inquiry.overlay, day);
    verdict.found = who.found;
    if (who.found == PersonFound::not_judged) return verdict;
    verdict.no = who.no;
    if (nothing_to_find(inquiry, who)) {
        verdict.outcome = Outcome::allow;
        return verdict;
    }
    PersonGrounds grounds(inquiry, index, effect_on(inquiry.line, *rule), day, findings);
    if (who.registration != nullptr) grounds.add_standings(*who.registration);
    if (who.by_filing) grounds.add_filed_code(person.code);
    if (who.found == PersonFound::registered && who.provisional != nullptr) grounds.add_newcomer(*who.provisional);
    else if (who.found == PersonFound::registered && who.registration != nullptr)
        grounds.add_service(*who.registration);
    else if (who.found == PersonFound::external) grounds.add_region(code_elsewhere(person.code, who));
    else grounds.add_unresolved(who.found, person.code);
    verdict.outcome = grounds.finish();
    return verdict;
}

}  // namespace zige
