#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "shared/ports/clock.h"
#include "shared/ports/files.h"
#include "shared/ports/random.h"
#include "shared/ports/transport.h"
#include "tests/support/power_disk.h"

namespace zige::testing {

/// Stands still until told. Any thread.
class FakeClock : public Clock {
public:
    explicit FakeClock(Instant wall);
    Instant wall() const override;
    std::chrono::milliseconds since_boot() const override;
    std::uint64_t boot_id() const override;

    void advance(std::chrono::milliseconds by);  ///< both clocks
    void set_wall(Instant wall);                 ///< somebody sets the PC's clock
    /// Switched off for `off`; the wall clock goes on (or says `wall` when the battery is dead).
    void reboot(std::chrono::seconds off, std::optional<Instant> wall = {});

private:
    mutable std::mutex mutex_;
    std::chrono::milliseconds wall_;
    std::chrono::milliseconds since_boot_{1'000};
    std::uint64_t boot_id_ = 1;
};

/// The same bytes for the same seed. Any thread.
class SeededRandom : public Random {
public:
    explicit SeededRandom(std::uint64_t seed);
    void fill(std::span<std::byte> out) override;

private:
    std::mutex mutex_;
    std::mt19937_64 engine_;
};

/// Files on a PowerDisk, step by step as the real adapter does it: temp, sync, rename, sync of the folder.
class MemoryFiles : public Files {
public:
    explicit MemoryFiles(std::shared_ptr<PowerDisk> disk = std::make_shared<PowerDisk>());
    Result<Bytes> read(const std::filesystem::path& path, std::size_t limit) override;
    Result<void> write(const std::filesystem::path& path, ByteView content) override;
    Result<void> write_at(const std::filesystem::path& path, std::uint64_t offset, ByteView content) override;
    Result<void> sync(const std::filesystem::path& path) override;
    Result<void> remove(const std::filesystem::path& path) override;
    Result<bool> exists(const std::filesystem::path& path) override;
    Result<std::unique_ptr<Lock>> lock(const std::filesystem::path& path) override;

    PowerDisk& disk() { return *disk_; }

private:
    std::shared_ptr<PowerDisk> disk_;
};

/// Answers from a script, in order, and notes what was asked. A request beyond the script is net_unreachable.
class ScriptedTransport : public Transport {
public:
    struct Asked {
        std::string method;
        std::string path;
        Bytes body;
    };
    using Answer = std::function<Result<HttpAnswer>(const Asked&)>;

    void then(HttpAnswer answer);
    void then(Error error);
    void then(Answer answer);
    const std::vector<Asked>& asked() const { return asked_; }

    Result<HttpAnswer> get(const std::string& path, std::size_t limit) override;
    Result<HttpAnswer> post(const std::string& path, ByteView body, std::size_t limit) override;
    Traffic traffic() const override { return traffic_; }

private:
    Result<HttpAnswer> answer(Asked asked, std::size_t limit);

    std::deque<Answer> script_;
    std::vector<Asked> asked_;
    Traffic traffic_;
};

}  // namespace zige::testing
