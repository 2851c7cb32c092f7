#pragma once

#include <cstdint>
#include <string_view>

#include "agent/capi/charset.h"
#include "shared/poco/json.h"

namespace zige::capi {

/// Reads the answers of the local interface. What is missing or null is 0, or "".
class JsonFields {
public:
    JsonFields(const Json& object, const Charset& charset) : object_(&object), charset_(&charset) {}

    /// "copy.freshness.number"; nothing: it is missing or null.
    const Json* find(std::string_view path) const;
    bool has(std::string_view path) const { return find(path) != nullptr; }

    std::int64_t integer(std::string_view path, std::int64_t when_missing = 0) const;
    std::int32_t number(std::string_view path) const { return static_cast<std::int32_t>(integer(path)); }
    std::uint32_t count(std::string_view path) const { return static_cast<std::uint32_t>(integer(path)); }
    std::uint64_t large(std::string_view path) const { return static_cast<std::uint64_t>(integer(path)); }
    std::int32_t flag(std::string_view path) const;
    /// The number of a code that stands there by its name.
    template <class Code>
    std::int32_t named(std::string_view path) const {
        const auto code = from_name<Code>(text(path));
        return code ? static_cast<std::int32_t>(*code) : 0;
    }
    std::string_view text(std::string_view path) const;
    template <std::size_t N>
    void text(std::string_view path, char (&to)[N]) const {
        charset_->write(text(path), to);
    }

private:
    const Json* object_;
    const Charset* charset_;
};

}  // namespace zige::capi
