#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "agent/core/crypto.h"
#include "agent/core/desk.h"
#include "agent/core/enrol.h"
#include "agent/core/enrol_file.h"
#include "agent/core/followup.h"
#include "agent/core/gate.h"
#include "agent/core/journal.h"
#include "agent/core/membership.h"
#include "agent/core/ports/journal_store.h"
#include "agent/core/ports/key_vault.h"
#include "agent/core/ports/replica_store.h"
#include "agent/core/ports/transport_factory.h"
#include "agent/core/replica.h"
#include "agent/core/succession.h"
#include "agent/core/sync.h"
#include "agent/core/time_guard.h"

namespace zige::agent {

/// What a clerk or a monitor wants to know at a glance.
struct Status {
    bool enrolled = false;
    std::string hub_url;
    InstitutionCode institution;
    std::string institution_name;
    AgentId agent;
    AgentId replaces;  ///< whose place it took; 0: nobody's
    bool disk_rolls_back = false;  ///< what is written here is gone after the next boot
    bool has_copy = false;
    bool copy_put_back = false;       ///< the copy's database was put back to an old one, the journal was not
    std::optional<Error> copy_error;  ///< why the copy on disk was thrown away at the start
    Epoch epoch;
    Seq seq;
    Hash256 state_hash{};
    Mode mode = Mode::enforce;
    std::optional<Day> mode_until;
    std::size_t people = 0;
    std::size_t copies_before = 0;  ///< from before a recovery of the hub, which still count
    std::size_t statements = 0;
    std::optional<Instant> prolonged_until;
    std::uint32_t trust_version = 0;
    std::uint32_t ineligible_version = 0;
    Instant as_of{};                           ///< signed hub time of the copy
    Freshness freshness = Freshness::expired;  ///< for a fee of now
    std::chrono::seconds age{};
    TimeGuard::Status time;
    Journal::Status journal;
    std::size_t filings_waiting = 0;
    std::size_t duties_due = 0;
    std::size_t answers_late = 0;
    std::size_t filings_refused = 0;  ///< by the hub, and not made anew
    Syncer::Status sync;
    Instant certificate_until{};              ///< end of the TLS certificate; renewed by itself before; 0: not known
    std::optional<wire::Revocation> revoked;  ///< the hub's word; decisions go on by the copy (P11)
};

/// The whole core put together over its ports. It starts no thread and reads no clock of its own: the owner calls
/// tick() and syncer().sync_once(). One data folder has one Agent (the owner holds the folder's lock).
class Agent {
public:
    /// All outlive the Agent.
    struct Ports {
        const Clock& clock;
        Random& random;
        Files& files;
        ReplicaStore& replica_store;
        JournalStore& journal_store;
        TransportFactory& transports;
        KeyVault& keys;
        Crypto crypto;
    };
    struct Options {
        DataFolder folder;             ///< the caller owns it (own())
        std::filesystem::path anchor;  ///< a file outside the folder; empty: none
        std::string software;          ///< version of the program
        bool fleeting_disk = false;    ///< the folder lies in memory, as far as anybody can see
    };
    /// Starts from disk alone; no network. A copy that is damaged is thrown away (Status::copy_error) and fetched again
    /// at the next sync; journal_corrupt stops. Not enrolled is no error.
    static Result<std::unique_ptr<Agent>> open(const Ports& ports, const Options& options);

    bool enrolled() const { return core_.load() != nullptr; }
    /// Enrols and opens all parts; enrol_already. `before`: whose place the slip is for, when its folder is at hand;
    /// what take_over() says: then this agent is not enrolled here, and may call again, with the folder or without it.
    Result<void> enrol(const Slip& slip, const Predecessor* before = nullptr);
    /// For the agent that takes this one's place: signs what is not signed yet. Lives as long as the Agent.
    /// agent_not_enrolled; what Journal::sign_pending() says.
    Result<Predecessor> hand_over();
    /// The same where there is no line: FileEnroller::request(); enrol_already.
    Result<Bytes> request_enrolment(const Slip& slip, std::span<const Bytes> trust);
    /// FileEnroller::open(), then enrols, opens all parts and takes the copy that came with it. After an error the same
    /// or another answer of the hub may be tried again. enrol_already: no answer is waited for, or it is of another
    /// agent.
    Result<void> enrol(ByteView answer, const Predecessor* before = nullptr);

    /// agent_not_enrolled until enrol() came through. Pointers live as long as the Agent.
    Result<Gate*> gate();
    Result<Desk*> desk();
    Result<Followup*> followup();
    Result<VisitBook*> visits();
    Result<Syncer*> syncer();
    Result<Journal*> journal();

    /// A statement as it was scanned: Replica::add_statement, not while a sync runs. agent_not_enrolled.
    Result<wire::Statement> add_statement(ByteView envelope);
    /// A code that the bureau read out: an expired copy counts as stale for some days more (PHONE-4, PHONE-5). Not while
    /// a sync runs. phone_code_misheard (counts no attempt), phone_code_wrong, phone_code_used, phone_code_too_long;
    /// api_overloaded: too many attempts in an hour (PHONE-3).
    Result<Instant> prolong(std::string_view code);

    std::shared_ptr<const View> view() const;  ///< null: no copy, or not enrolled
    TimeGuard& time() { return *time_; }
    Status status() const;

    /// Every second or so, from one thread: persists running time each minute, signs waiting batches, writes the
    /// anchor; each day lets old visits go.
    Result<void> tick();
    /// Before the owner ends in order: as tick(), without waiting for the minute.
    Result<void> close();

    Agent(const Ports& ports, const Options& options);  ///< use open()
    ~Agent();

private:
    struct Core;
    Result<void> start(const Enrolment& enrolment);
    Result<void> enrolled_by(const Enrolment& enrolment, const wire::OnlineKey& signed_by, const Predecessor* before);
    Result<void> take_first_copy(Core& core, const wire::EnrolReply& reply);
    Result<std::unique_ptr<Replica>> open_replica(const Enrolment& enrolment);
    Result<Core*> core() const;
    Result<Hash256> phone_key(Core& core);
    /// A file beside the databases, "serial attempts hour": a copy that is damaged and made anew frees no code.
    struct PhoneCodes {
        std::uint32_t serial = 0;  ///< the highest that was taken
        int attempts = 0;          ///< wrong codes that were typed in that hour
        std::int64_t hour = 0;     ///< of running time
    };
    Result<PhoneCodes> phone_codes();
    static std::string to_text(const PhoneCodes& codes);
    void describe(Status& status, const View& view) const;
    Result<void> settle(bool minute);

    Ports ports_;
    Options options_;
    std::unique_ptr<TimeGuard> time_;
    std::mutex enrolling_;
    std::unique_ptr<Core> owned_;
    std::atomic<Core*> core_{nullptr};  // set once
    std::optional<Error> copy_error_;
    Instant anchored_at_{};
    Day forgotten_on_{};  // when old visits last were
};

}  // namespace zige::agent
