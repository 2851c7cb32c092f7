#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "shared/openssl/x509.h"
#include "shared/poco/http_server.h"
#include "shared/ports/clock.h"
#include "tests/support/fake_hub.h"

namespace zige::bench {

/// A hub of one institution behind real TLS on loopback, and the data folder of an agent that has enrolled there and
/// holds its copy. Programs that own the folder reach the hub; nobody owns it at first.
class EnrolledAgent {
public:
    EnrolledAgent(const std::filesystem::path& folder, Suite suite, std::size_t people);
    ~EnrolledAgent() { server_->stop(); }
    EnrolledAgent(const EnrolledAgent&) = delete;
    EnrolledAgent& operator=(const EnrolledAgent&) = delete;

    std::string data() const { return data_.string(); }
    Instant now() const { return clock_->wall(); }
    /// Of person `at`, counted from 0; anybody's where there are fewer.
    const std::string& code(std::size_t at) const { return codes_[at % codes_.size()]; }
    /// Publishes another department of that many people: what the agent's next sync applies.
    void move_people(std::size_t count);
    /// A key for the local interface.
    std::string new_key(const std::string& name);

private:
    void serve();
    void enrol();

    std::filesystem::path data_;
    std::unique_ptr<Clock> clock_;
    Validity validity_;
    IssuedCertificate authority_;
    std::mutex mutex_;  // guards hub_
    testing::FakeHub hub_;
    std::unique_ptr<HttpServer> server_;
    std::vector<std::string> codes_;
    int moves_ = 0;
};

}  // namespace zige::bench
