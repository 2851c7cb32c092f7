#pragma once

#include "hub/core/statements.h"

namespace zige::hub {

/// Statements of papers, and of what they are found by in the log; statements.cpp has the others, and the table of all.
inline constexpr Statement kPaperStatements[] = {
    {Sql::paper_put, "paper_put", "",
     "INSERT INTO papers (id, kind, format, document, institution, person, hash, issued_at, actor, markup, content) "
     "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"},
    {Sql::paper_get, "paper_get", "nnnttnbnttb",
     "SELECT id, kind, format, document, institution, person, hash, issued_at, actor, markup, content FROM papers "
     "WHERE id = $1"},
    {Sql::papers_all, "papers_all", "nnnttnbnt",
     "SELECT id, kind, format, document, institution, person, hash, issued_at, actor FROM papers ORDER BY id DESC "
     "LIMIT $1"},
    {Sql::papers_of_document, "papers_of_document", "nnnttnbnt",
     "SELECT id, kind, format, document, institution, person, hash, issued_at, actor FROM papers WHERE document = $1 "
     "ORDER BY id DESC LIMIT $2"},
    {Sql::case_paper_put, "case_paper_put", "", "INSERT INTO case_papers (paper, case_number) VALUES ($1, $2)"},
    {Sql::papers_of_case, "papers_of_case", "nnnttnbnt",
     "SELECT p.id, p.kind, p.format, p.document, p.institution, p.person, p.hash, p.issued_at, p.actor FROM "
     "case_papers c JOIN papers p ON p.id = c.paper WHERE c.case_number = $1 ORDER BY p.id"},
    {Sql::case_of_paper, "case_of_paper", "n", "SELECT case_number FROM case_papers WHERE paper = $1"},
    {Sql::notice_number_put, "notice_number_put", "", "INSERT INTO notice_numbers (document, number) VALUES ($1, $2)"},
    {Sql::log_of_notice, "log_of_notice", "nnnttnntb",
     "SELECT l.number, l.made_at, l.event, l.actor, l.institution, l.record, COALESCE(m.kept, l.person), l.body, "
     "l.hash FROM notice_numbers n JOIN log l ON l.number = n.number LEFT JOIN merged_people m ON m.old = l.person "
     "WHERE n.document = $1 AND l.event = $2 ORDER BY l.number"},
    {Sql::log_careers_since, "log_careers_since", "nnnttnntb",
     "SELECT l.number, l.made_at, l.event, l.actor, l.institution, l.record, COALESCE(m.kept, l.person), l.body, "
     "l.hash FROM log l LEFT JOIN merged_people m ON m.old = l.person WHERE l.made_at >= $1 AND l.event IN ($2, $3, "
     "$4, $5, $6, $7, $8, $9) ORDER BY l.number"},
};

}  // namespace zige::hub
