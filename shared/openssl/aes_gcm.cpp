#include "shared/openssl/aes_gcm.h"

#include <openssl/rand.h>

#include <limits>

#include "shared/openssl/handles.h"

namespace zige::openssl {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kMaxBytes = std::numeric_limits<int>::max() / 2;

using CipherContext = Handle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

class AesGcm final : public Cipher {
public:
    explicit AesGcm(ByteView key) : key_(to_bytes(key)) {}
    ~AesGcm() override { OPENSSL_cleanse(key_.data(), key_.size()); }
    AesGcm(const AesGcm&) = delete;
    AesGcm& operator=(const AesGcm&) = delete;

    Result<Bytes> seal(ByteView plain, ByteView context) const override {
        Bytes sealed(kNonceBytes);
        if (RAND_bytes(data_of(sealed), kNonceBytes) != 1)
            return openssl_error(ErrorId::crypto_failed, "cipher", "making a nonce");
        ZIGE_TRY(body, gcm_seal(key_, sealed, plain, context));
        sealed.insert(sealed.end(), body.begin(), body.end());
        return sealed;
    }

    Result<Bytes> open(ByteView sealed, ByteView context) const override {
        if (sealed.size() < kNonceBytes + kTagBytes) return fail(ErrorId::seal_failed, "cipher", "length");
        return gcm_open(key_, sealed.first(kNonceBytes), sealed.subspan(kNonceBytes), context);
    }

private:
    Bytes key_;
};

/// Whether OpenSSL's counts, which are int, can hold it.
bool fits(ByteView bytes) { return bytes.size() <= kMaxBytes; }

}  // namespace

Result<Bytes> gcm_seal(ByteView key, ByteView nonce, ByteView plain, ByteView context) {
    expect(key.size() == kKeyBytes && nonce.size() == kNonceBytes, "a key has 32 bytes and a nonce 12");
    if (!fits(plain) || !fits(context)) return fail(ErrorId::crypto_failed, "cipher", "too long");
    Bytes sealed(plain.size() + kTagBytes);
    int length = 0;
    const CipherContext cipher(EVP_CIPHER_CTX_new());
    unsigned char* const body = data_of(sealed);
    const bool done =
        cipher && EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, data_of(key), data_of(nonce)) == 1 &&
        EVP_EncryptUpdate(cipher.get(), nullptr, &length, data_of(context), static_cast<int>(context.size())) == 1 &&
        EVP_EncryptUpdate(cipher.get(), body, &length, data_of(plain), static_cast<int>(plain.size())) == 1 &&
        EVP_EncryptFinal_ex(cipher.get(), body + length, &length) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, body + plain.size()) == 1;
    if (!done) return openssl_error(ErrorId::crypto_failed, "cipher", "sealing");
    return sealed;
}

Result<Bytes> gcm_open(ByteView key, ByteView nonce, ByteView sealed, ByteView context) {
    expect(key.size() == kKeyBytes, "a key has 32 bytes");
    if (nonce.size() != kNonceBytes || sealed.size() < kTagBytes || !fits(sealed) || !fits(context))
        return fail(ErrorId::seal_failed, "cipher", "length");
    const ByteView body = sealed.first(sealed.size() - kTagBytes);
    Bytes tag = to_bytes(sealed.last(kTagBytes));
    Bytes plain(body.size() + 1);  // never empty: OpenSSL wants an address
    int length = 0;
    const CipherContext cipher(EVP_CIPHER_CTX_new());
    const bool done =
        cipher && EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, data_of(key), data_of(nonce)) == 1 &&
        EVP_DecryptUpdate(cipher.get(), nullptr, &length, data_of(context), static_cast<int>(context.size())) == 1 &&
        EVP_DecryptUpdate(cipher.get(), data_of(plain), &length, data_of(body), static_cast<int>(body.size())) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()) == 1 &&
        EVP_DecryptFinal_ex(cipher.get(), data_of(plain) + length, &length) == 1;
    if (!done) return openssl_error(ErrorId::seal_failed, "cipher", "opening");
    plain.resize(body.size());
    return plain;
}

Result<std::unique_ptr<Cipher>> make_aes_256_gcm(ByteView key) {
    if (key.size() != kKeyBytes) return fail(ErrorId::crypto_bad_key, "cipher", "32 bytes are needed");
    return std::unique_ptr<Cipher>(std::make_unique<AesGcm>(key));
}

}  // namespace zige::openssl
