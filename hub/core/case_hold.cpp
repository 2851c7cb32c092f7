#include "hub/core/case_hold.h"

#include <functional>

#include "hub/core/casework/case_file.h"
#include "hub/core/registry.h"

namespace zige::hub {
namespace {

using Holds = std::function<bool(const CaseFile&, const Track&)>;

Result<void> check_no_case(Tx& tx, PersonId person, const char* field, const std::string& what, const Holds& holds) {
    ZIGE_TRY(numbers, cases_of(tx, person));
    for (const std::uint64_t number : numbers) {
        ZIGE_TRY(file, load_case(tx, number));
        const CasePerson* found = file.find(person);
        if (found == nullptr || !found->track.open() || !holds(file, found->track)) continue;
        const std::string name = std::to_string(number);
        return fail(ErrorId::points_held_by_case, field,
                    what + ": case " + name + "; zige-hub case show " + name + " says which step is next");
    }
    return {};
}

}  // namespace

Result<void> check_not_held(Tx& tx, PersonId person, const std::string& document) {
    return check_no_case(tx, person, "document", document, [&](const CaseFile& file, const Track& track) {
        return notice_of(file, track) == document;
    });
}

Result<void> check_not_held(Tx& tx, const std::string& who, const std::string& document) {
    ZIGE_TRY(person, Registry::find_person_id(tx, who));
    return check_not_held(tx, person, document);
}

Result<void> check_service_not_held(Tx& tx, const std::string& who, const std::string& document) {
    ZIGE_TRY(person, Registry::find_person_id(tx, who));
    return check_no_case(tx, person, "document", document, [&](const CaseFile& file, const Track& track) {
        return notice_of(file, track) == document && track.about_to_serve();
    });
}

Result<void> check_matter_not_held(Tx& tx, PersonId person, const HeldMatter& matter) {
    const std::string what = "the handling of " + format(matter.handled_on) + " at " + matter.institution;
    ZIGE_CHECK(check_no_case(tx, person, "decided_on", what, [&](const CaseFile& file, const Track& track) {
        const StepTaken* facts = track.last(CaseStep::facts);
        if (file.kind != CaseKind::scoring || file.institution != matter.institution || facts == nullptr ||
            track.last(CaseStep::decide) != nullptr)
            return false;
        const auto handled = facts->entries.day("handled_on");
        return handled.ok() && *handled == matter.handled_on;
    }));
    for (const std::string& number : {matter.document, matter.reference}) {
        if (number.empty()) continue;
        ZIGE_CHECK(check_no_case(tx, person, "document", number, [&](const CaseFile& file, const Track& track) {
            const StepTaken* facts = track.last(CaseStep::facts);
            return file.kind == CaseKind::scoring && facts != nullptr && facts->entries.text("handling") == number;
        }));
    }
    return {};
}

Result<void> check_no_open_repair(Tx& tx, PersonId person) {
    return check_no_case(tx, person, "person", "an application for repair",
                         [](const CaseFile& file, const Track&) { return file.kind == CaseKind::repair; });
}

}  // namespace zige::hub
