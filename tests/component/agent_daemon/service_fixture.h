#pragma once

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
        restart();
        serve();
    }
    void serve() {
        api_keys = daemon::ApiKeys::open("/data/api-keys.json", files, *hub.hasher, random).value();
        service = std::make_unique<daemon::LocalService>(*agent, *api_keys, clock);
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

    std::unique_ptr<daemon::ApiKeys> api_keys;
    std::unique_ptr<daemon::LocalService> service;
};

}  // namespace zige::testing
