#include <algorithm>
#include <array>

#include "agent/capi/followup_in.h"
#include "agent/capi/guard.h"
#include "agent/capi/json_fields.h"
#include "agent/capi/stated_size.h"
#include "agent/capi/texts.h"
#include "agent/daemon/local_service.h"
#include "zige/zige.h"

namespace zige::capi {
namespace {

constexpr std::uint32_t kKnownFlags = ZIGE_GBK | ZIGE_ENGLISH;
constexpr std::size_t kClaimText = 512;  ///< of the texts of a claim beside its lines
constexpr std::size_t kMaxPath = 300;
constexpr std::size_t kMaxMethod = 8;

/// A call on a handle.
template <class Body>
zige_status with(zige_agent* agent, zige_error* err, Body body) {
    if (agent == nullptr)
        return guarded(err, Manner(0), [] { return Result<void>(fail(ErrorId::api_missing_field, "agent", "NULL")); });
    Handle& handle = *handle_of(agent);
    return guarded(err, handle.manner, [&] { return body(*handle.session, handle.manner.charset); });
}

Result<void> check_flags(std::uint32_t flags, const char* field) {
    if ((flags & ~kKnownFlags) == 0) return {};
    return fail(ErrorId::api_bad_field, field, "unknown flags " + std::to_string(flags & ~kKnownFlags));
}

template <class Options>
zige_status open_agent(zige_agent** out, const Options* given, zige_error* err,
                       Result<std::unique_ptr<Session>> (*open)(const Options&, const Charset&)) {
    if (out != nullptr) *out = nullptr;
    std::uint32_t flags = 0;
    const zige_status readable = guarded(err, Manner(0), [&]() -> Result<void> {
        ZIGE_CHECK(check_there(out, "out"));
        ZIGE_TRY(options, load(given, "options"));
        flags = options.flags;
        return check_flags(flags, "options.flags");
    });
    if (readable != ZIGE_OK) return readable;
    return guarded(err, Manner(flags), [&]() -> Result<void> {
        ZIGE_TRY(options, load(given, "options"));
        auto handle = std::make_unique<Handle>(flags, options.log, options.user);
        ZIGE_TRY(session, open(options, handle->manner.charset));
        handle->session = std::move(session);
        *out = shown(handle.release());
        return {};
    });
}

using Ask = Result<void> (Session::*)(const ClaimReader&, AnswerWriter&);

zige_status decide(zige_answer* out, zige_agent* agent, const zige_claim* claim, zige_error* err, Ask ask) {
    return with(agent, err, [&](Session& session, const Charset& charset) -> Result<void> {
        ZIGE_TRY(answer, AnswerWriter::open(out, charset));
        std::array<char, kClaimText> space;
        std::pmr::monotonic_buffer_resource memory(space.data(), space.size());
        const auto asked = ClaimReader::open(claim, charset, memory);
        // Where nobody can say how many lines there are, nothing of an earlier answer is left in any of them.
        const std::size_t lines = asked ? asked->lines() : std::min<std::size_t>(out->decision_count, ZIGE_MAX_LINES);
        ZIGE_CHECK(answer.make_room(lines));
        if (!asked) return asked.error();
        Result<void> done;
        try {
            done = (session.*ask)(*asked, answer);
        } catch (...) {
            answer.blank();
            throw;
        }
        if (!done) answer.blank();
        return done;
    });
}

/// A call of the local interface that `request` makes; its answer fills the host's struct.
template <class Out, class In>
zige_status follow_up(Out* out, zige_agent* agent, const In* given, zige_error* err,
                      Result<daemon::ApiRequest> (*request)(const In*, const Charset&)) {
    return with(agent, err, [&](Session& session, const Charset& charset) -> Result<void> {
        ZIGE_TRY(room, Room<Out>::open(out, "out"));
        ZIGE_TRY(call, request(given, charset));
        const daemon::ApiAnswer answer = session.call(call);
        if (const auto error = daemon::error_of(answer)) return *error;
        Out filled{};
        fill(filled, JsonFields(answer.body, charset));
        room.commit(filled);
        return {};
    });
}

/// A departure has a path of its own.
Result<const char*> path_of_filing(const std::string& body) {
    ZIGE_TRY(json, parse_json(body, daemon::kMaxApiBody));
    ZIGE_TRY(kind, text_member(json, "kind", kMaxPath));
    return kind == to_string(FilingKind::departure) ? "/v1/departures" : "/v1/filings";
}

void fill(zige_filing& to, const JsonFields& from) {
    const bool departure = from.has("departure");
    to.state = from.number(departure ? "filing.number" : "state.number");
    from.text(departure ? "departure" : "filing", to.id);
    from.text(departure ? "due" : "answer_expected.day", to.due);
    to.provisional = from.flag(departure ? "provisional" : "answer_expected.provisional");
}

void fill(zige_agent_info& to, const JsonFields& from) {
    to.has_copy = from.has("copy") ? 1 : 0;
    to.freshness = from.number("copy.freshness.number");
    to.mode = from.number("copy.mode.number");
    to.age_seconds = from.integer("copy.age_seconds");
    to.seq = from.large("copy.seq");
    to.epoch = from.count("copy.epoch");
    to.people = from.count("copy.people");
    from.text("copy.as_of", to.as_of);
    from.text("copy.mode_until", to.mode_until);
    from.text("institution", to.institution);
    from.text("institution_name", to.institution_name);
    to.agent = from.count("agent");
    to.duties_due = from.count("duties_due");
    to.filings_waiting = from.count("filings_waiting");
    to.answers_late = from.count("answers_late");
    to.journal_entries = from.large("journal.entries");
    to.journal_waiting = from.large("journal.waiting");
    to.frozen = from.flag("journal.frozen");
    to.clock_suspect = from.flag("clock.suspect");
    to.clock_unknown = from.flag("clock.unknown");
    to.revoked = from.number("revoked.reason.number");
    from.text("sync.last_contact", to.last_contact);
    to.sync_failures = from.number("sync.failures");
    to.last_sync_error = -from.number("sync.last_error.number");
}

/// "POST" and "/v1/duty?x=y" as a call of the local interface.
Result<daemon::ApiRequest> request_of(const char* method, const char* path, const char* body, std::size_t size,
                                      const Charset& charset) {
    ZIGE_CHECK(check_there(method, "method"));
    ZIGE_CHECK(check_there(path, "path"));
    if (size > 0) ZIGE_CHECK(check_there(body, "body"));
    if (size > daemon::kMaxApiBody) return fail(ErrorId::api_too_large, "body", std::to_string(size));
    std::pmr::monotonic_buffer_resource memory;
    ZIGE_TRY(verb, charset.read(method, kMaxMethod, "method", memory));
    if (verb != "GET" && verb != "POST") return fail(ErrorId::api_bad_method, "method", "GET or POST");
    ZIGE_TRY(target, charset.read(path, kMaxPath, "path", memory));
    if (!target.starts_with('/') || target.find_first_of(" \r\n") != std::string_view::npos)
        return fail(ErrorId::api_bad_field, "path", "as in /v1/status");
    ZIGE_TRY(text, charset.read(std::string_view(size > 0 ? body : "", size), "body"));
    const auto question = target.find('?');
    daemon::ApiRequest request;
    request.caller = {daemon::CallerRole::owner, ""};  // of a client its key decides
    request.method = verb;
    request.path = target.substr(0, question);
    request.query = question == std::string_view::npos ? "" : target.substr(question + 1);
    request.body = std::move(text);
    return request;
}

}  // namespace
}  // namespace zige::capi

using namespace zige;
using namespace zige::capi;

extern "C" {

zige_status ZIGE_CALL zige_agent_open(zige_agent** out, const zige_open_options* options, zige_error* err) {
    return open_agent(out, options, err, open_owner);
}

zige_status ZIGE_CALL zige_agent_connect(zige_agent** out, const zige_connect_options* options, zige_error* err) {
    return open_agent(out, options, err, open_client);
}

void ZIGE_CALL zige_agent_close(zige_agent** agent) {
    if (agent == nullptr || *agent == nullptr) return;
    const std::unique_ptr<Handle> closing(handle_of(*agent));
    *agent = nullptr;
    const zige_status closed = guarded(nullptr, closing->manner, [&]() -> Result<void> {
        closing->session->close();
        return {};
    });
    static_cast<void>(closed);  // a defect went to the host's log; the handle is gone all the same
    closing->wait_for_syncs();
}

zige_status ZIGE_CALL zige_check(zige_answer* out, zige_agent* agent, const zige_claim* claim, zige_error* err) {
    return decide(out, agent, claim, err, &Session::check);
}

zige_status ZIGE_CALL zige_clear(zige_answer* out, zige_agent* agent, const zige_claim* claim, zige_error* err) {
    return decide(out, agent, claim, err, &Session::clear);
}

zige_status ZIGE_CALL zige_add_evidence(zige_evidence_duty* out, zige_agent* agent, const zige_evidence* evidence,
                                        zige_error* err) {
    return follow_up(out, agent, evidence, err, evidence_request);
}

zige_status ZIGE_CALL zige_reverse(zige_reversed* out, zige_agent* agent, const zige_reversal* reversal,
                                   zige_error* err) {
    return follow_up(out, agent, reversal, err, reversal_request);
}

zige_status ZIGE_CALL zige_file(zige_filing* out, zige_agent* agent, const char* json, size_t json_size,
                                zige_error* err) {
    return with(agent, err, [&](Session& session, const Charset& charset) -> Result<void> {
        ZIGE_TRY(room, Room<zige_filing>::open(out, "out"));
        ZIGE_CHECK(check_there(json, "json"));
        ZIGE_TRY(request, request_of("POST", "/v1/filings", json, json_size, charset));
        ZIGE_TRY(path, path_of_filing(request.body));
        request.path = path;
        const daemon::ApiAnswer answer = session.call(request);
        if (const auto error = daemon::error_of(answer)) return *error;
        zige_filing filed{};
        fill(filed, JsonFields(answer.body, charset));
        room.commit(filed);
        return {};
    });
}

zige_status ZIGE_CALL zige_sync(zige_sync_report* out, zige_agent* agent, int32_t carry, zige_error* err) {
    std::optional<Handle::Syncing> inside;
    if (agent != nullptr) inside.emplace(*handle_of(agent));
    return with(agent, err, [&](Session& session, const Charset&) -> Result<void> {
        ZIGE_TRY(room, Room<zige_sync_report>::open(out, "out"));
        if (carry != 0 && carry != 1) return fail(ErrorId::api_bad_field, "carry", "0 or 1");
        zige_sync_report report{};
        ZIGE_CHECK(session.sync(carry == 1, report));
        room.commit(report);
        return {};
    });
}

zige_status ZIGE_CALL zige_tick(zige_agent* agent, zige_error* err) {
    return with(agent, err, [](Session& session, const Charset&) { return session.tick(); });
}

zige_status ZIGE_CALL zige_agent_status(zige_agent_info* out, zige_agent* agent, zige_error* err) {
    return with(agent, err, [&](Session& session, const Charset& charset) -> Result<void> {
        ZIGE_TRY(room, Room<zige_agent_info>::open(out, "out"));
        const daemon::ApiAnswer answer = session.call({"GET", "/v1/status", "", "", {daemon::CallerRole::owner, ""}});
        if (const auto error = daemon::error_of(answer)) return *error;
        zige_agent_info info{};
        fill(info, JsonFields(answer.body, charset));
        room.commit(info);
        return {};
    });
}

zige_status ZIGE_CALL zige_request(char* out, size_t room, size_t* length, zige_agent* agent, const char* method,
                                   const char* path, const char* body, size_t body_size, zige_error* err) {
    return with(agent, err, [&](Session& session, const Charset& charset) -> Result<void> {
        if (length != nullptr) *length = 0;
        ZIGE_CHECK(check_there(out, "out"));
        if (room < ZIGE_MIN_ROOM) return fail(ErrorId::api_bad_field, "room", std::to_string(room));
        *out = '\0';
        ZIGE_TRY(request, request_of(method, path, body, body_size, charset));
        const daemon::ApiAnswer answer = session.call(request);
        if (const auto error = daemon::error_of(answer)) return *error;
        const std::string text = charset.write(answer.body.write());
        if (length != nullptr) *length = text.size();
        if (text.size() >= room) return fail(ErrorId::api_too_large, "room", std::to_string(text.size() + 1));
        std::copy_n(text.c_str(), text.size() + 1, out);
        return {};
    });
}

zige_status ZIGE_CALL zige_text(char* out, size_t room, int32_t group, int32_t code, uint32_t flags, zige_error* err) {
    return guarded(err, Manner(flags & kKnownFlags), [&]() -> Result<void> {
        ZIGE_CHECK(check_there(out, "out"));
        if (room == 0) return fail(ErrorId::api_bad_field, "room", "0");
        *out = '\0';
        ZIGE_CHECK(check_flags(flags, "flags"));
        const Manner manner(flags);
        ZIGE_TRY(found, sentence(group, code, manner.lang));
        const std::string text = manner.charset.write(std::string_view(found));
        if (text.size() >= room) return fail(ErrorId::api_bad_field, "room", std::to_string(text.size() + 1));
        std::copy_n(text.c_str(), text.size() + 1, out);
        return {};
    });
}

uint32_t ZIGE_CALL zige_version_number(void) { return ZIGE_VERSION_NUMBER; }

const char* ZIGE_CALL zige_version_text(void) { return ZIGE_VERSION; }

}  // extern "C"
