#include "shared/domain/resolve.h"

#include "shared/domain/codes_of_people.h"

namespace zige {
namespace {

Resolved resolve_known(const Copy::Found& who, const RoleRule& rule, const Copy& copy, const Overlay& overlay,
                       Day day) {
    Resolved result{PersonFound::registered, who.registration, who.no, who.plain};
    if (rule.external) {  // whoever left us, or is not here yet, may well write prescriptions elsewhere
        if (!in_service(*who.registration, overlay, day)) result.found = PersonFound::external;
        return result;
    }
    const bool other_operator =
        rule.effect == RoleEffect::refuse_operator && who.category != Category::settlement_auditor;
    if (other_operator || !copy.judges(who.category)) result.found = PersonFound::not_judged;
    return result;
}

PersonFound resolve_unknown(std::string_view code, const RoleRule& rule, const Copy& copy, Day day) {
    if (rule.effect == RoleEffect::refuse_operator)
        return PersonFound::not_judged;  // only auditors are, and they are known
    if (!is_person_code(code)) return PersonFound::unmapped;
    if (rule.external) return PersonFound::external;
    return day < copy.institution().history_from ? PersonFound::unmapped : PersonFound::not_registered;
}

}  // namespace

Resolved resolve(std::string_view code, const RoleRule& rule, const Copy& copy, const Overlay& overlay, Day day) {
    const Copy::Found found = copy.find(code, day);
    switch (found.resolution) {
        case Resolution::known: return resolve_known(found, rule, copy, overlay, day);
        case Resolution::ambiguous: return {PersonFound::ambiguous, nullptr, {}, false};
        case Resolution::unknown: return {resolve_unknown(code, rule, copy, day), nullptr, {}, false};
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
