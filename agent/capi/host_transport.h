#pragma once

#include <memory>
#include <stop_token>

#include "agent/core/ports/transport_factory.h"
#include "agent/daemon/key_vault.h"
#include "zige/zige.h"

namespace zige::capi {

/// Ways to the hub by the host's own HTTPS. `keys` outlives it. Once `stop` is asked nothing is fetched any more.
std::unique_ptr<agent::TransportFactory> make_host_connector(zige_fetch_fn fetch, void* user,
                                                             daemon::FileKeyVault& keys, std::stop_token stop);

}  // namespace zige::capi
