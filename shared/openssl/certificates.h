#pragma once

#include "shared/base/time.h"
#include "shared/openssl/handles.h"

/// Inside this folder only.
namespace zige::openssl {

/// One certificate or request and nothing after it. ErrorId::tls_bad_certificate.
Result<Certificate> certificate_from_der(ByteView der, std::string_view what);
/// Its own signature is checked, and that its key is P-256.
Result<Request> request_from_der(ByteView der);

Result<Bytes> certificate_to_der(const X509& certificate);
Result<Bytes> spki_of(EVP_PKEY* key);

/// The TLS key type, for both suites.
inline constexpr const char* kTlsCurve = "prime256v1";
bool is_p256(const EVP_PKEY& key);

}  // namespace zige::openssl
