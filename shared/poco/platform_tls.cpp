#include "shared/poco/platform_tls.h"

#include <Poco/Net/X509Certificate.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>

#include "shared/poco/tls_context.h"

namespace zige::poco {

namespace {

using Poco::Net::Context;
using Poco::Net::SecureStreamSocket;

int time_index() {
    static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

/// As each handshake starts: certificates are judged by our time, not by the PC's clock.
void set_time(const SSL* ssl, int where, int) {
    if ((where & SSL_CB_HANDSHAKE_START) == 0) return;
    const auto* now = static_cast<const TimeSource*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), time_index()));
    if (now == nullptr || !*now) return;
    X509_VERIFY_PARAM_set_time(SSL_get0_param(const_cast<SSL*>(ssl)), (*now)().time_since_epoch().count());
}

struct FreeBio {
    void operator()(BIO* bio) const { BIO_free_all(bio); }
};
struct FreeCertificate {
    void operator()(X509* certificate) const { X509_free(certificate); }
};

}  // namespace

Result<std::unique_ptr<PlatformTls>> PlatformTls::make(std::string host, const std::string& trusted_pem, TimeSource now,
                                                       std::chrono::milliseconds handshake_timeout) {
    auto tls = std::make_unique<PlatformTls>(std::move(host), std::move(now), handshake_timeout);
    Context::Params params;
    params.loadDefaultCAs = false;
    tls->context_ = new Context(Context::TLS_CLIENT_USE, params);
    tls->context_->requireMinimumProtocol(Context::PROTO_TLSV1_2);
    tls->context_->enableExtendedCertificateVerification(false);  // judge() does it, before anything is sent
    SSL_CTX* ssl = tls->context_->sslContext();
    SSL_CTX_set_verify(ssl, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_ex_data(ssl, time_index(), &tls->now_);
    SSL_CTX_set_info_callback(ssl, set_time);
    if (!trusted_pem.empty()) ZIGE_CHECK(tls->trust(trusted_pem));
    else if (SSL_CTX_set_default_verify_paths(ssl) != 1)
        return fail(ErrorId::tls_bad_certificate, "--platform-ca", "the system has no authorities");
    return tls;
}

/// A certificate that was handed in ends a chain, whoever signed it.
Result<void> PlatformTls::trust(const std::string& pem) {
    const std::unique_ptr<BIO, FreeBio> in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    X509_STORE* store = SSL_CTX_get_cert_store(context_->sslContext());
    X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    while (true) {
        const std::unique_ptr<X509, FreeCertificate> each(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
        if (!each) break;
        X509_STORE_add_cert(store, each.get());
        pinned_.push_back(certificate_der(*each));
    }
    ERR_clear_error();  // the end of the file is one
    if (pinned_.empty()) return fail(ErrorId::tls_bad_certificate, "--platform-ca", "no certificate in PEM");
    return {};
}

Result<SecureStreamSocket> PlatformTls::connect(const Poco::Net::SocketAddress& where, const Poco::Timespan& timeout,
                                                Deadlines& deadlines) {
    SecureStreamSocket socket(context_);
    if (host_.find_first_not_of("0123456789.:") != std::string::npos)
        socket.setPeerHostName(host_);  // told to the server, which may have several; an address is no name
    socket.setLazyHandshake(true);
    socket.connect(where, timeout);
    {
        const Deadlines::Watch watch(deadlines, socket.impl()->sockfd(), handshake_timeout_, Deadlines::Side::both);
        try {
            socket.completeHandshake();
        } catch (const Poco::Exception& error) {
            if (watch.expired()) return fail(ErrorId::net_unreachable, "", "no TLS handshake in time");
            return fail(ErrorId::tls_handshake_failed, "", error.displayText());
        }
    }
    ZIGE_CHECK(judge(socket));
    return socket;
}

Result<void> PlatformTls::judge(const SecureStreamSocket& socket) const {
    const Poco::Net::X509Certificate peer = socket.peerCertificate();
    X509* certificate = const_cast<X509*>(peer.certificate());
    if (std::ranges::find(pinned_, certificate_der(*certificate)) != pinned_.end()) return {};
    if (X509_check_host(certificate, host_.c_str(), host_.size(), 0, nullptr) == 1) return {};
    if (X509_check_ip_asc(certificate, host_.c_str(), 0) == 1) return {};
    return fail(ErrorId::tls_untrusted_peer, "certificate", "not for " + host_);
}

}  // namespace zige::poco
