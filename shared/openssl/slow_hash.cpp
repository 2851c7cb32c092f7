#include "shared/openssl/slow_hash.h"

#include <openssl/evp.h>

#include "shared/openssl/handles.h"

namespace zige {

Result<Bytes> slow_hash(std::string_view secret, ByteView salt) {
    constexpr std::uint64_t kCost = 1U << 14;
    constexpr std::uint64_t kBlock = 8;
    constexpr std::uint64_t kParallel = 1;
    constexpr std::uint64_t kMaxMemory = 32U << 20;
    Bytes hash(kSlowHashBytes);
    if (EVP_PBE_scrypt(secret.data(), secret.size(), openssl::data_of(salt), salt.size(), kCost, kBlock, kParallel,
                       kMaxMemory, openssl::data_of(hash), hash.size()) != 1)
        return openssl::openssl_error(ErrorId::crypto_failed, "", "scrypt");
    return hash;
}

}  // namespace zige
