#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "hub/core/profile/file_node.h"
#include "hub/core/profile/profile_file.h"

namespace zige::hub {

/// When the hub took the file that is read.
enum class ProfileTaken : std::uint8_t { now, before };

/// Reads the values of one part of a profile file, each with its source, and notes them.
class ValueReader {
public:
    ValueReader(FileNode part, std::vector<SourcedValue>& values, ProfileTaken taken = ProfileTaken::now)
        : part_(std::move(part)), values_(values), taken_(taken) {}

    const FileNode& part() const { return part_; }
    /// The file comes in now: all of it has to be sound.
    bool is_new() const { return taken_ == ProfileTaken::now; }

    /// {"value": .., "article"|"inherits"|"ours"|"undecided": ".."}: the value, noted under its name.
    struct Found {
        FileNode value;
        Cite cite;
    };
    Result<Found> value(std::string_view name);

    /// Rows of a list that carry their source themselves. `known`: their fields beside the source.
    Result<std::vector<FileNode>> rows(std::string_view name, std::size_t most,
                                       std::initializer_list<std::string_view> known);
    /// Notes a row of such a list by what it is.
    Result<Cite> row(const FileNode& row, std::string_view list, const std::string& what);

private:
    std::vector<std::string_view> with_sources(std::initializer_list<std::string_view> known) const;

    FileNode part_;
    std::vector<SourcedValue>& values_;
    ProfileTaken taken_;
};

/// JSON in one line; members that name a source are left out of the outermost object.
std::string in_one_line(const LocatedJson& json);

}  // namespace zige::hub
