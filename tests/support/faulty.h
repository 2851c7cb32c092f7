#pragma once

#include <cstdint>
#include <limits>

#include "shared/ports/files.h"
#include "shared/ports/transport.h"

namespace zige::testing {

/// Counts calls from 1 and says which of them fail: for sweeps that run a scenario with n = 1, 2, 3, ... until it passes
/// untouched.
class Fault {
public:
    static constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

    /// Only the nth call fails, or it and all after it.
    explicit Fault(std::uint64_t nth, bool for_ever = false) : nth_(nth), for_ever_(for_ever) {}
    bool strikes() {
        ++calls_;
        return calls_ == nth_ || (for_ever_ && calls_ > nth_);
    }
    std::uint64_t calls() const { return calls_; }
    bool struck() const { return calls_ >= nth_; }

private:
    std::uint64_t nth_;
    bool for_ever_;
    std::uint64_t calls_ = 0;
};

/// Files of which the nth call fails with file_io (a write: with file_disk_full) and does nothing.
class FaultyFiles : public Files {
public:
    FaultyFiles(Files& files, Fault fault) : files_(files), fault_(fault) {}
    Result<Bytes> read(const std::filesystem::path& path, std::size_t limit) override;
    Result<void> write(const std::filesystem::path& path, ByteView content) override;
    Result<void> write_at(const std::filesystem::path& path, std::uint64_t offset, ByteView content) override;
    Result<void> sync(const std::filesystem::path& path) override;
    Result<void> remove(const std::filesystem::path& path) override;
    Result<bool> exists(const std::filesystem::path& path) override;
    Result<std::unique_ptr<Lock>> lock(const std::filesystem::path& path) override;

    const Fault& fault() const { return fault_; }

private:
    Files& files_;
    Fault fault_;
};

/// A line of which the nth request is lost: on its way there, or the answer on its way back (the hub has acted then).
enum class Loss { request, answer };

class FaultyTransport : public Transport {
public:
    FaultyTransport(Transport& transport, Loss loss, Fault fault) : transport_(transport), loss_(loss), fault_(fault) {}
    Result<HttpAnswer> get(const std::string& path, std::size_t limit) override;
    Result<HttpAnswer> post(const std::string& path, ByteView body, std::size_t limit) override;
    Traffic traffic() const override { return transport_.traffic(); }

    const Fault& fault() const { return fault_; }

private:
    Transport& transport_;
    Loss loss_;
    Fault fault_;
};

}  // namespace zige::testing
