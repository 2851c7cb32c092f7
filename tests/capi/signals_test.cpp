#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <thread>

#include "agent/daemon/owned_agent.h"
#include "tests/capi/handle.h"
#include "tests/support/temp_dir.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

volatile sig_atomic_t signals = 0;
void count(int) { signals = signals + 1; }

/// A host that takes SIGPIPE itself.
class Counting {
public:
    Counting() {
        struct sigaction ours {};
        ours.sa_handler = count;
        sigaction(SIGPIPE, &ours, &before_);
        signals = 0;
    }
    ~Counting() { sigaction(SIGPIPE, &before_, nullptr); }
    Counting(const Counting&) = delete;
    Counting& operator=(const Counting&) = delete;

private:
    struct sigaction before_ {};
};

/// Takes one connection on the socket of a folder, reads a little of what comes, and is gone.
class BreaksOff {
public:
    explicit BreaksOff(const std::filesystem::path& folder) : socket_(socket(AF_UNIX, SOCK_STREAM, 0)) {
        daemon::Folder served;
        served.root = folder;
        sockaddr_un where{};
        where.sun_family = AF_UNIX;
        std::strncpy(where.sun_path, served.socket().c_str(), sizeof where.sun_path - 1);
        CPPUNIT_ASSERT_EQUAL(0, bind(socket_, reinterpret_cast<const sockaddr*>(&where), sizeof where));
        CPPUNIT_ASSERT_EQUAL(0, listen(socket_, 4));
        thread_ = std::thread([this] {
            const int peer = accept(socket_, nullptr, nullptr);
            char byte = 0;
            if (peer >= 0 && recv(peer, &byte, 1, 0) == 1) close(peer);
        });
    }
    ~BreaksOff() {
        shutdown(socket_, SHUT_RDWR);  // nobody came
        thread_.join();
        close(socket_);
    }
    BreaksOff(const BreaksOff&) = delete;
    BreaksOff& operator=(const BreaksOff&) = delete;

private:
    int socket_;
    std::thread thread_;
};

bool takes_pipe_signals() {
    sigset_t blocked;
    pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
    return sigismember(&blocked, SIGPIPE) == 0;
}

}  // namespace

TEST(CapiSignals, a_connection_that_breaks_off_is_an_error_and_no_signal_to_the_host) {
    const TempDir folder;
    const Counting counting;
    const BreaksOff other(folder.path());
    const std::string path = folder.path().string();
    zige_connect_options options;
    ZIGE_INIT(options);
    options.data_dir = path.c_str();
    Handle agent;
    zige_error error;
    fine(zige_agent_connect(agent.out(), &options, &error), error);
    zige_status status = ZIGE_OK;
    bool as_before = false;
    std::thread till([&] {  // as threads of a host are that were there before it loaded us
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        pthread_sigmask(SIG_UNBLOCK, &pipe, nullptr);
        const std::string more_than_a_socket_holds(900'000, ' ');
        char room[ZIGE_MIN_ROOM];
        status = zige_request(room, sizeof room, nullptr, agent, "POST", "/v1/check", more_than_a_socket_holds.data(),
                              more_than_a_socket_holds.size(), &error);
        as_before = takes_pipe_signals();
    });
    till.join();
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_LOCAL_AGENT_AWAY}, status);
    CPPUNIT_ASSERT_EQUAL(0, static_cast<int>(signals));
    CPPUNIT_ASSERT(as_before);
}
