#pragma once

#include <cppunit/TestAssert.h>

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "shared/base/time.h"
#include "tests/support/enrolled_folder.h"
#include "zige/zige.h"

namespace zige::testing {

/// A handle that closes itself.
class Handle {
public:
    Handle() = default;
    ~Handle() { zige_agent_close(&agent_); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    zige_agent** out() { return &agent_; }
    operator zige_agent*() const { return agent_; }

private:
    zige_agent* agent_ = nullptr;
};

/// A host's own HTTPS: what it is asked goes to the folder's hub. `instead` may stand in for it.
struct HostLine {
    EnrolledFolder* folder = nullptr;
    std::function<std::int32_t(zige_fetch&)> instead;
    std::atomic<int> fetched{0};

    static std::int32_t fetch(zige_fetch* exchange, void* user);
};

/// A claim with room for its answer. Lines of 2204 at this moment; change what a test is about.
struct Asked {
    explicit Asked(const EnrolledFolder& folder, std::vector<const char*> ordering = {kGoodCode});

    zige_line& line(std::size_t at = 0) { return lines.at(at); }
    const zige_decision& decision(std::size_t at = 0) const { return decisions.at(at); }
    /// Points claim and answer to the lines again, after lines were added.
    void settle();

    std::string time;
    std::vector<zige_line> lines;
    std::vector<zige_decision> decisions;
    zige_claim claim{};
    zige_answer answer{};
};

/// Everything that an answer says, as a text that can be compared; what differs between two moments is left out.
std::string shown(const Asked& asked);

/// Fails the test unless `status` is 0.
void fine(zige_status status, const zige_error& error);

}  // namespace zige::testing
