#pragma once

#include <memory>
#include <string>

#include "hub/core/hub.h"
#include "hub/store/sqlite_store.h"
#include "shared/openssl/crypto.h"
#include "shared/openssl/key_maker.h"
#include "shared/zlib/compressor.h"
#include "tests/support/fakes.h"
#include "tests/support/temp_dir.h"

namespace zige::hub::testing {

using zige::testing::FakeClock;
using zige::testing::MemoryFiles;
using zige::testing::SeededRandom;
using zige::testing::TempDir;

Day day(std::string_view text);     ///< "2026-03-10"
Instant at(std::string_view text);  ///< "2026-03-10 08:00:00", China time

inline const std::string kHospital = "H41150000001";
inline const std::string kTownship = "H41150000002";
inline const std::string kPharmacy = "P41150000003";
inline const std::string kSecondStore = "P41150000004";
inline const std::string kOperator = "operator";

/// A hub on a real SQLite file with real crypto, on 2026-03-02; keys and witness lie on a memory disk.
struct HubFixture {
    explicit HubFixture(Suite suite = Suite::ed25519_sha256);
    ~HubFixture();

    /// Stops the hub and starts it again over the same disk.
    Result<void> reopen();
    Hub& hub() { return *hub_; }
    Environment& env() { return *env_; }

    /// Adds an institution of its kind in mode enforce, every undecided value confirmed before.
    void add(const std::string& code, InstitutionKind kind = InstitutionKind::hospital);
    ImportReport import(const std::string& institution, const std::vector<RosterRow>& rows);
    /// Suspends from the given day; the notice was served the day before.
    SanctionResult suspend(const std::string& who, std::string_view from, const std::string& document,
                           std::optional<Day> nominal_end = {});
    PersonInfo person(const std::string& who);
    Seq seq(const std::string& institution);
    std::uint64_t log_size();

    TempDir folder;
    FakeClock clock{at("2026-03-02 08:00:00")};
    SeededRandom random{7};
    MemoryFiles files;
    std::unique_ptr<Hasher> hasher;
    std::unique_ptr<Verifier> verifier;
    std::unique_ptr<KeyMaker> keys;
    std::unique_ptr<Compressor> compressor;
    std::unique_ptr<Store> store;
    HubOptions options;

private:
    std::unique_ptr<Environment> env_;
    std::unique_ptr<Hub> hub_;
};

/// A line of a roster; the identity number is what makes the person.
RosterRow row(const std::string& code, const std::string& name, const std::string& number,
              Category category = Category::physician);

/// Fails the test with the error's description.
template <class T>
T must(Result<T> result) {
    if (!result.ok()) throw std::runtime_error("unexpected error: " + result.error().describe());
    return std::move(result).value();
}
void must(const Result<void>& result);

}  // namespace zige::hub::testing
