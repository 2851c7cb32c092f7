#include <Poco/Net/StreamSocket.h>

#include <cerrno>

#include "shared/poco/http_client.h"
#include "shared/poco/transport.h"

namespace zige {

namespace {

using Poco::Net::SocketAddress;

class LocalHttpClient : public Transport {
public:
    explicit LocalHttpClient(LocalHttpOptions options)
        : client_(
              {"localhost", std::move(options.headers), options.timeout},
              [address = std::move(options.address), timeout = options.timeout](poco::Deadlines&) {
                  return connect(address, timeout);
              },
              [](Poco::Net::HTTPClientSession&) {}) {}

    Result<HttpAnswer> get(const std::string& path, std::size_t limit) override {
        return counted(client_.request("GET", path, {}, limit), path.size());
    }
    Result<HttpAnswer> post(const std::string& path, ByteView body, std::size_t limit) override {
        return counted(client_.request("POST", path, body, limit), path.size() + body.size());
    }
    /// Without TLS nobody counts lines; paths and bodies tell enough.
    Traffic traffic() const override { return traffic_; }

private:
    static Result<poco::HttpClient::Session> connect(const std::string& address, std::chrono::milliseconds timeout) {
        const bool is_path = address.find('/') != std::string::npos;
        const SocketAddress where =
            is_path ? SocketAddress(SocketAddress::UNIX_LOCAL, address) : SocketAddress(address);
        Poco::Net::StreamSocket socket;
        try {
            socket.connect(where, Poco::Timespan(std::chrono::microseconds(timeout).count()));
        } catch (const Poco::IOException& error) {  // somebody else's folder: no waiting mends that
            if (is_path && error.code() == EACCES)
                return fail(ErrorId::file_permission, address, error.displayText());
            throw;
        }
        return std::make_unique<Poco::Net::HTTPClientSession>(socket);
    }

    Result<HttpAnswer> counted(Result<HttpAnswer> answer, std::size_t sent) {
        traffic_.sent += sent;
        if (answer.ok()) traffic_.received += answer.value().body.size();
        return answer;
    }

    Traffic traffic_;
    poco::HttpClient client_;
};

}  // namespace

std::unique_ptr<Transport> make_local_http_client(LocalHttpOptions options) {
    return std::make_unique<LocalHttpClient>(std::move(options));
}

std::unique_ptr<Transport> make_unix_http_client(const std::string& socket_path) {
    LocalHttpOptions options;
    options.address = socket_path;
    return make_local_http_client(std::move(options));
}

}  // namespace zige
