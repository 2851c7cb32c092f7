#include "tests/support/enrolled_folder.h"

#include <cstdlib>

#include "shared/posix/clock.h"

namespace zige::testing {
namespace {

/// Requests of the agent to the folder's hub.
class HubOfFolder : public agent::TransportFactory {
public:
    explicit HubOfFolder(EnrolledFolder& folder) : folder_(folder) {}

    Result<std::unique_ptr<Transport>> connect(const Peer&) override {
        return std::unique_ptr<Transport>(std::make_unique<Line>(folder_));
    }

private:
    class Line : public Transport {
    public:
        explicit Line(EnrolledFolder& folder) : folder_(folder) {}
        Result<HttpAnswer> get(const std::string& path, std::size_t) override {
            return folder_.ask_hub("GET", path, {});
        }
        Result<HttpAnswer> post(const std::string& path, ByteView body, std::size_t) override {
            return folder_.ask_hub("POST", path, body);
        }
        Traffic traffic() const override { return {}; }

    private:
        EnrolledFolder& folder_;
    };
    EnrolledFolder& folder_;
};

}  // namespace

EnrolledFolder::EnrolledFolder(Mode mode)
    : clock_(make_system_clock()),
      validity_{clock_->wall() - std::chrono::days{1}, clock_->wall() + std::chrono::days{30}},
      ca_(create_tls_ca("test CA", validity_).value()),
      hub_(clock_->wall(), Suite::ed25519_sha256, ca_.certificate_der) {
    ::setenv("ZIGE_ACCEPT_VOLATILE_DISK", "1", 1);  // the system's folder for temporary files may lie in memory
    hub_.certify = [this](ByteView csr) { return issue_client_certificate(ca_, csr, "agent 3", validity_).value(); };
    hub_.institution.mode = mode;
    hub_.add_person(1, kGoodCode, "王伟");
    hub_.add_person(3, kSuspendedCode, "张强").standing = {{Standing::suspended,
                                                            day_of(now()) - std::chrono::days{30},
                                                            {},
                                                            day_of(now()) + std::chrono::days{60},
                                                            1,
                                                            "信医保处〔2026〕12号"}};
    hub_.add_person(5, kNurseCode, "陈敏").category = Category::nurse;
    hub_.add_person(6, kOtherCode, "赵磊");
    hub_.aliases[7] = {RecordNo{7}, RecordNo{1}, "0017"};
    hub_.aliases[8] = {RecordNo{8}, RecordNo{1}, "工号9"};
    hub_.publish();
    folder_.root = dir_ / "data";
    folder_.anchor = daemon::anchor_beside(folder_.root);
    const auto owned = own();
    owned->agent().enrol({"https://hub.example:7443", hub_.token, hub_.fingerprint()}).value();
    owned->service().sync(true).value();
    owned->agent().close().value();
}

HttpAnswer EnrolledFolder::ask_hub(const std::string& method, const std::string& path, ByteView body) {
    const std::lock_guard lock(mutex_);
    hub_.now = now();
    return hub_.handle(method, path, body);
}

std::unique_ptr<daemon::OwnedAgent> EnrolledFolder::own() {
    const daemon::MakeHub hub = [this](daemon::FileKeyVault&) { return std::make_unique<HubOfFolder>(*this); };
    return daemon::OwnedAgent::open(folder_, Suite::ed25519_sha256, daemon::Access::write, hub).value();
}

void EnrolledFolder::suspend(std::uint32_t no) {
    const std::lock_guard lock(mutex_);
    hub_.people.at(no).standing = {
        {Standing::suspended, day_of(now()) - std::chrono::days{1}, {}, {}, 1, "信医保处〔2026〕13号"}};
    hub_.now = now();
    hub_.publish();
}

}  // namespace zige::testing
