#pragma once

#include <filesystem>
#include <string>

#include "shared/base/result.h"
#include "shared/ports/files.h"

namespace zige::hub {

/// The files of a hub's key folder, by name.
class KeyFiles {
public:
    KeyFiles(Files& files, std::filesystem::path folder) : files_(files), folder_(std::move(folder)) {}

    Result<void> write(const std::string& name, ByteView content) const {
        return files_.write(folder_ / name, content);
    }
    Result<void> write(const std::string& name, std::string_view content) const {
        return write(name, as_bytes(content));
    }
    /// hub_keys_damaged: it is not there.
    Result<Bytes> read(const std::string& name) const;
    Result<std::string> read_text(const std::string& name) const;

    /// A key that came by rotation has its public part in the name, so that it can lie here before it is published and
    /// after it was replaced: "sealing-8f02....key".
    static std::string name_of(const char* name, ByteView public_part);
    /// That file, else the plain one that `init` made.
    Result<Bytes> read_for(const char* name, ByteView public_part) const;

    static constexpr const char* kSuite = "suite";
    static constexpr const char* kOnline = "online.key";
    static constexpr const char* kSealing = "sealing.key";
    static constexpr const char* kIdentity = "identity.key";  // finds people again: HMAC
    static constexpr const char* kNumbers = "numbers.key";    // hides identity numbers: AES-256-GCM
    static constexpr const char* kAuthorityKey = "tls-ca.key";
    static constexpr const char* kAuthority = "tls-ca.der";
    static constexpr const char* kServerKey = "tls-server.key";
    static constexpr const char* kServer = "tls-server.der";

private:
    Files& files_;
    std::filesystem::path folder_;
};

}  // namespace zige::hub
