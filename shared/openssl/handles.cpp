#include "shared/openssl/handles.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <climits>

namespace zige::openssl {

namespace {

constexpr std::size_t kMaxPemBytes = 16U << 10;

// Without it OpenSSL would ask on the terminal.
int refuse_passphrase(char*, int, int, void*) { return -1; }

}  // namespace

Error openssl_error(ErrorId id, std::string field, std::string_view doing) {
    std::string detail(doing);
    while (const unsigned long code = ERR_get_error()) {
        const char* reason = ERR_reason_error_string(code);
        detail += std::string(": ") + (reason != nullptr ? reason : "error " + std::to_string(code));
    }
    return fail(id, std::move(field), std::move(detail));
}

Result<Key> key_from_pem(std::string_view pem, std::string_view what) {
    if (pem.size() > kMaxPemBytes) return fail(ErrorId::crypto_bad_key, std::string(what), "PEM over 16 kB");
    const BioHandle input(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (!input) return openssl_error(ErrorId::crypto_failed, std::string(what), "memory for a key");
    Key key(PEM_read_bio_PrivateKey(input.get(), nullptr, refuse_passphrase, nullptr));
    if (!key) return openssl_error(ErrorId::crypto_bad_key, std::string(what), "no private key in PEM");
    return key;
}

Result<std::string> key_to_pem(const EVP_PKEY& key) {
    const BioHandle output(BIO_new(BIO_s_secmem()));
    if (!output || PEM_write_bio_PKCS8PrivateKey(output.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return openssl_error(ErrorId::crypto_failed, "", "writing a key as PEM");
    char* text = nullptr;
    const long size = BIO_get_mem_data(output.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
}

const EVP_MD* digest_of(Suite suite) {
    switch (suite) {
        case Suite::ed25519_sha256: return EVP_sha256();
        case Suite::sm2_sm3: return EVP_sm3();
    }
    throw Bug("unknown suite");
}

}  // namespace zige::openssl
