#pragma once

#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>

#include "agent/capi/charset.h"
#include "agent/capi/session.h"
#include "zige/zige.h"

namespace zige::capi {

/// How a host is spoken to.
struct Manner {
    explicit Manner(std::uint32_t flags, zige_log_fn log_line = nullptr, void* log_user = nullptr)
        : charset((flags & ZIGE_GBK) != 0),
          lang((flags & ZIGE_ENGLISH) != 0 ? Lang::en : Lang::zh),
          log(log_line),
          user(log_user) {}

    const Charset charset;
    const Lang lang;
    const zige_log_fn log;
    void* const user;
};

/// Fills `to` (may be null) and gives its status.
zige_status tell(zige_error* to, const Error& error, const Manner& manner);
/// Of a bug, or of memory that is used up: nothing more is allocated than must be.
zige_status tell_defect(zige_error* to, const char* what, const Manner& manner);
/// No error: what an earlier call left there is gone.
zige_status tell_none(zige_error* to);

/// The border: an Error becomes a status, and no exception crosses it.
template <class Body>
zige_status guarded(zige_error* err, const Manner& manner, Body body) {
    try {
        const Result<void> done = body();
        return done ? tell_none(err) : tell(err, done.error(), manner);
    } catch (const std::exception& defect) {
        return tell_defect(err, defect.what(), manner);
    } catch (...) {
        return tell_defect(err, "an exception of an unknown kind", manner);
    }
}

/// What stands behind a zige_agent, which is no type of its own: the header's stays opaque to the comparison of ABIs.
class Handle {
public:
    Handle(std::uint32_t flags, zige_log_fn log, void* user) : manner(flags, log, user) {}

    const Manner manner;
    std::unique_ptr<Session> session;

    /// For a sync from its first to its last step: the handle is there as long.
    class Syncing {
    public:
        explicit Syncing(Handle& handle) : handle_(handle) {
            const std::lock_guard lock(handle_.mutex_);
            ++handle_.syncing_;
        }
        ~Syncing() {
            const std::lock_guard lock(handle_.mutex_);
            --handle_.syncing_;
            handle_.left_.notify_all();  // under the lock: who waits for it destroys the handle
        }
        Syncing(const Syncing&) = delete;
        Syncing& operator=(const Syncing&) = delete;

    private:
        Handle& handle_;
    };
    void wait_for_syncs() {
        std::unique_lock lock(mutex_);
        left_.wait(lock, [this] { return syncing_ == 0; });
    }

private:
    std::mutex mutex_;  // guards syncing_
    std::condition_variable left_;
    int syncing_ = 0;
};

inline Handle* handle_of(zige_agent* agent) { return reinterpret_cast<Handle*>(agent); }
inline zige_agent* shown(Handle* handle) { return reinterpret_cast<zige_agent*>(handle); }

}  // namespace zige::capi
