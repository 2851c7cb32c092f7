#include "hub/server/operations.h"

namespace zige::hub {
namespace {

template <class E>
Json names_json(const std::vector<E>& codes) {
    Json list{Json::Array{}};
    for (const E code : codes) list.push(to_string(code));
    return list;
}

Json line_json(const ReportLine& line) {
    return Json::object({{"agent", line.agent.value},
                         {"chapter", line.chapter.value},
                         {"index", line.index},
                         {"claim", line.claim_id},
                         {"line", line.line_id},
                         {"fee_time", format(line.fee_time)},
                         {"amount_fen", line.amount.value},
                         {"judged", to_string(line.judged)},
                         {"served", to_string(line.served)},
                         {"now", to_string(line.now)},
                         {"verdict", to_string(line.verdict)},
                         {"grounds_then", names_json(line.grounds_then)},
                         {"grounds_now", names_json(line.grounds_now)},
                         {"document", line.document},
                         {"person", line.person},
                         {"person_code", line.person_code},
                         {"copy_seq", line.copy_seq.value},
                         {"copy_age_seconds", line.copy_age.count()}});
}

constexpr Verdict kVerdicts[] = {Verdict::rightly_allowed, Verdict::rightly_refused, Verdict::wrongly_allowed,
                                 Verdict::wrongly_refused, Verdict::not_judged};

/// Which lines a report is about, and which of them it lists.
struct ReportFilter {
    std::optional<Day> from;  ///< of the fee
    std::optional<Day> to;    ///< inclusive
    std::optional<Verdict> kind;
    bool all = false;

    bool is_about(const ReportLine& line) const {
        const Day day = day_of(line.fee_time);
        return (!from || day >= *from) && (!to || day <= *to);
    }
    /// What is wrong, unless somebody asks for more.
    bool lists(const ReportLine& line) const {
        if (kind) return line.verdict == *kind;
        return all || line.verdict == Verdict::wrongly_allowed || line.verdict == Verdict::wrongly_refused;
    }
};

Result<ReportFilter> filter_of(const CallArguments& arguments) {
    ReportFilter filter;
    ZIGE_TRY(from, arguments.maybe_day("from"));
    ZIGE_TRY(to, arguments.maybe_day("to"));
    ZIGE_TRY(kind, arguments.maybe_text("kind"));
    filter.from = from;
    filter.to = to;
    filter.all = arguments.flag("all");
    if (from && to && *to < *from) return fail(ErrorId::api_bad_field, "to", "lies before --from");
    if (!kind) return filter;
    for (const Verdict verdict : kVerdicts)
        if (*kind == to_string(verdict)) filter.kind = verdict;
    if (!filter.kind) return fail(ErrorId::api_bad_field, "kind", "unknown: " + kind->substr(0, 40));
    return filter;
}

Json institution_json(InstitutionReport report, const ReportFilter& filter) {
    std::erase_if(report.lines, [&](const ReportLine& line) { return !filter.is_about(line); });
    Json counts = Json::object();
    for (const Verdict verdict : kVerdicts)
        counts.set(to_string(verdict), Json::object({{"lines", report.count(verdict)}, {"fen", report.fen(verdict)}}));
    Json lines{Json::Array{}};
    for (const ReportLine& line : report.lines)
        if (filter.lists(line)) lines.push(line_json(line));
    Json departures{Json::Array{}};
    for (const ReportDeparture& departure : report.departures) departures.push(to_json(departure));
    return Json::object({{"code", report.institution},
                         {"name", report.name},
                         {"mode", to_string(report.mode)},
                         {"counts", std::move(counts)},
                         {"lines", std::move(lines)},
                         {"departures", std::move(departures)}});
}

Result<Json> report(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(code, arguments.maybe_text("institution"));
    ZIGE_TRY(filter, filter_of(arguments));
    Json list{Json::Array{}};
    if (code) {
        ZIGE_TRY(one, context.hub.report().institution(*code));
        list.push(institution_json(std::move(one), filter));
    } else {
        ZIGE_TRY(all, context.hub.report().all());
        for (InstitutionReport& each : all) list.push(institution_json(std::move(each), filter));
    }
    return Json::object({{"as_of", format(context.clock.wall())}, {"institutions", std::move(list)}});
}

Result<Json> find_decision(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(reference, arguments.text("reference"));
    ZIGE_TRY(institution, arguments.text("institution"));
    ZIGE_TRY(found, context.hub.report().find(institution, reference));
    Json lines{Json::Array{}};
    for (const ReportLine& line : found) lines.push(line_json(line));
    return Json::object({{"reference", reference}, {"institution", institution}, {"lines", std::move(lines)}});
}

const char* name_of(ReceiptFinding::Held held) {
    switch (held) {
        case ReceiptFinding::Held::here: return "held";
        case ReceiptFinding::Held::not_yet: return "not_handed_in";
        case ReceiptFinding::Held::other: return "another_entry";
    }
    return "";
}

/// The attachment is what `zige-agent receipt get` printed.
Result<Json> verify_receipt(OperationContext& context, const CallArguments&, const ServiceCall& call) {
    ZIGE_TRY(found, context.hub.report().receipt(as_text(call.attachment)));
    Json answer = Json::object({{"good", true},
                                {"institution", found.institution},
                                {"agent", found.receipt.agent.value},
                                {"chapter", found.receipt.chapter.value},
                                {"number", found.receipt.number},
                                {"held", name_of(found.held)},
                                {"received_at", found.received ? Json(format(*found.received)) : Json()},
                                {"public_key", to_hex(found.public_key)},
                                {"recorded_at", format(found.entry.times.wall)}});
    const auto* decision = std::get_if<wire::DecisionEntry>(&found.entry.body);
    if (decision == nullptr) return answer;
    answer.set("claim_id", decision->claim_id);
    answer.set("line_id", decision->line_id);
    answer.set("fee_time", format(decision->fee_time));
    answer.set("fen", decision->amount.value);
    answer.set("outcome", to_string(decision->served));
    return answer;
}

Json agent_json(const AgentStatus& agent) {
    return Json::object({{"agent", agent.agent.value},
                         {"institution", agent.institution},
                         {"chapter", agent.chapter.value},
                         {"frozen", agent.frozen},
                         {"last_contact", agent.last_contact ? Json(format(*agent.last_contact)) : Json()},
                         {"have_seq", agent.have_seq.value},
                         {"current_seq", agent.current_seq.value},
                         {"entries_held", agent.entries_held},
                         {"waiting_entries", agent.waiting_entries},
                         {"waiting_filings", agent.waiting_filings},
                         {"clock_suspect", agent.clock_suspect},
                         {"clock_unknown", agent.clock_unknown},
                         {"software", agent.software}});
}

Json tip_json(const LogTip& tip) { return Json::object({{"events", tip.number}, {"tip", to_hex(tip.hash)}}); }

Result<Json> status(OperationContext& context, const CallArguments&, const ServiceCall&) {
    ZIGE_TRY(hub, context.hub.report().status());
    Json agents{Json::Array{}};
    for (const AgentStatus& agent : hub.agents) agents.push(agent_json(agent));
    const auto& stopped = context.hub.stopped();
    const auto key_life = std::chrono::floor<std::chrono::days>(hub.online_key_until - context.clock.wall());
    const std::int64_t key_days = std::max<std::int64_t>(0, key_life.count());
    return Json::object({{"hub", hub.hub_id},
                         {"time", format(context.clock.wall())},
                         {"epoch", hub.epoch.value},
                         {"publish_number", hub.publish_number},
                         {"publishing", !stopped.has_value()},
                         {"stopped_by", stopped ? Json(to_string(stopped->id)) : Json()},
                         {"log", tip_json(hub.log)},
                         {"trust_version", hub.trust_version},
                         {"online_key_until", format(hub.online_key_until)},
                         {"online_key_days_left", key_days},
                         {"online_key_warning", key_days < kWarnBeforeKeyEnds.count()},
                         {"clock_refused", context.hub.clock().refused},
                         {"ineligible_version", hub.ineligible_version},
                         {"ineligible_entries", hub.ineligible_entries},
                         {"institutions", hub.institutions},
                         {"people", hub.people},
                         {"agents", std::move(agents)}});
}

Result<Json> verify_log(OperationContext& context, const CallArguments&, const ServiceCall&) {
    ZIGE_TRY(tip, context.hub.verify_log());
    return tip_json(tip);
}

Json event_json(const LogEvent& event) {
    Json body = Json::object();
    for (const auto& [name, value] : event.body.all()) body.set(name, value);
    return Json::object({{"number", event.number},
                         {"at", format(event.at)},
                         {"event", to_string(event.event)},
                         {"operator", event.actor},
                         {"institution", event.institution},
                         {"registration", event.record.value},
                         {"person", event.person.value},
                         {"body", std::move(body)}});
}

Result<Json> show_log(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(after, arguments.number_or("after", 0, 0, INT64_MAX));
    ZIGE_TRY(limit, arguments.number_or("limit", 100, 1, 10'000));
    ZIGE_TRY(events, context.hub.log(static_cast<std::uint64_t>(after), static_cast<std::uint32_t>(limit)));
    Json list{Json::Array{}};
    for (const LogEvent& event : events) list.push(event_json(event));
    return Json::object({{"events", std::move(list)}});
}

constexpr NamedOperation kOperations[] = {
    {"report", report}, {"journal.find", find_decision}, {"receipt.verify", verify_receipt}, {"status", status}, {"log.verify", verify_log}, {"log.show", show_log}};

}  // namespace

Json to_json(const ReportDeparture& departure) {
    return Json::object({{"kind", to_string(departure.kind)},
                         {"on_board", departure.on_board()},
                         {"registration", departure.no.value},
                         {"name", departure.name},
                         {"code", departure.code},
                         {"last_day", format(departure.duty.last_day)},
                         {"due", format(departure.duty.due.day)},
                         {"provisional", departure.duty.due.provisional},
                         {"stage", to_string(departure.duty.stage)},
                         {"working_days_left", departure.duty.working_days_left},
                         {"proof", to_string(departure.proof)},
                         {"filed_after", format(departure.filed_after)},
                         {"filed_before", format(departure.filed_before)},
                         {"filed_claimed", format(departure.filed_claimed)},
                         {"window_updated", to_json(departure.window_updated)},
                         {"window_receipt", departure.window_receipt},
                         {"reason", departure.reason}});
}

std::span<const NamedOperation> audit_operations() { return kOperations; }

}  // namespace zige::hub
