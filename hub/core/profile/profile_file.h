#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/core/policy.h"
#include "hub/core/rules/rules.h"
#include "shared/domain/profile.h"

namespace zige::hub {

/// A value of a profile file as it stands there, with its source.
struct SourcedValue {
    std::string path;   ///< "gate.roles", "rules.overlap", "rules.measures[3]", "articles[0]"
    std::string key;    ///< the same in all versions: rows by what they are, "rules.measures[cumulative 9-9]"
    std::string value;  ///< JSON in one line, without the source
    Cite cite;
    std::uint32_t line = 0;
    bool operator==(const SourcedValue&) const = default;

    bool undecided() const { return cite.source == ValueSource::ours || cite.source == ValueSource::undecided; }
};

/// A profile file (protocol/profile.schema.json): the values of the gate, and those of the scoring if it has them, each
/// with the article that gives it, or as left to a higher text, as ours with the reason, or undecided. The last two
/// wait for the bureau's confirmation.
struct ProfileFile {
    Profile profile;
    std::optional<Rules> rules;
    std::string title;
    std::vector<UndecidedValue> undecided;
    std::vector<SourcedValue> values;  ///< all, in the order of the file's schema
};

/// profile_not_json, profile_missing_field, profile_unknown_field, profile_bad_value, rules_overlap, rules_gap,
/// rules_falling: `field` is the path, `detail` begins with the line.
Result<ProfileFile> read_profile_file(std::string_view text);
/// The same of a file that the hub keeps: what it decided by it was decided. Of what a value says beside others it asks
/// no more than the program that took it (P10).
Result<ProfileFile> read_kept_profile(std::string_view text);

}  // namespace zige::hub
