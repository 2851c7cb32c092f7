#pragma once

#include <functional>
#include <memory>
#include <string>

#include "agent/daemon/api_keys.h"
#include "agent/daemon/fsi_desk.h"
#include "agent/daemon/service.h"
#include "shared/poco/http_server.h"

namespace zige::daemon {

/// Host and port of a loopback address: 127.x.x.x, [::1] or localhost. local_not_loopback for every other host, for
/// there is no TLS here; usage_bad_argument: no address at all.
Result<void> check_loopback(std::string_view listen);

using Report = std::function<void(const std::string&)>;

/// What answers on loopback. All outlive the server.
struct LocalParts {
    AgentService& service;
    const ApiKeys& keys;
    FsiDesk& fsi;
};
/// The local API for HIS and till: each caller shows a key. A HIS that sends its messages to /fsi and can set no header
/// has the key in the path: /fsi/zk-his-.../2204.
Result<std::unique_ptr<HttpServer>> serve_loopback(const std::string& listen, int threads, const LocalParts& parts,
                                                   Report report);
/// The same calls for the command line, as the owner: who may open the socket (0600) is the owner.
Result<std::unique_ptr<HttpServer>> serve_socket(const std::string& path, AgentService& service, Report report);

}  // namespace zige::daemon
