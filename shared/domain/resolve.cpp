#include "shared/domain/resolve.h"

#include "shared/domain/codes_of_people.h"

namespace zige {
namespace {

Resolved resolve_known(const Registration& person, const RoleRule& rule, const Copy& copy, const Overlay& overlay,
                       Day day) {
    const bool is_auditor = person.category == Category::settlement_auditor;
    if (rule.effect == RoleEffect::refuse_operator && !is_auditor) return {PersonFound::not_judged, nullptr};
    if (rule.external)  // whoever left us, or is not here yet, may well write prescriptions elsewhere
        return {in_service(person, overlay, day) ? PersonFound::registered : PersonFound::external, &person};
    return {copy.judges(person.category) ? PersonFound::registered : PersonFound::not_judged, &person};
}

PersonFound resolve_unknown(std::string_view code, const RoleRule& rule, const Copy& copy, Day day) {
    if (rule.effect == RoleEffect::refuse_operator) return PersonFound::not_judged;  // only auditors are, and they are known
    if (!is_person_code(code)) return PersonFound::unmapped;
    if (rule.external) return PersonFound::external;
    return day < copy.institution().history_from ? PersonFound::unmapped : PersonFound::not_registered;
}

}  // namespace

Resolved resolve(std::string_view code, const RoleRule& rule, const Copy& copy, const Overlay& overlay, Day day) {
    const Copy::Found found = copy.find(code, day);
    switch (found.resolution) {
    case Resolution::known: return resolve_known(*found.registration, rule, copy, overlay, day);
    case Resolution::ambiguous: return {PersonFound::ambiguous, nullptr};
    case Resolution::unknown: return {resolve_unknown(code, rule, copy, day), nullptr};
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
