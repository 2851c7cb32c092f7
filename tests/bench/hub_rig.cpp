#include "tests/bench/hub_rig.h"

#include <array>

#include "hub/store/sqlite_store.h"
#include "shared/domain/calendar.h"
#include "shared/domain/profile.h"
#include "shared/openssl/crypto.h"
#include "shared/openssl/key_maker.h"
#include "shared/posix/clock.h"
#include "shared/posix/files.h"
#include "shared/wire/dictionary.h"
#include "shared/zlib/compressor.h"

namespace zige::bench {
namespace {

constexpr std::size_t kMaxKeyFile = 4096;

/// 18 digits with the right last one: division, a birthday, `number`.
std::string identity_number(std::size_t number) {
    static constexpr std::array kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    std::string digits = std::to_string(1'000'000 + number);
    digits = "411500" + std::to_string(1960 + number / 1'000 % 40) + "0" + digits.substr(1);
    int sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (digits[i] - '0') * kWeights[i];
    return digits + "10X98765432"[sum % 11];
}

std::string person_code(std::size_t number) { return "D41150" + std::to_string(1'000'000 + number); }

}  // namespace

HubRig::HubRig(const std::filesystem::path& folder, Suite suite, Roots roots)
    : folder_(folder),
      hasher_(make_hasher(suite)),
      verifier_(make_verifier(suite)),
      keys_(make_key_maker(suite)),
      compressor_(make_compressor(wire::dictionaries())),
      clock_(make_system_clock()),
      random_(make_random()),
      files_(make_posix_files()) {
    for (const char* each : {"", "keys", "stick", "witness"}) must(make_private_folder(folder / each));
    options_.keys = {folder / "keys", root_path(0)};
    options_.witness = folder / "witness" / "file";
    store_ = must(hub::make_sqlite_store({folder / "hub.db"}));
    env_ = std::make_unique<hub::Environment>(
        hub::Environment{*store_, *clock_, *random_, *hasher_, *verifier_, *keys_, *compressor_, *files_});
    hub::InitOptions init;
    init.hub_id = "xinyang-411500";
    init.suite = suite;
    init.actor = kActor;
    init.threshold = roots.threshold;
    for (std::size_t number = 1; number < roots.count; ++number) init.more_roots.push_back(root_path(number));
    must(hub::Hub::init(*env_, options_, init, henan_xinyang(), Calendar::official(), {}));
    start();
}
HubRig::~HubRig() = default;

void HubRig::start() {
    hub_.reset();
    store_.reset();
    store_ = must(hub::make_sqlite_store({folder_ / "hub.db"}));
    env_ = std::make_unique<hub::Environment>(
        hub::Environment{*store_, *clock_, *random_, *hasher_, *verifier_, *keys_, *compressor_, *files_});
    hub_ = must(hub::Hub::open(*env_, options_));
}

std::filesystem::path HubRig::root_path(std::size_t number) const {
    return folder_ / "stick" / ("root" + std::to_string(number) + ".key");
}

std::unique_ptr<Signer> HubRig::root(std::size_t number) const {
    return must(keys_->open_signing_key(as_text(must(files_->read(root_path(number), kMaxKeyFile)))));
}

std::string HubRig::code_of_person(std::size_t number) const { return person_code(number); }

void HubRig::add_institution(const std::string& code, InstitutionKind kind, std::size_t people) {
    must(hub_->registry().add_institution(kActor, {code, "机构" + code, kind, "411500", Mode::observe, {}, {}}));
    if (people == 0) return;
    std::vector<hub::RosterRow> rows(people);
    for (hub::RosterRow& row : rows) {
        row.line = static_cast<std::uint32_t>(1 + people_);
        row.national_code = person_code(people_);
        row.name = "人员" + std::to_string(people_);
        row.certificate_type = "01";
        row.certificate_number = identity_number(people_++);
        row.department = "A01";
    }
    const auto report = must(hub_->registry().import_roster(kActor, code, rows, {}));
    expect(report.added == people, "a roster of our own");
}

void HubRig::back_up() { must(hub::copy_sqlite_store(folder_ / "hub.db", folder_ / "backup.db")); }

void HubRig::put_back() {
    hub_.reset();
    store_.reset();
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(folder_ / (std::string("hub.db") + end));
    std::filesystem::copy_file(folder_ / "backup.db", folder_ / "hub.db");
    start();
}

}  // namespace zige::bench
