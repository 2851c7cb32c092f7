#include "shared/openssl/sm2.h"

#include <openssl/asn1.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>

namespace zige::openssl {
namespace {

constexpr std::size_t kPointBytes = 65;
constexpr int kScalarBytes = 32;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kRawHead = kPointBytes + kHashBytes;
constexpr std::byte kUncompressed{4};

using Integer = Handle<ASN1_INTEGER, ASN1_INTEGER_free>;
using Octets = Handle<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>;
using SecretNumber = Handle<BIGNUM, BN_clear_free>;
using Numbers = Handle<BN_CTX, BN_CTX_free>;
using Group = Handle<EC_GROUP, EC_GROUP_free>;
using Point = Handle<EC_POINT, EC_POINT_clear_free>;

/// OpenSSL's form of a cipher text: SEQUENCE { x INTEGER, y INTEGER, hash OCTET STRING, text OCTET STRING }.
struct Parts {
    Integer x, y;
    Octets hash, text;
};

Result<Parts> parts_of(ByteView der) {
    const unsigned char* at = data_of(der);
    long length = 0;
    int tag = 0;
    int kind = 0;
    const int form = ASN1_get_object(&at, &length, &tag, &kind, static_cast<long>(der.size()));
    if (form != V_ASN1_CONSTRUCTED || tag != V_ASN1_SEQUENCE)
        return openssl_error(ErrorId::crypto_failed, "", "reading a cipher text of SM2");
    const unsigned char* const end = at + length;
    Parts parts;
    parts.x.reset(d2i_ASN1_INTEGER(nullptr, &at, end - at));
    parts.y.reset(parts.x ? d2i_ASN1_INTEGER(nullptr, &at, end - at) : nullptr);
    parts.hash.reset(parts.y ? d2i_ASN1_OCTET_STRING(nullptr, &at, end - at) : nullptr);
    parts.text.reset(parts.hash ? d2i_ASN1_OCTET_STRING(nullptr, &at, end - at) : nullptr);
    if (!parts.text || ASN1_STRING_length(parts.hash.get()) != static_cast<int>(kHashBytes))
        return openssl_error(ErrorId::crypto_failed, "", "reading a cipher text of SM2");
    return parts;
}

bool append_coordinate(Bytes& to, const ASN1_INTEGER& coordinate) {
    const BigNumber number(ASN1_INTEGER_to_BN(&coordinate, nullptr));
    to.resize(to.size() + kScalarBytes);
    return number && BN_bn2binpad(number.get(), data_of(to) + to.size() - kScalarBytes, kScalarBytes) == kScalarBytes;
}

void append_octets(Bytes& to, const ASN1_OCTET_STRING& octets) {
    const auto* first = reinterpret_cast<const std::byte*>(ASN1_STRING_get0_data(&octets));
    to.insert(to.end(), first, first + ASN1_STRING_length(&octets));
}

Result<Bytes> raw_from_der(ByteView der) {
    ZIGE_TRY(parts, parts_of(der));
    Bytes raw{kUncompressed};
    if (!append_coordinate(raw, *parts.x) || !append_coordinate(raw, *parts.y))
        return openssl_error(ErrorId::crypto_failed, "", "reading a point of SM2");
    append_octets(raw, *parts.hash);
    append_octets(raw, *parts.text);
    return raw;
}

Integer integer_of(ByteView bytes) {
    const BigNumber number(BN_bin2bn(data_of(bytes), static_cast<int>(bytes.size()), nullptr));
    return Integer(number ? BN_to_ASN1_INTEGER(number.get(), nullptr) : nullptr);
}

Octets octets_of(ByteView bytes) {
    Octets octets(ASN1_OCTET_STRING_new());
    if (octets && ASN1_OCTET_STRING_set(octets.get(), data_of(bytes), static_cast<int>(bytes.size())) != 1)
        octets.reset();
    return octets;
}

/// Nothing when memory ran out.
Bytes der_from_raw(ByteView raw) {
    const Integer x = integer_of(raw.subspan(1, kScalarBytes));
    const Integer y = integer_of(raw.subspan(1 + kScalarBytes, kScalarBytes));
    const Octets hash = octets_of(raw.subspan(kPointBytes, kHashBytes));
    const Octets text = octets_of(raw.subspan(kRawHead));
    if (!x || !y || !hash || !text) return {};
    const int length = i2d_ASN1_INTEGER(x.get(), nullptr) + i2d_ASN1_INTEGER(y.get(), nullptr) +
                       i2d_ASN1_OCTET_STRING(hash.get(), nullptr) + i2d_ASN1_OCTET_STRING(text.get(), nullptr);
    Bytes der(static_cast<std::size_t>(ASN1_object_size(1, length, V_ASN1_SEQUENCE)));
    unsigned char* at = data_of(der);
    ASN1_put_object(&at, 1, length, V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL);
    i2d_ASN1_INTEGER(x.get(), &at);
    i2d_ASN1_INTEGER(y.get(), &at);
    i2d_ASN1_OCTET_STRING(hash.get(), &at);
    i2d_ASN1_OCTET_STRING(text.get(), &at);
    return der;
}

/// The one form of a key: the same point in another one would be another key to whoever compares bytes.
bool is_compressed(ByteView point) {
    return point.size() == public_key_bytes(Suite::sm2_sm3) && (point[0] == std::byte{2} || point[0] == std::byte{3});
}

SecretNumber private_number(const EVP_PKEY& key) {
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(&key, OSSL_PKEY_PARAM_PRIV_KEY, &number) != 1) return {};
    return SecretNumber(number);
}

}  // namespace

Key sm2_public_key(ByteView point) {
    if (!is_compressed(point)) return {};
    std::string group = "SM2";
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, const_cast<std::byte*>(point.data()), point.size()),
        OSSL_PARAM_construct_end()};
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
    EVP_PKEY* key = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params) != 1) {
        ERR_clear_error();
        return {};
    }
    return Key(key);
}

Result<Bytes> sm2_encrypt(EVP_PKEY& reader, ByteView plain) {
    const KeyContext context(EVP_PKEY_CTX_new(&reader, nullptr));
    std::size_t size = 0;
    if (!context || EVP_PKEY_encrypt_init(context.get()) != 1 ||
        EVP_PKEY_encrypt(context.get(), nullptr, &size, data_of(plain), plain.size()) != 1)
        return openssl_error(ErrorId::crypto_failed, "", "encrypting with SM2");
    Bytes der(size);
    if (EVP_PKEY_encrypt(context.get(), data_of(der), &size, data_of(plain), plain.size()) != 1)
        return openssl_error(ErrorId::crypto_failed, "", "encrypting with SM2");
    der.resize(size);
    return raw_from_der(der);
}

Result<Bytes> sm2_decrypt(EVP_PKEY& own, ByteView cipher) {
    if (cipher.size() <= kRawHead || cipher[0] != kUncompressed)
        return fail(ErrorId::seal_failed, "", "no cipher text of SM2");
    const Bytes der = der_from_raw(cipher);
    const KeyContext context(EVP_PKEY_CTX_new(&own, nullptr));
    Bytes plain(cipher.size());
    std::size_t size = plain.size();
    if (der.empty() || !context || EVP_PKEY_decrypt_init(context.get()) != 1 ||
        EVP_PKEY_decrypt(context.get(), data_of(plain), &size, data_of(der), der.size()) != 1)
        return openssl_error(ErrorId::seal_failed, "", "decrypting with SM2");
    plain.resize(size);
    return plain;
}

Result<Bytes> sm2_shared_secret(const EVP_PKEY& own, ByteView peer) {
    const Numbers numbers(BN_CTX_secure_new());
    const Group group(EC_GROUP_new_by_curve_name(NID_sm2));
    const Point theirs(group ? EC_POINT_new(group.get()) : nullptr);
    const Point common(group ? EC_POINT_new(group.get()) : nullptr);
    const SecretNumber number = private_number(own);
    if (!numbers || !theirs || !common || !number)
        return openssl_error(ErrorId::crypto_failed, "", "agreeing on the curve of SM2");
    if (!is_compressed(peer) ||
        EC_POINT_oct2point(group.get(), theirs.get(), data_of(peer), peer.size(), numbers.get()) != 1)
        return openssl_error(ErrorId::crypto_bad_key, "peer", "no point of the curve of SM2");
    const SecretNumber x(BN_secure_new());
    Bytes secret(kScalarBytes);
    if (!x || EC_POINT_mul(group.get(), common.get(), nullptr, theirs.get(), number.get(), numbers.get()) != 1 ||
        EC_POINT_get_affine_coordinates(group.get(), common.get(), x.get(), nullptr, numbers.get()) != 1 ||
        BN_bn2binpad(x.get(), data_of(secret), kScalarBytes) != kScalarBytes)
        return openssl_error(ErrorId::crypto_failed, "", "agreeing on the curve of SM2");
    return secret;
}

}  // namespace zige::openssl
