#include "hub/core/statements.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "hub/core/casework/case_statements.h"
#include "hub/core/paper_statements.h"

namespace zige::hub {
namespace {

constexpr Statement kStatements[] = {
    {Sql::value_get, "value_get", "nb", "SELECT number, content FROM hub_values WHERE name = $1"},
    {Sql::value_set_number, "value_set_number", "",
     "INSERT INTO hub_values (name, number) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET number = excluded.number"},
    {Sql::value_set_content, "value_set_content", "",
     "INSERT INTO hub_values (name, content) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET content = "
     "excluded.content"},
    {Sql::savepoint, "savepoint", "", "SAVEPOINT one_change"},
    {Sql::savepoint_back, "savepoint_back", "", "ROLLBACK TO SAVEPOINT one_change"},
    {Sql::savepoint_release, "savepoint_release", "", "RELEASE SAVEPOINT one_change"},
    {Sql::log_append, "log_append", "",
     "INSERT INTO log (number, made_at, event, actor, institution, record, person, body, hash) VALUES "
     "($1, $2, $3, $4, $5, $6, $7, $8, $9)"},
    {Sql::log_tip, "log_tip", "nb", "SELECT number, hash FROM log ORDER BY number DESC LIMIT 1"},
    {Sql::log_hash_at, "log_hash_at", "b", "SELECT hash FROM log WHERE number = $1"},
    {Sql::log_page, "log_page", "nnnttnntb",
     "SELECT number, made_at, event, actor, institution, record, person, body, hash FROM log WHERE "
     "number > $1 ORDER BY number LIMIT $2"},
    {Sql::log_sanctions_of_person, "log_sanctions_of_person", "nnnttnntb",
     "SELECT number, made_at, event, actor, institution, record, person, body, hash FROM log WHERE "
     "person IN (SELECT id FROM persons WHERE id = $1 UNION SELECT old FROM merged_people WHERE kept = $2) AND event "
     "IN ($3, $4, $5) ORDER BY number"},
    {Sql::log_career_of_person, "log_career_of_person", "nnnttnntb",
     "SELECT l.number, l.made_at, l.event, l.actor, l.institution, l.record, COALESCE(m.kept, l.person), l.body, "
     "l.hash FROM log l LEFT JOIN merged_people m ON m.old = l.person WHERE l.person IN (SELECT id FROM persons WHERE "
     "id = $1 UNION SELECT old FROM merged_people WHERE kept = $2) AND l.event IN ($3, $4, $5, $6, $7, $8, $9, $10, "
     "$11) ORDER BY l.number"},
    {Sql::log_sanctions_at_institution, "log_sanctions_at_institution", "nnnttnntb",
     "SELECT l.number, l.made_at, l.event, l.actor, l.institution, l.record, COALESCE(m.kept, l.person), l.body, "
     "l.hash FROM log l LEFT JOIN merged_people m ON m.old = l.person WHERE l.event IN ($1, $2, $3) AND l.person IN "
     "(SELECT person FROM registrations WHERE institution = $4 UNION SELECT o.old FROM merged_people o JOIN "
     "registrations r ON r.person = o.kept WHERE r.institution = $5) ORDER BY l.number"},
    {Sql::log_all_sanctions, "log_all_sanctions", "nnnttnntb",
     "SELECT l.number, l.made_at, l.event, l.actor, l.institution, l.record, COALESCE(m.kept, l.person), l.body, "
     "l.hash "
     "FROM log l LEFT JOIN merged_people m ON m.old = l.person WHERE l.event IN ($1, $2, $3) ORDER BY l.number"},
    {Sql::log_sanction_count, "log_sanction_count", "n", "SELECT COUNT(*) FROM log WHERE event IN ($1, $2, $3)"},
    // "+": through the people, however few kinds of events there are; by kind it would read the whole log each time.
    {Sql::log_careers_of_people, "log_careers_of_people", "nnnttnntb",
     "SELECT l.number, l.made_at, l.event, l.actor, l.institution, l.record, l.person, l.body, l.hash FROM log l WHERE "
     "l.person > $1 AND l.person <= $2 AND +l.event IN ($3, $4, $5, $6, $7, $8, $9, $10) AND NOT EXISTS (SELECT 1 FROM "
     "merged_people m WHERE m.old = l.person) UNION ALL SELECT l.number, l.made_at, l.event, l.actor, l.institution, "
     "l.record, m.kept, l.body, l.hash FROM merged_people m JOIN log l ON l.person = m.old WHERE m.kept > $11 AND "
     "m.kept <= $12 AND +l.event IN ($13, $14, $15, $16, $17, $18, $19, $20) ORDER BY 7, 1"},
    {Sql::log_of_event_at, "log_of_event_at", "nt",
     "SELECT number, body FROM log WHERE event = $1 AND institution = $2 ORDER BY number"},
    {Sql::log_of_event_with, "log_of_event_with", "ntt",
     "SELECT COALESCE(m.kept, l.person), l.institution, l.body FROM log l LEFT JOIN merged_people m ON m.old = "
     "l.person WHERE l.event = $1 AND replace(l.body, $2, '') <> l.body ORDER BY l.number"},
    {Sql::institution_put, "institution_put", "",
     "INSERT INTO institutions (code, name, kind, division, mode, mode_until, history_from, limits, "
     "strict, recovered, next_no) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 1, 1)"},
    {Sql::institution_get, "institution_get", "tntnnnnn",
     "SELECT name, kind, division, mode, mode_until, strict, recovered, history_from FROM institutions "
     "WHERE code = $1"},
    {Sql::institution_describe, "institution_describe", "",
     "UPDATE institutions SET name = $1, kind = $2, division = $3, limits = $4 WHERE code = $5"},
    {Sql::institution_mode, "institution_mode", "",
     "UPDATE institutions SET mode = $1, mode_until = $2 WHERE code = $3"},
    {Sql::institution_strict, "institution_strict", "", "UPDATE institutions SET strict = $1 WHERE code = $2"},
    {Sql::institution_limits, "institution_limits", "t", "SELECT limits FROM institutions WHERE code = $1"},
    {Sql::institution_codes, "institution_codes", "t", "SELECT code FROM institutions ORDER BY code"},
    {Sql::institution_count, "institution_count", "n", "SELECT COUNT(*) FROM institutions"},
    {Sql::institution_next_no, "institution_next_no", "n", "SELECT next_no FROM institutions WHERE code = $1"},
    {Sql::institution_take_no, "institution_take_no", "",
     "UPDATE institutions SET next_no = next_no + 1 WHERE code = $1"},
    {Sql::department_put, "department_put", "",
     "INSERT INTO departments (institution, code, name) VALUES ($1, $2, $3) ON CONFLICT (institution, "
     "code) DO UPDATE SET name = excluded.name"},
    {Sql::departments_of, "departments_of", "tt",
     "SELECT code, name FROM departments WHERE institution = $1 ORDER BY code"},
    {Sql::stop_put, "stop_put", "",
     "INSERT INTO stops (institution, document, kind, department, from_day, end_day, article) VALUES "
     "($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (institution, document, department) DO UPDATE SET "
     "kind = excluded.kind, from_day = excluded.from_day, end_day = excluded.end_day, article = excluded.article"},
    {Sql::stop_end, "stop_end", "", "UPDATE stops SET end_day = $1 WHERE institution = $2 AND document = $3"},
    {Sql::stops_of, "stops_of", "ntnnnt",
     "SELECT kind, department, from_day, end_day, article, document FROM stops WHERE institution = $1 "
     "ORDER BY from_day, document, department"},
    {Sql::person_put, "person_put", "",
     "INSERT INTO persons (id, identity_key, certificate_type, number_sealed, name) VALUES ($1, $2, $3, $4, $5)"},
    {Sql::person_rename, "person_rename", "", "UPDATE persons SET name = $1 WHERE id = $2"},
    {Sql::person_by_key, "person_by_key", "n",
     "SELECT COALESCE(m.kept, p.id) FROM persons p LEFT JOIN merged_people m ON m.old = p.id WHERE p.identity_key = "
     "$1"},
    {Sql::person_get, "person_get", "ttbb",
     "SELECT name, certificate_type, number_sealed, identity_key FROM persons WHERE id = $1"},
    {Sql::person_count, "person_count", "n", "SELECT COUNT(*) FROM persons"},
    {Sql::people_with_name, "people_with_name", "n",
     "SELECT DISTINCT COALESCE(m.kept, p.id) FROM persons p LEFT JOIN merged_people m ON m.old = p.id WHERE p.name = "
     "$1"},
    {Sql::people_with_code, "people_with_code", "n",
     "SELECT person FROM registrations WHERE code = $1 UNION SELECT r.person FROM aliases a JOIN "
     "registrations r ON r.institution = a.institution AND r.no = a.target WHERE a.code = $2"},
    {Sql::people_with_code_at, "people_with_code_at", "n",
     "SELECT person FROM registrations WHERE institution = $1 AND code = $2 UNION SELECT r.person FROM "
     "aliases a JOIN registrations r ON r.institution = a.institution AND r.no = a.target WHERE "
     "a.institution = $3 AND a.code = $4"},
    {Sql::person_of_record, "person_of_record", "n",
     "SELECT person FROM registrations WHERE institution = $1 AND no = $2"},
    {Sql::institutions_of_person, "institutions_of_person", "t",
     "SELECT DISTINCT institution FROM registrations WHERE person = $1 ORDER BY institution"},
    {Sql::registration_put, "registration_put", "",
     "INSERT INTO registrations (institution, no, person, code, name, category, post, department, commitment, "
     "commitment_day, registered_from, last_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"},
    {Sql::registration_get, "registration_get", "tnnttnntnnnn",
     "SELECT institution, no, person, code, name, category, post, department, commitment, "
     "commitment_day, registered_from, last_day FROM registrations WHERE institution = $1 AND no = $2"},
    {Sql::registrations_of, "registrations_of", "tnnttnntnnnn",
     "SELECT institution, no, person, code, name, category, post, department, commitment, "
     "commitment_day, registered_from, last_day FROM registrations WHERE institution = $1 ORDER BY no"},
    {Sql::registrations_of_person, "registrations_of_person", "tnnttnntnnnn",
     "SELECT institution, no, person, code, name, category, post, department, commitment, "
     "commitment_day, registered_from, last_day FROM registrations WHERE person = $1 ORDER BY institution, no"},
    {Sql::registration_details, "registration_details", "",
     "UPDATE registrations SET code = $1, name = $2, category = $3, post = $4, department = $5 WHERE "
     "institution = $6 AND no = $7"},
    {Sql::registration_last_day, "registration_last_day", "",
     "UPDATE registrations SET last_day = $1 WHERE institution = $2 AND no = $3"},
    {Sql::alias_put, "alias_put", "", "INSERT INTO aliases (institution, no, target, code) VALUES ($1, $2, $3, $4)"},
    {Sql::aliases_of, "aliases_of", "nnt", "SELECT no, target, code FROM aliases WHERE institution = $1 ORDER BY no"},
    {Sql::codes_of_sanctioned, "codes_of_sanctioned", "nt",
     "SELECT r.person, r.code FROM registrations r WHERE r.person IN (SELECT COALESCE(m.kept, l.person) FROM log l "
     "LEFT JOIN merged_people m ON m.old = l.person WHERE l.event IN ($1, $2)) UNION SELECT r.person, a.code FROM "
     "aliases a JOIN registrations r ON r.institution = a.institution AND r.no = a.target WHERE r.person IN (SELECT "
     "COALESCE(m.kept, l.person) FROM log l LEFT JOIN merged_people m ON m.old = l.person WHERE l.event IN ($3, $4)) "
     "UNION SELECT r.person, f.code FROM former_codes f JOIN registrations r ON r.institution = f.institution AND "
     "r.no = f.no WHERE r.person IN (SELECT COALESCE(m.kept, l.person) FROM log l LEFT JOIN merged_people m ON m.old "
     "= l.person WHERE l.event IN ($5, $6)) AND NOT EXISTS (SELECT 1 FROM registrations o WHERE o.code = f.code AND "
     "o.person <> r.person)"},
    {Sql::records_of, "records_of", "nbb", "SELECT no, content, leaf FROM records WHERE institution = $1"},
    {Sql::records_since, "records_since", "nbn",
     "SELECT no, content, whole_seq FROM records WHERE institution = $1 AND changed_seq > $2 ORDER BY no"},
    {Sql::record_put, "record_put", "",
     "INSERT INTO records (institution, no, content, leaf, changed_seq, whole_seq) VALUES ($1, $2, $3, "
     "$4, $5, $6) ON CONFLICT (institution, no) DO UPDATE SET content = excluded.content, leaf = "
     "excluded.leaf, changed_seq = excluded.changed_seq, whole_seq = excluded.whole_seq"},
    {Sql::record_patch, "record_patch", "",
     "INSERT INTO records (institution, no, content, leaf, changed_seq, whole_seq) VALUES ($1, $2, $3, "
     "$4, $5, $6) ON CONFLICT (institution, no) DO UPDATE SET content = excluded.content, leaf = "
     "excluded.leaf, changed_seq = excluded.changed_seq"},
    {Sql::state_put, "state_put", "",
     "INSERT INTO states (institution, epoch, seq, hash, content, published_at) VALUES ($1, $2, $3, $4, $5, $6)"},
    {Sql::state_last, "state_last", "bbn",
     "SELECT hash, content, published_at FROM states WHERE institution = $1 AND seq <= $2 ORDER BY seq DESC LIMIT 1"},
    {Sql::state_by_hash, "state_by_hash", "bn", "SELECT content, seq FROM states WHERE institution = $1 AND hash = $2"},
    {Sql::config_put, "config_put", "",
     "INSERT INTO configs (hash, content) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING"},
    {Sql::config_get, "config_get", "b", "SELECT content FROM configs WHERE hash = $1"},
    {Sql::blob_manifest, "blob_manifest", "b",
     "SELECT manifest FROM blobs WHERE institution = $1 AND from_hash = $2 AND to_hash = $3"},
    {Sql::blob_put, "blob_put", "",
     "INSERT INTO blobs (hash, from_hash, to_hash, institution, manifest, content, made_at) VALUES ($1, "
     "$2, $3, $4, $5, $6, $7)"},
    {Sql::blob_size, "blob_size", "n", "SELECT LENGTH(content) FROM blobs WHERE hash = $1"},
    {Sql::blob_chunk, "blob_chunk", "b", "SELECT SUBSTR(content, $1, $2) FROM blobs WHERE hash = $3"},
    {Sql::blob_purge, "blob_purge", "", "DELETE FROM blobs WHERE made_at < $1"},
    {Sql::profile_put, "profile_put", "",
     "INSERT INTO profiles (id, version, content, adopted_at) VALUES ($1, $2, $3, $4)"},
    {Sql::profile_get, "profile_get", "b", "SELECT content FROM profiles WHERE id = $1 AND version = $2"},
    {Sql::profile_file_put, "profile_file_put", "",
     "INSERT INTO profile_files (id, version, hash, content, kept_at, adopted) VALUES ($1, $2, $3, $4, $5, 0)"},
    {Sql::profile_file_get, "profile_file_get", "tnbnnb",
     "SELECT id, version, hash, kept_at, adopted, content FROM profile_files WHERE id = $1 AND version = $2"},
    {Sql::profile_file_adopt, "profile_file_adopt", "",
     "UPDATE profile_files SET adopted = (SELECT MAX(adopted) + 1 FROM profile_files) WHERE id = $1 AND version = $2"},
    {Sql::profile_files, "profile_files", "tnbnnb",
     "SELECT id, version, hash, kept_at, adopted, content FROM profile_files ORDER BY adopted DESC, id, version"},
    {Sql::institutions_beyond_observe, "institutions_beyond_observe", "t",
     "SELECT code FROM institutions WHERE mode <> 1 ORDER BY code LIMIT 1"},
    {Sql::undecided_put, "undecided_put", "",
     "INSERT INTO undecided (profile, version, name, note, confirmed_by, confirmed_at) VALUES ($1, $2, $3, $4, '', 0)"},
    {Sql::undecided_of, "undecided_of", "ttt",
     "SELECT name, note, confirmed_by FROM undecided WHERE profile = $1 AND version = $2 ORDER BY name"},
    {Sql::undecided_confirm, "undecided_confirm", "",
     "UPDATE undecided SET confirmed_by = $1, confirmed_at = $2 WHERE profile = $3 AND version = $4 AND name = $5"},
    {Sql::ineligible_now, "ineligible_now", "nbnnn",
     "SELECT id, code_key, status, from_day, end_day FROM ineligible WHERE removed = 0"},
    {Sql::ineligible_count, "ineligible_count", "n", "SELECT COUNT(*) FROM ineligible WHERE removed = 0"},
    {Sql::ineligible_add, "ineligible_add", "",
     "INSERT INTO ineligible (id, code_key, status, from_day, end_day, added, removed) VALUES ($1, $2, "
     "$3, $4, $5, $6, 0)"},
    {Sql::ineligible_remove, "ineligible_remove", "", "UPDATE ineligible SET removed = $1 WHERE id = $2"},
    {Sql::ineligible_added_since, "ineligible_added_since", "nbnnn",
     "SELECT id, code_key, status, from_day, end_day FROM ineligible WHERE added > $1 AND removed = 0"},
    {Sql::ineligible_removed_since, "ineligible_removed_since", "nbnnn",
     "SELECT id, code_key, status, from_day, end_day FROM ineligible WHERE added <= $1 AND removed > $2"},
    {Sql::trust_put, "trust_put", "", "INSERT INTO trust (version, content) VALUES ($1, $2)"},
    {Sql::trust_all, "trust_all", "b", "SELECT content FROM trust ORDER BY version"},
    {Sql::token_put, "token_put", "",
     "INSERT INTO tokens (hash, institution, issued_at, expires, replaces, agent) VALUES ($1, $2, $3, $4, $5, 0)"},
    {Sql::token_get, "token_get", "tnnn", "SELECT institution, expires, agent, replaces FROM tokens WHERE hash = $1"},
    {Sql::token_use, "token_use", "", "UPDATE tokens SET agent = $1 WHERE hash = $2"},
    {Sql::token_all, "token_all", "btnnnn",
     "SELECT hash, institution, issued_at, expires, agent, replaces FROM tokens ORDER BY issued_at, hash"},
    {Sql::token_expire, "token_expire", "", "UPDATE tokens SET expires = $1 WHERE hash = $2"},
    {Sql::agent_put, "agent_put", "",
     "INSERT INTO agents (id, institution, chapter, signing_key, sealing_key, tls_key, certificate, "
     "enrolled_at, held_hash, certificate_until, revoked, replaced_by, frozen, held, have_seq, software, "
     "clock_suspect, clock_unknown, waiting_entries, waiting_filings) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
     "0, 0, 0, 0, 0, '', 0, 0, 0, 0)"},
    {Sql::agent_get, "agent_get", "tnbbnnnbnnnn",
     "SELECT institution, chapter, signing_key, tls_key, revoked, frozen, held, held_hash, open_chapter, open_branch, "
     "replaced_by, phone_serial FROM agents WHERE id = $1"},
    {Sql::agent_enrolled, "agent_enrolled", "nbbb",
     "SELECT chapter, certificate, signing_key, tls_key FROM agents WHERE id = $1"},
    {Sql::agent_with_keys, "agent_with_keys", "n", "SELECT id FROM agents WHERE signing_key = $1 OR tls_key = $2"},
    {Sql::agent_by_tls_key, "agent_by_tls_key", "tnn",
     "SELECT institution, id, revoked FROM agents WHERE tls_key = $1"},
    {Sql::agent_held, "agent_held", "", "UPDATE agents SET held = $1, held_hash = $2, frozen = $3 WHERE id = $4"},
    {Sql::agent_health, "agent_health", "",
     "UPDATE agents SET last_contact = $1, have_seq = $2, software = $3, clock_suspect = $4, "
     "clock_unknown = $5, waiting_entries = $6, waiting_filings = $7, trust_version = $8 WHERE id = $9"},
    {Sql::agent_all, "agent_all", "ntnnnnntnnnn",
     "SELECT id, institution, chapter, frozen, last_contact, have_seq, held, software, clock_suspect, "
     "clock_unknown, waiting_entries, waiting_filings FROM agents ORDER BY id"},
    {Sql::agent_life, "agent_life", "ntnnnnnnnnnntnn",
     "SELECT id, institution, chapter, enrolled_at, certificate_until, revoked, revoked_at, replaced_by, frozen, held, "
     "last_contact, have_seq, software, waiting_entries, waiting_filings FROM agents WHERE id = $1"},
    {Sql::agent_life_all, "agent_life_all", "ntnnnnnnnnnntnn",
     "SELECT id, institution, chapter, enrolled_at, certificate_until, revoked, revoked_at, replaced_by, frozen, held, "
     "last_contact, have_seq, software, waiting_entries, waiting_filings FROM agents ORDER BY id"},
    {Sql::agent_revoke, "agent_revoke", "",
     "UPDATE agents SET revoked = $1, revoked_at = $2, replaced_by = $3 WHERE id = $4"},
    {Sql::agent_successor, "agent_successor", "", "UPDATE agents SET replaced_by = $1 WHERE id = $2"},
    {Sql::agent_certificate, "agent_certificate", "",
     "UPDATE agents SET certificate = $1, certificate_until = $2 WHERE id = $3"},
    {Sql::incident_put, "incident_put", "",
     "INSERT INTO incidents (id, kind, institution, agent, chapter, opened_at, evidence, resolved_by, resolution) "
     "VALUES ($1, $2, $3, $4, $5, $6, $7, '', '')"},
    {Sql::incident_get, "incident_get", "nntnnntntt",
     "SELECT id, kind, institution, agent, chapter, opened_at, evidence, resolved_at, resolved_by, resolution FROM "
     "incidents WHERE id = $1"},
    {Sql::incident_resolve, "incident_resolve", "",
     "UPDATE incidents SET resolved_at = $1, resolved_by = $2, resolution = $3 WHERE id = $4"},
    {Sql::incident_open_about, "incident_open_about", "n",
     "SELECT id FROM incidents WHERE kind = $1 AND institution = $2 AND agent = $3 AND chapter = $4 AND resolved_at IS "
     "NULL"},
    {Sql::incidents_open_of_kind, "incidents_open_of_kind", "nntnnntntt",
     "SELECT id, kind, institution, agent, chapter, opened_at, evidence, resolved_at, resolved_by, resolution FROM "
     "incidents WHERE kind = $1 AND resolved_at IS NULL ORDER BY id"},
    {Sql::incidents_all, "incidents_all", "nntnnntntt",
     "SELECT id, kind, institution, agent, chapter, opened_at, evidence, resolved_at, resolved_by, resolution FROM "
     "incidents ORDER BY id"},
    {Sql::agent_phone, "agent_phone", "bnn",
     "SELECT sealing_key, phone_serial, trust_version FROM agents WHERE id = $1"},
    {Sql::agent_phone_serial, "agent_phone_serial", "", "UPDATE agents SET phone_serial = $1 WHERE id = $2"},
    {Sql::agent_open_chapter, "agent_open_chapter", "",
     "UPDATE agents SET open_chapter = $1, open_branch = $2 WHERE id = $3"},
    {Sql::agent_chapter, "agent_chapter", "",
     "UPDATE agents SET chapter = $1, held = 0, held_hash = $2, frozen = 0, open_chapter = 0, open_branch = 0 WHERE id "
     "= $3"},
    {Sql::chapter_put, "chapter_put", "",
     "INSERT INTO chapters (agent, chapter, held, held_hash, end_size, end_hash) VALUES ($1, $2, $3, $4, NULL, NULL)"},
    {Sql::chapter_get, "chapter_get", "nbnb",
     "SELECT held, held_hash, end_size, end_hash FROM chapters WHERE agent = $1 AND chapter = $2"},
    {Sql::chapter_held, "chapter_held", "",
     "UPDATE chapters SET held = $1, held_hash = $2 WHERE agent = $3 AND chapter = $4"},
    {Sql::chapter_end, "chapter_end", "",
     "UPDATE chapters SET end_size = $1, end_hash = $2 WHERE agent = $3 AND chapter = $4"},
    {Sql::chapters_wanting, "chapters_wanting", "nnb",
     "SELECT chapter, held, held_hash FROM chapters WHERE agent = $1 AND end_size > held ORDER BY chapter"},
    {Sql::kept_of, "kept_of", "b", "SELECT content FROM kept_records WHERE institution = $1 ORDER BY no"},
    {Sql::kept_all, "kept_all", "tb", "SELECT institution, content FROM kept_records ORDER BY institution, no"},
    {Sql::kept_put, "kept_put", "", "INSERT INTO kept_records (institution, no, content) VALUES ($1, $2, $3)"},
    {Sql::kept_drop, "kept_drop", "", "DELETE FROM kept_records WHERE institution = $1 AND no = $2"},
    {Sql::hand_in_put, "hand_in_put", "",
     "INSERT INTO hand_ins (epoch, agent, state, institution, made_at, standings, departures, stops, kept) VALUES ($1, "
     "$2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (epoch, agent, state) DO NOTHING"},
    {Sql::hand_in_get, "hand_in_get", "n",
     "SELECT made_at FROM hand_ins WHERE epoch = $1 AND agent = $2 AND state = $3"},
    {Sql::hand_ins_of, "hand_ins_of", "nntnnnn",
     "SELECT agent, made_at, institution, standings, departures, stops, kept FROM hand_ins WHERE epoch = $1 ORDER BY "
     "agent, made_at"},
    {Sql::agents_not_handed_in, "agents_not_handed_in", "n",
     "SELECT COUNT(*) FROM agents WHERE institution = $1 AND revoked = 0 AND id NOT IN (SELECT agent FROM hand_ins "
     "WHERE epoch = $2)"},
    {Sql::state_at, "state_at", "bb",
     "SELECT hash, content FROM states WHERE institution = $1 AND epoch = $2 AND seq = $3"},
    {Sql::institution_raise_no, "institution_raise_no", "",
     "UPDATE institutions SET next_no = $1 WHERE code = $2 AND next_no < $3"},
    {Sql::institution_recovered, "institution_recovered", "", "UPDATE institutions SET recovered = $1 WHERE code = $2"},
    {Sql::journal_append, "journal_append", "",
     "INSERT INTO journal (agent, chapter, idx, institution, kind, fee_time, content, hash, received_at) "
     "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"},
    {Sql::journal_hash_at, "journal_hash_at", "b",
     "SELECT hash FROM journal WHERE agent = $1 AND chapter = $2 AND idx = $3"},
    {Sql::journal_entry, "journal_entry", "bbn",
     "SELECT content, hash, received_at FROM journal WHERE agent = $1 AND chapter = $2 AND idx = $3"},
    {Sql::journal_range, "journal_range", "b",
     "SELECT content FROM journal WHERE agent = $1 AND chapter = $2 AND idx BETWEEN $3 AND $4 ORDER BY idx"},
    {Sql::journal_of_kind, "journal_of_kind", "nnnb",
     "SELECT agent, chapter, idx, content FROM journal WHERE institution = $1 AND kind = $2 ORDER BY "
     "agent, chapter, idx"},
    {Sql::journal_at_numbers, "journal_at_numbers", "nnnbb",
     "SELECT agent, chapter, idx, content, hash FROM journal WHERE institution = $1 AND kind = $2 AND idx % $3 = $4"},
    {Sql::forks_at_numbers, "forks_at_numbers", "nnnbb",
     "SELECT f.agent, f.chapter, f.idx, f.content, f.hash FROM journal_forks f JOIN agents a ON a.id = f.agent WHERE "
     "a.institution = $1 AND f.idx % $2 = $3 ORDER BY f.agent, f.chapter, f.idx"},
    {Sql::fork_get, "fork_get", "n",
     "SELECT idx FROM journal_forks WHERE agent = $1 AND chapter = $2 AND idx = $3 AND hash = $4"},
    {Sql::fork_put, "fork_put", "",
     "INSERT INTO journal_forks (agent, chapter, idx, hash, content, received_at) VALUES ($1, $2, $3, "
     "$4, $5, $6) ON CONFLICT (agent, chapter, idx, hash) DO NOTHING"},
    {Sql::fork_entry, "fork_entry", "b",
     "SELECT content FROM journal_forks WHERE agent = $1 AND chapter = $2 AND idx = $3 AND hash = $4"},
    {Sql::fork_branches, "fork_branches", "n",
     "SELECT COUNT(*) FROM journal_forks WHERE agent = $1 AND chapter = $2 AND idx = $3"},
    {Sql::batch_put, "batch_put", "",
     "INSERT INTO batches (agent, chapter, first_idx, last_idx, signature) VALUES ($1, $2, $3, $4, $5) "
     "ON CONFLICT (agent, chapter, first_idx, last_idx) DO UPDATE SET signature = excluded.signature"},
    {Sql::filing_put, "filing_put", "",
     "INSERT INTO filings (uuid, institution, agent, kind, content, accepted, reason, in_seq, record, "
     "last_day, hub_before, hub_after, given, withdrawn, receipt) VALUES ($1, $2, $3, $4, $5, $6, $7, "
     "$8, $9, $10, $11, $12, $13, 0, '')"},
    {Sql::filing_get, "filing_get", "btnnnn",
     "SELECT content, institution, accepted, reason, in_seq, given FROM filings WHERE uuid = $1"},
    {Sql::filing_withdraw, "filing_withdraw", "", "UPDATE filings SET withdrawn = 1 WHERE uuid = $1"},
    {Sql::filing_window, "filing_window", "", "UPDATE filings SET window_day = $1, receipt = $2 WHERE uuid = $3"},
    {Sql::departures_of, "departures_of", "bnnntbnn",
     "SELECT uuid, record, last_day, window_day, receipt, content, hub_before, hub_after FROM filings "
     "WHERE institution = $1 AND kind IN (1, 9, 11) AND accepted = 1 AND withdrawn = 0"},
    {Sql::institution_owner_get, "institution_owner_get", "t", "SELECT owner FROM institutions WHERE code = $1"},
    {Sql::institution_owner_set, "institution_owner_set", "", "UPDATE institutions SET owner = $1 WHERE code = $2"},
    {Sql::person_identify, "person_identify", "",
     "UPDATE persons SET identity_key = $1, certificate_type = $2, number_sealed = $3 WHERE id = $4"},
    {Sql::registration_person, "registration_person", "",
     "UPDATE registrations SET person = $1 WHERE institution = $2 AND no = $3"},
    {Sql::registration_commitment, "registration_commitment", "",
     "UPDATE registrations SET commitment = $1, commitment_day = $2 WHERE institution = $3 AND no = $4"},
    {Sql::alias_remove, "alias_remove", "", "UPDATE aliases SET code = '' WHERE institution = $1 AND no = $2"},
    {Sql::leave_put, "leave_put", "",
     "INSERT INTO leaves (institution, no, from_day, until_day, kind, uuid) VALUES ($1, $2, $3, $4, $5, $6)"},
    {Sql::leave_end, "leave_end", "",
     "UPDATE leaves SET until_day = $1 WHERE institution = $2 AND no = $3 AND from_day = $4"},
    {Sql::leave_remove, "leave_remove", "", "DELETE FROM leaves WHERE uuid = $1"},
    {Sql::leaves_of, "leaves_of", "nnnn",
     "SELECT no, kind, from_day, until_day FROM leaves WHERE institution = $1 ORDER BY no, from_day"},
    {Sql::contract_end_put, "contract_end_put", "",
     "INSERT INTO contract_ends (institution, no, until_day) VALUES ($1, $2, $3) ON CONFLICT "
     "(institution, no) DO UPDATE SET until_day = excluded.until_day"},
    {Sql::contract_ends_before, "contract_ends_before", "tnn",
     "SELECT institution, no, until_day FROM contract_ends WHERE until_day < $1 ORDER BY institution, no"},
    {Sql::duty_session_put, "duty_session_put", "",
     "INSERT INTO duty_sessions (institution, no, from_time, until_time) VALUES ($1, $2, $3, $4)"},
    {Sql::duty_session_end, "duty_session_end", "",
     "UPDATE duty_sessions SET until_time = $1 WHERE institution = $2 AND no = $3 AND from_time = $4"},
    {Sql::duty_sessions_open, "duty_sessions_open", "n",
     "SELECT from_time FROM duty_sessions WHERE institution = $1 AND no = $2 AND until_time IS NULL"},
    {Sql::duty_sessions_of, "duty_sessions_of", "nnn",
     "SELECT no, from_time, until_time FROM duty_sessions WHERE institution = $1 ORDER BY from_time, no"},
    {Sql::presence_ask, "presence_ask", "",
     "INSERT INTO presence_questions (institution, no, asked_at, reason, present, note) VALUES ($1, "
     "$2, $3, $4, 0, '')"},
    {Sql::presence_open, "presence_open", "n",
     "SELECT asked_at FROM presence_questions WHERE institution = $1 AND no = $2 AND answered_at IS NULL"},
    {Sql::presence_answer, "presence_answer", "",
     "UPDATE presence_questions SET answered_at = $1, present = $2, note = $3 WHERE institution = $4 "
     "AND no = $5 AND answered_at IS NULL"},
    {Sql::presence_all, "presence_all", "tnntnnt",
     "SELECT institution, no, asked_at, reason, answered_at, present, note FROM presence_questions "
     "ORDER BY asked_at, institution, no"},
    {Sql::filing_effect_put, "filing_effect_put", "",
     "INSERT INTO filing_effects (uuid, institution, no, began, day_before) VALUES ($1, $2, $3, $4, $5)"},
    {Sql::filing_effects_of, "filing_effects_of", "tnnn",
     "SELECT institution, no, began, day_before FROM filing_effects WHERE uuid = $1 ORDER BY institution, no"},
    {Sql::filing_endings_of, "filing_endings_of", "nn",
     "SELECT f.last_day, f.withdrawn FROM filing_effects e JOIN filings f ON f.uuid = e.uuid WHERE e.institution = $1 "
     "AND e.no = $2 AND e.began = 0 ORDER BY e.uuid"},
    {Sql::filing_standing, "filing_standing", "nnnnbn",
     "SELECT kind, record, last_day, hub_owned, content, given FROM filings WHERE uuid = $1 AND "
     "institution = $2 AND accepted = 1 AND withdrawn = 0"},
    {Sql::filing_amend, "filing_amend", "",
     "UPDATE filings SET last_day = $1, hub_before = $2, hub_after = $3 WHERE uuid = $4"},
    {Sql::filing_last_day, "filing_last_day", "", "UPDATE filings SET last_day = $1 WHERE uuid = $2"},
    {Sql::filing_withdraw_of_person, "filing_withdraw_of_person", "",
     "UPDATE filings SET withdrawn = 1 WHERE institution = $1 AND record = $2 AND kind IN (1, 9) AND "
     "accepted = 1 AND withdrawn = 0"},
    {Sql::filing_final_ends, "filing_final_ends", "nn",
     "SELECT kind, last_day FROM filings WHERE institution = $1 AND record = $2 AND kind IN (1, 9) AND hub_owned = 1 "
     "AND accepted = 1 AND withdrawn = 0 UNION SELECT f.kind, f.last_day FROM filings f JOIN registrations r ON "
     "r.institution = f.institution AND r.no = f.record WHERE r.person = $3 AND f.kind = 11 AND f.accepted = 1 AND "
     "f.withdrawn = 0"},
    {Sql::filing_own, "filing_own", "", "UPDATE filings SET last_day = $1, hub_owned = 1 WHERE uuid = $2"},
    {Sql::filing_dispute, "filing_dispute", "", "UPDATE filings SET dispute = $1 WHERE uuid = $2"},
    {Sql::filing_prove, "filing_prove", "", "UPDATE filings SET hub_after = $1 WHERE uuid = $2 AND hub_after > $3"},
    {Sql::filings_all, "filings_all", "btnnbnnnnnnntnnnt",
     "SELECT uuid, institution, agent, kind, content, accepted, reason, in_seq, record, last_day, withdrawn, "
     "window_day, receipt, hub_before, hub_after, hub_owned, dispute FROM filings ORDER BY hub_after, uuid"},
    {Sql::filing_code_put, "filing_code_put", "",
     "INSERT INTO filing_codes (institution, code, entered_at, entered_by) VALUES ($1, $2, $3, $4)"},
    {Sql::filing_codes_open, "filing_codes_open", "tn",
     "SELECT code, entered_at FROM filing_codes WHERE institution = $1 AND filing IS NULL ORDER BY entered_at"},
    {Sql::filing_codes_all, "filing_codes_all", "ttntb",
     "SELECT institution, code, entered_at, entered_by, filing FROM filing_codes ORDER BY entered_at, "
     "institution, code"},
    {Sql::filing_code_match, "filing_code_match", "",
     "UPDATE filing_codes SET filing = $1 WHERE institution = $2 AND code = $3 AND entered_at = $4"},
    {Sql::agent_sealing_key, "agent_sealing_key", "b", "SELECT sealing_key FROM agents WHERE id = $1"},
    {Sql::former_code_put, "former_code_put", "",
     "INSERT INTO former_codes (institution, no, code) VALUES ($1, $2, $3) ON CONFLICT (institution, no, code) DO "
     "NOTHING"},
    {Sql::former_codes_of, "former_codes_of", "nt",
     "SELECT no, code FROM former_codes WHERE institution = $1 ORDER BY no, code"},
    {Sql::people_with_former_code, "people_with_former_code", "n",
     "SELECT DISTINCT r.person FROM former_codes f JOIN registrations r ON r.institution = f.institution AND r.no = "
     "f.no WHERE f.code = $1"},
    {Sql::namesakes_sanctioned_at, "namesakes_sanctioned_at", "n",
     "SELECT DISTINCT r.person FROM registrations r JOIN persons p ON p.id = r.person WHERE r.institution = $1 AND "
     "(r.name = $2 OR p.name = $3) AND EXISTS (SELECT 1 FROM log l WHERE l.event IN ($4, $5) AND l.person IN "
     "(SELECT r.person UNION SELECT m.old FROM merged_people m WHERE m.kept = r.person))"},
    {Sql::alias_was_filed, "alias_was_filed", "n",
     "SELECT given FROM filings WHERE institution = $1 AND given = $2 AND kind = 12 AND accepted = 1"},
    {Sql::merge_put, "merge_put", "", "INSERT INTO merged_people (old, kept) VALUES ($1, $2)"},
    {Sql::merge_follow, "merge_follow", "", "UPDATE merged_people SET kept = $1 WHERE kept = $2"},
    {Sql::merge_of, "merge_of", "n", "SELECT kept FROM merged_people WHERE old = $1"},
    {Sql::registrations_move, "registrations_move", "", "UPDATE registrations SET person = $1 WHERE person = $2"},
};

/// By id. A row whose id is out of range does not compile; neither does an id that has two rows, which leaves another without.
constexpr auto kTable = [] {
    std::array<Statement, std::size(kStatements) + std::size(kCaseStatements) + std::size(kPaperStatements)> table{};
    for (const Statement& each : kStatements) table[static_cast<std::size_t>(each.id)] = each;
    for (const Statement& each : kCaseStatements) table[static_cast<std::size_t>(each.id)] = each;
    for (const Statement& each : kPaperStatements) table[static_cast<std::size_t>(each.id)] = each;
    return table;
}();
static_assert(std::ranges::all_of(kTable, [](const Statement& each) { return each.name != nullptr; }), "each id has a row");

}  // namespace

std::span<const Statement> statements() { return kTable; }
const Statement& statement(Sql id) { return kTable[static_cast<std::size_t>(id)]; }

}  // namespace zige::hub
