#pragma once

#include <atomic>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "hub/core/publisher.h"

namespace zige::hub::testing {

/// What one caller of Publisher::change() was told.
struct Told {
    std::optional<ErrorId> error;
    bool threw = false;
    bool kept() const { return !error && !threw; }
};

struct Caller {
    std::string actor;
    Publisher::Work work;
};

inline Told call(Publisher& publisher, const Caller& caller) {
    Told told;
    try {
        const auto done = publisher.change(caller.actor, caller.work);
        if (!done.ok()) told.error = done.error().id;
    } catch (const std::exception&) {
        told.threw = true;
    }
    return told;
}

/// Runs a first change, and all `others` in the transaction after it, in their order: they come while the first is under
/// way. What the first and each of the others was told.
inline std::vector<Told> together(Publisher& publisher, const Caller& first, const std::vector<Caller>& others) {
    std::vector<Told> told(others.size() + 1);
    std::atomic<bool> first_is_in{false};
    const auto wait_for = [&](std::size_t callers) {
        while (publisher.waiting() < callers) std::this_thread::yield();
    };
    std::vector<std::thread> threads;
    threads.emplace_back([&] {
        told[0] = call(publisher, {first.actor, [&](Change& change) {
                                       first_is_in = true;
                                       wait_for(others.size() + 1);
                                       return first.work(change);
                                   }});
    });
    while (!first_is_in) std::this_thread::yield();
    for (std::size_t i = 0; i < others.size(); ++i) {
        threads.emplace_back([&, i] { told[i + 1] = call(publisher, others[i]); });
        if (i + 1 < others.size()) wait_for(i + 2);  // after the last one the first goes on
    }
    for (std::thread& each : threads) each.join();
    return told;
}

}  // namespace zige::hub::testing
