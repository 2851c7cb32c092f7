#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "agent/daemon/local_http.h"
#include "agent/daemon/local_service.h"

namespace zige::daemon {

/// The running agent: local HTTP, the socket of the command line, and two threads of its own: "zige-tick" keeps time
/// and signs batches each second, "zige-sync" talks to the hub. A hub that is away stops nothing.
class Daemon {
public:
    struct Options {
        std::string socket;  ///< path of the command line's socket
        std::string listen = "127.0.0.1:8620";
        std::chrono::seconds sync_every = std::chrono::minutes(5);
        int threads = 32;  ///< connections that are answered at once
    };
    /// An agent that this process owns, with its parts. All outlive the Daemon.
    struct Parts {
        agent::Agent& agent;
        LocalService& service;
        const ApiKeys& keys;
        FsiDesk& fsi;
        Random& random;
        std::function<void()> leave_hub = {};  ///< called by stop(), so that it waits for no sync; may be empty
    };
    /// Answers requests on return. `report` gets one English line for each thing worth a log; any thread.
    /// agent_not_enrolled, local_not_loopback, local_path_too_long, net_listen_failed.
    static Result<std::unique_ptr<Daemon>> start(const Options& options, const Parts& parts, Report report);
    /// As stop().
    ~Daemon();

    std::uint16_t port() const { return loopback_->port(); }
    /// Takes no more requests, lets the running ones end, writes what is in memory. Once.
    void stop();

private:
    Daemon(const Options& options, const Parts& parts, Report report)
        : options_(options), parts_(parts), report_(std::move(report)) {}
    void keep_time();
    void keep_synced();
    std::chrono::milliseconds sync_and_wait();
    /// False when the daemon stops.
    bool wait(std::chrono::milliseconds time);

    const Options options_;
    Parts parts_;
    const Report report_;
    std::unique_ptr<HttpServer> loopback_;
    std::unique_ptr<HttpServer> socket_;
    std::mutex mutex_;  // guards stopping_
    std::condition_variable changed_;
    bool stopping_ = false;
    std::string last_failure_;  // of zige-sync only
    std::thread tick_;
    std::thread sync_;
};

}  // namespace zige::daemon
