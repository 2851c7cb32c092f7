#pragma once

#include <string>

#include "shared/base/codes.h"
#include "shared/base/exit_code.h"
#include "shared/base/result.h"
#include "shared/poco/json.h"

namespace zige::daemon {

/// What a person reads of an answer of the local interface: Chinese or English, aligned, with the next step.
std::string print_decisions(const Json& answer, Lang lang);  ///< of check and clear
std::string print_found_decision(const Json& answer, Lang lang);
std::string print_departure(const Json& departure, Lang lang);  ///< one, after depart, undo or confirm
std::string print_filing(const Json& filing, Lang lang);        ///< one
std::string print_filings(const Json& answer, Lang lang);
std::string print_evidence(const Json& duty, Lang lang);  ///< one, after it was recorded
std::string print_evidence_list(const Json& answer, Lang lang);
std::string print_mapping(const Json& answer, Lang lang);
std::string print_reversal(const Json& answer, Lang lang);
std::string print_receipt_check(const Json& answer, Lang lang);
std::string print_departures(const Json& answer, Lang lang);
std::string print_notice(std::string_view command, const Json& answer, Lang lang);
std::string print_status(const Json& answer, Lang lang);
std::string print_sync(const Json& answer, Lang lang);
std::string print_journal(const Json& answer, Lang lang);
std::string print_calendar_due(const Json& answer, Lang lang);
std::string print_calendar_year(const Json& answer, Lang lang);
std::string print_keys(const Json& answer, Lang lang);
std::string print_clerks(const Json& answer, Lang lang);
std::string print_clerk(std::string_view command, const Json& answer, Lang lang);  ///< after add, pin or remove
std::string print_new_key(const Json& answer, Lang lang);
std::string print_error(const Error& error, Lang lang);

/// Exit::refused when a line was refused or held, or has no answer.
Exit exit_of_decisions(const Json& answer);

/// The member at "copy.freshness.zh"; null when there is none.
const Json& at(const Json& value, std::string_view path);
/// A text or number as it stands, "" otherwise.
std::string words(const Json& value, std::string_view path = {});
bool is_true(const Json& value, std::string_view path);
/// The text of a code in the language.
std::string coded(const Json& value, std::string_view path, Lang lang);

}  // namespace zige::daemon
