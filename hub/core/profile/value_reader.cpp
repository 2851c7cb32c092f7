#include "hub/core/profile/value_reader.h"

#include <algorithm>

namespace zige::hub {
namespace {

constexpr std::pair<std::string_view, ValueSource> kSources[] = {{"article", ValueSource::article},
                                                                 {"ours", ValueSource::ours},
                                                                 {"undecided", ValueSource::undecided},
                                                                 {"inherits", ValueSource::inherits}};

bool is_source(std::string_view name) {
    return std::ranges::any_of(kSources, [&](const auto& source) { return source.first == name; });
}

/// Exactly one source, and its text.
Result<Cite> read_cite(const FileNode& entry) {
    const auto count = std::ranges::count_if(kSources, [&](const auto& source) { return entry.has(source.first); });
    if (count != 1) return entry.wrong("needs exactly one of article, ours, undecided, inherits");
    Cite cite;
    for (const auto& [name, source] : kSources) {
        if (!entry.has(name)) continue;
        ZIGE_TRY(node, entry.member(name));
        ZIGE_TRY(text, node.text());
        cite = {source, std::move(text)};
    }
    return cite;
}

void append_text(std::string& out, const std::string& text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

void append(std::string& out, const LocatedJson& json, bool outermost);

void append_members(std::string& out, const LocatedJson::Object& members, bool outermost) {
    out += '{';
    bool first = true;
    for (const auto& [name, member] : members) {
        if (outermost && is_source(name)) continue;
        if (!first) out += ", ";
        first = false;
        append_text(out, name);
        out += ": ";
        append(out, member, false);
    }
    out += '}';
}

void append(std::string& out, const LocatedJson& json, bool outermost) {
    if (const auto* members = json.members()) return append_members(out, *members, outermost);
    if (const auto* items = json.items()) {
        out += '[';
        for (std::size_t i = 0; i < items->size(); ++i) {
            if (i > 0) out += ", ";
            append(out, (*items)[i], false);
        }
        out += ']';
    } else if (const auto* text = json.text()) {
        append_text(out, *text);
    } else if (const auto* flag = std::get_if<bool>(&json.value)) {
        out += *flag ? "true" : "false";
    } else if (const auto* number = std::get_if<std::int64_t>(&json.value)) {
        out += std::to_string(*number);
    } else {
        out += "null";
    }
}

}  // namespace

std::string in_one_line(const LocatedJson& json) {
    std::string out;
    append(out, json, true);
    return out;
}

std::vector<std::string_view> ValueReader::with_sources(std::initializer_list<std::string_view> known) const {
    std::vector<std::string_view> all(known);
    for (const auto& [name, source] : kSources) all.push_back(name);
    return all;
}

Result<ValueReader::Found> ValueReader::value(std::string_view name) {
    ZIGE_TRY(entry, part_.member(name));
    ZIGE_CHECK(entry.only(with_sources({"value"})));
    ZIGE_TRY(cite, read_cite(entry));
    ZIGE_TRY(found, entry.member("value"));
    values_.push_back({entry.path(), entry.path(), in_one_line(found.json()), cite, entry.line()});
    return Found{std::move(found), std::move(cite)};
}

Result<std::vector<FileNode>> ValueReader::rows(std::string_view name, std::size_t most,
                                                std::initializer_list<std::string_view> known) {
    ZIGE_TRY(list, part_.member(name));
    ZIGE_TRY(rows, list.items(most));
    for (const FileNode& each : rows) ZIGE_CHECK(each.only(with_sources(known)));
    return rows;
}

Result<Cite> ValueReader::row(const FileNode& row, std::string_view list, const std::string& what) {
    ZIGE_TRY(cite, read_cite(row));
    const std::string key = part_.path() + "." + std::string(list) + "[" + what + "]";
    values_.push_back({row.path(), key, in_one_line(row.json()), cite, row.line()});
    return cite;
}

}  // namespace zige::hub
