#include <algorithm>

#include "hub/core/filing_work.h"
#include "hub/core/statements.h"

namespace zige::hub {
namespace {

/// The number of the alias `code` of this registration; 0: there is none.
Result<RecordNo> find_alias(const FilingWork& work, RecordNo target, const std::string& code) {
    ZIGE_TRY(aliases, load_aliases(work.tx(), work.institution()));
    const auto at =
        std::ranges::find_if(aliases, [&](const Alias& each) { return each.target == target && each.code == code; });
    return at == aliases.end() ? RecordNo{} : at->no;
}

Result<FilingEffect> remove(const FilingWork& work, const wire::AliasFiling& filed, PersonId person) {
    ZIGE_TRY(no, find_alias(work, filed.target, filed.code));
    if (no.value == 0) return fail(ErrorId::filing_nothing_changes, "code", filed.code);
    // A code that came with the roster or with the registration: a licence, by which the person is found again.
    ZIGE_TRY(was_filed, work.tx().first(Sql::alias_was_filed, {sql(work.institution()), sql(no.value)}));
    if (!was_filed) ZIGE_CHECK(check_no_standing(work, person, "code"));
    ZIGE_CHECK(keep_former_code(work, filed.target, filed.code));
    ZIGE_CHECK(work.tx().exec(Sql::alias_remove, {sql(work.institution()), sql(no.value)}));
    LogEvent event = event_about(work, HubEvent::alias_removed, no, person);
    event.body.add("code", filed.code).add("target", static_cast<std::int64_t>(filed.target.value));
    ZIGE_CHECK(work.change.log(std::move(event)));
    work.change.touch(work.institution());
    work.change.touch_region();
    return FilingEffect{filed.target, {}, std::nullopt, true};
}

}  // namespace

Result<FilingEffect> process(const FilingWork& work, const wire::AliasFiling& filed) {
    ZIGE_TRY(known, registration_of(work, filed.target));
    if (filed.remove) return remove(work, filed, known.person);
    ZIGE_CHECK(check_code_free(work, work.institution(), filed.code, known.person));
    ZIGE_TRY(present, find_alias(work, filed.target, filed.code));
    if (present.value != 0 || filed.code == known.registration.code)
        return fail(ErrorId::filing_nothing_changes, "code", filed.code);
    ZIGE_TRY(no, next_record_no(work.tx(), work.institution()));
    ZIGE_CHECK(put_alias(work, work.institution(), {no, filed.target, filed.code}, known.person));
    return FilingEffect{filed.target, no, std::nullopt, true};
}

}  // namespace zige::hub
