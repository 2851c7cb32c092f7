#include "tests/support/fakes.h"

#include <utility>

namespace zige::testing {

FakeClock::FakeClock(Instant wall) : wall_(wall.time_since_epoch()) {}

Instant FakeClock::wall() const {
    const std::scoped_lock lock(mutex_);
    return Instant{std::chrono::floor<std::chrono::seconds>(wall_)};
}

std::chrono::milliseconds FakeClock::since_boot() const {
    const std::scoped_lock lock(mutex_);
    return since_boot_;
}

std::uint64_t FakeClock::boot_id() const {
    const std::scoped_lock lock(mutex_);
    return boot_id_;
}

void FakeClock::advance(std::chrono::milliseconds by) {
    const std::scoped_lock lock(mutex_);
    wall_ += by;
    since_boot_ += by;
}

void FakeClock::set_wall(Instant wall) {
    const std::scoped_lock lock(mutex_);
    wall_ = wall.time_since_epoch();
}

void FakeClock::reboot(std::chrono::seconds off, std::optional<Instant> wall) {
    const std::scoped_lock lock(mutex_);
    wall_ = wall ? std::chrono::milliseconds(wall->time_since_epoch()) : wall_ + off;
    since_boot_ = std::chrono::milliseconds(1'000);
    ++boot_id_;
}

SeededRandom::SeededRandom(std::uint64_t seed) : engine_(seed) {}

void SeededRandom::fill(std::span<std::byte> out) {
    const std::scoped_lock lock(mutex_);
    for (std::byte& each : out) each = static_cast<std::byte>(engine_());
}

namespace {

Result<void> outcome(DiskError error, const std::filesystem::path& path) {
    switch (error) {
        case DiskError::none: return {};
        case DiskError::full: return fail(ErrorId::file_disk_full, path.string());
        case DiskError::not_found: return fail(ErrorId::file_not_found, path.string());
        case DiskError::no_power: return fail(ErrorId::file_io, path.string(), "no power");
        case DiskError::io: return fail(ErrorId::file_io, path.string(), "bad sector");
    }
    throw Bug("unknown DiskError");
}

class DiskLock : public Files::Lock {
public:
    DiskLock(std::shared_ptr<PowerDisk> disk, std::string path)
        : disk_(std::move(disk)), path_(std::move(path)), generation_(disk_->generation()) {}
    ~DiskLock() override { disk_->unlock(path_, generation_); }

private:
    std::shared_ptr<PowerDisk> disk_;
    std::string path_;
    std::uint64_t generation_;
};

}  // namespace

MemoryFiles::MemoryFiles(std::shared_ptr<PowerDisk> disk) : disk_(std::move(disk)) {}

Result<Bytes> MemoryFiles::read(const std::filesystem::path& path, std::size_t limit) {
    PowerDisk::Handle file;
    std::uint64_t size = 0;
    ZIGE_CHECK(outcome(disk_->open(path.string(), false, file), path));
    ZIGE_CHECK(outcome(disk_->size(file, size), path));
    if (size > limit) return fail(ErrorId::file_too_large, path.string(), "over " + std::to_string(limit) + " bytes");
    Bytes content(size);
    std::size_t got = 0;
    ZIGE_CHECK(outcome(disk_->read(file, 0, content, got), path));
    content.resize(got);
    return content;
}

Result<void> MemoryFiles::write(const std::filesystem::path& path, ByteView content) {
    const std::string temporary = path.string() + ".tmp";
    PowerDisk::Handle file;
    ZIGE_CHECK(outcome(disk_->open(temporary, true, file), path));
    ZIGE_CHECK(outcome(disk_->truncate(file, 0), path));
    if (auto written = outcome(disk_->write(file, 0, content), path); !written.ok()) {
        disk_->remove(temporary);
        return written;
    }
    ZIGE_CHECK(outcome(disk_->sync(file), path));
    ZIGE_CHECK(outcome(disk_->rename(temporary, path.string()), path));
    return outcome(disk_->sync_folder(path.string()), path);
}

Result<void> MemoryFiles::write_at(const std::filesystem::path& path, std::uint64_t offset, ByteView content) {
    PowerDisk::Handle file;
    ZIGE_CHECK(outcome(disk_->open(path.string(), true, file), path));
    return outcome(disk_->write(file, offset, content), path);
}

Result<void> MemoryFiles::sync(const std::filesystem::path& path) {
    PowerDisk::Handle file;
    ZIGE_CHECK(outcome(disk_->open(path.string(), false, file), path));
    ZIGE_CHECK(outcome(disk_->sync(file), path));
    return outcome(disk_->sync_folder(path.string()), path);
}

Result<void> MemoryFiles::remove(const std::filesystem::path& path) {
    const DiskError error = disk_->remove(path.string());
    if (error == DiskError::not_found) return {};
    ZIGE_CHECK(outcome(error, path));
    return outcome(disk_->sync_folder(path.string()), path);
}

Result<bool> MemoryFiles::exists(const std::filesystem::path& path) {
    if (!disk_->has_power()) return fail(ErrorId::file_io, path.string(), "no power");
    return disk_->exists(path.string());
}

Result<std::unique_ptr<Files::Lock>> MemoryFiles::lock(const std::filesystem::path& path) {
    if (!disk_->has_power()) return fail(ErrorId::file_io, path.string(), "no power");
    if (!disk_->lock(path.string())) return fail(ErrorId::file_locked, path.string(), "held by another");
    return std::unique_ptr<Lock>(std::make_unique<DiskLock>(disk_, path.string()));
}

void ScriptedTransport::then(HttpAnswer answer) {
    script_.emplace_back([answer = std::move(answer)](const Asked&) { return Result<HttpAnswer>(answer); });
}

void ScriptedTransport::then(Error error) {
    script_.emplace_back([error = std::move(error)](const Asked&) { return Result<HttpAnswer>(error); });
}

void ScriptedTransport::then(Answer answer) { script_.push_back(std::move(answer)); }

Result<HttpAnswer> ScriptedTransport::get(const std::string& path, std::size_t limit) {
    return answer({"GET", path, {}}, limit);
}

Result<HttpAnswer> ScriptedTransport::post(const std::string& path, ByteView body, std::size_t limit) {
    return answer({"POST", path, to_bytes(body)}, limit);
}

Result<HttpAnswer> ScriptedTransport::answer(Asked asked, std::size_t limit) {
    asked_.push_back(std::move(asked));
    traffic_.sent += asked_.back().path.size() + asked_.back().body.size();
    if (script_.empty()) return fail(ErrorId::net_unreachable, "", "the script has ended");
    const Answer next = std::move(script_.front());
    script_.pop_front();
    ZIGE_TRY(answer, next(asked_.back()));
    traffic_.received += answer.body.size();
    if (answer.body.size() > limit) return fail(ErrorId::net_too_large, "", "over " + std::to_string(limit) + " bytes");
    return answer;
}

}  // namespace zige::testing
