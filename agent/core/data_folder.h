#pragma once

#include <filesystem>
#include <memory>

#include "shared/ports/files.h"

namespace zige::agent {

/// What stands where in the agent's data folder (0700).
struct DataFolder {
    std::filesystem::path root;

    std::filesystem::path lock() const { return root / "lock"; }
    std::filesystem::path replica() const { return root / "replica.db"; }
    std::filesystem::path journal() const { return root / "journal.db"; }
    std::filesystem::path enrolment() const { return root / "enrolment"; }
    std::filesystem::path pending_enrolment() const { return root / "enrolment.pending"; }
    std::filesystem::path revocation() const { return root / "revocation"; }
    std::filesystem::path phone_codes() const { return root / "phone-codes"; }
    std::filesystem::path visit_secret() const { return root / "visit-secret"; }
    std::filesystem::path held() const { return root / "held"; }
    std::filesystem::path keys() const { return root / "keys"; }
    std::filesystem::path download_manifest() const { return root / "download.manifest"; }
    std::filesystem::path download_blob() const { return root / "download.blob"; }
};

/// One data folder has one owner; held until the object is destroyed. agent_busy: another process has it.
Result<std::unique_ptr<Files::Lock>> own(Files& files, const DataFolder& folder);

}  // namespace zige::agent
