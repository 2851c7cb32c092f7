#include "tests/simulation/machines.h"

#include <cppunit/TestAssert.h>

#include <charconv>

#include "agent/core/anchor.h"
#include "agent/daemon/key_vault.h"
#include "agent/store/stores.h"
#include "hub/core/agents.h"
#include "hub/core/key_files.h"
#include "hub/core/recovery.h"
#include "shared/openssl/crypto.h"
#include "shared/openssl/key_maker.h"
#include "shared/openssl/sealing.h"
#include "shared/wire/codec.h"
#include "shared/wire/dictionary.h"
#include "shared/zlib/compressor.h"
#include "tests/simulation/cheap_crypto.h"
#include "tests/simulation/disk_store.h"

namespace zige::simulation {
namespace {

constexpr const char* kAnchor = "/elsewhere/anchor";

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

/// As hub/server/service.cpp has it.
int status_of(ErrorId error) {
    if (error == ErrorId::api_too_large || error == ErrorId::wire_too_large) return 413;
    switch (errc_of(error)) {
        case Errc::invalid: return 400;
        case Errc::untrusted: return 403;
        case Errc::not_found: return 404;
        case Errc::gap:
        case Errc::stale: return 409;
        case Errc::busy:
        case Errc::unavailable: return 503;
        case Errc::io:
        case Errc::corrupt:
        case Errc::unsupported:
        case Errc::internal: return 500;
    }
    return 500;
}

}  // namespace

World::World(Suite chosen, bool cheap_signatures)
    : suite(chosen),
      cheap(cheap_signatures),
      hasher(make_hasher(chosen)),
      sealer(make_sealer(chosen)),
      verifier(make_verifier(chosen)),
      compressor(make_compressor(wire::dictionaries())),
      keys(make_key_maker(chosen)) {
    verifier = make_remembering_verifier(std::move(verifier), *hasher);
    if (!cheap) return;
    verifier = make_cheap_verifier(*hasher);
    keys = make_cheap_key_maker(std::move(keys), *hasher);
}

Result<Bytes> World::key_of(ByteView certificate) const {
    if (certificate.empty()) return Bytes{};
    const auto known = keys_of_.find(to_bytes(certificate));
    if (known != keys_of_.end()) return known->second;
    ZIGE_TRY(facts, cheap ? read_cheap_certificate(certificate) : read_certificate(certificate));
    keys_of_[to_bytes(certificate)] = facts.public_key;
    return std::move(facts.public_key);
}

HubMachine::HubMachine(const World& world, std::uint64_t seed, Instant now)
    : world_(world),
      disk_(std::make_shared<testing::PowerDisk>(seed + 7)),
      vfs_(disk_),
      files_(disk_),
      clock_(now),
      random_(seed) {
    auto store = open_disk_store("/hub/db/hub.db", vfs_.name());
    CPPUNIT_ASSERT_MESSAGE(store.ok() ? "" : store.error().describe(), store.ok());
    store_ = std::move(*store);
    hub::InitOptions init;
    init.hub_id = "simulated-411500";
    init.suite = world.suite;
    init.actor = "simulation";
    const auto made = hub::Hub::init(environment(), options(), init, henan_xinyang(), Calendar::official(), {});
    CPPUNIT_ASSERT_MESSAGE(made.ok() ? "" : made.error().describe(), made.ok());
    const auto started = start();
    CPPUNIT_ASSERT_MESSAGE(started.ok() ? "" : started.error().describe(), started.ok());
}

hub::Environment HubMachine::environment() {
    return {*store_, clock_, random_, *world_.hasher, *world_.verifier, *world_.keys, *world_.compressor, files_};
}

hub::HubOptions HubMachine::options() {
    hub::HubOptions options;
    options.keys = {"/hub/keys", "/safe/root.pem"};
    options.witness = "/witness/witness";
    return options;
}

Result<void> HubMachine::start() {
    if (!store_) {
        ZIGE_TRY(store, open_disk_store("/hub/db/hub.db", vfs_.name()));
        store_ = std::move(store);
    }
    ZIGE_TRY(opened, hub::Hub::open(environment(), options()));
    hub_ = std::move(opened);
    return {};
}

void HubMachine::kill() {
    hub_.reset();
    store_.reset();
}

void HubMachine::lose_power(std::chrono::seconds off) {
    if (disk_->has_power()) disk_->cut_power_now();
    kill();
    disk_->reboot();
    clock_.reboot(off);
}

std::unique_ptr<Signer> HubMachine::root_key() {
    const Bytes pem = files_.read("/safe/root.pem", 4096).value();
    return world_.keys->open_signing_key(as_text(pem)).value();
}

std::pair<wire::OnlineKey, std::unique_ptr<Signer>> HubMachine::online_key() {
    const hub::KeyFiles files(files_, "/hub/keys");
    for (const auto& each : hub_->trust().online_keys(clock_.wall())) {
        if (!each.signs) continue;
        const Bytes pem = files.read_for(hub::KeyFiles::kOnline, each.key.public_key).value();
        return {each.key, world_.keys->open_signing_key(as_text(pem)).value()};
    }
    throw Bug("no online key signs");
}

std::optional<HttpAnswer> HubMachine::serve(const std::string& method, const std::string& path, ByteView body,
                                            const Bytes& peer_key) {
    if (!running() || !disk_->has_power()) return std::nullopt;
    auto answered = answer(method, path, body, peer_key);
    if (!disk_->has_power()) return std::nullopt;
    if (answered.ok()) return HttpAnswer{answered->empty() ? 204 : 200, std::move(*answered)};
    if (answered.error().id == ErrorId::agent_revoked) {
        answered = word_for(path, body, peer_key);
        if (answered.ok()) return HttpAnswer{410, std::move(*answered)};
    }
    const std::string body_text = std::string("{\"error\":\"") + to_string(answered.error().id) + "\"}";
    return HttpAnswer{status_of(answered.error().id), to_bytes(body_text)};
}

Result<Bytes> HubMachine::word_for(const std::string& path, ByteView body, const Bytes& peer_key) {
    if (path != "/v1/renew") return hub_->agents().word_for(peer_key);
    ZIGE_TRY(agent, hub::agent_of(body));
    return hub_->agents().word(agent);
}

/// The routes of hub/server/agent_api.cpp, each of them.
Result<Bytes> HubMachine::answer(const std::string& method, const std::string& path, ByteView body,
                                 const Bytes& peer_key) {
    const std::string place = method + " " + path.substr(0, path.find('?'));
    if (place == "GET /v1/trust") {
        return wire::encode_trust_chain(hub_->trust().chain_after(number(parameter(path, "from"))));
    }
    if (place == "POST /v1/enroll") return hub_->enrolment().enrol(body);
    if (place == "POST /v1/renew") return hub_->agents().renew(body);
    if (place == "POST /v1/sync") return hub_->ingest().sync(body, peer_key);
    if (place == "POST /v1/copy") {
        ZIGE_CHECK(hub_->recovery().hand_in(body, peer_key));
        return Bytes{};
    }
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
    : world_(world),
      name_(std::move(name)),
      disk_(std::make_shared<testing::PowerDisk>(seed)),
      vfs_(disk_),
      files_(disk_),
      clock_(now),
      random_(seed + 1),
      transports_(network, name_, [&world](ByteView certificate) { return world.key_of(certificate); }) {
    if (world.cheap) vault_ = make_cheap_vault("/agent/keys", files_, *world.keys);
    else vault_ = std::make_unique<daemon::FileKeyVault>("/agent/keys", files_, world.suite);
}

AgentMachine::~AgentMachine() { stop(); }

Result<void> AgentMachine::start() {
    const agent::DataFolder folder{"/agent"};
    ZIGE_TRY(replica_store, agent::open_replica_store(folder.replica(), vfs_.name()));
    ZIGE_TRY(journal_store, agent::open_journal_store(folder.journal(), vfs_.name()));
    replica_store_ = std::move(replica_store);
    journal_store_ = std::move(journal_store);
    const agent::Agent::Ports ports{
        clock_,          random_,     files_,  *replica_store_,
        *journal_store_, transports_, *vault_, {*world_.hasher, *world_.verifier, *world_.compressor, *world_.sealer}};
    ZIGE_TRY(opened, agent::Agent::open(ports, {folder, kAnchor, "simulation"}));
    agent_ = std::move(opened);
    (void)agent_->tick();  // as the daemon does first; a full disk waits for the next
    return {};
}

std::uint64_t AgentMachine::anchored() {
    const auto anchor = agent::read_anchor(files_, kAnchor);
    return anchor ? anchor->size : 0;
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
