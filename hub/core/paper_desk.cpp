#include "hub/core/paper_desk.h"

#include <algorithm>

#include "hub/core/hub_values.h"
#include "hub/core/casework/case_file.h"
#include "hub/core/institution_data.h"
#include "hub/core/paper_case.h"
#include "hub/core/papers/csv.h"
#include "hub/core/statements.h"

namespace zige::hub {
namespace {

constexpr std::pair<PaperFormat, const char*> kFormats[] = {
    {PaperFormat::html, "html"}, {PaperFormat::pdf, "pdf"}, {PaperFormat::csv, "csv"}};

constexpr std::string_view kStatement = "qr";  ///< the field of the signed statement

/// A bureau's template may have a code of its own, too.
bool carries_statement(PaperKind kind, std::string_view markup) {
    return kind == PaperKind::scoring_notice && markup.find("<qr>ZIGE1:") != std::string_view::npos;
}

Result<void> check_typed(const PaperForm& form, const PaperData& typed) {
    for (const auto& [name, value] : typed.texts) {
        if (form.field(name) == nullptr) return fail(ErrorId::case_bad_field, name, "no field of this paper");
        if (name == kStatement) return fail(ErrorId::case_bad_field, name, "the hub signs it");
    }
    for (const auto& [name, rows] : typed.lists) {
        const PaperList* list = form.list(name);
        if (list == nullptr) return fail(ErrorId::case_bad_field, name, "no list of this paper");
        for (const PaperData& row : rows)
            for (const auto& [column, value] : row.texts)
                if (std::ranges::find(list->columns, column, &PaperField::name) == list->columns.end())
                    return fail(ErrorId::case_bad_field, name + "." + column, "no column of this list");
    }
    return {};
}

/// What stands there unless something else is typed; a case dates its notice of points itself.
bool may_be_another(const PaperSubject& subject, std::string_view name) {
    if (subject.case_number != 0 && subject.kind == PaperKind::scoring_notice && name == "issued_on") return false;
    constexpr std::string_view kDefaults[] = {"issued_on", "on", "answer_days", "appeal_days", "maintain_days", "trainings_a_year", "not_charged"};
    return std::ranges::find(kDefaults, name) != std::end(kDefaults);
}

/// A notice of points says the measure as it was decided (XY 40, 42).
bool may_reword(PaperKind kind, std::string_view name) {
    return is_free_text(name) && !(kind == PaperKind::scoring_notice && name == "measure");
}

Result<PaperData> known_without_case(const PaperFacts& facts, PaperSubject subject, const PaperData& data) {
    if (subject.case_number == 0) return data;
    subject.case_number = 0;
    return facts.about(subject);
}

/// What the ledger or the case says is not typed anew; where a field is there and blank, it says that there is none.
/// `besides` is what is known without the case: what it has otherwise, the case says.
Result<void> check_against_known(const PaperSubject& subject, const PaperData& data, const PaperData& besides,
                                 const PaperData& typed) {
    for (const auto& [name, value] : typed.texts) {
        const auto known = data.texts.find(name);
        if (known == data.texts.end() || known->second == value || may_reword(subject.kind, name)) continue;
        const auto other = besides.texts.find(name);
        const bool of_case = other == besides.texts.end() || other->second != known->second;
        if (!of_case && may_be_another(subject, name)) continue;
        if (known->second.empty()) return fail(ErrorId::case_bad_field, name, "the ledger has none");
        return fail(ErrorId::case_bad_field, name, (of_case ? "the case says " : "the ledger says ") + known->second);
    }
    for (const auto& [name, rows] : typed.lists)
        if (data.lists.contains(name)) return fail(ErrorId::case_bad_field, name, "the ledger has these rows");
    return {};
}

void overlay(PaperData& data, const PaperData& typed) {
    for (const auto& [name, value] : typed.texts) data.texts.insert_or_assign(name, value);
    for (const auto& [name, rows] : typed.lists) data.lists.insert_or_assign(name, rows);
}

Result<Bytes> pressed(std::string_view name, std::string_view markup, PaperFormat format, Instant made,
                      const PaperPress& press) {
    ZIGE_TRY(document, parse_document(name, markup));
    if (format == PaperFormat::pdf) return press.pdf.print(document, made);
    ZIGE_TRY(html, write_html(document, press.qr, press.drawing));
    return to_bytes(html);
}

/// A form that somebody fills in by hand is not issued.
bool is_issued(const PaperSubject& subject) {
    return !subject.document.empty() || subject.period.has_value() || subject.case_number != 0;
}

// Columns: id, kind, format, document, institution, person, hash, issued_at, actor.
Result<PaperInfo> info_from(const Row& row) {
    PaperInfo info;
    info.number = row.unsigned_number(0);
    ZIGE_TRY(kind, enum_from<PaperKind>(row, 1));
    info.kind = kind;
    const auto* const format = std::ranges::find(kFormats, row.number(2), [](const auto& each) { return static_cast<std::int64_t>(each.first); });
    if (format == std::end(kFormats)) return fail(ErrorId::store_corrupt, "papers", "format");
    info.format = format->first;
    info.document = row.text(3);
    info.institution = row.text(4);
    info.person = PersonId{row.unsigned_number(5)};
    info.hash = row.hash(6);
    info.at = row.instant(7);
    info.actor = row.text(8);
    return info;
}

PersonId person_in(const PaperSubject& subject) {
    return PersonId{subject.person.empty() ? 0 : std::stoull(subject.person.substr(1))};  // complete() made it "#<id>"
}

}  // namespace

const char* to_string(PaperFormat format) {
    return std::ranges::find(kFormats, format, [](const auto& each) { return each.first; })->second;
}

std::optional<PaperFormat> paper_format_from(std::string_view name) {
    for (const auto& [format, known] : kFormats)
        if (name == known) return format;
    return std::nullopt;
}

Result<Paper> PaperDesk::make(const std::string& actor, const PaperOrder& asked, const PaperPress& press) const {
    PaperOrder order = asked;
    PaperSubject& subject = order.subject;
    const PaperForm& form = form_of(subject.kind);
    ZIGE_TRY(form_text, Template::parse(form, order.template_.empty() ? shipped_template(subject.kind) : order.template_));
    ZIGE_TRY(outline, parse_document(form_text.name(), form_text.outline()));  // its markup, before any data
    ZIGE_CHECK(check_typed(form, order.typed));
    ZIGE_CHECK(facts_.complete(subject));
    ZIGE_TRY(data, facts_.about(subject));
    ZIGE_TRY(besides, known_without_case(facts_, subject, data));
    ZIGE_CHECK(check_against_known(subject, data, besides, order.typed));
    overlay(data, order.typed);
    Paper paper;
    paper.info = {0, subject.kind, order.format, subject.document, subject.institution, person_in(subject), subject.case_number, {}, env_.clock.wall(), actor};
    std::string markup;
    if (order.format == PaperFormat::csv) {
        const std::string rows = csv_of(form, data);
        if (rows.empty()) return fail(ErrorId::paper_unknown, "format", std::string(to_string(subject.kind)) + " has no list");
        paper.content = to_bytes(rows);
    } else {
        ZIGE_TRY(unsigned_, form_text.fill(data));  // what is missing is said before anything is signed
        ZIGE_TRY(why_not, add_statement(actor, order, data));
        paper.why_unsigned = why_not;
        ZIGE_TRY(filled, form_text.fill(data));
        markup = std::move(filled);
        paper.with_statement = carries_statement(subject.kind, markup);
        ZIGE_TRY(content, pressed(form_text.name(), markup, order.format, paper.info.at, press));
        paper.content = std::move(content);
    }
    paper.info.hash = env_.hasher.hash({paper.content});
    if (!order.draft && is_issued(subject)) ZIGE_CHECK(keep(actor, paper, markup));
    return paper;
}

/// The signed statement of the interval that the notice tells of (STMT rules), if it is the newest one against him.
Result<const char*> PaperDesk::add_statement(const std::string& actor, const PaperOrder& order, PaperData& data) const {
    const PaperSubject& subject = order.subject;
    if (subject.kind != PaperKind::scoring_notice) return "";
    if (order.draft) return "draft";
    if (subject.person.empty() || subject.document.empty()) return "nothing_runs";
    ZIGE_TRY(newest, facts_.newest_document(subject));
    if (newest != subject.document) return "nothing_runs";
    auto notice = notices_.issue(actor, subject.institution, subject.person);
    if (!notice.ok() && notice.error().id == ErrorId::wire_too_large) return "number_too_long";  // STMT-4
    if (!notice.ok()) return notice.error();
    data.texts.insert_or_assign(std::string(kStatement), notice->text);
    return "";
}

Result<void> PaperDesk::keep(const std::string& actor, Paper& paper, std::string_view markup) const {
    PaperInfo& info = paper.info;
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(number, next_number(change.tx(), HubValue::last_paper));
        info.number = number;
        info.at = change.now();
        ZIGE_CHECK(change.tx().exec(
            Sql::paper_put, {sql(number), static_cast<std::int64_t>(info.kind), static_cast<std::int64_t>(info.format), sql(info.document),
                             sql(info.institution), sql(info.person.value), sql(info.hash), sql(info.at), sql(actor), sql(markup),
                             sql(paper.content)}));
        if (info.case_number != 0)
            ZIGE_CHECK(change.tx().exec(Sql::case_paper_put, {sql(number), sql(info.case_number)}));
        LogEvent event;
        event.event = HubEvent::paper_issued;
        event.institution = info.institution;
        event.person = info.person;
        event.body.add("paper", static_cast<std::int64_t>(number)).add("kind", to_string(info.kind)).add("format", to_string(info.format));
        if (!info.document.empty()) event.body.add("document", info.document);
        if (info.case_number != 0) event.body.add("case", static_cast<std::int64_t>(info.case_number));
        event.body.add("hash", to_hex(info.hash));
        return change.log(std::move(event));
    });
    if (!done.ok()) return done.error();
    return {};
}

Result<Paper> PaperDesk::again(std::uint64_t number, std::optional<PaperFormat> format, const PaperPress& press) const {
    std::string markup;
    ZIGE_TRY(paper, read_from(env_.store, [&](Tx& tx) -> Result<Paper> {
        ZIGE_TRY(row, tx.first(Sql::paper_get, {sql(number)}));
        if (!row) return fail(ErrorId::paper_unknown, "number", std::to_string(number));
        ZIGE_TRY(info, info_from(*row));
        markup = row->text(9);
        ZIGE_TRY(of_case, tx.first(Sql::case_of_paper, {sql(number)}));
        if (of_case) info.case_number = of_case->unsigned_number(0);
        const bool has_statement = carries_statement(info.kind, markup);
        return Paper{std::move(info), row->bytes(10), has_statement, ""};
    }));
    if (env_.hasher.hash({paper.content}) != paper.info.hash)
        return fail(ErrorId::store_corrupt, "papers", "paper " + std::to_string(number) + " is not what was issued");
    if (!format || *format == paper.info.format) return paper;
    if (markup.empty() || *format == PaperFormat::csv) return fail(ErrorId::paper_unknown, "format", to_string(paper.info.format));
    ZIGE_TRY(content, pressed(to_string(paper.info.kind), markup, *format, paper.info.at, press));
    paper.info.format = *format;
    paper.info.hash = env_.hasher.hash({content});
    paper.content = std::move(content);
    return paper;
}

Result<std::vector<PaperInfo>> PaperDesk::of_case(std::uint64_t number) const {
    return read_from(env_.store, [&](Tx& tx) -> Result<std::vector<PaperInfo>> {
        ZIGE_TRY(file, load_case(tx, number));
        ZIGE_TRY(rows, tx.query(Sql::papers_of_case, {sql(number)}));
        std::vector<PaperInfo> papers;
        for (const Row& row : rows) {
            ZIGE_TRY(info, info_from(row));
            info.case_number = number;
            papers.push_back(std::move(info));
        }
        return papers;
    });
}

Result<std::vector<PaperInfo>> PaperDesk::list(const std::string& document, std::uint32_t limit) const {
    return read_from(env_.store, [&](Tx& tx) -> Result<std::vector<PaperInfo>> {
        ZIGE_TRY(rows, document.empty() ? tx.query(Sql::papers_all, {sql(limit)})
                                        : tx.query(Sql::papers_of_document, {sql(document), sql(limit)}));
        std::vector<PaperInfo> papers;
        for (const Row& row : rows) {
            ZIGE_TRY(info, info_from(row));
            papers.push_back(std::move(info));
        }
        return papers;
    });
}

}  // namespace zige::hub
