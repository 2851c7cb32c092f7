#include "hub/core/schema.h"

#include <array>
#include <utility>

namespace zige::hub {
namespace {

constexpr std::string_view kTables1[] = {
    // Single values: "publish", "epoch", "next_person", "config", "ineligible_salt" ...
    "CREATE TABLE hub_values (name TEXT PRIMARY KEY, number BIGINT, content BYTEA)",
    "CREATE TABLE log (number BIGINT PRIMARY KEY, made_at BIGINT NOT NULL, event BIGINT NOT NULL, actor TEXT NOT NULL, "
    "institution TEXT NOT NULL, record BIGINT NOT NULL, person BIGINT NOT NULL, body TEXT NOT NULL, hash BYTEA NOT "
    "NULL)",
    "CREATE INDEX log_person ON log (person, event)",
    "CREATE INDEX log_event ON log (event)",
    "CREATE TABLE institutions (code TEXT PRIMARY KEY, name TEXT NOT NULL, kind BIGINT NOT NULL, division TEXT NOT "
    "NULL, "
    "mode BIGINT NOT NULL, mode_until BIGINT, strict BIGINT NOT NULL, recovered BIGINT NOT NULL, "
    "history_from BIGINT NOT NULL, limits TEXT NOT NULL, next_no BIGINT NOT NULL)",
    "CREATE TABLE departments (institution TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, "
    "PRIMARY KEY (institution, code))",
    "CREATE TABLE stops (institution TEXT NOT NULL, document TEXT NOT NULL, kind BIGINT NOT NULL, "
    "department TEXT NOT NULL, from_day BIGINT NOT NULL, end_day BIGINT, article BIGINT NOT NULL, "
    "PRIMARY KEY (institution, document, department))",
    "CREATE TABLE persons (id BIGINT PRIMARY KEY, identity_key BYTEA NOT NULL UNIQUE, certificate_type TEXT NOT NULL, "
    "number_sealed BYTEA NOT NULL, name TEXT NOT NULL)",
    "CREATE INDEX persons_name ON persons (name)",
    "CREATE TABLE registrations (institution TEXT NOT NULL, no BIGINT NOT NULL, person BIGINT NOT NULL, code TEXT NOT "
    "NULL, "
    "name TEXT NOT NULL, category BIGINT NOT NULL, post BIGINT NOT NULL, department TEXT NOT NULL, "
    "commitment BIGINT NOT NULL, commitment_day BIGINT, registered_from BIGINT NOT NULL, last_day BIGINT, "
    "PRIMARY KEY (institution, no))",
    "CREATE INDEX registrations_person ON registrations (person)",
    "CREATE INDEX registrations_code ON registrations (code)",
    "CREATE TABLE aliases (institution TEXT NOT NULL, no BIGINT NOT NULL, target BIGINT NOT NULL, code TEXT NOT NULL, "
    "PRIMARY KEY (institution, no))",
    "CREATE INDEX aliases_code ON aliases (code)",
    // What agents have: the bytes under each leaf as published last.
    "CREATE TABLE records (institution TEXT NOT NULL, no BIGINT NOT NULL, content BYTEA NOT NULL, leaf BYTEA NOT NULL, "
    "changed_seq BIGINT NOT NULL, whole_seq BIGINT NOT NULL, PRIMARY KEY (institution, no))",
    // Every state for ever: one byte string per (epoch, seq).
    "CREATE TABLE states (institution TEXT NOT NULL, epoch BIGINT NOT NULL, seq BIGINT NOT NULL, hash BYTEA NOT NULL, "
    "content BYTEA NOT NULL, published_at BIGINT NOT NULL, PRIMARY KEY (institution, epoch, seq))",
    "CREATE INDEX states_hash ON states (institution, hash)",
    "CREATE TABLE configs (hash BYTEA PRIMARY KEY, content BYTEA NOT NULL)",
    "CREATE TABLE profiles (id TEXT NOT NULL, version BIGINT NOT NULL, content BYTEA NOT NULL, adopted_at BIGINT NOT "
    "NULL, "
    "PRIMARY KEY (id, version))",
    "CREATE TABLE undecided (profile TEXT NOT NULL, version BIGINT NOT NULL, name TEXT NOT NULL, note TEXT NOT NULL, "
    "confirmed_by TEXT NOT NULL, confirmed_at BIGINT NOT NULL, PRIMARY KEY (profile, version, name))",
    "CREATE TABLE ineligible (id BIGINT PRIMARY KEY, code_key BYTEA NOT NULL, status BIGINT NOT NULL, "
    "from_day BIGINT NOT NULL, end_day BIGINT, added BIGINT NOT NULL, removed BIGINT NOT NULL)",
    "CREATE TABLE trust (version BIGINT PRIMARY KEY, content BYTEA NOT NULL)",
    "CREATE TABLE tokens (hash BYTEA PRIMARY KEY, institution TEXT NOT NULL, issued_at BIGINT NOT NULL, "
    "expires BIGINT NOT NULL, agent BIGINT NOT NULL)",
    // revoked: number of the reason, 0 while in service.
    "CREATE TABLE agents (id BIGINT PRIMARY KEY, institution TEXT NOT NULL, chapter BIGINT NOT NULL, "
    "signing_key BYTEA NOT NULL UNIQUE, sealing_key BYTEA NOT NULL, tls_key BYTEA NOT NULL UNIQUE, "
    "certificate BYTEA NOT NULL, certificate_until BIGINT NOT NULL, enrolled_at BIGINT NOT NULL, revoked BIGINT NOT "
    "NULL, revoked_at BIGINT, replaced_by BIGINT NOT NULL, frozen BIGINT NOT NULL, "
    "held BIGINT NOT NULL, held_hash BYTEA NOT NULL, last_contact BIGINT, have_seq BIGINT NOT NULL, "
    "software TEXT NOT NULL, clock_suspect BIGINT NOT NULL, clock_unknown BIGINT NOT NULL, "
    "waiting_entries BIGINT NOT NULL, waiting_filings BIGINT NOT NULL)",
    "CREATE TABLE journal (agent BIGINT NOT NULL, chapter BIGINT NOT NULL, idx BIGINT NOT NULL, institution TEXT NOT "
    "NULL, "
    "kind BIGINT NOT NULL, fee_time BIGINT, content BYTEA NOT NULL, hash BYTEA NOT NULL, received_at BIGINT NOT NULL, "
    "PRIMARY KEY (agent, chapter, idx))",
    "CREATE INDEX journal_kind ON journal (institution, kind)",
    // Entries that contradict what is held: the other branch of a clone or a restored image.
    "CREATE TABLE journal_forks (agent BIGINT NOT NULL, chapter BIGINT NOT NULL, idx BIGINT NOT NULL, hash BYTEA NOT "
    "NULL, "
    "content BYTEA NOT NULL, received_at BIGINT NOT NULL, PRIMARY KEY (agent, chapter, idx, hash))",
    "CREATE TABLE batches (agent BIGINT NOT NULL, chapter BIGINT NOT NULL, first_idx BIGINT NOT NULL, "
    "last_idx BIGINT NOT NULL, signature BYTEA NOT NULL, PRIMARY KEY (agent, chapter, first_idx, last_idx))",
    "CREATE TABLE filings (uuid BYTEA PRIMARY KEY, institution TEXT NOT NULL, agent BIGINT NOT NULL, kind BIGINT NOT "
    "NULL, "
    "content BYTEA NOT NULL, accepted BIGINT NOT NULL, reason BIGINT NOT NULL, in_seq BIGINT NOT NULL, "
    "record BIGINT NOT NULL, last_day BIGINT, withdrawn BIGINT NOT NULL, window_day BIGINT, receipt TEXT NOT NULL, "
    "hub_before BIGINT NOT NULL, hub_after BIGINT NOT NULL)",
    "CREATE INDEX filings_institution ON filings (institution, kind)",
    "CREATE TABLE blobs (hash BYTEA PRIMARY KEY, from_hash BYTEA NOT NULL, to_hash BYTEA NOT NULL, institution TEXT "
    "NOT NULL, "
    "manifest BYTEA NOT NULL, content BYTEA NOT NULL, made_at BIGINT NOT NULL)",
    "CREATE INDEX blobs_way ON blobs (institution, from_hash, to_hash)",
};

// Everything that institutions file beside departures.
constexpr std::string_view kTablesOfFilings[] = {
    // Institutions of one owner share its name; empty: an owner of its own.
    "ALTER TABLE institutions ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
    // given: the number that a registration or alias got. hub_owned: the hub set the last day, institutions no more.
    "ALTER TABLE filings ADD COLUMN given BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE filings ADD COLUMN hub_owned BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE filings ADD COLUMN dispute TEXT NOT NULL DEFAULT ''",
    // Which registrations and aliases a filing began or ended: what its undoing reverses.
    "CREATE TABLE filing_effects (uuid BYTEA NOT NULL, institution TEXT NOT NULL, no BIGINT NOT NULL, "
    "began BIGINT NOT NULL, PRIMARY KEY (uuid, institution, no))",
    "CREATE TABLE leaves (institution TEXT NOT NULL, no BIGINT NOT NULL, from_day BIGINT NOT NULL, until_day BIGINT, "
    "kind BIGINT NOT NULL, uuid BYTEA NOT NULL, PRIMARY KEY (institution, no, from_day))",
    // Ends of contracts: when they pass somebody is asked, nobody is refused.
    "CREATE TABLE contract_ends (institution TEXT NOT NULL, no BIGINT NOT NULL, until_day BIGINT NOT NULL, "
    "PRIMARY KEY (institution, no))",
    "CREATE TABLE duty_sessions (institution TEXT NOT NULL, no BIGINT NOT NULL, from_time BIGINT NOT NULL, "
    "until_time BIGINT, PRIMARY KEY (institution, no, from_time))",
    "CREATE TABLE presence_questions (institution TEXT NOT NULL, no BIGINT NOT NULL, asked_at BIGINT NOT NULL, "
    "reason TEXT NOT NULL, answered_at BIGINT, present BIGINT NOT NULL, note TEXT NOT NULL, "
    "PRIMARY KEY (institution, no, asked_at))",
    // 8-digit codes that were read over the phone before their filing came.
    "CREATE TABLE filing_codes (institution TEXT NOT NULL, code TEXT NOT NULL, entered_at BIGINT NOT NULL, "
    "entered_by TEXT NOT NULL, filing BYTEA, PRIMARY KEY (institution, code, entered_at))",
};

constexpr std::string_view kRecovery[] = {
    "CREATE TABLE incidents (id BIGINT PRIMARY KEY, kind BIGINT NOT NULL, institution TEXT NOT NULL, agent BIGINT NOT "
    "NULL, chapter BIGINT NOT NULL, opened_at BIGINT NOT NULL, evidence TEXT NOT NULL, resolved_at BIGINT, resolved_by "
    "TEXT NOT NULL, resolution TEXT NOT NULL)",
    "CREATE INDEX incidents_kind ON incidents (kind, agent)",
    // Chapters that an agent left: how far they are held, and where they end by the first entry of the next one.
    "CREATE TABLE chapters (agent BIGINT NOT NULL, chapter BIGINT NOT NULL, held BIGINT NOT NULL, held_hash BYTEA NOT "
    "NULL, end_size BIGINT, end_hash BYTEA, PRIMARY KEY (agent, chapter))",
    // What agents handed in after a recovery, by the epoch that it began.
    "CREATE TABLE hand_ins (epoch BIGINT NOT NULL, agent BIGINT NOT NULL, state BYTEA NOT NULL, institution TEXT NOT "
    "NULL, made_at BIGINT NOT NULL, standings BIGINT NOT NULL, departures BIGINT NOT NULL, stops BIGINT NOT NULL, kept "
    "BIGINT NOT NULL, PRIMARY KEY (epoch, agent, state))",
    // Records of people whom the database lost, as agents had them.
    "CREATE TABLE kept_records (institution TEXT NOT NULL, no BIGINT NOT NULL, content BYTEA NOT NULL, PRIMARY KEY "
    "(institution, no))",
    // The chapter that an operator opened and the agent has not started, and for which journal.
    "ALTER TABLE agents ADD COLUMN open_chapter BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE agents ADD COLUMN open_branch BIGINT NOT NULL DEFAULT 0",
    // Prolongations that were read out to it, and the trust document that it held when it was heard last.
    "ALTER TABLE agents ADD COLUMN phone_serial BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE agents ADD COLUMN trust_version BIGINT NOT NULL DEFAULT 0",
};

constexpr std::string_view kSuccession[] = {
    // The agent whose place whoever enrols with the token takes; 0: nobody's.
    "ALTER TABLE tokens ADD COLUMN replaces BIGINT NOT NULL DEFAULT 0",
    // The last day that the registration had before the filing ended it.
    "ALTER TABLE filing_effects ADD COLUMN day_before BIGINT",
};

constexpr std::string_view kFormerCodes[] = {
    // National codes, licence numbers and codes of a HIS that a registration had: they go on naming the person.
    "CREATE TABLE former_codes (institution TEXT NOT NULL, no BIGINT NOT NULL, code TEXT NOT NULL, "
    "PRIMARY KEY (institution, no, code))",
    "CREATE INDEX former_codes_code ON former_codes (code)",
};

constexpr std::string_view kMergedPeople[] = {
    // Whose file is kept under another number since both proved to be one person; never a chain.
    "CREATE TABLE merged_people (old BIGINT PRIMARY KEY, kept BIGINT NOT NULL)",
    "CREATE INDEX merged_people_kept ON merged_people (kept)",
};

constexpr std::string_view kProfileFiles[] = {
    // Whole profile files, the part for scoring included. adopted: 0 while only kept, else in the order of adoption.
    "CREATE TABLE profile_files (id TEXT NOT NULL, version BIGINT NOT NULL, hash BYTEA NOT NULL, content BYTEA NOT "
    "NULL, kept_at BIGINT NOT NULL, adopted BIGINT NOT NULL, PRIMARY KEY (id, version))",
};

constexpr std::string_view kPapers[] = {
    // Papers as they were issued, byte for byte, and what they were printed from.
    "CREATE TABLE papers (id BIGINT PRIMARY KEY, kind BIGINT NOT NULL, format BIGINT NOT NULL, document TEXT NOT NULL, "
    "institution TEXT NOT NULL, person BIGINT NOT NULL, hash BYTEA NOT NULL, issued_at BIGINT NOT NULL, actor TEXT NOT "
    "NULL, markup TEXT NOT NULL, content BYTEA NOT NULL)",
    "CREATE INDEX papers_document ON papers (document)",
};

constexpr std::string_view kCases[] = {
    // Casework: one matter at one institution. filing: UUID of the filing that opened it; empty: an operator did.
    "CREATE TABLE cases (number BIGINT PRIMARY KEY, kind BIGINT NOT NULL, institution TEXT NOT NULL, opened_at BIGINT "
    "NOT NULL, opened_on BIGINT NOT NULL, opened_by TEXT NOT NULL, text TEXT NOT NULL, document TEXT NOT NULL, filing "
    "TEXT NOT NULL, reviewer TEXT NOT NULL, rules TEXT NOT NULL, rules_version BIGINT NOT NULL)",
    // How far it is with each person.
    "CREATE TABLE case_people (case_number BIGINT NOT NULL, person BIGINT NOT NULL, state BIGINT NOT NULL, PRIMARY KEY "
    "(case_number, person))",
    "CREATE INDEX case_people_person ON case_people (person)",
    "CREATE INDEX case_people_state ON case_people (state)",
    // Who did what when: entries, outcome and the time limits as they were shown, as Fields.
    "CREATE TABLE case_steps (case_number BIGINT NOT NULL, idx BIGINT NOT NULL, person BIGINT NOT NULL, step BIGINT NOT "
    "NULL, state BIGINT NOT NULL, actor TEXT NOT NULL, taken_at BIGINT NOT NULL, on_day BIGINT NOT NULL, entries TEXT "
    "NOT NULL, outcome TEXT NOT NULL, shown TEXT NOT NULL, PRIMARY KEY (case_number, idx))",
};

constexpr std::string_view kCasePapers[] = {
    // Papers that were made for a case.
    "CREATE TABLE case_papers (paper BIGINT PRIMARY KEY, case_number BIGINT NOT NULL)",
    "CREATE INDEX case_papers_case ON case_papers (case_number)",
};

// Of what was written before: the line "document=..." of the body, without the escapes of fields.cpp.
constexpr std::string_view kNoticeNumbers[] = {
    // Where the log decides points (63) or begins a sanction (16), by the number of the notice.
    "CREATE TABLE notice_numbers (document TEXT NOT NULL, number BIGINT NOT NULL, PRIMARY KEY (document, number))",
    "INSERT INTO notice_numbers (document, number) SELECT replace(replace(replace(substr(w.rest, 1, strpos(w.rest, "
    "chr(10)) - 1), '\\\\', chr(1)), '\\n', chr(10)), chr(1), '\\'), w.number FROM (SELECT l.number, "
    "substr(chr(10) || l.body, strpos(chr(10) || l.body, chr(10) || 'document=') + 10) AS rest FROM log l WHERE "
    "l.event IN (16, 63) AND strpos(chr(10) || l.body, chr(10) || 'document=') > 0) w",
};

constexpr Migration kMigrations[] = {{1, kTables1},      {2, kTablesOfFilings}, {3, kRecovery},
                                     {4, kSuccession},   {5, kFormerCodes},     {6, kMergedPeople},
                                     {7, kProfileFiles}, {8, kPapers},          {9, kCases},
                                     {10, kCasePapers},    {11, kNoticeNumbers}};

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

std::string in_dialect(std::string_view ddl, Dialect dialect) {
    std::string text(ddl);
    if (dialect == Dialect::postgresql) return text;
    replace_all(text, "BIGINT", "INTEGER");
    replace_all(text, "BYTEA", "BLOB");
    replace_all(text, "strpos(", "instr(");
    replace_all(text, "chr(", "char(");
    if (text.starts_with("CREATE TABLE")) text += " STRICT";
    return text;
}

}  // namespace zige::hub
