#include "shared/poco/http_client.h"

#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>

#include <istream>
#include <ostream>
#include <utility>

namespace zige::poco {

namespace {

using Poco::Net::HTTPMessage;
using Poco::Net::HTTPRequest;
using Poco::Net::HTTPResponse;

/// Servers close idle connections after 10 seconds; ours must be gone before.
constexpr std::chrono::seconds kKeepIdle{5};

}  // namespace

/// The order matters: several of these derive from each other.
Error translate(const Poco::Exception& error) {
    const auto with = [&](ErrorId id) { return fail(id, "", error.displayText()); };
    if (dynamic_cast<const Poco::TimeoutException*>(&error) != nullptr) return with(ErrorId::net_timeout);
    if (dynamic_cast<const Poco::Net::SSLConnectionUnexpectedlyClosedException*>(&error) != nullptr)
        return with(ErrorId::net_interrupted);
    if (dynamic_cast<const Poco::Net::SSLException*>(&error) != nullptr) return with(ErrorId::tls_handshake_failed);
    if (dynamic_cast<const Poco::Net::MessageException*>(&error) != nullptr ||
        dynamic_cast<const Poco::Net::HTTPException*>(&error) != nullptr ||
        dynamic_cast<const Poco::DataException*>(&error) != nullptr)
        return with(ErrorId::net_bad_answer);
    if (dynamic_cast<const Poco::Net::ConnectionRefusedException*>(&error) != nullptr ||
        dynamic_cast<const Poco::Net::DNSException*>(&error) != nullptr ||
        dynamic_cast<const Poco::Net::InvalidAddressException*>(&error) != nullptr ||
        dynamic_cast<const Poco::FileNotFoundException*>(&error) != nullptr)
        return with(ErrorId::net_unreachable);
    return with(ErrorId::net_interrupted);
}

Result<Bytes> read_answer(std::istream& stream, const HTTPResponse& response, std::size_t limit) {
    const auto too_large = [&] { return fail(ErrorId::net_too_large, "", "over " + std::to_string(limit) + " bytes"); };
    const bool sized = response.hasContentLength();
    if (sized && static_cast<std::uint64_t>(response.getContentLength64()) > limit) return too_large();
    Bytes body;
    constexpr std::size_t kStep = 16U << 10;
    while (stream.good()) {
        const std::size_t before = body.size();
        body.resize(before + kStep);
        stream.read(reinterpret_cast<char*>(body.data()) + before, static_cast<std::streamsize>(kStep));
        body.resize(before + static_cast<std::size_t>(stream.gcount()));
        if (body.size() > limit) return too_large();
    }
    if (sized && body.size() != static_cast<std::uint64_t>(response.getContentLength64()))
        return fail(ErrorId::net_interrupted, "", "the answer ended after " + std::to_string(body.size()) + " bytes");
    return body;
}

HttpClient::HttpClient(Options options, Connect connect, Answered answered)
    : options_(std::move(options)), connect_(std::move(connect)), answered_(std::move(answered)) {}

HttpClient::~HttpClient() { disconnect(); }

void HttpClient::disconnect() { session_.reset(); }

Result<HttpAnswer> HttpClient::request(const std::string& method, const std::string& path, ByteView body,
                                       std::size_t limit) {
    const Asked asked{method, path, body, limit};
    if (session_ && Deadlines::Clock::now() - last_use_ > kKeepIdle) disconnect();
    const bool kept = session_ != nullptr;
    auto result = attempt(asked);
    const bool closed_meanwhile =
        kept && !result.ok() &&
        (result.error().id == ErrorId::net_interrupted || result.error().id == ErrorId::net_unreachable);
    return closed_meanwhile ? attempt(asked) : std::move(result);
}

Result<void> HttpClient::connect() {
    if (session_) return {};
    try {
        ZIGE_TRY(session, connect_(deadlines_));
        session_ = std::move(session);
        session_->setKeepAlive(true);
        // Poco counts this by the wall clock, which may jump; kKeepIdle is ours.
        session_->setKeepAliveTimeout(Poco::Timespan(1, 0, 0, 0, 0));
        const Poco::Timespan timeout(std::chrono::microseconds(options_.timeout).count());
        session_->setTimeout(timeout, timeout, timeout);
        return {};
    } catch (const Poco::Exception& error) {
        Error why = translate(error);
        if (why.id == ErrorId::net_interrupted) why.id = ErrorId::net_unreachable;
        return why;
    }
}

Result<HttpAnswer> HttpClient::attempt(const Asked& asked) {
    const auto stopped = [] { return fail(ErrorId::net_interrupted, "", "stopping"); };
    if (deadlines_.ended()) return stopped();
    if (auto connected = connect(); !connected) return deadlines_.ended() ? stopped() : std::move(connected).error();
    bool keep = false;
    auto result = [&]() -> Result<HttpAnswer> {
        const Deadlines::Watch watch(deadlines_, session_->socket().impl()->sockfd(), options_.timeout,
                                     Deadlines::Side::both);
        try {
            auto exchanged = exchange(asked, keep);
            if (exchanged.ok() || !watch.expired()) return exchanged;
        } catch (const Poco::Exception& error) {
            // Streams swallow what the socket threw; the session remembers it.
            const Poco::Exception* cause = session_->networkException();
            if (!watch.expired()) return translate(cause != nullptr ? *cause : error);
        }
        if (deadlines_.ended()) return stopped();
        return fail(ErrorId::net_timeout, "", "no whole answer in " + std::to_string(options_.timeout.count()) + " ms");
    }();
    if (result.ok()) answered_(*session_);
    if (!result.ok() || !keep) disconnect();
    last_use_ = Deadlines::Clock::now();
    return result;
}

Result<HttpAnswer> HttpClient::exchange(const Asked& asked, bool& keep) {
    HTTPRequest request(asked.method, asked.path, HTTPMessage::HTTP_1_1);
    request.set(HTTPRequest::HOST, options_.host_header);
    for (const auto& [name, value] : options_.headers) request.set(name, value);
    const bool sends = asked.method == HTTPRequest::HTTP_POST;
    if (sends) request.setContentLength64(static_cast<Poco::Int64>(asked.body.size()));
    std::ostream& out = session_->sendRequest(request);
    if (sends) out.write(as_text(asked.body).data(), static_cast<std::streamsize>(asked.body.size()));
    HTTPResponse response;
    std::istream& in = session_->receiveResponse(response);
    ZIGE_TRY(body, read_answer(in, response, asked.limit));
    keep = response.getKeepAlive();
    return HttpAnswer{static_cast<int>(response.getStatus()), std::move(body)};
}

}  // namespace zige::poco
