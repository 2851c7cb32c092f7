#include "hub/server/career_json.h"

#include "hub/server/operations.h"

namespace zige::hub {
namespace {

Json texts(const std::vector<std::string>& values) {
    Json list{Json::Array{}};
    for (const std::string& each : values) list.push(each);
    return list;
}

/// What every answer about one person has.
Json about(const Published& published, bool recorded, PersonId person, const std::string& name,
           const std::vector<std::string>& institutions) {
    Json json = to_json(published);
    json.set("recorded", recorded).set("person", person.value).set("name", name);
    json.set("registered_at", texts(institutions));
    return json;
}

Json proposal_json(const Proposal& proposal) {
    Json list{Json::Array{}};
    for (const Proposal::Reason& each : proposal.reasons)
        list.push(Json::object(
            {{"trigger", each.trigger}, {"level", each.level}, {"text", each.text}, {"article", each.cite.text}}));
    return list;
}

Json repairs_json(const std::vector<Repaired>& repairs) {
    Json list{Json::Array{}};
    for (const Repaired& each : repairs)
        list.push(Json::object({{"way", each.way}, {"points", each.points}, {"on", format(each.on)}})
                      .set("conduct_year", each.conduct_year ? Json(*each.conduct_year) : Json()));
    return list;
}

Json outcome_json(const PersonOutcome& outcome) {
    Json later{Json::Array{}};
    for (const Scored& each : outcome.later) later.push(to_json(each));
    Json json = Json::object({{"person", outcome.person.value},
                              {"name", outcome.name},
                              {"decision", to_json(outcome.decision)},
                              {"proposal", proposal_json(outcome.proposal)},
                              {"before_by_decision_year", outcome.before.by_decision_year},
                              {"before_by_conduct_year", outcome.before.by_conduct_year},
                              {"before_counted", outcome.before.counted},
                              {"readings_differ", outcome.readings_differ},
                              {"points_of_year", outcome.points_of_year},
                              {"points_of_conduct_year", outcome.points_of_conduct_year},
                              {"withdrawn", outcome.withdrawn},
                              {"repairs_fallen", repairs_json(outcome.repairs_fallen)},
                              {"registered_again", texts(outcome.registered_again)},
                              {"consecutive_years", outcome.consecutive_years},
                              {"watch_list", outcome.watch_list},
                              {"barred_until", to_json(outcome.barred_until)},
                              {"later", std::move(later)},
                              {"owed", texts(outcome.owed)},
                              {"registered_at", texts(outcome.institutions)}});
    json.set("interval", outcome.interval ? to_json(*outcome.interval) : Json());
    return json;
}

Json years_of(const std::map<int, CareerView::Year>& years) {
    Json list{Json::Array{}};
    for (const auto& [year, points] : years) {
        Json of_conduct{Json::Array{}};
        for (const auto& [conduct, part] : points.of_conduct)
            of_conduct.push(Json::object({{"year", conduct}, {"points", part}}));
        list.push(Json::object({{"year", year}, {"points", points.points}, {"of_conduct", std::move(of_conduct)}}));
    }
    return list;
}

Json timeline_of(const CareerView& view) {
    Json list{Json::Array{}};
    for (std::size_t i = 0; i < view.career.timeline().size(); ++i) {
        const StandingInterval& interval = view.career.timeline()[i];
        Json each = to_json(interval);
        const KnownSanction* known = view.career.sanction(interval.document);
        each.set("article", view.articles[i]);
        each.set("cause", to_string(known == nullptr ? SanctionCause::order : known->cause));
        each.set("barred_until", to_json(known == nullptr ? std::nullopt : known->barred_until));
        list.push(std::move(each));
    }
    return list;
}

Json events_of(const CareerView& view) {
    Json list{Json::Array{}};
    for (const LogEvent& event : view.events) {
        Json body{Json::Object{}};
        for (const auto& [name, value] : event.body.all()) body.set(name, value);
        list.push(Json::object({{"number", event.number},
                                {"at", format(event.at)},
                                {"event", to_string(event.event)},
                                {"operator", event.actor},
                                {"body", std::move(body)}}));
    }
    return list;
}

Json range_json(const std::optional<Range>& range) {
    if (!range) return {};
    return Json(range->fixed() ? std::to_string(range->least)
                               : std::to_string(range->least) + "-" + std::to_string(range->most));
}

}  // namespace

Json to_json(const Reading& reading) {
    Json measures{Json::Array{}};
    for (const Measure each : reading.measures) measures.push(to_string(each));
    Json json = Json::object({{"basis", to_string(reading.basis)},
                              {"points", reading.points},
                              {"measures", std::move(measures)},
                              {"months", reading.months},
                              {"ban_years", reading.ban_years},
                              {"article", reading.article}});
    json.set("status", reading.status ? Json(to_string(*reading.status)) : Json());
    return json;
}

Json to_json(const Scored& decision) {
    Json json = Json::object({{"document", decision.document},
                              {"institution", decision.institution},
                              {"decided_on", format(decision.decided_on)},
                              {"conduct_year", decision.conduct_year},
                              {"points", decision.points},
                              {"level", decision.level},
                              {"degree", to_string(decision.degree)},
                              {"profile", decision.profile},
                              {"profile_version", decision.profile_version},
                              {"served", to_json(decision.effect.served)}});
    json.set("other", decision.effect.other ? to_json(*decision.effect.other) : Json());
    return json;
}

Json to_json(const ScoringResult& result) {
    Json people{Json::Array{}};
    for (const PersonOutcome& each : result.people) people.push(outcome_json(each));
    Json json = to_json(result.published);
    json.set("recorded", result.recorded)
        .set("profile", result.profile)
        .set("profile_version", result.profile_version)
        .set("people", std::move(people));
    return json;
}

Json to_json(const RepairOutcome& outcome) {
    Json shorter{Json::Array{}};
    for (const SanctionShortened& each : outcome.plan.shorter)
        shorter.push(Json::object({{"document", each.document},
                                   {"printed_end", to_json(day_before(each.nominal_end))},
                                   {"barred_until", to_json(each.barred_until)}}));
    Json over{Json::Array{}};
    for (const SanctionOver& each : outcome.plan.over)
        over.push(Json::object({{"document", each.document}, {"end", format(each.end)}}));
    Json later{Json::Array{}};
    for (const Scored& each : outcome.later) later.push(to_json(each));
    Json json = about(outcome.published, outcome.recorded, outcome.person, outcome.name, outcome.institutions);
    json.set("points", outcome.plan.points)
        .set("points_of_year", outcome.points_of_year)
        .set("article", outcome.plan.cite.text)
        .set("conduct_year", outcome.plan.conduct_year)
        .set("shorter", std::move(shorter))
        .set("over", std::move(over))
        .set("later", std::move(later));
    return json;
}

Json to_json(const RestoreOutcome& outcome) {
    Json json = about(outcome.published, outcome.recorded, outcome.person, outcome.name, outcome.institutions);
    json.set("document", outcome.plan.over.document).set("end", format(outcome.plan.over.end));
    json.set("late", outcome.plan.late).set("register_again", outcome.plan.register_again);
    if (outcome.plan.window)
        json.set("limit", format(outcome.plan.window->limit.day)).set("earliest", outcome.plan.window->earliest);
    return json;
}

Json to_json(const LinkedResult& result) {
    Json people{Json::Array{}};
    for (const LinkedResult::Person& each : result.people)
        people.push(Json::object({{"person", each.person.value},
                                  {"name", each.name},
                                  {"interval", to_json(each.interval)},
                                  {"registered_at", texts(each.institutions)}}));
    Json json = to_json(result.published);
    json.set("recorded", result.recorded).set("people", std::move(people));
    return json;
}

Json to_json(const MergeResult& result) {
    Json years{Json::Array{}};
    for (const auto& [year, points] : result.points) years.push(Json::object({{"year", year}, {"points", points}}));
    Json json = about(result.published, result.recorded, result.kept, result.name, result.institutions);
    Json decisions{Json::Array{}};
    for (const MergeResult::Joined& each : result.decisions)
        decisions.push(to_json(each.decision).set("file", each.file.value));
    json.set("merged", result.merged.value).set("years", std::move(years)).set("decisions", std::move(decisions));
    json.set("repaired_twice", texts(result.repaired_twice));
    return json;
}

Json to_json(const DecisionView& view) {
    Json json = to_json(view.known.decision);
    json.set("person", view.person.value)
        .set("name", view.name)
        .set("withdrawn", view.known.withdrawn)
        .set("corrected", view.known.corrected)
        .set("interval", view.interval ? to_json(*view.interval) : Json())
        .set("barred_until", to_json(view.barred_until));
    return json;
}

Json to_json(const CareerView& view) {
    Json decisions{Json::Array{}};
    for (const KnownDecision& known : view.career.decisions()) {
        Json each = to_json(known.decision);
        each.set("withdrawn", known.withdrawn).set("corrected", known.corrected);
        decisions.push(std::move(each));
    }
    Json json = Json::object({{"person", view.person.value},
                              {"name", view.name},
                              {"years", years_of(view.years)},
                              {"years_in_a_row", view.years_in_a_row},
                              {"decisions", std::move(decisions)},
                              {"repairs", repairs_json(view.career.repairs())},
                              {"timeline", timeline_of(view)},
                              {"events", events_of(view)},
                              {"registered_at", texts(view.institutions)}});
    json.set("barred_until", view.bar && view.bar->dated ? Json(format(view.bar->until)) : Json());
    json.set("barred_until_restored", view.bar && view.bar->until_restored);
    json.set("barred_by", view.bar ? Json(view.bar->document) : Json());
    return json;
}

Json to_json(const RebuildReport& report) {
    return Json::object({{"people", report.people},
                         {"events", report.events},
                         {"institutions", report.institutions},
                         {"records", report.records},
                         {"differences", report.differences},
                         {"differing", texts(report.differing)}});
}

Json to_json(const RatioView& view) {
    return Json::object({{"institution", view.institution},
                         {"name", view.name},
                         {"people", view.people},
                         {"occurrences", view.occurrences},
                         {"sanctioned", view.sanctioned},
                         {"per_ten_thousand", view.per_ten_thousand},
                         {"in_range", view.in_range}});
}

Json to_json(const WatchView& view) {
    Json people{Json::Array{}};
    for (const PersonId each : view.people) people.push("#" + std::to_string(each.value));
    return Json::object({{"institution", view.institution}, {"people", std::move(people)}});
}

Json to_json(const Replay& replay) {
    Json decisions{Json::Array{}};
    for (const ReplayedDecision& each : replay.decisions) {
        Json json = Json::object({{"document", each.document},
                                  {"decided_on", format(each.decided_on)},
                                  {"points", each.points},
                                  {"cumulative", each.cumulative},
                                  {"in_force", each.in_force},
                                  {"consecutive_years", each.consecutive_years},
                                  {"months", range_json(each.months)},
                                  {"ban_years", range_json(each.ban_years)},
                                  {"served", to_json(each.effect.served)}});
        decisions.push(std::move(json));
    }
    Json years{Json::Array{}};
    for (const auto& [year, points] : replay.points) years.push(Json::object({{"year", year}, {"points", points}}));
    return Json::object({{"profile", replay.profile},
                         {"version", replay.version},
                         {"years", std::move(years)},
                         {"decisions", std::move(decisions)}});
}

}  // namespace zige::hub
