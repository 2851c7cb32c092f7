#include "tests/simulation/cheap_crypto.h"

#include <map>
#include <string>

namespace zige::simulation {
namespace {

constexpr std::string_view kSigningKey = "simulated signing key ";
constexpr std::string_view kTlsKey = "simulated TLS key ";
constexpr std::string_view kRequest = "simulated request ";
constexpr std::string_view kCertificate = "simulated certificate";
constexpr std::size_t kMaxKeyFile = 16U << 10;

Bytes signature_of(const Hasher& hasher, ByteView public_key, ByteView message) {
    const Hash256 half = hasher.hash({public_key, message});
    Bytes signature(half.begin(), half.end());
    signature.insert(signature.end(), half.rbegin(), half.rend());
    return signature;
}

class CheapVerifier : public Verifier {
public:
    explicit CheapVerifier(const Hasher& hasher) : hasher_(hasher) {}
    Suite suite() const override { return Suite::ed25519_sha256; }
    bool verify(ByteView public_key, ByteView message, ByteView signature) const override {
        return to_bytes(signature) == signature_of(hasher_, public_key, message);
    }

private:
    const Hasher& hasher_;
};

class CheapSigner : public Signer {
public:
    CheapSigner(Bytes public_key, const Hasher& hasher) : public_key_(std::move(public_key)), hasher_(hasher) {}
    Suite suite() const override { return Suite::ed25519_sha256; }
    const Bytes& public_key() const override { return public_key_; }
    Result<Bytes> sign(ByteView message) const override { return signature_of(hasher_, public_key_, message); }

private:
    Bytes public_key_;
    const Hasher& hasher_;
};

/// Of a curve: what was computed once in a story is not computed again.
class RememberingVerifier : public Verifier {
public:
    RememberingVerifier(std::unique_ptr<Verifier> real, const Hasher& hasher)
        : real_(std::move(real)), hasher_(hasher) {}
    Suite suite() const override { return real_->suite(); }
    bool verify(ByteView public_key, ByteView message, ByteView signature) const override {
        const Hash256 message_hash = hasher_.hash({message});
        const Hash256 all = hasher_.hash({hasher_.hash({public_key}), message_hash, signature});
        const auto known = known_.find(all);
        if (known != known_.end()) return known->second;
        return known_[all] = real_->verify(public_key, message, signature);
    }

private:
    std::unique_ptr<Verifier> real_;
    const Hasher& hasher_;
    mutable std::map<Hash256, bool> known_;
};

/// Read once from its PEM.
class SharedUnsealer : public Unsealer {
public:
    explicit SharedUnsealer(std::shared_ptr<Unsealer> shared) : shared_(std::move(shared)) {}
    Suite suite() const override { return shared_->suite(); }
    const Bytes& public_key() const override { return shared_->public_key(); }
    Result<Bytes> open(const SealedView& sealed, const SealContext& context) const override {
        return shared_->open(sealed, context);
    }
    Result<Bytes> derive(ByteView peer, ByteView info, std::size_t length) const override {
        return shared_->derive(peer, info, length);
    }

private:
    std::shared_ptr<Unsealer> shared_;
};

Bytes certificate_of(std::string_view key, Instant from, Instant until) {
    return to_bytes(std::string(kCertificate) + "\n" + std::to_string(from.time_since_epoch().count()) + "\n" +
                    std::to_string(until.time_since_epoch().count()) + "\n" + std::string(key));
}

std::string next_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

class CheapKeyMaker : public KeyMaker {
public:
    CheapKeyMaker(std::unique_ptr<KeyMaker> real, const Hasher& hasher) : real_(std::move(real)), hasher_(hasher) {}
    Suite suite() const override { return Suite::ed25519_sha256; }
    Result<std::string> make_signing_key() const override { return next(kSigningKey); }
    Result<std::unique_ptr<Signer>> open_signing_key(std::string_view pem) const override {
        if (!pem.starts_with(kSigningKey)) return fail(ErrorId::crypto_bad_key, "key");
        const Hash256 key = hasher_.hash({as_bytes(pem)});
        return std::unique_ptr<Signer>(std::make_unique<CheapSigner>(to_bytes(ByteView(key)), hasher_));
    }
    Result<Pair> make_sealing_key() const override { return real_->make_sealing_key(); }
    Result<std::unique_ptr<Unsealer>> open_sealing_key(std::string_view pem) const override {
        std::shared_ptr<Unsealer>& known = unsealers_[std::string(pem)];
        if (!known) {
            ZIGE_TRY(opened, real_->open_sealing_key(pem));
            known = std::move(opened);
        }
        return std::unique_ptr<Unsealer>(std::make_unique<SharedUnsealer>(known));
    }
    Result<Pair> make_tls_authority(std::string_view, Instant from, Instant until) const override {
        return issued(from, until);
    }
    Result<Pair> make_server_certificate(const Pair&, Instant from, Instant until) const override {
        return issued(from, until);
    }
    Result<Bytes> issue_client_certificate(const Pair&, ByteView request, std::string_view, Instant from,
                                           Instant until) const override {
        ZIGE_TRY(key, request_key(request));
        return certificate_of(as_text(key), from, until);
    }
    Result<Bytes> request_key(ByteView request) const override {
        const std::string_view text = as_text(request);
        if (!text.starts_with(kRequest)) return fail(ErrorId::tls_bad_certificate, "request");
        return to_bytes(text.substr(kRequest.size()));
    }
    Result<std::unique_ptr<Cipher>> open_cipher(ByteView key) const override { return real_->open_cipher(key); }

private:
    std::string next(std::string_view kind) const { return std::string(kind) + std::to_string(++made_); }
    Pair issued(Instant from, Instant until) const {
        const std::string key = next(kTlsKey);
        return {key, certificate_of(key, from, until)};
    }

    std::unique_ptr<KeyMaker> real_;
    const Hasher& hasher_;
    mutable std::uint64_t made_ = 0;
    mutable std::map<std::string, std::shared_ptr<Unsealer>> unsealers_;
};

class CheapVault : public agent::KeyVault {
public:
    CheapVault(std::string folder, Files& files, const KeyMaker& keys)
        : folder_(std::move(folder)), files_(files), keys_(keys) {}

    Result<PublicParts> prepare() override {
        ZIGE_TRY(has_request, files_.exists(folder_ + "/tls.csr"));
        if (!has_request) {
            ZIGE_TRY(key, keys_.make_signing_key());
            ZIGE_CHECK(write("/tls.csr", std::string(kRequest) + key));
        }
        ZIGE_TRY(has_signing, files_.exists(folder_ + "/signing.pem"));
        if (!has_signing) {
            ZIGE_TRY(pem, keys_.make_signing_key());
            ZIGE_CHECK(write("/signing.pem", pem));
        }
        ZIGE_TRY(has_sealing, files_.exists(folder_ + "/sealing.pem"));
        if (!has_sealing) {
            ZIGE_TRY(made, keys_.make_sealing_key());
            ZIGE_CHECK(write("/sealing.pem", made.private_pem));
        }
        ZIGE_TRY(request, files_.read(folder_ + "/tls.csr", kMaxKeyFile));
        ZIGE_TRY(signing, signer());
        ZIGE_TRY(sealing, unsealer());
        return PublicParts{std::move(request), signing->public_key(), sealing->public_key()};
    }
    Result<Validity> validity_of(ByteView certificate) override {
        ZIGE_TRY(facts, read_cheap_certificate(certificate));
        ZIGE_TRY(request, files_.read(folder_ + "/tls.csr", kMaxKeyFile));
        ZIGE_TRY(key, keys_.request_key(request));
        if (facts.public_key != key) return fail(ErrorId::tls_bad_certificate, "certificate", "for another key");
        return Validity{facts.validity.not_before, facts.validity.not_after};
    }
    Result<std::unique_ptr<Signer>> signer() override {
        ZIGE_TRY(pem, files_.read(folder_ + "/signing.pem", kMaxKeyFile));
        return keys_.open_signing_key(as_text(pem));
    }
    Result<std::unique_ptr<Unsealer>> unsealer() override {
        ZIGE_TRY(pem, files_.read(folder_ + "/sealing.pem", kMaxKeyFile));
        return keys_.open_sealing_key(as_text(pem));
    }

private:
    Result<void> write(const char* name, std::string_view content) {
        return files_.write(folder_ + name, as_bytes(content));
    }

    std::string folder_;
    Files& files_;
    const KeyMaker& keys_;
};

}  // namespace

std::unique_ptr<Verifier> make_cheap_verifier(const Hasher& hasher) { return std::make_unique<CheapVerifier>(hasher); }

std::unique_ptr<Verifier> make_remembering_verifier(std::unique_ptr<Verifier> real, const Hasher& hasher) {
    return std::make_unique<RememberingVerifier>(std::move(real), hasher);
}

std::unique_ptr<KeyMaker> make_cheap_key_maker(std::unique_ptr<KeyMaker> real, const Hasher& hasher) {
    return std::make_unique<CheapKeyMaker>(std::move(real), hasher);
}

std::unique_ptr<agent::KeyVault> make_cheap_vault(const std::string& folder, Files& files, const KeyMaker& keys) {
    return std::make_unique<CheapVault>(folder, files, keys);
}

Result<CertificateFacts> read_cheap_certificate(ByteView certificate) {
    std::string_view text = as_text(certificate);
    if (next_line(text) != kCertificate) return fail(ErrorId::tls_bad_certificate, "certificate");
    CertificateFacts facts;
    facts.validity.not_before = Instant{std::chrono::seconds{std::atoll(next_line(text).c_str())}};
    facts.validity.not_after = Instant{std::chrono::seconds{std::atoll(next_line(text).c_str())}};
    facts.public_key = to_bytes(text);
    return facts;
}

}  // namespace zige::simulation
