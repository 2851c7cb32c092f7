#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "hub/server/run.h"
#include "hub/server/server.h"
#include "shared/poco/json.h"
#include "shared/posix/clock.h"
#include "tests/support/temp_dir.h"

namespace zige::testing {

struct Ran {
    Exit exit = Exit::ok;
    std::string out;
    std::string err;
    Json json() const;
};

/// A hub of its own in a folder of its own, as `zige-hub init` makes it, with one institution in mode observe.
class HubFixture {
public:
    HubFixture();

    /// One command line with --data and --operator.
    Ran run(const std::vector<std::string>& words, const std::string& in = {}) const;
    /// The same with another standard output.
    Ran run_into(std::ostream& out, const std::vector<std::string>& words, const std::string& in = {}) const;
    /// The same, and it must end well.
    Json ask(const std::vector<std::string>& words, const std::string& in = {}) const;
    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    void write(const std::string& name, std::string_view content) const;

    static constexpr const char* kHospital = "H41150300001";

private:
    TempDir folder_;
};

/// Its service on a free port of loopback and on the Unix socket of the data folder.
class RunningHub {
public:
    explicit RunningHub(const HubFixture& hub, hub::RateLimit::Limits rate = {1000, 1000});

    std::uint16_t port() const { return server_->port(); }
    hub::Hub& core() const { return owned_->hub(); }
    std::string log() const { return log_text_.str(); }
    void stop() { server_->stop(); }

private:
    std::unique_ptr<Clock> clock_;
    std::ostringstream log_text_;
    hub::Log log_;
    std::unique_ptr<hub::OwnedHub> owned_;
    std::unique_ptr<hub::Server> server_;
};

}  // namespace zige::testing
