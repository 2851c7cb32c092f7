#include "shared/domain/overlay.h"

#include "shared/domain/codes_of_people.h"

namespace zige {

std::optional<Overlay::Provisional> provisional_of(Registration person, Day filed_on, const Calendar& calendar) {
    if (person.commitment.kind != CommitmentKind::signed_on || !is_person_code(person.code)) return std::nullopt;
    person.no = {};  // whatever the filing says: nobody has it, and what is filed says nothing of standing
    person.standing.clear();
    return Overlay::Provisional{std::move(person), calendar.add_working_days(filed_on, kProvisionalWorkingDays)};
}

}  // namespace zige
