#pragma once

#include <functional>
#include <memory>
#include <string>

#include "hub/server/hub_folder.h"
#include "hub/server/service.h"

namespace zige::hub {

using Progress = std::function<void(std::size_t done, std::size_t all)>;

/// The operations on a hub that this process owns. Keeps the reference.
std::unique_ptr<HubService> make_owned_service(OwnedHub& owned, std::string slip_address, Progress progress);

/// The service that commands speak to: the data folder itself when nobody owns it, else the running service's socket.
/// hub_not_initialised; hub_busy: another command owns the folder at the moment.
Result<std::unique_ptr<HubService>> connect(const HubPaths& paths, Progress progress);

}  // namespace zige::hub
