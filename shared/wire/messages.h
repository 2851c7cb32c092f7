#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/codes.h"
#include "shared/domain/calendar.h"
#include "shared/domain/profile.h"
#include "shared/domain/registration.h"
#include "shared/wire/filings.h"

namespace zige::wire {

/// The messages of the protocol as values. Layouts: protocol/SPEC.md and protocol/zige.cddl.
/// Every one has `Bytes encode(const T&)` (deterministic CBOR) and `Result<T> decode_x(ByteView)` in codec.h.

/// One byte string per (epoch, seq), kept by the hub for ever; two different ones are a fork.
struct State {
    InstitutionCode institution;
    Epoch epoch;
    Seq seq;
    Hash256 root{};         ///< Merkle root over the records sorted by number
    Hash256 config_hash{};  ///< of the encoded Config
    std::uint32_t trust_version = 0;
    Hash256 previous{};  ///< hash of the previous state; zeros for the first
    bool operator==(const State&) const = default;
};

/// Signed: this state is current at `hub_time`.
struct Head {
    State state;
    Instant hub_time{};
    std::uint32_t ineligible_version = 0;
    bool operator==(const Head&) const = default;
};

/// What the gate needs beside the records: policy subset, calendar (limits are part of the profile).
struct Config {
    Profile profile;
    Calendar calendar;
    bool operator==(const Config&) const = default;
};

/// New standing timeline of one registration, nothing else of it changed.
struct StandingPatch {
    RecordNo no;
    StandingTimeline standing;
    bool operator==(const StandingPatch&) const = default;
};

/// From one state to a later one. Also a snapshot: `from` is kGenesis. State-based: intermediate states are skipped.
struct Delta {
    State state;         ///< the state arrived at
    Instant hub_time{};  ///< when it was signed: the state was current then
    std::uint32_t ineligible_version = 0;
    std::optional<Hash256> from;         ///< hash of the state it starts from; nothing: it is state.previous
    std::optional<Bytes> config;         ///< encoded Config, when it changed
    std::vector<Record> records;         ///< new or changed whole, ascending numbers
    std::vector<StandingPatch> patches;  ///< ascending numbers, none that is in records
    bool operator==(const Delta&) const = default;
};
inline constexpr Hash256 kGenesis{};  ///< `from` of a snapshot: the empty state

/// Signed list of chunks of a blob, which is the envelope of a Delta.
struct Manifest {
    Hash256 from{};
    Hash256 to{};
    std::uint64_t size = 0;
    Hash256 hash{};
    std::vector<Hash256> chunks;  ///< of kChunkBytes each, the last one shorter
    bool operator==(const Manifest&) const = default;
};

struct Times {
    Instant trusted{};  ///< newest signed hub time known; 0 if none
    Instant running{};
    Instant wall{};
    bool operator==(const Times&) const = default;
};

/// A person of a decided line, as journaled.
struct JournaledPerson {
    Role role = Role::ordering;
    std::string code;
    PersonFound found = PersonFound::registered;
    RecordNo no{};
    Outcome outcome = Outcome::allow;
    bool operator==(const JournaledPerson&) const = default;
};

/// A decision made for `clear`. No patient data.
struct DecisionEntry {
    std::string claim_id;  ///< of the HIS, opaque; at most kMaxCode
    std::string line_id;
    std::string idempotency_key;
    Txn txn = Txn::outpatient_fees;
    ItemClass item = ItemClass::general;
    bool insured = true;
    Instant fee_time{};
    std::optional<Instant> prescribed_at;  ///< of an outside prescription; people in external roles are judged by it
    std::string department;
    std::string med_type;
    Fen amount{};
    Outcome judged = Outcome::allow;
    Outcome served = Outcome::allow;
    std::vector<Ground> grounds;  ///< all, gravest first
    std::vector<JournaledPerson> people;
    EmergencyKind emergency = EmergencyKind::none;
    std::string emergency_reason;
    std::string emergency_by;
    Hash256 state_hash{};  ///< the copy that was judged by
    Mode mode = Mode::enforce;
    std::string release_reason;  ///< 担责放行: why, and by whom; both empty: nobody answered for it
    std::string released_by;
    std::string order_number;  ///< under which it was asked; empty: none was named
    std::optional<Instant> order_written;
    bool operator==(const DecisionEntry&) const = default;
};

/// Before each upload: makes the chain a ratchet.
struct ContactEntry {
    std::array<std::byte, 16> random{};
    bool operator==(const ContactEntry&) const = default;
};

/// Where a journal ends that goes on in another chapter, of the same agent or of its successor.
struct ChapterBefore {
    AgentId agent;
    Chapter chapter;
    std::uint64_t size = 0;  ///< its entries as far as the one that goes on has them
    Hash256 hash{};          ///< chain hash there; of size 0: the chain start
    bool operator==(const ChapterBefore&) const = default;
};

/// First entry of a chapter.
struct ChapterEntry {
    AgentId agent;
    Chapter chapter;
    std::string software;                 ///< version of the program
    std::optional<ChapterBefore> before;  ///< none: the first chapter of an agent that has nobody's journal
    bool operator==(const ChapterEntry&) const = default;
};

/// A filing made here, whole, so that its time is in the chain.
struct FilingEntry {
    Bytes filing;  ///< encoded Filing
    bool operator==(const FilingEntry&) const = default;
};

/// A prolongation read out over the telephone that was taken (PHONE-8).
struct PhoneCodeEntry {
    std::uint32_t serial = 0;  ///< from 1
    std::uint32_t days = 0;    ///< from 1
    bool operator==(const PhoneCodeEntry&) const = default;
};

inline constexpr std::size_t kMaxInfno = 10;         ///< number of a transaction of the national interface
inline constexpr std::uint32_t kMaxForwards = 1000;  ///< of one message

/// A message of the national interface on its way to the platform (JRN-11): that it is about to be sent, then what
/// became of it. Of what it says only this; no patient data (JRN-8).
struct ForwardEntry {
    std::string infno;
    std::string msgid;
    Hash256 message{};         ///< of the bytes
    std::uint32_t attempt = 1;  ///< how often it was begun, this time included
    ForwardState state = ForwardState::begun;
    bool lines_unseen = false;  ///< a settlement none of whose lines was asked about here
    std::string infcode;        ///< of the platform's answer; empty: none that could be read
    bool operator==(const ForwardEntry&) const = default;
};

/// An entry of this journal: which chapter, which number.
struct EntryName {
    Chapter chapter;
    std::uint64_t number = 0;
    auto operator<=>(const EntryName&) const = default;
};

/// What proves an emergency that a decision of this journal let pass (病历书写基本规范 22). No patient data (JRN-8).
struct EvidenceEntry {
    EntryName decision;
    EmergencyKind kind = EmergencyKind::rescue;
    Instant begun{};  ///< resc_begntime
    Instant ended{};  ///< resc_endtime
    std::string record_number;
    std::string text;
    std::string by;
    bool operator==(const EvidenceEntry&) const = default;
};

inline constexpr std::size_t kMaxReversed = 200;  ///< decisions in one entry

/// Cleared lines that the institution's software took back (2205, 2302, 2208, 2103): they may be asked anew (JRN-13).
struct ReversalEntry {
    std::vector<EntryName> decisions;  ///< ascending, at least one
    std::string infno;                 ///< of the transaction that took them back; may be empty
    std::string reason;
    std::string by;
    bool operator==(const ReversalEntry&) const = default;
};

struct JournalEntry {
    std::uint64_t index = 0;  ///< from 1 within (agent, chapter)
    Times times;
    std::variant<ChapterEntry, DecisionEntry, ContactEntry, FilingEntry, PhoneCodeEntry, ForwardEntry, EvidenceEntry,
                 ReversalEntry>
        body;
    bool operator==(const JournalEntry&) const = default;
};

/// One signature per commit batch of the journal, made after the answer.
struct BatchSignature {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    Bytes signature;  ///< over batch_message(agent, chapter, first, last, merkle root of the entries' bytes)
    bool operator==(const BatchSignature&) const = default;
};

/// A piece of one agent's journal, consecutive entries. A successor hands in what its predecessor left: then `agent` is
/// the predecessor, and so are the signatures of the batches.
struct Segment {
    AgentId agent;
    Chapter chapter;
    std::uint64_t first = 0;              ///< index of the first entry
    Hash256 link_before{};                ///< chain hash of entry first-1 (chain start for 1)
    std::vector<Bytes> entries;           ///< encoded JournalEntry each
    std::vector<BatchSignature> batches;  ///< those that end inside
    bool operator==(const Segment&) const = default;
};

/// A command of the institution to the hub. The same UUID twice changes nothing.
struct Filing {
    Uuid uuid{};
    Times times;  ///< when it was made here
    std::string clerk;
    FilingBody body;
    bool operator==(const Filing&) const = default;
};

struct FilingResult {
    Uuid uuid{};
    bool accepted = false;
    ErrorId reason{};  ///< when refused
    Seq in_seq;        ///< the state that shows it; 0 when nothing in the state changes by it
    RecordNo no;       ///< the number that the hub gave to a registration or an alias; else 0
    bool operator==(const FilingResult&) const = default;
};

/// How the agent is, for the hub's operators.
struct Health {
    std::string software;
    bool clock_suspect = false;
    bool clock_unknown = false;
    std::uint32_t waiting_entries = 0;
    std::uint32_t waiting_filings = 0;
    bool anchor_ahead = false;     ///< the folder was put back: entries that were answered are lost; or its copy alone
    bool disk_rolls_back = false;  ///< what the disk holds is gone after each start of the computer
    Instant certificate_until{};   ///< end of the TLS certificate; 0: not known
    bool operator==(const Health&) const = default;
};

/// The newest envelope, signed by the hub, that names the state which an agent holds.
struct StateProof {
    MessageType type = MessageType::head;  ///< head, held or delta
    Bytes envelope;
    bool operator==(const StateProof&) const = default;
};

/// A carrying sync, signed by the agent's signing key.
struct SyncRequest {
    AgentId agent;
    Chapter chapter;
    InstitutionCode institution;
    Epoch epoch;
    Seq seq;
    Hash256 state_hash{};  ///< kGenesis: nothing yet
    Hash256 staged{};  ///< `to` of a blob that is being fetched, else zeros: the hub answers the same manifest while it
                       ///< has it
    std::uint32_t ineligible_version = 0;
    std::uint32_t trust_version = 0;
    std::uint64_t journal_size = 0;  ///< entries in the chain, the contact entry included
    Hash256 journal_hash{};
    Times times;
    Health health;
    std::vector<Segment> segments;
    std::vector<Bytes> filings;       ///< encoded Filing each
    std::optional<StateProof> proof;  ///< when the last `held` asked for it, or a snapshot is wanted
    bool operator==(const SyncRequest&) const = default;
};

/// What the hub holds of a chapter other than the agent's current one.
struct ChapterHeld {
    AgentId agent;  ///< itself or its predecessor
    Chapter chapter;
    std::uint64_t size = 0;
    Hash256 hash{};
    bool operator==(const ChapterHeld&) const = default;
};

/// The hub's word to one agent, signed by an online key.
struct Held {
    AgentId agent;
    Chapter chapter;
    std::uint64_t size = 0;  ///< journal entries 1..size are held
    Hash256 hash{};          ///< chain hash at size
    Instant hub_time{};
    Hash256 state_hash{};  ///< the institution's current state: dates the copy
    bool frozen = false;   ///< different bytes at one index were seen: filings wait for an operator
    std::vector<FilingResult> results;
    Instant next_contact{};
    std::optional<Chapter> open_chapter;  ///< an operator opened it: chapter + 1, to be started now
    bool prove = false;                   ///< send the proof of the held state in the next request
    bool hand_in = false;                 ///< the hub recovers: hand in the whole copy (POST /v1/copy)
    std::vector<ChapterHeld> earlier;     ///< of segments of other chapters than `chapter`
    bool operator==(const Held&) const = default;
};

/// Answer of a carrying sync: envelopes. Not itself signed.
struct SyncAnswer {
    std::vector<Bytes> trust;                          ///< signed trust documents after the agent's version, ascending
    MessageType institution_type = MessageType::head;  ///< head, delta or manifest
    Bytes institution;  ///< empty, with type head: the hub recovers and publishes nothing (REC-1)
    Bytes held;
    std::optional<Bytes> ineligible;  ///< envelope of an IneligibleUpdate
    bool operator==(const SyncAnswer&) const = default;
};

struct OnlineKey {
    std::uint8_t id = 0;
    Bytes public_key;
    Instant not_before{};
    Instant not_after{};  ///< at most 90 days later
    bool operator==(const OnlineKey&) const = default;
};

/// Root's way back from a time or an epoch that was signed too high. Takes effect once, when its document is applied.
struct TrustReset {
    Instant time{};  ///< trusted time above it falls to it
    Epoch epoch;     ///< of the next state that is taken, whatever epoch and seq are held
    bool operator==(const TrustReset&) const = default;
};

/// Trust document N. Signed by `threshold` root keys of N, and of N-1 when there is one.
struct TrustDocument {
    std::uint32_t version = 0;
    std::string hub_id;
    Suite suite = Suite::ed25519_sha256;
    Instant issued{};
    std::uint8_t threshold = 1;
    std::vector<Bytes> root_keys;
    std::vector<OnlineKey> online_keys;
    Bytes sealing_key;  ///< X25519, or SM2
    Bytes tls_ca;       ///< DER certificate, ECDSA P-256
    std::optional<TrustReset> reset;
    bool operator==(const TrustDocument&) const = default;
};
struct RootSignature {
    Bytes key_id;  ///< root_key_id(): a hint; what counts is the key of the document that the signature verifies with
    Bytes signature;
    bool operator==(const RootSignature&) const = default;
};
struct SignedTrust {
    Bytes document;  ///< encoded TrustDocument
    std::vector<RootSignature> signatures;
    bool operator==(const SignedTrust&) const = default;
};

/// Sent over TLS to a hub whose trust document was checked against the slip's fingerprint.
struct EnrolRequest {
    std::string token;
    Bytes tls_csr;      ///< DER, PKCS#10, P-256
    Bytes signing_key;  ///< public key of the suite
    Bytes sealing_key;
    bool operator==(const EnrolRequest&) const = default;
};
struct EnrolAnswer {
    AgentId agent;
    Chapter chapter;
    InstitutionCode institution;
    Bytes tls_certificate;  ///< DER
    Instant hub_time{};
    AgentId replaces{};  ///< whose place it takes, and whose journal it may hand in (LIFE-7); 0: nobody's
    bool operator==(const EnrolAnswer&) const = default;
};

/// Region ineligible set: keyed short hashes of codes with intervals; whole (from 0) or the changes since `from`.
struct IneligibleEntry {
    std::array<std::byte, 8> key{};  ///< first 8 bytes of mac(salt, code)
    Standing status = Standing::suspended;
    Day from{};
    std::optional<Day> end;
    bool operator==(const IneligibleEntry&) const = default;
};
struct IneligibleUpdate {
    std::uint32_t from = 0;     ///< version it starts from; 0: whole set
    std::uint32_t version = 0;  ///< version arrived at
    Bytes salt;
    Hash256 digest{};  ///< hash over the whole resulting set, sorted and encoded
    std::vector<IneligibleEntry> added;
    std::vector<IneligibleEntry> removed;
    bool operator==(const IneligibleUpdate&) const = default;
};

}  // namespace zige::wire
