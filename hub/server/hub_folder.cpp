#include "hub/server/hub_folder.h"

#include "hub/pdf/printer.h"
#include "hub/store/sqlite_store.h"
#include "shared/openssl/crypto.h"
#include "shared/openssl/key_maker.h"
#include "shared/poco/json.h"
#include "shared/posix/clock.h"
#include "shared/posix/files.h"
#include "shared/posix/gb18030.h"
#include "shared/qr/encoder.h"
#include "shared/qr/render.h"
#include "shared/wire/dictionary.h"
#include "shared/zlib/compressor.h"

namespace zige::hub {
namespace {

constexpr std::size_t kMaxConfigFile = 16U << 10;
constexpr std::size_t kMaxPath = 4096;

/// Relative paths are relative to where the operator stands, not to where a later command is run.
std::string lasting(const std::filesystem::path& path) {
    return std::filesystem::absolute(path).lexically_normal().string();
}

Json config_json(const HubPaths& paths) {
    return Json::object({{"keys", lasting(paths.keys)},
                         {"root_key", lasting(paths.root_key)},
                         {"witness", lasting(paths.witness)},
                         {"suite", to_string(paths.suite)}});
}

HubOptions options_of(const HubPaths& paths) {
    HubOptions options;
    options.keys = {paths.keys, paths.root_key};
    options.witness = paths.witness;
    return options;
}

Result<void> make_folders(const HubPaths& paths) {
    for (const auto& folder : {paths.data, paths.keys, paths.witness.parent_path(), paths.root_key.parent_path()})
        if (!folder.empty() && !std::filesystem::exists(folder)) ZIGE_CHECK(make_private_folder(folder));
    ZIGE_CHECK(make_private_folder(paths.data));
    return make_private_folder(paths.keys);
}

Result<std::unique_ptr<Files::Lock>> take(Files& files, const HubPaths& paths) {
    auto lock = files.lock(paths.lock());
    if (!lock.ok() && lock.error().id == ErrorId::file_locked)
        return fail(ErrorId::hub_busy, "data", paths.data.string());
    return lock;
}

}  // namespace

/// The adapters, and the core on them.
struct HubParts {
    explicit HubParts(Suite suite)
        : clock(make_system_clock()),
          files(make_posix_files()),
          random(make_random()),
          hasher(make_hasher(suite)),
          verifier(make_verifier(suite)),
          keys(make_key_maker(suite)),
          compressor(make_compressor(wire::dictionaries())),
          gb18030(make_gb18030_decoder()),
          qr(make_qr_encoder()),
          pdf(make_pdf_printer(*qr)),
          press{*pdf, *qr, qr_svg} {}

    Environment environment() { return {*store, *clock, *random, *hasher, *verifier, *keys, *compressor, *files}; }

    Result<void> open_store(const HubPaths& paths) {
        ZIGE_TRY(opened, make_sqlite_store({paths.database()}));
        store = std::move(opened);
        return {};
    }

    std::unique_ptr<Clock> clock;
    std::unique_ptr<Files> files;
    std::unique_ptr<Random> random;
    std::unique_ptr<Hasher> hasher;
    std::unique_ptr<Verifier> verifier;
    std::unique_ptr<KeyMaker> keys;
    std::unique_ptr<Compressor> compressor;
    std::unique_ptr<TextDecoder> gb18030;
    std::unique_ptr<QrEncoder> qr;
    std::unique_ptr<PdfPrinter> pdf;
    PaperPress press;
    std::unique_ptr<Files::Lock> lock;
    std::unique_ptr<Store> store;
    std::unique_ptr<Hub> hub;  // last: it refers to all the others
};

OwnedHub::OwnedHub(std::unique_ptr<HubParts> parts) : parts_(std::move(parts)) {}
OwnedHub::~OwnedHub() = default;
Hub& OwnedHub::hub() { return *parts_->hub; }
const Clock& OwnedHub::clock() const { return *parts_->clock; }
const TextDecoder& OwnedHub::gb18030() const { return *parts_->gb18030; }
const PaperPress& OwnedHub::press() const { return parts_->press; }

Result<HubPaths> read_hub_paths(const std::filesystem::path& data) {
    HubPaths paths;
    paths.data = data;
    auto content = make_posix_files()->read(paths.config(), kMaxConfigFile);
    if (!content.ok() && content.error().code() == Errc::not_found)
        return fail(ErrorId::hub_not_initialised, "data", data.string());
    if (!content.ok()) return content.error();
    const auto json = parse_json(as_text(*content), kMaxConfigFile);
    if (!json.ok()) return fail(ErrorId::config_unreadable, paths.config().string(), json.error().detail);
    const std::pair<const char*, std::filesystem::path*> places[] = {
        {"keys", &paths.keys}, {"root_key", &paths.root_key}, {"witness", &paths.witness}};
    for (const auto& [name, path] : places) {
        const auto text = text_member(*json, name, kMaxPath);
        if (!text.ok()) return fail(ErrorId::config_unreadable, paths.config().string(), name);
        *path = *text;
    }
    const auto suite_name = text_member(*json, "suite", 40);
    const auto suite = suite_name.ok() ? from_name<Suite>(*suite_name) : std::nullopt;
    if (!suite) return fail(ErrorId::config_unreadable, paths.config().string(), "suite");
    paths.suite = *suite;
    return paths;
}

Result<std::string> initialise(const NewHub& hub) {
    const HubPaths& paths = hub.paths;
    if (std::filesystem::exists(paths.config()))
        return fail(ErrorId::hub_already_initialised, "data", paths.data.string());
    ZIGE_CHECK(make_folders(paths));
    for (const auto& root : hub.options.more_roots)
        if (!root.parent_path().empty() && !std::filesystem::exists(root.parent_path()))
            ZIGE_CHECK(make_private_folder(root.parent_path()));
    HubParts parts(paths.suite);
    ZIGE_TRY(lock, take(*parts.files, paths));
    ZIGE_CHECK(parts.open_store(paths));
    ZIGE_CHECK(Hub::init(parts.environment(), options_of(paths), hub.options, hub.profile, hub.calendar, hub.undecided,
                         hub.profile_text));
    ZIGE_TRY(opened, Hub::open(parts.environment(), options_of(paths)));
    ZIGE_CHECK(parts.files->write(paths.config(), as_bytes(config_json(paths).write(2) + "\n")));
    return opened->trust().fingerprint();
}

Result<std::unique_ptr<OwnedHub>> OwnedHub::open(const HubPaths& paths) {
    auto parts = std::make_unique<HubParts>(paths.suite);
    ZIGE_CHECK(make_private_folder(paths.data));
    ZIGE_TRY(lock, take(*parts->files, paths));
    parts->lock = std::move(lock);
    // A configuration stands beside every database: nothing is begun anew under it.
    ZIGE_TRY(there, parts->files->exists(paths.database()));
    if (!there) return fail(ErrorId::hub_database_lost, "data", paths.database().string());
    ZIGE_CHECK(parts->open_store(paths));
    ZIGE_TRY(hub, Hub::open(parts->environment(), options_of(paths)));
    parts->hub = std::move(hub);
    return std::unique_ptr<OwnedHub>(new OwnedHub(std::move(parts)));
}

}  // namespace zige::hub
