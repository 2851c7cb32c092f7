#include "hub/core/policy.h"

#include <algorithm>
#include <charconv>

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

Error used_already(const Profile& profile) {
    return fail(ErrorId::profile_bad_value, "version",
                profile.id + " " + std::to_string(profile.version) + " was used with another content");
}

/// A profile version once used is never edited.
Result<bool> is_new(Tx& tx, const Profile& profile, const Bytes& content) {
    ZIGE_TRY(row, tx.first(Sql::profile_get, {sql(profile.id), sql(profile.version)}));
    if (row && row->bytes(0) != content) return used_already(profile);
    return !row;
}

/// Nor is its file, the part for scoring included.
Result<void> keep_file(Change& change, const Hasher& hasher, const Profile& profile, std::string_view text) {
    if (text.empty()) return {};
    Tx& tx = change.tx();
    const Hash256 hash = hasher.hash({as_bytes(text)});
    ZIGE_TRY(row, tx.first(Sql::profile_file_get, {sql(profile.id), sql(profile.version)}));
    if (row) return row->hash(2) == hash ? Result<void>() : used_already(profile);
    return tx.exec(Sql::profile_file_put,
                   {sql(profile.id), sql(profile.version), sql(hash), sql(as_bytes(text)), sql(change.now())});
}

Result<void> note_undecided(Tx& tx, const Profile& profile, const std::vector<UndecidedValue>& undecided) {
    ZIGE_TRY(rows, tx.query(Sql::undecided_of, {sql(profile.id), sql(profile.version)}));
    for (const UndecidedValue& value : undecided) {
        const bool known = std::ranges::any_of(rows, [&](const Row& row) { return row.text(0) == value.name; });
        if (known) continue;
        ZIGE_CHECK(
            tx.exec(Sql::undecided_put, {sql(profile.id), sql(profile.version), sql(value.name), sql(value.note)}));
    }
    return {};
}

Result<void> keep_in(Change& change, const Hasher& hasher, const Profile& profile,
                     const std::vector<UndecidedValue>& undecided, std::string_view text) {
    Tx& tx = change.tx();
    const Bytes content = wire::encode(wire::Config{profile, Calendar{}});
    ZIGE_TRY(fresh, is_new(tx, profile, content));
    if (fresh)
        ZIGE_CHECK(tx.exec(Sql::profile_put, {sql(profile.id), sql(profile.version), sql(content), sql(change.now())}));
    ZIGE_CHECK(keep_file(change, hasher, profile, text));
    return note_undecided(tx, profile, undecided);
}

/// Where somebody is refused or warned already, no value that nobody confirmed may take over.
Result<void> check_confirmed(Tx& tx, const Profile& profile, const std::vector<UndecidedValue>& values) {
    const auto open = std::ranges::count(values, false, &UndecidedValue::confirmed);
    if (open == 0) return {};
    ZIGE_TRY(institutions, tx.query(Sql::institutions_beyond_observe, {}));
    if (institutions.empty()) return {};
    return fail(ErrorId::institution_value_undecided, "profile",
                profile.id + " " + std::to_string(profile.version) + ": " + std::to_string(open) +
                    " values wait for confirmation, and " + institutions.front().text(0) + " has left observe");
}

KeptProfile kept_of(const Row& row) {
    KeptProfile kept;
    kept.name = {row.text(0), row.small(1)};
    kept.hash = row.hash(2);
    kept.kept_at = row.instant(3);
    kept.adopted = row.small(4);
    kept.text = as_text(row.bytes(5));
    return kept;
}

Result<void> touch_all(Change& change) {
    ZIGE_TRY(rows, change.tx().query(Sql::institution_codes, {}));
    for (const Row& row : rows) change.touch(row.text(0));
    return {};
}

}  // namespace

Result<ProfileName> read_profile_name(std::string_view text) {
    const std::size_t at = text.rfind('@');
    ProfileName name;
    const std::string_view number = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
    const auto [end, failed] = std::from_chars(number.data(), number.data() + number.size(), name.version);
    if (at == 0 || number.empty() || failed != std::errc() || end != number.data() + number.size())
        return fail(ErrorId::profile_bad_value, "profile", "expected ID@VERSION: " + std::string(text));
    name.id = text.substr(0, at);
    return name;
}

std::string to_string(const ProfileName& name) { return name.id + "@" + std::to_string(name.version); }

Result<void> Policy::adopt_in(Change& change, const Hasher& hasher, const Profile& profile, const Calendar& calendar,
                              const std::vector<UndecidedValue>& undecided, std::string_view text,
                              std::string_view other_region) {
    Tx& tx = change.tx();
    ZIGE_CHECK(keep_in(change, hasher, profile, undecided, text));
    ZIGE_TRY(values, undecided_in(tx, ProfileName{profile.id, profile.version}));
    ZIGE_CHECK(check_confirmed(tx, profile, values));
    ZIGE_TRY(latest, adopted(tx));
    const bool again = !latest.empty() && latest.front().name == ProfileName{profile.id, profile.version};
    if (!again) ZIGE_CHECK(tx.exec(Sql::profile_file_adopt, {sql(profile.id), sql(profile.version)}));
    const Bytes config = wire::encode(wire::Config{profile, calendar});
    ZIGE_TRY(present, get_bytes(tx, HubValue::config));
    if (present && *present == config) return {};
    ZIGE_CHECK(set_bytes(tx, HubValue::config, config));
    LogEvent event = about_profile(HubEvent::profile_published, profile);
    event.body.add("hash", to_hex(hasher.hash({config})));
    if (!text.empty()) event.body.add("file", to_hex(hasher.hash({as_bytes(text)})));
    if (!other_region.empty()) event.body.add("other_region", other_region);
    ZIGE_CHECK(change.log(std::move(event)));
    return touch_all(change);
}

Result<Published> Policy::adopt(const std::string& actor, const Profile& profile, const Calendar& calendar,
                                const std::vector<UndecidedValue>& undecided, std::string_view text,
                                std::string_view other_region) {
    return publisher_.change(actor, [&](Change& change) -> Result<void> {
        return adopt_in(change, env_.hasher, profile, calendar, undecided, text, other_region);
    });
}

Result<void> Policy::keep(const std::string& actor, const Profile& profile,
                          const std::vector<UndecidedValue>& undecided, std::string_view text) {
    if (actor.empty()) return fail(ErrorId::usage_missing_argument, "actor");
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        const bool known = kept(change.tx(), {profile.id, profile.version}).ok();
        ZIGE_CHECK(keep_in(change, env_.hasher, profile, undecided, text));
        if (known) return {};
        LogEvent event = about_profile(HubEvent::profile_kept, profile);
        event.body.add("file", to_hex(env_.hasher.hash({as_bytes(text)})));
        return change.log(std::move(event));
    });
    if (!done.ok()) return done.error();
    return {};
}

Result<std::vector<KeptProfile>> Policy::kept(Tx& tx) {
    ZIGE_TRY(rows, tx.query(Sql::profile_files, {}));
    std::vector<KeptProfile> all;
    for (const Row& row : rows) all.push_back(kept_of(row));
    return all;
}

Result<std::vector<KeptProfile>> Policy::kept() const {
    return read_from(env_.store, [](Tx& tx) { return kept(tx); });
}

Result<KeptProfile> Policy::kept(Tx& tx, const ProfileName& name) {
    ZIGE_TRY(row, tx.first(Sql::profile_file_get, {sql(name.id), sql(name.version)}));
    if (!row) return fail(ErrorId::rules_not_in_force, "profile", to_string(name) + " is not kept here");
    return kept_of(*row);
}

Result<KeptProfile> Policy::kept(const ProfileName& name) const {
    return read_from(env_.store, [&](Tx& tx) { return kept(tx, name); });
}

Result<std::vector<KeptProfile>> Policy::adopted(Tx& tx) {
    ZIGE_TRY(all, kept(tx));
    std::erase_if(all, [](const KeptProfile& each) { return each.adopted == 0; });
    return all;
}

Result<wire::Config> Policy::current(Tx& tx) {
    ZIGE_TRY(content, get_bytes(tx, HubValue::config));
    if (!content) return fail(ErrorId::hub_not_initialised, "profile");
    return wire::decode_config(*content);
}

Result<wire::Config> Policy::current() const {
    return read_from(env_.store, [](Tx& tx) { return current(tx); });
}

Result<std::vector<UndecidedValue>> Policy::undecided_in(Tx& tx, const std::optional<ProfileName>& of) {
    ProfileName name;
    if (of) {
        name = *of;
    } else {
        ZIGE_TRY(config, current(tx));
        name = {config.profile.id, config.profile.version};
    }
    ZIGE_TRY(rows, tx.query(Sql::undecided_of, {sql(name.id), sql(name.version)}));
    std::vector<UndecidedValue> values;
    values.reserve(rows.size());
    for (const Row& row : rows) values.push_back({row.text(0), row.text(1), !row.text(2).empty(), row.text(2)});
    return values;
}

Result<bool> Policy::all_confirmed(Tx& tx) {
    ZIGE_TRY(values, undecided_in(tx, std::nullopt));
    return std::ranges::all_of(values, &UndecidedValue::confirmed);
}

Result<std::vector<UndecidedValue>> Policy::undecided(const std::optional<ProfileName>& of) const {
    return read_from(env_.store, [&](Tx& tx) { return undecided_in(tx, of); });
}

Result<void> Policy::confirm(const std::string& actor, const std::string& name, const std::optional<ProfileName>& of) {
    if (actor.empty()) return fail(ErrorId::usage_missing_argument, "actor");
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        Tx& tx = change.tx();
        ZIGE_TRY(values, undecided_in(tx, of));
        const auto at = std::ranges::find(values, name, &UndecidedValue::name);
        if (at == values.end()) return fail(ErrorId::profile_unknown_field, "name", name);
        if (at->confirmed) return {};
        ZIGE_TRY(config, current(tx));
        Profile profile = std::move(config.profile);
        if (of) {
            profile.id = of->id;
            profile.version = of->version;
        }
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
