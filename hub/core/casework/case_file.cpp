#include "hub/core/casework/case_file.h"

#include <algorithm>

#include "hub/core/hub_values.h"
#include "hub/core/institution_data.h"
#include "hub/core/statements.h"

namespace zige::hub {
namespace {

/// "appeal 2026-04-01 provisional": limits as they were shown.
Fields shown_fields(const StepTaken& step) {
    Fields fields;
    for (const auto& [kind, due] : step.shown)
        fields.add(to_string(kind), format(due.day) + (due.provisional ? " provisional" : ""));
    return fields;
}

Result<std::vector<std::pair<DueKind, DueDate>>> shown_from(std::string_view text) {
    ZIGE_TRY(fields, Fields::decode(text));
    std::vector<std::pair<DueKind, DueDate>> shown;
    for (const auto& [name, value] : fields.all()) {
        const auto kind = from_name<DueKind>(name);
        if (!kind) return fail(ErrorId::store_corrupt, "case_steps.shown", name);
        constexpr std::size_t kDayLength = 10;
        ZIGE_TRY(day, parse_day(std::string_view(value).substr(0, kDayLength), "shown"));
        shown.push_back({*kind, {day, value.size() > kDayLength}});
    }
    return shown;
}

// Columns: idx, person, step, state, actor, taken_at, on_day, entries, outcome, shown.
Result<StepTaken> step_from(const Row& row) {
    StepTaken step;
    step.number = row.unsigned_number(0);
    ZIGE_TRY(kind, enum_from<CaseStep>(row, 2));
    step.step = kind;
    step.actor = row.text(4);
    step.at = row.instant(5);
    step.on = row.day(6);
    ZIGE_TRY(entries, Fields::decode(row.text(7)));
    ZIGE_TRY(outcome, Fields::decode(row.text(8)));
    ZIGE_TRY(shown, shown_from(row.text(9)));
    step.entries = std::move(entries);
    step.outcome = std::move(outcome);
    step.shown = std::move(shown);
    return step;
}

// Columns: kind, institution, opened_on, opened_by, text, document, filing, reviewer, rules, rules_version.
Result<CaseFile> file_from(const Row& row, std::uint64_t number) {
    CaseFile file;
    file.number = number;
    ZIGE_TRY(kind, enum_from<CaseKind>(row, 0));
    file.kind = kind;
    file.institution = row.text(1);
    file.opened_on = row.day(2);
    file.opened_by = row.text(3);
    file.text = row.text(4);
    file.document = row.text(5);
    file.filing = row.text(6);
    file.reviewer = row.text(7);
    file.rules = row.text(8);
    file.rules_version = row.small(9);
    return file;
}

/// Columns: person, name, state, whose file it is now.
Result<CasePerson> person_from(const Row& row, const CaseFile& file) {
    CasePerson person;
    person.listed = PersonId{row.unsigned_number(0)};
    person.person = PersonId{row.unsigned_number(3)};
    person.name = row.text(1);
    ZIGE_TRY(state, enum_from<CaseState>(row, 2));
    person.track.kind = file.kind;
    person.track.state = state;
    person.track.opened_on = file.opened_on;
    person.track.document = file.document;
    person.track.reviewer = file.reviewer;
    return person;
}

Result<std::vector<std::uint64_t>> numbers(Tx& tx, Sql statement, const std::vector<SqlValue>& params) {
    ZIGE_TRY(rows, tx.query(statement, params));
    std::vector<std::uint64_t> found;
    found.reserve(rows.size());
    for (const Row& row : rows) found.push_back(row.unsigned_number(0));
    return found;
}

std::int64_t number_of(CaseState state) { return static_cast<std::int64_t>(state); }

}  // namespace

bool CaseFile::open() const {
    return std::ranges::any_of(people, [](const CasePerson& each) { return each.track.open(); });
}

CasePerson* CaseFile::find(PersonId person) {
    const auto at = std::ranges::find(people, person, &CasePerson::person);
    return at == people.end() ? nullptr : &*at;
}

std::string notice_of(const CaseFile& file, const Track& track) {
    const StepTaken* decision = track.last(CaseStep::decide);
    const bool numbered = decision != nullptr && decision->entries.find("document");
    return numbered ? std::string(decision->entries.text("document")) : file.document;
}

Result<CaseFile> load_case(Tx& tx, std::uint64_t number) {
    ZIGE_TRY(row, tx.first(Sql::case_get, {sql(number)}));
    if (!row) return fail(ErrorId::case_not_found, "number", std::to_string(number));
    ZIGE_TRY(file, file_from(*row, number));
    ZIGE_TRY(people, tx.query(Sql::case_people, {sql(number)}));
    for (const Row& each : people) {
        ZIGE_TRY(person, person_from(each, file));
        file.people.push_back(std::move(person));
    }
    ZIGE_TRY(steps, tx.query(Sql::case_steps, {sql(number)}));
    for (const Row& each : steps) {
        const auto person = std::ranges::find(file.people, PersonId{each.unsigned_number(1)}, &CasePerson::listed);
        if (person == file.people.end())
            return fail(ErrorId::store_corrupt, "case_steps.person", std::to_string(number));
        ZIGE_TRY(step, step_from(each));
        person->track.steps.push_back(std::move(step));
    }
    return file;
}

Result<std::vector<std::uint64_t>> open_cases(Tx& tx) {
    return numbers(tx, Sql::cases_open, {number_of(CaseState::closed), number_of(CaseState::dropped)});
}

Result<std::vector<std::uint64_t>> all_cases(Tx& tx) { return numbers(tx, Sql::cases_all, {}); }

Result<std::vector<std::uint64_t>> cases_of(Tx& tx, PersonId person) {
    return numbers(tx, Sql::cases_of_person, {sql(person.value), sql(person.value)});
}

Result<std::uint64_t> store_case(Tx& tx, const CaseFile& file, Instant now) {
    ZIGE_TRY(number, next_number(tx, HubValue::last_case));
    ZIGE_CHECK(
        tx.exec(Sql::case_put, {sql(number), static_cast<std::int64_t>(file.kind), sql(file.institution), sql(now),
                                sql(file.opened_on), sql(file.opened_by), sql(file.text), sql(file.document),
                                sql(file.filing), sql(file.reviewer), sql(file.rules), sql(file.rules_version)}));
    for (const CasePerson& each : file.people)
        ZIGE_CHECK(tx.exec(Sql::case_person_put, {sql(number), sql(each.listed.value), number_of(each.track.state)}));
    return number;
}

Result<void> store_step(Tx& tx, std::uint64_t number, const CasePerson& person) {
    const StepTaken& step = person.track.steps.back();
    ZIGE_CHECK(tx.exec(Sql::case_step_put,
                       {sql(number), sql(step.number), sql(person.listed.value), static_cast<std::int64_t>(step.step),
                        number_of(person.track.state), sql(step.actor), sql(step.at), sql(step.on),
                        sql(step.entries.encode()), sql(step.outcome.encode()), sql(shown_fields(step).encode())}));
    return tx.exec(Sql::case_person_state, {number_of(person.track.state), sql(number), sql(person.listed.value)});
}

}  // namespace zige::hub
