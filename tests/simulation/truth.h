#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "agent/core/gate.h"
#include "tests/simulation/machines.h"

namespace zige::simulation {

/// What was ever published, and by whom: the hub, or a thief with its online key.
class Chronicle {
public:
    /// One number has one root (P3), unless a hub that was put back unnoticed uses a number again. True: a new one.
    bool published(const wire::State& state);
    void forged(const wire::State& state) { forged_.insert(name_of(state)); }
    void hub_went_back() { went_back_ = true; }
    bool went_back() const { return went_back_; }
    /// The hub does not know that it was put back: it gives numbers again until it is told.
    void hub_is_unaware() { unaware_ = true; }

    /// P5: a registration number means one person for ever.
    void saw(const Copy& copy);

    bool knows(const wire::State& state) const;
    bool is_forged(const wire::State& state) const { return forged_.contains(name_of(state)); }

private:
    using Number = std::pair<std::uint32_t, std::uint64_t>;  // epoch, seq
    using Name = std::pair<std::string, std::pair<Number, Hash256>>;
    static Name name_of(const wire::State& state) {
        return {state.institution.text, {{state.epoch.value, state.seq.value}, state.root}};
    }
    std::map<std::string, std::map<Number, std::set<Hash256>>> roots_;
    std::set<Name> forged_;
    std::map<std::pair<std::string, std::uint32_t>, std::string> people_;  ///< institution, number: code
    bool went_back_ = false;
    bool unaware_ = false;
};

/// What one agent has promised so far, told by its answers, and checked against what it and the hub hold.
/// Every check throws CppUnit's assertion with the promise in its text.
class Truth {
public:
    /// P2: notes what was answered with a number. The same claim again is the same decision.
    void note_answer(const agent::ClaimAnswer& answer, const agent::Claim& claim);
    /// P1: what was refused to one person passes for another in that visit only under a newer order of his.
    void check_reattribution(const agent::ClaimAnswer& answer, const agent::Claim& claim, Instant wall);
    static void check_repeated(const agent::ClaimAnswer& first, const agent::ClaimAnswer& again);
    /// P2: every answered decision is in the journal. Call after each start.
    void check_journal(agent::Agent& agent) const;

    /// What is true outside of the agent.
    struct World {
        const Chronicle& chronicle;
        Instant now{};               ///< the true time
        std::uint32_t revoking = 0;  ///< trust version that ended a thief's key and reset time; 0: none
        bool key_stolen = false;
        Instant key_ends{};               ///< of the stolen key, counted on by the time since the theft
        std::uint32_t trust_version = 0;  ///< newest that the root holders signed
    };
    /// P3, P4: the copy is a state that was published and never an older one than seen before; running time only rises,
    /// and never above the true time, but by a stolen key until root took that back.
    void check_copy(agent::Agent& agent, const World& world);
    /// What the agent has now may be a forgery of a key that it does not know to be revoked yet.
    void glimpse(agent::Agent& agent, const World& world);
    /// P5: what the hub holds is the beginning of this journal, and nothing of what it confirmed is lost.
    /// `all`: it holds every entry.
    void check_held(agent::Agent& agent, const hub::HubStatus& status, bool all);
    /// P4: no word about the journal counts that is older than the one known before; unless root took its time back.
    static void check_word(agent::Agent& agent, const agent::Journal::Status& before);
    /// P4: an agent that is one of two, or whose folder was put back behind what the hub holds, is named.
    void check_named(agent::Agent& agent, const hub::HubStatus& status) const;

    struct FolderBack {
        std::uint64_t size_before = 0;  ///< of the journal
        std::uint64_t anchored = 0;     ///< as the anchor has it that stayed outside; 0: none did
    };
    /// The folder was put back: what stands above is what there is from now on.
    void folder_put_back(agent::Agent& agent, const FolderBack& back);
    void hub_went_back() { held_at_hub_.clear(); }
    /// From now on another machine writes under the same number.
    void cloned() { one_of_two_ = true; }
    /// The hub opened an incident about this journal, or wrote down that its agent is out of service.
    void was_named() { named_ = true; }
    /// Out of service, with so many entries at the hub: it takes no more of them (P4), but from a successor.
    void out_of_service(std::optional<std::uint64_t> held) {
        in_service_ = false;
        held_when_revoked_ = held;
    }
    bool in_service() const { return in_service_; }
    void check_out_of_service(const hub::AgentInfo& info) const;

    /// A code of the telephone was taken: no code counts twice (P4).
    void phone_code_taken(const std::string& code);
    /// A statement on paper was taken: it counts until a state of its basis or a later one comes (P1).
    void statement_taken(const wire::Statement& statement, Epoch epoch) { statements_.emplace_back(statement, epoch); }
    /// It counts here by that alone: the copy itself, which is what an agent hands back, may not have it.
    bool is_on_paper(const std::string& document) const;

    /// Neither a clone nor known to the hub with entries that it does not have.
    bool honest() const { return !one_of_two_ && !shortened_; }
    /// Has every entry that ever was: what was on the line when the folder was put back may arrive at the hub yet.
    bool whole() const { return honest() && !lost_; }

private:
    void check_time(agent::Agent& agent, const World& world);
    void check_beside_copy(const agent::View& view, const World& world);
    void check_stricter(const agent::View& view);

    struct Answered {
        Chapter chapter;
        std::uint64_t number = 0;
        std::string line_id;
        Outcome served = Outcome::deny;
    };
    std::vector<Answered> answered_;
    std::pair<Epoch, Seq> newest_;
    std::optional<wire::State> seen_;
    Instant newest_running_{};
    std::map<Chapter, std::uint64_t> held_at_hub_;  ///< the hub confirmed so many entries
    std::uint32_t newest_ineligible_ = 0;
    Epoch ineligible_epoch_;  ///< in which that was
    std::set<std::string> phone_codes_;
    using Standings = std::vector<std::pair<std::string, StandingInterval>>;  ///< by the person's code
    Epoch epoch_;                                                             ///< of the copy
    Standings standings_;                                                     ///< in it
    Standings before_;                                                        ///< in the last one of the epoch before
    struct Refused {
        std::set<std::string> people;  ///< who were on the line
        Instant at{};
        bool weak = false;  ///< it may be a slip or another line: what comes next need only be marked
    };
    std::map<std::string, Refused> refused_;  ///< by visit, item and amount: the newest
    std::vector<std::pair<wire::Statement, Epoch>> statements_;
    std::optional<std::uint64_t> held_when_revoked_;
    bool in_service_ = true;
    bool named_ = false;
    bool reset_seen_ = false;        ///< of the time
    bool reset_state_seen_ = false;  ///< a state of the epoch that root reset to
    bool one_of_two_ = false;
    bool lost_ = false;       ///< entries, with a folder that was put back
    bool shortened_ = false;  ///< the folder was put back behind what the hub holds
};

}  // namespace zige::simulation
