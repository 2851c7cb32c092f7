#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "agent/sandbox/child.h"
#include "shared/poco/json.h"
#include "shared/ports/clock.h"

namespace zige::sandbox {

/// The real programs and the policy that a hub is founded with.
struct Programs {
    std::filesystem::path hub;
    std::filesystem::path agent;
    std::filesystem::path policy;  ///< holds profiles/ and calendars/
};

/// A hub and an agent, both real, in a folder, with the people of people.h. Made once; a folder that has one goes on
/// with it. One thread.
class Region {
public:
    struct Options {
        Programs programs;
        std::filesystem::path folder;
        const Clock* clock = nullptr;
        std::string agent_listen = "127.0.0.1:0";
        std::string platform_url;  ///< the agent is its gateway
        int platform_timeout_s = 30;
        int days_ago = 0;  ///< founded on that day, by a clock of its own (libfaketime), and left alone since
        std::function<void(std::string_view zh, std::string_view en)> tell;
    };
    /// Founds it, or takes up the one in the folder; nothing serves yet. What a program says when it fails stands in
    /// the error's detail.
    static Result<std::unique_ptr<Region>> open(Options options);

    Result<void> start_hub();
    Result<void> start_hub_if_gone() { return hub_ == nullptr ? start_hub() : Result<void>(); }
    void stop_hub();
    Result<void> start_agent();
    void stop_agent();
    Child* agent_process() { return agent_.get(); }

    /// A command of the agent, answered in JSON. `input`: of "-".
    Result<Json> agent(std::vector<std::string> words, const std::string& input = {});
    Result<Json> hub(std::vector<std::string> words);

    std::string agent_url() const;  ///< "http://127.0.0.1:8620"; of one that was stopped too
    const std::string& key() const { return key_; }
    std::filesystem::path agent_data() const { return options_.folder / "agent"; }
    std::string hub_address() const { return "127.0.0.1:" + std::to_string(hub_port_); }
    void send_to(std::string platform_url) { options_.platform_url = std::move(platform_url); }

private:
    explicit Region(Options options) : options_(std::move(options)) {}
    Result<void> found();
    Result<void> found_hub();
    Result<void> enter_people();
    Result<void> enter_standings();
    Result<void> enrol();
    Result<void> file_the_rest();
    Result<void> save() const;
    Result<void> load();
    Result<Json> call(const std::filesystem::path& program, std::vector<std::string> words, const std::string& input,
                      std::span<const int> good);
    void tell(std::string_view zh, std::string_view en) const;
    std::string day(int days_from_today) const;
    std::vector<std::pair<std::string, std::string>> environment() const;

    Options options_;
    std::unique_ptr<Child> hub_;
    std::unique_ptr<Child> agent_;
    std::string key_;
    int hub_port_ = 0;
    int agent_port_ = 0;
    bool founding_ = false;
};

/// Where libfaketime is; empty: not installed.
std::filesystem::path faketime_library();

}  // namespace zige::sandbox
