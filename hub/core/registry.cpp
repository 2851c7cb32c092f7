#include "hub/core/registry.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "hub/core/institution_data.h"
#include "hub/core/policy.h"
#include "hub/core/roster_import.h"
#include "hub/core/sanctions.h"
#include "hub/core/statements.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr std::chrono::days kHistory{400};
constexpr std::size_t kDivisionDigits = 6;
constexpr std::size_t kProgressEvery = 200;

Error bad(const char* field, std::string detail) {
    return fail(ErrorId::institution_bad_value, field, std::move(detail));
}

bool all_of_code(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    });
}
bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}
bool withdrawn(const Stop& stop) { return stop.end && *stop.end <= stop.from; }
bool has_nul(std::string_view text) { return text.find('\0') != std::string_view::npos; }

Result<void> check(const InstitutionSpec& spec) {
    if (spec.code.empty() || spec.code.size() > kMaxInstitutionCode || !all_of_code(spec.code))
        return bad("code", "1 to 20 letters and digits");
    if (spec.name.empty() || spec.name.size() > kMaxText || has_nul(spec.name)) return bad("name", "1 to 300 bytes");
    if (spec.division.size() != kDivisionDigits || !all_digits(spec.division)) return bad("division", "6 digits");
    auto limits = limits_from_text(limits_to_text(spec.limits));
    if (!limits.ok()) return limits.error();
    return {};
}

/// Who leaves observe has confirmed every value that the texts leave open.
Result<void> check_mode(Tx& tx, Mode mode) {
    if (mode == Mode::observe) return {};
    ZIGE_TRY(confirmed, Policy::all_confirmed(tx));
    if (!confirmed) return fail(ErrorId::institution_value_undecided, "mode", to_string(mode));
    return {};
}

LogEvent about(HubEvent kind, const std::string& institution) {
    LogEvent event;
    event.event = kind;
    event.institution = institution;
    return event;
}

LogEvent described(HubEvent kind, const InstitutionSpec& spec) {
    LogEvent event = about(kind, spec.code);
    event.body.add("name", spec.name)
        .add("kind", to_string(spec.kind))
        .add("division", spec.division)
        .add("mode", to_string(spec.mode))
        .add("mode_until", spec.mode_until)
        .add("limits", limits_to_text(spec.limits));
    return event;
}

/// A stop of a department that nobody has would never refuse a line.
Result<void> require_department(Tx& tx, const std::string& institution, const std::string& department) {
    ZIGE_TRY(rows, tx.query(Sql::departments_of, {sql(institution)}));
    std::string known;
    for (const Row& row : rows) {
        if (row.text(0) == department) return {};
        known += (known.empty() ? "" : ", ") + row.text(0) + " " + row.text(1);
    }
    return bad("department", department + " is not known here (department add); known: " +
                                 (known.empty() ? std::string("none") : known));
}

Result<void> require(Tx& tx, const std::string& institution) {
    auto found = load_institution(tx, institution);
    if (!found.ok()) return found.error();
    return {};
}

}  // namespace

Registry::Registry(const Environment& env, const Trust& trust, Publisher& publisher)
    : env_(env), trust_(trust), publisher_(publisher) {}

Result<Published> Registry::add_institution(const std::string& actor, const InstitutionSpec& spec) {
    ZIGE_CHECK(check(spec));
    return publisher_.change(actor, [&](Change& change) -> Result<void> {
        Tx& tx = change.tx();
        ZIGE_TRY(present, tx.first(Sql::institution_get, {sql(spec.code)}));
        if (present) return fail(ErrorId::institution_exists, "code", spec.code);
        ZIGE_CHECK(check_mode(tx, spec.mode));
        const Day history_from = day_of(change.now()) - kHistory;
        ZIGE_CHECK(
            tx.exec(Sql::institution_put, {sql(spec.code), sql(spec.name), static_cast<std::int64_t>(spec.kind),
                                           sql(spec.division), static_cast<std::int64_t>(spec.mode),
                                           sql(spec.mode_until), sql(history_from), sql(limits_to_text(spec.limits))}));
        ZIGE_CHECK(change.log(described(HubEvent::institution_added, spec)));
        change.touch(spec.code);
        return {};
    });
}

Result<Published> Registry::change_institution(const std::string& actor, const InstitutionSpec& spec) {
    ZIGE_CHECK(check(spec));
    return publisher_.change(actor, [&](Change& change) -> Result<void> {
        Tx& tx = change.tx();
        ZIGE_CHECK(require(tx, spec.code));
        ZIGE_CHECK(
            tx.exec(Sql::institution_describe, {sql(spec.name), static_cast<std::int64_t>(spec.kind),
                                                sql(spec.division), sql(limits_to_text(spec.limits)), sql(spec.code)}));
        ZIGE_CHECK(change.log(described(HubEvent::institution_changed, spec)));
        change.touch(spec.code);
        return {};
    });
}

Result<Published> Registry::set_mode(const std::string& actor, const std::string& institution, Mode mode,
                                     std::optional<Day> until) {
    return publisher_.change(actor, [&](Change& change) -> Result<void> {
        Tx& tx = change.tx();
        ZIGE_TRY(present, load_institution(tx, institution));
        if (present.mode == mode && present.mode_until == until) return {};
        ZIGE_CHECK(check_mode(tx, mode));
        ZIGE_CHECK(tx.exec(Sql::institution_mode, {static_cast<std::int64_t>(mode), sql(until), sql(institution)}));
        LogEvent event = about(HubEvent::mode_set, institution);
        event.body.add("mode", to_string(mode)).add("until", until);
        ZIGE_CHECK(change.log(std::move(event)));
        change.touch(institution);
        return {};
    });
}

Result<Published> Registry::set_strict(const std::string& actor, const std::string& institution, bool strict,
                                       const std::string& reason) {
    if (reason.empty() || reason.size() > kMaxText || has_nul(reason)) return bad("reason", "1 to 300 bytes");
    return publisher_.change(actor, [&](Change& change) -> Result<void> {
        Tx& tx = change.tx();
        ZIGE_TRY(present, load_institution(tx, institution));
        if (present.strict == strict) return {};
        ZIGE_CHECK(tx.exec(Sql::institution_strict, {sql(strict), sql(institution)}));
        LogEvent event = about(HubEvent::strict_set, institution);
        event.body.add("strict", strict ? "on" : "off").add("reason", reason);
        ZIGE_CHECK(change.log(std::move(event)));
        change.touch(institution);
        return {};
    });
}

Result<Published> Registry::add_department(const std::string& actor, const std::string& institution,
                                           const std::string& code, const std::string& name) {
    if (code.empty() || code.size() > kMaxCode || has_nul(code)) return bad("department", "1 to 30 bytes");
    if (name.size() > kMaxText || has_nul(name)) return bad("department_name", "at most 300 bytes");
    return publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_CHECK(require(change.tx(), institution));
        ZIGE_CHECK(change.tx().exec(Sql::department_put, {sql(institution), sql(code), sql(name)}));
        LogEvent event = about(HubEvent::institution_changed, institution);
        event.body.add("department", code).add("department_name", name);
        return change.log(std::move(event));
    });
}

Result<Published> Registry::stop(const std::string& actor, const std::string& institution, const Stop& stop) {
    if (stop.document.empty()) return fail(ErrorId::sanction_no_document, "document");
    if (stop.document.size() > kMaxText || stop.department.size() > kMaxCode)
        return bad("document", "document or department too long");
    const bool department = stop.kind == StopKind::department_suspended;
    if (department == stop.department.empty())
        return bad("department", "belongs to a stop of a department, and only there");
    if (stop.end && *stop.end <= stop.from) return fail(ErrorId::sanction_bad_interval, "end", format(*stop.end));
    if (stop.from > env_.today() + kLongestAhead)
        return fail(ErrorId::sanction_bad_interval, "from", format(stop.from) + " is over a year ahead");
    return publisher_.change(actor, [&](Change& change) -> Result<void> {
        Tx& tx = change.tx();
        ZIGE_TRY(present, load_institution(tx, institution));
        for (const Stop& other : present.stops)
            if (other.document == stop.document && other.department == stop.department && !withdrawn(other))
                return fail(ErrorId::sanction_overlaps, "document", stop.document);
        if (present.stops.size() >= kMaxIntervals) return bad("stops", "too many");
        if (department) ZIGE_CHECK(require_department(tx, institution, stop.department));
        ZIGE_CHECK(tx.exec(Sql::stop_put,
                           {sql(institution), sql(stop.document), static_cast<std::int64_t>(stop.kind),
                            sql(stop.department), sql(stop.from), sql(stop.end), sql(std::uint32_t{stop.article})}));
        LogEvent event = about(department ? HubEvent::department_stopped : HubEvent::agreement_stopped, institution);
        event.body.add("kind", to_string(stop.kind)).add("department", stop.department);
        event.body.add("document", stop.document).add("from", stop.from).add("end", stop.end);
        ZIGE_CHECK(change.log(std::move(event)));
        change.touch(institution);
        return {};
    });
}

Result<Published> Registry::resume(const std::string& actor, const std::string& institution,
                                   const std::string& document, Day end) {
    return publisher_.change(actor, [&](Change& change) -> Result<void> {
        Tx& tx = change.tx();
        ZIGE_TRY(present, load_institution(tx, institution));
        const auto at = std::find_if(present.stops.begin(), present.stops.end(), [&](const Stop& each) {
            return each.document == document && (!each.end || end < *each.end);
        });
        if (at == present.stops.end()) return fail(ErrorId::sanction_not_found, "document", document);
        if (end < at->from) return fail(ErrorId::sanction_bad_interval, "end", format(end));
        ZIGE_CHECK(tx.exec(Sql::stop_end, {sql(end), sql(institution), sql(document)}));
        const bool department = at->kind == StopKind::department_suspended;
        LogEvent event = about(department ? HubEvent::department_resumed : HubEvent::agreement_resumed, institution);
        event.body.add("document", document).add("department", at->department).add("end", end);
        ZIGE_CHECK(change.log(std::move(event)));
        change.touch(institution);
        return {};
    });
}

Result<ImportReport> Registry::import_roster(const std::string& actor, const std::string& institution,
                                             const std::vector<RosterRow>& rows,
                                             const std::function<void(std::size_t)>& progress) {
    ImportReport report;
    auto published = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(import, RosterImport::start(env_, trust_, change, institution));
        for (std::size_t done = 0; done < rows.size(); ++done) {
            ZIGE_CHECK(import.take(rows[done]));
            if (progress && ((done + 1) % kProgressEvery == 0 || done + 1 == rows.size())) progress(done + 1);
        }
        ZIGE_TRY(finished, import.finish());
        report = std::move(finished);
        return {};
    });
    if (!published.ok()) return published.error();
    report.seq = published->seq;
    return report;
}

Result<Published> Registry::add_alias(const std::string& actor, const std::string& institution, RecordNo target,
                                      const std::string& code) {
    if (code.empty() || code.size() > kMaxCode) return fail(ErrorId::code_too_long, "code", "1 to 30 bytes");
    if (has_nul(code)) return fail(ErrorId::code_bad_character, "code");
    return publisher_.change(actor, [&](Change& change) -> Result<void> {
        Tx& tx = change.tx();
        ZIGE_CHECK(require(tx, institution));
        ZIGE_TRY(person, tx.first(Sql::person_of_record, {sql(institution), sql(target.value)}));
        if (!person) return fail(ErrorId::person_not_found, "record", std::to_string(target.value));
        ZIGE_TRY(holders,
                 tx.query(Sql::people_with_code_at, {sql(institution), sql(code), sql(institution), sql(code)}));
        for (const Row& holder : holders)
            if (holder.number(0) != person->number(0)) return fail(ErrorId::code_taken, "code", code);
        if (!holders.empty()) return {};  // his already
        ZIGE_TRY(no, next_record_no(tx, institution));
        ZIGE_CHECK(tx.exec(Sql::alias_put, {sql(institution), sql(no.value), sql(target.value), sql(code)}));
        LogEvent event = about(HubEvent::alias_added, institution);
        event.record = no;
        event.person = PersonId{person->unsigned_number(0)};
        event.body.add("code", code).add("target", static_cast<std::int64_t>(target.value));
        ZIGE_CHECK(change.log(std::move(event)));
        change.touch(institution);
        change.touch_region();
        return {};
    });
}

}  // namespace zige::hub
