#pragma once

#include <memory>

#include "shared/ports/files.h"

namespace zige {

/// Files of this machine. Locks are the kernel's: they end with the process that holds them.
std::unique_ptr<Files> make_posix_files();

/// Creates `folder` (and what is missing above it) with mode 0700, or checks that it is a folder of our own user that
/// nobody else may enter. ErrorId::file_not_private: it is not; file_io.
Result<void> make_private_folder(const std::filesystem::path& folder);

/// Whether the disk of this folder is mounted read-only; false where nobody can tell.
bool on_read_only_disk(const std::filesystem::path& folder);

/// First in main: whatever the program makes from now on is for its owner only, a database as well as a log.
void keep_new_files_private();

}  // namespace zige
