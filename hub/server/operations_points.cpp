#include "hub/server/career_json.h"
#include "hub/server/operations.h"

namespace zige::hub {
namespace {

Run run_of(const CallArguments& arguments) { return arguments.flag("preview") ? Run::preview : Run::record; }

std::optional<Weight> weight_named(std::string_view name) {
    constexpr std::pair<std::string_view, Weight> kNames[] = {{"plain", Weight::plain},
                                                              {"lighter", Weight::lighter},
                                                              {"mitigated", Weight::mitigated},
                                                              {"heavier", Weight::heavier},
                                                              {"aggravated", Weight::aggravated}};
    for (const auto& [known, weight] : kNames)
        if (known == name) return weight;
    return std::nullopt;
}

constexpr std::int64_t kMostOfALength = 1000;

Result<std::optional<unsigned>> maybe_number(const CallArguments& arguments, std::string_view name) {
    if (!arguments.has(name)) return std::optional<unsigned>{};
    ZIGE_TRY(number, arguments.number_or(name, 0, 0, kMostOfALength));
    return std::optional<unsigned>(static_cast<unsigned>(number));
}

Result<Violation> violation_of(const CallArguments& arguments) {
    Violation violation;
    ZIGE_TRY(level, arguments.text_or("level", ""));
    ZIGE_TRY(weight_name, arguments.text_or("weight", "plain"));
    ZIGE_TRY(points, maybe_number(arguments, "points"));
    const auto weight = weight_named(weight_name);
    if (!weight) return fail(ErrorId::api_bad_field, "weight", "plain, lighter, mitigated, heavier or aggravated");
    violation.level = std::move(level);
    violation.weight = *weight;
    violation.points = points;
    return violation;
}

/// What the operator enters where a text gives a range; "later_" for decisions that are corrected with this one.
Result<Entered> entered_of(const CallArguments& arguments, const std::string& prefix = {}) {
    Entered entered;
    ZIGE_TRY(months, maybe_number(arguments, prefix + "months"));
    ZIGE_TRY(years, maybe_number(arguments, prefix + "ban_years"));
    ZIGE_TRY(reason, arguments.text_or("reason", ""));
    entered.months = months;
    entered.ban_years = years;
    entered.reason = std::move(reason);
    return entered;
}

/// A notice prints the last day of the period; the ledger keeps the first day after it.
Result<Service> service_of(const CallArguments& arguments) {
    Service service;
    ZIGE_TRY(served, arguments.maybe_day("served"));
    ZIGE_TRY(from, arguments.maybe_day("from"));
    ZIGE_TRY(to, arguments.maybe_day("to"));
    service.served_on = served;
    service.printed_from = from;
    if (to) service.printed_end = *to + std::chrono::days{1};
    ZIGE_TRY(forced, arguments.text_or("force_date", ""));
    service.forced_dates = std::move(forced);
    return service;
}

std::string known_facts() {
    std::string names;
    for (const CaseFact each : all<CaseFact>()) names += (names.empty() ? "" : ", ") + std::string(to_string(each));
    return names;
}

/// "loss_share=35", as often as there are facts.
Result<CaseFacts> facts_of(const CallArguments& arguments) {
    CaseFacts facts;
    if (!arguments.has("fact")) return facts;
    ZIGE_TRY(texts, arguments.long_texts("fact"));
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        const auto fact = from_name<CaseFact>(text.substr(0, equals));
        const auto value = equals == std::string::npos ? std::optional<std::int64_t>(1)
                                                       : whole_number(std::string_view(text).substr(equals + 1));
        if (!fact) return fail(ErrorId::api_bad_field, "fact", "unknown: " + text.substr(0, equals) + "; known: " + known_facts());
        if (!value || *value < 0) return fail(ErrorId::api_bad_field, "fact", text + ": NAME=NUMBER, docs/codes.md has the names");
        facts[*fact] = *value;
    }
    return facts;
}

/// Takes ":3m" (months) or ":2y" (years without registration) off the end.
Entered own_length(std::string& text, const Entered& first) {
    Entered own{std::nullopt, std::nullopt, first.reason};
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos || colon + 2 > text.size()) return own;
    const auto number = whole_number(std::string_view(text).substr(colon + 1, text.size() - colon - 2));
    const char unit = text.back();
    if (!number || *number < 0 || *number > kMostOfALength || (unit != 'm' && unit != 'y')) return own;
    (unit == 'm' ? own.months : own.ban_years) = static_cast<unsigned>(*number);
    text.resize(colon);
    return own;
}

/// "#12:important", "#12:important:4m", "#12:important::4m" or "D411500000001:main:信医保处〔2026〕13号": he has the violation and the service
/// of the first one, and the same is entered for decisions that are corrected with his.
Result<PersonOrder> further_person(OperationContext& context, std::string text, const PersonOrder& first) {
    const Error bad = fail(ErrorId::api_bad_field, "person", "WHO:DEGREE[:NO][:3m or :2y], not " + text);
    const Entered own = own_length(text, first.entered);
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) return bad;
    const std::size_t second = text.find(':', colon + 1);
    const auto degree = from_name<ResponsibilityDegree>(
        std::string_view(text).substr(colon + 1, second == std::string::npos ? second : second - colon - 1));
    if (!degree) return bad;
    ZIGE_TRY(id, context.hub.registry().find_exactly(text.substr(0, colon)));
    PersonOrder person;
    person.who = "#" + std::to_string(id.value);
    const std::string number = second == std::string::npos ? std::string() : text.substr(second + 1);
    person.document = number.empty() ? first.document : number;  // "#12:main::3m": the number of the first
    person.degree = *degree;
    person.violations = {{first.violations.front().level, Weight::plain, std::nullopt}};
    person.entered = own;
    person.later = first.later;
    person.service = first.service;
    return person;
}

Result<void> add_further_people(OperationContext& context, const CallArguments& arguments, MatterOrder& order) {
    if (!arguments.has("person")) return {};
    ZIGE_TRY(texts, arguments.long_texts("person"));
    for (const std::string& text : texts) {
        ZIGE_TRY(person, further_person(context, text, order.people.front()));
        order.people.push_back(std::move(person));
    }
    return {};
}

Result<Json> decide(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    MatterOrder order;
    PersonOrder person;
    ZIGE_TRY(who, exact_person_of(context, arguments));
    ZIGE_TRY(document, arguments.text("document"));
    ZIGE_TRY(institution, arguments.text("institution"));
    ZIGE_TRY(decided, arguments.maybe_day("decided"));
    ZIGE_TRY(degree, arguments.code<ResponsibilityDegree>("degree"));
    ZIGE_TRY(violation, violation_of(arguments));
    ZIGE_TRY(entered, entered_of(arguments));
    ZIGE_TRY(service, service_of(arguments));
    ZIGE_TRY(facts, facts_of(arguments));
    ZIGE_TRY(conduct, arguments.maybe_day("conduct"));
    ZIGE_TRY(late, arguments.text_or("late", ""));
    ZIGE_TRY(reference, arguments.text_or("reference", ""));
    ZIGE_TRY(unregistered, arguments.text_or("unregistered", ""));
    order.unregistered_reason = std::move(unregistered);
    order.decided_on = decided.value_or(context.today());
    const Day of_conduct = conduct.value_or(order.decided_on);
    ZIGE_TRY(year, arguments.number_or("conduct_year", static_cast<int>(std::chrono::year_month_day{of_conduct}.year()),
                                       kMinYear, kMaxYear));
    ZIGE_TRY(later, entered_of(arguments, "later_"));
    person = {std::move(who),     std::move(document), degree, {std::move(violation)},
              std::move(entered), std::move(later),    service};
    order.institution = std::move(institution);
    order.conduct_year = static_cast<int>(year);
    order.conduct_on = conduct;
    order.facts = std::move(facts);
    order.reference = std::move(reference);
    order.late_reason = std::move(late);
    order.people.push_back(std::move(person));
    ZIGE_CHECK(add_further_people(context, arguments, order));
    ZIGE_TRY(result, context.hub.scoring().decide(actor, order, run_of(arguments)));
    return to_json(result);
}

Result<Json> serve(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(who, exact_person_of(context, arguments));
    ZIGE_TRY(document, arguments.text("document"));
    ZIGE_TRY(service, service_of(arguments));
    ZIGE_TRY(result, context.hub.scoring().serve(actor, {who, document, service}, run_of(arguments)));
    return to_json(result);
}

Result<Json> correct(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    CorrectOrder order;
    ZIGE_TRY(who, exact_person_of(context, arguments));
    ZIGE_TRY(document, arguments.text("document"));
    ZIGE_TRY(degree, arguments.code<ResponsibilityDegree>("degree"));
    ZIGE_TRY(violation, violation_of(arguments));
    ZIGE_TRY(entered, entered_of(arguments));
    ZIGE_TRY(service, service_of(arguments));
    order.who = std::move(who);
    order.document = std::move(document);
    order.degree = degree;
    order.violations.push_back(std::move(violation));
    order.reason = entered.reason;
    ZIGE_TRY(later, entered_of(arguments, "later_"));
    order.entered = std::move(entered);
    order.later = std::move(later);
    order.service = service;
    ZIGE_TRY(result, context.hub.scoring().correct(actor, order, run_of(arguments)));
    return to_json(result);
}

Result<Json> withdraw(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(who, exact_person_of(context, arguments));
    ZIGE_TRY(document, arguments.text("document"));
    ZIGE_TRY(reason, arguments.text("reason"));
    ZIGE_TRY(result, context.hub.scoring().withdraw(actor, {who, document, reason}, run_of(arguments)));
    return to_json(result);
}

Result<Json> repair(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    RepairOrder order;
    ZIGE_TRY(who, exact_person_of(context, arguments));
    ZIGE_TRY(way, arguments.text("way"));
    ZIGE_TRY(score, arguments.maybe_text("score"));
    ZIGE_TRY(times, arguments.number_or("times", 1, 1, 100));
    ZIGE_TRY(points, maybe_number(arguments, "points"));
    ZIGE_TRY(on, arguments.maybe_day("on"));
    ZIGE_TRY(reason, arguments.text_or("reason", ""));
    order.who = std::move(who);
    order.asked.way = std::move(way);
    if (score) {
        ZIGE_TRY(hundredths, parse_score(*score));
        order.asked.score_hundredths = hundredths;
    }
    order.asked.times = static_cast<unsigned>(times);
    order.asked.entered = points;
    order.asked.on = on.value_or(context.today());
    if (arguments.has("conduct_year")) {
        ZIGE_TRY(year, arguments.number_or("conduct_year", 0, kMinYear, kMaxYear));
        order.asked.conduct_year = static_cast<int>(year);
    }
    ZIGE_TRY(later, entered_of(arguments, "later_"));
    order.later = std::move(later);
    order.reason = std::move(reason);
    ZIGE_TRY(result, context.hub.scoring().repair(actor, order, run_of(arguments)));
    return to_json(result);
}

Result<Json> restore(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(who, exact_person_of(context, arguments));
    ZIGE_TRY(document, arguments.text("document"));
    ZIGE_TRY(applied, arguments.day("applied"));
    ZIGE_TRY(evaluated, arguments.maybe_day("evaluated"));
    ZIGE_TRY(reason, arguments.text_or("reason", ""));
    const RestorationAsked asked{document, applied, evaluated.value_or(context.today())};
    ZIGE_TRY(result, context.hub.scoring().restore(actor, {who, asked, reason}, run_of(arguments)));
    return to_json(result);
}

Result<CauseOrder> cause_order(OperationContext& context, const CallArguments& arguments) {
    CauseOrder order;
    ZIGE_TRY(who, exact_person_of(context, arguments));
    ZIGE_TRY(cause, arguments.code<SanctionCause>("cause"));
    ZIGE_TRY(institution, arguments.text_or("institution", ""));
    ZIGE_TRY(document, arguments.text("document"));
    ZIGE_TRY(from, arguments.maybe_day("from"));
    ZIGE_TRY(to, arguments.maybe_day("to"));
    ZIGE_TRY(reason, arguments.text_or("reason", ""));
    order.who.push_back(std::move(who));
    order.cause = cause;
    order.institution = std::move(institution);
    order.document = std::move(document);
    order.from = from;
    if (to) order.nominal_end = *to + std::chrono::days{1};
    ZIGE_TRY(barred, arguments.maybe_day("barred_until"));
    order.barred_until = barred;
    order.reason = std::move(reason);
    return order;
}

Result<Json> cause_start(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(order, cause_order(context, arguments));
    ZIGE_TRY(result, context.hub.linked_sanctions().start(actor, order, run_of(arguments)));
    return to_json(result);
}

Result<Json> cause_end(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(who, exact_person_of(context, arguments));
    ZIGE_TRY(document, arguments.text("document"));
    ZIGE_TRY(on, arguments.day("on"));
    ZIGE_TRY(reason, arguments.text("reason"));
    ZIGE_TRY(result, context.hub.linked_sanctions().end(actor, {who}, document, on, reason, run_of(arguments)));
    return to_json(result);
}

constexpr NamedOperation kOperations[] = {
    {"points.decide", decide}, {"points.serve", serve},     {"points.correct", correct},  {"points.withdraw", withdraw},
    {"points.repair", repair}, {"points.restore", restore}, {"cause.start", cause_start}, {"cause.end", cause_end},
};

}  // namespace

std::span<const NamedOperation> points_operations() { return kOperations; }

}  // namespace zige::hub
