#pragma once

#include <string>
#include <vector>

#include "hub/core/publisher.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// A value of the profile that is our default until the bureau confirms it ([D] in the rules).
struct UndecidedValue {
    std::string name;  ///< e.g. "freshness", "roles.nurse"
    std::string note;  ///< Chinese: what is chosen and why
    bool confirmed = false;
    std::string confirmed_by;
};

/// The profile and calendar in force. Versions are added, never edited.
class Policy {
public:
    Policy(const Environment& env, Publisher& publisher) : env_(env), publisher_(publisher) {}

    /// Takes over a profile version with its calendar for all institutions. The same content again changes nothing.
    /// profile_bad_value: another content under an id and version that were used already.
    Result<Published> adopt(const std::string& actor, const Profile& profile, const Calendar& calendar,
                            const std::vector<UndecidedValue>& undecided);
    /// profile_unknown_field: no such undecided value.
    Result<void> confirm(const std::string& actor, const std::string& name);
    Result<std::vector<UndecidedValue>> undecided() const;
    /// Of the whole hub; hub_not_initialised before the first adopt().
    Result<wire::Config> current() const;
    static Result<wire::Config> current(Tx& tx);
    static Result<bool> all_confirmed(Tx& tx);
    /// adopt() inside a change that does more.
    static Result<void> adopt_in(Change& change, const Hasher& hasher, const Profile& profile, const Calendar& calendar,
                                 const std::vector<UndecidedValue>& undecided);

private:
    static Result<std::vector<UndecidedValue>> undecided_in(Tx& tx);

    Environment env_;
    Publisher& publisher_;
};

}  // namespace zige::hub
