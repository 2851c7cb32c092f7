#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/core/profile/located_json.h"
#include "shared/base/codes.h"
#include "shared/base/time.h"

namespace zige::hub {

/// Which errors a kind of file gives.
struct FileErrors {
    ErrorId bad_value;
    ErrorId missing;
    ErrorId unknown;
};

/// A value inside a policy file with its path, "gate.freshness[1].aged_hours". What it reads it checks; each error
/// names the path and, in its detail, the line. Lives as long as the JSON it points into.
class FileNode {
public:
    FileNode(const LocatedJson& json, const FileErrors& errors, std::string path = {})
        : json_(&json), errors_(&errors), path_(std::move(path)) {}

    const std::string& path() const { return path_; }
    std::uint32_t line() const { return json_->line; }
    const LocatedJson& json() const { return *json_; }
    Error wrong(std::string_view what) const;  ///< bad_value at this place
    Error wrong_as(ErrorId id, std::string_view what) const { return error(id, path_, what); }

    Result<void> only(std::span<const std::string_view> known) const;
    Result<void> only(std::initializer_list<std::string_view> known) const {
        return only(std::span(known.begin(), known.size()));
    }
    Result<FileNode> member(std::string_view name) const;
    bool has(std::string_view name) const { return json_->find(name) != nullptr; }
    bool is_null() const { return std::holds_alternative<std::monostate>(json_->value); }

    Result<bool> flag() const;
    Result<std::int64_t> integer(std::int64_t min, std::int64_t max) const;
    Result<std::string> text() const;  ///< not empty, at most kMaxText bytes, without control characters
    Result<Day> day() const;
    Result<std::vector<FileNode>> items(std::size_t max) const;
    Result<std::vector<std::string>> texts(std::size_t max) const;

    /// One of the enumerators that are given, by its to_string().
    template <class E>
    Result<E> one_of(std::initializer_list<E> known) const {
        ZIGE_TRY(name, text());
        for (const E each : known)
            if (to_string(each) == name) return each;
        return wrong("unknown name \"" + name + "\"");
    }

    /// One of the registry's names.
    template <class E>
    Result<E> code() const {
        ZIGE_TRY(name, text());
        if (const auto found = from_name<E>(name)) return *found;
        return wrong("unknown name \"" + name + "\"");
    }

private:
    FileNode child(const LocatedJson& json, std::string_view name) const;
    Error error(ErrorId id, const std::string& path, std::string_view what) const;

    const LocatedJson* json_;
    const FileErrors* errors_;
    std::string path_;
};

}  // namespace zige::hub
