#include <algorithm>

#include "tests/simulation/expect.h"
#include "tests/simulation/story.h"

namespace zige::simulation {
namespace {

using agent::FilingStatus;
using std::chrono::days;

constexpr const char* kClerk = "文员";

bool stands(FilingState state) { return state != FilingState::refused && state != FilingState::withdrawn; }
bool waits(FilingState state) { return state == FilingState::pending || state == FilingState::sent; }

template <class Body>
const Body* body_of(const FilingStatus& filing) {
    return std::get_if<Body>(&filing.filing.body);
}

/// An amendment, or the undoing of a departure that is under way, is taken back before it left the PC: the departure
/// counts as it was filed.
bool change_mind(agent::Desk& desk, const std::vector<FilingStatus>& filings) {
    const auto amendment = std::ranges::find_if(filings, [](const FilingStatus& each) {
        return body_of<wire::AmendFiling>(each) != nullptr && each.state == FilingState::pending;
    });
    if (amendment != filings.end()) return desk.take_back(to_hex(amendment->filing.uuid), kClerk).ok();
    const auto departure = std::ranges::find_if(filings, [](const FilingStatus& each) {
        return body_of<wire::DepartureFiling>(each) != nullptr && each.state == FilingState::sent && !each.undo_pending;
    });
    if (departure == filings.end() || !desk.take_back(to_hex(departure->filing.uuid), kClerk)) return false;
    for (const FilingStatus& each : desk.filings()) {
        const auto* undo = body_of<wire::UndoFiling>(each);
        if (undo != nullptr && undo->target == departure->filing.uuid && each.state == FilingState::pending)
            (void)desk.take_back(to_hex(each.filing.uuid), kClerk);
    }
    return true;
}

/// A filing that takes this one back and was not itself refused.
bool taken_back(const std::vector<FilingStatus>& filings, const FilingStatus& filing) {
    return std::ranges::any_of(filings, [&](const FilingStatus& each) {
        const auto* undo = body_of<wire::UndoFiling>(each);
        return undo != nullptr && undo->target == filing.filing.uuid && stands(each.state);
    });
}

std::optional<Day> last_day_in(const FilingStatus& filing) {
    if (const auto* departure = body_of<wire::DepartureFiling>(filing)) return departure->last_day;
    if (const auto* amend = body_of<wire::AmendFiling>(filing)) return amend->last_day;
    return {};
}

bool has_alias(const Copy& copy, const wire::AliasFiling& filed) {
    return std::ranges::any_of(
        copy.aliases(), [&](const Alias& alias) { return alias.target == filed.target && alias.code == filed.code; });
}

bool has_leave(const Copy& copy, const wire::LeaveFiling& filed) {
    const Registration* person = copy.by_number(filed.no);
    return person != nullptr &&
           std::ranges::any_of(person->leaves, [&](const Leave& leave) { return leave.from == filed.from; });
}

bool has_commitment(const Copy& copy, const wire::CommitmentFiling& filed) {
    const Registration* person = copy.by_number(filed.no);
    return person != nullptr && person->commitment.kind == CommitmentKind::signed_on;
}

/// How many registrations are as this one was filed: a code may be filed again, after a refusal or a departure.
std::ptrdiff_t in_record(const Copy& copy, const wire::RegistrationFiling& filed) {
    return std::ranges::count_if(copy.registrations(), [&](const Registration& each) {
        return each.code == filed.code && each.registered_from == filed.from;
    });
}

std::ptrdiff_t accepted_like(const std::vector<FilingStatus>& filings, const wire::RegistrationFiling& filed) {
    return std::ranges::count_if(filings, [&](const FilingStatus& each) {
        const auto* other = body_of<wire::RegistrationFiling>(each);
        return each.state == FilingState::accepted && other && other->code == filed.code && other->from == filed.from;
    });
}

/// What an accepted filing of this kind leaves in the records; others are not looked for.
bool shows(const Copy& copy, const FilingStatus& filing) {
    if (const auto* filed = body_of<wire::RegistrationFiling>(filing)) return in_record(copy, *filed) > 0;
    if (const auto* filed = body_of<wire::AliasFiling>(filing)) return has_alias(copy, *filed);
    if (const auto* filed = body_of<wire::LeaveFiling>(filing)) return has_leave(copy, *filed);
    if (const auto* filed = body_of<wire::CommitmentFiling>(filing)) return has_commitment(copy, *filed);
    return true;
}

}  // namespace

/// Whatever else happens in an office that day, beside the step.
void Story::besides(Site& site) {
    bring_back(site);
    const std::string before = doing_;
    doing_ += ", beside it the clerk of " + site.machine->name();
    switch (more(10)) {
        case 0: phone(site); break;
        case 8: hire_sanctioned(site); break;
        case 9: write_for_another(site); break;
        case 1: hand_out_notice(site); break;
        case 2: take_back(site); break;
        default: file(site); break;
    }
    doing_ = before;
}

/// Refused where the desk of this PC refuses it: its clock is off, its copy is old, the disk is full.
void Story::file(Site& site) {
    agent::Desk& desk = **site.machine->agent().desk();
    const std::string person = site.people[more(kPeople)];
    const Day today = day_of(now_);
    const std::string n = std::to_string(++numbers_);
    switch (more(6)) {
        case 0:
        case 1: hire(site); break;
        case 2: {
            const std::string code = "GH" + n;
            if (desk.submit({person, wire::AliasFiling{{}, code, false}, kClerk, {}})) site.more_codes.push_back(code);
            break;
        }
        case 3: (void)desk.submit({person, wire::CommitmentFiling{{}, today}, kClerk, {}}); break;
        case 4: {
            const Day from = today + days(more(5));
            (void)desk.submit({person, wire::LeaveFiling{{}, LeaveKind::other, from, from + days(2)}, kClerk, {}});
            break;
        }
        default: (void)desk.amend(person, today - days(more(12)), kClerk); break;
    }
}

/// Somebody new; or one of another institution, who may be on the region's list.
void Story::hire(Site& site) {
    wire::RegistrationFiling filed;
    const std::uint64_t at = more(kPeople);
    filed.code = any_of_sites().people[at];
    filed.name = "人员" + std::to_string(at + 1);
    if (std::ranges::find(site.people, filed.code) != site.people.end()) {
        filed.code = "D411500" + std::to_string(500'000 + numbers_);
        filed.name = "新员工" + std::to_string(numbers_);
    }
    filed.department = more(2) == 0 ? "0101" : "0201";
    filed.commitment_signed = day_of(now_);
    filed.from = day_of(now_) - days(more(4));
    std::optional<wire::Identity> identity;
    if (more(2) == 0) identity = wire::Identity{"99", "certificate of " + filed.code};
    if ((*site.machine->agent().desk())->submit({"", filed, kClerk, identity})) site.more_codes.push_back(filed.code);
}

/// One who is sanctioned elsewhere begins here, and is on a claim before the hub has heard of it: what the region's
/// list says counts at once (P1).
void Story::hire_sanctioned(Site& site) {
    const Day today = day_of(now_);
    const auto suits = [&](const auto& each) {
        const hub::SanctionOrder& order = each.second.order;
        return order.from <= today && std::ranges::find(site.people, order.person) == site.people.end();
    };
    const auto found = std::ranges::find_if(sanctions_, suits);
    if (found == sanctions_.end()) return;
    const std::string code = found->second.order.person;
    wire::RegistrationFiling filed;
    filed.code = code;
    filed.name = "人员" + code;
    filed.department = "0101";
    filed.commitment_signed = today;
    filed.from = today - days(2);
    if ((*site.machine->agent().desk())->submit({"", filed, kClerk, {}})) site.more_codes.push_back(code);
    std::vector<agent::ClaimLine> lines(1);
    const std::string line_id = "L" + std::to_string(++numbers_);
    const std::string claim_id = "C" + std::to_string(++numbers_);
    lines[0].line_id = line_id;
    lines[0].line.fee_time = now_ - std::chrono::hours(more(12));
    lines[0].line.amount = Fen{100};
    lines[0].line.department = "0101";
    lines[0].line.people.push_back({Role::ordering, code});
    decide(site, {claim_id, claim_id, lines});
}

/// Any filing of this desk; a departure that waits rather than another.
void Story::take_back(Site& site) {
    agent::Desk& desk = **site.machine->agent().desk();
    const auto filings = desk.filings();
    if (filings.empty() || change_mind(desk, filings)) return;
    (void)desk.take_back(to_hex(filings[more(std::min<std::size_t>(filings.size(), 4))].filing.uuid), kClerk);
}

/// P1, P8: what waits for the hub counts here as filed, and nothing else does.
void Story::check_overlay(Site& site) {
    agent::Desk& desk = **site.machine->agent().desk();
    const auto filings = desk.filings();
    const auto overlay = desk.overlay();
    const auto any = [&](const auto& wanted) { return std::ranges::any_of(filings, wanted); };
    for (const auto& [no, entry] : overlay->entries) {
        const auto filed = [&, no = no, &last_day = entry.last_day](const FilingStatus& each) {
            const bool about = each.no == no || body_of<wire::AmendFiling>(each) != nullptr;
            return about && stands(each.state) && last_day_in(each) == last_day;
        };
        CPPUNIT_ASSERT_MESSAGE("P8: a departure counts that nobody filed", !entry.last_day || any(filed));
    }
    for (const auto& [code, newcomer] : overlay->provisional) {
        const auto filed = [&, &code = code](const FilingStatus& each) {
            const auto* registration = body_of<wire::RegistrationFiling>(each);
            return registration != nullptr && registration->code == code && stands(each.state);
        };
        CPPUNIT_ASSERT_MESSAGE("P8: a registration counts that nobody filed", any(filed));
    }
    for (const FilingStatus& each : filings) {
        if (body_of<wire::DepartureFiling>(each) == nullptr || !waits(each.state) || taken_back(filings, each))
            continue;
        const Overlay::Entry* entry = overlay->find(each.no);
        CPPUNIT_ASSERT_MESSAGE("P1: a departure that was filed does not count", entry && entry->last_day);
    }
}

/// P8: what the hub accepted is in the record. (A pair of agents may file against each other.)
void Story::check_filings(Site& site) {
    if (site.machine->name() != "pc0" || !site.truth.whole() || chronicle_.went_back()) return;
    const Copy& copy = *site.machine->agent().view()->copy;
    agent::Desk& desk = **site.machine->agent().desk();
    for (const agent::Duty& duty : desk.duties()) {
        if (duty.state != FilingState::accepted || duty.undo_pending) continue;
        const Registration* person = copy.by_number(duty.no);
        CPPUNIT_ASSERT_MESSAGE("P8: an accepted departure is not in the record",
                               person && person->last_day == duty.duty.last_day);
    }
    const auto filings = desk.filings();
    for (const FilingStatus& each : filings) {
        if (each.state == FilingState::accepted && !taken_back(filings, each))
            CPPUNIT_ASSERT_MESSAGE("P8: an accepted filing is not in the record", shows(copy, each));
        const auto* registration = body_of<wire::RegistrationFiling>(each);
        if (registration != nullptr)
            CPPUNIT_ASSERT_MESSAGE("P8: a registration that does not stand is in the record",
                                   in_record(copy, *registration) == accepted_like(filings, *registration));
    }
}

}  // namespace zige::simulation
