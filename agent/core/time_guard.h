#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "agent/core/ports/replica_store.h"
#include "shared/domain/decide.h"
#include "shared/ports/clock.h"
#include "shared/wire/messages.h"

namespace zige::agent {

inline constexpr std::chrono::minutes kClockTolerance{10};
inline constexpr std::chrono::days kClockUnknownAfter{60};
inline constexpr std::chrono::minutes kPersistEvery{1};

/// Keeps time where the PC's clock cannot be trusted (P4).
/// trusted: newest signed hub time; only rises. running: max(trusted, last persisted running) plus boot time since.
/// The wall clock is a claim and never goes into a floor. Any thread.
class TimeGuard {
public:
    /// Reads what was persisted; `floor` is a running time known from elsewhere (the anchor), 0 if none.
    static Result<std::unique_ptr<TimeGuard>> open(const Clock& clock, ReplicaStore& store, Instant floor);

    /// Time for decide(); `copy_as_of` is the copy's.
    Moment moment(Instant copy_as_of) const;
    /// The three times that stand in each entry and request.
    wire::Times times() const;
    Instant running() const;
    std::uint64_t boot_id() const { return clock_.boot_id(); }

    struct Status {
        Instant trusted{};  ///< 0: never heard the hub
        Instant running{};
        Instant wall{};
        bool suspect = false;  ///< wall behind running, or drifting from boot time, by over 10 minutes
        bool unknown = false;  ///< wall over 60 days ahead of running, or no trusted time yet: the copy counts as stale
    };
    Status status() const;

    /// A signed hub time. wire_key_out_of_date: outside the validity of the key that signed it; nothing changes.
    /// An earlier time than known is no error and changes nothing. One that is a minute or more after what is on disk
    /// is there on return; the store's errors: it does not count.
    Result<void> accept(Instant hub_time, const wire::OnlineKey& signed_by);

    /// Root's reset (TRUST-9): trusted and running time fall to `time`, if they are above it. lowered() is what tick()
    /// would persist then; it is to be on disk before lower(). Until anchored() the anchor's running time is not
    /// believed.
    Bytes lowered(Instant time) const;
    void lower(Instant time);
    bool anchor_void() const;
    void anchored();

    /// After the start: the last entry of the journal, of `chapter`, was written at the trusted time `journaled`. What is
    /// on disk here is never a minute behind it; if it is, and no reset explains it, the copy's database was put back
    /// without the journal (P4). Trusted time does not go back with it.
    void compare(Instant journaled, Chapter chapter);
    /// compare() found that, now or in an earlier run; until the journal goes on in another chapter than `now`.
    bool copy_put_back(Chapter now) const;

    /// A signed hub time that an earlier run accepted and kept with the copy: a floor, never a reason to go back.
    void remember(Instant accepted);

    /// Persists the running time when a minute has passed since the last time, or `now` is set. The store's errors.
    Result<void> tick(bool now = false);

    TimeGuard(const Clock& clock, ReplicaStore& store);  ///< use open()

private:
    struct Reading {
        Instant wall{};
        std::chrono::milliseconds since_boot{};
        std::uint64_t boot_id = 0;
    };
    Reading read() const;
    Instant running_at(const Reading& reading) const;
    bool drifted(const Reading& reading) const;
    Status status_at(const Reading& reading) const;
    std::string value_at(const Reading& reading, Instant trusted, Instant running, bool anchor_void) const;
    void restore(std::string_view persisted, Instant floor);
    void rise(const Reading& reading, Instant hub_time);
    void confirm_wall(const Reading& reading);

    const Clock& clock_;
    ReplicaStore& store_;
    mutable std::mutex mutex_;  // guards all below
    Instant trusted_{};
    Instant base_running_{};
    Reading base_;              // when running was base_running_
    Reading drift_base_;        // the wall clock is to keep pace with boot time since then
    bool anchor_void_ = false;  // after a reset, until the anchor is written anew
    bool heard_ = false;        // a signed time came in since the start
    std::optional<std::chrono::milliseconds> persisted_since_boot_;  // since boot
    Instant persisted_trusted_{};
    Chapter put_back_in_;    // chapter of the journal in which the copy was found to be put back; 0: it was not
    std::mutex persisting_;  // one writer of the value at a time, from reading what it says to what is kept of it
};

}  // namespace zige::agent
