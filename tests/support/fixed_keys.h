#pragma once

#include <memory>
#include <string>

#include "shared/openssl/crypto.h"
#include "shared/openssl/sealing.h"

namespace zige::testing {

inline std::string base64(ByteView bytes) {
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        unsigned group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8U | (i + k < bytes.size() ? std::to_integer<unsigned>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k) text += i + k <= bytes.size() ? kLetters[group >> (18 - 6 * k) & 63U] : '=';
    }
    return text;
}

/// PKCS#8 of a private key of 32 bytes that follows `head`, which is in hexadecimal.
inline std::string pem_of_private(const char* head, ByteView key) {
    Bytes der = from_hex(head).value();
    der.insert(der.end(), key.begin(), key.end());
    const std::string label = "PRIVATE KEY-----";
    return "-----BEGIN " + label + "\n" + base64(der) + "\n-----END " + label + "\n";
}
inline constexpr const char* kSm2Head = "3041020100301306072a8648ce3d020106082a811ccf5501822d042730250201010420";
inline constexpr const char* kEd25519Head = "302e020100300506032b657004220420";
inline constexpr const char* kX25519Head = "302e020100300506032b656e04220420";

/// A signer whose private key is one byte, 32 times, so that vectors have the same keys each time. No secret.
/// SM2 signatures differ from run to run all the same.
inline std::unique_ptr<Signer> fixed_signer(std::byte seed, Suite suite = Suite::ed25519_sha256) {
    const char* head = suite == Suite::sm2_sm3 ? kSm2Head : kEd25519Head;
    return make_signer_from_pem(suite, pem_of_private(head, Bytes(32, seed))).value();
}

/// The same of a sealing key.
inline std::unique_ptr<Unsealer> fixed_unsealer(std::byte seed, Suite suite = Suite::ed25519_sha256) {
    const char* head = suite == Suite::sm2_sm3 ? kSm2Head : kX25519Head;
    return make_unsealer(suite, pem_of_private(head, Bytes(32, seed))).value();
}

}  // namespace zige::testing
