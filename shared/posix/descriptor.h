#pragma once

#include <filesystem>
#include <utility>

#include "shared/base/result.h"

/// Inside this folder only.
namespace zige::posix {

/// A file descriptor that is closed when it goes.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor();
    int number() const { return number_; }

private:
    int number_;
};

/// errno as an Error: `field` is the path.
Error system_error(const std::filesystem::path& path, const char* doing);

/// Close-on-exec; a file that is created is owner-only.
Result<Descriptor> open_file(const std::filesystem::path& path, int flags);

/// Makes the names in the folder of `path` durable.
Result<void> sync_folder_of(const std::filesystem::path& path);

}  // namespace zige::posix
