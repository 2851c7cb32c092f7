#pragma once

#include <cstdint>
#include <string>

namespace zige::bench {

/// One kept connection to a server on loopback, over which the same request goes again and again. It does as little as
/// a client can, so that the figures are the server's.
class HttpLoop {
public:
    /// `head`: lines beside the first and the length, each with its end.
    HttpLoop(std::uint16_t port, const std::string& path, const std::string& head, const std::string& body);
    ~HttpLoop();
    HttpLoop(const HttpLoop&) = delete;
    HttpLoop& operator=(const HttpLoop&) = delete;

    /// The whole answer, until the next call. Anything but status 200 ends the bench.
    const std::string& ask();
    std::string ask_for_body() { return ask().substr(body_at_); }

private:
    bool is_whole();

    int socket_ = -1;
    std::string request_;
    std::string answer_;
    std::size_t body_at_ = 0;
};

}  // namespace zige::bench
