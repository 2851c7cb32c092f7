#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/ports/crypto.h"

/// Inside this folder only: OpenSSL's objects as owners, and its error queue as an Error.
namespace zige::openssl {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
template <class T, auto Free>
using Handle = std::unique_ptr<T, Freed<Free>>;

using BioHandle = Handle<BIO, BIO_free_all>;
using DigestContext = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;
using Key = Handle<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using Kdf = Handle<EVP_KDF, EVP_KDF_free>;
using KdfContext = Handle<EVP_KDF_CTX, EVP_KDF_CTX_free>;
using Certificate = Handle<X509, X509_free>;
using Request = Handle<X509_REQ, X509_REQ_free>;
using BigNumber = Handle<BIGNUM, BN_free>;

inline const unsigned char* data_of(ByteView bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
inline unsigned char* data_of(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

/// An error with what OpenSSL says; empties its queue.
Error openssl_error(ErrorId id, std::string field, std::string_view doing);

/// `what` names the key in an error: ErrorId::crypto_bad_key. PEM without a passphrase; with one it is refused.
Result<Key> key_from_pem(std::string_view pem, std::string_view what);
/// PKCS#8 without encryption. ErrorId::crypto_failed.
Result<std::string> key_to_pem(const EVP_PKEY& key);

const EVP_MD* digest_of(Suite suite);

}  // namespace zige::openssl
