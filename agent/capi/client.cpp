#include <algorithm>
#include <chrono>

#include "agent/capi/closed_pipes.h"
#include "agent/capi/json_fields.h"
#include "agent/capi/session.h"
#include "agent/daemon/claim.h"
#include "agent/daemon/local_http.h"
#include "agent/daemon/money.h"
#include "agent/daemon/owned_agent.h"
#include "shared/poco/transport.h"

namespace zige::capi {
namespace {

using daemon::ApiAnswer;
using daemon::ApiRequest;

constexpr std::size_t kMaxAddress = 300;
constexpr std::int32_t kQuickMs = 300;  // the no-answer contract
constexpr std::int32_t kSlowMs = 30'000;
constexpr std::int32_t kMaxMs = 3'600'000;
constexpr std::size_t kMaxIdle = 8;  // connections that are kept
constexpr std::size_t kMaxSocketPath = 107;
constexpr std::size_t kMaxAnswer = 16U << 20;

/// Connections to the running agent, one for each call at a time.
class Connections {
public:
    explicit Connections(LocalHttpOptions options) : options_(std::move(options)) {}

    /// local_agent_away: there is no answer. net_bad_answer: it is none of an agent's, such as another program's page.
    /// file_permission: the folder is another user's.
    Result<ApiAnswer> call(const ApiRequest& request) {
        const ClosedPipes pipes;
        const std::string path = request.query.empty() ? request.path : request.path + "?" + request.query;
        auto connection = take();
        auto answer = request.method == "GET" ? connection->get(path, kMaxAnswer)
                                              : connection->post(path, as_bytes(request.body), kMaxAnswer);
        if (!answer && answer.error().id == ErrorId::file_permission)
            return fail(ErrorId::file_permission, "options.data_dir", answer.error().detail);
        if (!answer) return fail(ErrorId::local_agent_away, "", answer.error().describe());
        give_back(std::move(connection));
        auto body = parse_json(as_text(answer->body), kMaxAnswer);
        if (!body) return fail(ErrorId::net_bad_answer, "", body.error().describe());  // no fault of the caller's
        return ApiAnswer{answer->status, *std::move(body)};
    }

private:
    std::unique_ptr<Transport> take() {
        const std::lock_guard lock(mutex_);
        if (idle_.empty()) return make_local_http_client(options_);
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
    }
    void give_back(std::unique_ptr<Transport> connection) {
        const std::lock_guard lock(mutex_);
        if (idle_.size() < kMaxIdle) idle_.push_back(std::move(connection));
    }

    const LocalHttpOptions options_;
    std::mutex mutex_;  // guards idle_
    std::vector<std::unique_ptr<Transport>> idle_;
};

/// A line in the field names of the local interface; only what is given.
Json line_json(const AskedLine& asked) {
    const FeeLine& fee = asked.line.line;
    Json line = Json::object({{"feedetl_sn", asked.line.line_id},
                              {"fee_ocur_time", format(fee.fee_time)},
                              {"det_item_fee_sumamt", daemon::format_yuan(fee.amount)},
                              {"bilg_dept_codg", fee.department},
                              {"med_type", fee.med_type},
                              {"item_class", to_string(fee.item)},
                              {"insured", fee.insured}});
    if (fee.prescribed_at) line.set("prsc_time", format(*fee.prescribed_at));
    if (fee.emergency.kind != EmergencyKind::none)
        line.set("emergency", Json::object({{"kind", to_string(fee.emergency.kind)},
                                            {"reason", fee.emergency.reason},
                                            {"declared_by", fee.emergency.declared_by}}));
    if (!asked.line.visit.visit.empty()) line.set("mdtrt_id", asked.line.visit.visit);
    if (!asked.line.visit.item.empty()) line.set("med_list_codg", asked.line.visit.item);
    if (!asked.line.ordering_name.empty()) line.set("bilg_dr_name", asked.line.ordering_name);
    if (fee.order.written_at)
        line.set("order", Json::object({{"number", fee.order.number}, {"time", format(*fee.order.written_at)}}));
    if (!fee.release.reason.empty())
        line.set("release", Json::object({{"reason", fee.release.reason}, {"released_by", fee.release.released_by}}));
    Json people = Json::array();
    for (const PersonOnLine& person : fee.people)
        people.push(Json::object({{"role", to_string(person.role)}, {"code", person.code}}));
    line.set("people", std::move(people));
    return line;
}

void read_ground(const JsonFields& from, const AskedLine& asked, zige_ground& to) {
    to.ground = from.number("number");
    to.outcome = from.named<Outcome>("outcome");
    const std::int64_t person = from.integer("person", -1);
    const bool of_person = person >= 0 && person < static_cast<std::int64_t>(asked.line.line.people.size());
    to.person = of_person ? asked.place[static_cast<std::size_t>(person)] : -1;
    to.freed = from.flag("freed") != 0 ? 1 : from.flag("released") != 0 ? 2 : 0;
    from.text("from", to.from);
    from.text("end", to.end);
    from.text("nominal_end", to.nominal_end);
    from.text("article", to.article);
    from.text("document", to.document);
}

void read_people(const Json& people, const AskedLine& asked, const Charset& charset, zige_decision& to) {
    const Json::Array* const each = people.items();
    for (std::size_t i = 0; each != nullptr && i < each->size() && i < asked.line.line.people.size(); ++i) {
        const JsonFields from((*each)[i], charset);
        zige_verdict& verdict = to.people[asked.place[i]];
        verdict.role = from.number("role.number");
        verdict.found = from.number("found.number");
        verdict.outcome = from.number("outcome.number");
        from.text("name", verdict.name);
    }
}

void read_line(const JsonFields& from, const AskedLine& asked, const Charset& charset, zige_decision& to) {
    if (!from.has("outcome")) {
        to.error = -from.number("error.number");
        return;
    }
    to.outcome = from.named<Outcome>("outcome");
    to.may_settle = to.outcome != 0 ? from.flag("may_settle") : 0;  // an outcome that this library does not know
    to.judged = from.named<Outcome>("judged");
    to.advice = from.number("advice.number");
    to.cost_to_patient = from.flag("cost_to_patient");
    to.freshness = from.number("freshness.number");
    to.age_seconds = from.integer("copy_age_seconds", -1);
    to.number = from.large("number");
    from.text("reference", to.reference);
    const Json* grounds = from.find("grounds");
    for (const Json& ground : grounds != nullptr && grounds->items() != nullptr ? *grounds->items() : Json::Array()) {
        if (to.ground_count == ZIGE_MAX_GROUNDS) ++to.grounds_left_out;
        else read_ground({ground, charset}, asked, to.grounds[to.ground_count++]);
    }
    if (const Json* people = from.find("people")) read_people(*people, asked, charset, to);
}

/// An agent that runs in another process on this machine.
class Client : public Session {
public:
    Client(const LocalHttpOptions& quick, const LocalHttpOptions& slow) : quick_(quick), slow_(slow) {}

    Result<void> check(const ClaimReader& claim, AnswerWriter& to) override { return ask("/v1/check", claim, to); }
    Result<void> clear(const ClaimReader& claim, AnswerWriter& to) override { return ask("/v1/clear", claim, to); }
    Result<void> tick() override { return {}; }
    ApiAnswer call(const ApiRequest& request) override {
        const bool quick = request.path == "/v1/check" || request.path == "/v1/clear";
        auto answer = quick ? quick_.call(request) : slow_.call(request);
        return answer ? std::move(answer).value() : daemon::error_answer(answer.error());
    }
    void close() override {}

    Result<void> sync(bool, zige_sync_report& to) override {
        const ApiAnswer answer = call({"POST", "/v1/sync", "", "{}", {}});
        if (const auto error = daemon::error_of(answer)) return *error;
        const Charset plain(false);  // nothing but ASCII stands there
        const JsonFields from(answer.body, plain);
        to.copy_changed = from.flag("copy_changed");
        to.more = from.flag("more");
        to.carried = from.flag("carried");
        to.bytes_sent = from.large("bytes_sent");
        to.bytes_received = from.large("bytes_received");
        to.seq_before = from.large("seq_before");
        to.seq_after = from.large("seq_after");
        to.entries_sent = from.large("entries_sent");
        from.text("next_contact", to.next_contact);
        return {};
    }

private:
    Result<void> ask(const char* path, const ClaimReader& claim, AnswerWriter& to) {
        std::pmr::monotonic_buffer_resource memory;
        std::vector<AskedLine> asked(claim.lines());
        Json lines = Json::array();
        for (std::size_t i = 0; i < asked.size(); ++i) {
            ZIGE_CHECK(claim.read_line(i, memory, asked[i]));
            lines.push(line_json(asked[i]));
        }
        Json body = Json::object({{"infno", infno_of(claim.txn())},
                                  {"claim_id", claim.claim_id()},
                                  {"idempotency_key", claim.idempotency_key()}});
        body.set("feedetail", std::move(lines));
        const ApiAnswer answer = call({"POST", path, "", body.write(), {}});
        if (const auto error = daemon::error_of(answer)) return *error;
        return read(answer.body, asked, to);
    }

    static Result<void> read(const Json& answer, const std::vector<AskedLine>& asked, AnswerWriter& to) {
        const JsonFields from(answer, to.charset());
        const Json* lines = from.find("lines");
        if (lines == nullptr || lines->items() == nullptr || lines->items()->size() != asked.size())
            return fail(ErrorId::net_bad_answer, "lines", "not one for each that was asked");
        for (std::size_t i = 0; i < asked.size(); ++i)
            read_line({(*lines->items())[i], to.charset()}, asked[i], to.charset(), to.line(i));
        from.text("copy.institution", to.answer().institution);
        from.text("copy.decided_at", to.answer().decided_at);
        from.text("copy.as_of", to.answer().as_of);
        ClaimFacts facts;
        facts.repeated = from.flag("repeated") != 0;
        facts.chapter = from.count("chapter");
        facts.mode = from.named<Mode>("copy.mode");
        facts.clock_unknown = from.flag("copy.clock_unknown") != 0;
        facts.clock_suspect = from.flag("copy.clock_suspect") != 0;
        facts.duties_due = from.flag("preview") != 0 ? 0 : from.count("duties_due");
        to.finish(facts);
        return {};
    }

    Connections quick_;
    Connections slow_;
};

Result<std::chrono::milliseconds> patience(std::int32_t given, std::int32_t otherwise, const char* field) {
    if (given < 0 || given > kMaxMs) return fail(ErrorId::api_bad_field, field, std::to_string(given));
    return std::chrono::milliseconds(given == 0 ? otherwise : given);
}

}  // namespace

Result<std::unique_ptr<Session>> open_client(const zige_connect_options& options, const Charset& charset) {
    std::pmr::monotonic_buffer_resource memory;
    ZIGE_TRY(root, charset.read(options.data_dir, kMaxAddress, "options.data_dir", memory));
    ZIGE_TRY(address, charset.read(options.address, kMaxAddress, "options.address", memory));
    ZIGE_TRY(key, charset.read(options.key, kMaxAddress, "options.key", memory));
    if (root.empty() && address.empty()) return fail(ErrorId::api_missing_field, "options.address");
    if (!root.empty() && !address.empty())
        return fail(ErrorId::api_bad_field, "options.address", "with options.data_dir: one of the two");
    LocalHttpOptions way;
    if (root.empty()) {
        if (key.empty()) return fail(ErrorId::api_missing_field, "options.key");
        if (key.find_first_of("\r\n") != std::string_view::npos)
            return fail(ErrorId::api_bad_field, "options.key", "more than one line");
        if (const auto local = daemon::check_loopback(address); !local)
            return fail(ErrorId::api_bad_field, "options.address", local.error().detail);
        way.address = address;
        way.headers.emplace_back("X-Zige-Key", key);
    } else {
        daemon::Folder folder;
        folder.root = root;
        way.address = folder.socket().string();
        if (way.address.size() > kMaxSocketPath)
            return fail(ErrorId::local_path_too_long, "options.data_dir", way.address);
    }
    ZIGE_TRY(quick, patience(options.timeout_ms, kQuickMs, "options.timeout_ms"));
    ZIGE_TRY(slow, patience(options.slow_ms, kSlowMs, "options.slow_ms"));
    LocalHttpOptions slow_way = way;
    way.timeout = quick;
    slow_way.timeout = slow;
    return std::unique_ptr<Session>(std::make_unique<Client>(way, slow_way));
}

}  // namespace zige::capi
