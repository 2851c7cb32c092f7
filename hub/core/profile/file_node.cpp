#include "hub/core/profile/file_node.h"

#include <algorithm>

#include "shared/wire/limits.h"

namespace zige::hub {

Error FileNode::error(ErrorId id, const std::string& path, std::string_view what) const {
    return fail(id, path.empty() ? "file" : path, "line " + std::to_string(json_->line) + ": " + std::string(what));
}

Error FileNode::wrong(std::string_view what) const { return error(errors_->bad_value, path_, what); }

FileNode FileNode::child(const LocatedJson& json, std::string_view name) const {
    return {json, *errors_, path_.empty() ? std::string(name) : path_ + "." + std::string(name)};
}

Result<void> FileNode::only(std::span<const std::string_view> known) const {
    const LocatedJson::Object* members = json_->members();
    if (members == nullptr) return wrong("expected an object");
    for (const auto& [name, value] : *members)
        if (std::ranges::find(known, name) == known.end())
            return child(value, name).error(errors_->unknown, child(value, name).path_, "unknown field");
    return {};
}

Result<FileNode> FileNode::member(std::string_view name) const {
    if (json_->members() == nullptr) return wrong("expected an object");
    if (const LocatedJson* found = json_->find(name)) return child(*found, name);
    return error(errors_->missing, child(*json_, name).path_, "is missing in the object that begins here");
}

Result<bool> FileNode::flag() const {
    if (const bool* value = std::get_if<bool>(&json_->value)) return *value;
    return wrong("expected true or false");
}

Result<std::int64_t> FileNode::integer(std::int64_t min, std::int64_t max) const {
    const auto* value = std::get_if<std::int64_t>(&json_->value);
    if (value != nullptr && *value >= min && *value <= max) return *value;
    return wrong("expected an integer of " + std::to_string(min) + " to " + std::to_string(max));
}

Result<std::string> FileNode::text() const {
    const std::string* value = json_->text();
    if (value == nullptr) return wrong("expected a text");
    if (value->empty() || value->size() > kMaxText) return wrong("expected a text of 1 to 300 bytes");
    if (std::ranges::any_of(*value, [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
        return wrong("a control character");
    return *value;
}

Result<Day> FileNode::day() const {
    ZIGE_TRY(value, text());
    const auto parsed = parse_day(value, path_);
    if (!parsed.ok()) return wrong("no day of the calendar: \"" + value + "\"");
    return *parsed;
}

Result<std::vector<FileNode>> FileNode::items(std::size_t max) const {
    const LocatedJson::Array* array = json_->items();
    if (array == nullptr) return wrong("expected a list");
    if (array->size() > max) return wrong("a list of over " + std::to_string(max) + " items");
    std::vector<FileNode> nodes;
    for (std::size_t i = 0; i < array->size(); ++i)
        nodes.emplace_back((*array)[i], *errors_, path_ + "[" + std::to_string(i) + "]");
    return nodes;
}

Result<std::vector<std::string>> FileNode::texts(std::size_t max) const {
    ZIGE_TRY(nodes, items(max));
    std::vector<std::string> texts;
    for (const FileNode& node : nodes) {
        ZIGE_TRY(each, node.text());
        texts.push_back(std::move(each));
    }
    return texts;
}

}  // namespace zige::hub
