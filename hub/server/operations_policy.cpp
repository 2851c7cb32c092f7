#include <algorithm>

#include "hub/core/profile/calendar_file.h"
#include "hub/core/profile/profile_file.h"
#include "hub/server/operations.h"
#include "hub/server/profile_json.h"

namespace zige::hub {
namespace {

/// "which" or "of": ID@VERSION; nothing: the profile in use.
Result<std::optional<ProfileName>> named(const CallArguments& arguments, std::string_view argument) {
    std::optional<ProfileName> name;
    ZIGE_TRY(text, arguments.maybe_text(argument));
    if (!text) return name;
    ZIGE_TRY(read, read_profile_name(*text));
    name = std::move(read);
    return name;
}

/// The values of the file that is kept under the name; none of a profile that was adopted without its file.
Result<std::vector<SourcedValue>> values_of(OperationContext& context, const ProfileName& name) {
    const auto kept = context.hub.policy().kept(name);
    if (!kept.ok()) {
        if (kept.error().id == ErrorId::rules_not_in_force) return std::vector<SourcedValue>();
        return kept.error();
    }
    ZIGE_TRY(file, read_kept_profile(kept->text));
    return std::move(file.values);
}

Json list_json(const std::vector<std::string>& texts) {
    Json list{Json::Array{}};
    for (const std::string& each : texts) list.push(each);
    return list;
}

Json values_json(const std::vector<SourcedValue>& values) {
    Json list{Json::Array{}};
    for (const SourcedValue& each : values) list.push(value_json(each));
    return list;
}

/// A file that is kept and perhaps not in use.
Result<Json> show_kept(OperationContext& context, const ProfileName& name) {
    ZIGE_TRY(kept, context.hub.policy().kept(name));
    ZIGE_TRY(file, read_kept_profile(kept.text));
    ZIGE_TRY(undecided, context.hub.policy().undecided(name));
    return Json::object({{"id", name.id},
                         {"version", name.version},
                         {"articles", list_json(file.profile.articles)},
                         {"calendars", Json{Json::Array{}}},
                         {"summary", summary_json(file)},
                         {"hash", to_hex(kept.hash)},
                         {"values", values_json(file.values)},
                         {"undecided", undecided_json(undecided, file.profile, file.values)}});
}

Result<Json> show(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(which, named(arguments, "which"));
    if (which) return show_kept(context, *which);
    ZIGE_TRY(config, context.hub.policy().current());
    ZIGE_TRY(undecided, context.hub.policy().undecided());
    Json years{Json::Array{}};
    for (const CalendarYear& year : config.calendar.years())
        years.push(Json::object({{"year", year.year}, {"source", year.source}}));
    ZIGE_TRY(values, values_of(context, {config.profile.id, config.profile.version}));
    return Json::object({{"id", config.profile.id},
                         {"version", config.profile.version},
                         {"articles", list_json(config.profile.articles)},
                         {"calendars", std::move(years)},
                         {"values", values_json(values)},
                         {"undecided", undecided_json(undecided, config.profile, values)}});
}

Result<Json> file(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(text, arguments.text("which"));
    ZIGE_TRY(name, read_profile_name(text));
    ZIGE_TRY(kept, context.hub.policy().kept(name));
    return Json::object({{"profile", to_string(name)}, {"hash", to_hex(kept.hash)}, {"text", kept.text}});
}

Result<Json> list(OperationContext& context, const CallArguments&, const ServiceCall&) {
    ZIGE_TRY(config, context.hub.policy().current());
    ZIGE_TRY(all, context.hub.policy().kept());
    Json profiles{Json::Array{}};
    for (const KeptProfile& each : all) {
        const bool in_use = each.name == ProfileName{config.profile.id, config.profile.version};
        ZIGE_TRY(undecided, context.hub.policy().undecided(each.name));
        profiles.push(Json::object({{"profile", to_string(each.name)},
                                    {"state", in_use             ? "in_use"
                                              : each.adopted > 0 ? "former"
                                                                 : "kept"},
                                    {"kept_at", format(each.kept_at)},
                                    {"waiting", std::ranges::count(undecided, false, &UndecidedValue::confirmed)},
                                    {"hash", to_hex(each.hash)}}));
    }
    return Json::object({{"profiles", std::move(profiles)}});
}

Result<Json> keep(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(text, arguments.long_text("profile"));
    ZIGE_TRY(profile, read_profile_file(text));
    ZIGE_CHECK(context.hub.policy().keep(actor, profile.profile, profile.undecided, text));
    const ProfileName name{profile.profile.id, profile.profile.version};
    ZIGE_TRY(undecided, context.hub.policy().undecided(name));
    return Json::object(
        {{"kept", to_string(name)}, {"undecided", undecided_json(undecided, profile.profile, profile.values)}});
}

Result<Json> confirm(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(name, arguments.text("name"));
    ZIGE_TRY(of, named(arguments, "of"));
    ZIGE_CHECK(context.hub.policy().confirm(actor, name, of));
    ZIGE_TRY(undecided, context.hub.policy().undecided(of));
    ZIGE_TRY(config, context.hub.policy().current());
    const ProfileName shown = of.value_or(ProfileName{config.profile.id, config.profile.version});
    ZIGE_TRY(values, values_of(context, shown));
    return Json::object({{"confirmed", name}, {"undecided", undecided_json(undecided, config.profile, values)}});
}

/// Another region's text would judge the people of this one: asked for, or refused. A hub's region is where its
/// institutions are; before it has any, that of the profile in use.
Result<void> check_region(OperationContext& context, const ProfileFile& file) {
    if (!file.rules || file.rules->region.empty()) return {};
    const std::string& region = file.rules->region;
    const std::string name = file.profile.id + " is of " + region;
    ZIGE_TRY(institutions, context.hub.registry().institutions());
    for (const InstitutionInfo& each : institutions)
        if (!each.spec.division.starts_with(region))
            return fail(ErrorId::rules_other_region, "region",
                        name + ", " + each.spec.code + " is in " + each.spec.division + " (--other-region REASON)");
    if (!institutions.empty()) return {};
    const auto config = context.hub.policy().current();
    const auto kept = config.ok() ? context.hub.policy().kept({config->profile.id, config->profile.version})
                                  : Result<KeptProfile>(config.error());
    const auto used = kept.ok() ? read_kept_profile(kept->text) : Result<ProfileFile>(kept.error());
    if (!used.ok() || !used->rules) return {};  // nothing says what the hub's region is
    const std::string& before = used->rules->region;
    if (before.starts_with(region) || region.starts_with(before)) return {};
    return fail(ErrorId::rules_other_region, "region",
                name + ", the profile in use of " + before + " (--other-region REASON)");
}

Result<Json> adopt(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(profile_text, arguments.long_text("profile"));
    ZIGE_TRY(profile, read_profile_file(profile_text));
    ZIGE_TRY(other_region, arguments.text_or("other_region", ""));
    if (other_region.empty()) ZIGE_CHECK(check_region(context, profile));
    ZIGE_TRY(calendar_texts, arguments.long_texts("calendar"));
    std::vector<CalendarFile> files;
    for (const std::string& text : calendar_texts) {
        ZIGE_TRY(file, read_calendar_file(text));
        files.push_back(std::move(file));
    }
    ZIGE_TRY(calendar, join_calendar(std::move(files)));
    ZIGE_TRY(published, context.hub.policy().adopt(actor, profile.profile, calendar, profile.undecided, profile_text,
                                                      other_region));
    return to_json(published);
}

constexpr NamedOperation kOperations[] = {{"profile.show", show},       {"profile.file", file},
                                          {"profile.list", list},       {"profile.keep", keep},
                                          {"profile.confirm", confirm}, {"profile.adopt", adopt}};

}  // namespace

std::span<const NamedOperation> policy_operations() { return kOperations; }

}  // namespace zige::hub
