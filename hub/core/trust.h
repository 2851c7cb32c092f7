#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "hub/core/environment.h"
#include "hub/core/hub_log.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// Where the secrets of a hub lie. `root_key` belongs on a stick in a safe; the others are read at each start.
struct KeyPaths {
    std::filesystem::path folder;  ///< online, sealing, identity, numbers, tls_ca, server
    std::filesystem::path root_key;
};

struct InitOptions {
    std::string hub_id;  ///< e.g. "xinyang-411500"; at most kMaxCode, shown to agents
    Suite suite = Suite::ed25519_sha256;
    std::chrono::days online_key_validity{90};  ///< at most 90
    std::chrono::days tls_validity{3650};       ///< of authority and server certificate
    std::string actor;
};

/// What the hub signs, authenticates and hides with. Immutable after open; any thread.
class Trust {
public:
    /// Makes all keys and trust document 1, signed by the root; stores and logs it in `tx`. The folders must exist.
    /// hub_already_initialised: a root key or a trust document is there;
    /// usage_bad_argument names hub_id or a validity; file_io.
    static Result<void> init(const Environment& env, Tx& tx, const KeyPaths& paths, const InitOptions& options);
    /// Which suite the hub was initialised with: what the rest of Environment is made of. hub_not_initialised.
    static Result<Suite> read_suite(Files& files, const KeyPaths& paths);
    /// Reads keys and the newest trust document. hub_not_initialised; Errc::invalid for a key that does not belong to
    /// it.
    static Result<std::unique_ptr<Trust>> open(const Environment& env, const KeyPaths& paths);

    const std::string& hub_id() const { return document_.hub_id; }
    const wire::TrustDocument& document() const { return document_; }
    std::uint32_t version() const { return document_.version; }
    /// Of trust document 1, as slips carry it: 20 characters of Crockford base32.
    const std::string& fingerprint() const { return fingerprint_; }
    /// Encoded SignedTrust documents with a version above `after`, ascending, at most kMaxTrustChain.
    std::vector<Bytes> chain_after(std::uint32_t after) const;

    /// An envelope by the online key. wire_key_out_of_date: `now` lies outside the key's validity; nothing is signed
    /// then.
    Result<Bytes> sign(MessageType type, ByteView payload, Instant now) const;

    /// Keyed hash of certificate type and number: by it a person is found again.
    Hash256 identity_key(std::string_view certificate_type, std::string_view number) const;
    const Cipher& numbers() const { return *numbers_; }
    /// Opens what is sealed to the hub; with an agent's public sealing key it gives the key of phone codes.
    const Unsealer& unsealer() const { return *unsealer_; }

    Result<Bytes> issue_client_certificate(ByteView request, std::string_view name, Instant from, Instant until) const;

    struct TlsServer {
        std::string private_key_pem;
        Bytes certificate;  ///< DER
        Bytes authority;    ///< DER: who signs client certificates
    };
    const TlsServer& tls_server() const { return server_; }

private:
    explicit Trust(const Environment& env) : env_(env) {}

    Result<void> read_chain(Tx& tx);
    Result<void> read_keys(const KeyPaths& paths);

    Environment env_;
    wire::TrustDocument document_;
    std::string fingerprint_;
    std::vector<Bytes> chain_;  // encoded SignedTrust, version 1 first
    std::uint8_t online_id_ = 0;
    std::unique_ptr<Signer> online_;
    std::unique_ptr<Unsealer> unsealer_;
    std::unique_ptr<Cipher> numbers_;
    Bytes identity_key_;
    KeyMaker::Pair authority_;
    TlsServer server_;
};

}  // namespace zige::hub
