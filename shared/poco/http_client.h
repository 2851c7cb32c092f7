#pragma once

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPResponse.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "shared/poco/deadlines.h"
#include "shared/ports/transport.h"

/// Inside this folder only.
namespace zige::poco {

/// ErrorId and text of what Poco threw.
Error translate(const Poco::Exception& error);
/// The whole body. net_too_large, net_interrupted: it ended early.
Result<Bytes> read_answer(std::istream& stream, const Poco::Net::HTTPResponse& response, std::size_t limit);

/// HTTP over a connection that is kept while requests follow each other. One request at a time.
class HttpClient {
public:
    using Session = std::unique_ptr<Poco::Net::HTTPClientSession>;
    using Headers = std::vector<std::pair<std::string, std::string>>;

    struct Options {
        std::string host_header;
        Headers headers;
        std::chrono::milliseconds timeout;
    };
    /// Connects, or returns why not. What it throws of Poco's is translated.
    using Connect = std::function<Result<Session>(Deadlines&)>;
    /// Told that the answer was read and the connection still stands.
    using Answered = std::function<void(Poco::Net::HTTPClientSession&)>;

    HttpClient(Options options, Connect connect, Answered answered);
    ~HttpClient();

    /// A kept connection that the server has just closed is replaced once: so a request may arrive twice.
    Result<HttpAnswer> request(const std::string& method, const std::string& path, ByteView body, std::size_t limit);

    /// From another thread, for good: the request under way and all later ones end with net_interrupted. A TCP
    /// connection that is still being made takes its own time.
    void stop() { deadlines_.end_all(); }

private:
    struct Asked {
        const std::string& method;
        const std::string& path;
        ByteView body;
        std::size_t limit;
    };
    Result<void> connect();
    Result<HttpAnswer> attempt(const Asked& asked);
    Result<HttpAnswer> exchange(const Asked& asked, bool& keep);
    void disconnect();

    Options options_;
    Connect connect_;
    Answered answered_;
    Deadlines deadlines_;
    Session session_;
    Deadlines::Clock::time_point last_use_;
};

}  // namespace zige::poco
