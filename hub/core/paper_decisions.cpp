#include "hub/core/paper_decisions.h"

#include <algorithm>
#include <set>

#include "hub/core/paper_facts.h"

namespace zige::hub {
namespace {

std::optional<std::int64_t> maybe_number(const Fields& body, std::string_view name) {
    if (!body.find(name)) return std::nullopt;
    const auto value = body.number(name);
    return value.ok() ? std::optional(*value) : std::nullopt;
}

std::optional<Day> maybe_day(const Fields& body, std::string_view name) {
    const auto day = body.maybe_day(name);
    return day.ok() ? *day : std::nullopt;
}

/// "暂停医保支付资格2个月；..."
std::string measures_in(const Fields& body) {
    std::string_view names = body.text("served_measures");
    std::string words;
    while (!names.empty()) {
        const std::size_t comma = std::min(names.find(','), names.size());
        const auto measure = from_name<Measure>(names.substr(0, comma));
        names.remove_prefix(std::min(comma + 1, names.size()));
        if (!measure) continue;
        words += (words.empty() ? "" : "；") + std::string(text(*measure, Lang::zh));
        const auto months = maybe_number(body, "served_months").value_or(0);
        const auto years = maybe_number(body, "served_ban_years").value_or(0);
        if (*measure == Measure::suspend && months > 0) words += std::to_string(months) + "个月";
        if (*measure == Measure::terminate && years > 0) words += "，" + std::to_string(years) + "年内不得再次登记备案";
    }
    return words;
}

/// Points and effect as decided or as corrected.
void read_points(PaperDecision& decision, const Fields& body) {
    decision.points = maybe_number(body, "points");
    decision.measures = measures_in(body);
    decision.article = body.text("served_article");
    decision.status = from_name<Standing>(body.text("served_status"));
    decision.months = maybe_number(body, "served_months").value_or(0);
    decision.ban_years = maybe_number(body, "served_ban_years").value_or(0);
    if (const auto degree = from_name<ResponsibilityDegree>(body.text("degree")))
        decision.degree = text(*degree, Lang::zh);
    for (const std::string reading : {"served", "other"})
        if (body.text(reading + "_basis") == to_string(MeasureBasis::cumulative)) {
            decision.cumulative = maybe_number(body, reading + "_points");
            break;
        }
}

void read_interval(PaperDecision& decision, const Fields& body) {
    StandingInterval interval;
    interval.status = from_name<Standing>(body.text("status")).value_or(Standing::suspended);
    interval.from = maybe_day(body, "from").value_or(Day{});
    interval.nominal_end = maybe_day(body, "nominal_end");
    interval.end = maybe_day(body, "end");
    interval.article = static_cast<std::uint16_t>(maybe_number(body, "article").value_or(0));
    interval.document = decision.document;
    decision.interval = interval;
    decision.barred_until = maybe_day(body, "barred_until");
}

class Reader {
public:
    void take(const LogEvent& event) {
        switch (event.event) {
            case HubEvent::points_decided: return decided(event);
            case HubEvent::decision_corrected:
                if (PaperDecision* known = find(event)) read_points(*known, event.body);
                return;
            case HubEvent::decision_withdrawn:
                std::erase_if(decisions_, [&](const auto& each) { return is(each, event); });
                return;
            case HubEvent::sanction_started: return started(event);
            case HubEvent::sanction_ended: return ended(event);
            default: return;
        }
    }
    std::vector<PaperDecision> decisions() { return std::move(decisions_); }

private:
    static bool is(const PaperDecision& decision, const LogEvent& event) {
        return decision.person == event.person && decision.document == event.body.text("document");
    }
    PaperDecision* find(const LogEvent& event) {
        const auto at = std::ranges::find_if(decisions_, [&](const auto& each) { return is(each, event); });
        return at == decisions_.end() ? nullptr : &*at;
    }
    PaperDecision& add(const LogEvent& event) {
        PaperDecision decision;
        decision.document = event.body.text("document");
        decision.institution = event.institution;
        decision.person = event.person;
        decision.decided_on = day_of(event.at);
        decisions_.push_back(std::move(decision));
        return decisions_.back();
    }
    void decided(const LogEvent& event) {
        PaperDecision& decision = add(event);
        decision.decided_on = maybe_day(event.body, "decided_on").value_or(decision.decided_on);
        read_points(decision, event.body);
    }
    void started(const LogEvent& event) {
        PaperDecision* known = find(event);
        if (known == nullptr) known = &add(event);
        read_interval(*known, event.body);
    }
    /// On its first day: it never was. A shorter period has no end of its own.
    void ended(const LogEvent& event) {
        PaperDecision* known = find(event);
        if (known == nullptr || !known->interval) return;
        if (const auto shorter = maybe_day(event.body, "nominal_end")) {
            StandingInterval& interval = *known->interval;
            if (interval.end && interval.end == interval.nominal_end) interval.end = shorter;
            interval.nominal_end = shorter;
        }
        const auto end = maybe_day(event.body, "end");
        if (!end) return;
        if (*end > known->interval->from) {
            known->interval->end = end;
            known->restored = true;
            known->restored_on = *end;
            return;
        }
        known->interval.reset();
        known->barred_until.reset();
        if (!known->points) std::erase_if(decisions_, [&](const auto& each) { return is(each, event); });
    }

    std::vector<PaperDecision> decisions_;
};

}  // namespace

std::vector<PaperDecision> paper_decisions(std::span<const LogEvent> events) {
    Reader reader;
    for (const LogEvent& event : events) reader.take(event);
    return reader.decisions();
}

std::vector<std::pair<std::string_view, std::string>> fields_of(const PaperDecision& decision, const Profile& profile) {
    std::vector<std::pair<std::string_view, std::string>> fields = {
            {"document", decision.document}, {"decided_on", chinese(decision.decided_on)}, {"degree", decision.degree},
            {"measure", decision.measures},  {"law", decision.article},
            {"year", std::to_string(static_cast<int>(std::chrono::year_month_day{decision.decided_on}.year()))}};
    if (decision.points) fields.emplace_back("points", std::to_string(*decision.points));
    if (decision.cumulative) fields.emplace_back("cumulative", std::to_string(*decision.cumulative));
    if (decision.barred_until) fields.emplace_back("barred_until", chinese(*decision.barred_until - std::chrono::days{1}));
    if (decision.ban_years > 0) fields.emplace_back("ban_years", std::to_string(decision.ban_years));
    const auto status = decision.interval ? std::optional(decision.interval->status) : decision.status;
    if (!status) return fields;
    const bool terminated = *status == Standing::terminated;
    fields.emplace_back("status", text(*status, Lang::zh));
    if (terminated) fields.emplace_back("after_termination", "是");
    if (!decision.interval) {  // XY 43: from the day after service, which is not known yet
        if (decision.months > 0) fields.emplace_back("period", std::to_string(decision.months) + " 个月");
        return fields;
    }
    const StandingInterval& interval = *decision.interval;
    fields.emplace_back("from", chinese(interval.from));
    // A termination has no last day: its printed end is that of the bar, after which somebody may apply (XY 34, 35).
    if (interval.nominal_end && !terminated) fields.emplace_back("to", chinese(*interval.nominal_end - std::chrono::days{1}));
    const std::uint16_t usual = terminated ? profile.article_terminated : profile.article_suspended;
    if (decision.article.empty())
        fields.emplace_back("law", std::string(profile.article(interval.article != 0 ? interval.article : usual)));
    if (decision.measures.empty()) fields.emplace_back("measure", std::string(text(*status, Lang::zh)) + "医保支付资格");
    return fields;
}

PeriodCount count_period(std::span<const LogEvent> events, Day from, Day to) {
    const auto within = [&](Day day) { return from <= day && day <= to; };
    PeriodCount count;
    std::set<std::uint64_t> people;
    for (PaperDecision& decision : paper_decisions(events)) {
        if (decision.restored && within(decision.restored_on)) ++count.restored;
        if (!within(decision.decided_on)) continue;
        people.insert(decision.person.value);
        if (decision.interval) ++(decision.interval->status == Standing::terminated ? count.terminated : count.suspended);
        count.decisions.push_back(std::move(decision));
    }
    count.people = people.size();
    std::ranges::stable_sort(count.decisions, {}, &PaperDecision::decided_on);
    return count;
}

}  // namespace zige::hub
