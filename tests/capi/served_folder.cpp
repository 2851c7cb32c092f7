#include "tests/capi/served_folder.h"

#include <sys/resource.h>

#include <csignal>

namespace zige::testing {

ServedFolder::ServedFolder(EnrolledFolder& folder, Way way, std::uint32_t flags) {
    zige_error error;
    const std::string path = folder.path().string();
    if (way == Way::owner) {
        host.folder = &folder;
        zige_open_options options;
        ZIGE_INIT(options);
        options.flags = flags;
        options.data_dir = path.c_str();
        options.fetch = HostLine::fetch;
        options.user = &host;
        fine(zige_agent_open(agent.out(), &options, &error), error);
        return;
    }
    owned = folder.own();
    daemon::Daemon::Options serve;
    serve.socket = folder.folder().socket().string();
    serve.listen = "127.0.0.1:0";
    serve.sync_every = std::chrono::hours(24);
    const auto unheard = [](const std::string&) {};
    fsi = std::make_unique<daemon::FsiDesk>(
        daemon::FsiDesk::Parts{owned->agent(), owned->clock(), owned->hasher(), nullptr, 2, unheard});
    daemon = daemon::Daemon::start(serve, {owned->agent(), owned->service(), owned->keys(), *fsi, owned->random(), {}},
                                   unheard)
                 .value();
    zige_connect_options options;
    ZIGE_INIT(options);
    options.flags = flags;
    options.timeout_ms = 20'000;  // a busy machine is no failure of what is tested
    const std::string name = "till " + std::to_string(daemon->port());
    const std::string key = owned->keys().create(name, daemon::CallerRole::clerk, folder.now()).value();
    const std::string address = "127.0.0.1:" + std::to_string(daemon->port());
    if (way == Way::socket) {
        options.data_dir = path.c_str();
    } else {
        options.address = address.c_str();
        options.key = key.c_str();
    }
    fine(zige_agent_connect(agent.out(), &options, &error), error);
}

ServedFolder::~ServedFolder() { zige_agent_close(agent.out()); }

FullDisk::FullDisk() {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    before_ = limit.rlim_cur;
    limit.rlim_cur = 0;
    setrlimit(RLIMIT_FSIZE, &limit);
}

FullDisk::~FullDisk() {
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = before_;
    setrlimit(RLIMIT_FSIZE, &limit);
}

}  // namespace zige::testing
