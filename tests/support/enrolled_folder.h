#pragma once

#include <filesystem>
#include <memory>
#include <mutex>

#include "agent/daemon/owned_agent.h"
#include "shared/openssl/x509.h"
#include "shared/ports/clock.h"
#include "tests/support/fake_hub.h"
#include "tests/support/temp_dir.h"

namespace zige::testing {

inline constexpr const char* kGoodCode = "D411502000001";       // 王伟, HIS code 0017 and 工号9
inline constexpr const char* kSuspendedCode = "D411502000003";  // 张强, for 30 days now
inline constexpr const char* kNurseCode = "N411502000005";      // 陈敏
inline constexpr const char* kOtherCode = "D411502000006";      // 赵磊

/// The data folder of an agent that was enrolled and synced with a small hub, by the real clock and on the real disk.
/// Nobody owns it at the end.
class EnrolledFolder {
public:
    explicit EnrolledFolder(Mode mode = Mode::enforce);

    std::filesystem::path path() const { return folder_.root; }
    const daemon::Folder& folder() const { return folder_; }
    /// What the hub answers; any thread.
    HttpAnswer ask_hub(const std::string& method, const std::string& path, ByteView body);
    /// An agent of this folder for as long as it lives.
    std::unique_ptr<daemon::OwnedAgent> own();
    /// Suspends somebody from yesterday on; the agent knows it after its next sync.
    void suspend(std::uint32_t no);
    Instant now() const { return clock_->wall(); }

private:
    TempDir dir_;
    std::unique_ptr<Clock> clock_;
    Validity validity_;
    IssuedCertificate ca_;
    std::mutex mutex_;  // guards hub_
    FakeHub hub_;
    daemon::Folder folder_;
};

}  // namespace zige::testing
