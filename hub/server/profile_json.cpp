#include "hub/server/profile_json.h"

#include <algorithm>
#include <limits>
#include <map>

#include "hub/core/profile/located_json.h"

namespace zige::hub {
namespace {

Json texts(const std::vector<std::string>& values) {
    Json list{Json::Array{}};
    for (const std::string& value : values) list.push(value);
    return list;
}

Json freshness(const Profile& profile) {
    Json list{Json::Array{}};
    for (const FreshnessLimits& each : profile.freshness) {
        const bool any = each.max_people == std::numeric_limits<std::uint32_t>::max();
        list.push(Json::object({{"max_people", any ? Json() : Json(each.max_people)},
                                {"fresh_hours", each.fresh.count()},
                                {"aged_hours", each.aged.count()},
                                {"stale_hours", each.stale.count()}}));
    }
    return list;
}

Json roles(const Profile& profile) {
    Json list{Json::Array{}};
    for (const RoleRule& rule : profile.roles) {
        Json row = Json::object(
            {{"transaction", to_string(rule.txn)}, {"role", to_string(rule.role)}, {"effect", to_string(rule.effect)}});
        if (rule.external) row.set("external", true);
        list.push(std::move(row));
    }
    return list;
}

Json scope(const Profile& profile) {
    std::map<std::string, Json> rows;
    for (const auto& [kind, category] : profile.scope) {
        auto& row = rows.try_emplace(to_string(kind), Json::Array{}).first->second;
        row.push(to_string(category));
    }
    Json list{Json::Array{}};
    for (auto& [kind, categories] : rows)
        list.push(Json::object({{"kind", kind}, {"categories", std::move(categories)}}));
    return list;
}

struct NamedValue {
    std::string_view name;
    Json (*read)(const Profile&);
};
constexpr NamedValue kValues[] = {
    {"emergency_frees_suspended", [](const Profile& p) { return Json(p.emergency_frees_suspended); }},
    {"emergency_frees_terminated", [](const Profile& p) { return Json(p.emergency_frees_terminated); }},
    {"missing_commitment_denies", [](const Profile& p) { return Json(p.missing_commitment_denies); }},
    {"pooled_fund_only", [](const Profile& p) { return Json(p.pooled_fund_only); }},
    {"cost_to_patient", [](const Profile& p) { return Json(p.cost_to_patient); }},
    {"unwritable_journal_holds", [](const Profile& p) { return Json(p.unwritable_journal_holds); }},
    {"departure_working_days", [](const Profile& p) { return Json(std::int64_t{p.departure_working_days}); }},
    {"patient_delay_hours", [](const Profile& p) { return Json(std::int64_t{p.patient_delay_hours}); }},
    {"scope", scope},
    {"roles", roles},
    {"freshness", freshness},
    {"chronic_med_type_prefixes", [](const Profile& p) { return texts(p.chronic_med_type_prefixes); }},
    {"emergency_med_types", [](const Profile& p) { return texts(p.emergency_med_types); }},
};

}  // namespace

Json profile_value(const Profile& profile, std::string_view name) {
    const auto* const at = std::ranges::find(kValues, name, &NamedValue::name);
    return at == std::end(kValues) ? Json() : at->read(profile);
}

Json value_json(const SourcedValue& value) {
    auto parsed = parse_json(value.value, kMaxPolicyFileBytes);
    return Json::object({{"path", value.path},
                         {"key", value.key},
                         {"value", parsed.ok() ? std::move(*parsed) : Json(value.value)},
                         {"source", to_string(value.cite.source)},
                         {"text", value.cite.text},
                         {"line", value.line}});
}

Json summary_json(const ProfileFile& file) {
    const auto count = [&](ValueSource source) {
        return std::ranges::count_if(file.values,
                                     [&](const SourcedValue& value) { return value.cite.source == source; });
    };
    Json json = Json::object({{"id", file.profile.id},
                              {"version", file.profile.version},
                              {"title", file.title},
                              {"articles", count(ValueSource::article)},
                              {"inherits", count(ValueSource::inherits)},
                              {"ours", count(ValueSource::ours)},
                              {"undecided", count(ValueSource::undecided)},
                              {"rules", file.rules.has_value()}});
    if (!file.rules) return json;
    const Rules& rules = *file.rules;
    json.set("document", rules.document);
    json.set("effective_from", format(rules.effective_from.value));
    json.set("effective_to", rules.effective_to ? Json(format(rules.effective_to->value)) : Json());
    json.set("levels", rules.levels.size());
    json.set("triggers", rules.triggers.size());
    json.set("measures", rules.measures.size());
    json.set("repair", rules.repair.size());
    json.set("deadlines", rules.deadlines.size());
    return json;
}

Json undecided_json(const std::vector<UndecidedValue>& undecided, const Profile& profile,
                    const std::vector<SourcedValue>& values) {
    Json list{Json::Array{}};
    for (const UndecidedValue& value : undecided) {
        const auto at = std::ranges::find(values, value.name, &SourcedValue::path);
        Json shown = profile_value(profile, value.name);
        if (at != values.end()) shown = *value_json(*at).find("value");
        list.push(Json::object({{"name", value.name},
                                {"value", std::move(shown)},
                                {"note", value.note},
                                {"confirmed", value.confirmed},
                                {"confirmed_by", value.confirmed_by}}));
    }
    return list;
}

}  // namespace zige::hub
