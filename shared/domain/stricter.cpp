#include "shared/domain/stricter.h"

#include <algorithm>

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
    for (const auto& old : before) {
        lay_institution(parts.institution, old->institution());
        for (const Registration& registration : old->registrations()) {
            Registration* const onto = by_number(parts.registrations, registration.no);
            if (onto == nullptr) continue;
            take_last_day(*onto, registration.last_day);
            for (const StandingInterval& interval : registration.standing) lay_stricter(onto->standing, interval);
        }
    }
    for (const StandingAside& each : aside)
        if (Registration* const onto = by_number(parts.registrations, each.no))
            lay_stricter(onto->standing, each.interval);
    return Copy::build(std::move(parts));
}

}  // namespace zige
