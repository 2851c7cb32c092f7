#include "agent/daemon/connection.h"

#include "agent/daemon/remote_service.h"
#include "shared/poco/transport.h"
#include "shared/posix/files.h"

namespace zige::daemon {
namespace {

constexpr std::chrono::minutes kLongestCall{30};  // a first sync over a bad line

/// Null when no daemon listens.
std::unique_ptr<AgentService> find_daemon(const Folder& folder) {
    std::error_code ignored;
    if (!std::filesystem::exists(folder.socket(), ignored)) return nullptr;
    auto remote = std::make_unique<RemoteService>(make_local_http_client({folder.socket().string(), {}, kLongestCall}));
    const auto answer = remote->call({"GET", "/v1/status", "", "", {}});
    const auto error = error_of(answer);
    if (error && error->code() == Errc::unavailable) return nullptr;
    return remote;
}

}  // namespace

/// The first sync leaves the hub's word about the journal: without an enrolment beside it, that was lost.
Result<bool> is_enrolled(const Folder& folder) {
    const auto files = make_posix_files();
    ZIGE_TRY(enrolled, files->exists(folder.enrolment()));
    if (enrolled) return true;
    ZIGE_TRY(was, files->exists(folder.held()));
    if (was) return fail(ErrorId::enrol_damaged, folder.enrolment().filename().string(), "missing");
    return false;
}

Result<Connection> Connection::open(const Folder& folder) {
    ZIGE_TRY(enrolled, is_enrolled(folder));
    if (!enrolled) return fail(ErrorId::agent_not_enrolled, "", folder.root.string());
    Connection connection;
    connection.remote_ = find_daemon(folder);
    if (connection.remote_) return connection;
    connection.only_looks_ = on_read_only_disk(folder.root);
    ZIGE_TRY(owned,
             OwnedAgent::open(folder, Suite::ed25519_sha256, connection.only_looks_ ? Access::look : Access::write));
    connection.owned_ = std::move(owned);
    return connection;
}

Result<void> Connection::close() {
    if (!owned_ || only_looks_) return {};
    return owned_->agent().close();
}

}  // namespace zige::daemon
