#include "hub/core/career_ledger.h"

#include <algorithm>
#include <array>
#include <limits>

#include "hub/core/hub_values.h"

namespace zige::hub {
namespace {

// ---- to the log

std::string named(const char* prefix, const char* name) { return std::string(prefix) + name; }

void put(Fields& body, const char* prefix, const Reading& reading) {
    std::string measures;
    for (const Measure each : reading.measures)
        measures += (measures.empty() ? "" : ",") + std::string(to_string(each));
    body.add(named(prefix, "_basis"), to_string(reading.basis))
        .add(named(prefix, "_points"), static_cast<std::int64_t>(reading.points))
        .add(named(prefix, "_measures"), measures)
        .add(named(prefix, "_months"), static_cast<std::int64_t>(reading.months))
        .add(named(prefix, "_ban_years"), static_cast<std::int64_t>(reading.ban_years))
        .add(named(prefix, "_article"), reading.article);
    if (reading.status) body.add(named(prefix, "_status"), to_string(*reading.status));
}

void put(Fields& body, const Effect& effect) {
    put(body, "served", effect.served);
    if (effect.other) put(body, "other", *effect.other);
}

void put(Fields& body, const StandingInterval& interval) {
    body.add("status", to_string(interval.status))
        .add("document", interval.document)
        .add("article", static_cast<std::int64_t>(interval.article))
        .add("from", interval.from)
        .add("nominal_end", interval.nominal_end)
        .add("end", interval.end);
}

HubEvent write(Fields& body, const Scored& event) {
    body.add("document", event.document)
        .add("decided_on", event.decided_on)
        .add("conduct_year", std::int64_t{event.conduct_year})
        .add("points", static_cast<std::int64_t>(event.points))
        .add("level", event.level)
        .add("degree", to_string(event.degree))
        .add("profile", event.profile)
        .add("profile_version", static_cast<std::int64_t>(event.profile_version))
        .add("profile_hash", to_hex(event.profile_hash));
    put(body, event.effect);
    return HubEvent::points_decided;
}
HubEvent write(Fields& body, const Corrected& event) {
    body.add("document", event.document).add("points", static_cast<std::int64_t>(event.points));
    if (!event.level.empty()) body.add("level", event.level);
    if (event.degree) body.add("degree", to_string(*event.degree));
    put(body, event.effect);
    return HubEvent::decision_corrected;
}
HubEvent write(Fields& body, const Withdrawn& event) {
    body.add("document", event.document);
    return HubEvent::decision_withdrawn;
}
HubEvent write(Fields& body, const Repaired& event) {
    body.add("way", event.way).add("points", static_cast<std::int64_t>(event.points)).add("on", event.on);
    if (event.conduct_year) body.add("conduct_year", std::int64_t{*event.conduct_year});
    return HubEvent::points_repaired;
}
HubEvent write(Fields& body, const RepairWithdrawn& event) {
    write(body, event.repair);
    return HubEvent::repair_withdrawn;
}
HubEvent write(Fields& body, const SanctionBegan& event) {
    put(body, event.interval);
    if (event.cause != SanctionCause::order) body.add("cause", to_string(event.cause));
    body.add("barred_until", event.barred_until);
    if (event.as_told) body.add("as_told", "yes");
    return HubEvent::sanction_started;
}
HubEvent write(Fields& body, const SanctionShortened& event) {
    body.add("document", event.document)
        .add("nominal_end", event.nominal_end)
        .add("barred_until", event.barred_until)
        .add("why", to_string(SanctionEnd::repaired));
    return HubEvent::sanction_ended;
}
HubEvent write(Fields& body, const SanctionOver& event) {
    body.add("document", event.document).add("end", event.end);
    if (event.why != SanctionEnd::order) body.add("why", to_string(event.why));
    return HubEvent::sanction_ended;
}
HubEvent write(Fields& body, const SanctionRecovered& event) {
    put(body, event.interval);
    return HubEvent::standing_recovered;
}

// ---- from the log

template <class E>
Result<E> enum_in(const Fields& body, std::string_view name) {
    const auto value = from_name<E>(body.text(name));
    if (!value) return fail(ErrorId::ledger_bad_chain, std::string(name), std::string(body.text(name)));
    return *value;
}

/// Absent: what a document that was entered directly has.
template <class E>
Result<E> enum_or(const Fields& body, std::string_view name, E otherwise) {
    if (!body.find(name)) return otherwise;
    return enum_in<E>(body, name);
}

template <class T>
Result<T> small(const Fields& body, std::string_view name) {
    ZIGE_TRY(number, body.number(name));
    if (number < 0 || number > std::int64_t{std::numeric_limits<T>::max()})
        return fail(ErrorId::ledger_bad_chain, std::string(name), std::to_string(number));
    return static_cast<T>(number);
}

Result<std::vector<Measure>> measures_in(std::string_view text) {
    std::vector<Measure> measures;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const auto measure = from_name<Measure>(text.substr(0, comma));
        if (!measure) return fail(ErrorId::ledger_bad_chain, "measures", std::string(text));
        measures.push_back(*measure);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return measures;
}

Result<Reading> reading_in(const Fields& body, const char* prefix) {
    Reading reading;
    ZIGE_TRY(basis, enum_in<MeasureBasis>(body, named(prefix, "_basis")));
    ZIGE_TRY(points, small<std::uint32_t>(body, named(prefix, "_points")));
    ZIGE_TRY(measures, measures_in(body.text(named(prefix, "_measures"))));
    ZIGE_TRY(months, small<std::uint32_t>(body, named(prefix, "_months")));
    ZIGE_TRY(years, small<std::uint32_t>(body, named(prefix, "_ban_years")));
    reading.basis = basis;
    reading.points = points;
    reading.measures = std::move(measures);
    reading.months = months;
    reading.ban_years = years;
    reading.article = body.text(named(prefix, "_article"));
    const std::string status = named(prefix, "_status");
    if (body.find(status)) {
        ZIGE_TRY(standing, enum_in<Standing>(body, status));
        reading.status = standing;
    }
    return reading;
}

Result<Effect> effect_in(const Fields& body) {
    Effect effect;
    ZIGE_TRY(served, reading_in(body, "served"));
    effect.served = std::move(served);
    if (body.find("other_basis")) {
        ZIGE_TRY(other, reading_in(body, "other"));
        effect.other = std::move(other);
    }
    return effect;
}

Result<StandingInterval> interval_in(const Fields& body) {
    const auto status = from_name<Standing>(body.text("status"));
    if (!status || *status == Standing::normal) return fail(ErrorId::ledger_bad_chain, "status");
    ZIGE_TRY(from, body.day("from"));
    ZIGE_TRY(end, body.maybe_day("end"));
    ZIGE_TRY(nominal_end, body.maybe_day("nominal_end"));
    ZIGE_TRY(article, small<std::uint16_t>(body, "article"));
    return StandingInterval{*status, from, end, nominal_end, article, std::string(body.text("document"))};
}

Result<CareerEvent> scored_in(const LogEvent& event) {
    const Fields& body = event.body;
    Scored scored;
    ZIGE_TRY(decided_on, body.day("decided_on"));
    ZIGE_TRY(conduct_year, small<std::int16_t>(body, "conduct_year"));
    ZIGE_TRY(points, small<std::uint32_t>(body, "points"));
    ZIGE_TRY(degree, enum_in<ResponsibilityDegree>(body, "degree"));
    ZIGE_TRY(version, small<std::uint32_t>(body, "profile_version"));
    ZIGE_TRY(effect, effect_in(body));
    const auto hash = from_hex(body.text("profile_hash"));
    if (!hash || hash->size() != scored.profile_hash.size()) return fail(ErrorId::ledger_bad_chain, "profile_hash");
    scored.document = body.text("document");
    scored.institution = event.institution;
    scored.decided_on = decided_on;
    scored.conduct_year = conduct_year;
    scored.points = points;
    scored.level = body.text("level");
    scored.degree = degree;
    scored.profile = body.text("profile");
    scored.profile_version = version;
    std::copy(hash->begin(), hash->end(), scored.profile_hash.begin());
    scored.effect = std::move(effect);
    return CareerEvent(std::move(scored));
}

Result<CareerEvent> corrected_in(const LogEvent& event) {
    ZIGE_TRY(points, small<std::uint32_t>(event.body, "points"));
    ZIGE_TRY(effect, effect_in(event.body));
    Corrected corrected{std::string(event.body.text("document")), points, std::move(effect)};
    corrected.level = event.body.text("level");
    if (event.body.find("degree")) {
        ZIGE_TRY(degree, enum_in<ResponsibilityDegree>(event.body, "degree"));
        corrected.degree = degree;
    }
    return CareerEvent(std::move(corrected));
}

Result<CareerEvent> withdrawn_in(const LogEvent& event) {
    return CareerEvent(Withdrawn{std::string(event.body.text("document"))});
}

Result<Repaired> repair_in(const LogEvent& event) {
    ZIGE_TRY(points, small<std::uint32_t>(event.body, "points"));
    ZIGE_TRY(on, event.body.day("on"));
    Repaired repaired{std::string(event.body.text("way")), points, on};
    if (event.body.find("conduct_year")) {
        ZIGE_TRY(year, small<std::int16_t>(event.body, "conduct_year"));
        repaired.conduct_year = year;
    }
    return repaired;
}

Result<CareerEvent> repaired_in(const LogEvent& event) {
    ZIGE_TRY(repaired, repair_in(event));
    return CareerEvent(std::move(repaired));
}

Result<CareerEvent> repair_withdrawn_in(const LogEvent& event) {
    ZIGE_TRY(repaired, repair_in(event));
    return CareerEvent(RepairWithdrawn{std::move(repaired)});
}

Result<CareerEvent> began_in(const LogEvent& event) {
    ZIGE_TRY(interval, interval_in(event.body));
    ZIGE_TRY(cause, enum_or(event.body, "cause", SanctionCause::order));
    ZIGE_TRY(barred_until, event.body.maybe_day("barred_until"));
    return CareerEvent(SanctionBegan{std::move(interval), cause, barred_until, event.body.text("as_told") == "yes"});
}

Result<CareerEvent> ended_in(const LogEvent& event) {
    std::string document(event.body.text("document"));
    if (!event.body.find("end")) {  // only the printed period is another
        ZIGE_TRY(nominal_end, event.body.maybe_day("nominal_end"));
        ZIGE_TRY(barred_until, event.body.maybe_day("barred_until"));
        return CareerEvent(SanctionShortened{std::move(document), nominal_end, barred_until});
    }
    ZIGE_TRY(end, event.body.day("end"));
    ZIGE_TRY(why, enum_or(event.body, "why", SanctionEnd::order));
    return CareerEvent(SanctionOver{std::move(document), end, why});
}

Result<CareerEvent> recovered_in(const LogEvent& event) {
    ZIGE_TRY(interval, interval_in(event.body));
    return CareerEvent(SanctionRecovered{std::move(interval)});
}

struct Reader {
    HubEvent event;
    Result<CareerEvent> (*read)(const LogEvent&);
};
constexpr std::array kReaders = {
    Reader{HubEvent::points_decided, scored_in},        Reader{HubEvent::decision_corrected, corrected_in},
    Reader{HubEvent::decision_withdrawn, withdrawn_in}, Reader{HubEvent::points_repaired, repaired_in},
    Reader{HubEvent::sanction_started, began_in},       Reader{HubEvent::sanction_ended, ended_in},
    Reader{HubEvent::standing_recovered, recovered_in}, Reader{HubEvent::repair_withdrawn, repair_withdrawn_in}};

}  // namespace

LogEvent to_log(const CareerEvent& event) {
    LogEvent out;
    out.event = std::visit([&](const auto& each) { return write(out.body, each); }, event);
    if (const auto* scored = std::get_if<Scored>(&event)) out.institution = scored->institution;
    return out;
}

Result<std::optional<CareerEvent>> career_event(const LogEvent& event) {
    for (const Reader& each : kReaders) {
        if (each.event != event.event) continue;
        ZIGE_TRY(read, each.read(event));
        return std::optional<CareerEvent>(std::move(read));
    }
    return std::optional<CareerEvent>{};
}

Result<Career> career_from(std::span<const LogEvent> events) {
    Career career;
    for (const LogEvent& event : events) {
        ZIGE_TRY(step, career_event(event));
        if (step) ZIGE_CHECK(career.step(*step));
    }
    return career;
}

Result<Career> load_career(Tx& tx, const HubLog& log, PersonId person) {
    ZIGE_TRY(events, log.career_of(tx, person));
    return career_from(events);
}

Result<void> for_each_career(Tx& tx, const HubLog& log, const VisitCareer& visit,
                             const std::function<void(std::size_t, std::size_t)>& progress) {
    constexpr std::uint64_t kPeopleAtATime = 2000;
    ZIGE_TRY(last, get_number(tx, HubValue::last_person));
    const auto people = static_cast<std::uint64_t>(last);
    for (std::uint64_t after = 0; after < people; after += kPeopleAtATime) {
        const std::uint64_t until = std::min(after + kPeopleAtATime, people);
        ZIGE_TRY(events, log.careers_of(tx, PersonId{after}, PersonId{until}));
        for (auto first = events.begin(); first != events.end();) {
            const auto end =
                std::find_if(first, events.end(), [&](const LogEvent& each) { return each.person != first->person; });
            ZIGE_CHECK(visit(first->person, std::span<const LogEvent>(first, end)));
            first = end;
        }
        if (progress) progress(until, people);
    }
    return {};
}

}  // namespace zige::hub
