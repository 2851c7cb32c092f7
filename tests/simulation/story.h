#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/machines.h"
#include "tests/simulation/thief.h"
#include "tests/simulation/truth.h"

namespace zige::simulation {

/// What befalls a story once, beside the faults that all stories have.
enum class Theme : std::uint8_t {
    calm,
    clone,             ///< a copy of an agent's disk runs beside the original
    folder_back,       ///< an agent's folder is put back, with or without its anchor
    hub_back_known,    ///< the hub's database is put back, its witness is not: it says so and stops
    hub_back_unknown,  ///< the witness is put back too
    thief,             ///< the online key is stolen; root revokes it and resets
    liar,              ///< the same forgeries without the key
    rotations,         ///< the online key is rotated again and again, an agent is away
};
inline constexpr std::uint64_t kThemes = 8;
inline constexpr std::uint64_t kPeople = 8;  ///< on the roster of each institution
const char* to_string(Theme theme);
constexpr Theme theme_of(std::uint64_t seed) { return static_cast<Theme>(seed % kThemes); }

/// One seed: a hub and several agents through some weeks of work, faults and power cuts; the promises hold after each
/// step, and when the faults stop every agent reaches the hub's root and the hub holds every journal.
/// seed % 8 is the theme. Of each 64 seeds 8 have the real signatures of ed25519-sha256 and 8 those of sm2-sm3; the
/// others have the cheap ones (cheap_crypto.h). The same seed gives the same story (private keys aside).
class Story {
public:
    explicit Story(std::uint64_t seed);
    ~Story();
    void run(int steps);

    struct Summary {
        std::uint64_t decided = 0;
        std::uint64_t refused = 0;
        std::uint64_t power_cuts = 0;
        std::uint64_t syncs = 0;
        std::uint64_t failed_syncs = 0;
        std::uint64_t forgeries = 0;
        std::uint64_t publishes = 0;
        Network::Counts network;
    };
    const Summary& summary() const { return summary_; }
    Theme theme() const { return theme_; }
    /// The step that ran last: for the report of a failure.
    const std::string& doing() const { return doing_; }

private:
    struct Site {
        std::string code;
        std::vector<std::string> people;  ///< codes
        std::unique_ptr<AgentMachine> machine;
        Truth truth;
        Image folder;                          ///< a backup of the data folder
        std::vector<std::string> more_codes;   ///< of people and aliases that were filed here
        std::vector<std::string> phone_codes;  ///< that the bureau read out
    };
    struct Sanction {
        hub::SanctionOrder order;
        std::optional<Day> end;
        bool witnessed = false;  ///< by an agent's copy when the hub was put back
    };

    // story.cpp: what people do
    void found();
    void enrol(Site& site);
    void step();
    void act(Site& site);
    void advance(std::chrono::seconds by);
    void hub_acts();
    void set_sanction();
    void stop_department(Site& site);
    void clear(Site& site);
    void decide(Site& site, const agent::Claim& claim);
    std::string_view somebody(Site& site);
    std::vector<agent::ClaimLine> draw_lines(Site& site, const std::vector<std::string>& ids);
    void depart(Site& site);
    void sync(Site& site);
    std::optional<HttpAnswer> serve(const std::string& method, const std::string& path, ByteView body,
                                    const Bytes& peer_key);

    // clerks.cpp: the rest of what is filed at an institution
    void besides(Site& site);
    void file(Site& site);
    void hire(Site& site);
    void hire_sanctioned(Site& site);
    void take_back(Site& site);
    void check_overlay(Site& site);
    void check_filings(Site& site);

    // operators.cpp: the rest of what the bureau does
    void phone(Site& site);
    void hand_out_notice(Site& site);
    void take_out_of_service(Site& site);
    void write_for_another(Site& site);
    void replace(Site& site);
    void resolve_incidents();
    void settle_two_words();
    void note_word_of_another(const std::string& meant_for, const std::string& agent, const HttpAnswer& answer);
    void check_resolved();
    void check_out_of_service(Site& site);
    void check_against_ledger(Site& site, const agent::ClaimAnswer& answer, const agent::Claim& claim);
    void check_named_hub();
    void check_recovered();
    void check_not_overtaken();

    // faults.cpp: what every story has
    void restart_hub();
    void restart_agent(Site& site);
    void cut_power(Site& site);
    void cut_hub_power();
    void fill_disk(Site& site);
    void fill_hub_disk();
    void set_clock(Site& site);
    void set_hub_clock();
    void confirm_hub_clock();
    void change_line();
    void work_on(Site& site, int calls);

    // themes.cpp
    void prepare_theme();
    void theme_strikes();
    void theme_ends();
    void back_up_hub();
    void clone(Site& site);
    void put_folder_back(Site& site);
    void put_hub_back(bool unnoticed);
    void tell_everybody();
    void mislead_everybody();
    void go_on_unaware();
    void note_witnesses();
    void note_lost_states();
    void enter_again(bool witnessed_too);
    void recover_hub();
    void hub_is_mended();
    void steal_key(bool really);
    void meddle(const std::string& agent, const std::string& path, HttpAnswer& answer);
    void share_root();
    void forge_trust(HttpAnswer& answer);
    void rotate(const hub::NextTrust& wish);
    void reset_by_root(std::optional<std::uint8_t> stolen);
    void keep_key_alive();

    // convergence.cpp
    void note_published();
    void bring_back(Site& site);
    void check_all();
    void check_sanctions(Site& site);
    bool converged();
    void calm_and_converge();
    Truth::World outside() const;

    std::uint64_t draw(std::uint64_t below) { return random_() % below; }
    std::uint64_t more(std::uint64_t below) { return more_() % below; }
    std::uint64_t yet_more(std::uint64_t below) { return yet_more_() % below; }
    void draw_visit(Site& site, agent::ClaimLine& line);
    Site& any_of_sites() { return sites_[more(sites_.size())]; }
    Site& any_site() { return sites_[draw(sites_.size())]; }
    Site& site_of(const std::string& machine);

    std::mt19937_64 random_;
    std::mt19937_64 more_;  ///< of clerks.cpp and operators.cpp: what they do changes no other draw
    std::mt19937_64 yet_more_;  ///< of visits, orders and releases: likewise
    Theme theme_;
    World world_;
    Instant now_;
    Network network_;
    HubMachine hub_;
    std::deque<Site> sites_;
    std::map<std::string, Sanction> sanctions_;  ///< by document
    Chronicle chronicle_;
    Summary summary_;
    std::string doing_ = "founding";
    std::uint64_t numbers_ = 0;

    std::size_t victim_ = 0;  ///< the site that the theme befalls
    Image hub_backup_;
    Image hub_witness_backup_;
    Image hub_newest_;
    bool handed_back_ = false;  ///< the hub was recovered: agents handed in what they hold
    std::uint64_t backup_publish_ = 0;
    std::vector<std::unique_ptr<Signer>> roots_;  ///< two of three sign; the third was stolen
    std::uint32_t trust_published_ = 1;
    Instant stolen_at_{};
    std::unique_ptr<Thief> thief_;
    bool key_stolen_ = false;
    std::map<std::uint32_t, Chapter> resolved_;  ///< by agent: the chapter in which its journal was forked
    /// By agent and chapter: which journal the operator let go on, one word for each time that he was asked.
    std::map<std::pair<std::uint32_t, Chapter>, std::set<std::optional<hub::Branch>>> words_;
    /// By agent and chapter: the line gave the word that opens the next one to the other of two clones as well.
    std::set<std::pair<std::uint32_t, Chapter>> heard_by_both_;
    std::map<std::string, wire::State> lost_states_;  ///< by machine: what it holds, the hub lost and does not miss
    std::optional<std::pair<AgentId, std::uint64_t>> successor_;  ///< whose journal goes on elsewhere, its entries
    std::uint32_t revoking_ = 0;  ///< version of the trust document that reset time and epoch
};

}  // namespace zige::simulation
