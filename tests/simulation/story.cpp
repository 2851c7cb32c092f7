#include "tests/simulation/story.h"

#include <algorithm>

#include "tests/simulation/expect.h"
#include "tests/simulation/judge.h"

namespace zige::simulation {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kUnknownCode = "D411500999999";

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

bool real_signatures(std::uint64_t seed) { return seed / kThemes % 4 == 0; }

Suite suite_of(std::uint64_t seed) { return seed / kThemes % 8 == 4 ? Suite::sm2_sm3 : Suite::ed25519_sha256; }

}  // namespace

const char* to_string(Theme theme) {
    switch (theme) {
        case Theme::calm: return "calm";
        case Theme::clone: return "clone";
        case Theme::folder_back: return "folder_back";
        case Theme::hub_back_known: return "hub_back_known";
        case Theme::hub_back_unknown: return "hub_back_unknown";
        case Theme::thief: return "thief";
        case Theme::liar: return "liar";
        case Theme::rotations: return "rotations";
    }
    return "";
}

Story::Story(std::uint64_t seed)
    : random_(seed),
      more_(~seed),
      yet_more_(seed * 0x9e3779b97f4a7c15U + 1),
      theme_(theme_of(seed)),
      world_(suite_of(seed), !real_signatures(seed)),
      now_(*parse_time("2026-03-02 08:00:00", "start")),
      network_(seed),
      hub_(world_, seed, now_) {
    network_.connect([this](const std::string& method, const std::string& path, ByteView body, const Bytes& peer_key) {
        return serve(method, path, body, peer_key);
    });
    network_.listen_to_mixed([this](const std::string& meant_for, const std::string& agent, const HttpAnswer& answer) {
        note_word_of_another(meant_for, agent, answer);
    });
    found();
}

Story::~Story() = default;

std::optional<HttpAnswer> Story::serve(const std::string& method, const std::string& path, ByteView body,
                                       const Bytes& peer_key) {
    auto answer = hub_.serve(method, path, body, peer_key);
    note_published();
    return answer;
}

/// A hospital with one agent, and a clinic with a pair of them; they share some doctors.
void Story::found() {
    share_root();
    hub::Registry& registry = hub_.hub().registry();
    const char* codes[] = {"H41150000001", "H41150000002", "H41150000002"};
    for (std::uint64_t i = 0; i < 3; ++i) {
        Site& site = sites_.emplace_back();
        site.code = codes[i];
        site.machine = std::make_unique<AgentMachine>(world_, network_, "pc" + std::to_string(i), draw(1U << 30), now_);
        for (std::uint64_t n = 0; n < kPeople; ++n) site.people.push_back(doctor_code(i == 0 || n < 4 ? n : 100 + n));
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
}

/// The theme is prepared in the first third, strikes in the second, and ends with the last steps or in the calm.
void Story::run(int steps) {
    const auto third = static_cast<std::uint64_t>(steps) / 3;
    victim_ = draw(sites_.size());
    const int prepare = static_cast<int>(draw(third));
    const int strike = static_cast<int>(third + draw(third));
    const int end = strike + 2 + static_cast<int>(draw(third));
    for (int i = 0; i < steps; ++i) {
        if (i == prepare) prepare_theme();
        if (i == strike) theme_strikes();
        if (i == end) theme_ends();
        step();
        if (more(2) == 0) besides(any_of_sites());
        check_all();
    }
    theme_ends();
    calm_and_converge();
    summary_.network = network_.counts();
}

void Story::step() {
    Site& site = any_site();
    switch (draw(24)) {
        case 0:
            doing_ = "hours pass";
            advance(std::chrono::seconds(draw(3 * 3600)));
            break;
        case 1:
            doing_ = "days pass";
            advance(std::chrono::hours(draw(draw(8) == 0 ? 24 * 30 : 40)));
            break;
        case 2:
            doing_ = "restart of the hub";
            restart_hub();
            break;
        case 3:
            doing_ = "restart of " + site.machine->name();
            restart_agent(site);
            break;
        case 4:
            doing_ = "power cut of " + site.machine->name();
            cut_power(site);
            break;
        case 5:
            doing_ = "power cut of the hub";
            cut_hub_power();
            break;
        case 6:
            doing_ = "full disk of " + site.machine->name();
            fill_disk(site);
            break;
        case 7:
            doing_ = "full disk of the hub";
            fill_hub_disk();
            break;
        case 8:
            doing_ = "clock of " + site.machine->name();
            set_clock(site);
            break;
        case 9:
            doing_ = "clock of the hub";
            set_hub_clock();
            break;
        case 10:
        case 11:
            doing_ = "another line";
            change_line();
            break;
        default: act(site); break;
    }
}

void Story::act(Site& site) {
    switch (draw(12)) {
        case 0:
        case 1:
        case 2:
            doing_ = "the hub acts";
            hub_acts();
            break;
        case 3:
            doing_ = "departure at " + site.machine->name();
            depart(site);
            break;
        case 4:
        case 5:
        case 6:
        case 7:
        case 8:
            doing_ = "sync of " + site.machine->name();
            sync(site);
            break;
        default:
            doing_ = "claim at " + site.machine->name();
            clear(site);
            break;
    }
}

void Story::advance(std::chrono::seconds by) {
    now_ += by;
    hub_.clock().advance(by);
    for (Site& site : sites_) {
        site.machine->clock().advance(by);
        (void)site.machine->agent().tick();
    }
    keep_key_alive();
}

void Story::hub_acts() {
    if (!hub_.well()) return;
    switch (draw(5)) {
        case 0: stop_department(any_site()); break;
        case 1: rotate({}); break;
        default: set_sanction(); break;
    }
    note_published();
}

void Story::set_sanction() {
    hub::Sanctions& sanctions = hub_.hub().sanctions();
    const Day today = day_of(now_);
    if (draw(3) == 0) {
        for (auto& [document, sanction] : sanctions_) {
            if (sanction.end) continue;
            sanction.end = today + std::chrono::days(40);
            const auto ended = sanctions.end("simulation", sanction.order.person, document, *sanction.end, "恢复");
            CPPUNIT_ASSERT(ended.ok() || chronicle_.went_back());  // entered again when the hub is mended
            return;
        }
    }
    hub::SanctionOrder order;
    order.person = any_site().people[draw(kPeople)];
    order.status = draw(3) == 0 ? Standing::terminated : Standing::suspended;
    order.document = "模拟〔2026〕" + std::to_string(++numbers_) + "号";
    order.served_on = today;
    order.from = today + std::chrono::days(1 + draw(3));
    order.nominal_end = order.from + std::chrono::days(30);
    (void)required(sanctions.start("simulation", order));
    sanctions_[order.document] = {order, {}};
}

void Story::stop_department(Site& site) {
    Stop stop;
    stop.kind = StopKind::department_suspended;
    stop.department = "0201";
    stop.from = day_of(now_) + std::chrono::days(1);
    stop.document = "停〔2026〕" + std::to_string(++numbers_) + "号";
    hub::Registry& registry = hub_.hub().registry();
    (void)required(registry.add_department("simulation", site.code, stop.department, "内科"));
    (void)required(registry.stop("simulation", site.code, stop));
    note_published();
    (void)required(registry.resume("simulation", site.code, stop.document, stop.from + std::chrono::days(5)));
}

/// One of the roster, or now and then a code that was filed.
std::string_view Story::somebody(Site& site) {
    const std::string_view one = site.people[draw(kPeople)];
    if (site.more_codes.empty() || more(4) != 0) return one;
    return site.more_codes[more(site.more_codes.size())];
}

std::vector<agent::ClaimLine> Story::draw_lines(Site& site, const std::vector<std::string>& ids) {
    std::vector<agent::ClaimLine> lines(ids.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        FeeLine& line = lines[i].line;
        lines[i].line_id = ids[i];
        line.fee_time =
            (draw(3) == 0 ? site.machine->clock().wall() : now_) - std::chrono::seconds(draw(5 * 24 * 3600));
        line.amount = Fen{static_cast<std::int64_t>(draw(100'000))};
        line.department = draw(2) == 0 ? "0101" : "0201";
        if (draw(12) == 0) line.emergency = {EmergencyKind::rescue, "心跳骤停", "值班医师"};
        if (more(12) == 0) line.emergency = {EmergencyKind::rescue, "心跳骤停", ""};  // nobody stands for it
        draw_visit(site, lines[i]);
        line.people.push_back({Role::ordering, draw(10) == 0 ? kUnknownCode : somebody(site)});
        if (more(3) != 0) continue;
        line.people.push_back({Role::consultant, sites_[more(sites_.size())].people[more(kPeople)]});
        if (more(2) == 0) line.prescribed_at = line.fee_time - std::chrono::seconds(more(9 * 24 * 3600));
    }
    return lines;
}

/// Few visits, items and amounts, so that a line comes again under another person.
void Story::draw_visit(Site& site, agent::ClaimLine& line) {
    static constexpr std::string_view kVisits[] = {"V1", "V2", "V3"};
    static constexpr std::string_view kItems[] = {"XN01", "XN02"};
    const Instant wall = site.machine->clock().wall();
    switch (yet_more(12)) {
        case 0: line.line.release = {"代码未维护", "院长"}; break;
        case 1: line.line.release = {"", "院长"}; break;  // it says no reason
        case 2: line.line.order = {"YZ1", wall}; break;
        case 3: line.line.order = {"YZ2", wall - std::chrono::seconds(yet_more(3 * 24 * 3600))}; break;
        default: break;
    }
    if (yet_more(2) == 0) return;
    line.visit = {kVisits[yet_more(std::size(kVisits))], kItems[yet_more(std::size(kItems))]};
    line.line.amount = Fen{static_cast<std::int64_t>(100 * (1 + yet_more(2)))};
    if (yet_more(8) == 0) line.line.txn = yet_more(2) == 0 ? Txn::visit_info : Txn::admission;
}

void Story::clear(Site& site) {
    std::vector<std::string> ids(1 + draw(4));
    for (std::string& id : ids) id = "L" + std::to_string(++numbers_);
    const std::vector<agent::ClaimLine> lines = draw_lines(site, ids);
    const std::string claim_id = "C" + std::to_string(++numbers_);
    decide(site, {claim_id, draw(2) == 0 ? std::string_view(claim_id) : std::string_view(), lines});
}

void Story::decide(Site& site, const agent::Claim& claim) {
    agent::Agent& agent = site.machine->agent();
    const auto overlay = (*agent.desk())->overlay();
    const bool clock_known = !agent.time().status().unknown;
    const auto answer = (*agent.gate())->clear(claim);
    if (!answer.ok()) {
        const bool disk = answer.error().id == ErrorId::journal_not_recorded;
        CPPUNIT_ASSERT_MESSAGE(answer.error().describe(), disk || !agent.view());
        return;
    }
    check_answer(*answer, claim, {*overlay, clock_known});
    check_against_ledger(site, *answer, claim);
    site.truth.note_answer(*answer, claim);
    site.truth.check_reattribution(*answer, claim, site.machine->clock().wall());
    for (const agent::LineAnswer& line : answer->lines)
        ++(passes(line.decision.served) ? summary_.decided : summary_.refused);
    const bool recorded = std::ranges::all_of(answer->lines, [](const auto& line) { return line.recorded; });
    if (claim.idempotency_key.empty() || !recorded || more(3) != 0) return;
    const auto again = (*agent.gate())->clear(claim);
    if (again.ok()) Truth::check_repeated(*answer, *again);
}

void Story::depart(Site& site) {
    agent::Desk& desk = **site.machine->agent().desk();
    const std::string& person = site.people[draw(kPeople)];
    const Day today = day_of(now_);
    switch (draw(4)) {
        case 0: (void)desk.undo(person, "文员"); break;
        case 1: (void)desk.confirm(person, today, "DW" + std::to_string(++numbers_), "文员"); break;
        default: (void)desk.depart({person, today - std::chrono::days(draw(10)), "解除合同", "文员"}); break;
    }
}

void Story::sync(Site& site) {
    agent::Agent& agent = site.machine->agent();
    const auto before = agent.status().journal;
    const auto report = (*agent.syncer())->sync_once(draw(2) == 0);
    Truth::check_word(agent, before);
    ++(report.ok() ? summary_.syncs : summary_.failed_syncs);
}

}  // namespace zige::simulation
