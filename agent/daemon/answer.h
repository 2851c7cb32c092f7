#pragma once

#include "shared/domain/decide.h"
#include "shared/domain/departure.h"
#include "shared/poco/json.h"

namespace zige::daemon {

/// {"code": "suspended", "number": 4, "text_zh": "...", "text_en": "..."} of any code of the registry.
template <class Code>
Json code_json(Code code) {
    return Json::object({{"code", to_string(code)},
                         {"number", static_cast<int>(code)},
                         {"text_zh", text(code, Lang::zh)},
                         {"text_en", text(code, Lang::en)}});
}

Json day_json(const std::optional<Day>& day);  ///< "2026-09-18" or null
Json due_json(const DueDate& due);             ///< {"day": ..., "provisional": ...}
/// A day that has to be there, "2026-09-18". api_missing_field, api_bad_field, time_bad_day.
Result<Day> day_member(const Json& body, std::string_view key);

/// One decided line with all its grounds (P6): outcome as served, judged, grounds, people, advice, cost_to_patient.
/// `copy` is the one it was decided by.
Json decision_json(std::string_view line_id, const Decision& decision, const FeeLine& line, const Copy& copy);

/// Adds last day, due date, stage and working days left of a leaver's duty (P7).
void add_duty(Json& to, const DepartureDuty& duty);

}  // namespace zige::daemon
