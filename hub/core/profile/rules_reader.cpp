#include "hub/core/profile/rules_reader.h"

#include <algorithm>

namespace zige::hub {
namespace {

constexpr unsigned kMostBands = 4;
constexpr unsigned kMostMonths = 12;

Result<void> take_flag(ValueReader& reader, std::string_view name, Sourced<bool>& place) {
    ZIGE_TRY(found, reader.value(name));
    ZIGE_TRY(flag, found.value.flag());
    place = {flag, std::move(found.cite)};
    return {};
}

Result<void> take_number(ValueReader& reader, std::string_view name, Range bounds, Sourced<unsigned>& place) {
    ZIGE_TRY(found, reader.value(name));
    ZIGE_TRY(number, found.value.integer(bounds.least, bounds.most));
    place = {static_cast<unsigned>(number), std::move(found.cite)};
    return {};
}

Result<void> take_day(ValueReader& reader, std::string_view name, Sourced<Day>& place) {
    ZIGE_TRY(found, reader.value(name));
    ZIGE_TRY(day, found.value.day());
    place = {day, std::move(found.cite)};
    return {};
}

template <class E>
Result<void> take_one_of(ValueReader& reader, std::string_view name, std::initializer_list<E> known,
                         Sourced<E>& place) {
    ZIGE_TRY(found, reader.value(name));
    ZIGE_TRY(value, found.value.one_of(known));
    place = {value, std::move(found.cite)};
    return {};
}

Result<unsigned> read_member(const FileNode& object, std::string_view name, Range bounds) {
    ZIGE_TRY(node, object.member(name));
    ZIGE_TRY(number, node.integer(bounds.least, bounds.most));
    return static_cast<unsigned>(number);
}

Result<void> read_time(ValueReader& reader, Rules& rules) {
    ZIGE_CHECK(take_day(reader, "effective_from", rules.effective_from));
    ZIGE_CHECK(take_day(reader, "conduct_from", rules.conduct_from));
    if (!reader.part().has("effective_to")) return {};
    Sourced<Day> end;
    ZIGE_CHECK(take_day(reader, "effective_to", end));
    if (end.value <= rules.effective_from.value) {
        ZIGE_TRY(entry, reader.part().member("effective_to"));
        return entry.wrong_as(ErrorId::rules_overlap, "is not after effective_from");
    }
    rules.effective_to = std::move(end);
    return {};
}

/// Digits of GB/T 2260, two by two; null: the whole country.
Result<void> read_region(ValueReader& reader, Rules& rules) {
    ZIGE_TRY(found, reader.value("region"));
    if (found.value.is_null()) return {};
    ZIGE_TRY(text, found.value.text());
    const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || text.size() > 6 || text.size() % 2 != 0) return found.value.wrong("expected 2, 4 or 6 digits");
    rules.region = std::move(text);
    return {};
}

Result<void> read_points(ValueReader& reader, Rules& rules) {
    ZIGE_CHECK(take_one_of(reader, "style", {ScoreStyle::counts_up, ScoreStyle::counts_down_from_12}, rules.style));
    ZIGE_CHECK(read_levels(reader, rules));
    ZIGE_CHECK(read_triggers(reader, rules));
    for (auto [name, place] : {std::pair{"levels_down", &rules.levels_down}, {"levels_up", &rules.levels_up}})
        if (reader.part().has(name)) ZIGE_CHECK(take_number(reader, name, {0, kMostBands}, *place));
    ZIGE_CHECK(take_one_of(reader, "different_violations", {Combination::highest, Combination::sum},
                           rules.different_violations));
    ZIGE_CHECK(take_one_of(reader, "one_violation", {Combination::highest, Combination::sum}, rules.one_violation));
    return take_flag(reader, "same_conduct_year", rules.same_conduct_year);
}

Result<void> read_years(ValueReader& reader, Rules& rules) {
    if (reader.part().has("consecutive_years")) {
        ZIGE_TRY(found, reader.value("consecutive_years"));
        ZIGE_CHECK(found.value.only({"years", "points"}));
        Rules::ConsecutiveYears value;
        ZIGE_TRY(years, read_member(found.value, "years", {2, 10}));
        ZIGE_TRY(points, read_member(found.value, "points", {1, kMostPoints}));
        rules.consecutive_years = Sourced<Rules::ConsecutiveYears>{{years, points}, std::move(found.cite)};
    }
    if (reader.part().has("watch_list")) {
        ZIGE_TRY(found, reader.value("watch_list"));
        ZIGE_CHECK(found.value.only({"single", "violations"}));
        ZIGE_TRY(single, read_member(found.value, "single", {1, kMostPoints}));
        ZIGE_TRY(violations, read_member(found.value, "violations", {1, 100}));
        rules.watch_list = Sourced<Rules::Watch>{{single, violations}, std::move(found.cite)};
    }
    return {};
}

Result<void> read_ratio(ValueReader& reader, Rules& rules) {
    if (!reader.part().has("ratio")) return {};
    ZIGE_TRY(found, reader.value("ratio"));
    ZIGE_CHECK(found.value.only({"of", "from_percent", "to_percent", "effect"}));
    RatioRule rule;
    ZIGE_TRY(of_node, found.value.member("of"));
    ZIGE_TRY(of, of_node.one_of({RatioOf::occurrences, RatioOf::people}));
    rule.of = of;
    ZIGE_TRY(from, read_member(found.value, "from_percent", {1, 100}));
    rule.from_percent = from;
    if (found.value.has("to_percent")) {
        ZIGE_TRY(to, read_member(found.value, "to_percent", {from, 100}));
        rule.to_percent = to;
    }
    ZIGE_TRY(effect_node, found.value.member("effect"));
    ZIGE_TRY(effect, effect_node.text());
    rule.effect = std::move(effect);
    rules.ratio = Sourced<RatioRule>{std::move(rule), std::move(found.cite)};
    return {};
}

Result<void> read_effects(ValueReader& reader, std::span<const std::string> articles, Rules& rules) {
    ZIGE_CHECK(read_measures(reader, articles, rules));
    ZIGE_CHECK(take_flag(reader, "longer_of_cumulative_and_single", rules.longer_of_cumulative_and_single));
    ZIGE_CHECK(take_one_of(reader, "overlap", {Overlap::latest_end, Overlap::one_after_the_other, Overlap::newest},
                           rules.overlap));
    ZIGE_CHECK(read_years(reader, rules));
    ZIGE_CHECK(read_ratio(reader, rules));
    ZIGE_CHECK(read_causes(reader, rules));
    ZIGE_CHECK(take_flag(reader, "all_sites", rules.all_sites));
    if (!rules.all_sites.value && reader.is_new()) {  // a person has one timeline: what holds at one site only is not known here
        ZIGE_TRY(entry, reader.part().member("all_sites"));
        return entry.wrong("a standing of one site alone cannot be kept");
    }
    if (reader.part().has("all_stores_of_principal"))
        ZIGE_CHECK(take_flag(reader, "all_stores_of_principal", rules.all_stores_of_principal));
    return {};
}

Result<void> read_ways_back(ValueReader& reader, Rules& rules) {
    ZIGE_CHECK(read_repair(reader, rules));
    ZIGE_CHECK(take_flag(reader, "single_12_repairable", rules.single_12_repairable));
    if (reader.part().has("repair_cuts_months"))
        ZIGE_CHECK(take_number(reader, "repair_cuts_months", {0, kMostMonths}, rules.repair_cuts_months));
    ZIGE_CHECK(take_flag(reader, "restores_by_itself", rules.restores_by_itself));
    return take_flag(reader, "apply_earliest", rules.apply_earliest);
}

Result<void> read_procedure(ValueReader& reader, Rules& rules) {
    const std::pair<const char*, Sourced<bool>*> flags[] = {{"prior_notice", &rules.prior_notice},
                                                            {"appeal_needs_seal", &rules.appeal_needs_seal},
                                                            {"appeal_stays_effect", &rules.appeal_stays_effect},
                                                            {"appraisal_stops_clock", &rules.appraisal_stops_clock}};
    for (const auto& [name, place] : flags) ZIGE_CHECK(take_flag(reader, name, *place));
    if (reader.part().has("appeal_needs_signature"))
        ZIGE_CHECK(take_flag(reader, "appeal_needs_signature", rules.appeal_needs_signature));
    const std::pair<const char*, std::optional<Sourced<unsigned>>*> reviews[] = {
        {"legal_review_from", &rules.legal_review_from}, {"discussion_from", &rules.discussion_from}};
    for (const auto& [name, place] : reviews) {
        if (!reader.part().has(name)) continue;
        ZIGE_CHECK(take_number(reader, name, {1, kMostPoints}, place->emplace()));
    }
    ZIGE_CHECK(read_deadlines(reader, rules));
    if (reader.part().has("trainings_a_year"))
        ZIGE_CHECK(take_number(reader, "trainings_a_year", {0, 50}, rules.trainings_a_year));
    return {};
}

}  // namespace

Result<Rules> read_rules(const FileNode& part, std::span<const std::string> articles, std::vector<SourcedValue>& values,
                         ProfileTaken taken) {
    ZIGE_CHECK(part.only({"effective_from",
                          "effective_to",
                          "conduct_from",
                          "region",
                          "style",
                          "levels",
                          "triggers",
                          "levels_down",
                          "levels_up",
                          "different_violations",
                          "one_violation",
                          "same_conduct_year",
                          "measures",
                          "longer_of_cumulative_and_single",
                          "overlap",
                          "consecutive_years",
                          "watch_list",
                          "ratio",
                          "causes",
                          "all_sites",
                          "all_stores_of_principal",
                          "repair",
                          "single_12_repairable",
                          "repair_cuts_months",
                          "restores_by_itself",
                          "apply_earliest",
                          "prior_notice",
                          "legal_review_from",
                          "discussion_from",
                          "appeal_needs_signature",
                          "appeal_needs_seal",
                          "appeal_stays_effect",
                          "appraisal_stops_clock",
                          "deadlines",
                          "trainings_a_year",
                          "wordings"}));
    ValueReader reader(part, values, taken);
    Rules rules;
    ZIGE_CHECK(read_time(reader, rules));
    ZIGE_CHECK(read_region(reader, rules));
    ZIGE_CHECK(read_points(reader, rules));
    ZIGE_CHECK(read_effects(reader, articles, rules));
    ZIGE_CHECK(read_ways_back(reader, rules));
    ZIGE_CHECK(read_procedure(reader, rules));
    ZIGE_CHECK(read_wordings(reader, rules));
    return rules;
}

}  // namespace zige::hub
