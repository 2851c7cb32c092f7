#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/daemon/service.h"
#include "shared/base/time.h"
#include "shared/ports/crypto.h"
#include "shared/ports/files.h"
#include "shared/ports/random.h"

namespace zige::daemon {

inline constexpr std::size_t kMaxApiKeys = 200;
inline constexpr std::size_t kMaxApiKeysFile = 128U << 10;

/// Keys of the callers of the local HTTP interface: his, clerk, viewer. On disk stands only each key's hash.
/// Thread safety: every member from any thread.
class ApiKeys {
public:
    struct Facts {
        std::string name;
        CallerRole role = CallerRole::viewer;
        Instant made{};
    };

    /// Reads `path`; no file is no keys. A damaged file is no reason not to start: the owner needs no key; every call
    /// about keys says local_keys_damaged until somebody moves the file away. The errors of Files.
    static Result<std::unique_ptr<ApiKeys>> open(std::filesystem::path path, Files& files, const Hasher& hasher,
                                                 Random& random);

    /// A new key, for this one time in clear: "zk-his-" and 26 characters. On disk when it returns.
    /// api_bad_field: the name is empty or too long, or the role is owner; local_key_name_taken, local_too_many_keys;
    /// local_keys_damaged: nothing was overwritten.
    Result<std::string> create(std::string_view name, CallerRole role, Instant now);
    /// On disk when it returns. local_key_not_found.
    Result<void> revoke(std::string_view name);
    Result<std::vector<Facts>> list() const;
    /// Who holds `key`. api_unauthorized: a revoked or unknown one; local_keys_damaged: nobody can tell.
    Result<Caller> find(std::string_view key) const;
    /// local_keys_damaged, or nothing.
    const Result<void>& readable() const { return readable_; }

private:
    struct Entry {
        Facts facts;
        std::string hash;  // hex
    };
    ApiKeys(std::filesystem::path path, Files& files, const Hasher& hasher, Random& random)
        : path_(std::move(path)), files_(files), hasher_(hasher), random_(random) {}
    Result<void> load();
    Result<void> parse(ByteView file);
    Result<void> save(const std::vector<Entry>& entries);
    std::string hash_of(std::string_view key) const;

    const std::filesystem::path path_;
    Files& files_;
    const Hasher& hasher_;
    Random& random_;
    mutable std::mutex mutex_;  // guards entries_ and the file
    std::vector<Entry> entries_;
    Result<void> readable_;  // since open()
};

/// "his", "clerk" or "viewer"; nothing else, the owner has no key.
std::optional<CallerRole> key_role(std::string_view name);

}  // namespace zige::daemon
