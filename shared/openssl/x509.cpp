#include "shared/openssl/x509.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <ctime>

#include "shared/openssl/certificates.h"

namespace zige {

namespace openssl {

namespace {

constexpr std::size_t kMaxDerBytes = 16U << 10;

/// `Read` is d2i_X509 or d2i_X509_REQ.
template <class Owner, class Read>
Result<Owner> from_der(Read read, ByteView der, std::string_view what) {
    const std::string field(what);
    if (der.size() > kMaxDerBytes) return fail(ErrorId::tls_bad_certificate, field, "over 16 kB");
    const unsigned char* at = data_of(der);
    Owner object(read(nullptr, &at, static_cast<long>(der.size())));
    if (!object) return openssl_error(ErrorId::tls_bad_certificate, field, "not DER");
    if (at != data_of(der) + der.size()) return fail(ErrorId::tls_bad_certificate, field, "bytes follow the end");
    return object;
}

/// Bytes that an i2d function made and that OpenSSL frees.
Result<Bytes> take_der(unsigned char* der, int size) {
    if (size <= 0) return openssl_error(ErrorId::crypto_failed, "", "writing DER");
    const auto* first = reinterpret_cast<const std::byte*>(der);
    Bytes bytes(first, first + size);
    OPENSSL_free(der);
    return bytes;
}

}  // namespace

Result<Certificate> certificate_from_der(ByteView der, std::string_view what) {
    return from_der<Certificate>(d2i_X509, der, what);
}

Result<Request> request_from_der(ByteView der) {
    ZIGE_TRY(request, from_der<Request>(d2i_X509_REQ, der, "request"));
    EVP_PKEY* key = X509_REQ_get0_pubkey(request.get());
    if (key == nullptr || !is_p256(*key))
        return openssl_error(ErrorId::tls_bad_certificate, "request.key", "not a P-256 key");
    if (X509_REQ_verify(request.get(), key) != 1)
        return openssl_error(ErrorId::tls_bad_certificate, "request.signature", "not by the key of the request");
    return request;
}

Result<Bytes> certificate_to_der(const X509& certificate) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(&certificate, &der);
    return take_der(der, size);
}

Result<Bytes> spki_of(EVP_PKEY* key) {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key, &der);
    return take_der(der, size);
}

bool is_p256(const EVP_PKEY& key) {
    char group[32] = {};
    std::size_t size = 0;
    return EVP_PKEY_is_a(&key, "EC") == 1 && EVP_PKEY_get_group_name(&key, group, sizeof group, &size) == 1 &&
           std::string_view(group, size) == kTlsCurve;
}

}  // namespace openssl

namespace {

Result<Instant> instant_of(const ASN1_TIME* time, std::string_view field) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return openssl::openssl_error(ErrorId::tls_bad_certificate, std::string(field), "no time");
    using namespace std::chrono;
    const year_month_day day{year{parts.tm_year + 1900} / (parts.tm_mon + 1) / parts.tm_mday};
    return Instant{sys_days{day}} + hours{parts.tm_hour} + minutes{parts.tm_min} + seconds{parts.tm_sec};
}

Result<Validity> validity_of(const X509& certificate) {
    ZIGE_TRY(not_before, instant_of(X509_get0_notBefore(&certificate), "certificate.notBefore"));
    ZIGE_TRY(not_after, instant_of(X509_get0_notAfter(&certificate), "certificate.notAfter"));
    return Validity{not_before, not_after};
}

std::string common_name_of(const X509& certificate) {
    const X509_NAME* subject = X509_get_subject_name(&certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at < 0) return {};
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    if (size < 0) return {};
    std::string name(reinterpret_cast<char*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
    return name;
}

std::string serial_of(const X509& certificate) {
    const openssl::BigNumber number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(&certificate), nullptr));
    Bytes bytes(number ? static_cast<std::size_t>(BN_num_bytes(number.get())) : 0);
    if (number) BN_bn2bin(number.get(), openssl::data_of(bytes));
    const std::string hex = to_hex(bytes);
    const auto first = hex.find_first_not_of('0');
    return first == std::string::npos ? "0" : hex.substr(first);
}

}  // namespace

Result<CertificateFacts> read_certificate(ByteView der) {
    ZIGE_TRY(certificate, openssl::certificate_from_der(der, "certificate"));
    ZIGE_TRY(validity, validity_of(*certificate));
    EVP_PKEY* key = X509_get0_pubkey(certificate.get());
    if (key == nullptr) return openssl::openssl_error(ErrorId::tls_bad_certificate, "certificate.key", "unreadable");
    ZIGE_TRY(spki, openssl::spki_of(key));
    return CertificateFacts{common_name_of(*certificate), serial_of(*certificate), validity, std::move(spki)};
}

Result<Bytes> read_request_key(ByteView request_der) {
    ZIGE_TRY(request, openssl::request_from_der(request_der));
    return openssl::spki_of(X509_REQ_get0_pubkey(request.get()));
}

Result<void> check_certificate(ByteView der, ByteView ca_der, Instant now) {
    ZIGE_TRY(certificate, openssl::certificate_from_der(der, "certificate"));
    ZIGE_TRY(ca, openssl::certificate_from_der(ca_der, "authority"));
    if (X509_check_issued(ca.get(), certificate.get()) != X509_V_OK ||
        X509_verify(certificate.get(), X509_get0_pubkey(ca.get())) != 1)
        return openssl::openssl_error(ErrorId::tls_untrusted_peer, "certificate", "not signed by this authority");
    ZIGE_TRY(validity, validity_of(*certificate));
    if (now < validity.not_before)
        return fail(ErrorId::tls_certificate_out_of_date, "certificate", "begins " + format(validity.not_before));
    if (now > validity.not_after)
        return fail(ErrorId::tls_certificate_out_of_date, "certificate", "ended " + format(validity.not_after));
    return {};
}

Result<std::string> certificate_to_pem(ByteView der) {
    ZIGE_TRY(certificate, openssl::certificate_from_der(der, "certificate"));
    const openssl::BioHandle output(BIO_new(BIO_s_mem()));
    if (!output || PEM_write_bio_X509(output.get(), certificate.get()) != 1)
        return openssl::openssl_error(ErrorId::crypto_failed, "", "writing a certificate as PEM");
    char* text = nullptr;
    const long size = BIO_get_mem_data(output.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
}

Result<Bytes> certificate_from_pem(std::string_view pem) {
    constexpr std::size_t kMaxPemBytes = 64U << 10;
    if (pem.size() > kMaxPemBytes) return fail(ErrorId::tls_bad_certificate, "certificate", "PEM over 64 kB");
    const openssl::BioHandle input(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const openssl::Certificate certificate(input ? PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr) : nullptr);
    if (!certificate) return openssl::openssl_error(ErrorId::tls_bad_certificate, "certificate", "not PEM");
    return openssl::certificate_to_der(*certificate);
}

}  // namespace zige
