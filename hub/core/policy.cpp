#include "hub/core/policy.h"

#include <algorithm>

#include "hub/core/hub_values.h"
#include "hub/core/statements.h"
#include "shared/wire/codec.h"

namespace zige::hub {
namespace {

LogEvent about_profile(HubEvent event, const Profile& profile) {
    LogEvent out;
    out.event = event;
    out.body.add("profile", profile.id).add("version", static_cast<std::int64_t>(profile.version));
    return out;
}

/// A profile version once used is never edited.
Result<bool> is_new(Tx& tx, const Profile& profile, const Bytes& content) {
    ZIGE_TRY(row, tx.first(Sql::profile_get, {sql(profile.id), sql(profile.version)}));
    if (row && row->bytes(0) != content)
        return fail(ErrorId::profile_bad_value, "version",
                    profile.id + " " + std::to_string(profile.version) + " was used with another content");
    return !row;
}

Result<void> touch_all(Change& change) {
    ZIGE_TRY(rows, change.tx().query(Sql::institution_codes, {}));
    for (const Row& row : rows) change.touch(row.text(0));
    return {};
}

}  // namespace

Result<void> Policy::adopt_in(Change& change, const Hasher& hasher, const Profile& profile, const Calendar& calendar,
                              const std::vector<UndecidedValue>& undecided) {
    Tx& tx = change.tx();
    const Bytes content = wire::encode(wire::Config{profile, Calendar{}});
    ZIGE_TRY(fresh, is_new(tx, profile, content));
    if (fresh) {
        ZIGE_CHECK(tx.exec(Sql::profile_put, {sql(profile.id), sql(profile.version), sql(content), sql(change.now())}));
        for (const UndecidedValue& value : undecided)
            ZIGE_CHECK(
                tx.exec(Sql::undecided_put, {sql(profile.id), sql(profile.version), sql(value.name), sql(value.note)}));
    }
    const Bytes config = wire::encode(wire::Config{profile, calendar});
    ZIGE_TRY(present, get_bytes(tx, HubValue::config));
    if (present && *present == config) return {};
    ZIGE_CHECK(set_bytes(tx, HubValue::config, config));
    LogEvent event = about_profile(HubEvent::profile_published, profile);
    event.body.add("hash", to_hex(hasher.hash({config})));
    ZIGE_CHECK(change.log(std::move(event)));
    return touch_all(change);
}

Result<Published> Policy::adopt(const std::string& actor, const Profile& profile, const Calendar& calendar,
                                const std::vector<UndecidedValue>& undecided) {
    return publisher_.change(actor, [&](Change& change) -> Result<void> {
        return adopt_in(change, env_.hasher, profile, calendar, undecided);
    });
}

Result<wire::Config> Policy::current(Tx& tx) {
    ZIGE_TRY(content, get_bytes(tx, HubValue::config));
    if (!content) return fail(ErrorId::hub_not_initialised, "profile");
    return wire::decode_config(*content);
}

Result<wire::Config> Policy::current() const {
    return read_from(env_.store, [](Tx& tx) { return current(tx); });
}

Result<std::vector<UndecidedValue>> Policy::undecided_in(Tx& tx) {
    ZIGE_TRY(config, current(tx));
    ZIGE_TRY(rows, tx.query(Sql::undecided_of, {sql(config.profile.id), sql(config.profile.version)}));
    std::vector<UndecidedValue> values;
    values.reserve(rows.size());
    for (const Row& row : rows) values.push_back({row.text(0), row.text(1), !row.text(2).empty(), row.text(2)});
    return values;
}

Result<bool> Policy::all_confirmed(Tx& tx) {
    ZIGE_TRY(values, undecided_in(tx));
    return std::all_of(values.begin(), values.end(), [](const UndecidedValue& value) { return value.confirmed; });
}

Result<std::vector<UndecidedValue>> Policy::undecided() const {
    return read_from(env_.store, [](Tx& tx) { return undecided_in(tx); });
}

Result<void> Policy::confirm(const std::string& actor, const std::string& name) {
    if (actor.empty()) return fail(ErrorId::usage_missing_argument, "actor");
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        Tx& tx = change.tx();
        ZIGE_TRY(values, undecided_in(tx));
        const auto at =
            std::find_if(values.begin(), values.end(), [&](const UndecidedValue& value) { return value.name == name; });
        if (at == values.end()) return fail(ErrorId::profile_unknown_field, "name", name);
        if (at->confirmed) return {};
        ZIGE_TRY(config, current(tx));
        const Profile& profile = config.profile;
        ZIGE_CHECK(tx.exec(Sql::undecided_confirm,
                           {sql(actor), sql(change.now()), sql(profile.id), sql(profile.version), sql(name)}));
        LogEvent event = about_profile(HubEvent::profile_confirmed, profile);
        event.body.add("name", name);
        return change.log(std::move(event));
    });
    if (!done.ok()) return done.error();
    return {};
}

}  // namespace zige::hub
