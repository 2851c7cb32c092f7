#include "shared/poco/transport.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/X509Certificate.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <functional>

#include "shared/poco/http_client.h"
#include "shared/poco/tls_context.h"

namespace zige {

namespace {

using Poco::Net::Context;
using Poco::Net::SecureStreamSocket;
using Session = poco::HttpClient::Session;

/// What OpenSSL tells us about the one connection of a transport through its callbacks.
struct Observed {
    Transport::Traffic traffic;
    const SSL* connection = nullptr;
    Transport::Traffic counted;  ///< of `connection`, already in `traffic`
    std::string refusal;         ///< why the peer's certificate was not believed

    void count(const SSL* ssl) {
        if (ssl != connection) {
            connection = ssl;
            counted = {};
        }
        const Transport::Traffic now{BIO_number_written(SSL_get_wbio(ssl)), BIO_number_read(SSL_get_rbio(ssl))};
        traffic.sent += now.sent - counted.sent;
        traffic.received += now.received - counted.received;
        counted = now;
    }
};

int observed_index() {
    static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

Observed& observed_by(const SSL* ssl) {
    return *static_cast<Observed*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), observed_index()));
}

void on_event(const SSL* ssl, int, int) { observed_by(ssl).count(ssl); }

int on_certificate(int good, X509_STORE_CTX* store) {
    const auto* ssl = static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    if (good != 1) observed_by(ssl).refusal = X509_verify_cert_error_string(X509_STORE_CTX_get_error(store));
    return good;
}

Result<Context::Ptr> client_context(const PocoTransportOptions& options, Observed& observed) {
    ZIGE_TRY(context, poco::make_tls_context(Context::TLS_CLIENT_USE));
    if (options.identity) ZIGE_CHECK(poco::use_identity(*context, *options.identity));
    SSL_CTX* ssl = context->sslContext();
    // No cache of OpenSSL: with one it lets each session serve only once, and ours must serve as long as its ticket
    // does.
    SSL_CTX_set_session_cache_mode(ssl, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_ex_data(ssl, observed_index(), &observed);
    SSL_CTX_set_info_callback(ssl, on_event);
    if (options.ca_der.empty()) {
        SSL_CTX_set_verify(ssl, SSL_VERIFY_NONE, nullptr);
        return context;
    }
    ZIGE_CHECK(poco::trust_authority(*context, options.ca_der));
    SSL_CTX_set_verify(ssl, SSL_VERIFY_PEER, on_certificate);
    expect(X509_VERIFY_PARAM_set1_host(SSL_CTX_get0_param(ssl), options.peer_name.c_str(), 0) == 1, "peer name");
    return context;
}

class PocoTransport : public Transport {
public:
    PocoTransport(PocoTransportOptions options, std::unique_ptr<Observed> observed, Context::Ptr context)
        : options_(std::move(options)),
          observed_(std::move(observed)),
          context_(std::move(context)),
          client_(
              {options_.peer_name, {}, options_.timeout},
              [this](poco::Deadlines& deadlines) { return connect(deadlines); },
              [this](Poco::Net::HTTPClientSession& session) { keep_session(session); }),
          on_stop_(options_.stop, [this] { client_.stop(); }) {}

    Result<HttpAnswer> get(const std::string& path, std::size_t limit) override {
        return client_.request("GET", path, {}, limit);
    }
    Result<HttpAnswer> post(const std::string& path, ByteView body, std::size_t limit) override {
        return client_.request("POST", path, body, limit);
    }
    Traffic traffic() const override { return observed_->traffic; }

private:
    Result<Session> connect(poco::Deadlines& deadlines) {
        observed_->connection = nullptr;  // the address of an SSL object may come again
        observed_->refusal.clear();
        SecureStreamSocket socket(context_, tls_session_);
        socket.setPeerHostName(options_.peer_name);
        socket.setLazyHandshake(true);
        socket.connect(Poco::Net::SocketAddress(options_.host, options_.port),
                       Poco::Timespan(std::chrono::microseconds(options_.connect_timeout).count()));
        ZIGE_CHECK(shake_hands(socket, deadlines));
        ZIGE_CHECK(judge_peer(socket));
        // Not HTTPSClientSession: it takes no socket that is connected already.
        return Session(std::make_unique<Poco::Net::HTTPClientSession>(socket));
    }

    Result<void> shake_hands(SecureStreamSocket& socket, poco::Deadlines& deadlines) {
        const poco::Deadlines::Watch watch(deadlines, socket.impl()->sockfd(), options_.connect_timeout,
                                           poco::Deadlines::Side::both);
        try {
            socket.completeHandshake();
            return {};
        } catch (const Poco::Exception& error) {
            tls_session_ = nullptr;
            if (watch.expired()) return fail(ErrorId::net_timeout, "", "no TLS handshake in time");
            if (observed_->refusal.empty()) return fail(ErrorId::tls_handshake_failed, "", error.displayText());
            return fail(ErrorId::tls_untrusted_peer, "certificate", observed_->refusal);
        }
    }

    /// Each connection anew, for a resumed session brings the certificate of the first one.
    Result<void> judge_peer(SecureStreamSocket& socket) {
        if (options_.ca_der.empty() || !options_.now) return {};
        const Poco::Net::X509Certificate certificate = socket.peerCertificate();
        auto judged = poco::check_validity(*certificate.certificate(), options_.now(), false);
        if (!judged.ok()) tls_session_ = nullptr;
        return judged;
    }

    /// With TLS 1.3 the ticket for the next time comes after the handshake, with or before the answer.
    void keep_session(Poco::Net::HTTPClientSession& session) {
        SecureStreamSocket socket(session.socket());
        tls_session_ = socket.currentSession();
        if (observed_->connection != nullptr) observed_->count(observed_->connection);
    }

    PocoTransportOptions options_;
    std::unique_ptr<Observed> observed_;  // its address is in the context
    Context::Ptr context_;
    Poco::Net::Session::Ptr tls_session_;
    poco::HttpClient client_;
    std::stop_callback<std::function<void()>> on_stop_;  // the first to go
};

}  // namespace

Result<std::unique_ptr<Transport>> make_poco_transport(PocoTransportOptions options) {
    try {
        auto observed = std::make_unique<Observed>();
        ZIGE_TRY(context, client_context(options, *observed));
        return std::unique_ptr<Transport>(
            std::make_unique<PocoTransport>(std::move(options), std::move(observed), std::move(context)));
    } catch (const Poco::Exception& error) {
        return fail(ErrorId::tls_handshake_failed, "", error.displayText());
    }
}

}  // namespace zige
