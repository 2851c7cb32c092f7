#include "hub/server/connection.h"

#include "hub/server/operations.h"
#include "hub/server/operator_api.h"
#include "shared/poco/transport.h"

namespace zige::hub {
namespace {

/// A roster of 64 MiB takes its time.
constexpr std::chrono::minutes kLongestCall{15};
constexpr int kHttpOk = 200;

class OwnedService final : public HubService {
public:
    OwnedService(OwnedHub& owned, std::string slip_address, Progress progress)
        : owned_(owned), slip_address_(std::move(slip_address)), progress_(std::move(progress)) {}

    Result<Json> call(const ServiceCall& call) override {
        OperationContext context{owned_.hub(), owned_.clock(), owned_.gb18030(), slip_address_, progress_, owned_.press()};
        return run_operation(context, call);
    }

private:
    OwnedHub& owned_;
    std::string slip_address_;
    Progress progress_;
};

/// Owns the folder for as long as one command runs.
class OneCommand final : public HubService {
public:
    OneCommand(std::unique_ptr<OwnedHub> owned, Progress progress)
        : owned_(std::move(owned)), service_(make_owned_service(*owned_, {}, std::move(progress))) {}
    Result<Json> call(const ServiceCall& call) override { return service_->call(call); }

private:
    std::unique_ptr<OwnedHub> owned_;
    std::unique_ptr<HubService> service_;
};

class SocketService final : public HubService {
public:
    explicit SocketService(const std::string& socket)
        : transport_(make_local_http_client({socket, {}, kLongestCall})) {}

    Result<Json> call(const ServiceCall& call) override {
        auto answer =
            transport_->post(std::string(kOperationPath) + call.operation, encode_call(call), kMaxAnswerBytes);
        if (!answer.ok() && answer.error().id == ErrorId::net_unreachable) return fail(ErrorId::hub_busy, "data");
        if (!answer.ok()) return answer.error();
        auto json = parse_json(as_text(answer->body), kMaxAnswerBytes);
        if (!json.ok()) return fail(ErrorId::net_bad_answer, "socket", json.error().detail);
        if (answer->status != kHttpOk) return error_from(*json);
        return std::move(*json);
    }

private:
    std::unique_ptr<Transport> transport_;
};

}  // namespace

std::unique_ptr<HubService> make_owned_service(OwnedHub& owned, std::string slip_address, Progress progress) {
    return std::make_unique<OwnedService>(owned, std::move(slip_address), std::move(progress));
}

Result<std::unique_ptr<HubService>> connect(const HubPaths& paths, Progress progress) {
    auto owned = OwnedHub::open(paths);
    if (owned.ok())
        return std::unique_ptr<HubService>(std::make_unique<OneCommand>(std::move(*owned), std::move(progress)));
    if (owned.error().id != ErrorId::hub_busy) return owned.error();
    return std::unique_ptr<HubService>(std::make_unique<SocketService>(paths.socket().string()));
}

}  // namespace zige::hub
