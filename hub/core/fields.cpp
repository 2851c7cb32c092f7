#include "hub/core/fields.h"

#include <charconv>

namespace zige::hub {
namespace {

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (c == '\\') out += "\\\\";
        else if (c == '\n') out += "\\n";
        else out += c;
    }
}

std::optional<std::string> unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            out += text[i];
            continue;
        }
        if (++i == text.size()) return std::nullopt;
        if (text[i] == '\\') out += '\\';
        else if (text[i] == 'n') out += '\n';
        else return std::nullopt;
    }
    return out;
}

Error bad(std::string_view field, std::string detail) {
    return fail(ErrorId::ledger_bad_chain, std::string(field), std::move(detail));
}

}  // namespace

Fields& Fields::add(std::string_view name, std::string_view value) {
    expect(!name.empty() && name.find_first_of("=\\\n") == std::string_view::npos, "name of a field");
    fields_.emplace_back(name, value);
    return *this;
}
Fields& Fields::add(std::string_view name, std::int64_t value) { return add(name, std::to_string(value)); }
Fields& Fields::add(std::string_view name, Day day) { return add(name, format(day)); }
Fields& Fields::add(std::string_view name, std::optional<Day> day) { return day ? add(name, *day) : *this; }

std::string Fields::encode() const {
    std::string out;
    for (const auto& [name, value] : fields_) {
        out += name;
        out += '=';
        append_escaped(out, value);
        out += '\n';
    }
    return out;
}

Result<Fields> Fields::decode(std::string_view text) {
    Fields fields;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        const std::size_t equals = line.find('=');
        if (end == std::string_view::npos || equals == std::string_view::npos || equals == 0)
            return bad("body", "a line without name or end");
        auto value = unescaped(line.substr(equals + 1));
        if (!value) return bad(line.substr(0, equals), "bad escape");
        fields.fields_.emplace_back(std::string(line.substr(0, equals)), std::move(*value));
        text.remove_prefix(end + 1);
    }
    return fields;
}

std::optional<std::string_view> Fields::find(std::string_view name) const {
    for (const auto& [key, value] : fields_)
        if (key == name) return std::string_view(value);
    return std::nullopt;
}
std::string_view Fields::text(std::string_view name) const { return find(name).value_or(std::string_view{}); }

Result<std::int64_t> Fields::number(std::string_view name) const {
    const std::string_view digits = text(name);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return bad(name, "not a number");
    return value;
}
Result<Day> Fields::day(std::string_view name) const { return parse_day(text(name), name); }
Result<std::optional<Day>> Fields::maybe_day(std::string_view name) const {
    if (!find(name)) return std::optional<Day>{};
    ZIGE_TRY(value, day(name));
    return std::optional<Day>(value);
}

}  // namespace zige::hub
