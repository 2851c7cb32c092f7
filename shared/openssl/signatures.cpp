#include <openssl/ec.h>
#include <openssl/err.h>

#include "shared/openssl/crypto.h"
#include "shared/openssl/handles.h"
#include "shared/openssl/public_key.h"
#include "shared/openssl/sm2.h"

namespace zige {

namespace {

using openssl::data_of;
using openssl::DigestContext;
using openssl::Key;
using DerSignature = openssl::Handle<ECDSA_SIG, ECDSA_SIG_free>;

constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kEd25519KeyBytes = 32;
constexpr int kScalarBytes = 32;
/// The signer's id when nobody agreed on another (GB/T 32918.2, GM/T 0009).
constexpr std::string_view kDefaultSm2Id = "1234567812345678";

/// `Init` is EVP_DigestSignInit or EVP_DigestVerifyInit.
template <class Init>
bool begin(Init init, EVP_MD_CTX& context, Suite suite, EVP_PKEY& key) {
    if (suite == Suite::ed25519_sha256) return init(&context, nullptr, nullptr, nullptr, &key) == 1;
    EVP_PKEY_CTX* parameters = nullptr;  // belongs to the context
    return init(&context, &parameters, EVP_sm3(), nullptr, &key) == 1 &&
           EVP_PKEY_CTX_set1_id(parameters, kDefaultSm2Id.data(), static_cast<int>(kDefaultSm2Id.size())) == 1;
}

/// r||s of 32 bytes each, as messages carry it, from the DER that OpenSSL makes.
Result<Bytes> raw_from_der(ByteView der) {
    const unsigned char* at = data_of(der);
    const DerSignature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    Bytes raw(kSignatureBytes);
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), data_of(raw), kScalarBytes) != kScalarBytes ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), data_of(raw) + kScalarBytes, kScalarBytes) != kScalarBytes)
        return openssl::openssl_error(ErrorId::crypto_failed, "", "reading an SM2 signature");
    return raw;
}

Bytes der_from_raw(ByteView raw) {
    const DerSignature signature(ECDSA_SIG_new());
    openssl::BigNumber r(BN_bin2bn(data_of(raw), kScalarBytes, nullptr));
    openssl::BigNumber s(BN_bin2bn(data_of(raw) + kScalarBytes, kScalarBytes, nullptr));
    expect(signature && r && s, "memory for a signature");
    expect(ECDSA_SIG_set0(signature.get(), r.release(), s.release()) == 1, "ECDSA_SIG_set0");
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &der);
    expect(size > 0, "i2d_ECDSA_SIG");
    const auto* first = reinterpret_cast<const std::byte*>(der);
    Bytes bytes(first, first + size);
    OPENSSL_free(der);
    return bytes;
}

/// Null when the bytes are no key of the suite (for SM2: no point of the curve).
Key import_public(Suite suite, ByteView public_key) {
    if (suite == Suite::ed25519_sha256) {
        if (public_key.size() != kEd25519KeyBytes) return {};
        return Key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, data_of(public_key), public_key.size()));
    }
    return openssl::sm2_public_key(public_key);
}

class OpensslVerifier : public Verifier {
public:
    explicit OpensslVerifier(Suite suite) : suite_(suite) {}
    Suite suite() const override { return suite_; }

    bool verify(ByteView public_key, ByteView message, ByteView signature) const override {
        const bool good = verify_or_complain(public_key, message, signature);
        if (!good) ERR_clear_error();  // or a later failure of this thread would show it
        return good;
    }

private:
    bool verify_or_complain(ByteView public_key, ByteView message, ByteView signature) const {
        if (signature.size() != kSignatureBytes) return false;
        const Key key = import_public(suite_, public_key);
        const DigestContext context(EVP_MD_CTX_new());
        if (!key || !context || !begin(EVP_DigestVerifyInit, *context, suite_, *key)) return false;
        const Bytes form = suite_ == Suite::sm2_sm3 ? der_from_raw(signature) : to_bytes(signature);
        return EVP_DigestVerify(context.get(), data_of(form), form.size(), data_of(message), message.size()) == 1;
    }

    Suite suite_;
};

class OpensslSigner : public Signer {
public:
    OpensslSigner(Suite suite, Key key, Bytes public_key)
        : suite_(suite), key_(std::move(key)), public_key_(std::move(public_key)) {}
    Suite suite() const override { return suite_; }
    const Bytes& public_key() const override { return public_key_; }

    Result<Bytes> sign(ByteView message) const override {
        const DigestContext context(EVP_MD_CTX_new());
        Bytes signature(static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())));
        std::size_t size = signature.size();
        if (!context || !begin(EVP_DigestSignInit, *context, suite_, *key_) ||
            EVP_DigestSign(context.get(), data_of(signature), &size, data_of(message), message.size()) != 1)
            return openssl::openssl_error(ErrorId::crypto_failed, "", "signing");
        signature.resize(size);
        if (suite_ == Suite::sm2_sm3) return raw_from_der(signature);
        return signature;
    }

private:
    Suite suite_;
    Key key_;
    Bytes public_key_;
};

}  // namespace

std::unique_ptr<Verifier> make_verifier(Suite suite) { return std::make_unique<OpensslVerifier>(suite); }

Result<std::unique_ptr<Signer>> make_signer_from_pem(Suite suite, std::string_view pem) {
    ZIGE_TRY(key, openssl::key_from_pem(pem, "signing key"));
    if (EVP_PKEY_is_a(key.get(), openssl::signing_type(suite)) != 1)
        return fail(ErrorId::crypto_bad_key, "signing key",
                    std::string("is not of type ") + openssl::signing_type(suite));
    ZIGE_TRY(public_key, openssl::public_key_of(*key));
    return std::unique_ptr<Signer>(std::make_unique<OpensslSigner>(suite, std::move(key), std::move(public_key)));
}

}  // namespace zige
