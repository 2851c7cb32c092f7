#include "hub/core/filings.h"
#include "hub/server/operations.h"

namespace zige::hub {
namespace {

Json time_or_null(Instant when) { return when == Instant{} ? Json() : Json(format(when)); }

/// What a filing says beside its registration, for people and programs that look.
struct Said {
    Json operator()(const wire::DepartureFiling& f) const {
        return Json::object({{"last_day", format(f.last_day)}, {"reason", f.reason}});
    }
    Json operator()(const wire::UndoFiling& f) const { return Json::object({{"target", to_hex(f.target)}}); }
    Json operator()(const wire::WindowFiling& f) const {
        return Json::object(
            {{"departure", to_hex(f.departure)}, {"updated_on", format(f.updated_on)}, {"receipt", f.receipt_number}});
    }
    Json operator()(const wire::RegistrationFiling& f) const {
        return Json::object({{"code", f.code},
                             {"licence", f.licence},
                             {"name", f.name},
                             {"category", to_string(f.category)},
                             {"post", to_string(f.post)},
                             {"department", f.department},
                             {"commitment_signed", to_json(f.commitment_signed)},
                             {"from", format(f.from)},
                             {"multi_site", f.multi_site},
                             {"identity_given", !f.identity.empty()}});
    }
    Json operator()(const wire::ChangeFiling& f) const {
        Json said = Json::object();
        if (f.name) said.set("name", *f.name);
        if (f.department) said.set("department", *f.department);
        if (f.code) said.set("code", *f.code);
        if (f.category) said.set("category", to_string(*f.category));
        said.set("identity_given", f.identity.has_value());
        return said;
    }
    Json operator()(const wire::CommitmentFiling& f) const {
        return Json::object({{"signed_on", format(f.signed_on)}});
    }
    Json operator()(const wire::AmendFiling& f) const {
        return Json::object({{"target", to_hex(f.target)}, {"last_day", format(f.last_day)}});
    }
    Json operator()(const wire::LeaveFiling& f) const {
        return Json::object({{"leave", to_string(f.kind)}, {"from", format(f.from)}, {"until", to_json(f.until)}});
    }
    Json operator()(const wire::TransferFiling& f) const {
        return Json::object({{"last_day", format(f.last_day)},
                             {"to_institution", f.to_institution},
                             {"first_day", format(f.first_day)}});
    }
    Json operator()(const wire::RehireFiling& f) const {
        return Json::object({{"from", format(f.from)}, {"until", to_json(f.until)}});
    }
    Json operator()(const wire::DeathFiling& f) const { return Json::object({{"at", format(f.at)}}); }
    Json operator()(const wire::AliasFiling& f) const { return Json::object({{"code", f.code}, {"remove", f.remove}}); }
    Json operator()(const wire::DutySessionFiling& f) const {
        return Json::object({{"from", format(f.from)}, {"until", f.until ? Json(format(*f.until)) : Json()}});
    }
    Json operator()(const wire::PresenceFiling& f) const {
        return Json::object({{"present", f.present}, {"note", f.note}});
    }
    Json operator()(const wire::LicenceLapseFiling& f) const {
        return Json::object({{"licence", f.licence}, {"lapsed_on", format(f.lapsed_on)}, {"reason", f.reason}});
    }
    template <FilingKind kKind>
    Json operator()(const wire::CaseFiling<kKind>& f) const {
        return Json::object({{"document", f.document},
                             {"text", f.text},
                             {"attachment", f.attachment ? Json(to_hex(*f.attachment)) : Json()}});
    }
};

Json filing_json(const FilingRecord& filing) {
    return Json::object({{"filing", to_hex(filing.filing.uuid)},
                         {"kind", to_string(filing.kind)},
                         {"institution", filing.institution},
                         {"agent", filing.agent.value},
                         {"accepted", filing.accepted},
                         {"reason", filing.accepted ? Json() : Json(to_string(filing.reason))},
                         {"withdrawn", filing.withdrawn},
                         {"registration", filing.record.value},
                         {"name", filing.name},
                         {"code", filing.code},
                         {"clerk", filing.filing.clerk},
                         {"says", std::visit(Said{}, filing.filing.body)},
                         {"claimed", format(filing.filing.times.wall)},
                         {"hub_before", time_or_null(filing.hub_before)},
                         {"hub_after", format(filing.hub_after)},
                         {"in_seq", filing.in_seq.value},
                         {"last_day", to_json(filing.last_day)},
                         {"set_by_hub", filing.hub_owned},
                         {"dispute", filing.dispute}});
}

Result<Json> list(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(institution, arguments.text_or("institution", ""));
    ZIGE_TRY(kind, arguments.maybe_code<FilingKind>("kind"));
    if (!institution.empty()) ZIGE_CHECK(context.hub.registry().institution(institution));
    ZIGE_TRY(all, context.hub.filings().list(institution, kind));
    Json filings{Json::Array{}};
    for (const FilingRecord& each : all) filings.push(filing_json(each));
    return Json::object({{"filings", std::move(filings)}});
}

Result<Json> show(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(id, arguments.text("id"));
    ZIGE_TRY(filing, context.hub.filings().find(id));
    return filing_json(filing);
}

Result<Json> code(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(digits, arguments.text("digits"));
    ZIGE_TRY(institution, arguments.text("institution"));
    ZIGE_CHECK(context.hub.filings().enter_code(actor, institution, digits));
    return Json::object({{"institution", institution}, {"entered", format(context.clock.wall())}});
}

Result<Json> codes(OperationContext& context, const CallArguments&, const ServiceCall&) {
    ZIGE_TRY(all, context.hub.filings().codes());
    Json entered{Json::Array{}};
    for (const EnteredCode& each : all)
        entered.push(Json::object({{"institution", each.institution},
                                   {"code", each.code},
                                   {"entered", format(each.entered)},
                                   {"by", each.by},
                                   {"filing", each.filing ? Json(to_hex(*each.filing)) : Json()}}));
    return Json::object({{"codes", std::move(entered)}});
}

Result<Json> dispute(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(id, arguments.text("id"));
    ZIGE_TRY(reason, arguments.text("reason"));
    ZIGE_CHECK(context.hub.filings().dispute(actor, id, reason));
    ZIGE_TRY(filing, context.hub.filings().find(id));
    return filing_json(filing);
}

Result<Json> set_day(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(id, arguments.text("id"));
    ZIGE_TRY(last_day, arguments.day("last_day"));
    ZIGE_TRY(reason, arguments.text("reason"));
    ZIGE_CHECK(context.hub.filings().set_last_day(actor, id, last_day, reason));
    ZIGE_TRY(filing, context.hub.filings().find(id));
    return filing_json(filing);
}

Result<Json> departures(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(code, arguments.maybe_text("institution"));
    std::vector<InstitutionReport> reports;
    if (code) {
        ZIGE_TRY(one, context.hub.report().departures(*code));
        reports.push_back(std::move(one));
    } else {
        ZIGE_TRY(all, context.hub.report().departures());
        reports = std::move(all);
    }
    Json departures{Json::Array{}};
    for (const InstitutionReport& report : reports)
        for (const ReportDeparture& each : report.departures) {
            Json departure = to_json(each);
            departure.set("institution", report.institution);
            departures.push(std::move(departure));
        }
    return Json::object({{"departures", std::move(departures)}});
}

Result<Json> questions_json(OperationContext& context) {
    ZIGE_TRY(all, context.hub.filings().questions());
    Json questions{Json::Array{}};
    for (const PresenceQuestion& each : all)
        questions.push(Json::object({{"institution", each.institution},
                                     {"registration", each.record.value},
                                     {"name", each.name},
                                     {"asked", format(each.asked)},
                                     {"reason", each.reason},
                                     {"due", format(each.due.day)},
                                     {"overdue", !each.answered && context.today() > each.due.day},
                                     {"answered", each.answered ? Json(format(*each.answered)) : Json()},
                                     {"present", each.answered ? Json(each.present) : Json()},
                                     {"note", each.note}}));
    return Json::object({{"questions", std::move(questions)}});
}

Result<Json> ask(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(institution, arguments.text("code"));
    ZIGE_TRY(number, arguments.number_or("registration", 0, 1, UINT32_MAX));
    ZIGE_TRY(reason, arguments.text("reason"));
    ZIGE_CHECK(context.hub.filings().ask(actor, institution, RecordNo{static_cast<std::uint32_t>(number)}, reason));
    return questions_json(context);
}

Result<Json> scan(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(count, context.hub.filings().scan(actor));
    ZIGE_TRY(answer, questions_json(context));
    answer.set("asked_now", count);
    return answer;
}

Result<Json> questions(OperationContext& context, const CallArguments&, const ServiceCall&) {
    return questions_json(context);
}

Result<Json> sessions(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(institution, arguments.text("institution"));
    ZIGE_CHECK(context.hub.registry().institution(institution));
    ZIGE_TRY(all, context.hub.filings().sessions(institution));
    Json sessions{Json::Array{}};
    for (const DutySession& each : all)
        sessions.push(Json::object({{"registration", each.record.value},
                                    {"name", each.name},
                                    {"from", format(each.from)},
                                    {"until", each.until ? Json(format(*each.until)) : Json()}}));
    return Json::object({{"sessions", std::move(sessions)}});
}

Result<Json> owner(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(code, arguments.text("code"));
    ZIGE_TRY(owner, arguments.text("owner"));
    ZIGE_CHECK(context.hub.filings().set_owner(actor, code, owner));
    return Json::object({{"code", code}, {"owner", owner}});
}

constexpr NamedOperation kOperations[] = {
    {"filing.list", list},          {"filing.show", show},       {"filing.code", code},
    {"filing.codes", codes},        {"filing.dispute", dispute}, {"filing.set-day", set_day},
    {"departure.list", departures}, {"presence.ask", ask},       {"presence.scan", scan},
    {"presence.list", questions},   {"duty.list", sessions},     {"institution.owner", owner},
};

}  // namespace

std::span<const NamedOperation> filing_operations() { return kOperations; }

}  // namespace zige::hub
