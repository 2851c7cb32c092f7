#include "hub/core/filing_work.h"

namespace zige::hub {
namespace {

/// Hands the filing over to casework; the case stands in the event. A filing that no case takes is kept all the same.
Result<void> hand_over(const FilingWork& work, PersonId person, FilingKind kind, LogEvent& event, std::string document,
                       std::string text) {
    ZIGE_TRY(number, work.cases.take(work.change, {kind, person, work.institution(), std::move(document),
                                                   std::move(text), to_hex(work.filing.uuid)}));
    if (number) event.body.add("case", static_cast<std::int64_t>(*number));
    return {};
}

template <FilingKind kKind>
Result<FilingEffect> keep(const FilingWork& work, const wire::CaseFiling<kKind>& filed) {
    ZIGE_TRY(known, registration_of(work, filed.no));
    LogEvent event = event_about(work, HubEvent::case_filed, filed.no, known.person);
    event.body.add("kind", to_string(kKind)).add("filing", to_hex(work.filing.uuid)).add("document", filed.document);
    if (filed.attachment) event.body.add("attachment", to_hex(*filed.attachment));
    ZIGE_CHECK(hand_over(work, known.person, kKind, event, filed.document, filed.text));
    ZIGE_CHECK(work.change.log(std::move(event)));
    return FilingEffect{filed.no, {}, std::nullopt, false};
}

}  // namespace

/// XY 38: reported, and kept for casework. A licence that lapsed is no event that refuses by itself (P11).
Result<FilingEffect> process(const FilingWork& work, const wire::LicenceLapseFiling& filed) {
    ZIGE_TRY(known, registration_of(work, filed.no));
    if (filed.lapsed_on > day_of(work.change.now() + kAheadTolerance))
        return fail(ErrorId::filing_in_future, "lapsed_on", format(filed.lapsed_on));
    LogEvent event = event_about(work, HubEvent::licence_lapsed, filed.no, known.person);
    event.body.add("licence", filed.licence).add("lapsed_on", filed.lapsed_on).add("reason", filed.reason);
    ZIGE_CHECK(hand_over(work, known.person, FilingKind::licence_lapse, event, {}, "执业资格失效 " + filed.licence));
    ZIGE_CHECK(work.change.log(std::move(event)));
    return FilingEffect{filed.no, {}, std::nullopt, false};
}

// A late appeal is received too; who decides it is a person.
Result<FilingEffect> process(const FilingWork& work, const wire::AppealFiling& filed) { return keep(work, filed); }
Result<FilingEffect> process(const FilingWork& work, const wire::RepairFiling& filed) { return keep(work, filed); }
Result<FilingEffect> process(const FilingWork& work, const wire::RestorationFiling& filed) { return keep(work, filed); }

}  // namespace zige::hub
