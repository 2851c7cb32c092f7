#include "tests/simulation/machines.h"

#include <cppunit/TestAssert.h>

#include <charconv>

#include "agent/daemon/key_vault.h"
#include "agent/store/stores.h"
#include "hub/store/sqlite_store.h"
#include "shared/openssl/sealing.h"
#include "shared/openssl/crypto.h"
#include "shared/openssl/key_maker.h"
#include "shared/posix/files.h"
#include "shared/wire/codec.h"
#include "shared/wire/dictionary.h"
#include "shared/zlib/compressor.h"

namespace zige::simulation {
namespace {

/// The value of `name` in "/path?a=1&b=2"; empty if it is not there.
std::string parameter(const std::string& path, const std::string& name) {
    const std::size_t query = path.find('?');
    if (query == std::string::npos) return {};
    const std::string text = "&" + path.substr(query + 1);
    const std::size_t at = text.find("&" + name + "=");
    if (at == std::string::npos) return {};
    const std::size_t from = at + name.size() + 2;
    return text.substr(from, text.find('&', from) - from);
}

std::uint32_t number(const std::string& text) {
    std::uint32_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

int status_of(const Error& error) {
    switch (error.code()) {
    case Errc::untrusted: return 403;
    case Errc::not_found: return 404;
    case Errc::busy:
    case Errc::unavailable: return 503;
    case Errc::io:
    case Errc::corrupt:
    case Errc::unsupported:
    case Errc::internal: return 500;
    case Errc::invalid:
    case Errc::gap:
    case Errc::stale: return 400;
    }
    return 500;
}

}  // namespace

World::World(Suite chosen)
    : suite(chosen), hasher(make_hasher(chosen)), sealer(make_sealer(chosen)), verifier(make_verifier(chosen)),
      compressor(make_compressor(wire::dictionaries())), keys(make_key_maker(chosen)) {}

HubMachine::HubMachine(const World& world, std::uint64_t seed, Instant now)
    : world_(world), clock_(now), random_(seed), files_(make_posix_files()) {
    CPPUNIT_ASSERT(make_private_folder(folder_ / "keys").ok());
    auto store = hub::make_sqlite_store({folder_ / "hub.db"});
    CPPUNIT_ASSERT(store.ok());
    store_ = std::move(*store);
    hub::InitOptions init;
    init.hub_id = "simulated-411500";
    init.suite = world.suite;
    init.actor = "simulation";
    const auto made = hub::Hub::init(environment(), options(), init, henan_xinyang(), Calendar::official(), {});
    CPPUNIT_ASSERT_MESSAGE(made.ok() ? "" : made.error().describe(), made.ok());
    start();
}

hub::Environment HubMachine::environment() {
    return {*store_, clock_, random_, *world_.hasher, *world_.verifier, *world_.keys, *world_.compressor, *files_};
}

hub::HubOptions HubMachine::options() const {
    hub::HubOptions options;
    options.keys = {folder_ / "keys", folder_ / "root.pem"};
    options.witness = folder_ / "witness";
    return options;
}

void HubMachine::start() {
    if (!store_) {
        auto store = hub::make_sqlite_store({folder_ / "hub.db"});
        CPPUNIT_ASSERT_MESSAGE(store.ok() ? "" : store.error().describe(), store.ok());
        store_ = std::move(*store);
    }
    auto opened = hub::Hub::open(environment(), options());
    CPPUNIT_ASSERT_MESSAGE(opened.ok() ? "" : opened.error().describe(), opened.ok());
    hub_ = std::move(*opened);
    CPPUNIT_ASSERT(!hub_->stopped());
}

void HubMachine::kill() {
    hub_.reset();
    store_.reset();
}

HttpAnswer HubMachine::serve(const std::string& method, const std::string& path, ByteView body, const Bytes& peer_key) {
    auto answered = answer(method, path, body, peer_key);
    if (answered.ok()) return {200, std::move(*answered)};
    return {status_of(answered.error()), to_bytes(std::string("{\"error\":\"") + to_string(answered.error().id) + "\"}")};
}

Result<Bytes> HubMachine::answer(const std::string& method, const std::string& path, ByteView body, const Bytes& peer_key) {
    const std::string place = method + " " + path.substr(0, path.find('?'));
    if (place == "GET /v1/trust") {
        return wire::encode_trust_chain(hub_->trust().chain_after(number(parameter(path, "from"))));
    }
    if (place == "POST /v1/enroll") return hub_->enrolment().enrol(body);
    if (place == "POST /v1/sync") return hub_->ingest().sync(body, peer_key);
    ZIGE_TRY(institution, hub_->ingest().institution_of(peer_key));
    if (place == "GET /v1/head") return hub_->feed().head(institution);
    const std::string blob = "GET /v1/blob/";
    if (place.rfind(blob, 0) == 0) {
        const std::size_t slash = place.find('/', blob.size());
        const auto hash = from_hex(place.substr(blob.size(), slash - blob.size()));
        if (hash && to_hash(*hash)) return hub_->feed().chunk(*to_hash(*hash), number(place.substr(slash + 1)));
    }
    return fail(ErrorId::api_unknown_path, "path", path);
}

AgentMachine::AgentMachine(const World& world, Network& network, std::string name, std::uint64_t seed, Instant now)
    : world_(world), name_(std::move(name)), disk_(std::make_shared<testing::PowerDisk>(seed)), vfs_(disk_), files_(disk_),
      clock_(now), random_(seed + 1), transports_(network, name_),
      vault_(std::make_unique<daemon::FileKeyVault>("/agent/keys", files_, world.suite)) {}

AgentMachine::~AgentMachine() { stop(); }

Result<void> AgentMachine::start() {
    const agent::DataFolder folder{"/agent"};
    ZIGE_TRY(replica_store, agent::open_replica_store(folder.replica(), vfs_.name()));
    ZIGE_TRY(journal_store, agent::open_journal_store(folder.journal(), vfs_.name()));
    replica_store_ = std::move(replica_store);
    journal_store_ = std::move(journal_store);
    const agent::Agent::Ports ports{clock_,           random_,          files_,     *replica_store_,
                                    *journal_store_,  transports_,      *vault_,
                                    {*world_.hasher, *world_.verifier, *world_.compressor, *world_.sealer}};
    ZIGE_TRY(opened, agent::Agent::open(ports, {folder, "/elsewhere/anchor", "simulation"}));
    agent_ = std::move(opened);
    return {};
}

void AgentMachine::stop() {
    agent_.reset();
    journal_store_.reset();
    replica_store_.reset();
}

void AgentMachine::lose_power(std::chrono::seconds off) {
    if (disk_->has_power()) disk_->cut_power_now();
    stop();
    disk_->reboot();
    clock_.reboot(off);
}

}  // namespace zige::simulation
