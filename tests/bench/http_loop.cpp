#include "tests/bench/http_loop.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace zige::bench {

HttpLoop::HttpLoop(std::uint16_t port, const std::string& path, const std::string& head, const std::string& body)
    : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      request_("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + head +
               "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body) {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(port);
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int at_once = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    if (connect(socket_, reinterpret_cast<const sockaddr*>(&where), sizeof where) != 0)
        throw std::runtime_error("nobody answers on port " + std::to_string(port));
}

HttpLoop::~HttpLoop() { close(socket_); }

const std::string& HttpLoop::ask() {
    if (send(socket_, request_.data(), request_.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request_.size()))
        throw std::runtime_error("a request was not taken");
    answer_.clear();
    char part[16384];
    while (!is_whole()) {
        const ssize_t got = recv(socket_, part, sizeof part, 0);
        if (got <= 0) throw std::runtime_error("the server closed the connection");
        answer_.append(part, static_cast<std::size_t>(got));
    }
    if (!answer_.starts_with("HTTP/1.1 200")) throw std::runtime_error("not answered: " + answer_);
    return answer_;
}

bool HttpLoop::is_whole() {
    const auto end = answer_.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    body_at_ = end + 4;
    const auto length = answer_.find("Content-Length: ");
    if (length == std::string::npos || length > end) throw std::runtime_error("an answer without a length");
    return answer_.size() >= body_at_ + std::stoul(answer_.substr(length + 16));
}

}  // namespace zige::bench
