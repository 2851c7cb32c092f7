// What figures of the daemon stand beside: a program with nothing but Poco's HTTP server and Poco NetSSL ready for use.
//   zige_bench_bare FILE   answers every request with the bytes of FILE, until its standard input ends or a signal
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/ServerSocket.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

using namespace Poco::Net;

class Handler : public HTTPRequestHandler {
public:
    explicit Handler(const std::string& answer) : answer_(answer) {}
    void handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) override {
        const std::string body(std::istreambuf_iterator<char>(request.stream()), {});
        response.setContentType("application/json; charset=utf-8");
        response.sendBuffer(answer_.data(), answer_.size());
    }

private:
    const std::string& answer_;
};

class Factory : public HTTPRequestHandlerFactory {
public:
    explicit Factory(std::string answer) : answer_(std::move(answer)) {}
    HTTPRequestHandler* createRequestHandler(const HTTPServerRequest&) override { return new Handler(answer_); }

private:
    const std::string answer_;
};

}  // namespace

int main(int, char** words) {
    std::ifstream file(words[1], std::ios::binary);
    const std::string answer(std::istreambuf_iterator<char>(file), {});
    initializeSSL();
    const Context::Ptr client = new Context(Context::CLIENT_USE, "", Context::VERIFY_RELAXED);
    HTTPServerParams::Ptr params = new HTTPServerParams;
    params->setKeepAlive(true);
    params->setMaxKeepAliveRequests(0);
    ServerSocket socket(SocketAddress("127.0.0.1", 0));
    HTTPServer server(new Factory(answer), socket, params);
    server.start();
    std::cout << "{\"port\":" << socket.address().port() << "}" << std::endl;
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, nullptr);
    int which = 0;
    sigwait(&ends, &which);
    server.stop();
    return 0;
}
