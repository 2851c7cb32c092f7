#pragma once

#include <mutex>
#include <optional>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/base/time.h"
#include "shared/ports/clock.h"

namespace zige::hub {

inline constexpr std::chrono::hours kClockTolerance{1};   ///< within one boot, against CLOCK_BOOTTIME
inline constexpr std::chrono::days kClockAfterReboot{7};  ///< while it was off nobody counted
inline constexpr std::chrono::minutes kKeepClockEvery{1};

/// The hub's time: whatever the hub signs or logs carries a time from here. Agents never let a signed time go back
/// (TRUST-7), so a server clock that was set to 2036 once would hurt all of them at once. Any thread.
class ClockGuard {
public:
    explicit ClockGuard(const Clock& clock) : clock_(clock) {}
    /// Takes over what an earlier run kept; nothing kept: the clock is believed as it is. store_corrupt.
    Result<void> restore(const std::optional<Bytes>& kept);

    /// The time to sign with: the wall clock, and never before a time that was given out already.
    /// hub_clock_jumped: the wall clock is over an hour off the last time plus CLOCK_BOOTTIME, or after a reboot over 7
    /// days off; until confirm(), or until the wall clock is right again.
    Result<Instant> now();
    /// Whether a message may carry `when`, which now() gave a moment ago. hub_clock_jumped.
    Result<void> check(Instant when) const;

    /// How far the wall clock stands from where it should.
    struct Jump {
        Instant expected{};
        Instant wall{};
        bool rebooted = false;
        bool operator==(const Jump&) const = default;
    };
    struct Status {
        Instant running{};         ///< now(), or while refused the last time that was given out
        Instant wall{};            ///< what the server's clock says
        bool refused = false;      ///< nothing is signed
        std::optional<Jump> jump;  ///< why it is refused, or what passed after a reboot
    };
    Status status() const;

    /// An operator looked at the clock: the wall clock is right. Gives back how it was, for undo() when that cannot be
    /// written down.
    struct Kept {
        Instant time{};  ///< newest that was given out
        Instant wall{};  ///< of the first reading of this boot
        std::chrono::milliseconds since_boot{};
        std::uint64_t boot_id = 0;
    };
    std::optional<Kept> confirm();
    void undo(std::optional<Kept> before);

    /// What is to be written down: the time moved on by `every`, a minute passed, or there is a jump to log. A change
    /// carries its time to agents, who take nothing older afterwards: it writes down each second (TRUST-7).
    struct Note {
        Bytes value;  ///< for restore()
        std::optional<Jump> jump;
        std::chrono::milliseconds at{};
        Instant time{};  ///< that was given out last
    };
    std::optional<Note> due(std::chrono::seconds every) const;
    void noted(const Note& note);

private:
    struct Reading {
        Instant wall{};
        std::chrono::milliseconds since_boot{};
        std::uint64_t boot_id = 0;
    };
    Reading read() const { return {clock_.wall(), clock_.since_boot(), clock_.boot_id()}; }
    std::optional<Jump> jump_at(const Reading& reading) const;
    bool refuses(const Jump& jump) const;

    const Clock& clock_;
    mutable std::mutex mutex_;  // guards all below
    std::optional<Kept> kept_;
    std::optional<Jump> unlogged_;                       // passed after a reboot
    std::optional<std::chrono::milliseconds> noted_at_;  // since boot
    Instant noted_time_{};  // a wall clock that was moved within the hour is written down at once
};

}  // namespace zige::hub
