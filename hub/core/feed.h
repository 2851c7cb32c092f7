#pragma once

#include <chrono>
#include <compare>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "hub/core/publisher.h"
#include "shared/wire/messages.h"

namespace zige::hub {

struct FeedOptions {
    std::chrono::seconds head_refresh{60};  ///< a cached head is signed anew after this
    std::chrono::days keep_blobs{7};
};

/// What agents get. Serves only states whose publish number the witness has. Any thread.
class Feed {
public:
    Feed(const Environment& env, const Trust& trust, Publisher& publisher, FeedOptions options = {});

    /// Envelope of the institution's head, from the cache: no reading of the database unless a publish has passed or
    /// the head is older than head_refresh. institution_not_found: no state yet; hub_behind_witness.
    Result<Bytes> head(const std::string& institution);

    struct Answer {
        MessageType type = MessageType::head;  ///< head, delta or manifest
        Bytes envelope;
    };
    /// What brings an agent from `have` (kGenesis: nothing) to the current state: its head if it is there, else a
    /// delta, else a manifest of the blob that holds the delta's envelope. An unknown state gives a snapshot. `staged`:
    /// state that a blob leads to which the agent is fetching: it gets that manifest again as long as the blob is kept.
    Result<Answer> update(const std::string& institution, const Hash256& have, const Hash256& staged = wire::kGenesis);
    /// The whole, as one envelope of any size: for a file.
    struct Snapshot {
        Hash256 state{};
        Bytes envelope;  ///< of a delta from nothing
    };
    Result<Snapshot> snapshot(const std::string& institution);
    /// Chunk `index` of the blob with this hash (Manifest::hash). sync_blob_gone; wire_bad_value: no such chunk.
    Result<Bytes> chunk(const Hash256& blob, std::uint32_t index) const;

    /// Envelope of what changed in the region ineligible set since `version`; nothing if nothing did.
    Result<std::optional<Bytes>> ineligible(std::uint32_t version) const;

    /// The current state: for `held`.
    struct Current {
        wire::State state;
        Hash256 hash{};
        std::uint32_t ineligible_version = 0;
    };
    Result<Current> current(const std::string& institution) const;

private:
    struct Cached {
        Bytes head;
        Instant signed_at{};
        std::uint64_t visible = 0;  ///< publish number at which it was made
        std::uint32_t trust_version = 0;
    };
    struct CachedAnswer {
        Answer answer;
        std::uint32_t trust_version = 0;  ///< a later one may not have the key that signed it
    };
    struct Way {
        Hash256 from{};
        Hash256 to{};
        auto operator<=>(const Way&) const = default;
    };
    /// A delta with what it leads to, not yet signed.
    struct Draft {
        Current current;
        wire::Delta delta;
        bool there = false;  ///< the agent has the current state already
    };
    Result<Current> load(Tx& tx, const std::string& institution) const;
    Result<Draft> draft(const std::string& institution, const Hash256& have) const;
    Result<Bytes> sign_head(const Current& current, Instant now) const;
    Result<std::optional<Bytes>> kept_manifest(const std::string& institution, const Way& way) const;
    Result<Answer> as_blob(const std::string& institution, const Way& way, Bytes envelope) const;
    Result<Answer> signed_manifest(Bytes manifest) const;

    Environment env_;
    const Trust& trust_;
    Publisher& publisher_;
    FeedOptions options_;
    std::mutex mutex_;  // guards the caches
    std::map<std::string, Cached> heads_;
    std::map<Way, CachedAnswer> deltas_;  // immutable objects, the same for all agents of an institution
};

}  // namespace zige::hub
