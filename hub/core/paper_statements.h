#pragma once

#include "hub/core/statements.h"

namespace zige::hub {

/// Statements of papers; statements.cpp has the others, and the table of all.
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
    {Sql::log_careers_since, "log_careers_since", "nnnttnntb",
     "SELECT l.number, l.made_at, l.event, l.actor, l.institution, l.record, COALESCE(m.kept, l.person), l.body, "
     "l.hash FROM log l LEFT JOIN merged_people m ON m.old = l.person WHERE l.made_at >= $1 AND l.event IN ($2, $3, "
     "$4, $5, $6, $7, $8) ORDER BY l.number"},
};

}  // namespace zige::hub
