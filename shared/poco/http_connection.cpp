#include "shared/poco/http_connection.h"

#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponseImpl.h>
#include <Poco/Net/HTTPServerSession.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/X509Certificate.h>
#include <Poco/URI.h>

#include <algorithm>
#include <utility>

#include "shared/poco/json.h"
#include "shared/poco/tls_context.h"

namespace zige::poco {

namespace {

using Poco::Net::HTTPMessage;
using Poco::Net::HTTPRequest;
using Poco::Net::HTTPResponse;
using Poco::Net::HTTPServerRequestImpl;
using Poco::Net::HTTPServerResponseImpl;
using Poco::Net::HTTPServerSession;

struct Refusal {
    int status;
    Error why;
};

/// The body, or why it is refused.
struct Body {
    Bytes bytes;
    std::optional<Refusal> refusal;
    bool cut = false;  ///< the sender stopped early
};

Body refused(int status, Error why) { return {{}, Refusal{status, std::move(why)}, false}; }

Body too_large(std::size_t limit) {
    return refused(413, fail(ErrorId::api_too_large, "body", "at most " + std::to_string(limit) + " bytes"));
}

Body read_chunks(std::istream& stream, std::size_t limit) {
    Body body;
    constexpr std::size_t kStep = 16U << 10;
    while (stream.good()) {
        const std::size_t before = body.bytes.size();
        body.bytes.resize(before + kStep);
        stream.read(reinterpret_cast<char*>(body.bytes.data()) + before, static_cast<std::streamsize>(kStep));
        body.bytes.resize(before + static_cast<std::size_t>(stream.gcount()));
        if (body.bytes.size() > limit) return too_large(limit);
    }
    return body;
}

Body read_known(std::istream& stream, std::size_t size) {
    Body body;
    body.bytes.resize(size);
    stream.read(reinterpret_cast<char*>(body.bytes.data()), static_cast<std::streamsize>(size));
    body.cut = static_cast<std::size_t>(stream.gcount()) != size;
    return body;
}

/// Nothing is read of a body that says that it is too long.
Body read_body(HTTPServerRequestImpl& request, HTTPServerResponseImpl& response, std::size_t limit) {
    const bool chunked = request.getChunkedTransferEncoding();
    const bool sized = request.hasContentLength();
    const bool wants_body =
        request.getMethod() == HTTPRequest::HTTP_POST || request.getMethod() == HTTPRequest::HTTP_PUT;
    if (!chunked && !sized && wants_body)
        return refused(411, fail(ErrorId::api_missing_field, "Content-Length", "must be there"));
    if (!chunked && !sized) return {};
    const Poco::Int64 size = sized ? request.getContentLength64() : 0;
    if (size < 0) return refused(400, fail(ErrorId::api_bad_field, "Content-Length", "is negative"));
    if (!chunked && static_cast<std::uint64_t>(size) > limit) return too_large(limit);
    if (request.getExpectContinue()) response.sendContinue();
    return chunked ? read_chunks(request.stream(), limit)
                   : read_known(request.stream(), static_cast<std::size_t>(size));
}

HttpRequest translate(HTTPServerRequestImpl& request) {
    HttpRequest translated;
    translated.method = request.getMethod();
    const std::string& uri = request.getURI();
    const auto question = uri.find('?');
    Poco::URI::decode(uri.substr(0, question), translated.path);
    if (question != std::string::npos) translated.query = uri.substr(question + 1);
    for (const auto& [name, value] : request) translated.headers.emplace_back(name, value);
    translated.peer_address = request.clientAddress().toString();
    return translated;
}

}  // namespace

/// One request and its answer.
class HttpConnection::Exchange {
public:
    Exchange(HttpConnection& connection, HTTPServerSession& session)
        : connection_(connection), state_(connection.state_), session_(session), response_(session) {}

    /// False: the connection cannot be used any more.
    bool run() {
        const auto request = receive();
        if (!request) return false;
        const HttpReply reply =
            refusal_ ? connection_.refusal(refusal_->status, refusal_->why, path()) : answer(*request);
        if (reply.next) return send_pieces(reply);
        const Deadlines::Watch watch(state_.deadlines, socket(), state_.options.request_deadline,
                                     Deadlines::Side::both);
        return send(reply);
    }

private:
    int socket() { return session_.socket().impl()->sockfd(); }
    /// As it came, escapes and all.
    std::string path() const {
        return request_ ? request_->getURI().substr(0, request_->getURI().find('?')) : std::string();
    }

    std::optional<HttpRequest> receive() {
        const Deadlines::Watch watch(state_.deadlines, socket(), state_.options.request_deadline,
                                     Deadlines::Side::receiving);
        try {
            request_.emplace(response_, session_, state_.params.get());
            connection_.read_peer_certificate();
            if (!connection_.peer_judgement_.ok()) {
                refusal_ = Refusal{403, connection_.peer_judgement_.error()};
                return HttpRequest{};
            }
            HttpRequest request = translate(*request_);
            const auto& limit = state_.options.body_limit;
            Body body = read_body(*request_, response_, limit ? limit(request) : state_.options.max_body_bytes);
            refusal_ = std::move(body.refusal);
            if (watch.expired()) refusal_ = Refusal{408, fail(ErrorId::net_timeout, "body", "came too slowly")};
            else if (body.cut) return std::nullopt;
            if (refusal_) return HttpRequest{};
            request.body = std::move(body.bytes);
            request.peer_certificate = connection_.peer_certificate_;
            return request;
        } catch (const Poco::Net::MessageException& error) {
            return refuse_malformed(error);
        } catch (const Poco::DataException& error) {  // an escape or a length that is none
            return refuse_malformed(error);
        }
    }

    std::optional<HttpRequest> refuse_malformed(const Poco::Exception& error) {
        if (session_.networkException() != nullptr) return std::nullopt;
        refusal_ = Refusal{400, fail(ErrorId::api_bad_field, "request", error.displayText())};
        return HttpRequest{};
    }

    /// An exception of the handler is ours to report: to the caller it is only "internal".
    HttpReply answer(const HttpRequest& request) {
        std::string why;
        try {
            return state_.handler(request);
        } catch (const Poco::Exception& error) {
            why = error.displayText();
        } catch (const std::exception& error) {
            why = error.what();
        }
        if (state_.options.on_error) state_.options.on_error(request.method + " " + request.path + ": " + why);
        return connection_.refusal(500, fail(ErrorId::api_internal), request.path);
    }

    /// Everything above the body; whether the connection stays.
    bool begin(const HttpReply& reply) {
        const bool keep = !refusal_ && request_ && request_->getKeepAlive() && session_.canKeepAlive() &&
                          !state_.connections.stopping() && !connection_.open_.gives_way();
        response_.setStatus(static_cast<HTTPResponse::HTTPStatus>(reply.status));
        response_.setReason(HTTPResponse::getReasonForStatus(response_.getStatus()));
        response_.setVersion(HTTPMessage::HTTP_1_1);
        response_.setKeepAlive(keep);
        if (!reply.content_type.empty()) response_.setContentType(reply.content_type);
        for (const auto& [name, value] : reply.headers) response_.set(name, value);
        return keep;
    }

    bool send(const HttpReply& reply) {
        const bool keep = begin(reply);
        response_.sendBuffer(reply.body.data(), reply.body.size());
        return keep;
    }

    /// Each piece has the time that a whole answer has otherwise: making it takes none of it.
    bool send_pieces(const HttpReply& reply) {
        const bool keep = begin(reply);
        response_.setChunkedTransferEncoding(true);
        std::ostream& out = response_.send();
        for (Bytes piece = reply.next(); !piece.empty(); piece = reply.next()) {
            const Deadlines::Watch watch(state_.deadlines, socket(), state_.options.request_deadline,
                                         Deadlines::Side::both);
            out.write(reinterpret_cast<const char*>(piece.data()), static_cast<std::streamsize>(piece.size()));
            out.flush();
            if (!out.good()) return false;
        }
        return keep;
    }

    HttpConnection& connection_;
    ServerState& state_;
    HTTPServerSession& session_;
    HTTPServerResponseImpl response_;
    std::optional<HTTPServerRequestImpl> request_;
    std::optional<Refusal> refusal_;
};

/// Poco tells only its own classes whether bytes of the next request were read already.
class HttpConnection::Session : public HTTPServerSession {
public:
    using HTTPServerSession::HTTPServerSession;
    bool has_bytes() const { return buffered() > 0; }
};

HttpConnection::HttpConnection(const Poco::Net::StreamSocket& socket, ServerState& state)
    : TCPServerConnection(socket), state_(state), open_(state.connections) {}

/// In the words of the server's owner, the same for every refusal that never reaches the handler.
HttpReply HttpConnection::refusal(int status, const Error& error, std::string_view path) const {
    if (state_.options.refusal) return state_.options.refusal(status, error, path);
    const Json body = Json::object({{"error", to_string(error.id)}, {"detail", error.describe()}});
    return {status, "application/json; charset=utf-8", to_bytes(body.write()), {}};
}

void HttpConnection::run() {
    std::string why;
    try {
        serve();
    } catch (const Poco::Net::NoMessageException&) {  // the peer closed between two requests: the usual end
    } catch (const Poco::Net::ConnectionResetException&) {
    } catch (const Poco::TimeoutException&) {
    } catch (const Poco::Exception& error) {
        why = error.displayText();
    } catch (const std::exception& error) {
        why = error.what();
    }
    if (!why.empty() && state_.options.on_error) state_.options.on_error("connection: " + why);
}

void HttpConnection::serve() {
    Session session(socket(), state_.params);
    try {
        while (true) {
            if (!wait_for_request(session)) return;
            if (state_.connections.stopping() || !Exchange(*this, session).run()) return;
        }
    } catch (const Poco::Exception&) {
        // Streams swallow what the socket threw and Poco then throws "error reading"; the session remembers the cause.
        if (session.networkException() != nullptr) session.networkException()->rethrow();
        throw;
    }
}

/// False: none came in time, or the place is needed by somebody who was accepted while this one was too fresh to go.
bool HttpConnection::wait_for_request(Session& session) {
    const Connections::Idle idle(open_, session.socket().impl()->sockfd());
    const auto fresh = std::min(Connections::kGrace, state_.options.idle_timeout);
    const Poco::Timespan grace(std::chrono::microseconds(fresh).count());
    const bool came = session.has_bytes() || session.socket().poll(grace, Poco::Net::Socket::SELECT_READ);
    return (came || !open_.gives_way()) && session.hasMoreRequests();
}

/// After the first bytes: only then the handshake is done. A resumed session brings the certificate of the first one,
/// so each connection is judged anew.
void HttpConnection::read_peer_certificate() {
    if (peer_known_ || !state_.options.tls) return;
    peer_known_ = true;
    Poco::Net::SecureStreamSocket secure(socket());
    if (!secure.havePeerCertificate()) return;
    const Poco::Net::X509Certificate certificate = secure.peerCertificate();
    const X509& x509 = *certificate.certificate();
    if (state_.options.tls->now) peer_judgement_ = check_validity(x509, state_.options.tls->now(), true);
    if (!peer_judgement_.ok()) {
        if (state_.options.on_error) state_.options.on_error("client refused: " + peer_judgement_.error().describe());
        return;
    }
    peer_certificate_ = certificate_der(x509);
}

}  // namespace zige::poco
