#include "shared/domain/resolve.h"

#include "shared/domain/codes_of_people.h"

namespace zige {
namespace {

/// What all steps of one resolution look at.
struct Question {
    std::string_view code;
    const RoleRule& rule;
    const Copy& copy;
    const Overlay& overlay;
    Day day;
};

/// Whether people of this category are judged in this role.
bool judges(const Question& asked, Category category) {
    const bool other_operator =
        asked.rule.effect == RoleEffect::refuse_operator && category != Category::settlement_auditor;
    return !other_operator && asked.copy.judges(category);
}

/// A category that is filed and not confirmed may bring somebody into scope, never out of it.
bool judges(const Question& asked, const Copy::Found& who) {
    if (judges(asked, who.category)) return true;
    const Overlay::Change* change = asked.overlay.change_of(who.no);
    return change != nullptr && change->category && judges(asked, *change->category);
}

/// Somebody who is not in the copy, or had left before a new registration was filed.
Resolved resolve_newcomer(const Question& asked, const Overlay::Provisional& newcomer, const Registration* before) {
    Resolved result{PersonFound::registered, before, {}, false, &newcomer, false};
    if (asked.rule.external) {
        if (asked.day < newcomer.person.registered_from) result.found = PersonFound::external;
    } else if (!judges(asked, newcomer.person.category)) {
        result.found = PersonFound::not_judged;
    }
    return result;
}

/// A new registration that has begun by `day`, of somebody who had left before it begins.
const Overlay::Provisional* newcomer_again(const Question& asked, const Registration& person) {
    if (asked.overlay.provisional.empty()) return nullptr;
    const Overlay::Provisional* newcomer = asked.overlay.newcomer(person.code);
    const auto last_day = last_day_of(person, asked.overlay);
    const bool comes_after = newcomer != nullptr && last_day && newcomer->person.registered_from > *last_day;
    return comes_after && asked.day >= newcomer->person.registered_from ? newcomer : nullptr;
}

Resolved resolve_known(const Question& asked, const Copy::Found& who, bool by_filing) {
    if (const auto* newcomer = newcomer_again(asked, *who.registration))
        return resolve_newcomer(asked, *newcomer, who.registration);
    Resolved result{PersonFound::registered, who.registration, who.no, who.plain, nullptr, by_filing};
    if (asked.rule.external) {  // whoever left us, or is not here yet, may well write prescriptions elsewhere
        if (!in_service(*who.registration, asked.overlay, asked.day)) result.found = PersonFound::external;
        return result;
    }
    if (!judges(asked, who)) result.found = PersonFound::not_judged;
    return result;
}

PersonFound resolve_unknown(const Question& asked) {
    if (asked.rule.effect == RoleEffect::refuse_operator)
        return PersonFound::not_judged;  // only auditors are, and they are known
    if (!is_person_code(asked.code)) return PersonFound::unmapped;
    if (asked.rule.external) return PersonFound::external;
    return asked.day < asked.copy.institution().history_from ? PersonFound::unmapped : PersonFound::not_registered;
}

/// A code that neither a registration nor an alias in the copy has.
Resolved resolve_filed(const Question& asked) {
    const Overlay::Code* filed = asked.overlay.code(asked.code);
    const Registration* target = filed == nullptr || filed->removed ? nullptr : asked.copy.by_number(filed->target);
    if (target != nullptr)
        return resolve_known(asked, {Resolution::known, target, target->no, target->category, false}, true);
    if (const auto* newcomer = asked.overlay.newcomer(asked.code)) return resolve_newcomer(asked, *newcomer, nullptr);
    return {resolve_unknown(asked), nullptr, {}, false, nullptr, false};
}

bool is_removed(const Question& asked) {
    const Overlay::Code* filed = asked.overlay.code(asked.code);
    return filed != nullptr && filed->removed;
}

}  // namespace

Resolved resolve(std::string_view code, const RoleRule& rule, const Copy& copy, const Overlay& overlay, Day day) {
    const Question asked{code, rule, copy, overlay, day};
    const Copy::Found found = copy.find(code, day);
    switch (found.resolution) {
        case Resolution::known: return resolve_known(asked, found, is_removed(asked));
        case Resolution::ambiguous: return {PersonFound::ambiguous, nullptr, {}, false, nullptr, false};
        case Resolution::unknown: return resolve_filed(asked);
    }
    return {};
}

std::optional<Day> last_day_of(const Registration& registration, const Overlay& overlay) {
    const Overlay::Entry* entry = overlay.find(registration.no);
    return entry == nullptr ? registration.last_day : entry->last_day;
}

bool in_service(const Registration& registration, const Overlay& overlay, Day day) {
    const auto last_day = last_day_of(registration, overlay);
    return registration.registered_from <= day && (!last_day || day <= *last_day);
}

}  // namespace zige
