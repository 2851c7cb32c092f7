#include "agent/core/time_guard.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "shared/wire/envelope.h"

namespace zige::agent {
namespace {

constexpr std::string_view kValueName = "clock";

/// "trusted running boot since_boot_ms wall drift_wall drift_since_boot_ms anchor_void put_back_in", decimal. An earlier
/// program wrote no last one.
constexpr std::size_t kFields = 9;
using Fields = std::array<std::int64_t, kFields>;

std::optional<Fields> parse(std::string_view text) {
    Fields fields{};
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    for (auto& field : fields) {
        while (at != end && *at == ' ') ++at;
        if (at == end && &field == &fields.back()) break;
        const auto read = std::from_chars(at, end, field);
        if (read.ec != std::errc{}) return std::nullopt;
        at = read.ptr;
    }
    if (at != end) return std::nullopt;
    return fields;
}

std::string print(const Fields& fields) {
    std::string text;
    for (const std::int64_t field : fields) text += (text.empty() ? "" : " ") + std::to_string(field);
    return text;
}

std::int64_t count(Instant when) { return when.time_since_epoch().count(); }
Instant instant(std::int64_t count) { return Instant{std::chrono::seconds{count}}; }

}  // namespace

TimeGuard::TimeGuard(const Clock& clock, ReplicaStore& store) : clock_(clock), store_(store) {}

Result<std::unique_ptr<TimeGuard>> TimeGuard::open(const Clock& clock, ReplicaStore& store, Instant floor) {
    auto guard = std::make_unique<TimeGuard>(clock, store);
    ZIGE_TRY(persisted, store.value(kValueName));
    guard->restore(persisted ? as_text(*persisted) : std::string_view{}, floor);
    return guard;
}

void TimeGuard::restore(std::string_view persisted, Instant floor) {
    base_ = drift_base_ = read();
    base_running_ = floor;
    const auto fields = parse(persisted);
    if (!fields) return;
    const auto [trusted, running, boot, since_boot, wall, drift_wall, drift_since_boot, anchor_void, put_back] = *fields;
    trusted_ = persisted_trusted_ = instant(trusted);
    put_back_in_ = Chapter{static_cast<std::uint32_t>(put_back)};
    Instant known = std::max(instant(running), trusted_);
    if (static_cast<std::uint64_t>(boot) == base_.boot_id) {
        const auto since = base_.since_boot - std::chrono::milliseconds{since_boot};
        if (since.count() > 0) known += std::chrono::floor<std::chrono::seconds>(since);
        drift_base_ = {instant(drift_wall), std::chrono::milliseconds{drift_since_boot}, base_.boot_id};
    }
    anchor_void_ = anchor_void != 0;
    base_running_ = anchor_void_ ? known : std::max(known, floor);
}

TimeGuard::Reading TimeGuard::read() const { return {clock_.wall(), clock_.since_boot(), clock_.boot_id()}; }

Instant TimeGuard::running_at(const Reading& reading) const {
    return base_running_ + std::chrono::floor<std::chrono::seconds>(reading.since_boot - base_.since_boot);
}

bool TimeGuard::drifted(const Reading& reading) const {
    const auto by_wall = reading.wall - drift_base_.wall;
    const auto by_boot = reading.since_boot - drift_base_.since_boot;
    return std::chrono::abs(by_wall - by_boot) > kClockTolerance;
}

TimeGuard::Status TimeGuard::status_at(const Reading& reading) const {
    Status status{trusted_, running_at(reading), reading.wall, false, false};
    status.suspect = reading.wall < status.running - kClockTolerance || drifted(reading);
    status.unknown = trusted_ == Instant{} || reading.wall - status.running > kClockUnknownAfter;
    return status;
}

Moment TimeGuard::moment(Instant copy_as_of) const {
    const Status now = status();
    return {now.wall, now.running, copy_as_of, now.unknown, now.suspect};
}

wire::Times TimeGuard::times() const {
    const Status now = status();
    return {now.trusted, now.running, now.wall};
}

Instant TimeGuard::running() const { return status().running; }

TimeGuard::Status TimeGuard::status() const {
    const Reading reading = read();
    const std::lock_guard lock(mutex_);
    return status_at(reading);
}

/// A wall clock that agrees with a time just heard from the hub is right again, whatever it did before in this boot.
void TimeGuard::confirm_wall(const Reading& reading) {
    if (heard_ && std::chrono::abs(reading.wall - running_at(reading)) <= kClockTolerance) drift_base_ = reading;
}

Result<void> TimeGuard::accept(Instant hub_time, const wire::OnlineKey& signed_by) {
    ZIGE_CHECK(wire::check_key_time(signed_by, hub_time));  // TRUST-6
    const Reading reading = read();
    const std::lock_guard persisting(persisting_);
    std::string jump;
    {
        const std::lock_guard lock(mutex_);
        if (hub_time <= trusted_) return {};  // P4: trusted time only rises
        if (hub_time - persisted_trusted_ >= kPersistEvery)
            jump = value_at(reading, hub_time, std::max(hub_time, running_at(reading)), anchor_void_);
    }
    // What a restart would take back by a minute is on disk before it counts: compare() relies on it.
    if (!jump.empty()) ZIGE_CHECK(store_.set_value(kValueName, as_bytes(jump)));
    const std::lock_guard lock(mutex_);
    if (!jump.empty()) persisted_trusted_ = hub_time;
    rise(reading, hub_time);
    heard_ = true;
    confirm_wall(reading);
    return {};
}

void TimeGuard::rise(const Reading& reading, Instant hub_time) {
    trusted_ = std::max(trusted_, hub_time);
    if (hub_time <= running_at(reading)) return;
    base_running_ = hub_time;
    base_ = reading;
}

void TimeGuard::remember(Instant accepted) {
    const Reading reading = read();
    const std::lock_guard lock(mutex_);
    rise(reading, accepted);
}

std::string TimeGuard::value_at(const Reading& reading, Instant trusted, Instant running, bool anchor_void) const {
    return print({count(trusted), count(running), static_cast<std::int64_t>(reading.boot_id),
                  reading.since_boot.count(), count(reading.wall), count(drift_base_.wall),
                  drift_base_.since_boot.count(), anchor_void ? 1 : 0, put_back_in_.value});
}

Bytes TimeGuard::lowered(Instant time) const {
    const Reading reading = read();
    const std::lock_guard lock(mutex_);
    return to_bytes(value_at(reading, std::min(trusted_, time), std::min(running_at(reading), time), true));
}

void TimeGuard::lower(Instant time) {
    const Reading reading = read();
    const std::lock_guard lock(mutex_);
    trusted_ = persisted_trusted_ = std::min(trusted_, time);
    base_running_ = std::min(running_at(reading), time);
    base_ = reading;
    anchor_void_ = true;
}

bool TimeGuard::anchor_void() const {
    const std::lock_guard lock(mutex_);
    return anchor_void_;
}

void TimeGuard::anchored() {
    const std::lock_guard lock(mutex_);
    anchor_void_ = false;
}

/// A database that knows no time at all was lost, not put back: there is no copy in it either.
void TimeGuard::compare(Instant journaled, Chapter chapter) {
    const Reading reading = read();
    const std::lock_guard lock(mutex_);
    if (anchor_void_) return;  // root set the time back, and nothing was journaled since
    if (trusted_ != Instant{} && journaled - trusted_ > kPersistEvery) put_back_in_ = chapter;
    rise(reading, journaled);
}

bool TimeGuard::copy_put_back(Chapter now) const {
    const std::lock_guard lock(mutex_);
    return put_back_in_.value != 0 && put_back_in_ == now;
}

Result<void> TimeGuard::tick(bool now) {
    const Reading reading = read();
    const std::lock_guard persisting(persisting_);
    std::string value;
    Instant trusted;
    {
        const std::lock_guard lock(mutex_);
        if (!now && persisted_since_boot_ && reading.since_boot - *persisted_since_boot_ < kPersistEvery) return {};
        confirm_wall(reading);
        trusted = trusted_;
        value = value_at(reading, trusted_, running_at(reading), anchor_void_);
    }
    ZIGE_CHECK(store_.set_value(kValueName, as_bytes(value)));
    const std::lock_guard lock(mutex_);
    persisted_trusted_ = trusted;
    persisted_since_boot_ = reading.since_boot;
    return {};
}

}  // namespace zige::agent
