#include "hub/core/profile/calendar_file.h"
#include "hub/core/profile/profile_file.h"
#include "hub/server/operations.h"
#include "hub/server/profile_json.h"

namespace zige::hub {
namespace {

Json undecided_json(const std::vector<UndecidedValue>& values, const Profile& profile) {
    Json list{Json::Array{}};
    for (const UndecidedValue& value : values)
        list.push(Json::object({{"name", value.name},
                                {"value", profile_value(profile, value.name)},
                                {"note", value.note},
                                {"confirmed", value.confirmed},
                                {"confirmed_by", value.confirmed_by}}));
    return list;
}

Result<Json> show(OperationContext& context, const CallArguments&, const ServiceCall&) {
    ZIGE_TRY(config, context.hub.policy().current());
    ZIGE_TRY(undecided, context.hub.policy().undecided());
    Json articles{Json::Array{}};
    for (const std::string& article : config.profile.articles) articles.push(article);
    Json years{Json::Array{}};
    for (const CalendarYear& year : config.calendar.years())
        years.push(Json::object({{"year", year.year}, {"source", year.source}}));
    return Json::object({{"id", config.profile.id},
                         {"version", config.profile.version},
                         {"articles", std::move(articles)},
                         {"calendars", std::move(years)},
                         {"undecided", undecided_json(undecided, config.profile)}});
}

Result<Json> confirm(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(name, arguments.text("name"));
    ZIGE_CHECK(context.hub.policy().confirm(actor, name));
    ZIGE_TRY(undecided, context.hub.policy().undecided());
    ZIGE_TRY(config, context.hub.policy().current());
    return Json::object({{"confirmed", name}, {"undecided", undecided_json(undecided, config.profile)}});
}

Result<Json> adopt(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(profile_text, arguments.long_text("profile"));
    ZIGE_TRY(profile, read_profile_file(profile_text));
    ZIGE_TRY(calendar_texts, arguments.long_texts("calendar"));
    std::vector<CalendarFile> files;
    for (const std::string& text : calendar_texts) {
        ZIGE_TRY(file, read_calendar_file(text));
        files.push_back(std::move(file));
    }
    ZIGE_TRY(calendar, join_calendar(std::move(files)));
    ZIGE_TRY(published, context.hub.policy().adopt(actor, profile.profile, calendar, profile.undecided));
    return to_json(published);
}

constexpr NamedOperation kOperations[] = {
    {"profile.show", show}, {"profile.confirm", confirm}, {"profile.adopt", adopt}};

}  // namespace

std::span<const NamedOperation> policy_operations() { return kOperations; }

}  // namespace zige::hub
