#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/result.h"
#include "shared/base/time.h"

namespace zige::hub {

/// The body of a log event: names and values in a fixed order, as text ("name=value\n", '\\' and newline escaped).
/// One text for one list of fields, so that it can be hashed.
class Fields {
public:
    Fields& add(std::string_view name, std::string_view value);
    Fields& add(std::string_view name, std::int64_t value);
    Fields& add(std::string_view name, Day day);
    Fields& add(std::string_view name, std::optional<Day> day);  ///< nothing is added for nothing

    std::string encode() const;
    /// ledger_bad_chain: not what encode() makes.
    static Result<Fields> decode(std::string_view text);

    std::optional<std::string_view> find(std::string_view name) const;
    std::string_view text(std::string_view name) const;  ///< empty if it is not there
    Result<std::int64_t> number(std::string_view name) const;
    Result<Day> day(std::string_view name) const;
    Result<std::optional<Day>> maybe_day(std::string_view name) const;
    const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace zige::hub
