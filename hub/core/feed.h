#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "hub/core/publisher.h"
#include "shared/wire/messages.h"

namespace zige::hub {

struct FeedOptions {
    std::chrono::seconds head_refresh{60};    ///< a cached head is signed anew after this
    std::chrono::days keep_blobs{7};
};

/// What agents get. Serves only states whose publish number the witness has. Any thread.
class Feed {
public:
    Feed(const Environment& env, const Trust& trust, const Publisher& publisher, FeedOptions options = {});

    /// Envelope of the institution's head, from the cache. agent_no_copy: no state yet; hub_behind_witness.
    Result<Bytes> head(const std::string& institution);

    struct Answer {
        MessageType type = MessageType::head;  ///< head, delta or manifest
        Bytes envelope;
    };
    /// What brings an agent from `have` (kGenesis: nothing) to the current state: its head if it is there, else a delta,
    /// else a manifest of the blob that holds the delta's envelope. An unknown state gives a snapshot.
    Result<Answer> update(const std::string& institution, const Hash256& have);
    /// Chunk `index` of the blob that arrived at state... named by Manifest::hash. sync_blob_gone; wire_bad_value.
    Result<Bytes> chunk(const Hash256& blob, std::uint32_t index) const;

    /// Envelope of what changed in the region ineligible set since `version`; nothing if nothing did.
    Result<std::optional<Bytes>> ineligible(std::uint32_t version);

    /// Hash and number of the current state: for `held`.
    struct Current {
        wire::State state;
        Hash256 hash{};
        Instant published{};
        std::uint32_t ineligible_version = 0;
    };
    Result<Current> current(const std::string& institution);

private:
    struct Cached {
        Current current;
        std::uint64_t visible = 0;  ///< publish number at which it was read
        Bytes head;
        Instant head_time{};
    };
    Result<Current> load(const std::string& institution, std::uint64_t visible) const;
    Result<Answer> make_update(const Current& current, const Hash256& have) const;
    Result<Answer> as_blob(const Current& current, const Hash256& have, Bytes envelope) const;

    Environment env_;
    const Trust& trust_;
    const Publisher& publisher_;
    FeedOptions options_;
    std::mutex mutex_;  // guards the caches
    std::map<std::string, Cached> heads_;
    std::map<std::pair<Hash256, Hash256>, Answer> updates_;  // (from, to)
};

}  // namespace zige::hub
