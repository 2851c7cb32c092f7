#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <vector>

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
    /// What this change will be published as, if it changes any institution's state.
    Seq seq() const { return Seq{publish_number_}; }
    /// Appends to the log; at, actor and number are filled in.
    Result<void> log(LogEvent event);
    /// The state of this institution may be another one now.
    void touch(const std::string& institution) { touched_.insert(institution); }
    /// Somebody's standing or code may be another one now: the region ineligible set is made again.
    void touch_region() { region_ = true; }

    const std::set<std::string>& touched() const { return touched_; }
    bool region() const { return region_; }

private:
    Tx& tx_;
    const HubLog& log_;
    std::string actor_;
    Instant now_;
    std::uint64_t publish_number_;
    std::set<std::string> touched_;
    bool region_ = false;
};

struct Published {
    Seq seq;                                ///< 0: nothing in any state changed
    std::vector<std::string> institutions;  ///< whose state changed
    std::uint32_t ineligible_version = 0;   ///< as it is now
};

/// The only way to change the hub: one transaction for the change and all states that follow from it, then the witness,
/// and only then may the new states be served. Any thread; changes run one after the other.
class Publisher {
public:
    Publisher(const Environment& env, const Trust& trust, WitnessFile& witness);
    ~Publisher();

    /// Compares database and witness; brings an older witness up to date.
    /// hub_behind_witness: the database was restored from an old backup; change() and the feed refuse from now on.
    Result<void> start();

    /// Runs `work`, makes the new states of all touched institutions, commits, writes the witness.
    /// On an error nothing is changed, but for file_io of the witness: then the change is kept, served by nobody, and
    /// shown as soon as a later call can write the witness; until then every call fails. hub_behind_witness.
    using Work = std::function<Result<void>(Change&)>;
    Result<Published> change(const std::string& actor, const Work& work);

    /// States up to this publish number may be served. hub_behind_witness.
    Result<std::uint64_t> visible() const;
    /// While it is held, no change stands between its commit and its witness: database and visible() agree.
    std::shared_lock<std::shared_mutex> quiet() const {
        const std::scoped_lock turn(turn_);
        return std::shared_lock(commit_);
    }

private:
    Result<void> compare_with_witness();
    Result<void> make_states(Change& change, Published& published);
    Result<Witness> as_stored(Tx& tx) const;
    Result<void> show(const Witness& witness);

    Environment env_;
    const Trust& trust_;
    WitnessFile& witness_;
    HubLog log_;
    std::unique_ptr<Records> records_;
    std::optional<Witness> unwritten_;  // of a change whose witness could not be written; guarded by mutex_
    std::mutex mutex_;                  // one change at a time, from its transaction to its witness
    mutable std::mutex turn_;           // so that readers who keep coming do not hold up a commit for ever
    mutable std::shared_mutex commit_;  // held alone from just before a commit until its witness is written
    std::atomic<std::uint64_t> visible_{0};
    std::atomic<bool> started_{false};
    Error stopped_ = fail(ErrorId::hub_behind_witness, "hub", "not started");  // written by start() only
};

}  // namespace zige::hub
