#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/clock_guard.h"
#include "hub/core/environment.h"
#include "hub/core/hub_log.h"
#include "shared/wire/messages.h"

namespace zige::hub {

inline constexpr std::chrono::days kMaxOnlineValidity{90};  ///< TRUST-5
inline constexpr std::chrono::days kWarnBeforeKeyEnds{30};

/// Where the secrets of a hub lie. `root_key` belongs on a stick in a safe; the others are read at each start.
struct KeyPaths {
    std::filesystem::path folder;  ///< online, sealing, identity, numbers, tls_ca, server
    std::filesystem::path root_key;
};

struct InitOptions {
    std::string hub_id;  ///< e.g. "xinyang-411500"; at most kMaxCode, shown to agents
    Suite suite = Suite::ed25519_sha256;
    std::chrono::days online_key_validity{90};      ///< at most 90
    std::chrono::days tls_validity{3650};           ///< of authority and server certificate
    std::vector<std::filesystem::path> more_roots;  ///< further root keys, each to its own file
    std::uint8_t threshold = 1;                     ///< how many of them sign a trust document
    std::string actor;
};

/// What the hub signs, authenticates and hides with. Any thread; a newer trust document is taken over by reload().
class Trust {
public:
    /// Makes all keys and trust document 1, signed by the roots; stores and logs it in `tx`. The folders must exist.
    /// hub_already_initialised: a root key or a trust document is there;
    /// usage_bad_argument names hub_id, a validity or the threshold; file_io.
    static Result<void> init(const Environment& env, Tx& tx, const KeyPaths& paths, const InitOptions& options);
    /// Which suite the hub was initialised with: what the rest of Environment is made of. hub_not_initialised.
    static Result<Suite> read_suite(Files& files, const KeyPaths& paths);
    /// Reads keys and the newest trust document. hub_not_initialised. A hub without any online key opens, so that an
    /// operator can rotate; it signs nothing.
    static Result<std::unique_ptr<Trust>> open(const Environment& env, const KeyPaths& paths, const ClockGuard& clock);
    /// After a newer document was stored: takes it and its online keys into use. TLS goes on as it was opened.
    Result<void> reload();

    const std::string& hub_id() const { return hub_id_; }
    wire::TrustDocument document() const { return current()->document; }
    std::uint32_t version() const { return current()->document.version; }
    /// All documents as agents get them, version 1 first.
    std::vector<Bytes> chain() const { return current()->chain; }
    /// Of trust document 1, as slips carry it: 20 characters of Crockford base32.
    const std::string& fingerprint() const { return fingerprint_; }
    /// Encoded SignedTrust documents with a version above `after`, ascending, at most kMaxTrustChain.
    std::vector<Bytes> chain_after(std::uint32_t after) const;

    /// An envelope by the newest online key that is valid at `now` and whose private part is here.
    /// wire_key_out_of_date, crypto_bad_key: there is none, nothing is signed; hub_clock_jumped: not at this time.
    Result<Bytes> sign(MessageType type, ByteView payload, Instant now) const;

    struct OnlineKey {
        wire::OnlineKey key;
        bool here = false;   ///< its private part lies in the key folder
        bool signs = false;  ///< is the one that signs at that time
    };
    std::vector<OnlineKey> online_keys(Instant now) const;

    /// Keyed hash of certificate type and number: by it a person is found again.
    Hash256 identity_key(std::string_view certificate_type, std::string_view number) const;
    const Cipher& numbers() const { return *numbers_; }
    /// Opens what is sealed to the hub; with an agent's public sealing key it gives the key of phone codes.
    const Unsealer& unsealer() const;
    /// The one of the newest or an earlier document that `reader` (wire::sealed_reader) names; null: none.
    const Unsealer* unsealer_for(ByteView reader) const;

    Result<Bytes> issue_client_certificate(ByteView request, std::string_view name, Instant from, Instant until) const;

    struct TlsServer {
        std::string private_key_pem;
        Bytes certificate;                     ///< DER
        Bytes authority;                       ///< DER: who signs client certificates
        std::vector<Bytes> older_authorities;  ///< DER: of earlier trust documents; agents come with their certificates
    };
    const TlsServer& tls_server() const { return server_; }

private:
    Trust(const Environment& env, std::filesystem::path folder, const ClockGuard& clock)
        : env_(env), folder_(std::move(folder)), clock_(clock) {}

    /// All that another trust document changes.
    struct Current {
        wire::TrustDocument document;
        std::vector<Bytes> chain;                      ///< encoded SignedTrust, version 1 first
        std::vector<Bytes> authorities;                ///< of all documents, each once
        std::vector<Bytes> sealing_keys;               ///< likewise
        std::vector<std::unique_ptr<Signer>> signers;  ///< as document.online_keys; null: not here
        const Signer* signer_at(Instant now, const wire::OnlineKey*& key) const;
    };
    std::shared_ptr<const Current> current() const {
        const std::scoped_lock lock(mutex_);
        return current_;
    }
    Result<void> read_chain(Tx& tx, Current& current) const;
    Result<void> read_signers(Current& current) const;
    Result<void> add_unsealers(const std::vector<Bytes>& keys);
    Result<void> read_keys();

    Environment env_;
    std::filesystem::path folder_;
    const ClockGuard& clock_;
    std::string hub_id_;
    std::string fingerprint_;
    mutable std::mutex mutex_;  // guards current_ and unsealers_
    std::shared_ptr<const Current> current_;
    std::vector<std::unique_ptr<Unsealer>> unsealers_;  // as the chain has the keys, the newest last; none ever goes
    std::unique_ptr<Cipher> numbers_;
    Bytes identity_key_;
    KeyMaker::Pair authority_;
    TlsServer server_;
};

}  // namespace zige::hub
