#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "agent/core/copy_step.h"
#include "agent/core/crypto.h"
#include "agent/core/current.h"
#include "agent/core/ports/replica_store.h"
#include "agent/core/time_guard.h"
#include "shared/domain/copy.h"
#include "shared/domain/stricter.h"
#include "shared/wire/agent_messages.h"
#include "shared/wire/messages.h"

namespace zige::agent {

/// The copy at one version. Immutable.
struct View {
    std::shared_ptr<const Copy> copy;  ///< made stricter by statements, and by copies from before a recovery (REC-5)
    wire::State state;
    Instant as_of{};  ///< newest signed hub time at which this state is known to be current
    std::uint32_t ineligible_version = 0;
    std::size_t copies_before = 0;  ///< from before a recovery, which still count
    std::size_t statements = 0;
    std::optional<Instant> prolonged_until;  ///< by telephone: until then the copy counts as stale at most
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

    std::uint32_t ineligible_version() const { return ineligible_version_.load(); }  ///< 0: no set yet

    /// After a commit that failed the disk may be further than memory: reads it again. Nothing to do otherwise.
    Result<void> settle_doubt();

    /// Signed trust documents, ascending, each signed by the one before it; those that are known are skipped.
    /// Durable on return; ErrorId of wire::check_trust: the documents before the bad one are kept. A reset in one
    /// lowers time and copy's age in the same transaction; the next state is one of its epoch.
    Result<void> apply_trust(std::span<const Bytes> documents);

    /// A signed head: the same state dates the copy; a newer one only tells that a delta is to be fetched.
    /// wire_replayed, wire_fork, wire_epoch_jump, wire_wrong_institution, wire_key_out_of_date; those of opening an
    /// envelope.
    struct HeadSeen {
        bool newer_state = false;
        bool newer_ineligible = false;
    };
    Result<HeadSeen> apply_head(ByteView envelope);

    /// A delta or snapshot, in one transaction, durable on return; then the new copy is swapped in.
    /// As apply_head, and wire_replayed (our own state again), wire_gap (not from our state), wire_bad_root,
    /// wire_bad_hash (config), copy_bad_record.
    Result<Applied> apply_delta(ByteView envelope);

    /// Signature and order of a manifest; its blob is fetched by Download and ends in apply_delta.
    Result<wire::Manifest> check_manifest(ByteView envelope) const;  ///< wire_gap, wire_bad_value

    /// wire_gap: not from our version; wire_bad_hash: the digest of the result differs.
    Result<Applied> apply_ineligible(ByteView envelope);

    /// The hub said in a signed message, `proof`, that `state_hash` was current at `hub_time`: dates the copy if that
    /// is ours.
    Result<void> note_current(const Hash256& state_hash, Instant hub_time, const wire::StateProof& proof);

    /// The newest envelope of the hub that names the state which we hold (SYNC-10).
    std::optional<wire::StateProof> proof() const;
    /// Everything that is held, for a hub that recovers (REC-2). agent_no_copy: there is no copy, or no proof of it.
    Result<wire::CopyHandIn> hand_in(AgentId agent) const;

    /// A hub-signed statement, as it was scanned or typed. It makes the copy stricter until a state with its basis
    /// arrives; durable on return. statement_older: the copy is as new; wire_wrong_institution; those of an envelope.
    Result<wire::Statement> add_statement(ByteView envelope);
    const std::vector<wire::Statement>& statements() const { return statements_; }
    /// By a code of the telephone, which the caller checked: a copy that has expired counts as stale until then.
    Result<void> prolong(Instant until);

    /// Opens any envelope that the hub signed with an online key of the present trust document.
    struct Signed {
        Bytes payload;
        wire::OnlineKey key;
    };
    Result<Signed> open_signed(MessageType type, ByteView envelope, std::size_t payload_limit) const;

    Replica(ReplicaStore& store, const Crypto& crypto, TimeGuard& time, InstitutionCode institution);  ///< use open()

private:
    Result<void> load();
    Result<void> load_beside(const ReplicaStore::Content& content);
    Result<std::shared_ptr<const Copy>> stricter(const Rooted& rooted,
                                                 std::span<const std::shared_ptr<const Copy>> before,
                                                 std::span<const wire::Statement> statements) const;
    View shown(std::shared_ptr<const Copy> copy, const wire::State& state, Instant as_of) const;
    Result<void> load_trust(const Bytes& stored);
    /// True: newer than ours; false: ours.
    Result<bool> newer(const wire::State& state) const;
    Result<void> date(Instant as_of, const wire::StateProof& proof);
    Result<void> commit(const ReplicaStore::Change& change);
    Result<void> take_trust(const Bytes& bytes, wire::TrustDocument document);
    void lower(const wire::TrustDocument& document);
    Result<void> end_reset(const wire::State& confirmed);

    ReplicaStore& store_;
    Crypto crypto_;
    TimeGuard& time_;
    InstitutionCode institution_;
    Bytes enrolled_trust_;
    Current<View> view_;
    Current<wire::TrustDocument> trust_;
    std::atomic<std::uint32_t> ineligible_version_{0};
    Rooted rooted_;                             // what view_ shows, with its leaves; for the applying thread only
    ReplicaStore::Ineligible ineligible_;       // for the applying thread only
    std::optional<ReplicaStore::Reset> reset_;  // for the applying thread only
    std::vector<std::shared_ptr<const Copy>> before_;  // from before a recovery; for the applying thread only
    std::vector<wire::Statement> statements_;          // for the applying thread only
    std::optional<Instant> prolonged_until_;           // for the applying thread only
    Bytes proof_;                                      // as it is stored; for the applying thread only
    bool doubtful_ = false;                            // a commit failed: the disk may be further than we are
};

}  // namespace zige::agent
