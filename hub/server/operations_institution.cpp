#include <algorithm>
#include <array>
#include <cstdint>

#include "hub/server/operations.h"

namespace zige::hub {
namespace {

/// "72,360,1080": hours that a copy is fresh, aged, stale at most; for any number of people.
Result<std::vector<FreshnessLimits>> limits_of(const CallArguments& arguments) {
    ZIGE_TRY(text, arguments.maybe_text("limits"));
    if (!text) return std::vector<FreshnessLimits>{};
    const Error bad = fail(ErrorId::api_bad_field, "limits", "three ascending numbers of hours: fresh,aged,stale");
    std::vector<std::int64_t> hours;
    std::string_view rest = *text;
    for (bool more = true; more;) {
        const std::size_t comma = rest.find(',');
        more = comma != std::string_view::npos;
        const auto number = whole_number(rest.substr(0, comma));
        if (!number || *number < 1 || *number > 9600) return bad;
        hours.push_back(*number);
        if (more) rest.remove_prefix(comma + 1);
    }
    if (hours.size() != 3 || !std::ranges::is_sorted(hours)) return bad;
    return std::vector<FreshnessLimits>{
        {UINT32_MAX, std::chrono::hours{hours[0]}, std::chrono::hours{hours[1]}, std::chrono::hours{hours[2]}}};
}

Json limits_json(const std::vector<FreshnessLimits>& limits) {
    Json list{Json::Array{}};
    for (const FreshnessLimits& each : limits)
        list.push(Json::object({{"max_people", each.max_people},
                                {"fresh_hours", each.fresh.count()},
                                {"aged_hours", each.aged.count()},
                                {"stale_hours", each.stale.count()}}));
    return list;
}

Json stop_json(const Stop& stop) {
    return Json::object({{"kind", to_string(stop.kind)},
                         {"department", stop.department},
                         {"from", format(stop.from)},
                         {"end", to_json(stop.end)},
                         {"article", stop.article},
                         {"document", stop.document}});
}

Json info_json(const InstitutionInfo& info) {
    Json stops{Json::Array{}};
    for (const Stop& stop : info.stops) stops.push(stop_json(stop));
    Json departments{Json::Array{}};
    for (const auto& [code, name] : info.departments) departments.push(Json::object({{"code", code}, {"name", name}}));
    return Json::object({{"code", info.spec.code},
                         {"name", info.spec.name},
                         {"kind", to_string(info.spec.kind)},
                         {"division", info.spec.division},
                         {"mode", to_string(info.spec.mode)},
                         {"mode_until", to_json(info.spec.mode_until)},
                         {"limits", limits_json(info.spec.limits)},
                         {"strict", info.strict},
                         {"seq", info.seq.value},
                         {"people", info.people},
                         {"departed", info.departed},
                         {"stops", std::move(stops)},
                         {"departments", std::move(departments)}});
}

Result<Json> add(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    InstitutionSpec spec;
    ZIGE_TRY(code, arguments.text("code"));
    ZIGE_TRY(name, arguments.text("name"));
    ZIGE_TRY(kind, arguments.code<InstitutionKind>("kind"));
    ZIGE_TRY(division, arguments.text("division"));
    ZIGE_TRY(mode, arguments.maybe_code<Mode>("mode"));
    ZIGE_TRY(until, arguments.maybe_day("until"));
    ZIGE_TRY(limits, limits_of(arguments));
    spec = {std::move(code), std::move(name),  kind, std::move(division), mode.value_or(Mode::observe),
            until,           std::move(limits)};
    ZIGE_TRY(published, context.hub.registry().add_institution(actor, spec));
    return to_json(published);
}

/// What is not named stays as it is.
Result<InstitutionSpec> changed_spec(OperationContext& context, const CallArguments& arguments) {
    ZIGE_TRY(code, arguments.text("code"));
    ZIGE_TRY(info, context.hub.registry().institution(code));
    InstitutionSpec spec = std::move(info.spec);
    ZIGE_TRY(name, arguments.text_or("name", spec.name));
    ZIGE_TRY(kind, arguments.maybe_code<InstitutionKind>("kind"));
    ZIGE_TRY(division, arguments.text_or("division", spec.division));
    ZIGE_TRY(limits, limits_of(arguments));
    spec.name = std::move(name);
    spec.kind = kind.value_or(spec.kind);
    spec.division = std::move(division);
    if (!limits.empty()) spec.limits = std::move(limits);
    return spec;
}

bool names_details(const CallArguments& arguments) {
    return std::ranges::any_of(std::array{"name", "kind", "division", "limits"},
                               [&](const char* name) { return arguments.has(name); });
}

Result<Json> set(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(mode, arguments.maybe_code<Mode>("mode"));
    ZIGE_TRY(until, arguments.maybe_day("until"));
    if (until && !mode) return fail(ErrorId::api_missing_field, "mode", "until belongs to a mode");
    ZIGE_TRY(spec, changed_spec(context, arguments));
    Published published;
    // The mode comes first: it is what the hub may refuse.
    if (mode) {
        ZIGE_TRY(with_mode, context.hub.registry().set_mode(actor, spec.code, *mode, until));
        published = with_mode;
    }
    if (!names_details(arguments)) return to_json(published);
    ZIGE_TRY(changed, context.hub.registry().change_institution(actor, spec));
    return to_json(changed.seq.value == 0 ? published : changed);
}

Result<Json> list(OperationContext& context, const CallArguments&, const ServiceCall&) {
    ZIGE_TRY(all, context.hub.registry().institutions());
    Json institutions{Json::Array{}};
    for (const InstitutionInfo& info : all) institutions.push(info_json(info));
    return Json::object({{"institutions", std::move(institutions)}});
}

Result<Json> show(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(code, arguments.text("code"));
    ZIGE_TRY(info, context.hub.registry().institution(code));
    return info_json(info);
}

Result<Json> add_department(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(code, arguments.text("code"));
    ZIGE_TRY(department, arguments.text("department"));
    ZIGE_TRY(name, arguments.text("name"));
    ZIGE_TRY(published, context.hub.registry().add_department(actor, code, department, name));
    return to_json(published);
}

Result<Json> stop(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(code, arguments.text("code"));
    ZIGE_TRY(department, arguments.text_or("department", ""));
    ZIGE_TRY(kind, arguments.maybe_code<StopKind>("kind"));
    ZIGE_TRY(from, arguments.day("from"));
    ZIGE_TRY(document, arguments.text("document"));
    ZIGE_TRY(article, article_of(context, arguments));
    if (!department.empty() && kind && *kind != StopKind::department_suspended)
        return fail(ErrorId::api_bad_field, "kind", "a department is only suspended");
    const StopKind usual = department.empty() ? StopKind::agreement_suspended : StopKind::department_suspended;
    const Stop order{kind.value_or(usual), department, from, std::nullopt, article, document};
    ZIGE_TRY(published, context.hub.registry().stop(actor, code, order));
    return to_json(published);
}

Result<Json> resume(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(code, arguments.text("code"));
    ZIGE_TRY(document, arguments.text("document"));
    ZIGE_TRY(on, arguments.day("on"));
    ZIGE_TRY(published, context.hub.registry().resume(actor, code, document, on));
    // XY 39: who was suspended with it stays so until somebody ends it.
    const auto left = context.hub.due_list().left_by_stop(code, document);
    Json json = to_json(published);
    json.set("document", document);
    if (!left.ok()) return std::move(json.set("not_listed", left.error().describe()));  // the stop IS over
    Json people{Json::Array{}};
    for (const DueItem& each : *left) people.push(Json::object({{"person", each.person.value}, {"name", each.name}}));
    return std::move(json.set("still_suspended", std::move(people)));
}

Result<Json> strict(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(code, arguments.text("code"));
    ZIGE_TRY(state, arguments.text("onoff"));
    ZIGE_TRY(reason, arguments.text("reason"));
    if (state != "on" && state != "off") return fail(ErrorId::api_bad_field, "onoff", "on or off");
    ZIGE_TRY(published, context.hub.registry().set_strict(actor, code, state == "on", reason));
    return to_json(published);
}

constexpr NamedOperation kOperations[] = {
    {"institution.strict", strict},
    {"institution.add", add},
    {"institution.set", set},
    {"institution.list", list},
    {"institution.show", show},
    {"department.add", add_department},
    {"stop", stop},
    {"resume", resume},
};

}  // namespace

std::span<const NamedOperation> institution_operations() { return kOperations; }

}  // namespace zige::hub
