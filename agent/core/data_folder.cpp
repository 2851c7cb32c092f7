#include "agent/core/data_folder.h"

namespace zige::agent {

Result<std::unique_ptr<Files::Lock>> own(Files& files, const DataFolder& folder) {
    auto lock = files.lock(folder.lock());
    if (!lock && lock.error().code() == Errc::busy) return fail(ErrorId::agent_busy, "data_dir", folder.root.string());
    return lock;
}

}  // namespace zige::agent
