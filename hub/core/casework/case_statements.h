#pragma once

#include "hub/core/statements.h"

namespace zige::hub {

/// Statements of the casework and of the list of what is due; statements.cpp has the others, and the table of all.
inline constexpr Statement kCaseStatements[] = {
    {Sql::case_put, "case_put", "",
     "INSERT INTO cases (number, kind, institution, opened_at, opened_on, opened_by, text, document, filing, reviewer, "
     "rules, rules_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"},
    {Sql::case_get, "case_get", "ntnttttttn",
     "SELECT kind, institution, opened_on, opened_by, text, document, filing, reviewer, rules, rules_version FROM "
     "cases WHERE number = $1"},
    {Sql::case_people, "case_people", "ntnn",
     "SELECT c.person, p.name, c.state, COALESCE(m.kept, c.person) FROM case_people c JOIN persons p ON p.id = "
     "c.person "
     "LEFT JOIN merged_people m ON m.old = c.person WHERE c.case_number = $1 ORDER BY c.person"},
    {Sql::case_person_put, "case_person_put", "",
     "INSERT INTO case_people (case_number, person, state) VALUES ($1, $2, $3)"},
    {Sql::case_person_state, "case_person_state", "",
     "UPDATE case_people SET state = $1 WHERE case_number = $2 AND person = $3"},
    {Sql::case_steps, "case_steps", "nnnntnnttt",
     "SELECT idx, person, step, state, actor, taken_at, on_day, entries, outcome, shown FROM case_steps WHERE "
     "case_number = $1 ORDER BY idx"},
    {Sql::case_steps_of, "case_steps_of", "nntt",
     "SELECT s.case_number, COALESCE(m.kept, s.person), c.document, s.entries FROM case_steps s JOIN cases c ON "
     "c.number = s.case_number LEFT JOIN merged_people m ON m.old = s.person WHERE s.step = $1 ORDER BY s.case_number, "
     "s.idx"},
    {Sql::case_step_put, "case_step_put", "",
     "INSERT INTO case_steps (case_number, idx, person, step, state, actor, taken_at, on_day, entries, outcome, shown) "
     "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"},
    {Sql::cases_open, "cases_open", "n",
     "SELECT DISTINCT case_number FROM case_people WHERE state <> $1 AND state <> $2 ORDER BY case_number"},
    {Sql::cases_all, "cases_all", "n", "SELECT number FROM cases ORDER BY number"},
    {Sql::cases_of_person, "cases_of_person", "n",
     "SELECT DISTINCT case_number FROM case_people WHERE person = $1 OR person IN (SELECT old FROM merged_people WHERE "
     "kept = $2) ORDER BY case_number"},
    {Sql::commitments_open, "commitments_open", "tntnn",
     "SELECT institution, person, name, commitment, commitment_day FROM registrations WHERE last_day IS NULL AND "
     "commitment IN ($1, $2) ORDER BY institution, no"},
    {Sql::principals_all, "principals_all", "tntnn",
     "SELECT r.institution, r.person, r.name, r.registered_from, r.last_day FROM registrations r JOIN institutions i "
     "ON i.code = r.institution WHERE r.post = $1 AND i.kind = $2 ORDER BY r.institution, r.no"},
};

}  // namespace zige::hub
