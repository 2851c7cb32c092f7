#include <algorithm>

#include "hub/core/filing_work.h"
#include "hub/core/statements.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

bool overlaps(const Leave& one, const Leave& other) {
    return (!one.until || other.from <= *one.until) && (!other.until || one.from <= *other.until);
}

Result<void> log_leave(const FilingWork& work, const wire::LeaveFiling& filed, PersonId person) {
    LogEvent event = event_about(work, HubEvent::leave_recorded, filed.no, person);
    event.body.add("kind", to_string(filed.kind)).add("from", filed.from).add("until", filed.until);
    ZIGE_CHECK(work.change.log(std::move(event)));
    work.change.touch(work.institution());
    return {};
}

/// The open sign-on of a pharmacist, if he is on duty.
Result<std::optional<Instant>> open_session(const FilingWork& work, RecordNo no) {
    ZIGE_TRY(row, work.tx().first(Sql::duty_sessions_open, {sql(work.institution()), sql(no.value)}));
    if (!row) return std::optional<Instant>{};
    return std::optional<Instant>(row->instant(0));
}

Result<void> check_session(const FilingWork& work, const wire::DutySessionFiling& filed,
                           const Registration& registration) {
    if (registration.category != Category::pharmacist && registration.category != Category::pharmacy_principal)
        return fail(ErrorId::filing_not_pharmacist, "no", to_string(registration.category));
    const Instant latest = work.change.now() + kAheadTolerance;
    if (filed.from > latest || (filed.until && *filed.until > latest))
        return fail(ErrorId::filing_in_future, "from", format(filed.from));
    ZIGE_TRY(open, open_session(work, filed.no));
    if (!filed.until && open) return fail(ErrorId::filing_session_open, "from", "since " + format(*open));
    if (filed.until && (!open || *open != filed.from))
        return fail(ErrorId::filing_session_not_open, "from", format(filed.from));
    return {};
}

}  // namespace

/// An interval and no departure. One that is open is ended by filing it again from the same day with its end.
Result<FilingEffect> process(const FilingWork& work, const wire::LeaveFiling& filed) {
    ZIGE_TRY(known, registration_of(work, filed.no));
    const Registration& registration = known.registration;
    if (filed.from < registration.registered_from || (registration.last_day && filed.from > *registration.last_day))
        return fail(ErrorId::filing_bad_interval, "from", "outside the registration");
    ZIGE_TRY(all, load_leaves(work.tx(), work.institution()));
    const std::vector<Leave>& leaves = all[filed.no];
    const Leave next{filed.kind, filed.from, filed.until};
    const auto same = std::ranges::find(leaves, filed.from, &Leave::from);
    if (same != leaves.end()) {
        const bool ends = same->kind == filed.kind && !same->until && filed.until;
        if (!ends) return fail(ErrorId::filing_leave_overlaps, "from", format(filed.from));
        ZIGE_CHECK(work.tx().exec(Sql::leave_end,
                                  {sql(filed.until), sql(work.institution()), sql(filed.no.value), sql(filed.from)}));
    } else {
        if (std::ranges::any_of(leaves, [&](const Leave& each) { return overlaps(each, next); }))
            return fail(ErrorId::filing_leave_overlaps, "from", format(filed.from));
        if (leaves.size() >= kMaxLeaves) return fail(ErrorId::filing_too_many, "leaves");
        ZIGE_CHECK(work.tx().exec(Sql::leave_put,
                                  {sql(work.institution()), sql(filed.no.value), sql(filed.from), sql(filed.until),
                                   static_cast<std::int64_t>(filed.kind), sql(ByteView(work.filing.uuid))}));
    }
    ZIGE_CHECK(log_leave(work, filed, known.person));
    return FilingEffect{filed.no, {}, std::nullopt, true};
}

Result<FilingEffect> process(const FilingWork& work, const wire::DutySessionFiling& filed) {
    ZIGE_TRY(known, registration_of(work, filed.no));
    ZIGE_CHECK(check_session(work, filed, known.registration));
    if (filed.until)
        ZIGE_CHECK(work.tx().exec(Sql::duty_session_end,
                                  {sql(*filed.until), sql(work.institution()), sql(filed.no.value), sql(filed.from)}));
    else
        ZIGE_CHECK(work.tx().exec(Sql::duty_session_put,
                                  {sql(work.institution()), sql(filed.no.value), sql(filed.from), SqlValue{}}));
    LogEvent event = event_about(work, HubEvent::duty_session_recorded, filed.no, known.person);
    event.body.add("from", format(filed.from));
    if (filed.until) event.body.add("until", format(*filed.until));
    ZIGE_CHECK(work.change.log(std::move(event)));
    return FilingEffect{filed.no, {}, std::nullopt, false};
}

Result<FilingEffect> process(const FilingWork& work, const wire::PresenceFiling& filed) {
    ZIGE_TRY(known, registration_of(work, filed.no));
    ZIGE_TRY(asked, work.tx().first(Sql::presence_open, {sql(work.institution()), sql(filed.no.value)}));
    if (!asked) return fail(ErrorId::filing_not_asked, "no", std::to_string(filed.no.value));
    ZIGE_CHECK(work.tx().exec(Sql::presence_answer, {sql(work.change.now()), sql(filed.present), sql(filed.note),
                                                     sql(work.institution()), sql(filed.no.value)}));
    LogEvent event = event_about(work, HubEvent::presence_answered, filed.no, known.person);
    event.body.add("present", filed.present ? "yes" : "no").add("note", filed.note);
    ZIGE_CHECK(work.change.log(std::move(event)));
    return FilingEffect{filed.no, {}, std::nullopt, false};
}

}  // namespace zige::hub
