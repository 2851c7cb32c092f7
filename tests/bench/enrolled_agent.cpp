#include "tests/bench/enrolled_agent.h"

#include <cstdlib>

#include "agent/daemon/owned_agent.h"
#include "shared/posix/clock.h"
#include "tests/bench/corpus.h"
#include "tests/bench/hub_rig.h"

namespace zige::bench {
namespace {

daemon::Folder folder_of(const std::filesystem::path& data) {
    daemon::Folder folder;
    folder.root = data;
    folder.anchor = daemon::anchor_beside(data);
    return folder;
}

}  // namespace

EnrolledAgent::EnrolledAgent(const std::filesystem::path& folder, Suite suite, std::size_t people)
    : data_(folder / "data"),
      clock_(make_system_clock()),
      validity_{clock_->wall() - std::chrono::days{1}, clock_->wall() + std::chrono::days{30}},
      authority_(must(create_tls_ca("bench", validity_))),
      hub_(clock_->wall(), suite, authority_.certificate_der) {
    ::setenv("ZIGE_ACCEPT_VOLATILE_DISK", "1", 1);  // a smoke run may lie in memory
    std::filesystem::create_directories(folder);
    hub_.certify = [this](ByteView csr) {
        return must(issue_client_certificate(authority_, csr, "agent 3", validity_));
    };
    hub_.institution.mode = Mode::enforce;
    for (Registration& person : make_corpus(people, 0, 1).registrations()) {
        codes_.push_back(person.code);
        hub_.people.emplace(person.no.value, std::move(person));
    }
    hub_.publish();
    serve();
    enrol();
}

void EnrolledAgent::serve() {
    const IssuedCertificate own = must(issue_server_certificate(authority_, kHubTlsName, validity_));
    HttpServerOptions options;
    options.address = "127.0.0.1:0";
    options.tls = TlsServerOptions{{own.private_key_pem, own.certificate_der},
                                   ClientCertificate::optional,
                                   authority_.certificate_der,
                                   [this] { return now(); },
                                   {}};
    options.on_error = [](const std::string&) {};
    server_ = must(make_http_server(std::move(options), [this](const HttpRequest& request) {
        const std::lock_guard lock(mutex_);
        hub_.now = now();
        const std::string path = request.query.empty() ? request.path : request.path + "?" + request.query;
        HttpAnswer answer = hub_.handle(request.method, path, request.body);
        return HttpReply{answer.status, "application/octet-stream", std::move(answer.body), {}};
    }));
}

void EnrolledAgent::enrol() {
    const auto owned = must(daemon::OwnedAgent::open(folder_of(data_), hub_.online->suite()));
    const std::string address = "https://127.0.0.1:" + std::to_string(server_->port());
    must(owned->agent().enrol({address, hub_.token, hub_.fingerprint()}));
    must(owned->service().sync(true));
    must(owned->agent().close());
}

void EnrolledAgent::move_people(std::size_t count) {
    const std::lock_guard lock(mutex_);
    const std::string department = "M" + std::to_string(10 + ++moves_);
    for (auto& [no, person] : hub_.people) {
        if (count-- == 0) break;
        person.department = department;
    }
    hub_.now = now();
    hub_.publish();
}

std::string EnrolledAgent::new_key(const std::string& name) {
    const auto owned = must(daemon::OwnedAgent::open(folder_of(data_), hub_.online->suite()));
    return must(owned->keys().create(name, daemon::CallerRole::his, now()));
}

}  // namespace zige::bench
