#include "hub/core/paper_facts.h"

#include <algorithm>
#include <charconv>

#include "hub/core/career_ledger.h"
#include "hub/core/casework/handling_rules.h"
#include "hub/core/hub_log.h"
#include "hub/core/paper_case.h"
#include "hub/core/paper_decisions.h"
#include "hub/core/rules/repair.h"
#include "hub/core/rules/wordings.h"
#include "hub/core/statements.h"

namespace zige::hub {
namespace {

using namespace std::chrono;

constexpr std::pair<PaperKind, int> kReports[] = {
    {PaperKind::monthly_report, 1}, {PaperKind::quarterly_report, 3}, {PaperKind::yearly_report, 12}};

std::optional<int> number_in(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

PaperPeriod months_from(year_month first, int count) {
    const std::string in_year = std::to_string(static_cast<int>(first.year())) + "年";
    PaperPeriod period;
    period.words = in_year;
    if (count == 1) period.words += std::to_string(static_cast<unsigned>(first.month())) + "月";
    if (count == 3) period.words += "第" + std::to_string((static_cast<unsigned>(first.month()) + 2) / 3) + "季度";
    if (count == 12) period.words += "度";
    period.from = local_days{first / 1};
    period.to = local_days{(first + months{count}) / 1} - days{1};
    return period;
}

/// What repairs take from a suspension that is not served yet (XY 33).
Result<unsigned> months_repaired(const Environment& env, const RuleShelf& shelf, const Career& career,
                                 const std::string& document) {
    const Scored* decision = career.decision(document);
    if (decision == nullptr || career.repairs().empty()) return 0U;
    return read_from(env.store, [&](Tx& tx) -> Result<unsigned> {
        ZIGE_TRY(adopted, shelf.version(tx, decision->profile, decision->profile_version));
        return months_less(adopted.rules, career, *decision, env.today() + days{1});
    });
}

void set(PaperData& data, std::string_view name, std::string value) {
    if (!value.empty()) data.texts.insert_or_assign(std::string(name), std::move(value));
}

/// The text that the articles stand in: what comes before the blank of "信医保〔2025〕1号 第十四条".
std::string basis_of(const Profile& profile) {
    if (profile.articles.empty()) return {};
    return profile.articles.front().substr(0, profile.articles.front().find(' '));
}

const PersonInfo::Site* site_at(const PersonInfo& person, const std::string& institution) {
    const auto at = std::ranges::find(person.sites, institution, &PersonInfo::Site::institution);
    return at == person.sites.end() ? nullptr : &*at;
}

/// The box of the form of Jining that a category ticks (附件1: 医师、护士、药师、技师、照护员).
std::string_view box_of(Category category) {
    switch (category) {
        case Category::physician: return "is_doctor";
        case Category::nurse: return "is_nurse";
        case Category::pharmacist: return "is_pharmacist";
        case Category::technician: return "is_technician";
        case Category::care_worker: return "is_carer";
        case Category::settlement_auditor:
        case Category::pharmacy_principal: return {};
    }
    throw Bug("unknown category");
}

/// Papers that tell of a decision as one that stands.
bool tells_of_what_stands(PaperKind kind) {
    constexpr PaperKind kKinds[] = {PaperKind::scoring_notice, PaperKind::restoration_result, PaperKind::repair_result,
                                    PaperKind::referral_health, PaperKind::referral_market};
    return std::ranges::find(kKinds, kind) != std::end(kKinds);
}

/// Where the decision was made about him, whether he was ever registered there (XY 9) or not; empty: not known.
Result<std::string> institution_of_decision(const Environment& env, PersonId person, const std::string& document) {
    if (document.empty()) return std::string();
    ZIGE_TRY(events, read_from(env.store, [&](Tx& tx) { return HubLog(env.hasher).career_of(tx, person); }));
    const auto decisions = paper_decisions(events);
    const auto at = std::ranges::find(decisions, document, &PaperDecision::document);
    return at == decisions.end() ? std::string() : at->institution;
}

/// What the ledger says that the decision has not: there, and blank.
void add_blanks(const PaperDecision& decision, PaperData& data) {
    for (const char* const name : {"status", "from", "to", "period"}) data.texts.try_emplace(name);
    if (!decision.points) return;  // of what was entered directly the ledger does not know everything
    for (const char* const name : {"ban_years", "barred_until"}) data.texts.try_emplace(name);
}

/// Not decided yet: what is needed is typed. What was withdrawn, or is of somebody else, is not told as his.
Result<void> check_not_known(const Environment& env, const PaperSubject& subject, const PersonInfo& person,
                             std::span<const LogEvent> events) {
    if (!tells_of_what_stands(subject.kind)) return {};
    const bool withdrawn = std::ranges::any_of(events, [&](const LogEvent& event) {
        return event.event == HubEvent::decision_withdrawn && event.body.text("document") == subject.document;
    });
    if (withdrawn) return fail(ErrorId::points_decision_withdrawn, "document", subject.document);
    return env.store.read([&](Tx& tx) -> Result<void> {
        for (const HubEvent kind : {HubEvent::points_decided, HubEvent::sanction_started}) {
            ZIGE_TRY(found, HubLog(env.hasher).of_notice(tx, kind, subject.document));
            for (const LogEvent& each : found) {
                if (each.person == person.id) continue;
                const char* const day = kind == HubEvent::points_decided ? "decided_on" : "from";
                return fail(ErrorId::points_document_of_another, "document",
                            subject.document + " is the notice of #" + std::to_string(each.person.value) + " of " +
                                std::string(each.body.text(day)) + " at " + each.institution);
            }
        }
        return {};
    });
}

void add_limits(const Rules& rules, PaperData& data) {
    for (const auto& [name, kind] : {std::pair{"answer_days", DueKind::statement}, std::pair{"appeal_days", DueKind::appeal},
                                     std::pair{"maintain_days", DueKind::institution_update}})
        if (const DeadlineRule* rule = rules.deadline(kind))
            set(data, name, std::to_string(rule->days) + (rule->unit == DayUnit::working_days ? " 个工作日" : " 日"));
    if (rules.trainings_a_year.value > 0) set(data, "trainings_a_year", std::to_string(rules.trainings_a_year.value));
}

/// What this text calls things, and its own sentences, where the form has a place for them.
void add_sentences(const Rules& rules, const PaperForm& form, PaperData& data) {
    set(data, "terminated_name", std::string(words(rules, "terminated")));
    for (const WordingPlace& place : wording_places()) {
        if (!place.has_days) {
            if (form.field(place.id) != nullptr) set(data, place.id, std::string(words(rules, place.id)));
            continue;
        }
        const std::string id(place.id);
        if (form.field(id + "_before") == nullptr) continue;
        const AroundDays around = around_days(words(rules, id));
        set(data, id + "_before", std::string(around.before));
        set(data, id + "_after", std::string(around.after));
    }
}

/// What the hub itself has put in the usual words, in those of this text.
void say_in_words_of(const Rules& rules, PaperData& data) {
    if (data.text("status") != wording_place("suspended")->usual) data.texts.erase("notice_ends");
    if (!has_degrees(rules)) data.texts.erase("degree");
    for (const char* const name : {"measure", "intended", "status", "changed"})
        if (const auto at = data.texts.find(name); at != data.texts.end()) at->second = in_words_of(rules, at->second);
    for (auto& [list, rows] : data.lists)
        for (PaperData& row : rows)
            if (const auto at = row.texts.find("status"); at != row.texts.end()) at->second = in_words_of(rules, at->second);
}

}  // namespace

std::string chinese(Day day) {
    const year_month_day date{day};
    return std::to_string(static_cast<int>(date.year())) + "年" + std::to_string(static_cast<unsigned>(date.month())) + "月" +
           std::to_string(static_cast<unsigned>(date.day())) + "日";
}

Result<PaperPeriod> parse_period(std::string_view text) {
    const auto bad = fail(ErrorId::time_bad_day, "period", "2026-11, 2026-Q4 or 2026");
    const auto in_year = number_in(text.substr(0, 4));
    if (text.size() < 4 || !in_year || *in_year < kMinYear || *in_year > kMaxYear) return bad;
    const year_month first = year{*in_year} / 1;
    if (text.size() == 4) return months_from(first, 12);
    if (text.size() != 7 || text[4] != '-') return bad;
    const bool quarter = text[5] == 'Q';
    const auto number = number_in(text.substr(quarter ? 6 : 5));
    if (!number || *number < 1 || *number > (quarter ? 4 : 12)) return bad;
    return months_from(first + months{(*number - 1) * (quarter ? 3 : 1)}, quarter ? 3 : 1);
}

std::optional<PaperPeriod> period_of(PaperKind kind, Day day) {
    const year_month_day date{day};
    for (const auto& [report, count] : kReports)
        if (report == kind) {
            const int month = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
            return months_from(date.year() / 1 + months{month - month % count}, count);
        }
    return std::nullopt;
}

Result<void> PaperFacts::complete(PaperSubject& subject) const {
    if (!subject.period) subject.period = period_of(subject.kind, env_.today());
    if (!subject.person.empty()) {
        ZIGE_TRY(id, registry_.find_exactly(subject.person));
        subject.person = "#" + std::to_string(id.value);
    }
    if (subject.case_number != 0) return complete_by_case(subject);
    if (subject.person.empty()) return {};
    if (!subject.institution.empty()) return {};
    ZIGE_TRY(person, registry_.find_person(subject.person));
    ZIGE_TRY(decided_at, institution_of_decision(env_, person.id, subject.document));
    subject.institution = decided_at;
    if (!decided_at.empty()) return {};
    std::vector<std::string> at;
    for (const PersonInfo::Site& site : person.sites)
        if (!site.registration.last_day || *site.registration.last_day >= env_.today()) at.push_back(site.institution);
    if (at.empty())
        for (const PersonInfo::Site& site : person.sites) at.push_back(site.institution);
    if (at.size() == 1) subject.institution = at.front();
    if (at.size() <= 1) return {};
    std::string names;
    for (const std::string& each : at) names += " " + each;
    return fail(ErrorId::case_missing_field, "institution", "registered at" + names);
}

Result<void> PaperFacts::complete_by_case(PaperSubject& subject) const {
    ZIGE_TRY(file, read_from(env_.store, [&](Tx& tx) { return load_case(tx, subject.case_number); }));
    ZIGE_TRY(person, person_of_paper(file, subject.person));
    ZIGE_CHECK(check_paper_of_case(subject.kind, file, *person));
    const std::pair<std::string*, std::string> known[] = {
        {&subject.institution, file.institution},
        {&subject.document, document_of_paper(subject.kind, file, *person)},
        {&subject.person, "#" + std::to_string(person->person.value)}};
    constexpr const char* kNames[] = {"institution", "document", "person"};
    for (std::size_t i = 0; i < std::size(known); ++i) {
        const auto& [named, by_case] = known[i];
        if (!named->empty() && !by_case.empty() && *named != by_case)
            return fail(ErrorId::case_bad_field, kNames[i], "the case says " + by_case);
        if (!by_case.empty()) *named = by_case;
    }
    return {};
}

Result<void> PaperFacts::add_from_case(const PaperSubject& subject, PaperData& data) const {
    ZIGE_TRY(config, policy_.current());
    return env_.store.read([&](Tx& tx) -> Result<void> {
        ZIGE_TRY(file, load_case(tx, subject.case_number));
        ZIGE_TRY(person, person_of_paper(file, subject.person));
        ZIGE_TRY(rules, shelf_.version(tx, file.rules, file.rules_version));
        ZIGE_TRY(career, load_career(tx, HubLog(env_.hasher), person->person));
        ZIGE_TRY(proposed_by, rules_of_handling(tx, shelf_, file, person->track));
        const Setting setting{rules.rules, config.calendar, env_.today()};
        add_case(subject.kind, {file, *person, career, setting, proposed_by.rules}, data);
        return {};
    });
}

Result<PaperData> PaperFacts::about(const PaperSubject& subject) const {
    PaperData data;
    ZIGE_TRY(config, policy_.current());
    set(data, "basis", basis_of(config.profile));
    set(data, "issued_on", chinese(env_.today()));
    set(data, "on", chinese(env_.today()));
    set(data, "document", subject.document);
    set(data, "not_charged", config.profile.cost_to_patient ? "" : "是");
    if (!subject.institution.empty()) {
        ZIGE_TRY(institution, registry_.institution(subject.institution));
        set(data, "institution", institution.spec.name);
        set(data, "institution_code", institution.spec.code);
    }
    ZIGE_TRY(adopted, rules_in_force());
    const Rules rules = adopted.value_or(Rules());
    add_limits(rules, data);
    add_sentences(rules, form_of(subject.kind), data);
    if (!subject.person.empty()) ZIGE_CHECK(add_person(subject, data));
    if (subject.case_number != 0) ZIGE_CHECK(add_from_case(subject, data));
    if (subject.period) ZIGE_CHECK(add_period(subject, data));
    say_in_words_of(rules, data);
    return data;
}

/// Nothing: the hub only gates; then time limits are typed, and papers say the usual words.
Result<std::optional<Rules>> PaperFacts::rules_in_force() const {
    auto adopted = read_from(env_.store, [&](Tx& tx) { return shelf_.on(tx, env_.today()); });
    if (adopted.ok()) return std::optional(std::move(adopted->rules));
    const ErrorId why = adopted.error().id;
    if (why == ErrorId::rules_missing || why == ErrorId::rules_not_in_force) return std::optional<Rules>();
    return adopted.error();
}

Result<std::string> PaperFacts::newest_document(const PaperSubject& subject) const {
    ZIGE_TRY(person, registry_.find_person(subject.person));
    const auto* site = site_at(person, subject.institution);
    if (site == nullptr || site->registration.standing.empty()) return std::string();
    const StandingInterval& newest = site->registration.standing.back();
    if (newest.end && *newest.end <= env_.today()) return std::string();
    ZIGE_TRY(career, read_from(env_.store, [&](Tx& tx) { return load_career(tx, HubLog(env_.hasher), person.id); }));
    return career.is_owed(newest.document) ? std::string() : newest.document;  // what runs is not what the notice tells
}

Result<void> PaperFacts::add_person(const PaperSubject& subject, PaperData& data) const {
    ZIGE_TRY(person, registry_.find_person(subject.person));
    set(data, "name", person.name);
    set(data, "masked_number", person.masked_number);
    if (const auto* site = site_at(person, subject.institution)) {
        const Registration& there = site->registration;
        set(data, "name", there.name);
        set(data, "code", there.code);
        set(data, "category", text(there.category, Lang::zh));
        set(data, "recorded_on", chinese(there.registered_from));
        if (const std::string_view box = box_of(there.category); !box.empty()) set(data, box, "√");
        if (there.commitment.kind == CommitmentKind::signed_on && there.commitment.date)
            set(data, "signed_on", chinese(*there.commitment.date));
    } else if (!subject.institution.empty()) {
        ZIGE_TRY(decided_at, institution_of_decision(env_, person.id, subject.document));
        if (decided_at != subject.institution)
            return fail(ErrorId::person_not_found, "person", "not registered at " + subject.institution);
        for (const PersonInfo::Site& elsewhere : person.sites) set(data, "code", elsewhere.registration.code);
    }
    return add_document(subject, person, data);
}

Result<void> PaperFacts::add_document(const PaperSubject& subject, const PersonInfo& person, PaperData& data) const {
    ZIGE_TRY(events, read_from(env_.store, [&](Tx& tx) { return HubLog(env_.hasher).career_of(tx, person.id); }));
    const auto decisions = paper_decisions(events);
    if (subject.kind == PaperKind::registration_form) set(data, "violations", decisions.empty() ? "无" : "有，见一医一档");
    if (subject.document.empty() || form_of(subject.kind).field("document") == nullptr) return {};
    const auto decision = std::ranges::find(decisions, subject.document, &PaperDecision::document);
    if (decision == decisions.end()) return check_not_known(env_, subject, person, events);
    ZIGE_TRY(config, policy_.current());
    ZIGE_TRY(career, career_from(events));
    PaperDecision as_it_will_run = *decision;
    ZIGE_TRY(repaired_months, months_repaired(env_, shelf_, career, subject.document));
    as_it_will_run.months_less = repaired_months;
    for (auto& [name, value] : fields_of(as_it_will_run, config.profile)) set(data, name, std::move(value));
    if (const std::string repaired = repair_words(*decision, career); !repaired.empty())
        set(data, "measure", std::string(data.text("measure")) + "（" + repaired + "）");
    const bool part = decision->shortened_from || decision->before;
    if (part && decision->barred_until) data.texts.erase("ban_years");  // the day alone is true
    if (subject.kind == PaperKind::repair_result)
        for (const char* const name : {"points", "year"}) data.texts.erase(name);  // there they are those of the repair
    if (subject.kind == PaperKind::scoring_notice) add_blanks(*decision, data);
    return {};
}

Result<void> PaperFacts::add_period(const PaperSubject& subject, PaperData& data) const {
    ZIGE_TRY(config, policy_.current());
    const PaperPeriod& period = *subject.period;
    set(data, "period", period.words);
    set(data, "from", chinese(period.from));
    set(data, "to", chinese(period.to));
    // XY 37: by the last working day of the month or quarter.
    const DueDate due = config.calendar.subtract_working_days(period.to + days{1}, 1);
    set(data, "due_on", chinese(due.day) + (due.provisional ? "（暂定）" : ""));
    ZIGE_TRY(events, read_from(env_.store, [&](Tx& tx) { return HubLog(env_.hasher).careers_since(tx, start_of(period.from)); }));
    PeriodCount count = count_period(events, period.from, period.to);
    data.texts["decisions"] = std::to_string(count.decisions.size());
    data.texts["people"] = std::to_string(count.people);
    data.texts["suspended"] = std::to_string(count.suspended);
    data.texts["terminated"] = std::to_string(count.terminated);
    ZIGE_TRY(sanctions, read_from(env_.store, [&](Tx& tx) { return HubLog(env_.hasher).all_sanctions(tx); }));
    ZIGE_TRY(restored, restored_in(sanctions, period.from, period.to));
    data.texts["restored"] = std::to_string(restored);
    auto& rows = data.lists["handled"];
    for (const PaperDecision& decision : count.decisions) {
        ZIGE_TRY(row, row_of(decision, config.profile));
        set(row, "no", std::to_string(rows.size() + 1));
        rows.push_back(std::move(row));
    }
    return {};
}

/// A line of a report: at the institution where it happened, else at the person's first one.
Result<PaperData> PaperFacts::row_of(const PaperDecision& decision, const Profile& profile) const {
    PaperData row;
    for (auto& [name, value] : fields_of(decision, profile)) set(row, name, std::move(value));
    if (!decision.interval) row.texts.erase("status");  // decided and not served: it is not so yet
    ZIGE_TRY(person, registry_.find_person("#" + std::to_string(decision.person.value)));
    set(row, "name", person.name);
    const auto* site = site_at(person, decision.institution);
    if (site == nullptr && !person.sites.empty()) site = &person.sites.front();
    if (site == nullptr) return row;
    ZIGE_TRY(institution, registry_.institution(site->institution));
    set(row, "institution", institution.spec.name);
    set(row, "institution_code", institution.spec.code);
    set(row, "code", site->registration.code);
    return row;
}

}  // namespace zige::hub
