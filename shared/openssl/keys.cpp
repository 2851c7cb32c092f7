#include <openssl/core_names.h>

#include "shared/openssl/crypto.h"
#include "shared/openssl/handles.h"
#include "shared/openssl/public_key.h"

namespace zige {

namespace {

Result<openssl::Key> generate(const char* type) {
    openssl::Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, type));
    if (!key) return openssl::openssl_error(ErrorId::crypto_failed, "", std::string("making a key of ") + type);
    return key;
}

const char* sealing_type(Suite suite) { return suite == Suite::sm2_sm3 ? "SM2" : "X25519"; }

}  // namespace

namespace openssl {

const char* signing_type(Suite suite) { return suite == Suite::sm2_sm3 ? "SM2" : "ED25519"; }

namespace {

/// 04 || x || y becomes 02 or 03 || x: whether y is odd is all that x leaves open.
Bytes compressed(const Bytes& point) {
    Bytes key(point.begin(), point.begin() + static_cast<std::ptrdiff_t>(public_key_bytes(Suite::sm2_sm3)));
    key[0] = std::byte{2} | (point.back() & std::byte{1});
    return key;
}

}  // namespace

Result<Bytes> public_key_of(const EVP_PKEY& key) {
    std::size_t size = 0;
    constexpr const char* kName = OSSL_PKEY_PARAM_PUB_KEY;
    if (EVP_PKEY_get_octet_string_param(&key, kName, nullptr, 0, &size) != 1)
        return openssl_error(ErrorId::crypto_failed, "", "reading a public key");
    Bytes bytes(size);
    if (EVP_PKEY_get_octet_string_param(&key, kName, data_of(bytes), bytes.size(), &size) != 1)
        return openssl_error(ErrorId::crypto_failed, "", "reading a public key");
    bytes.resize(size);
    constexpr std::size_t kUncompressedBytes = 65;
    return size == kUncompressedBytes ? compressed(bytes) : bytes;
}

Result<Key> sealing_key_from_pem(Suite suite, std::string_view pem) {
    ZIGE_TRY(key, key_from_pem(pem, "sealing key"));
    if (EVP_PKEY_is_a(key.get(), sealing_type(suite)) != 1)
        return fail(ErrorId::crypto_bad_key, "sealing key", std::string("is not of type ") + sealing_type(suite));
    return key;
}

}  // namespace openssl

Result<std::string> generate_signing_key(Suite suite) {
    ZIGE_TRY(key, generate(openssl::signing_type(suite)));
    return openssl::key_to_pem(*key);
}

Result<SealingKey> generate_sealing_key(Suite suite) {
    ZIGE_TRY(key, generate(sealing_type(suite)));
    ZIGE_TRY(pem, openssl::key_to_pem(*key));
    ZIGE_TRY(public_key, openssl::public_key_of(*key));
    return SealingKey{std::move(pem), std::move(public_key)};
}

Result<SealingKey> read_sealing_key(Suite suite, std::string_view pem) {
    ZIGE_TRY(key, openssl::sealing_key_from_pem(suite, pem));
    ZIGE_TRY(public_key, openssl::public_key_of(*key));
    return SealingKey{std::string(pem), std::move(public_key)};
}

}  // namespace zige
