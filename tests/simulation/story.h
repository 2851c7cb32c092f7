#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/simulation/machines.h"
#include "tests/simulation/truth.h"

namespace zige::simulation {

/// One seed: a hub and several agents through some weeks of work, faults and power cuts; the promises hold after each step,
/// and when the faults stop every agent reaches the hub's root and the hub holds every journal.
/// The same seed gives the same story, byte for byte (private keys aside).
class Story {
public:
    explicit Story(std::uint64_t seed);
    void run(int steps);

    struct Summary {
        std::uint64_t decided = 0;
        std::uint64_t refused = 0;
        std::uint64_t power_cuts = 0;
        std::uint64_t syncs = 0;
        std::uint64_t failed_syncs = 0;
        std::map<std::string, int> failures;  ///< by the name of the error
        std::uint64_t publishes = 0;
        Network::Counts network;
    };
    const Summary& summary() const { return summary_; }

private:
    struct Site {
        std::string code;
        std::vector<std::string> people;  ///< codes
        std::unique_ptr<AgentMachine> machine;
        Truth truth;
        std::map<std::string, bool> departed;
    };

    void found();
    void enrol(Site& site);
    void step();
    void advance(std::chrono::seconds by);
    void hub_acts();
    void set_sanction();
    void stop_department(Site& site);
    void restart_hub();
    void clear(Site& site);
    void depart(Site& site);
    void sync(Site& site);
    void cut_power(Site& site);
    void set_clock(Site& site);
    void change_line();
    void note_published();
    void bring_back(Site& site);
    void check(Site& site);
    void calm_and_converge();

    std::uint64_t draw(std::uint64_t below) { return random_() % below; }
    Site& any_site() { return sites_[draw(sites_.size())]; }

    std::mt19937_64 random_;
    World world_;
    Instant now_;
    Network network_;
    HubMachine hub_;
    std::vector<Site> sites_;
    std::vector<std::pair<std::string, std::string>> sanctions_;  ///< person, document: those in force
    std::map<std::string, std::map<std::uint64_t, Hash256>> roots_;  ///< by institution and publish number
    Summary summary_;
    std::uint64_t numbers_ = 0;
};

}  // namespace zige::simulation
