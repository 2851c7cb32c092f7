#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "agent/core/crypto.h"
#include "agent/core/current.h"
#include "agent/core/ports/replica_store.h"
#include "agent/core/time_guard.h"
#include "shared/domain/copy.h"
#include "shared/wire/messages.h"

namespace zige::agent {

/// The copy at one version. Immutable.
struct View {
    std::shared_ptr<const Copy> copy;
    wire::State state;
    Instant as_of{};  ///< newest signed hub time at which this state is known to be current
    std::uint32_t ineligible_version = 0;
};

/// What a message of the hub did.
struct Applied {
    bool copy_changed = false;
    std::size_t records = 0;  ///< whole records in it
    std::size_t patches = 0;  ///< standing patches in it
    bool config = false;
};

/// The signed local copy of who may settle (P3, P4). Readers take view() and never wait for an apply;
/// all apply_* are for one thread at a time. A refused message leaves everything as it was.
class Replica {
public:
    /// Reads everything from the store and checks it against the stored state's root; no network.
    /// `enrolled_trust` is the document that enrolment proved; a newer stored one wins.
    /// replica_corrupt: reset the store and open again. Keeps references to its arguments.
    static Result<std::unique_ptr<Replica>> open(ReplicaStore& store, const Crypto& crypto, TimeGuard& time,
                                                 InstitutionCode institution, const Bytes& enrolled_trust);

    std::shared_ptr<const View> view() const { return view_.load(); }  ///< null: no copy yet
    std::shared_ptr<const wire::TrustDocument> trust() const { return trust_.load(); }

    /// Signed trust documents, ascending, each signed by the one before it; those that are known are skipped.
    /// Durable on return; ErrorId of wire::check_trust: the documents before the bad one are kept.
    Result<void> apply_trust(std::span<const Bytes> documents);

    /// A signed head: the same state dates the copy. gap (wire_gap): the hub has a newer state, carry a sync.
    /// wire_replayed, wire_fork, wire_epoch_jump, wire_wrong_institution; those of opening an envelope.
    /// Returns the version of the ineligible set that the head names.
    Result<std::uint32_t> apply_head(ByteView envelope);

    /// A delta or snapshot, in one transaction, durable on return; then the new copy is swapped in.
    /// As apply_head, and wire_gap (not from our state), wire_bad_root, wire_bad_hash (config), copy_bad_record.
    Result<Applied> apply_delta(ByteView envelope);

    /// Signature and order of a manifest; its blob is fetched by Download and ends in apply_delta.
    Result<wire::Manifest> check_manifest(ByteView envelope) const;

    /// wire_gap: not from our version; wire_bad_hash: the digest of the result differs.
    Result<Applied> apply_ineligible(ByteView envelope);

    /// The hub said in a signed message that `state_hash` was current at `hub_time`: dates the copy if that is ours.
    Result<void> note_current(const Hash256& state_hash, Instant hub_time);

    /// Opens any envelope that the hub signed with an online key of the present trust document.
    struct Signed {
        Bytes payload;
        wire::OnlineKey key;
    };
    Result<Signed> open_signed(MessageType type, ByteView envelope, std::size_t payload_limit) const;

    Replica(ReplicaStore& store, const Crypto& crypto, TimeGuard& time, InstitutionCode institution);  ///< use open()

private:
    struct Next;
    Result<void> load(const Bytes& enrolled_trust);
    Result<void> check_order(const wire::State& state, bool same_is_replay) const;
    Result<void> date(Instant as_of);
    Result<Next> next_of(const wire::Delta& delta, const View* now) const;
    Result<void> swap_in(Next next);

    ReplicaStore& store_;
    Crypto crypto_;
    TimeGuard& time_;
    InstitutionCode institution_;
    Current<View> view_;
    Current<wire::TrustDocument> trust_;
    std::vector<Hash256> leaves_;           // of the records, ascending numbers; apply's thread only
    ReplicaStore::Ineligible ineligible_;   // apply's thread only
};

}  // namespace zige::agent
