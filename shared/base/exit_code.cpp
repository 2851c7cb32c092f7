#include "shared/base/exit_code.h"

#include <algorithm>

namespace zige {
namespace {

struct Row {
    ErrorId error;
    Exit exit;
};

/// Where Errc alone would mislead whoever reads the exit code.
constexpr Row kRows[] = {
    // The call was right, but what is there says no.
    {ErrorId::points_document_used, Exit::refused},    {ErrorId::points_decision_withdrawn, Exit::refused},
    {ErrorId::points_not_repairable, Exit::refused},   {ErrorId::points_repair_used_up, Exit::refused},
    {ErrorId::points_nothing_to_repair, Exit::refused}, {ErrorId::points_not_suspended, Exit::refused},
    {ErrorId::points_barred, Exit::refused},
    {ErrorId::enrol_already, Exit::refused},           {ErrorId::departure_already, Exit::refused},
    {ErrorId::filing_not_pending, Exit::refused},      {ErrorId::filing_frozen, Exit::refused},
    {ErrorId::filing_conflict, Exit::refused},         {ErrorId::filing_already_registered, Exit::refused},
    {ErrorId::filing_alias_taken, Exit::refused},      {ErrorId::filing_leave_overlaps, Exit::refused},
    {ErrorId::filing_session_open, Exit::refused},     {ErrorId::filing_session_not_open, Exit::refused},
    {ErrorId::phone_code_used, Exit::refused},         {ErrorId::local_key_name_taken, Exit::refused},
    {ErrorId::hub_already_initialised, Exit::refused}, {ErrorId::hub_not_recovering, Exit::refused},
    {ErrorId::institution_exists, Exit::refused},      {ErrorId::institution_value_undecided, Exit::refused},
    {ErrorId::sanction_overlaps, Exit::refused},       {ErrorId::incident_already_resolved, Exit::refused},
    {ErrorId::case_wrong_step, Exit::refused},         {ErrorId::case_step_missing, Exit::refused},
    {ErrorId::case_closed, Exit::refused},             {ErrorId::case_too_early, Exit::refused},
    {ErrorId::person_ambiguous, Exit::refused},        {ErrorId::code_taken, Exit::refused},
    {ErrorId::hub_agent_ended, Exit::refused},         {ErrorId::filing_not_departed, Exit::refused},
    {ErrorId::filing_not_asked, Exit::refused},        {ErrorId::local_too_many_keys, Exit::refused},
    {ErrorId::file_exists, Exit::refused},             {ErrorId::statement_older, Exit::refused},
    {ErrorId::statement_expired, Exit::refused},

    {ErrorId::filing_unknown_person, Exit::not_found}, {ErrorId::filing_unknown_institution, Exit::not_found},

    // Damaged data, whoever wrote it.
    {ErrorId::config_unreadable, Exit::io},            {ErrorId::db_constraint, Exit::io},

    {ErrorId::file_not_private, Exit::untrusted},      {ErrorId::file_permission, Exit::untrusted},
    {ErrorId::trust_no_quorum, Exit::untrusted},       {ErrorId::trust_key_unknown, Exit::untrusted},
    {ErrorId::trust_other_document, Exit::untrusted},  {ErrorId::crypto_bad_key, Exit::untrusted},

    {ErrorId::api_overloaded, Exit::unavailable},      {ErrorId::hub_behind_witness, Exit::unavailable},
    {ErrorId::hub_behind_agent, Exit::unavailable},

    {ErrorId::agent_not_enrolled, Exit::not_set_up},   {ErrorId::hub_not_initialised, Exit::not_set_up},
};

Exit exit_of_class(Errc code) {
    switch (code) {
        case Errc::invalid: return Exit::usage;
        case Errc::not_found: return Exit::not_found;
        case Errc::busy: return Exit::busy;
        case Errc::untrusted: return Exit::untrusted;
        case Errc::unavailable:
        case Errc::gap:
        case Errc::stale: return Exit::unavailable;
        case Errc::corrupt:
        case Errc::io:
        case Errc::unsupported:
        case Errc::internal: return Exit::io;
    }
    return Exit::io;
}

}  // namespace

Exit exit_of(ErrorId error) {
    const auto* const row = std::ranges::find(kRows, error, &Row::error);
    return row == std::end(kRows) ? exit_of_class(errc_of(error)) : row->exit;
}

}  // namespace zige
