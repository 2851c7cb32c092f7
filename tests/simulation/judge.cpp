#include "tests/simulation/judge.h"

#include <cppunit/TestAssert.h>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace zige::simulation {
namespace {

using namespace std::chrono_literals;

constexpr auto kLongestHoliday = 14 * 24h;  ///< moves the end of a copy's life

/// What stands against somebody on a day.
struct Against {
    bool sanctioned = false;
    bool departed = false;
    bool unregistered = false;
    bool any() const { return sanctioned || departed || unregistered; }
};

/// Slow and plain on purpose: all records and aliases are read for each question.
class PlainJudge {
public:
    PlainJudge(const Copy& copy, const Overlay& overlay) : copy_(copy), overlay_(overlay) {}

    Against against(const PersonOnLine& person, Day day) const {
        const Records records = look_up(person.code);
        if (records.empty()) return against_stranger(person, day);
        Against found;
        found.sanctioned = std::ranges::any_of(records, [&](const Registration* record) {
            return std::ranges::any_of(record->standing, [&](const auto& each) { return each.covers(day); });
        });
        const Registration& meant = *meant_on(day, records);
        const Overlay::Entry* pending = overlay_.find(meant.no);
        const std::optional<Day> last_day = pending ? pending->last_day : meant.last_day;
        found.departed = last_day && day > *last_day;
        found.unregistered = day < meant.registered_from;
        if (!found.departed && !found.unregistered) return found;
        const bool elsewhere = is_external(person.role);  // works there now
        if (!elsewhere && !(found.departed && comes_back(meant.code, *last_day, day))) return found;
        return {found.sanctioned || in_region(meant.code, day), false, false};
    }

    /// A stop of the institution or of the line's department, decided by the bureau.
    bool stopped(std::string_view department, Day day) const {
        return std::ranges::any_of(copy_.institution().stops, [&](const Stop& stop) {
            return stop.covers(day) && (stop.department.empty() || stop.department == department);
        });
    }

private:
    using Records = std::vector<const Registration*>;

    /// One person has as many as times of service here; one that was filed and taken back stays, with its last day
    /// before its first.
    Records look_up(std::string_view code) const {
        Records found;
        for (const Registration& person : copy_.registrations())
            if (person.code == code) found.push_back(&person);
        for (const Alias& alias : copy_.aliases())
            if (alias.code == code) found.push_back(copy_.by_number(alias.target));
        if (!found.empty()) return found;
        const Overlay::Code* filed = overlay_.code(code);
        if (filed != nullptr && !filed->removed) found.push_back(copy_.by_number(filed->target));
        std::erase(found, nullptr);
        return found;
    }

    /// The time of service that began last by `day`, else the first of all; one that was taken back if it is the only
    /// one.
    static const Registration* meant_on(Day day, Records records) {
        const auto served = [](const auto* each) {
            return !each->last_day || *each->last_day >= each->registered_from;
        };
        if (std::ranges::any_of(records, served)) std::erase_if(records, std::not_fn(served));
        std::ranges::sort(records, {}, [](const auto* each) { return std::pair(each->registered_from, each->no); });
        const Registration* meant = records.front();
        for (const Registration* each : records)
            if (each->registered_from <= day) meant = each;
        return meant;
    }

    /// A new registration is filed and waits; it begins after the last day of the one before.
    bool comes_back(std::string_view code, Day last_day, Day day) const {
        const Overlay::Provisional* again = overlay_.newcomer(code);
        return again != nullptr && again->person.registered_from > last_day && day >= again->person.registered_from;
    }

    Against against_stranger(const PersonOnLine& person, Day day) const {
        const Overlay::Provisional* newcomer = overlay_.newcomer(person.code);
        const bool begun = newcomer != nullptr && day >= newcomer->person.registered_from;
        if (begun || is_external(person.role)) return {in_region(person.code, day), false, false};
        return {in_region(person.code, day), false, true};
    }

    bool in_region(std::string_view code, Day day) const {
        return copy_.ineligible() != nullptr && copy_.ineligible()->find(code, day).has_value();
    }

    const Copy& copy_;
    const Overlay& overlay_;
};

/// XY 14: it counts with kind, reason and who. It frees nobody who left, and no institution that was stopped.
bool declared(const FeeLine& line) {
    return line.emergency.kind != EmergencyKind::none && !line.emergency.reason.empty() &&
           !line.emergency.declared_by.empty();
}

/// 担责放行: with reason and name. It passes whom nobody registered, never whom the bureau ruled out or who left.
bool released(const FeeLine& line) { return !line.release.reason.empty() && !line.release.released_by.empty(); }

void check_line(const PlainJudge& judge, const FeeLine& line, const Decision& decision) {
    const bool stopped = judge.stopped(line.department, day_of(line.fee_time));
    const bool emergency = declared(line);
    bool reason = stopped;
    for (const PersonOnLine& person : line.people) {
        const Against against = judge.against(person, day_of_person(line, person.role));
        reason = reason || against.any();
        const bool freed = !against.departed && (emergency || (released(line) && !against.sanctioned));
        CPPUNIT_ASSERT_MESSAGE("P1: " + std::string(person.code) + " passed at " + format(line.fee_time),
                               !passes(decision.served) || !against.any() || freed);
        CPPUNIT_ASSERT_MESSAGE("P1: an emergency freed " + std::string(person.code) + " without a mark",
                               decision.served != Outcome::allow || !against.any());
    }
    CPPUNIT_ASSERT_MESSAGE("P1: a line of what was stopped passed at " + format(line.fee_time),
                           !passes(decision.served) || !stopped);
    CPPUNIT_ASSERT_MESSAGE("P11: refused without an event, at " + format(line.fee_time),
                           decision.served != Outcome::deny || reason);
}

bool expired(const agent::View& view, Instant fee_time) {
    const Instant end = view.as_of + view.copy->limits().stale + kLongestHoliday;
    return fee_time > end && (!view.prolonged_until || fee_time > *view.prolonged_until);
}

}  // namespace

bool is_external(Role role) { return role == Role::consultant; }

Day day_of_person(const FeeLine& line, Role role) {
    return day_of(is_external(role) && line.prescribed_at ? *line.prescribed_at : line.fee_time);
}

void check_answer(const agent::ClaimAnswer& answer, const agent::Claim& claim, const Beside& beside) {
    const Copy& copy = *answer.view->copy;
    if (copy.institution().mode != Mode::enforce) return;
    const PlainJudge judge(copy, beside.overlay);
    for (std::size_t i = 0; i < claim.lines.size(); ++i) {
        const FeeLine& line = claim.lines[i].line;
        if (!answer.lines[i].answered || line.txn != Txn::outpatient_fees) continue;  // a visit refuses nobody
        const Decision& decision = answer.lines[i].decision;
        check_line(judge, line, decision);
        const bool too_old = beside.clock_known && !declared(line) && !released(line) && expired(*answer.view, line.fee_time);
        CPPUNIT_ASSERT_MESSAGE("P1: an expired copy let a fee of " + format(line.fee_time) + " pass",
                               !too_old || !passes(decision.served));
    }
}

}  // namespace zige::simulation
