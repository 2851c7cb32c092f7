#include "tests/simulation/cheap_crypto.h"

namespace zige::simulation {
namespace {

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
    CheapSigner(std::unique_ptr<Signer> real, const Hasher& hasher) : real_(std::move(real)), hasher_(hasher) {}
    Suite suite() const override { return real_->suite(); }
    const Bytes& public_key() const override { return real_->public_key(); }
    Result<Bytes> sign(ByteView message) const override { return signature_of(hasher_, real_->public_key(), message); }

private:
    std::unique_ptr<Signer> real_;
    const Hasher& hasher_;
};

std::unique_ptr<Signer> cheap(std::unique_ptr<Signer> real, const Hasher& hasher) {
    return std::make_unique<CheapSigner>(std::move(real), hasher);
}

class CheapKeyMaker : public KeyMaker {
public:
    CheapKeyMaker(std::unique_ptr<KeyMaker> real, const Hasher& hasher) : real_(std::move(real)), hasher_(hasher) {}
    Suite suite() const override { return real_->suite(); }
    Result<std::string> make_signing_key() const override { return real_->make_signing_key(); }
    Result<std::unique_ptr<Signer>> open_signing_key(std::string_view pem) const override {
        ZIGE_TRY(signer, real_->open_signing_key(pem));
        return cheap(std::move(signer), hasher_);
    }
    Result<Pair> make_sealing_key() const override { return real_->make_sealing_key(); }
    Result<std::unique_ptr<Unsealer>> open_sealing_key(std::string_view pem) const override {
        return real_->open_sealing_key(pem);
    }
    Result<Pair> make_tls_authority(std::string_view name, Instant from, Instant until) const override {
        return real_->make_tls_authority(name, from, until);
    }
    Result<Pair> make_server_certificate(const Pair& authority, Instant from, Instant until) const override {
        return real_->make_server_certificate(authority, from, until);
    }
    Result<Bytes> issue_client_certificate(const Pair& authority, ByteView request, std::string_view name, Instant from,
                                           Instant until) const override {
        return real_->issue_client_certificate(authority, request, name, from, until);
    }
    Result<Bytes> request_key(ByteView request) const override { return real_->request_key(request); }
    Result<std::unique_ptr<Cipher>> open_cipher(ByteView key) const override { return real_->open_cipher(key); }

private:
    std::unique_ptr<KeyMaker> real_;
    const Hasher& hasher_;
};

class CheapVault : public agent::KeyVault {
public:
    CheapVault(std::unique_ptr<agent::KeyVault> real, const Hasher& hasher) : real_(std::move(real)), hasher_(hasher) {}
    Result<PublicParts> prepare() override { return real_->prepare(); }
    Result<Validity> validity_of(ByteView certificate) override { return real_->validity_of(certificate); }
    Result<std::unique_ptr<Signer>> signer() override {
        ZIGE_TRY(signer, real_->signer());
        return cheap(std::move(signer), hasher_);
    }
    Result<std::unique_ptr<Unsealer>> unsealer() override { return real_->unsealer(); }

private:
    std::unique_ptr<agent::KeyVault> real_;
    const Hasher& hasher_;
};

}  // namespace

std::unique_ptr<Verifier> make_cheap_verifier(const Hasher& hasher) { return std::make_unique<CheapVerifier>(hasher); }

std::unique_ptr<KeyMaker> make_cheap_key_maker(std::unique_ptr<KeyMaker> real, const Hasher& hasher) {
    return std::make_unique<CheapKeyMaker>(std::move(real), hasher);
}

std::unique_ptr<agent::KeyVault> make_cheap_vault(std::unique_ptr<agent::KeyVault> real, const Hasher& hasher) {
    return std::make_unique<CheapVault>(std::move(real), hasher);
}

}  // namespace zige::simulation
