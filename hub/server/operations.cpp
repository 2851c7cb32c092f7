#include "hub/server/operations.h"

#include <algorithm>

#include "shared/domain/codes_of_people.h"

namespace zige::hub {

std::vector<std::span<const NamedOperation>> operation_areas() {
    return {institution_operations(), people_operations(),   sanction_operations(), policy_operations(),
            audit_operations(),       trust_operations(),    filing_operations(),   agent_operations(),
            incident_operations(),    recovery_operations(), notice_operations(),   slip_operations(),
            paper_operations(),       points_operations(),   ledger_operations(),   case_operations()};
}

Result<Json> run_operation(OperationContext& context, const ServiceCall& call) {
    for (const auto area : operation_areas()) {
        const auto at = std::ranges::find(area, std::string_view(call.operation), &NamedOperation::name);
        if (at != area.end()) return at->run(context, CallArguments(call.arguments), call);
    }
    return fail(ErrorId::api_unknown_path, call.operation.substr(0, 60));
}

Result<std::string> actor_of(const CallArguments& arguments) {
    ZIGE_TRY(actor, arguments.text("operator"));
    if (actor.empty()) return fail(ErrorId::api_missing_field, "operator", "who does it: --operator NAME");
    return actor;
}

Result<std::string> person_of(OperationContext& context, const CallArguments& arguments) {
    ZIGE_TRY(who, arguments.maybe_text("who"));
    ZIGE_TRY(number, arguments.maybe_text("identity_number"));
    if (who.has_value() == number.has_value()) return fail(ErrorId::api_missing_field, "who");
    if (who) return *who;
    ZIGE_TRY(type, arguments.text_or("certificate_type", "01"));
    if (type == "01") {
        ZIGE_TRY(checked, check_resident_id(*number, "identity_number"));
        number = std::move(checked);
    }
    ZIGE_TRY(id, context.hub.registry().find_person_by_number(type, *number));
    return "#" + std::to_string(id.value);
}

Result<std::string> exact_person_of(OperationContext& context, const CallArguments& arguments) {
    ZIGE_TRY(who, person_of(context, arguments));
    ZIGE_TRY(id, context.hub.registry().find_exactly(who));
    return "#" + std::to_string(id.value);
}

Result<std::uint16_t> article_of(OperationContext& context, const CallArguments& arguments) {
    ZIGE_TRY(named, arguments.maybe_text("article"));
    if (!named) return std::uint16_t{0};
    ZIGE_TRY(config, context.hub.policy().current());
    const auto& articles = config.profile.articles;
    if (const auto number = whole_number(*named)) {
        if (*number >= 1 && *number <= static_cast<std::int64_t>(articles.size()))
            return static_cast<std::uint16_t>(*number);
        return fail(ErrorId::api_bad_field, "article", "not in the profile");
    }
    const auto at = std::ranges::find(articles, *named);
    if (at == articles.end()) return fail(ErrorId::api_bad_field, "article", "not in the profile");
    return static_cast<std::uint16_t>(at - articles.begin() + 1);
}

std::string suite_name(Suite suite) {
    std::string name = to_string(suite);
    std::ranges::replace(name, '_', '-');
    return name;
}

std::optional<Suite> suite_from(std::string_view name) {
    for (const Suite suite : all<Suite>())
        if (name == to_string(suite) || name == suite_name(suite)) return suite;
    return std::nullopt;
}

Json to_json(const Published& published) {
    Json institutions{Json::Array{}};
    for (const std::string& code : published.institutions) institutions.push(code);
    return Json::object({{"seq", published.seq.value},
                         {"institutions", std::move(institutions)},
                         {"ineligible_version", published.ineligible_version}});
}

Json to_json(std::optional<Day> day) { return day ? Json(format(*day)) : Json(); }

std::optional<Day> day_before(std::optional<Day> day) {
    return day ? std::optional(*day - std::chrono::days{1}) : std::nullopt;
}

Json to_json(const StandingInterval& interval) {
    return Json::object({{"status", to_string(interval.status)},
                         {"from", format(interval.from)},
                         {"end", to_json(interval.end)},
                         {"nominal_end", to_json(interval.nominal_end)},
                         {"printed_end", to_json(day_before(interval.nominal_end))},
                         {"article", interval.article},
                         {"document", interval.document}});
}

}  // namespace zige::hub
