#include "hub/core/casework/handling_rules.h"

namespace zige::hub {

Result<AdoptedRules> rules_of_handling(Tx& tx, const RuleShelf& shelf, const CaseFile& file, const Track& track) {
    if (const StepTaken* facts = track.last(CaseStep::facts)) {
        ZIGE_TRY(handled, facts->entries.maybe_day("handled_on"));
        if (handled) {
            auto of_day = shelf.on(tx, *handled);
            if (of_day.ok()) return of_day;
            const ErrorId why = of_day.error().id;
            if (why != ErrorId::rules_not_in_force && why != ErrorId::rules_missing) return of_day.error();
        }
    }
    return shelf.version(tx, file.rules, file.rules_version);
}

}  // namespace zige::hub
