#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <vector>

#include "hub/core/clock_guard.h"
#include "hub/core/environment.h"
#include "hub/core/hub_log.h"
#include "hub/core/trust.h"
#include "hub/core/witness.h"

namespace zige::hub {

class Records;

/// One change in the making: what it does to the log, and whom it touches.
class Change {
public:
    Change(Tx& tx, const HubLog& log, std::string actor, Instant now, std::uint64_t publish_number)
        : tx_(tx), log_(log), actor_(std::move(actor)), now_(now), publish_number_(publish_number) {}

    Tx& tx() const { return tx_; }
    Instant now() const { return now_; }
    const std::string& actor() const { return actor_; }
    const HubLog& hub_log() const { return log_; }
    /// What this change will be published as, if it changes any institution's state.
    Seq seq() const { return Seq{publish_number_}; }
    /// Appends to the log; at, actor and number are filled in.
    Result<void> log(LogEvent event);
    /// The state of this institution may be another one now.
    void touch(const std::string& institution) { touched_.insert(institution); }
    /// Somebody's standing or code may be another one now: the region ineligible set is made again.
    void touch_region() { region_ = true; }

    /// What the database lacks came to light: when this change is committed, the hub publishes and serves nothing more
    /// until Publisher::restart(), nor anything that shares the commit and comes after it (P5).
    void stop(const Error& why) { stops_ = why; }
    const std::optional<Error>& stops() const { return stops_; }

    /// States that this change makes name this trust document, which it publishes.
    void use_trust(std::uint32_t version) { trust_version_ = std::max(trust_version_, version); }
    std::uint32_t trust_version(const Trust& now) const { return std::max(trust_version_, now.version()); }

    const std::set<std::string>& touched() const { return touched_; }
    bool region() const { return region_; }

private:
    Tx& tx_;
    const HubLog& log_;
    std::string actor_;
    Instant now_;
    std::uint64_t publish_number_;
    std::uint32_t trust_version_ = 0;
    std::set<std::string> touched_;
    bool region_ = false;
    std::optional<Error> stops_;
};

struct Published {
    Seq seq;                                ///< 0: nothing in any state changed
    std::vector<std::string> institutions;  ///< whose state changed
    std::uint32_t ineligible_version = 0;   ///< as it is now
};

/// The only way to change the hub: one transaction for the change and all states that follow from it, then the witness,
/// and only then may the new states be served. Any thread; changes run one after the other. Those that come while
/// another one is being committed share the next transaction: one wait for the disk, each kept or refused by itself.
class Publisher {
public:
    Publisher(const Environment& env, const Trust& trust, WitnessFile& witness, ClockGuard& clock);
    ~Publisher();

    /// Compares database and witness; brings an older witness up to date.
    /// hub_behind_witness: the database was restored from an old backup; change() and the feed refuse from now on.
    Result<void> start();

    /// Runs `work`, makes the new states of all touched institutions, commits, writes the witness.
    /// The witness is tried before the commit. On an error nothing is changed, but when the witness fails after the
    /// commit all the same (file_*, field "witness", the detail says so): then the change is kept, served by nobody,
    /// and shown as soon as a later call can write the witness; until then every call fails. hub_behind_witness,
    /// hub_clock_jumped.
    /// `work` may run on another caller's thread; what it throws is thrown here.
    using Work = std::function<Result<void>(Change&)>;
    Result<Published> change(const std::string& actor, const Work& work);
    std::size_t waiting() const;  ///< calls of change() that are not answered, those under way among them

    /// Writes the witness once more as it is: what a service needs before it says that it is ready. What start() said;
    /// file_*.
    Result<void> check_witness();

    /// The time to sign with. hub_clock_jumped.
    Result<Instant> now() const { return clock_.now(); }
    /// Writes the time down now and then, also when nothing changes, and then the witness, if log or journals went on;
    /// does not wait for a change that is under way.
    void keep_time();
    /// An operator says that the server's clock is right; logged with the reason. Of a stopped hub too, whose recovery
    /// needs the time. What change() says otherwise.
    Result<void> confirm_clock(const std::string& actor, const std::string& reason);
    ClockGuard::Status clock() const { return clock_.status(); }
    /// From a stopped hub to one that publishes again, in one epoch above everything that was seen (or in the one that
    /// root reset to); publish numbers go on above the highest. `work` as in change(), in the same transaction.
    /// hub_not_recovering: it is not stopped. The store's errors, file_io: it is still stopped.
    struct Restart {
        std::optional<Epoch> by_root;
        Epoch epoch;                       ///< highest that an agent proved
        std::uint64_t publish_number = 0;  ///< likewise
    };
    Result<Published> restart(const std::string& actor, const Restart& seen, const Work& work);
    /// Nothing is published or served any more until restart().
    void stop(const Error& why);
    std::optional<Error> stopped() const;
    /// The next publish number is above this one.
    Result<void> rise_above(Seq seq);

    /// States up to this publish number may be served. hub_behind_witness.
    Result<std::uint64_t> visible() const;
    /// While it is held, no change stands between its commit and its witness: database and visible() agree.
    std::shared_lock<std::shared_mutex> quiet() const {
        const std::scoped_lock turn(turn_);
        return std::shared_lock(commit_);
    }

private:
    /// A caller of change(). Guarded by queue_mutex_ but for the outcome, which its leader writes before `done`.
    struct Waiting {
        const std::string& actor;
        const Work& work;
        std::optional<Result<Published>> outcome{};
        std::exception_ptr bug{};
        bool done = false;
        std::condition_variable turn{};

        bool good() const { return outcome && outcome->ok(); }
        bool judged() const { return bug || (outcome && !outcome->ok()); }  ///< refused for a reason of its own
    };
    using Batch = std::vector<Waiting*>;
    /// What each change of a transaction hands to those after it.
    struct Shared {
        Instant now;
        std::uint32_t trust_version;
        std::optional<Error> stop{};
    };
    Batch wait_for_turn(Waiting& mine);
    void lead(const Batch& batch);
    void change_together(const Batch& batch);
    Result<Instant> ready_to_change();
    void run(Tx& tx, Waiting& one, Shared& shared);
    Result<void> run_all(Tx& tx, const Batch& batch, Shared& shared);
    static Result<Published> outcome_of(Waiting& one);
    Result<void> write_note(Change& change, const ClockGuard::Note& note) const;
    Result<void> log_refusal();
    void refresh_witness();
    void note_witness(const Witness& stored);
    Error why_stopped() const;
    using Prepare = std::function<Result<void>(Tx&)>;
    Result<Published> change_at(Instant now, const std::string& actor, const Work& work, const Prepare& prepare = {});
    Result<void> confirm_at(Instant now, const std::string& actor, const Work& work);
    void commit(Instant now, const Batch& batch, const Prepare& prepare);
    Result<void> in_one_transaction(Instant now, const Batch& batch, const Prepare& prepare);
    Result<void> prepare_restart(Tx& tx, const Restart& seen, const std::optional<Witness>& witness) const;
    Result<void> compare_with_witness();
    Result<void> make_states(Change& change, Published& published);
    Result<Witness> as_stored(Tx& tx) const;
    Result<void> show(const Witness& witness);

    Environment env_;
    const Trust& trust_;
    WitnessFile& witness_;
    ClockGuard& clock_;
    HubLog log_;
    std::unique_ptr<Records> records_;
    mutable std::mutex queue_mutex_;  // guards the two below; nothing else is locked while it is held
    std::deque<Waiting*> queue_;      // in the order of their coming; the first of them leads
    bool leading_ = false;
    bool refusal_logged_ = false;       // of the clock, since it was right last; guarded by mutex_
    Witness written_;                   // as the file has it; guarded by mutex_
    std::optional<Witness> unwritten_;  // of a change whose witness could not be written; guarded by mutex_
    std::mutex mutex_;                  // one change at a time, from its transaction to its witness
    mutable std::mutex turn_;           // so that readers who keep coming do not hold up a commit for ever
    mutable std::shared_mutex commit_;  // held alone from just before a commit until its witness is written
    std::atomic<std::uint64_t> visible_{0};
    std::atomic<bool> started_{false};
    mutable std::mutex stopped_mutex_;  // guards stopped_
    Error stopped_ = fail(ErrorId::hub_behind_witness, "hub", "not started");
    std::uint32_t trust_version_ = 0;  // of the newest document that a change published; guarded by mutex_
};

}  // namespace zige::hub
