#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "agent/core/crypto.h"
#include "agent/core/desk.h"
#include "agent/core/download.h"
#include "agent/core/enrol.h"
#include "agent/core/journal.h"
#include "agent/core/membership.h"
#include "agent/core/ports/transport_factory.h"
#include "agent/core/replica.h"
#include "agent/core/time_guard.h"
#include "shared/ports/random.h"

namespace zige::agent {

/// Paths at the hub. Errors there: status 4xx or 5xx with the body {"error":"name"}; `name` is one of the registry's.
///   GET  /v1/trust?from=N          encode_trust_chain() of the signed documents after version N; no client certificate
///   asked POST /v1/enroll                EnrolRequest -> envelope (MessageType::enrol_answer) of an EnrolAnswer GET
///   /v1/head?e=E&s=S&h=HEX    envelope (MessageType::head) of a Head; e, s, h are the state that the agent has POST
///   /v1/sync                  envelope (MessageType::sync_request, kid: agent number) -> encoded SyncAnswer POST
///   /v1/copy                  envelope (MessageType::hand_in, kid: agent number) -> nothing, 204 GET
///   /v1/blob/HEX/I            chunk I of the blob whose hash (Manifest::hash) is HEX
inline constexpr std::chrono::hours kCarryAtLeastEvery{24};
inline constexpr int kMaxRounds = 64;  ///< carrying syncs of one sync_once; what is left waits for the next
inline constexpr std::size_t kFilingsPerRequest = 16;  ///< so that a request stays below kMaxSyncRequestBytes
inline constexpr std::size_t kMaxChunksPerSync = 512;  ///< of a blob, 4 MB

struct SyncReport {
    bool carried = false;  ///< a carrying sync took place, not only an idle poll
    int rounds = 0;        ///< polls and carrying syncs made
    Transport::Traffic traffic;
    Seq seq_before;
    Seq seq_after;
    bool copy_changed = false;
    std::size_t records = 0;  ///< that came whole
    std::size_t patches = 0;  ///< standing patches
    std::uint32_t trust_version = 0;
    std::uint32_t ineligible_version = 0;
    std::uint64_t entries_sent = 0;
    std::vector<wire::FilingResult> results;
    Download::Progress download;  ///< chunks is 0 when no blob was under way
    bool frozen = false;
    std::uint64_t hub_lost = 0;   ///< entries that the hub had confirmed and did not hold any more: handed in again
    bool copy_handed_in = false;  ///< the hub recovers and got everything that is held here
    bool anchor_ahead = false;    ///< the folder was put back: entries that were answered are lost here (P4)
    bool copy_put_back = false;   ///< the copy was put back, the journal was not (P4)
    bool more = false;            ///< something still waits; call again
    Instant next_contact{};       ///< by our running time; 0: as configured
};

/// Reconciles with the hub. sync_once() is for one thread at a time; status() for any.
class Syncer {
public:
    struct Parts {
        Replica& replica;
        Journal& journal;
        Desk& desk;
        TimeGuard& time;
        Membership& membership;
        TransportFactory& transports;
        Files& files;
        Random& random;
        const Signer& signer;
        const Crypto& crypto;
        std::string software;
        DataFolder folder;  ///< where a blob under way is staged
        bool fleeting_disk = false;  ///< the folder is certainly gone after the next boot
    };
    Syncer(const Parts& parts, const Enrolment& enrolment);

    /// An idle poll when nothing waits, else carrying syncs until nothing waits any more (at most kMaxRounds of them).
    /// The first one after the start, and one at least every 24 h, carries. `carry`: the caller wants one.
    /// Every refused message leaves the old state and ends the call with its named error; what came before it is kept.
    /// Renews the certificate first when that is due. A revoked agent asks once a day, or when the caller wants it.
    /// net_*, tls_*: try again after retry_after(); agent_revoked.
    Result<SyncReport> sync_once(bool carry = false);

    struct Status {
        Instant last_contact{};  ///< running time of the last call without an error; 0: none
        Instant last_carry{};
        Instant next_contact{};
        std::optional<Error> last_error;  ///< of the last call
        int failures = 0;                 ///< calls in a row that failed
    };
    Status status() const;
    /// How long to wait after `failures`: 5 s doubling to 15 min, with a random part of up to half.
    std::chrono::seconds retry_after();

private:
    struct Run;
    Result<void> attempt(Run& run, bool carry_wanted);
    Result<void> contact(Run& run, bool carry_wanted);
    Result<bool> catch_up_trust(Run& run);
    Result<void> fetch_trust(Transport& hub);
    Result<void> renew_if(bool due);
    Result<Bytes> body_or_word(Result<HttpAnswer> answer);
    Result<bool> must_carry();
    Result<void> rounds(Run& run, bool wanted);
    Result<bool> poll(Run& run);
    Result<void> carry(Run& run);
    Result<Bytes> request(Run& run);
    Result<void> take_answer(Run& run, const wire::SyncAnswer& answer);
    Result<void> take_held(Run& run, ByteView envelope);
    Result<void> keep_word(Run& run, ByteView envelope);
    std::optional<wire::StateProof> kept_word() const;
    Result<void> take_institution(Run& run, const wire::SyncAnswer& answer);
    Result<void> take_head(Run& run, ByteView envelope);
    Result<void> take_delta(Run& run, ByteView envelope);
    Result<void> take_blob(Run& run, ByteView manifest_envelope);
    Result<void> take_ineligible(Run& run, ByteView envelope);
    Result<void> hand_in(Run& run);
    Result<void> want_snapshot(Run& run);
    /// STATE-2: two states under one number. The copy stays; the hub gets the proof of it next time.
    template <class T>
    void note_fork(const Result<T>& taken) {
        if (!taken && taken.error().id == ErrorId::wire_fork) proof_wanted_ = true;
    }
    Result<void> settle(Run& run);
    void fill(SyncReport& report) const;
    void note_end(const Result<void>& end, const SyncReport& report);

    Parts parts_;
    Enrolment enrolment_;
    Download download_;
    bool carried_since_start_ = false;
    bool snapshot_wanted_ = false;      // a delta did not fit: ask as if there were no copy
    bool whole_region_wanted_ = false;  // an update of the region set did not fit
    std::optional<wire::StateProof> lost_proof_;  // that the hub held more of our journal than it does (P5)
    bool proof_wanted_ = false;         // the hub asked for it, or showed another state under the number of ours
    mutable std::mutex mutex_;          // guards status_
    Status status_;
};

}  // namespace zige::agent
