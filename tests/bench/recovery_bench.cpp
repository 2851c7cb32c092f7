#include "hub/core/sanctions.h"
#include "tests/bench/crowd.h"
#include "tests/bench/hub_agent.h"
#include "tests/bench/measure.h"
#include "tests/bench/run.h"

namespace zige::bench {
namespace {

constexpr std::size_t kAgents = 1'000;
constexpr std::size_t kCallers = 16;
constexpr std::size_t kSanctions = 100;  // that the database lost
constexpr std::size_t kDecisions = 3;
constexpr std::size_t kShown = 250;

/// A region: a hospital, nine township hospitals, 990 clinics and pharmacies, each with one agent.
std::size_t people_of(std::size_t institution) { return institution == 0 ? 2'000 : institution < 10 ? 300 : 15; }
InstitutionKind kind_of(std::size_t institution) {
    if (institution < 10) return InstitutionKind::hospital;
    return institution % 2 == 0 ? InstitutionKind::clinic : InstitutionKind::pharmacy;
}
std::string code_of(std::size_t institution) { return "H4115000" + std::to_string(10'000 + institution); }

void show_progress(std::string_view what, std::size_t done, std::size_t all) {
    if (done % kShown == 0) progress(std::string(what) + ", " + std::to_string(done) + " of " + std::to_string(all));
}

class Region {
public:
    explicit Region(const Run& run)
        : rig_(run.folder / "region", run.suite), count_(run.size(kAgents, 20)), sanctions_(run.size(kSanctions, 5)) {
        for (std::size_t i = 0; i < count_; ++i) {
            rig_.add_institution(code_of(i), kind_of(i), people_of(i));
            agents_.push_back(std::make_unique<HubAgent>(rig_, code_of(i)));
            show_progress("region: enrolled", i + 1, count_);
        }
        people_ = people_of(0) + 9 * people_of(1) + (count_ - 10) * people_of(10);
    }

    /// What the database will have lost: sanctions, and a change at each institution. All agents have it.
    void go_on() {
        for (std::size_t i = 0; i < sanctions_; ++i) suspend(i * people_ / sanctions_, i);
        for (std::size_t i = 0; i < count_; ++i)
            must(rig_.hub().registry().set_mode(HubRig::kActor, code_of(i), Mode::warn, {}));
        sync_all();
    }

    /// Seconds of one plain carrying sync of each.
    double sync_all() {
        const std::vector<Bytes> requests = all([](HubAgent& agent) { return agent.sync_request(kDecisions); });
        std::vector<Bytes> answers(count_);
        const double seconds = in_seconds([&](std::size_t i) { answers[i] = sync(i, requests[i]); });
        take(answers);
        return seconds;
    }

    void lose() {
        rig_.put_back();
        expect(rig_.hub().stopped().has_value(), "a hub behind its witness");
    }
    void back_up() { rig_.back_up(); }

    /// Seconds from the operator's command to the end of the recovery of each institution. What the agents send is made
    /// before: here the hub is measured.
    double recover() {
        const std::vector<Bytes> first = all([](HubAgent& agent) { return agent.sync_request(0); });
        const std::vector<Bytes> copies = all([](HubAgent& agent) { return agent.copy(); });
        const std::vector<Bytes> second = all([](HubAgent& agent) { return agent.sync_request(0); });
        std::vector<Bytes> answers(count_);
        std::atomic<std::size_t> done{0};
        double seconds = timed([&] { must(rig_.hub().recovery().start(HubRig::kActor, {})); }) / 1e9;
        started_ = seconds;
        seconds += in_seconds([&](std::size_t i) {
            sync(i, first[i]);  // is asked to hand in
            must(rig_.hub().recovery().hand_in(copies[i], agents_[i]->tls_key()));
            answers[i] = sync(i, second[i]);
            show_progress("region: recovered", ++done, count_);
        });
        check_recovered();
        take(answers);
        return seconds;
    }

    double started() const { return started_; }  ///< of it the command alone

private:
    template <class Make>
    std::vector<Bytes> all(Make make) {
        std::vector<Bytes> made;
        for (const auto& agent : agents_) made.push_back(make(*agent));
        return made;
    }
    template <class Work>
    double in_seconds(Work work) {
        return timed([&] { in_a_crowd(kCallers, count_, work); }) / 1e9;
    }
    Bytes sync(std::size_t agent, const Bytes& request) {
        return must(rig_.hub().ingest().sync(request, agents_[agent]->tls_key()));
    }
    void take(const std::vector<Bytes>& answers) {
        for (std::size_t i = 0; i < count_; ++i) agents_[i]->take(answers[i]);
    }

    void suspend(std::size_t person, std::size_t number) {
        hub::SanctionOrder order;
        order.person = rig_.code_of_person(person);
        order.document = "信医保处〔2026〕" + std::to_string(number) + "号";
        order.from = rig_.env().today();
        order.served_on = order.from - std::chrono::days{1};
        must(rig_.hub().sanctions().start(HubRig::kActor, order));
    }

    /// Every institution is through, and every suspension that was lost is back.
    void check_recovered() {
        std::size_t standings = 0;
        for (const auto& institution : must(rig_.hub().recovery().show()).institutions) {
            expect(institution.recovered, "all agents handed in");
            for (const auto& agent : institution.agents) standings += agent.recovered.standings;
        }
        expect(standings == sanctions_, "each lost suspension handed back");
    }

    HubRig rig_;
    std::size_t count_;      ///< agents
    std::size_t sanctions_;  ///< that the database lost
    std::vector<std::unique_ptr<HubAgent>> agents_;
    std::size_t people_ = 0;
    double started_ = 0;
};

}  // namespace

std::vector<Row> recovery_rows(const Run& run) {
    progress("recovery of a region of 1,000 agents");
    Region region(run);
    region.back_up();
    region.go_on();
    region.lose();
    const double recovered = region.recover();
    const double plain = region.sync_all();
    const std::string baseline = "a plain sync of each";
    return {{"recovery of a region of 1,000 agents", "s", recovered, baseline, plain, {}, {}},
            {"- of it the command", "s", region.started(), "", 0, {}, {}}};
}

}  // namespace zige::bench
