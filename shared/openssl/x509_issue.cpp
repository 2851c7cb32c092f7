#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "shared/openssl/certificates.h"
#include "shared/openssl/x509.h"

namespace zige {

namespace {

using openssl::Certificate;
using openssl::Key;
using openssl::openssl_error;
using Extension = openssl::Handle<X509_EXTENSION, X509_EXTENSION_free>;
using Names = openssl::Handle<GENERAL_NAMES, GENERAL_NAMES_free>;

constexpr int kVersion3 = 2;
constexpr int kSerialBytes = 16;

Error refused(std::string_view doing) { return openssl_error(ErrorId::crypto_failed, "certificate", doing); }

Result<Key> new_tls_key() {
    Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", openssl::kTlsCurve));
    if (!key) return openssl_error(ErrorId::crypto_failed, "", "making a P-256 key");
    return key;
}

/// UTF-8, at most 64 characters: OpenSSL checks it.
bool add_common_name(X509_NAME* name, std::string_view text) {
    return X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(text.data()),
                                      static_cast<int>(text.size()), -1, 0) == 1;
}

bool add_extension(X509& certificate, X509& issuer, int id, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, id, value));
    return extension && X509_add_ext(&certificate, extension.get(), -1) == 1;
}

/// Positive and random, so that two authorities of one name cannot be confused.
bool set_serial(X509& certificate) {
    unsigned char bytes[kSerialBytes];
    if (RAND_bytes(bytes, kSerialBytes) != 1) return false;
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7fU) | 0x40U);
    const openssl::BigNumber number(BN_bin2bn(bytes, kSerialBytes, nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate)) != nullptr;
}

bool set_validity(X509& certificate, Validity validity) {
    return ASN1_TIME_set(X509_getm_notBefore(&certificate), validity.not_before.time_since_epoch().count()) &&
           ASN1_TIME_set(X509_getm_notAfter(&certificate), validity.not_after.time_since_epoch().count());
}

/// What all kinds have in common; not signed yet.
Result<Certificate> draft(std::string_view common_name, EVP_PKEY* key, Validity validity) {
    if (validity.not_after <= validity.not_before)
        return fail(ErrorId::tls_bad_certificate, "validity", "ends before it begins");
    Certificate certificate(X509_new());
    if (!certificate || X509_set_version(certificate.get(), kVersion3) != 1 || !set_serial(*certificate) ||
        !set_validity(*certificate, validity) || X509_set_pubkey(certificate.get(), key) != 1 ||
        !add_common_name(X509_get_subject_name(certificate.get()), common_name))
        return refused("drafting a certificate");
    return certificate;
}

struct Authority {
    Key key;
    Certificate certificate;
};

Result<Authority> load(const IssuedCertificate& ca) {
    ZIGE_TRY(key, openssl::key_from_pem(ca.private_key_pem, "authority.key"));
    ZIGE_TRY(certificate, openssl::certificate_from_der(ca.certificate_der, "authority"));
    if (X509_check_private_key(certificate.get(), key.get()) != 1)
        return openssl_error(ErrorId::crypto_bad_key, "authority.key", "does not belong to the certificate");
    return Authority{std::move(key), std::move(certificate)};
}

/// `usage`: serverAuth or clientAuth. Without key identifiers: there is one authority, and a client's certificate
/// travels in each resumption's ticket.
Result<void> make_end_entity(X509& certificate, const Authority& ca, const char* usage) {
    X509& issuer = *ca.certificate;
    if (X509_set_issuer_name(&certificate, X509_get_subject_name(&issuer)) != 1 ||
        !add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE") ||
        !add_extension(certificate, issuer, NID_key_usage, "critical,digitalSignature") ||
        !add_extension(certificate, issuer, NID_ext_key_usage, usage))
        return refused("writing extensions");
    return {};
}

Result<Bytes> sign(X509& certificate, const Key& key) {
    if (X509_sign(&certificate, key.get(), EVP_sha256()) == 0) return refused("signing");
    return openssl::certificate_to_der(certificate);
}

/// Through the API and not OpenSSL's text form, in which a comma in the name would start another name.
bool add_dns_name(X509& certificate, std::string_view dns_name) {
    const Names names(GENERAL_NAMES_new());
    GENERAL_NAME* name = GENERAL_NAME_new();
    ASN1_IA5STRING* text = ASN1_IA5STRING_new();
    if (!names || name == nullptr || text == nullptr ||
        ASN1_STRING_set(text, dns_name.data(), static_cast<int>(dns_name.size())) != 1) {
        GENERAL_NAME_free(name);
        ASN1_IA5STRING_free(text);
        return false;
    }
    GENERAL_NAME_set0_value(name, GEN_DNS, text);
    if (sk_GENERAL_NAME_push(names.get(), name) == 0) {
        GENERAL_NAME_free(name);
        return false;
    }
    return X509_add1_ext_i2d(&certificate, NID_subject_alt_name, names.get(), 0, X509V3_ADD_DEFAULT) == 1;
}

}  // namespace

Result<IssuedCertificate> create_tls_ca(std::string_view common_name, Validity validity) {
    ZIGE_TRY(key, new_tls_key());
    ZIGE_TRY(certificate, draft(common_name, key.get(), validity));
    if (X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get())) != 1 ||
        !add_extension(*certificate, *certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
        !add_extension(*certificate, *certificate, NID_key_usage, "critical,keyCertSign") ||
        !add_extension(*certificate, *certificate, NID_subject_key_identifier, "hash"))
        return refused("writing extensions");
    ZIGE_TRY(der, sign(*certificate, key));
    ZIGE_TRY(pem, openssl::key_to_pem(*key));
    return IssuedCertificate{std::move(pem), std::move(der)};
}

Result<IssuedCertificate> issue_server_certificate(const IssuedCertificate& ca, std::string_view dns_name,
                                                   Validity validity) {
    ZIGE_TRY(authority, load(ca));
    ZIGE_TRY(key, new_tls_key());
    ZIGE_TRY(certificate, draft(dns_name, key.get(), validity));
    ZIGE_CHECK(make_end_entity(*certificate, authority, "serverAuth"));
    if (!add_dns_name(*certificate, dns_name)) return refused("writing the name");
    ZIGE_TRY(der, sign(*certificate, authority.key));
    ZIGE_TRY(pem, openssl::key_to_pem(*key));
    return IssuedCertificate{std::move(pem), std::move(der)};
}

Result<CertificateRequest> create_request(std::string_view common_name) {
    ZIGE_TRY(key, new_tls_key());
    const openssl::Request request(X509_REQ_new());
    if (!request || X509_REQ_set_version(request.get(), 0) != 1 ||
        !add_common_name(X509_REQ_get_subject_name(request.get()), common_name) ||
        X509_REQ_set_pubkey(request.get(), key.get()) != 1 ||
        X509_REQ_sign(request.get(), key.get(), EVP_sha256()) == 0)
        return refused("making a request");
    unsigned char* der = nullptr;
    const int size = i2d_X509_REQ(request.get(), &der);
    if (size <= 0) return refused("writing a request");
    const auto* first = reinterpret_cast<const std::byte*>(der);
    Bytes bytes(first, first + size);
    OPENSSL_free(der);
    ZIGE_TRY(pem, openssl::key_to_pem(*key));
    return CertificateRequest{std::move(pem), std::move(bytes)};
}

Result<Bytes> issue_client_certificate(const IssuedCertificate& ca, ByteView request_der, std::string_view common_name,
                                       Validity validity) {
    ZIGE_TRY(request, openssl::request_from_der(request_der));
    ZIGE_TRY(authority, load(ca));
    ZIGE_TRY(certificate, draft(common_name, X509_REQ_get0_pubkey(request.get()), validity));
    ZIGE_CHECK(make_end_entity(*certificate, authority, "clientAuth"));
    return sign(*certificate, authority.key);
}

}  // namespace zige
