#include "shared/domain/stricter.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

namespace zige {
namespace {

/// Nothing: it has no end.
bool ends_later(const std::optional<Day>& a, const std::optional<Day>& b) { return b && (!a || *a > *b); }

void take_last_day(Registration& registration, const std::optional<Day>& last_day) {
    if (last_day && (!registration.last_day || *last_day < *registration.last_day)) registration.last_day = last_day;
}

void lay_institution(InstitutionRecord& onto, const InstitutionRecord& before) {
    if (before.mode > onto.mode) {
        onto.mode = before.mode;
        onto.mode_until = before.mode_until;
    }
    onto.strict = onto.strict || before.strict;
    for (const Stop& stop : before.stops) {
        const auto same = std::find_if(onto.stops.begin(), onto.stops.end(), [&](const Stop& each) {
            return each.kind == stop.kind && each.department == stop.department && each.from == stop.from;
        });
        if (same == onto.stops.end()) onto.stops.push_back(stop);
        else if (ends_later(stop.end, same->end)) *same = stop;
    }
}

Registration* by_number(std::vector<Registration>& sorted, RecordNo no) {
    const auto at = std::lower_bound(sorted.begin(), sorted.end(), no,
                                     [](const Registration& each, RecordNo wanted) { return each.no < wanted; });
    return at != sorted.end() && at->no == no ? &*at : nullptr;
}

/// What is to be laid over people. Standing follows the person (XY 45): what is said of one registration counts for
/// each that this person has here.
class Additions {
public:
    void add(const Registration& onto, const StandingInterval& interval) {
        (onto.code.empty() ? by_number_[onto.no] : by_code_[onto.code]).push_back(interval);
    }

    void lay_over(std::vector<Registration>& registrations) const {
        if (by_code_.empty() && by_number_.empty()) return;
        for (Registration& each : registrations) {
            if (const auto at = by_code_.find(each.code); at != by_code_.end()) lay(each, at->second);
            if (const auto at = by_number_.find(each.no); at != by_number_.end()) lay(each, at->second);
        }
    }

private:
    static void lay(Registration& onto, const StandingTimeline& intervals) {
        for (const StandingInterval& each : intervals) lay_stricter(onto.standing, each);
    }

    std::map<std::string, StandingTimeline> by_code_;
    std::map<RecordNo, StandingTimeline> by_number_;  ///< of those without a code
};

/// Whom a registration from before a recovery means in the copy of now. A hub that lost what it had registered gives
/// the same person another number, and perhaps that number to somebody else (REC-4).
class PeopleHere {
public:
    explicit PeopleHere(const Copy& copy) : copy_(copy) {}

    const Registration* find(const Registration& then) const {
        const Registration* const same_number = copy_.by_number(then.no);
        if (same_number != nullptr && is_one(*same_number, then)) return same_number;
        if (then.code.empty()) return nullptr;
        if (by_code_.empty()) index();
        const auto at = by_code_.find(then.code);
        return at != by_code_.end() ? at->second : nullptr;
    }

private:
    /// Under one number: a code may have been changed since, or the change of it lost.
    static bool is_one(const Registration& now, const Registration& then) {
        return now.name == then.name || (now.code == then.code && !now.code.empty());
    }

    /// Not Copy::find(), to which a code of two people is nobody's: who has it as the code of a registration is meant
    /// (P1).
    void index() const {
        for (const Registration& each : copy_.registrations())
            if (!each.code.empty()) by_code_.emplace(each.code, &each);
        for (const Alias& alias : copy_.aliases())
            if (!alias.code.empty()) by_code_.emplace(alias.code, copy_.by_number(alias.target));
    }

    const Copy& copy_;
    mutable std::map<std::string_view, const Registration*> by_code_;  // made when a number does not tell
};

}  // namespace

void lay_stricter(StandingTimeline& timeline, const StandingInterval& interval) {
    const auto same = std::find_if(timeline.begin(), timeline.end(), [&](const StandingInterval& each) {
        return each.status == interval.status && each.from == interval.from;
    });
    if (same != timeline.end()) {
        if (ends_later(interval.end, same->end)) *same = interval;
        return;
    }
    timeline.insert(std::upper_bound(timeline.begin(), timeline.end(), interval,
                                     [](const auto& a, const auto& b) { return a.from < b.from; }),
                    interval);
}

Result<std::shared_ptr<const Copy>> stricter_copy(std::shared_ptr<const Copy> copy,
                                                  std::span<const std::shared_ptr<const Copy>> before,
                                                  std::span<const StandingAside> aside) {
    if (before.empty() && aside.empty()) return copy;
    Copy::Parts parts = copy->parts();
    const PeopleHere here(*copy);
    Additions additions;
    for (const auto& old : before) {
        lay_institution(parts.institution, old->institution());
        for (const Registration& then : old->registrations()) {
            const Registration* const onto = here.find(then);
            if (onto == nullptr) continue;
            if (onto->no == then.no) take_last_day(*by_number(parts.registrations, then.no), then.last_day);
            for (const StandingInterval& interval : then.standing) additions.add(*onto, interval);
        }
    }
    for (const StandingAside& each : aside) {
        const Registration* const present = copy->by_number(each.no);
        if (present != nullptr) additions.add(*present, each.interval);
        for (const auto& old : before) {  // it may be of a number from before the recovery
            const Registration* const then = old->by_number(each.no);
            const Registration* const onto = then != nullptr ? here.find(*then) : nullptr;
            if (onto != nullptr && onto != present) additions.add(*onto, each.interval);
        }
    }
    additions.lay_over(parts.registrations);
    return Copy::build(std::move(parts));
}

}  // namespace zige
