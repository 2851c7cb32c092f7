#pragma once

#include <Poco/Net/Context.h>

#include <string>

#include "shared/base/result.h"
#include "shared/poco/tls.h"

/// Inside this folder only.
namespace zige::poco {

/// TLS 1.3 and nothing older; no certificate is judged by the PC's clock, none by the built-in authorities.
Result<Poco::Net::Context::Ptr> make_tls_context(Poco::Net::Context::Usage usage);

/// ErrorId::crypto_bad_key, tls_bad_certificate.
Result<void> use_identity(Poco::Net::Context& context, const TlsIdentity& identity);

/// Trusts this authority and no other. ErrorId::tls_bad_certificate.
Result<void> trust_authority(Poco::Net::Context& context, ByteView ca_der);

/// Nothing if `now` lies in the certificate's validity. ErrorId::tls_certificate_out_of_date. With `judge_begin` false
/// a certificate that begins later is good: `now` may be behind.
Result<void> check_validity(const X509& certificate, Instant now, bool judge_begin);

Bytes certificate_der(const X509& certificate);

}  // namespace zige::poco
