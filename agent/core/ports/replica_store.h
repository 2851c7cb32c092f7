#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/base/time.h"
#include "shared/domain/ids.h"
#include "shared/wire/messages.h"

namespace zige::agent {

/// The signed copy on disk, and a few small values. One thread at a time calls commit(); load() comes first.
/// db_failed, db_busy: the change was not made; db_corrupt, replica_corrupt: reset() and fetch a snapshot;
/// db_newer_schema: a newer program wrote it.
class ReplicaStore {
public:
    virtual ~ReplicaStore() = default;

    struct Record {
        RecordNo no;
        Bytes bytes;  ///< encoded wire Record
        bool operator==(const Record&) const = default;
    };
    struct Ineligible {
        std::uint32_t version = 0;
        Bytes salt;
        std::vector<wire::IneligibleEntry> entries;  ///< sorted by key, from, status
        bool operator==(const Ineligible&) const = default;
    };
    /// A reset by root waits for the first state of this epoch, made under this trust document or a later one.
    struct Reset {
        Epoch epoch;
        std::uint32_t trust_version = 0;
        bool operator==(const Reset&) const = default;
    };
    /// A copy from before the hub was recovered: it still counts (REC-5).
    struct Before {
        Bytes state;
        Bytes config;
        std::vector<Record> records;  ///< ascending numbers
    };
    struct Content {
        std::optional<Bytes> state;  ///< encoded wire State; nothing: no copy yet
        Instant as_of{};             ///< newest signed hub time at which this state was current
        Bytes config;                ///< encoded wire Config
        Bytes trust;                 ///< newest trust document: encoded SignedTrust; empty: none stored
        std::optional<Reset> reset;
        std::vector<Record> records;  ///< ascending numbers
        Ineligible ineligible;
        Bytes proof;                 ///< of the state, as the caller encoded it; empty: none
        std::vector<Before> before;  ///< oldest first
    };
    virtual Result<Content> load() = 0;

    /// What is set, changes; all of it in one transaction, durable on return, or nothing.
    struct Change {
        std::optional<Bytes> state;
        std::optional<Instant> as_of;
        std::optional<Bytes> config;
        std::optional<Bytes> trust;
        std::optional<Reset> reset;    ///< of trust version 0: none waits any more
        std::optional<Bytes> clock;    ///< the value "clock"
        std::optional<Bytes> proof;
        bool keep_before = false;      ///< first of all the copy that is held is put beside: it still counts
        bool drop_before = false;      ///< what stands beside counts no more
        bool replace_records = false;  ///< records that are not listed go (a snapshot)
        std::vector<Record> records;
        bool replace_ineligible = false;
        std::optional<std::uint32_t> ineligible_version;
        std::optional<Bytes> ineligible_salt;
        std::vector<wire::IneligibleEntry> ineligible_removed;
        std::vector<wire::IneligibleEntry> ineligible_added;
    };
    virtual Result<void> commit(const Change& change) = 0;

    /// Small values by name (persisted running time, contact slot). Durable on return. Any thread.
    virtual Result<std::optional<Bytes>> value(std::string_view name) = 0;
    virtual Result<void> set_value(std::string_view name, ByteView value) = 0;

    /// Forgets everything, damaged or not: an empty store, ready for a snapshot.
    virtual Result<void> reset() = 0;
};

}  // namespace zige::agent
