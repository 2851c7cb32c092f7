#include <sstream>

#include "hub/server/agent_api.h"
#include "shared/poco/http_server.h"
#include "shared/poco/transport.h"
#include "shared/wire/limits.h"
#include "tests/bench/bare_database.h"
#include "tests/bench/crowd.h"
#include "tests/bench/hub_agent.h"
#include "tests/bench/measure.h"
#include "tests/bench/run.h"

namespace zige::bench {
namespace {

constexpr std::size_t kInstitutions = 16;
constexpr std::size_t kPeople = 20;
constexpr std::size_t kAgents = 64;
constexpr std::size_t kCallers = 16;
constexpr std::size_t kDecisions = 3;  // of each sync; the contact entry comes to them
constexpr std::size_t kSyncs = 40;     // of each agent
constexpr std::size_t kCommits = 2'000;

using Agents = std::vector<std::unique_ptr<HubAgent>>;
using Requests = std::vector<std::vector<Bytes>>;  // of each agent, in the order of its journal

std::string code_of(std::size_t number) { return "H4115000" + std::to_string(10'000 + number); }

/// All have the current copy: what they carry is their journal.
Agents enrolled(HubRig& rig) {
    for (std::size_t i = 0; i < kInstitutions; ++i) rig.add_institution(code_of(i), InstitutionKind::clinic, kPeople);
    Agents agents;
    for (std::size_t i = 0; i < kAgents; ++i)
        agents.push_back(std::make_unique<HubAgent>(rig, code_of(i % kInstitutions)));
    for (const auto& agent : agents)
        agent->take(must(rig.hub().ingest().sync(agent->sync_request(0), agent->tls_key())));
    return agents;
}

/// Made before the clock runs: the agents' work is not the hub's.
Requests requests_of(const Agents& agents, std::size_t syncs) {
    Requests requests(agents.size());
    for (std::size_t i = 0; i < agents.size(); ++i)
        for (std::size_t k = 0; k < syncs; ++k) requests[i].push_back(agents[i]->sync_request(kDecisions));
    return requests;
}

/// Syncs per second; `send` sends one and expects a good answer.
template <class Send>
double per_second(const Requests& requests, Send send) {
    const double nanoseconds = timed([&] {
        in_a_crowd(kCallers, requests.size(), [&](std::size_t agent) {
            for (const Bytes& request : requests[agent]) send(agent, request);
        });
    });
    return static_cast<double>(requests.size() * requests.front().size()) / nanoseconds * 1e9;
}

double in_process(HubRig& rig, const Agents& agents, std::size_t syncs) {
    const Requests requests = requests_of(agents, syncs);
    return per_second(requests, [&](std::size_t agent, const Bytes& request) {
        must(rig.hub().ingest().sync(request, agents[agent]->tls_key()));
    });
}

/// The service's HTTPS on loopback; each agent keeps its connection.
class Line {
public:
    Line(HubRig& rig, const Agents& agents)
        : rig_(rig), log_(text_, rig.env().clock), api_(rig.hub(), rig.env().clock, log_) {
        const auto& tls = rig.hub().trust().tls_server();
        HttpServerOptions options;
        options.address = "127.0.0.1:0";
        options.tls = TlsServerOptions{{tls.private_key_pem, tls.certificate},        hub_asks_, tls.authority,
                                       [this] { return rig_.hub().clock().running; }, {},        {}};
        options.max_connections = static_cast<int>(2 * kAgents);
        server_ = must(make_http_server(std::move(options), [this](const HttpRequest& r) { return api_.answer(r); }));
        for (const auto& agent : agents) lines_.push_back(dial(*agent));
    }

    void send(std::size_t agent, const Bytes& request) {
        const HttpAnswer answer = must(lines_[agent]->post("/v1/sync", request, kMaxSyncAnswerBytes));
        expect(answer.status == 200, "a sync of our own");
    }

private:
    std::unique_ptr<Transport> dial(const HubAgent& agent) const {
        PocoTransportOptions options;
        options.host = "127.0.0.1";
        options.port = server_->port();
        options.ca_der = rig_.hub().trust().tls_server().authority;
        options.identity = TlsIdentity{agent.tls().private_key_pem, agent.certificate()};
        options.now = [this] { return rig_.hub().clock().running; };
        return must(make_poco_transport(std::move(options)));
    }

    static constexpr ClientCertificate hub_asks_ = ClientCertificate::optional;
    HubRig& rig_;
    std::ostringstream text_;
    hub::Log log_;
    hub::AgentApi api_;
    std::unique_ptr<HttpServer> server_;
    std::vector<std::unique_ptr<Transport>> lines_;
};

double over_tls(HubRig& rig, const Agents& agents, std::size_t syncs) {
    Line line(rig, agents);
    for (std::size_t i = 0; i < agents.size(); ++i) line.send(i, agents[i]->sync_request(0));  // handshakes
    const Requests requests = requests_of(agents, syncs);
    return per_second(requests, [&](std::size_t agent, const Bytes& request) { line.send(agent, request); });
}

double bare_commits(const std::filesystem::path& file, std::size_t count) {
    BareDatabase database(file);
    const double nanoseconds = timed([&] {
        for (std::size_t i = 0; i < count; ++i) database.commit(kDecisions + 1);
    });
    return static_cast<double>(count) / nanoseconds * 1e9;
}

}  // namespace

std::vector<Row> carrying_rows(const Run& run) {
    progress("carrying syncs");
    HubRig rig(run.folder / "hub", run.suite);
    const Agents agents = enrolled(rig);
    const std::size_t syncs = run.size(kSyncs, 1);
    const double plain = in_process(rig, agents, syncs);
    progress("carrying syncs over TLS");
    const double tls = over_tls(rig, agents, syncs);
    const double commits = bare_commits(run.folder / "bare.db", run.size(kCommits, 10));
    const std::string baseline = "bare SQLite, same rows";
    return {{"carrying syncs, 16 callers, per second",
             "/s",
             plain,
             baseline,
             commits,
             Goal{GoalOf::measured, GoalSide::at_least, 2'000},
             {}},
            {"- over TLS, agents on the same cores", "/s", tls, baseline, commits, {}, {}}};
}

}  // namespace zige::bench
