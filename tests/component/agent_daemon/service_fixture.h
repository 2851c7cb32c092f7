#pragma once

#include <mutex>

#include "agent/daemon/fsi_desk.h"
#include "agent/daemon/local_service.h"
#include "shared/openssl/crypto.h"
#include "tests/support/agent_fixture.h"

namespace zige::testing {

/// An agent in sync with a small hub, behind the calls of the local interface.
struct ServiceFixture : AgentFixture {
    explicit ServiceFixture(bool enrolled = true) {
        if (enrolled) ready();
        else start();
        serve();
    }
    /// The program ends and starts again.
    void reopen() {
        fsi_desk.reset();
        restart();
        serve();
    }
    void serve() {
        api_keys = daemon::ApiKeys::open("/data/api-keys.json", files, *hub.hasher, random).value();
        clerks = daemon::PinBook::open("/data/clerks.json", files, random, clock).value();
        people_pins = daemon::PinBook::open("/data/people-pins.json", files, random, clock).value();
        service = std::make_unique<daemon::LocalService>(daemon::LocalService::Parts{*agent, *api_keys, *clerks, *people_pins, random, clock});
    }

    daemon::ApiAnswer call(const std::string& method, const std::string& path, const std::string& body = {},
                           daemon::CallerRole role = daemon::CallerRole::owner) {
        const auto question = path.find('?');
        const std::string query = question == std::string::npos ? "" : path.substr(question + 1);
        return service->call({method, path.substr(0, question), query, body, {role, "窗口一"}});
    }
    /// The name of the error of an answer, "" if it is none.
    static std::string error_of(const daemon::ApiAnswer& answer) {
        const auto error = daemon::error_of(answer);
        return error ? to_string(error->id) : "";
    }

    /// {"infno":"2204", ..., "feedetail":[...]} of lines that name who ordered, and when.
    static std::string claim(std::initializer_list<std::pair<const char*, const char*>> lines,
                             const std::string& more = {}) {
        std::string details;
        for (const auto& [code, time] : lines)
            details += (details.empty() ? "" : ",") + std::string(R"({"bilg_dr_codg":")") + code +
                       R"(","fee_ocur_time":")" + time + R"(","det_item_fee_sumamt":"12.50"})";
        return R"({"infno":"2204","claim_id":"C-1",)" + more + R"("feedetail":[)" + details + "]}";
    }

    /// Judges only, unless a platform is given before the first call.
    daemon::FsiDesk& fsi() {
        if (!fsi_desk) {
            fsi_desk = std::make_unique<daemon::FsiDesk>(daemon::FsiDesk::Parts{
                *agent, clock, *hub.hasher, platform, 2, [this](const std::string& line) {
                    const std::lock_guard lock(reporting);
                    fsi_reports.push_back(line);
                },
                [this](std::string_view name, std::string_view pin, const daemon::Caller& caller) {
                    return service->prove(name, pin, caller);
                }});
        }
        return *fsi_desk;
    }

    std::unique_ptr<daemon::ApiKeys> api_keys;
    std::unique_ptr<daemon::PinBook> clerks;
    std::unique_ptr<daemon::PinBook> people_pins;
    std::unique_ptr<daemon::LocalService> service;
    Platform* platform = nullptr;
    std::mutex reporting;
    std::vector<std::string> fsi_reports;
    std::unique_ptr<daemon::FsiDesk> fsi_desk;
};

}  // namespace zige::testing
