// As ../c/zige_check.c, in C++: the handle closes itself, and what has no answer is an exception.
#include <cstring>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "zige/zige.h"

namespace {

struct Close {
    void operator()(zige_agent* agent) const { zige_agent_close(&agent); }
};
using Agent = std::unique_ptr<zige_agent, Close>;

/// Settle as before, and mark the bill `unchecked`.
struct NoAnswer : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// The call, the key or the way to the agent is wrong: no bill will ever be answered. Show it; it is no `unchecked`.
struct Fault : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void require(zige_status status, const zige_error& err) {
    if (status == ZIGE_OK) return;
    const std::string words = std::string(err.reason) + " " + err.field + " " + err.next;
    if (err.kind == ZIGE_KIND_INVALID || err.kind == ZIGE_KIND_UNTRUSTED || status == ZIGE_E_FILE_PERMISSION)
        throw Fault(words);
    throw NoAnswer(words);
}

Agent reach(const std::string& data_dir) {
    zige_agent* agent = nullptr;
    zige_error err;
    zige_open_options own;
    ZIGE_INIT(own);
    own.data_dir = data_dir.c_str();
    const zige_status status = zige_agent_open(&agent, &own, &err);
    if (status == ZIGE_E_AGENT_BUSY) {
        zige_connect_options running;
        ZIGE_INIT(running);
        running.data_dir = data_dir.c_str();
        require(zige_agent_connect(&agent, &running, &err), err);
    } else {
        require(status, err);
    }
    return Agent(agent);
}

std::string text(int32_t group, int32_t code) {
    char room[1024];
    zige_error err;
    require(zige_text(room, sizeof room, group, code, 0, &err), err);
    return room;
}

bool ask(zige_agent* agent, const std::string& fee_time, const std::vector<std::string>& codes) {
    std::vector<zige_line> lines(codes.size());
    std::vector<zige_decision> decisions(codes.size());
    for (std::size_t i = 0; i < codes.size(); ++i) {
        lines[i].fee_time = fee_time.c_str();
        lines[i].amount_fen = 1250;
        lines[i].people[0] = {codes[i].c_str(), ZIGE_ROLE_ORDERING};
    }
    zige_claim claim;
    ZIGE_INIT(claim);
    claim.transaction = ZIGE_TXN_OUTPATIENT_FEES;
    claim.claim_id = "JS20261120-0017";
    claim.lines = lines.data();
    claim.line_count = static_cast<uint32_t>(lines.size());
    claim.line_size = sizeof(zige_line);
    zige_answer answer;
    ZIGE_INIT(answer);
    answer.decisions = decisions.data();
    answer.decision_count = claim.line_count;
    answer.decision_size = sizeof(zige_decision);
    zige_error err;
    require(zige_clear(&answer, agent, &claim, &err), err);
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        const zige_decision& line = decisions[i];
        const bool grounded = line.ground_count > 0;
        std::cout << i + 1 << " " << line.outcome << " " << line.may_settle << " ["
                  << (grounded ? text(ZIGE_TEXT_GROUND, line.grounds[0].ground) : "") << "] ["
                  << (grounded ? line.grounds[0].document : "") << "] [" << text(ZIGE_TEXT_ADVICE, line.advice) << "] "
                  << line.reference << "\n";
    }
    return answer.may_settle == 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::cerr << "usage: zige_check DATA_DIR FEE_TIME CODE...\n";
        return 2;
    }
    try {
        const Agent agent = reach(argv[1]);
        return ask(agent.get(), argv[2], std::vector<std::string>(argv + 3, argv + argc)) ? 0 : 1;
    } catch (const Fault& fault) {
        std::cout << "fault: " << fault.what() << "\n";
        return 4;
    } catch (const std::exception& error) {
        std::cout << "unchecked: " << error.what() << "\n";
        return 3;
    }
}
