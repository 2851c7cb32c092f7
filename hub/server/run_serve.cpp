#include "hub/server/run_commands.h"
#include "hub/server/server.h"
#include "shared/poco/http_server.h"
#include "shared/poco/json.h"
#include "shared/posix/clock.h"
#include "shared/posix/signals.h"

namespace zige::hub {
Result<Exit> run_serve(const Invocation& line, const Surroundings& with) {
    ZIGE_TRY(paths, read_hub_paths(data_folder(line)));
    const auto clock = make_system_clock();
    Log log(with.err, *clock);
    install_thread_error_handler([&](const std::string& what) { log.error("thread", {{"why", what}}); });
    ZIGE_TRY(owned, OwnedHub::open(paths));
    // Without a witness nothing can be published. Behind it, the service still hands out what it may and says why.
    if (const auto witness = owned->hub().check_witness();
        !witness.ok() && witness.error().id != ErrorId::hub_behind_witness)
        return witness.error();
    ServerOptions options;
    options.listen = line.get("listen", options.listen);
    options.slip_address = line.get("address");
    if (line.has("address")) ZIGE_CHECK(check_hub_address(options.slip_address));
    options.socket = paths.socket().string();
    ZIGE_TRY(server, Server::start(*owned, log, options));
    const std::string host = options.listen.substr(0, options.listen.rfind(':'));
    with.out << Json::object({{"ready", true},
                              {"listen", host + ":" + std::to_string(server->port())},
                              {"port", server->port()},
                              {"socket", options.socket}})
                    .write()
             << std::endl;
    log.info("ready", {{"port", std::to_string(server->port())}});
    if (owned->hub().stopped()) log.error("not_publishing", {{"why", owned->hub().stopped()->describe()}});
    const ClockGuard::Status time = owned->hub().clock();
    if (time.refused) log.error("clock_jumped", {{"wall", format(time.wall)}, {"last", format(time.running)}});
    const int signal = wait_for_end();
    log.info("stopping", {{"signal", std::to_string(signal)}});
    server->stop();
    return Exit::ok;
}

}  // namespace zige::hub
