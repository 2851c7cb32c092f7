#include <map>
#include <set>

#include "hub/core/casework/entries.h"
#include "hub/server/operations.h"

namespace zige::hub {
namespace {

constexpr std::string_view kPrefix = "case.";

const char* name_of(StepBy by) {
    switch (by) {
        case StepBy::bureau: return "bureau";
        case StepBy::another_person: return "another_person";
        case StepBy::institution: return "institution";
        case StepBy::department: return "department";
        case StepBy::authority: return "authority";
    }
    return "?";
}

Json to_json(const Fields& fields) {
    Json json = Json::object();
    for (const auto& [name, value] : fields.all()) json.set(name, value);
    return json;
}

Json to_json(const std::optional<DueDate>& due) { return due ? Json(format(due->day)) : Json(); }

Json to_json(const CaseDue& due) {
    return Json::object({{"kind", to_string(due.kind)},
                         {"due", to_json(due.due)},
                         {"provisional", due.due && due.due->provisional},
                         {"stopped", due.stopped},
                         {"right", due.is_right},
                         {"by", name_of(due.by)},
                         {"article", due.article}});
}

Json to_json(const StepTaken& step) {
    return Json::object({{"number", step.number},
                         {"step", to_string(step.step)},
                         {"on", format(step.on)},
                         {"actor", step.actor},
                         {"at", format(step.at)},
                         {"entries", to_json(step.entries)},
                         {"outcome", to_json(step.outcome)}});
}

Json person_json(const CasePerson& person) {
    Json steps{Json::Array{}};
    for (const StepTaken& step : person.track.steps) steps.push(to_json(step));
    return Json::object({{"person", person.person.value},
                         {"name", person.name},
                         {"state", to_string(person.track.state)},
                         {"points", person.track.points()},
                         {"steps", std::move(steps)}});
}

Json head_json(const CaseFile& file) {
    return Json::object({{"number", file.number},
                         {"kind", to_string(file.kind)},
                         {"institution", file.institution},
                         {"opened_on", format(file.opened_on)},
                         {"opened_by", file.opened_by},
                         {"text", file.text},
                         {"document", file.document},
                         {"filing", file.filing},
                         {"reviewer", file.reviewer},
                         {"rules", file.rules},
                         {"rules_version", file.rules_version}});
}

Json view_json(const CaseView& view) {
    Json json = head_json(view.file);
    Json people{Json::Array{}};
    for (std::size_t i = 0; i < view.people.size(); ++i) {
        Json person = person_json(view.file.people[i]);
        Json dues{Json::Array{}}, possible{Json::Array{}};
        for (const CaseDue& due : view.people[i].dues) dues.push(to_json(due));
        for (const CaseStep step : view.people[i].possible) possible.push(to_string(step));
        person.set("dues", std::move(dues)).set("possible", std::move(possible));
        if (view.people[i].proposed_level)
            person.set("proposed_level", *view.people[i].proposed_level)
                .set("proposed_why", view.people[i].proposed_why);
        people.push(std::move(person));
    }
    json.set("people", std::move(people));
    return json;
}

Result<std::vector<std::string>> people_of(OperationContext& context, const CallArguments& arguments) {
    std::vector<std::string> people;
    if (!arguments.has("person")) return people;
    ZIGE_TRY(given, arguments.long_texts("person"));
    for (const std::string& who : given) {
        ZIGE_TRY(id, context.hub.registry().find_exactly(who));
        people.push_back("#" + std::to_string(id.value));
    }
    return people;
}

/// The whole case; "first_step": number of the first step of this call, 0 if it was opened only.
Result<Json> shown(OperationContext& context, const StepResult& result) {
    ZIGE_TRY(view, context.hub.cases().show(result.file.number));
    Json json = view_json(view);
    json.set("first_step", result.first_step).set("published", to_json(result.published));
    return json;
}

Result<Json> open(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    CaseOrder order;
    ZIGE_TRY(kind, arguments.code<CaseKind>("kind"));
    ZIGE_TRY(institution, arguments.text("institution"));
    ZIGE_TRY(people, people_of(context, arguments));
    ZIGE_TRY(text, arguments.long_text("text"));
    ZIGE_TRY(document, arguments.text_or("document", ""));
    ZIGE_TRY(on, arguments.maybe_day("on"));
    ZIGE_TRY(reviewer, arguments.text_or("reviewer", ""));
    order = {kind, institution, people, on, text, document, reviewer, {}};
    ZIGE_TRY(result, context.hub.cases().open(actor, order));
    return shown(context, result);
}

/// The names that the step's rows know; a flag stands for "yes".
Result<Fields> entries_from(const CallArguments& arguments, CaseStep step) {
    Fields entries;
    std::set<std::string_view> seen;
    for (const StepEntry& entry : step_entries()) {
        if (entry.step != step || !seen.insert(entry.name).second) continue;
        if (entry.kind == EntryKind::yes) {
            if (arguments.flag(entry.name)) entries.add(entry.name, "yes");
            continue;
        }
        if (!arguments.has(entry.name)) continue;
        ZIGE_TRY(value, arguments.long_text(entry.name));
        entries.add(entry.name, value);
    }
    return entries;
}

Result<Json> step(OperationContext& context, const CallArguments& arguments, const ServiceCall& call) {
    ZIGE_TRY(actor, actor_of(arguments));
    const auto kind = from_name<CaseStep>(std::string_view(call.operation).substr(kPrefix.size()));
    if (!kind) return fail(ErrorId::api_unknown_path, call.operation);
    StepOrder order;
    order.step = *kind;
    ZIGE_TRY(number, arguments.ordinal("number"));
    ZIGE_TRY(people, people_of(context, arguments));
    ZIGE_TRY(on, arguments.maybe_day("on"));
    ZIGE_TRY(entries, entries_from(arguments, *kind));
    order = {number, *kind, people, on, entries};
    ZIGE_TRY(result, context.hub.cases().step(actor, order));
    return shown(context, result);
}

Result<Json> show(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(number, arguments.ordinal("number"));
    ZIGE_TRY(view, context.hub.cases().show(number));
    ZIGE_TRY(papers, context.hub.papers().of_case(number));
    Json list{Json::Array{}};
    for (const PaperInfo& each : papers) list.push(hub::to_json(each));
    Json json = view_json(view);
    json.set("papers", std::move(list));
    return json;
}

Result<Json> list(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(who, arguments.maybe_text("of"));
    ZIGE_TRY(views, context.hub.cases().list(arguments.flag("all"), who));
    Json list{Json::Array{}};
    for (const CaseView& view : views) list.push(view_json(view));
    return Json::object({{"cases", std::move(list)}});
}

Json to_json(const DueItem& item, Day today) {
    return Json::object({{"kind", to_string(item.kind)},
                         {"due", to_json(item.due)},
                         {"provisional", item.due && item.due->provisional},
                         {"overdue", item.overdue(today)},
                         {"stopped", item.stopped},
                         {"right", item.is_right},
                         {"by", name_of(item.by)},
                         {"article", item.article},
                         {"institution", item.institution},
                         {"person", item.person.value},
                         {"name", item.name},
                         {"case", item.case_number},
                         {"period", item.about},
                         {"people", item.people}});
}

Result<Json> due(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    std::optional<std::chrono::days> within;
    constexpr std::int64_t kMostDays = 3660;
    if (arguments.has("within")) {
        ZIGE_TRY(days, arguments.number_or("within", 0, 0, kMostDays));
        within = std::chrono::days{days};
    }
    ZIGE_TRY(items, context.hub.due_list().list(within));
    Json list{Json::Array{}};
    for (const DueItem& item : items) list.push(to_json(item, context.today()));
    return Json::object({{"today", format(context.today())}, {"due", std::move(list)}});
}

Result<Json> done(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(kind, arguments.code<DueKind>("kind"));
    ZIGE_TRY(period, arguments.text_or("period", ""));
    ZIGE_TRY(document, arguments.text("document"));
    ZIGE_TRY(on, arguments.maybe_day("on"));
    const bool of_a_notice =
        kind == DueKind::issue_notice || kind == DueKind::serve_notice || kind == DueKind::prior_notice;
    if (of_a_notice && !period.empty()) return fail(ErrorId::api_bad_field, "period", "of a report only");
    if (!of_a_notice && on) return fail(ErrorId::api_bad_field, "on", "of a notice only");
    if (of_a_notice) ZIGE_CHECK(context.hub.due_list().notice_done(actor, kind, document, on));
    else ZIGE_CHECK(context.hub.due_list().report_done(actor, kind, period, document));
    return Json::object({{"kind", to_string(kind)}, {"period", period}, {"document", document}});
}

}  // namespace

std::span<const NamedOperation> case_operations() {
    static const std::vector<NamedOperation> operations = [] {
        std::vector<NamedOperation> all_of{
            {"case.open", open}, {"case.show", show}, {"case.list", list}, {"due.list", due}, {"due.done", done}};
        static const std::vector<std::string> names = [] {
            std::vector<std::string> made;
            for (const CaseStep each : all<CaseStep>()) made.push_back(std::string(kPrefix) + to_string(each));
            return made;
        }();
        for (const std::string& name : names) all_of.push_back({name, step});
        return all_of;
    }();
    return operations;
}

}  // namespace zige::hub
