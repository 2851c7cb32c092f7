#include "hub/server/call_arguments.h"

#include <algorithm>
#include <charconv>

#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr std::size_t kMaxLongText = 1U << 20;

/// A short value is one line that a person typed: it goes into the ledger, onto terminals and to institutions.
bool is_one_line(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; });
}

}  // namespace

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = failed == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(number) : std::nullopt;
}

Error CallArguments::unknown_name(std::string_view name, const std::string& value) {
    return fail(ErrorId::api_bad_field, std::string(name), "unknown: " + value.substr(0, 40));
}

Result<std::string> CallArguments::text(std::string_view name) const {
    ZIGE_TRY(found, maybe_text(name));
    if (!found) return fail(ErrorId::api_missing_field, std::string(name));
    return *std::move(found);
}

Result<std::optional<std::string>> CallArguments::maybe_text(std::string_view name) const {
    ZIGE_TRY(found, optional_text_member(json_, name, kMaxText));
    if (found && !is_one_line(*found)) return fail(ErrorId::api_bad_field, std::string(name), "a control character");
    return found;
}

Result<std::string> CallArguments::text_or(std::string_view name, std::string_view otherwise) const {
    ZIGE_TRY(found, maybe_text(name));
    return found ? std::move(*found) : std::string(otherwise);
}

Result<std::optional<std::uint64_t>> CallArguments::maybe_ordinal(std::string_view name) const {
    ZIGE_TRY(words, maybe_text(name));
    if (!words) return std::optional<std::uint64_t>();
    const auto number = whole_number(*words);
    if (!number || *number < 1) return fail(ErrorId::api_bad_field, std::string(name), *words);
    return std::optional(static_cast<std::uint64_t>(*number));
}

Result<std::uint64_t> CallArguments::ordinal(std::string_view name) const {
    ZIGE_TRY(number, maybe_ordinal(name));
    if (!number) return fail(ErrorId::api_missing_field, std::string(name));
    return *number;
}

Result<std::string> CallArguments::long_text(std::string_view name) const {
    return text_member(json_, name, kMaxLongText);
}

Result<std::vector<std::string>> CallArguments::long_texts(std::string_view name) const {
    std::vector<std::string> texts;
    const Json* list = json_.find(name);
    if (list == nullptr || list->items() == nullptr) return fail(ErrorId::api_missing_field, std::string(name));
    for (const Json& each : *list->items()) {
        if (each.text() == nullptr) return fail(ErrorId::api_bad_field, std::string(name), "not a text");
        texts.push_back(*each.text());
    }
    return texts;
}

Result<Day> CallArguments::day(std::string_view name) const {
    ZIGE_TRY(found, text(name));
    return parse_day(found, name);
}

Result<std::optional<Day>> CallArguments::maybe_day(std::string_view name) const {
    ZIGE_TRY(found, maybe_text(name));
    if (!found) return std::optional<Day>();
    ZIGE_TRY(day, parse_day(*found, name));
    return std::optional<Day>(day);
}

Result<std::int64_t> CallArguments::number_or(std::string_view name, std::int64_t otherwise, std::int64_t min,
                                              std::int64_t max) const {
    ZIGE_TRY(found, maybe_text(name));
    if (!found) return otherwise;
    const auto number = whole_number(*found);
    if (number && *number >= min && *number <= max) return *number;
    return fail(ErrorId::api_bad_field, std::string(name),
                "a whole number of " + std::to_string(min) + " to " + std::to_string(max));
}

bool CallArguments::flag(std::string_view name) const {
    const Json* found = json_.find(name);
    return found != nullptr && found->boolean().value_or(false);
}

}  // namespace zige::hub
