#include "shared/poco/tls_context.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <memory>

namespace zige::poco {

namespace {

using Poco::Net::Context;

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;

Error ssl_error(ErrorId id, const char* field, std::string detail) {
    while (const unsigned long code = ERR_get_error()) {
        const char* reason = ERR_reason_error_string(code);
        detail += std::string(": ") + (reason != nullptr ? reason : "unknown");
    }
    return fail(id, field, std::move(detail));
}

Certificate certificate_of(ByteView der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    return Certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

int refuse_passphrase(char*, int, int, void*) { return -1; }

}  // namespace

Result<Context::Ptr> make_tls_context(Context::Usage usage) {
    Context::Params params;
    params.loadDefaultCAs = false;
    Context::Ptr context(new Context(usage, params));
    context->requireMinimumProtocol(Context::PROTO_TLSV1_3);
    // Poco's own check compares a client's certificate with its host name and would refuse every agent.
    context->enableExtendedCertificateVerification(false);
    SSL_CTX* ssl = context->sslContext();
    if (X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(ssl), X509_V_FLAG_NO_CHECK_TIME) != 1 ||
        SSL_CTX_set1_groups_list(ssl, "X25519:P-256") != 1 || SSL_CTX_set1_sigalgs_list(ssl, "ECDSA+SHA256") != 1)
        return ssl_error(ErrorId::crypto_failed, "", "TLS parameters");
    return context;
}

Result<void> use_identity(Context& context, const TlsIdentity& identity) {
    const Certificate certificate = certificate_of(identity.certificate_der);
    if (!certificate) return ssl_error(ErrorId::tls_bad_certificate, "certificate", "not DER");
    const Bio input(
        BIO_new_mem_buf(identity.private_key_pem.data(), static_cast<int>(identity.private_key_pem.size())));
    const Key key(input ? PEM_read_bio_PrivateKey(input.get(), nullptr, refuse_passphrase, nullptr) : nullptr);
    if (!key) return ssl_error(ErrorId::crypto_bad_key, "key", "no private key in PEM");
    SSL_CTX* ssl = context.sslContext();
    if (SSL_CTX_use_certificate(ssl, certificate.get()) != 1 || SSL_CTX_use_PrivateKey(ssl, key.get()) != 1 ||
        SSL_CTX_check_private_key(ssl) != 1)
        return ssl_error(ErrorId::crypto_bad_key, "key", "does not belong to the certificate");
    return {};
}

Result<void> trust_authority(Context& context, ByteView ca_der) {
    const Certificate ca = certificate_of(ca_der);
    if (!ca || X509_STORE_add_cert(SSL_CTX_get_cert_store(context.sslContext()), ca.get()) != 1)
        return ssl_error(ErrorId::tls_bad_certificate, "authority", "not DER");
    return {};
}

Result<void> check_validity(const X509& certificate, Instant now, bool judge_begin) {
    std::time_t moment = now.time_since_epoch().count();
    // X509_cmp_time: below 0 when the certificate's time is before or at `moment`, 0 when it cannot be read.
    const int begin = X509_cmp_time(X509_get0_notBefore(&certificate), &moment);
    const int end = X509_cmp_time(X509_get0_notAfter(&certificate), &moment);
    if (begin == 0 || end == 0) return fail(ErrorId::tls_certificate_out_of_date, "certificate", "unreadable times");
    if (judge_begin && begin > 0)
        return fail(ErrorId::tls_certificate_out_of_date, "certificate", "not yet valid at " + format(now));
    if (end < 0) return fail(ErrorId::tls_certificate_out_of_date, "certificate", "no longer valid at " + format(now));
    return {};
}

Bytes certificate_der(const X509& certificate) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(&certificate, &der);
    expect(size > 0, "i2d_X509");
    const auto* first = reinterpret_cast<const std::byte*>(der);
    Bytes bytes(first, first + size);
    OPENSSL_free(der);
    return bytes;
}

}  // namespace zige::poco
