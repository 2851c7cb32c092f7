#include "hub/core/paper_decisions.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "hub/core/paper_facts.h"
#include "hub/core/standing_ledger.h"

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
    decision.shortened_from.reset();
}

/// What it leads to, as decided or corrected.
Reading reading_of(const PaperDecision& decision) {
    Reading reading;
    reading.status = decision.status;
    reading.months = static_cast<unsigned>(decision.months);
    reading.ban_years = static_cast<unsigned>(decision.ban_years);
    return reading;
}

/// What a suspension has as its last day: its end, where that comes before the printed one.
std::optional<Day> day_after(const StandingInterval& interval) {
    if (interval.end && interval.nominal_end) return std::min(*interval.end, *interval.nominal_end);
    return interval.nominal_end;
}

class Reader {
public:
    void take(const LogEvent& event) {
        switch (event.event) {
            case HubEvent::points_decided: return decided(event);
            case HubEvent::decision_corrected:
                return corrected(event);
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
    void corrected(const LogEvent& event) {
        PaperDecision* known = find(event);
        if (known == nullptr) return;
        read_points(*known, event.body);
        known->owed = known->interval.has_value() && is_graver(reading_of(*known), known->served);
    }
    void started(const LogEvent& event) {
        PaperDecision* known = find(event);
        if (known == nullptr) known = &add(event);
        if (known->interval && known->interval->end) known->before = known->interval;
        read_interval(*known, event.body);
        if (event.body.text("as_told") != "yes") known->served = reading_of(*known);
        known->owed = is_graver(reading_of(*known), known->served);
    }
    /// On its first day: it never was. A shorter period has no end of its own.
    void ended(const LogEvent& event) {
        PaperDecision* known = find(event);
        if (known == nullptr || !known->interval) return;
        if (const auto shorter = maybe_day(event.body, "nominal_end")) {
            StandingInterval& interval = *known->interval;
            known->shortened_from = interval.nominal_end;
            if (interval.end && interval.end == interval.nominal_end) interval.end = shorter;
            interval.nominal_end = shorter;
            if (const auto barred = maybe_day(event.body, "barred_until")) known->barred_until = barred;
        }
        const auto end = maybe_day(event.body, "end");
        if (!end) return;
        if (*end > known->interval->from) {
            known->interval->end = end;
            return;
        }
        known->interval = std::exchange(known->before, std::nullopt);
        known->owed = false;
        known->barred_until.reset();
        known->shortened_from.reset();
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

std::string repair_words(const PaperDecision& decision, const Career& career) {
    const auto year_of = [](Day day) { return std::chrono::year_month_day{day}.year(); };
    std::string words;
    Day last{};
    for (const Repaired& each : career.repairs()) {
        if (each.on < decision.decided_on || year_of(each.on) != year_of(decision.decided_on)) continue;
        words += (words.empty() ? "" : "、") + chinese(each.on) + " 记分修复减 " + std::to_string(each.points) + " 分";
        last = std::max(last, each.on);
    }
    if (words.empty()) return {};
    unsigned left = 0;
    for (const auto& [conduct_year, points] : career.points_on(last)) left += points;
    words += "，修复后年度累计 " + std::to_string(left) + " 分";
    const KnownSanction* known = career.sanction(decision.document);
    if (!decision.interval || known == nullptr || !known->shortened) return words;
    const StandingInterval& interval = *decision.interval;
    if (known->ended == SanctionEnd::repaired && interval.end)
        return words + "，自 " + chinese(*interval.end) + " 零时起恢复";
    if (!decision.shortened_from || !interval.nominal_end) return words;
    const char* const what = interval.status == Standing::terminated ? "，不得登记备案截止日由 " : "，期满日由 ";
    constexpr std::chrono::days kOneDay{1};
    return words + what + chinese(*decision.shortened_from - kOneDay) + " 提前至 " + chinese(*interval.nominal_end - kOneDay);
}

namespace {

/// The days of a paper are those of what is left.
std::string part_served(const PaperDecision& decision) {
    if (!decision.before || !decision.before->end || decision.owed || decision.measures.empty()) return {};
    return "（其中 " + chinese(decision.before->from) + " 至 " + chinese(*decision.before->end - std::chrono::days{1}) +
           " 已执行，起止日期为余下的期间）";
}

}  // namespace

std::vector<std::pair<std::string_view, std::string>> fields_of(const PaperDecision& decision, const Profile& profile) {
    std::vector<std::pair<std::string_view, std::string>> fields = {
            {"document", decision.document}, {"decided_on", chinese(decision.decided_on)}, {"degree", decision.degree},
            {"measure", decision.measures + part_served(decision)},  {"law", decision.article},
            {"year", std::to_string(static_cast<int>(std::chrono::year_month_day{decision.decided_on}.year()))}};
    if (decision.points) fields.emplace_back("points", std::to_string(*decision.points));
    if (decision.cumulative) fields.emplace_back("cumulative", std::to_string(*decision.cumulative));
    if (decision.barred_until && !decision.owed) fields.emplace_back("barred_until", chinese(*decision.barred_until - std::chrono::days{1}));
    if (decision.ban_years > 0) fields.emplace_back("ban_years", std::to_string(decision.ban_years));
    const bool runs = decision.interval && !decision.owed;
    const auto status = runs ? std::optional(decision.interval->status) : decision.status;
    if (!status) return fields;
    const bool terminated = *status == Standing::terminated;
    fields.emplace_back("status", text(*status, Lang::zh));
    if (terminated) fields.emplace_back("after_termination", "是");
    if (!runs) {  // XY 43: from the day after service, which is not known yet
        const std::int64_t months = decision.months - decision.months_less;
        if (decision.months > 0) fields.emplace_back("period", months > 0 ? std::to_string(months) + " 个月" : "1 日");
        // What became graver counts from the first day of what still runs.
        if (decision.interval && !decision.interval->end) fields.emplace_back("from", chinese(decision.interval->from));
        return fields;
    }
    const StandingInterval& interval = *decision.interval;
    fields.emplace_back("from", chinese(interval.from));
    // A termination has no last day: its printed end is that of the bar, after which somebody may apply (XY 34, 35).
    if (const auto end = day_after(interval); end && !terminated)
        fields.emplace_back("to", chinese(*end - std::chrono::days{1}));
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
        if (!within(decision.decided_on)) continue;
        people.insert(decision.person.value);
        if (decision.interval) ++(decision.interval->status == Standing::terminated ? count.terminated : count.suspended);
        count.decisions.push_back(std::move(decision));
    }
    count.people = people.size();
    std::ranges::stable_sort(count.decisions, {}, &PaperDecision::decided_on);
    return count;
}

Result<std::size_t> restored_in(std::span<const LogEvent> sanctions, Day from, Day to) {
    std::map<PersonId, std::vector<LogEvent>> by_person;
    for (const LogEvent& event : sanctions) by_person[event.person].push_back(event);
    std::size_t restored = 0;
    for (const auto& [person, events] : by_person) {
        ZIGE_TRY(timeline, derive_standing(events));
        for (const StandingInterval& each : timeline)
            if (each.end && from <= *each.end && *each.end <= to) ++restored;
    }
    return restored;
}

}  // namespace zige::hub
