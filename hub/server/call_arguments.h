#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/codes.h"
#include "shared/base/time.h"
#include "shared/poco/json.h"

namespace zige::hub {

/// A decimal number and nothing else; nothing when it does not fit.
std::optional<std::int64_t> whole_number(std::string_view text);

/// The arguments of a call, read and checked one by one. Values are texts as they stand on a command line.
/// api_missing_field, api_bad_field: `field` is the name.
class CallArguments {
public:
    explicit CallArguments(const Json& json) : json_(json) {}

    Result<std::string> text(std::string_view name) const;
    Result<std::optional<std::string>> maybe_text(std::string_view name) const;
    Result<std::string> text_or(std::string_view name, std::string_view otherwise) const;
    Result<std::vector<std::string>> long_texts(std::string_view name) const;  ///< contents of small files
    Result<std::string> long_text(std::string_view name) const;
    Result<Day> day(std::string_view name) const;
    Result<std::optional<Day>> maybe_day(std::string_view name) const;
    Result<std::int64_t> number_or(std::string_view name, std::int64_t otherwise, std::int64_t min,
                                   std::int64_t max) const;
    /// Number of a case, of a paper: from 1, as somebody typed it.
    Result<std::uint64_t> ordinal(std::string_view name) const;
    Result<std::optional<std::uint64_t>> maybe_ordinal(std::string_view name) const;
    bool flag(std::string_view name) const;
    bool has(std::string_view name) const { return json_.find(name) != nullptr; }

    template <class E>
    Result<std::optional<E>> maybe_code(std::string_view name) const {
        ZIGE_TRY(found, maybe_text(name));
        if (!found) return std::optional<E>();
        if (const auto code = from_name<E>(*found)) return code;
        return unknown_name(name, *found);
    }
    template <class E>
    Result<E> code(std::string_view name) const {
        ZIGE_TRY(found, maybe_code<E>(name));
        if (found) return *found;
        return fail(ErrorId::api_missing_field, std::string(name));
    }

private:
    static Error unknown_name(std::string_view name, const std::string& value);

    const Json& json_;
};

}  // namespace zige::hub
