#pragma once

#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/base/time.h"

namespace zige {

/// TLS certificates: always ECDSA P-256, with both suites. Private keys are PKCS#8 PEM, certificates and requests DER.
/// Nothing here reads the PC's clock. Any thread.

/// What the hub calls itself in its TLS certificate; agents dial addresses and check this name.
inline constexpr std::string_view kHubTlsName = "zige-hub";

struct Validity {
    Instant not_before;
    Instant not_after;
};

struct IssuedCertificate {
    std::string private_key_pem;
    Bytes certificate_der;
};

/// A self-signed authority that signs end certificates and nothing else. ErrorId::crypto_failed.
Result<IssuedCertificate> create_tls_ca(std::string_view common_name, Validity validity);

/// A new key with a server certificate for `dns_name`. ErrorId::crypto_bad_key, tls_bad_certificate: of the authority.
Result<IssuedCertificate> issue_server_certificate(const IssuedCertificate& ca, std::string_view dns_name,
                                                   Validity validity);

/// A new P-256 key with a PKCS#10 request that it signed.
struct CertificateRequest {
    std::string private_key_pem;
    Bytes request_der;
};
Result<CertificateRequest> create_request(std::string_view common_name);

/// A client certificate for the key of `request_der`. Subject, extensions and dates of the request are ignored: the
/// certificate says `common_name`. ErrorId::tls_bad_certificate: no request, another kind of key than P-256, or its
/// own signature is bad (whoever sends it does not hold the key).
Result<Bytes> issue_client_certificate(const IssuedCertificate& ca, ByteView request_der, std::string_view common_name,
                                       Validity validity);

struct CertificateFacts {
    std::string common_name;
    std::string serial_hex;  ///< without leading zeros
    Validity validity;
    Bytes public_key;  ///< SubjectPublicKeyInfo, DER
};
/// Reads without judging. ErrorId::tls_bad_certificate.
Result<CertificateFacts> read_certificate(ByteView der);

/// The public key (SubjectPublicKeyInfo, DER) of a request whose signature is good. ErrorId::tls_bad_certificate.
Result<Bytes> read_request_key(ByteView request_der);

/// Whether `ca_der` signed `der`, and `now` lies inside the validity. ErrorId::tls_bad_certificate,
/// tls_untrusted_peer, tls_certificate_out_of_date.
Result<void> check_certificate(ByteView der, ByteView ca_der, Instant now);

Result<std::string> certificate_to_pem(ByteView der);
Result<Bytes> certificate_from_pem(std::string_view pem);

}  // namespace zige
