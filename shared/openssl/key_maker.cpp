#include "shared/openssl/key_maker.h"

#include "shared/openssl/aes_gcm.h"
#include "shared/openssl/crypto.h"
#include "shared/openssl/sealing.h"
#include "shared/openssl/x509.h"

namespace zige {
namespace {

IssuedCertificate issuer_of(const KeyMaker::Pair& authority) { return {authority.private_pem, authority.public_part}; }

Result<KeyMaker::Pair> pair_of(Result<IssuedCertificate> issued) {
    if (!issued.ok()) return issued.error();
    return KeyMaker::Pair{std::move(issued->private_key_pem), std::move(issued->certificate_der)};
}

class OpensslKeyMaker final : public KeyMaker {
public:
    explicit OpensslKeyMaker(Suite suite) : suite_(suite) {}

    Suite suite() const override { return suite_; }
    Result<std::string> make_signing_key() const override { return generate_signing_key(suite_); }
    Result<std::unique_ptr<Signer>> open_signing_key(std::string_view pem) const override {
        return make_signer_from_pem(suite_, pem);
    }
    Result<Pair> make_sealing_key() const override {
        ZIGE_TRY(key, generate_sealing_key(suite_));
        return Pair{std::move(key.private_pem), std::move(key.public_key)};
    }
    Result<std::unique_ptr<Unsealer>> open_sealing_key(std::string_view pem) const override {
        return make_unsealer(suite_, pem);
    }
    Result<Pair> make_tls_authority(std::string_view name, Instant from, Instant until) const override {
        return pair_of(create_tls_ca(name, {from, until}));
    }
    Result<Pair> make_server_certificate(const Pair& authority, Instant from, Instant until) const override {
        return pair_of(issue_server_certificate(issuer_of(authority), kHubTlsName, {from, until}));
    }
    Result<Bytes> issue_client_certificate(const Pair& authority, ByteView request, std::string_view name, Instant from,
                                           Instant until) const override {
        return zige::issue_client_certificate(issuer_of(authority), request, name, {from, until});
    }
    Result<Bytes> request_key(ByteView request) const override { return read_request_key(request); }
    Result<std::unique_ptr<Cipher>> open_cipher(ByteView key) const override { return openssl::make_aes_256_gcm(key); }

private:
    Suite suite_;
};

}  // namespace

std::unique_ptr<KeyMaker> make_key_maker(Suite suite) { return std::make_unique<OpensslKeyMaker>(suite); }

}  // namespace zige
