#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/core/publisher.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// A value of the profile that is our default until the bureau confirms it ([D] in the rules).
struct UndecidedValue {
    std::string name;  ///< e.g. "freshness", "rules.overlap"
    std::string note;  ///< Chinese: what is chosen and why
    bool confirmed = false;
    std::string confirmed_by;
};

/// Which profile is meant: "henan-xinyang@1".
struct ProfileName {
    std::string id;
    std::uint32_t version = 0;
    bool operator==(const ProfileName&) const = default;
};
/// profile_bad_value: not of that form.
Result<ProfileName> read_profile_name(std::string_view text);
std::string to_string(const ProfileName& name);

/// A profile file as the hub keeps it: the whole text, never edited.
struct KeptProfile {
    ProfileName name;
    Hash256 hash{};
    std::string text;
    Instant kept_at{};
    std::uint32_t adopted = 0;  ///< 0: only kept; else the later it was adopted, the larger
};

/// The profile and calendar in force. Versions are added, never edited.
class Policy {
public:
    Policy(const Environment& env, Publisher& publisher) : env_(env), publisher_(publisher) {}

    /// Takes over a profile version with its calendar for all institutions, and keeps `text`, its whole file (empty: a
    /// profile that only gates). The same content again changes nothing.
    /// profile_bad_value: another content under an id and version that were used already. institution_value_undecided:
    /// an institution has left observe, and values of this profile wait for confirmation; keep() it, confirm, adopt.
    /// `other_region`: why a profile of another region is right; kept in the log.
    Result<Published> adopt(const std::string& actor, const Profile& profile, const Calendar& calendar,
                            const std::vector<UndecidedValue>& undecided, std::string_view text = {},
                            std::string_view other_region = {});
    /// Keeps a profile's file without using it, so that its values can be confirmed before. profile_bad_value as
    /// adopt().
    Result<void> keep(const std::string& actor, const Profile& profile, const std::vector<UndecidedValue>& undecided,
                      std::string_view text);
    /// Of the profile in use, or of another that is kept. profile_unknown_field: no such undecided value.
    Result<void> confirm(const std::string& actor, const std::string& name,
                         const std::optional<ProfileName>& of = std::nullopt);
    Result<std::vector<UndecidedValue>> undecided(const std::optional<ProfileName>& of = std::nullopt) const;
    /// All files, the one adopted last first, those only kept at the end.
    Result<std::vector<KeptProfile>> kept() const;
    static Result<std::vector<KeptProfile>> kept(Tx& tx);
    /// rules_not_in_force: no such file is kept.
    Result<KeptProfile> kept(const ProfileName& name) const;
    static Result<KeptProfile> kept(Tx& tx, const ProfileName& name);
    /// Those of them that were ever adopted.
    static Result<std::vector<KeptProfile>> adopted(Tx& tx);
    /// Of the whole hub; hub_not_initialised before the first adopt().
    Result<wire::Config> current() const;
    static Result<wire::Config> current(Tx& tx);
    static Result<bool> all_confirmed(Tx& tx);
    /// adopt() inside a change that does more.
    static Result<void> adopt_in(Change& change, const Hasher& hasher, const Profile& profile, const Calendar& calendar,
                                 const std::vector<UndecidedValue>& undecided, std::string_view text = {},
                                 std::string_view other_region = {});

private:
    static Result<std::vector<UndecidedValue>> undecided_in(Tx& tx, const std::optional<ProfileName>& of);

    Environment env_;
    Publisher& publisher_;
};

}  // namespace zige::hub
