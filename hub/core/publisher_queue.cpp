#include <algorithm>

#include "hub/core/hub_values.h"
#include "hub/core/publisher.h"
#include "hub/core/statements.h"

namespace zige::hub {
namespace {

constexpr std::size_t kMostTogether = 64;  // changes in one transaction: who leads works for no more others

}  // namespace

Result<Published> Publisher::change(const std::string& actor, const Work& work) {
    Waiting mine{actor, work};
    const Batch batch = wait_for_turn(mine);
    if (!batch.empty()) lead(batch);
    return outcome_of(mine);
}

std::size_t Publisher::waiting() const {
    const std::scoped_lock lock(queue_mutex_);
    return queue_.size();
}

/// Whom this caller leads, itself the first; nobody: another one led it.
Publisher::Batch Publisher::wait_for_turn(Waiting& mine) {
    Batch batch;
    batch.reserve(kMostTogether);  // nothing may throw while it is in the queue
    std::unique_lock lock(queue_mutex_);
    queue_.push_back(&mine);
    mine.turn.wait(lock, [&] { return mine.done || (!leading_ && queue_.front() == &mine); });
    if (mine.done) return batch;
    leading_ = true;
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(queue_.size(), kMostTogether));
    batch.assign(queue_.begin(), end);
    return batch;
}

void Publisher::lead(const Batch& batch) {
    try {
        change_together(batch);
    } catch (...) {  // whether it was committed is unknown: nobody is told that it was (P5)
        for (Waiting* each : batch)
            if (!each->judged()) each->bug = std::current_exception();
    }
    const std::scoped_lock lock(queue_mutex_);
    queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(batch.size()));
    leading_ = false;
    for (Waiting* each : batch) {
        each->done = true;
        each->turn.notify_one();
    }
    if (!queue_.empty()) queue_.front()->turn.notify_one();
}

Result<Published> Publisher::outcome_of(Waiting& one) {
    if (one.bug) std::rethrow_exception(one.bug);
    return std::move(*one.outcome);
}

void Publisher::change_together(const Batch& batch) {
    const std::scoped_lock lock(mutex_);
    const auto now = ready_to_change();
    if (now.ok()) return commit(*now, batch, {});
    for (Waiting* each : batch) each->outcome = now.error();
}

/// States that it makes name no older trust document than those that were made before (STATE-5).
void Publisher::run(Tx& tx, Waiting& one, Shared& shared) {
    try {
        one.outcome = [&]() -> Result<Published> {
            Published published;
            ZIGE_TRY(last, get_number(tx, HubValue::publish));
            Change change(tx, log_, one.actor, shared.now, last + 1);
            change.use_trust(shared.trust_version);
            ZIGE_CHECK(one.work(change));
            ZIGE_CHECK(make_states(change, published));
            shared.trust_version = change.trust_version(trust_);
            shared.stop = change.stops();
            return published;
        }();
    } catch (...) {
        one.bug = std::current_exception();
    }
}

/// What one of them did before it was refused is taken back. Fails when none is left.
Result<void> Publisher::run_all(Tx& tx, const Batch& batch, Shared& shared) {
    const bool alone = batch.size() == 1;
    std::size_t kept = 0;
    for (Waiting* each : batch) {
        if (shared.stop) {
            each->outcome = *shared.stop;
            continue;
        }
        if (!alone) ZIGE_CHECK(tx.exec(Sql::savepoint, {}));
        run(tx, *each, shared);
        if (each->good()) ++kept;
        else if (!alone) ZIGE_CHECK(tx.exec(Sql::savepoint_back, {}));
        if (!alone) ZIGE_CHECK(tx.exec(Sql::savepoint_release, {}));
    }
    if (kept > 0) return {};
    const auto& first = batch.front()->outcome;
    return first && !first->ok() ? first->error() : fail(ErrorId::api_internal, "change");
}

}  // namespace zige::hub
