#include <algorithm>

#include "hub/core/rotation.h"
#include "shared/wire/codec.h"
#include "tests/bench/hub_rig.h"
#include "tests/bench/run.h"

namespace zige::bench {
namespace {

constexpr double kSignature = 64;
constexpr std::size_t kMissed = 24;
const Goal kKilobyte{GoalOf::measured, GoalSide::at_most, 1000};

/// A hub whose trust document was rotated until it holds as many online keys as it keeps.
class Rotated {
public:
    Rotated(const Run& run, Roots roots)
        : roots_(roots),
          rig_(run.folder / ("trust-" + std::to_string(roots.threshold) + "-" + std::to_string(roots.count)), run.suite,
               roots) {
        for (std::size_t i = 0; i < hub::kKeptOnlineKeys; ++i) rotate();
    }

    /// Bytes of the step.
    double rotate(const hub::NextTrust& wish = {}, const std::vector<std::unique_ptr<Signer>>& more = {}) {
        hub::TrustDraft draft = must(rig_.hub().rotation().draft(wish));
        for (std::size_t i = 0; i < roots_.threshold; ++i)
            must(hub::sign_draft(draft, *rig_.root(i), rig_.env().verifier));
        for (const auto& root : more) must(hub::sign_draft(draft, *root, rig_.env().verifier));
        must(rig_.hub().rotation().publish(HubRig::kActor, draft));
        return static_cast<double>(rig_.hub().trust().chain().back().size());
    }

    /// The answer to an agent that was away so long.
    double missed() {
        const std::uint32_t last_seen = rig_.hub().trust().version();
        for (std::size_t i = 0; i < kMissed; ++i) rotate();
        return static_cast<double>(wire::encode_trust_chain(rig_.hub().trust().chain_after(last_seen)).size());
    }

    /// A step that hands on to as many other roots, signed by the thresholds of both.
    double replaced() {
        hub::NextTrust wish;
        std::vector<std::unique_ptr<Signer>> signers;
        for (std::size_t i = 0; i < roots_.count; ++i) {
            auto root = must(rig_.env().keys.open_signing_key(must(rig_.env().keys.make_signing_key())));
            wish.root_keys.push_back(root->public_key());
            if (i < roots_.threshold) signers.push_back(std::move(root));
        }
        return rotate(wish, signers);
    }

    double new_per_step() const {
        return roots_.threshold * kSignature + static_cast<double>(public_key_bytes(rig_.env().verifier.suite()));
    }

private:
    Roots roots_;
    HubRig rig_;
};

std::string of(Roots roots) {
    return std::to_string(roots.threshold) + " of " + std::to_string(roots.count) + " roots";
}

}  // namespace

/// Of the real rotation: three online keys, a certificate of the TLS authority, hub id of 14 characters.
std::vector<Row> trust_rows(const Run& run) {
    progress("trust steps");
    const std::string baseline = "signatures + the new key";
    std::vector<Row> rows;
    for (const Roots roots : {Roots{1, 1}, Roots{2, 3}, Roots{3, 5}}) {
        Rotated hub(run, roots);
        const double least = hub.new_per_step();
        rows.push_back({"trust step, " + of(roots), "B", hub.rotate(), baseline, least, kKilobyte, {}});
        rows.push_back({"- " + std::to_string(kMissed) + " missed ones, one answer",
                        "B",
                        hub.missed(),
                        baseline,
                        kMissed * least,
                        {},
                        {}});
        rows.push_back({"- all roots replaced", "B", hub.replaced(), "", 0, {}, {}});
    }
    return rows;
}

}  // namespace zige::bench
