#include <algorithm>

#include "agent/daemon/answer.h"
#include "agent/daemon/local_service.h"

namespace zige::daemon {
namespace {

Json time_json(Instant when) { return when == Instant{} ? Json() : Json(format(when)); }

Json error_json(const std::optional<Error>& error) { return error ? *error_answer(*error).body.find("error") : Json(); }

Json copy_json(const agent::Status& status) {
    if (!status.has_copy) return {};
    return Json::object({{"epoch", status.epoch.value},
                         {"seq", status.seq.value},
                         {"state_hash", to_hex(status.state_hash)},
                         {"as_of", time_json(status.as_of)},
                         {"age_seconds", status.age.count()},
                         {"freshness", code_json(status.freshness)},
                         {"people", status.people},
                         {"copies_before", status.copies_before},
                         {"statements", status.statements},
                         {"prolonged_until", status.prolonged_until ? Json(format(*status.prolonged_until)) : Json()},
                         {"mode", code_json(status.mode)},
                         {"mode_until", day_json(status.mode_until)},
                         {"ineligible_version", status.ineligible_version}});
}

Json clock_json(const agent::TimeGuard::Status& time) {
    return Json::object({{"trusted", time_json(time.trusted)},
                         {"running", time_json(time.running)},
                         {"wall", time_json(time.wall)},
                         {"suspect", time.suspect},
                         {"unknown", time.unknown}});
}

Json journal_json(const agent::Journal::Status& journal) {
    return Json::object({{"chapter", journal.chapter.value},
                         {"entries", journal.size},
                         {"held_by_hub", journal.held},
                         {"waiting", journal.size - std::min(journal.size, journal.held)},
                         {"held_at", time_json(journal.held_at)},
                         {"frozen", journal.frozen},
                         {"hub_lost", journal.hub_lost},
                         {"anchor_ahead", journal.anchor_ahead}});
}

/// The last contact of an earlier run is the hub's newest signed word about the journal, which is kept on disk.
Json sync_json(const agent::Syncer::Status& sync, Instant held_at) {
    return Json::object({{"last_contact", time_json(std::max(sync.last_contact, held_at))},
                         {"last_carry", time_json(sync.last_carry)},
                         {"next_contact", time_json(sync.next_contact)},
                         {"failures", sync.failures},
                         {"last_error", error_json(sync.last_error)}});
}

Json revoked_json(const std::optional<wire::Revocation>& word) {
    if (!word) return {};
    return Json::object({{"reason", code_json(word->reason)},
                         {"told_at", time_json(word->hub_time)},
                         {"replaced_by", word->replaced_by.value == 0 ? Json() : Json(word->replaced_by.value)}});
}

}  // namespace

Result<Json> LocalService::status(const ApiRequest&) {
    const agent::Status status = agent_.status();
    Json answer = Json::object({{"enrolled", status.enrolled}});
    if (!status.enrolled) return answer;
    answer.set("hub", status.hub_url);
    answer.set("institution", status.institution.text);
    answer.set("institution_name", status.institution_name);
    answer.set("agent", status.agent.value);
    answer.set("replaces", status.replaces.value == 0 ? Json() : Json(status.replaces.value));
    answer.set("trust_version", status.trust_version);
    answer.set("copy", copy_json(status));
    answer.set("copy_error", error_json(status.copy_error));
    answer.set("clock", clock_json(status.time));
    answer.set("journal", journal_json(status.journal));
    answer.set("copy_put_back", status.copy_put_back);
    answer.set("disk_rolls_back", status.disk_rolls_back);
    answer.set("filings_waiting", status.filings_waiting);
    answer.set("duties_due", status.duties_due);
    answer.set("answers_late", status.answers_late);
    answer.set("filings_refused", status.filings_refused);
    answer.set("sync", sync_json(status.sync, status.journal.held_at));
    answer.set("certificate_until", time_json(status.certificate_until));
    answer.set("revoked", revoked_json(status.revoked));
    return answer;
}

Result<Json> LocalService::sync_now(const ApiRequest&) {
    ZIGE_TRY(report, sync(true));
    const auto view = agent_.view();
    Json results = Json::array();
    for (const wire::FilingResult& result : report.results)
        results.push(Json::object({{"filing", to_hex(result.uuid)},
                                   {"accepted", result.accepted},
                                   {"reason", result.accepted ? Json() : code_json(result.reason)}}));
    return Json::object({{"bytes_sent", report.traffic.sent},
                         {"bytes_received", report.traffic.received},
                         {"rounds", report.rounds},
                         {"carried", report.carried},
                         {"seq_before", report.seq_before.value},
                         {"seq_after", report.seq_after.value},
                         {"copy_changed", report.copy_changed},
                         {"people", view ? view->copy->people() : 0},
                         {"records", report.records},
                         {"patches", report.patches},
                         {"entries_sent", report.entries_sent},
                         {"results", std::move(results)},
                         {"trust_version", report.trust_version},
                         {"frozen", report.frozen},
                         {"hub_lost", report.hub_lost},
                         {"anchor_ahead", report.anchor_ahead},
                         {"copy_put_back", report.copy_put_back},
                         {"more", report.more},
                         {"next_contact", time_json(report.next_contact)}});
}

}  // namespace zige::daemon
