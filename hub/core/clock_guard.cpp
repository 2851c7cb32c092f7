#include "hub/core/clock_guard.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace zige::hub {
namespace {

std::int64_t count(Instant when) { return when.time_since_epoch().count(); }
Instant instant(std::int64_t count) { return Instant{std::chrono::seconds{count}}; }

/// "time wall since_boot_ms boot", decimal.
Bytes print(const ClockGuard::Kept& kept) {
    return to_bytes(std::to_string(count(kept.time)) + " " + std::to_string(count(kept.wall)) + " " +
                    std::to_string(kept.since_boot.count()) + " " + std::to_string(kept.boot_id));
}

template <class Number>
bool take(std::string_view& text, Number& number) {
    if (text.starts_with(' ')) text.remove_prefix(1);
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{}) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

Error refused(const ClockGuard::Jump& jump) {
    return fail(ErrorId::hub_clock_jumped, "clock",
                "the server's clock says " + format(jump.wall) + ", expected about " + format(jump.expected) +
                    "; set it right, or: zige-hub clock confirm");
}

}  // namespace

Result<void> ClockGuard::restore(const std::optional<Bytes>& value) {
    const std::scoped_lock lock(mutex_);
    if (!value) return {};
    std::string_view text = as_text(*value);
    std::int64_t time = 0;
    std::int64_t wall = 0;
    std::int64_t since_boot = 0;
    std::uint64_t boot_id = 0;
    if (!take(text, time) || !take(text, wall) || !take(text, since_boot) || !take(text, boot_id) || !text.empty())
        return fail(ErrorId::store_corrupt, "clock");
    kept_ = Kept{instant(time), instant(wall), std::chrono::milliseconds{since_boot}, boot_id};
    return {};
}

/// In one boot the first reading counts, not the last: many small steps are one jump.
std::optional<ClockGuard::Jump> ClockGuard::jump_at(const Reading& reading) const {
    if (!kept_) return std::nullopt;
    const bool rebooted = kept_->boot_id != reading.boot_id;
    Instant expected = kept_->time;
    if (!rebooted) {
        const auto passed = std::max(reading.since_boot - kept_->since_boot, std::chrono::milliseconds{0});
        expected = kept_->wall + std::chrono::floor<std::chrono::seconds>(passed);
    }
    if (std::chrono::abs(reading.wall - expected) <= kClockTolerance) return std::nullopt;
    return Jump{expected, reading.wall, rebooted};
}

bool ClockGuard::refuses(const Jump& jump) const {
    return !jump.rebooted || std::chrono::abs(jump.wall - jump.expected) > kClockAfterReboot;
}

Result<Instant> ClockGuard::now() {
    const std::scoped_lock lock(mutex_);
    const Reading reading = read();
    const auto jump = jump_at(reading);
    if (jump && refuses(*jump)) return refused(*jump);
    if (!kept_ || kept_->boot_id != reading.boot_id) {
        kept_ = Kept{kept_ ? kept_->time : reading.wall, reading.wall, reading.since_boot, reading.boot_id};
        unlogged_ = jump;
        noted_at_.reset();
    }
    kept_->time = std::max(kept_->time, reading.wall);
    return kept_->time;
}

Result<void> ClockGuard::check(Instant when) const {
    const std::scoped_lock lock(mutex_);
    const auto jump = jump_at(read());
    if (jump && refuses(*jump)) return refused(*jump);
    if (kept_ && when > kept_->time + kClockTolerance) return refused({kept_->time, when, false});
    return {};
}

ClockGuard::Status ClockGuard::status() const {
    const std::scoped_lock lock(mutex_);
    const Reading reading = read();
    const auto jump = jump_at(reading);
    const bool refused = jump && refuses(*jump);
    Status status{kept_ ? kept_->time : reading.wall, reading.wall, refused, jump ? jump : unlogged_};
    if (!refused) status.running = std::max(status.running, reading.wall);
    // Went back while it was off: the time that was given out last stands until the clock has come up to it.
    if (!status.jump && status.running - reading.wall > kClockTolerance)
        status.jump = Jump{status.running, reading.wall, true};
    return status;
}

std::optional<ClockGuard::Kept> ClockGuard::confirm() {
    const std::scoped_lock lock(mutex_);
    const Reading reading = read();
    auto before = kept_;
    kept_ = Kept{reading.wall, reading.wall, reading.since_boot, reading.boot_id};
    unlogged_.reset();
    noted_at_.reset();
    return before;
}

void ClockGuard::undo(std::optional<Kept> before) {
    const std::scoped_lock lock(mutex_);
    kept_ = before;
}

std::optional<ClockGuard::Note> ClockGuard::due(std::chrono::seconds every) const {
    const std::scoped_lock lock(mutex_);
    const auto since_boot = clock_.since_boot();
    const auto moved = kept_ ? kept_->time - noted_time_ : std::chrono::seconds{0};
    const bool recent = noted_at_ && moved < every && since_boot - *noted_at_ < kKeepClockEvery;
    if (!kept_ || (recent && !unlogged_)) return std::nullopt;
    return Note{print(*kept_), unlogged_, since_boot, kept_->time};
}

void ClockGuard::noted(const Note& note) {
    const std::scoped_lock lock(mutex_);
    noted_at_ = note.at;
    noted_time_ = note.time;
    if (unlogged_ == note.jump) unlogged_.reset();
}

}  // namespace zige::hub
