#include "shared/poco/platform.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/String.h>
#include <Poco/URI.h>

#include <algorithm>
#include <optional>

#include "shared/poco/deadlines.h"
#include "shared/poco/http_client.h"
#include "shared/poco/platform_tls.h"

namespace zige {

namespace {

using Poco::Net::HTTPClientSession;
using Poco::Net::HTTPRequest;
using Poco::Net::HTTPResponse;
using Poco::Net::SecureStreamSocket;
using Poco::Net::StreamSocket;

constexpr std::string_view kInfno = "{infno}";

/// Of one connection, or made anew for it (RFC 9110, 7.6.1). Without Accept-Encoding the answer comes as it is.
constexpr const char* kHopHeaders[] = {
    "Connection", "Keep-Alive",      "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization",
    "TE",         "Trailer",         "Upgrade",          "Transfer-Encoding",  "Host",
    "Expect",     "Accept-Encoding", "Content-Length",
};

bool is_hop(const std::string& name) {
    return std::ranges::any_of(kHopHeaders, [&](const char* each) { return Poco::icompare(name, each) == 0; });
}

struct Address {
    bool tls = false;
    std::string host;
    std::uint16_t port = 0;
    std::string path;  // with the query; {infno} in it stands for the number of the transaction
};

Result<Address> parse(const std::string& url) {
    const auto bad = [&](const char* why) { return fail(ErrorId::usage_bad_argument, "--platform-url", why); };
    std::string plain = url;
    const auto at = plain.find(kInfno);
    if (at != std::string::npos) plain.replace(at, kInfno.size(), "infno");  // braces are no part of a URL
    try {
        const Poco::URI uri(plain);
        if (uri.getScheme() != "http" && uri.getScheme() != "https") return bad("http:// or https://");
        if (uri.getHost().empty() || uri.getPort() == 0) return bad("host and port, as in https://10.1.2.3:8443/");
        if (!uri.getUserInfo().empty()) return bad("no user before the host");
        const auto after = url.find("://") + 3;
        const auto slash = url.find('/', after);
        Address address{uri.getScheme() == "https", uri.getHost(), uri.getPort(),
                        slash == std::string::npos ? "/" : url.substr(slash)};
        if (address.path.find_first_of(" #\r\n") != std::string::npos) return bad("no blanks and no #");
        if (address.path.ends_with('/')) address.path += kInfno;
        return address;
    } catch (const Poco::Exception&) {
        return bad("not a URL");
    }
}

std::string path_of(const Address& address, std::string_view infno) {
    std::string path = address.path;
    const auto at = path.find(kInfno);
    if (at != std::string::npos) path.replace(at, kInfno.size(), infno);
    return path;
}

/// One request on a connection of its own.
class Exchange {
public:
    Exchange(const PlatformOptions& options, const Address& address, poco::PlatformTls* tls, poco::Deadlines& deadlines)
        : options_(options), address_(address), tls_(tls), deadlines_(deadlines) {}

    Delivery run(const PlatformRequest& request) {
        auto socket = connect();
        if (!socket) return {false, std::move(socket).error()};
        HTTPClientSession session(*socket);
        session.setKeepAlive(false);  // with it Poco would send a second time when the first write fails
        const Poco::Timespan timeout(std::chrono::microseconds(options_.timeout).count());
        session.setTimeout(timeout, timeout, timeout);
        const poco::Deadlines::Watch watch(deadlines_, session.socket().impl()->sockfd(), options_.timeout,
                                           poco::Deadlines::Side::both);
        auto answer = [&]() -> Result<PlatformAnswer> {
            try {
                return exchange(session, request);
            } catch (const Poco::Exception& error) {
                const Poco::Exception* cause = session.networkException();
                return poco::translate(cause != nullptr ? *cause : error);
            }
        }();
        if (!answer.ok() && watch.expired())
            answer = fail(ErrorId::net_timeout, "",
                          "no whole answer in " + std::to_string(options_.timeout.count()) + " ms");
        return {sent_, std::move(answer)};
    }

private:
    Result<StreamSocket> connect() {
        const Poco::Timespan timeout(std::chrono::microseconds(options_.connect_timeout).count());
        try {
            const Poco::Net::SocketAddress where(address_.host, address_.port);
            if (tls_ != nullptr) {
                ZIGE_TRY(secure, tls_->connect(where, timeout, deadlines_));
                return StreamSocket(std::move(secure));
            }
            StreamSocket socket;
            socket.connect(where, timeout);
            return socket;
        } catch (const Poco::Exception& error) {
            Error why = poco::translate(error);
            if (why.id == ErrorId::net_interrupted || why.id == ErrorId::net_timeout) why.id = ErrorId::net_unreachable;
            return why;
        }
    }

    Result<PlatformAnswer> exchange(HTTPClientSession& session, const PlatformRequest& asked) {
        HTTPRequest request(HTTPRequest::HTTP_POST, path_of(address_, asked.infno), HTTPRequest::HTTP_1_1);
        for (const auto& [name, value] : asked.headers)
            if (!is_hop(name)) request.add(name, value);
        request.setHost(address_.host, address_.port);
        request.setContentLength64(static_cast<Poco::Int64>(asked.body.size()));
        sent_ = true;
        std::ostream& out = session.sendRequest(request);
        out.write(as_text(asked.body).data(), static_cast<std::streamsize>(asked.body.size()));
        out.flush();
        HTTPResponse response;
        std::istream& in = session.receiveResponse(response);
        PlatformAnswer answer;
        answer.status = static_cast<int>(response.getStatus());
        ZIGE_TRY(body, poco::read_answer(in, response, options_.max_answer_bytes));
        answer.body = std::move(body);
        for (const auto& [name, value] : response) {
            if (Poco::icompare(name, std::string(HTTPResponse::CONTENT_TYPE)) == 0) answer.content_type = value;
            else if (!is_hop(name)) answer.headers.emplace_back(name, value);
        }
        return answer;
    }

    const PlatformOptions& options_;
    const Address& address_;
    poco::PlatformTls* tls_;
    poco::Deadlines& deadlines_;
    bool sent_ = false;
};

class PocoPlatform final : public Platform {
public:
    PocoPlatform(PlatformOptions options, Address address, std::unique_ptr<poco::PlatformTls> tls)
        : options_(std::move(options)), address_(std::move(address)), tls_(std::move(tls)) {}

    Delivery send(const PlatformRequest& request) override {
        return Exchange(options_, address_, tls_.get(), deadlines_).run(request);
    }

private:
    PlatformOptions options_;
    Address address_;
    std::unique_ptr<poco::PlatformTls> tls_;
    poco::Deadlines deadlines_;
};

}  // namespace

Result<std::unique_ptr<Platform>> make_platform(PlatformOptions options) {
    ZIGE_TRY(address, parse(options.url));
    std::unique_ptr<poco::PlatformTls> tls;
    if (address.tls) {
        ZIGE_TRY(made,
                 poco::PlatformTls::make(address.host, options.trusted_pem, options.now, options.connect_timeout));
        tls = std::move(made);
    }
    return std::unique_ptr<Platform>(
        std::make_unique<PocoPlatform>(std::move(options), std::move(address), std::move(tls)));
}

}  // namespace zige
