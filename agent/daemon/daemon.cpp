#include "agent/daemon/daemon.h"

#include <pthread.h>

#include "agent/daemon/schedule.h"

namespace zige::daemon {
namespace {

constexpr std::chrono::seconds kTick{1};
constexpr std::chrono::seconds kMoreAtOnce{1};  ///< between two syncs when something still waits

/// What went wrong, a defect of ours included; empty if nothing did. A thread of the daemon never dies of a Bug.
template <class Task>
std::string failure_of(Task task) {
    try {
        const Result<void> done = task();
        return done ? "" : done.error().describe();
    } catch (const std::exception& error) {
        return error.what();
    }
}

}  // namespace

Result<std::unique_ptr<Daemon>> Daemon::start(const Options& options, const Parts& parts, Report report) {
    ZIGE_CHECK(check_loopback(options.listen));
    if (!parts.agent.enrolled()) return fail(ErrorId::agent_not_enrolled);
    std::unique_ptr<Daemon> daemon(new Daemon(options, parts, std::move(report)));
    ZIGE_TRY(socket, serve_socket(options.socket, parts.service, daemon->report_));
    daemon->socket_ = std::move(socket);
    ZIGE_TRY(loopback, serve_loopback(options.listen, options.threads, {parts.service, parts.keys, parts.fsi}, daemon->report_));
    daemon->loopback_ = std::move(loopback);
    if (const auto& readable = parts.keys.readable(); !readable)
        daemon->report_("keys: " + readable.error().describe());
    daemon->tick_ = std::thread([self = daemon.get()] { self->keep_time(); });
    pthread_setname_np(daemon->tick_.native_handle(), "zige-tick");
    daemon->sync_ = std::thread([self = daemon.get()] { self->keep_synced(); });
    pthread_setname_np(daemon->sync_.native_handle(), "zige-sync");
    return daemon;
}

Daemon::~Daemon() { stop(); }

void Daemon::stop() {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        stopping_ = true;
    }
    changed_.notify_all();
    if (parts_.leave_hub) parts_.leave_hub();
    if (loopback_) loopback_->stop();
    if (socket_) socket_->stop();
    if (sync_.joinable()) sync_.join();
    if (tick_.joinable()) tick_.join();
    if (const auto closed = parts_.agent.close(); !closed) report_("closing: " + closed.error().describe());
}

bool Daemon::wait(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return !changed_.wait_for(lock, time, [this] { return stopping_; });
}

void Daemon::keep_time() {
    std::string last;
    do {
        const std::string failure = failure_of([this] { return parts_.agent.tick(); });
        if (failure != last && !failure.empty()) report_("tick: " + failure);
        last = failure;
    } while (wait(kTick));
}

void Daemon::keep_synced() {
    std::chrono::milliseconds next{0};
    do {
        next = options_.sync_every;
        const std::string bug = failure_of([&]() -> Result<void> {
            next = sync_and_wait();
            return {};
        });
        if (!bug.empty()) report_("sync: " + bug);
    } while (wait(next));
}

/// One sync; says how long to wait for the next. The same failure again is not logged again.
std::chrono::milliseconds Daemon::sync_and_wait() {
    const auto report = parts_.service.sync(false);
    if (!report) {
        const std::string failure = report.error().describe();
        if (failure != last_failure_) report_("sync: " + failure);
        last_failure_ = failure;
        const auto syncer = parts_.agent.syncer();
        return syncer ? std::chrono::milliseconds((*syncer)->retry_after())
                      : std::chrono::milliseconds(options_.sync_every);
    }
    if (!last_failure_.empty()) report_("sync: the hub answers again");
    last_failure_.clear();
    if (report->copy_changed) report_("sync: copy is at version " + std::to_string(report->seq_after.value));
    if (report->more) return kMoreAtOnce;
    return next_sync_after(options_.sync_every, report->next_contact - parts_.agent.time().running(), parts_.random);
}

}  // namespace zige::daemon
