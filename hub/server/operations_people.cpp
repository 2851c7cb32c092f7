#include <algorithm>

#include "hub/core/roster/roster.h"
#include "hub/server/operations.h"

namespace zige::hub {
namespace {

Json issue_json(const RosterIssue& issue) {
    return Json::object({{"line", issue.line},
                         {"field", issue.field},
                         {"error", to_string(issue.id)},
                         {"number", static_cast<std::int64_t>(issue.id)},
                         {"imported", issue.imported},
                         {"reason_zh", text(issue.id, Lang::zh)},
                         {"reason_en", text(issue.id, Lang::en)},
                         {"detail", issue.detail}});
}

/// Problems of reading and of registering, by line.
Json problems_json(const Roster& roster, const ImportReport& report) {
    std::vector<RosterIssue> issues = roster.issues;
    for (const RosterProblem& problem : report.problems)
        issues.push_back({problem.line, problem.error.field, problem.error.id, problem.error.detail, problem.imported});
    std::ranges::stable_sort(issues, {}, &RosterIssue::line);
    Json list{Json::Array{}};
    for (const RosterIssue& issue : issues) list.push(issue_json(issue));
    return list;
}

Json report_json(const Roster& roster, const ImportReport& report) {
    const std::uint32_t went_in = report.added + report.restarted + report.changed + report.unchanged + report.ended;
    return Json::object({{"layout", to_string(roster.layout)},
                         {"encoding", to_string(roster.encoding)},
                         {"lines", roster.lines},
                         {"read", roster.rows.size()},
                         {"went_in", went_in},
                         {"not_imported", roster.lines - went_in},
                         {"added", report.added},
                         {"restarted", report.restarted},
                         {"changed", report.changed},
                         {"unchanged", report.unchanged},
                         {"ended", report.ended},
                         {"known_elsewhere", report.known_elsewhere},
                         {"not_eligible_now", report.not_eligible_now},
                         {"aliases_added", report.aliases_added},
                         {"problems", problems_json(roster, report)}});
}

/// Reading is the first half of the work, registering the second.
Result<Json> import_roster(OperationContext& context, const CallArguments& arguments, const ServiceCall& call) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(institution, arguments.text("institution"));
    ZIGE_TRY(layout_name, arguments.maybe_text("layout"));
    RosterOptions options;
    options.institution = {institution};
    options.today = context.today();
    if (layout_name) {
        options.layout = roster_layout_from(*layout_name);
        if (!options.layout) return fail(ErrorId::api_bad_field, "layout", "gb001, gb002, gb004 or gb005");
    }
    const auto tell = [&](std::size_t done, std::size_t all) {
        if (context.progress) context.progress(done, all);
    };
    options.progress = [&](std::size_t done, std::size_t all) { tell(done, all * 2); };
    ZIGE_CHECK(context.hub.registry().institution(institution));
    ZIGE_TRY(roster, read_roster(call.attachment, options, context.gb18030));
    const std::size_t rows = roster.rows.size();
    ZIGE_TRY(report, context.hub.registry().import_roster(actor, institution, roster.rows,
                                                          [&](std::size_t done) { tell(rows + done, rows * 2); }));
    return report_json(roster, report);
}

Json site_json(const PersonInfo::Site& site) {
    const Registration& registration = site.registration;
    Json standing{Json::Array{}};
    for (const StandingInterval& interval : registration.standing) standing.push(to_json(interval));
    return Json::object({{"institution", site.institution},
                         {"registration", registration.no.value},
                         {"code", registration.code},
                         {"category", to_string(registration.category)},
                         {"post", to_string(registration.post)},
                         {"department", registration.department},
                         {"registered_from", format(registration.registered_from)},
                         {"last_day", to_json(registration.last_day)},
                         {"commitment", to_string(registration.commitment.kind)},
                         {"standing", std::move(standing)}});
}

Result<Json> show_person(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(who, person_of(context, arguments));
    ZIGE_TRY(info, context.hub.registry().find_person(who));
    Json sites{Json::Array{}};
    for (const PersonInfo::Site& site : info.sites) sites.push(site_json(site));
    return Json::object({{"person", info.id.value},
                         {"name", info.name},
                         {"certificate_type", info.certificate_type},
                         {"identity_number", info.masked_number},
                         {"sites", std::move(sites)}});
}

constexpr NamedOperation kOperations[] = {{"roster.import", import_roster}, {"person.show", show_person}};

}  // namespace

std::span<const NamedOperation> people_operations() { return kOperations; }

}  // namespace zige::hub
