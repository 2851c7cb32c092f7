#include "hub/core/paper_facts.h"
#include "hub/core/profile/career_file.h"
#include "hub/core/profile/profile_file.h"
#include "hub/server/career_json.h"
#include "hub/server/operations.h"

namespace zige::hub {
namespace {

Result<Json> show(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(who, exact_person_of(context, arguments));
    ZIGE_TRY(view, context.hub.ledger().show(who));
    return to_json(view);
}

Result<Json> verify(OperationContext& context, const CallArguments&, const ServiceCall&) {
    ZIGE_TRY(tip, context.hub.verify_log());
    return Json::object({{"events", tip.number}, {"tip", to_hex(tip.hash)}});
}

Result<Json> rebuild(OperationContext& context, const CallArguments&, const ServiceCall&) {
    ZIGE_TRY(report, context.hub.ledger().rebuild(context.progress));
    return to_json(report);
}

/// "2026-06", "2026-Q2" or "2026"; of one person, of what happened at one institution, of all.
Result<Json> decisions(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    DecisionFilter filter;
    if (arguments.has("who")) {
        ZIGE_TRY(who, exact_person_of(context, arguments));
        filter.who = std::move(who);
    }
    ZIGE_TRY(institution, arguments.text_or("institution", ""));
    filter.institution = std::move(institution);
    ZIGE_TRY(period, arguments.maybe_text("period"));
    if (period) {
        ZIGE_TRY(days, parse_period(*period));
        filter.from = days.from;
        filter.to = days.to;
    }
    ZIGE_TRY(views, context.hub.ledger().decisions(filter));
    Json list{Json::Array{}};
    for (const DecisionView& each : views) list.push(to_json(each));
    return Json::object({{"decisions", std::move(list)}});
}

/// A hand-made career, or what stands in somebody's file.
Result<CareerFile> career_of(OperationContext& context, const CallArguments& arguments) {
    if (arguments.has("career")) {
        ZIGE_TRY(text, arguments.long_text("career"));
        return read_career_file(text);
    }
    ZIGE_TRY(who, exact_person_of(context, arguments));
    ZIGE_TRY(view, context.hub.ledger().show(who));
    CareerFile file;
    for (const KnownDecision& known : view.career.decisions())
        if (!known.withdrawn) file.decisions.push_back(known.decision);
    file.repairs = view.career.repairs();
    return file;
}

Result<Json> compare(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(career, career_of(context, arguments));
    ZIGE_TRY(texts, arguments.long_texts("profile"));
    Json replays{Json::Array{}};
    for (const std::string& text : texts) {
        ZIGE_TRY(profile, read_profile_file(text));
        if (!profile.rules) return fail(ErrorId::rules_missing, "profile", profile.profile.id);
        ZIGE_TRY(replayed, replay(*profile.rules, career.decisions, career.repairs));
        Json json = to_json(replayed);
        json.set("title", profile.title);
        replays.push(std::move(json));
    }
    return Json::object({{"replays", std::move(replays)}});
}

Result<Json> merge(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(who, arguments.text("who"));
    ZIGE_TRY(into, arguments.text("into"));
    ZIGE_TRY(reason, arguments.text("reason"));
    ZIGE_TRY(who_id, context.hub.registry().find_exactly(who));
    ZIGE_TRY(into_id, context.hub.registry().find_exactly(into));
    const MergeOrder order{"#" + std::to_string(who_id.value), "#" + std::to_string(into_id.value), reason};
    const Run run = arguments.flag("preview") ? Run::preview : Run::record;
    ZIGE_TRY(result, context.hub.linked_sanctions().merge(actor, order, run));
    return to_json(result);
}

Result<Json> watch(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    const int this_year = static_cast<int>(std::chrono::year_month_day{context.today()}.year());
    ZIGE_TRY(year, arguments.number_or("year", this_year, kMinYear, kMaxYear));
    ZIGE_TRY(views, context.hub.ledger().watch_list(static_cast<int>(year), context.today()));
    Json list{Json::Array{}};
    for (const WatchView& each : views) list.push(to_json(each));
    return Json::object({{"year", year}, {"institutions", std::move(list)}});
}

Result<Json> ratio(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    const int this_year = static_cast<int>(std::chrono::year_month_day{context.today()}.year());
    ZIGE_TRY(year, arguments.number_or("year", this_year, kMinYear, kMaxYear));
    ZIGE_TRY(views, context.hub.ledger().ratios(static_cast<int>(year), context.today()));
    Json list{Json::Array{}};
    for (const RatioView& each : views) list.push(to_json(each));
    return Json::object({{"year", year}, {"institutions", std::move(list)}});
}

constexpr NamedOperation kOperations[] = {
    {"ledger.show", show},   {"ledger.verify", verify}, {"ledger.rebuild", rebuild}, {"ledger.compare", compare},
    {"ledger.merge", merge}, {"ledger.ratio", ratio},   {"ledger.watch", watch}, {"points.list", decisions}};

}  // namespace

std::span<const NamedOperation> ledger_operations() { return kOperations; }

}  // namespace zige::hub
