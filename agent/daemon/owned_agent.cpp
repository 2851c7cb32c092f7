#include "agent/daemon/owned_agent.h"

#include "agent/daemon/disk_check.h"
#include "agent/daemon/help.h"
#include "agent/store/stores.h"
#include "shared/openssl/crypto.h"
#include "shared/openssl/sealing.h"
#include "shared/posix/clock.h"
#include "shared/posix/disk.h"
#include "shared/posix/files.h"
#include "shared/wire/codec.h"
#include "shared/wire/dictionary.h"
#include "shared/zlib/compressor.h"

namespace zige::daemon {
namespace {

/// The suite that the enrolment proved, `otherwise` before there is one.
Result<Suite> suite_of(Files& files, const std::filesystem::path& path, Suite otherwise) {
    auto enrolment = agent::load_enrolment(files, path);
    if (!enrolment && enrolment.error().id == ErrorId::agent_not_enrolled) return otherwise;
    if (!enrolment) return enrolment.error();
    return suite_of_trust(enrolment->trust);
}

/// Databases that an earlier version made readable for others, behind the folder's own 0700.
void make_private(const std::filesystem::path& database) {
    using std::filesystem::perms;
    for (const char* const part : {"", "-wal", "-shm"}) {
        std::error_code ignored;  // not there, or not ours to change: the folder keeps others out
        std::filesystem::permissions(database.string() + part, perms::owner_read | perms::owner_write, ignored);
    }
}

}  // namespace

Result<Suite> suite_of_trust(ByteView signed_trust) {
    ZIGE_TRY(trust, wire::decode_signed_trust(signed_trust));
    ZIGE_TRY(document, wire::decode_trust_document(trust.document));
    return document.suite;
}

std::filesystem::path anchor_beside(const std::filesystem::path& folder) {
    std::string beside = folder.lexically_normal().string();
    while (beside.size() > 1 && beside.back() == '/') beside.pop_back();
    return beside + ".anchor";
}

OwnedAgent::~OwnedAgent() = default;

Result<std::unique_ptr<OwnedAgent>> OwnedAgent::open(const Folder& folder, Suite suite, Access access,
                                                     const MakeHub& make_hub) {
    std::unique_ptr<OwnedAgent> owned(new OwnedAgent());
    ZIGE_CHECK(owned->open_parts(folder, suite, access));
    ZIGE_CHECK(owned->open_stores(folder, access));
    if (make_hub) owned->other_hub_ = make_hub(*owned->vault_);
    agent::TransportFactory* const hub = owned->other_hub_ ? owned->other_hub_.get() : owned->connector_.get();
    const agent::Agent::Ports ports{
        *owned->clock_,         *owned->random_,
        *owned->files_,         *owned->replica_store_,
        *owned->journal_store_, *hub,
        *owned->vault_,         {*owned->hasher_, *owned->verifier_, *owned->compressor_, *owned->sealer_}};
    const auto disk = see_disk(folder.root);
    const bool fleeting = disk.ok() && disk->kind == DiskKind::fleeting && !accepts_fleeting_disk();
    ZIGE_TRY(agent, agent::Agent::open(ports, {folder, folder.anchor, "zige-agent " + version_text(), fleeting}));
    owned->agent_ = std::move(agent);
    owned->connector_->set_time([time = &owned->agent_->time()] { return time->running(); });
    ZIGE_TRY(keys, ApiKeys::open(folder.api_keys(), *owned->files_, *owned->hasher_, *owned->random_));
    owned->keys_ = std::move(keys);
    ZIGE_TRY(clerks, PinBook::open(folder.clerks(), *owned->files_, *owned->random_, *owned->clock_));
    owned->clerks_ = std::move(clerks);
    ZIGE_TRY(people, PinBook::open(folder.people_pins(), *owned->files_, *owned->random_, *owned->clock_));
    owned->people_pins_ = std::move(people);
    owned->service_ = std::make_unique<LocalService>(
        LocalService::Parts{*owned->agent_, *owned->keys_, *owned->clerks_, *owned->people_pins_, *owned->random_, *owned->clock_});
    return owned;
}

Result<void> OwnedAgent::open_parts(const Folder& folder, Suite suite, Access access) {
    files_ = make_posix_files();
    ZIGE_CHECK(make_private_folder(folder.root));
    ZIGE_CHECK(make_private_folder(folder.keys()));
    if (access == Access::write) {
        ZIGE_TRY(lock, agent::own(*files_, folder));
        lock_ = std::move(lock);
    }
    clock_ = make_system_clock();
    random_ = make_random();
    ZIGE_TRY(known, suite_of(*files_, folder.enrolment(), suite));
    hasher_ = make_hasher(known);
    verifier_ = make_verifier(known);
    compressor_ = make_compressor(wire::dictionaries());
    sealer_ = make_sealer(known);
    vault_ = std::make_unique<FileKeyVault>(folder.keys(), *files_, known);
    connector_ = std::make_unique<HubConnector>(*vault_);
    return {};
}

Result<void> OwnedAgent::open_stores(const Folder& folder, Access access) {
    const bool look = access == Access::look;
    ZIGE_TRY(replica, agent::open_replica_store(folder.replica(), {}, look));
    replica_store_ = std::move(replica);
    ZIGE_TRY(journal, agent::open_journal_store(folder.journal(), {}, look));
    journal_store_ = std::move(journal);
    if (look) return {};
    make_private(folder.replica());
    make_private(folder.journal());
    return {};
}

}  // namespace zige::daemon
