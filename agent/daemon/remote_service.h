#pragma once

#include <memory>

#include "agent/daemon/service.h"
#include "shared/ports/transport.h"

namespace zige::daemon {

/// Calls to the daemon that owns the data folder. One call at a time.
class RemoteService : public AgentService {
public:
    explicit RemoteService(std::unique_ptr<Transport> daemon) : daemon_(std::move(daemon)) {}
    ApiAnswer call(const ApiRequest& request) override;

private:
    std::unique_ptr<Transport> daemon_;
};

}  // namespace zige::daemon
