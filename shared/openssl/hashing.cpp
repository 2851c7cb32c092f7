#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include "shared/openssl/crypto.h"
#include "shared/openssl/handles.h"

namespace zige {

namespace {

using Digest = openssl::Handle<EVP_MD, EVP_MD_free>;

/// One context per thread: allocating it anew costs as much as hashing a leaf.
struct ContextOfThread {
    openssl::DigestContext context{EVP_MD_CTX_new()};
    ~ContextOfThread();
};
thread_local bool context_is_gone = false;
ContextOfThread::~ContextOfThread() { context_is_gone = true; }

class OpensslHasher : public Hasher {
public:
    explicit OpensslHasher(Suite suite)
        // Fetched once: an implicit fetch in each call costs more than the hash of a record.
        : digest_(EVP_MD_fetch(nullptr, EVP_MD_get0_name(openssl::digest_of(suite)), nullptr)) {
        expect(digest_ != nullptr && EVP_MD_get_size(digest_.get()) == 32, "the suite's hash is missing in OpenSSL");
    }

    Hash256 hash(std::initializer_list<ByteView> parts) const override {
        // A host may close its agent in a destructor of a static object: by then the main thread's context is gone.
        if (context_is_gone) return hash_with(openssl::DigestContext(EVP_MD_CTX_new()).get(), parts);
        thread_local const ContextOfThread kept;
        return hash_with(kept.context.get(), parts);
    }

    Hash256 mac(ByteView key, ByteView message) const override {
        // A null key means "the last one" to OpenSSL, so an empty key needs an address.
        static constexpr unsigned char kEmpty = 0;
        const void* key_data = key.empty() ? &kEmpty : static_cast<const void*>(key.data());
        Hash256 result{};
        const auto* made = HMAC(digest_.get(), key_data, static_cast<int>(key.size()), openssl::data_of(message),
                                message.size(), reinterpret_cast<unsigned char*>(result.data()), nullptr);
        expect(made != nullptr, "HMAC failed");
        return result;
    }

private:
    Hash256 hash_with(EVP_MD_CTX* context, std::initializer_list<ByteView> parts) const {
        bool good = context != nullptr && EVP_DigestInit_ex2(context, digest_.get(), nullptr) == 1;
        for (const ByteView part : parts) good = good && EVP_DigestUpdate(context, part.data(), part.size()) == 1;
        Hash256 result{};
        good = good && EVP_DigestFinal_ex(context, reinterpret_cast<unsigned char*>(result.data()), nullptr) == 1;
        expect(good, "hashing failed");
        return result;
    }

    Digest digest_;
};

}  // namespace

std::unique_ptr<Hasher> make_hasher(Suite suite) { return std::make_unique<OpensslHasher>(suite); }

Result<Bytes> hkdf(Suite suite, ByteView key, ByteView salt, ByteView info, std::size_t length) {
    const openssl::Kdf kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
    const openssl::KdfContext context(kdf ? EVP_KDF_CTX_new(kdf.get()) : nullptr);
    const auto octets = [](const char* name, ByteView bytes) {
        static constexpr std::byte kEmpty{};  // OpenSSL refuses a null, even of no bytes
        const std::byte* data = bytes.empty() ? &kEmpty : bytes.data();
        // OpenSSL only reads these, its type is not const.
        return OSSL_PARAM_construct_octet_string(name, const_cast<std::byte*>(data), bytes.size());
    };
    std::string digest = EVP_MD_get0_name(openssl::digest_of(suite));
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
                                 octets(OSSL_KDF_PARAM_KEY, key), octets(OSSL_KDF_PARAM_SALT, salt),
                                 octets(OSSL_KDF_PARAM_INFO, info), OSSL_PARAM_construct_end()};
    Bytes derived(length);
    if (!context || EVP_KDF_derive(context.get(), openssl::data_of(derived), derived.size(), params) != 1)
        return openssl::openssl_error(ErrorId::crypto_failed, "", "HKDF of " + std::to_string(length) + " bytes");
    return derived;
}

bool equal_in_constant_time(ByteView left, ByteView right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace zige
