#include "agent/daemon/replaced_folder.h"

#include <system_error>

#include "agent/daemon/connection.h"
#include "shared/posix/files.h"

namespace zige::daemon {

Result<std::unique_ptr<ReplacedFolder>> ReplacedFolder::open(const std::filesystem::path& path, const Folder& folder) {
    Folder old;
    old.root = path;
    old.anchor = anchor_beside(path);
    constexpr const char* kField = "--replaces-folder";
    std::error_code none;
    if (std::filesystem::equivalent(old.root, folder.root, none))
        return fail(ErrorId::usage_bad_argument, kField, "the folder of the new agent itself");
    ZIGE_TRY(enrolled, is_enrolled(old));
    if (!enrolled) return fail(ErrorId::agent_not_enrolled, kField, old.root.string());
    std::unique_ptr<ReplacedFolder> replaced(new ReplacedFolder());
    ZIGE_TRY(agent, OwnedAgent::open(old, Suite::ed25519_sha256));
    replaced->agent_ = std::move(agent);
    ZIGE_CHECK(replaced->carry_api_keys(old, folder));
    ZIGE_TRY(predecessor, replaced->agent_->agent().hand_over());
    replaced->predecessor_ = std::make_unique<agent::Predecessor>(std::move(predecessor));
    return replaced;
}

/// Before the new agent reads its own. A damaged file is not carried over.
Result<void> ReplacedFolder::carry_api_keys(const Folder& old, const Folder& folder) {
    Files& files = agent_->files();
    ZIGE_TRY(has_old, files.exists(old.api_keys()));
    ZIGE_CHECK(make_private_folder(folder.root));
    ZIGE_TRY(has_own, files.exists(folder.api_keys()));
    if (!has_old || has_own || !agent_->keys().readable()) return {};
    ZIGE_TRY(content, files.read(old.api_keys(), kMaxApiKeysFile));
    return files.write(folder.api_keys(), content);
}

std::string took_over(const agent::Status& status, bool with_folder, bool zh) {
    if (status.replaces.value == 0) return {};
    std::string text = (zh ? "\n接替终端 " : "\nIt takes the place of agent ") + std::to_string(status.replaces.value);
    if (!with_folder) return text + (zh ? "；旧数据目录没有接过来" : "; nothing was carried over from its folder");
    return text + (zh ? "：接过待上传日志 " : ": entries to upload ") + std::to_string(status.journal.unheld) +
           (zh ? " 条、待回执申报 " : ", filings waiting ") + std::to_string(status.filings_waiting) + (zh ? " 件" : "");
}

}  // namespace zige::daemon
