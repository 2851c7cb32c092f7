#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "hub/core/hub.h"
#include "hub/core/recovery.h"
#include "shared/ports/clock.h"

namespace zige::bench {

/// `threshold` of `count` root keys.
struct Roots {
    std::uint8_t threshold = 1;
    std::size_t count = 1;
};

/// The real core of a hub over SQLite in one folder, with keys and witness on the same disk, as the service puts it
/// together; only the network is absent.
class HubRig {
public:
    HubRig(const std::filesystem::path& folder, Suite suite, Roots roots = {});
    ~HubRig();

    hub::Hub& hub() { return *hub_; }
    const hub::Environment& env() const { return *env_; }
    /// A private root key, as it lies on a stick.
    std::unique_ptr<Signer> root(std::size_t number) const;

    /// With people 1 .. `people` on its roster; nobody is on two rosters.
    void add_institution(const std::string& code, InstitutionKind kind, std::size_t people);
    std::string code_of_person(std::size_t number) const;  ///< counted over all rosters, from 0

    void back_up();   ///< the database, as `zige-hub backup` does
    void put_back();  ///< the hub ends, the copy takes the database's place, the hub starts

    static constexpr const char* kActor = "bench";

private:
    std::filesystem::path root_path(std::size_t number) const;
    void start();

    std::filesystem::path folder_;
    std::unique_ptr<Hasher> hasher_;
    std::unique_ptr<Verifier> verifier_;
    std::unique_ptr<KeyMaker> keys_;
    std::unique_ptr<Compressor> compressor_;
    std::unique_ptr<Clock> clock_;
    std::unique_ptr<Random> random_;
    std::unique_ptr<Files> files_;
    std::unique_ptr<hub::Store> store_;
    std::unique_ptr<hub::Environment> env_;
    std::unique_ptr<hub::Hub> hub_;
    hub::HubOptions options_;
    std::size_t people_ = 0;
};

/// Ends the bench with the error's description.
template <class T>
T must(Result<T> result) {
    if (!result.ok()) throw std::runtime_error("unexpected error: " + result.error().describe());
    return std::move(result).value();
}
inline void must(const Result<void>& result) {
    if (!result.ok()) throw std::runtime_error("unexpected error: " + result.error().describe());
}

}  // namespace zige::bench
