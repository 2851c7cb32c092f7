#include "tests/simulation/story.h"

#include <cppunit/TestAssert.h>

namespace zige::simulation {
namespace {

using namespace std::chrono_literals;

constexpr int kPeople = 12;
constexpr int kRoundsToConverge = 40;

void require(const Result<void>& result) { CPPUNIT_ASSERT_MESSAGE(result.ok() ? "" : result.error().describe(), result.ok()); }

template <class T>
T required(Result<T> result) {
    CPPUNIT_ASSERT_MESSAGE(result.ok() ? "" : result.error().describe(), result.ok());
    return std::move(result).value();
}

hub::RosterRow roster_row(std::uint32_t line, std::string code, Category category) {
    hub::RosterRow row;
    row.line = line;
    row.national_code = std::move(code);
    row.name = "人员" + std::to_string(line);
    row.certificate_type = "99";
    row.certificate_number = "certificate of " + row.national_code;
    row.category = category;
    row.department = line % 2 == 0 ? "0101" : "0201";
    row.contract_from = *parse_day("2024-01-01", "contract_from");
    return row;
}

std::string doctor_code(std::uint64_t number) {
    const std::string digits = std::to_string(1'000'000 + number);
    return "D411500" + digits.substr(1);
}

}  // namespace

Story::Story(std::uint64_t seed)
    : random_(seed), world_(seed % 5 == 4 ? Suite::sm2_sm3 : Suite::ed25519_sha256),
      now_(*parse_time("2026-03-02 08:00:00", "start")), network_(seed), hub_(world_, seed, now_) {
    network_.connect([this](const std::string& method, const std::string& path, ByteView body, const Bytes& peer_key) {
        HttpAnswer answer = hub_.serve(method, path, body, peer_key);
        note_published();
        return answer;
    });
    found();
}

/// Two hospitals that share some doctors, and a clinic with a pair of agents.
void Story::found() {
    hub::Registry& registry = hub_.hub().registry();
    const char* codes[] = {"H41150000001", "H41150000002", "H41150000002"};
    for (int i = 0; i < 3; ++i) {
        Site& site = sites_.emplace_back();
        site.code = codes[i];
        site.machine = std::make_unique<AgentMachine>(world_, network_, "pc" + std::to_string(i), draw(1U << 30), now_);
        for (std::uint64_t n = 0; n < kPeople; ++n)
            site.people.push_back(doctor_code(i == 0 || n < 4 ? n : 100 + n));
        if (i == 2) continue;
        hub::InstitutionSpec spec;
        spec.code = site.code;
        spec.name = "模拟医院" + std::to_string(i + 1);
        spec.division = "411500";
        spec.mode = Mode::enforce;
        (void)required(registry.add_institution("simulation", spec));
        std::vector<hub::RosterRow> rows;
        for (std::size_t n = 0; n < site.people.size(); ++n)
            rows.push_back(roster_row(static_cast<std::uint32_t>(n + 1), site.people[n], Category::physician));
        const auto report = required(registry.import_roster("simulation", site.code, rows, {}));
        CPPUNIT_ASSERT_EQUAL(static_cast<std::uint32_t>(kPeople), report.added);
    }
    note_published();
    for (Site& site : sites_) enrol(site);
}

void Story::enrol(Site& site) {
    require(site.machine->start());
    const hub::Slip slip = required(hub_.hub().enrolment().issue_token("simulation", site.code, "hub:7443"));
    require(site.machine->agent().enrol({"https://" + slip.hub_address, slip.token, slip.fingerprint}));
    (void)required((*site.machine->agent().syncer())->sync_once(true));
    check(site);
}

void Story::run(int steps) {
    for (int i = 0; i < steps; ++i) step();
    calm_and_converge();
    summary_.network = network_.counts();
}

void Story::step() {
    Site& site = any_site();
    switch (draw(16)) {
    case 0: advance(std::chrono::seconds(draw(3 * 3600))); break;
    case 1: advance(std::chrono::hours(draw(40))); break;
    case 2: hub_acts(); break;
    case 3: depart(site); break;
    case 4: cut_power(site); break;
    case 5: change_line(); break;
    case 6: set_clock(site); break;
    case 7: restart_hub(); break;
    case 8:
    case 9:
    case 10:
    case 11: sync(site); break;
    default: clear(site); break;
    }
    for (Site& each : sites_) {
        bring_back(each);
        check(each);
    }
}

void Story::advance(std::chrono::seconds by) {
    now_ += by;
    hub_.clock().advance(by);
    for (Site& site : sites_) {
        site.machine->clock().advance(by);
        (void)site.machine->agent().tick();
    }
}

void Story::hub_acts() {
    if (draw(3) == 0)
        stop_department(any_site());
    else
        set_sanction();
    note_published();
}

void Story::set_sanction() {
    hub::Sanctions& sanctions = hub_.hub().sanctions();
    const Day today = day_of(now_);
    if (!sanctions_.empty() && draw(3) == 0) {
        const std::size_t at = draw(sanctions_.size());
        const auto [person, document] = sanctions_[at];
        (void)required(sanctions.end("simulation", person, document, today + std::chrono::days(40), "恢复"));
        sanctions_.erase(sanctions_.begin() + static_cast<std::ptrdiff_t>(at));
        return;
    }
    hub::SanctionOrder order;
    order.person = any_site().people[draw(kPeople)];
    order.status = draw(3) == 0 ? Standing::terminated : Standing::suspended;
    order.document = "模拟〔2026〕" + std::to_string(++numbers_) + "号";
    order.served_on = today;
    order.from = today + std::chrono::days(1 + draw(3));
    order.nominal_end = order.from + std::chrono::days(30);
    (void)required(sanctions.start("simulation", order));
    sanctions_.emplace_back(order.person, order.document);
}

void Story::stop_department(Site& site) {
    Stop stop;
    stop.kind = StopKind::department_suspended;
    stop.department = "0201";
    stop.from = day_of(now_) + std::chrono::days(1);
    stop.document = "停〔2026〕" + std::to_string(++numbers_) + "号";
    hub::Registry& registry = hub_.hub().registry();
    (void)required(registry.stop("simulation", site.code, stop));
    (void)required(registry.resume("simulation", site.code, stop.document, stop.from + std::chrono::days(5)));
}

void Story::restart_hub() {
    hub_.kill();
    hub_.start();
    note_published();
}

void Story::clear(Site& site) {
    agent::Agent& agent = site.machine->agent();
    std::vector<agent::ClaimLine> lines(1 + draw(4));
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < lines.size(); ++i) ids.push_back("L" + std::to_string(++numbers_));
    const std::string unknown = "D411500999999";
    for (std::size_t i = 0; i < lines.size(); ++i) {
        FeeLine& line = lines[i].line;
        lines[i].line_id = ids[i];
        line.fee_time = site.machine->clock().wall() - std::chrono::seconds(draw(5 * 24 * 3600));
        line.amount = Fen{static_cast<std::int64_t>(draw(100'000))};
        line.department = draw(2) == 0 ? "0101" : "0201";
        if (draw(12) == 0) line.emergency = {EmergencyKind::rescue, "心跳骤停", "值班医师"};
        line.people.push_back({Role::ordering, draw(10) == 0 ? std::string_view(unknown) : site.people[draw(kPeople)]});
    }
    const std::string claim_id = "C" + std::to_string(++numbers_);
    const agent::Claim claim{claim_id, draw(2) == 0 ? std::string_view(claim_id) : std::string_view(), lines};
    const auto overlay = (*agent.desk())->overlay();
    const auto answer = (*agent.gate())->clear(claim);
    if (!answer.ok()) {
        CPPUNIT_ASSERT_MESSAGE(answer.error().describe(), !site.machine->disk().has_power() || !agent.view());
        return;
    }
    site.truth.check_answer(*answer, claim, *overlay);
    site.truth.note_answer(*answer, claim);
    for (const agent::LineAnswer& line : answer->lines) ++(passes(line.decision.served) ? summary_.decided : summary_.refused);
}

void Story::depart(Site& site) {
    agent::Desk& desk = **site.machine->agent().desk();
    const std::string& person = site.people[draw(kPeople)];
    const Day today = day_of(site.machine->clock().wall());
    switch (draw(3)) {
    case 0: (void)desk.undo(person, "文员"); break;
    case 1: (void)desk.confirm(person, today, "DW" + std::to_string(++numbers_), "文员"); break;
    default: (void)desk.depart({person, today - std::chrono::days(draw(10)), "解除合同", "文员"}); break;
    }
}

void Story::sync(Site& site) {
    const auto report = (*site.machine->agent().syncer())->sync_once(draw(2) == 0);
    ++(report.ok() ? summary_.syncs : summary_.failed_syncs);
    if (!report.ok()) ++summary_.failures[to_string(report.error().id)];
}

/// The power goes at one of the next operations of the disk, in the middle of whatever the PC does then.
void Story::cut_power(Site& site) {
    testing::PowerDisk& disk = site.machine->disk();
    disk.cut_power_at_operation(disk.counts().operations() + 1 + draw(60));
    for (int i = 0; i < 6 && disk.has_power(); ++i) {
        if (draw(2) == 0)
            clear(site);
        else
            sync(site);
        (void)site.machine->agent().tick();
    }
    ++summary_.power_cuts;
    site.machine->lose_power(std::chrono::seconds(draw(12 * 3600)));
}

void Story::set_clock(Site& site) {
    testing::FakeClock& clock = site.machine->clock();
    switch (draw(4)) {
    case 0: clock.set_wall(*parse_time("2009-01-01 00:00:00", "wall")); break;
    case 1: clock.set_wall(*parse_time("2036-02-07 14:28:15", "wall")); break;
    default: clock.set_wall(now_); break;
    }
}

void Story::change_line() {
    Faults faults;
    if (draw(2) == 0) {
        faults.lose_request = static_cast<unsigned>(draw(40));
        faults.lose_answer = static_cast<unsigned>(draw(40));
        faults.duplicate = static_cast<unsigned>(draw(40));
        faults.damage = static_cast<unsigned>(draw(20));
        faults.replay = static_cast<unsigned>(draw(20));
    }
    network_.set_faults(faults);
    for (Site& site : sites_) network_.partition(site.machine->name(), draw(4) == 0);
}

void Story::note_published() {
    if (!hub_.running()) return;
    for (const char* code : {"H41150000001", "H41150000002"}) {
        const auto current = hub_.hub().feed().current(code);
        if (!current.ok()) continue;
        const auto [at, fresh] = roots_[code].emplace(current->state.seq.value, current->state.root);
        CPPUNIT_ASSERT_MESSAGE("P3: one publish number, two roots", at->second == current->state.root);
        if (fresh) ++summary_.publishes;
    }
}

void Story::bring_back(Site& site) {
    if (site.machine->running()) return;
    require(site.machine->start());
    site.truth.check_journal(site.machine->agent());
}

void Story::check(Site& site) {
    site.truth.check_copy(site.machine->agent(), roots_[site.code]);
    site.truth.check_held(site.machine->agent(), required(hub_.hub().report().status()), false);
}

void Story::calm_and_converge() {
    network_.set_faults({});
    for (Site& site : sites_) {
        network_.partition(site.machine->name(), false);
        site.machine->clock().set_wall(now_);
    }
    for (int round = 0; round < kRoundsToConverge; ++round)
        for (Site& site : sites_) (void)(*site.machine->agent().syncer())->sync_once(true);
    for (Site& site : sites_) {
        agent::Agent& agent = site.machine->agent();
        const auto last = (*agent.syncer())->sync_once(false);
        CPPUNIT_ASSERT_MESSAGE(last.ok() ? "" : last.error().describe(), last.ok());
        const auto current = required(hub_.hub().feed().current(site.code));
        CPPUNIT_ASSERT_MESSAGE("the agent reaches the hub's root", agent.view() && agent.view()->state.root == current.state.root);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, (*agent.desk())->waiting());
        check(site);
        site.truth.check_held(agent, required(hub_.hub().report().status()), true);
        site.truth.check_journal(agent);
    }
    (void)required(hub_.hub().verify_log());
}

}  // namespace zige::simulation
