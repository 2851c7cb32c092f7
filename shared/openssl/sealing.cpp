#include "shared/openssl/sealing.h"

#include <openssl/rand.h>

#include "shared/openssl/aes_gcm.h"
#include "shared/openssl/crypto.h"
#include "shared/openssl/handles.h"
#include "shared/openssl/public_key.h"
#include "shared/openssl/sm2.h"

namespace zige {
namespace {

using openssl::data_of;
using openssl::Key;

constexpr std::size_t kContentKeyBytes = 32;
constexpr std::size_t kX25519Bytes = 32;

/// Bytes that are wiped when they go.
class Secret {
public:
    explicit Secret(Bytes bytes) : bytes_(std::move(bytes)) {}
    ~Secret() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    const Bytes& view() const { return bytes_; }

private:
    Bytes bytes_;
};

/// OpenSSL refuses the points of low order: their secret is zero.
Result<Bytes> x25519(EVP_PKEY& own, ByteView peer) {
    if (peer.size() != kX25519Bytes) return fail(ErrorId::crypto_bad_key, "peer", "32 bytes are needed");
    const Key theirs(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, data_of(peer), peer.size()));
    const openssl::KeyContext context(EVP_PKEY_CTX_new(&own, nullptr));
    if (!theirs || !context || EVP_PKEY_derive_init(context.get()) != 1 ||
        EVP_PKEY_derive_set_peer(context.get(), theirs.get()) != 1)
        return openssl::openssl_error(ErrorId::crypto_bad_key, "peer", "agreeing on a key");
    Bytes secret(kX25519Bytes);
    std::size_t size = secret.size();
    if (EVP_PKEY_derive(context.get(), data_of(secret), &size) != 1 || size != kX25519Bytes)
        return openssl::openssl_error(ErrorId::crypto_bad_key, "peer", "a key of low order");
    return secret;
}

Result<Bytes> agree(Suite suite, EVP_PKEY& own, ByteView peer, ByteView info, std::size_t length) {
    ZIGE_TRY(agreed, suite == Suite::sm2_sm3 ? openssl::sm2_shared_secret(own, peer) : x25519(own, peer));
    const Secret secret(std::move(agreed));
    return hkdf(suite, secret.view(), {}, info, length);
}

Result<Bytes> random_bytes(std::size_t count) {
    Bytes bytes(count);
    if (RAND_bytes(data_of(bytes), static_cast<int>(count)) != 1)
        return openssl::openssl_error(ErrorId::crypto_failed, "", "random bytes");
    return bytes;
}

/// A new content key, and what gives it to the reader.
struct ContentKey {
    Bytes key;
    Bytes for_reader;
};

Result<ContentKey> agree_on_key(ByteView reader, ByteView info) {
    const Key ephemeral(EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519"));
    if (!ephemeral) return openssl::openssl_error(ErrorId::crypto_failed, "", "making an ephemeral key");
    ZIGE_TRY(own_half, openssl::public_key_of(*ephemeral));
    ZIGE_TRY(key, agree(Suite::ed25519_sha256, *ephemeral, reader, info, kContentKeyBytes));
    return ContentKey{std::move(key), std::move(own_half)};
}

Result<ContentKey> send_key(ByteView reader) {
    const Key theirs = openssl::sm2_public_key(reader);
    if (!theirs) return fail(ErrorId::crypto_bad_key, "reader", "no point of the curve of SM2");
    ZIGE_TRY(key, random_bytes(kContentKeyBytes));
    ZIGE_TRY(encrypted, openssl::sm2_encrypt(*theirs, key));
    return ContentKey{std::move(key), std::move(encrypted)};
}

class OpensslSealer final : public Sealer {
public:
    explicit OpensslSealer(Suite suite) : suite_(suite) {}
    Suite suite() const override { return suite_; }

    Result<SealedParts> seal(ByteView reader, ByteView plain, const SealContext& context) const override {
        ZIGE_TRY(content, suite_ == Suite::sm2_sm3 ? send_key(reader) : agree_on_key(reader, context.info));
        const Secret key(std::move(content.key));
        ZIGE_TRY(nonce, random_bytes(kSealNonceBytes));
        ZIGE_TRY(ciphertext, openssl::gcm_seal(key.view(), nonce, plain, context.aad));
        return SealedParts{std::move(content.for_reader), std::move(nonce), std::move(ciphertext)};
    }

private:
    Suite suite_;
};

class OpensslUnsealer final : public Unsealer {
public:
    OpensslUnsealer(Suite suite, Key key, Bytes public_key)
        : suite_(suite), key_(std::move(key)), public_key_(std::move(public_key)) {}
    Suite suite() const override { return suite_; }
    const Bytes& public_key() const override { return public_key_; }

    Result<Bytes> open(const SealedView& sealed, const SealContext& context) const override {
        auto content = content_key(sealed.key, context.info);
        if (!content.ok()) return fail(ErrorId::seal_failed, "sealed.key", content.error().detail);
        if (content->size() != kContentKeyBytes)
            return fail(ErrorId::seal_failed, "sealed.key", "a content key has 32 bytes");
        const Secret key(*std::move(content));
        return openssl::gcm_open(key.view(), sealed.nonce, sealed.ciphertext, context.aad);
    }

    Result<Bytes> derive(ByteView peer, ByteView info, std::size_t length) const override {
        return agree(suite_, *key_, peer, info, length);
    }

private:
    Result<Bytes> content_key(ByteView from_sealer, ByteView info) const {
        if (suite_ == Suite::sm2_sm3) return openssl::sm2_decrypt(*key_, from_sealer);
        return agree(suite_, *key_, from_sealer, info, kContentKeyBytes);
    }

    Suite suite_;
    Key key_;
    Bytes public_key_;
};

}  // namespace

std::unique_ptr<Sealer> make_sealer(Suite suite) { return std::make_unique<OpensslSealer>(suite); }

Result<std::unique_ptr<Unsealer>> make_unsealer(Suite suite, std::string_view pem) {
    ZIGE_TRY(key, openssl::sealing_key_from_pem(suite, pem));
    ZIGE_TRY(public_key, openssl::public_key_of(*key));
    return std::unique_ptr<Unsealer>(std::make_unique<OpensslUnsealer>(suite, std::move(key), std::move(public_key)));
}

}  // namespace zige
