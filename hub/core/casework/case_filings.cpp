#include "hub/core/casework/case_filings.h"

#include "hub/core/career_ledger.h"

namespace zige::hub {
namespace {

using Taken = std::optional<std::uint64_t>;

std::string who(const FiledCase& filed) { return "#" + std::to_string(filed.person.value); }

/// The person's newest open case of that kind; for a notice, about that one.
Result<Taken> open_case_of(Tx& tx, const FiledCase& filed, CaseKind kind) {
    ZIGE_TRY(numbers, cases_of(tx, filed.person));
    for (auto at = numbers.rbegin(); at != numbers.rend(); ++at) {
        ZIGE_TRY(file, load_case(tx, *at));
        if (file.kind == kind && file.open() && file.document == filed.document) return Taken(*at);
    }
    return Taken();
}

/// The case in which this notice was decided, or that was opened about it.
Result<Taken> case_of_notice(Tx& tx, const FiledCase& filed) {
    ZIGE_TRY(numbers, cases_of(tx, filed.person));
    for (const std::uint64_t number : numbers) {
        ZIGE_TRY(file, load_case(tx, number));
        const CasePerson* person = file.find(filed.person);
        const bool of_a_notice = file.kind == CaseKind::scoring || file.kind == CaseKind::status;
        if (person == nullptr || !of_a_notice) continue;
        if (file.document == filed.document || notice_of(file, person->track) == filed.document) return Taken(number);
    }
    return Taken();
}

/// As entries take it: in one line.
std::string in_one_line(std::string text, const char* otherwise) {
    for (char& c : text)
        if ((c >= 0 && c < ' ') || c == '\x7F') c = ' ';
    return text.empty() ? otherwise : text;
}

CaseOrder order_of(const FiledCase& filed, CaseKind kind) {
    CaseOrder order;
    order.kind = kind;
    order.institution = filed.institution;
    order.people = {who(filed)};
    order.text = in_one_line(filed.text, to_string(filed.kind));
    order.document = filed.document;
    order.filing = filed.filing;
    return order;
}

/// What the procedure or the rules refuse is no fault of the filing.
bool is_refusal(const Error& error) {
    return error.code() == Errc::invalid || error.code() == Errc::not_found || error.code() == Errc::untrusted;
}

Result<Taken> kept(const Error& error) {
    if (is_refusal(error)) return Taken();
    return error;
}

}  // namespace

Result<Taken> CaseFilings::take(Change& change, const FiledCase& filed) const {
    if (const auto rules = shelf_.on(change.tx(), day_of(change.now())); !rules.ok()) return kept(rules.error());
    switch (filed.kind) {
        case FilingKind::appeal: return appeal(change, filed);
        case FilingKind::repair: return apply(change, filed, CaseKind::repair);
        case FilingKind::restoration: return apply(change, filed, CaseKind::restoration);
        case FilingKind::licence_lapse: return report_lapse(change, filed);
        default: return Taken();
    }
}

Result<Taken> CaseFilings::appeal(Change& change, const FiledCase& filed) const {
    ZIGE_TRY(number, case_of_notice(change.tx(), filed));
    if (!number) {
        ZIGE_TRY(career, load_career(change.tx(), HubLog(env_.hasher), filed.person));
        const bool by_points = career.decision(filed.document) != nullptr;  // XY 28: it goes the way of points
        if (!by_points && career.interval(filed.document) == nullptr) return Taken();  // no such notice
        const CaseKind kind = by_points ? CaseKind::scoring : CaseKind::status;
        const auto opened = cases_.open_in(change, change.actor(), order_of(filed, kind));
        if (!opened.ok()) return kept(opened.error());
        number = opened->number;
    }
    StepOrder order;
    order.number = *number;
    order.step = CaseStep::appeal;
    order.people = {who(filed)};
    // The paper with the signature comes by another way.
    order.entries.add("by", filed.institution).add("signed", "filed").add("sealed", "filed");
    order.entries.add("text", in_one_line(filed.text, "-")).add("filing", filed.filing);
    const auto taken = cases_.step_in(change, change.actor(), order);
    return taken.ok() ? Result<Taken>(number) : kept(taken.error());
}

Result<Taken> CaseFilings::apply(Change& change, const FiledCase& filed, CaseKind kind) const {
    ZIGE_TRY(known, open_case_of(change.tx(), filed, kind));
    if (known) return known;
    const auto opened = cases_.open_in(change, change.actor(), order_of(filed, kind));
    if (!opened.ok()) return kept(opened.error());
    // XY 32, 34: the institution that files it has consented to it.
    StepOrder consent;
    consent.number = opened->number;
    consent.step = CaseStep::consent;
    consent.entries.add("verdict", "agree").add("by", filed.institution);
    const auto taken = cases_.step_in(change, change.actor(), consent);
    if (!taken.ok() && !is_refusal(taken.error())) return taken.error();
    return Taken(opened->number);
}

/// XY 17, 38: whether the person loses the status is for a person to find out.
Result<Taken> CaseFilings::report_lapse(Change& change, const FiledCase& filed) const {
    ZIGE_TRY(known, open_case_of(change.tx(), filed, CaseKind::status));
    if (known) return known;
    const auto opened = cases_.open_in(change, change.actor(), order_of(filed, CaseKind::status));
    return opened.ok() ? Result<Taken>(Taken(opened->number)) : kept(opened.error());
}

}  // namespace zige::hub
