#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace zige::hub {

/// Every statement that the hub runs, by name. Placeholders are $1, $2 ... in the order of their first use, each used
/// once: SQLite and PostgreSQL take the same text.
enum class Sql : std::uint16_t {
    // values
    value_get,
    value_set_number,
    value_set_content,
    // the log
    log_append,
    log_tip,
    log_hash_at,
    log_page,
    log_sanctions_of_person,
    log_sanctions_at_institution,
    log_all_sanctions,
    // institutions
    institution_put,
    institution_get,
    institution_describe,
    institution_mode,
    institution_limits,
    institution_codes,
    institution_count,
    institution_next_no,
    institution_take_no,
    department_put,
    departments_of,
    stop_put,
    stop_end,
    stops_of,
    // people
    person_put,
    person_rename,
    person_by_key,
    person_get,
    person_count,
    people_with_name,
    people_with_code,
    people_with_code_at,
    person_of_record,
    institutions_of_person,
    registration_put,
    registration_get,
    registrations_of,
    registrations_of_person,
    registration_details,
    registration_last_day,
    alias_put,
    aliases_of,
    codes_of_sanctioned,
    // states
    records_of,
    records_since,
    record_put,
    record_patch,
    state_put,
    state_last,
    state_by_hash,
    config_put,
    config_get,
    blob_manifest,
    blob_put,
    blob_size,
    blob_chunk,
    blob_purge,
    // policy and region
    profile_put,
    profile_get,
    undecided_put,
    undecided_of,
    undecided_confirm,
    ineligible_now,
    ineligible_count,
    ineligible_add,
    ineligible_remove,
    ineligible_added_since,
    ineligible_removed_since,
    // trust and agents
    trust_put,
    trust_all,
    token_put,
    token_get,
    token_use,
    agent_put,
    agent_get,
    agent_enrolled,
    agent_with_keys,
    agent_by_tls_key,
    agent_held,
    agent_health,
    agent_all,
    agent_life,
    agent_life_all,
    agent_revoke,
    agent_certificate,
    // journals and filings
    journal_append,
    journal_hash_at,
    journal_range,
    journal_of_kind,
    fork_get,
    fork_put,
    batch_put,
    filing_put,
    filing_get,
    filing_withdraw,
    filing_window,
    departures_of,
    // what institutions file
    institution_owner_get,
    institution_owner_set,
    person_identify,
    registration_person,
    registration_commitment,
    alias_remove,
    leave_put,
    leave_end,
    leave_remove,
    leaves_of,
    contract_end_put,
    contract_ends_before,
    duty_session_put,
    duty_session_end,
    duty_sessions_open,
    duty_sessions_of,
    presence_ask,
    presence_open,
    presence_answer,
    presence_all,
    filing_effect_put,
    filing_effects_of,
    filing_standing,
    filing_amend,
    filing_last_day,
    filing_withdraw_of_person,
    filing_own,
    filing_dispute,
    filing_prove,
    filings_all,
    filing_code_put,
    filing_codes_open,
    filing_codes_all,
    filing_code_match,
    agent_sealing_key,
};

struct Statement {
    Sql id;
    const char* name;
    std::string_view columns;  ///< of the answer: n number, t text, b bytes; each may be null
    std::string_view text;
};

/// By id.
std::span<const Statement> statements();
const Statement& statement(Sql id);

}  // namespace zige::hub
