#include "hub/server/agent_api.h"

#include <charconv>

#include "hub/server/service.h"
#include "shared/openssl/x509.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr std::string_view kBlobPath = "/v1/blob/";
constexpr int kGone = 410;
constexpr const char* kBinary = "application/octet-stream";

std::optional<std::uint32_t> number_of(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = failed == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(number) : std::nullopt;
}

/// Only the name goes to a stranger; what exactly was wrong stays in the log.
HttpReply error_reply(const Error& error) {
    HttpReply reply;
    reply.status = http_status_of(error.id);
    reply.body = to_bytes(Json::object({{"error", to_string(error.id)}}).write());
    return reply;
}

}  // namespace

struct AgentApi::Route {
    std::string_view method;
    std::string_view path;  ///< up to here, when it ends with '/'
    std::size_t max_body;
    Result<Bytes> (AgentApi::*run)(const HttpRequest&);
    bool matches(std::string_view asked) const { return path.ends_with('/') ? asked.starts_with(path) : asked == path; }
};

const AgentApi::Route AgentApi::kRoutes[] = {
    {"GET", "/v1/trust", 0, &AgentApi::trust}, {"POST", "/v1/enroll", kMaxEnrolBytes, &AgentApi::enroll},
    {"GET", "/v1/head", 0, &AgentApi::head},   {"POST", "/v1/sync", kMaxSyncRequestBytes, &AgentApi::sync},
    {"GET", kBlobPath, 0, &AgentApi::blob},    {"POST", "/v1/renew", kMaxEnrolBytes, &AgentApi::renew},
    {"POST", "/v1/copy", kMaxEnvelopeBytes, &AgentApi::copy},
};

HttpReply AgentApi::answer(const HttpRequest& request) {
    auto body = dispatch(request);
    if (!body.ok()) {
        log_.warning("refused", {{"path", request.path.substr(0, 40)},
                                 {"from", request.peer_address},
                                 {"why", body.error().describe().substr(0, 200)}});
        if (body.error().id != ErrorId::agent_revoked) return error_reply(body.error());
        auto word = word_for(request);
        return word.ok() ? HttpReply{kGone, kBinary, std::move(*word), {}} : error_reply(word.error());
    }
    return {body->empty() ? 204 : 200, kBinary, std::move(*body), {}};
}

Result<Bytes> AgentApi::dispatch(const HttpRequest& request) {
    bool known = false;
    for (const Route& route : kRoutes) {
        if (!route.matches(request.path)) continue;
        known = true;
        if (route.method != request.method) continue;
        if (request.body.size() > route.max_body) return fail(ErrorId::api_too_large, "body");
        return (this->*route.run)(request);
    }
    return fail(known ? ErrorId::api_bad_method : ErrorId::api_unknown_path, "path");
}

Result<void> AgentApi::slow_down(const HttpRequest& request) {
    const std::string host = request.peer_address.substr(0, request.peer_address.rfind(':'));
    if (limit_.allows(host, clock_.since_boot())) return {};
    return fail(ErrorId::api_overloaded, "address", host);
}

Result<Bytes> AgentApi::peer_key(const HttpRequest& request) {
    if (!request.peer_certificate) return fail(ErrorId::hub_unknown_agent, "certificate", "none was shown");
    ZIGE_TRY(facts, read_certificate(*request.peer_certificate));
    return std::move(facts.public_key);
}

Result<Bytes> AgentApi::trust(const HttpRequest& request) {
    ZIGE_CHECK(slow_down(request));
    const auto from = number_of(request.parameter("from").value_or("0"));
    if (!from) return fail(ErrorId::api_bad_field, "from");
    return wire::encode_trust_chain(hub_.trust().chain_after(*from));
}

Result<Bytes> AgentApi::enroll(const HttpRequest& request) {
    ZIGE_CHECK(slow_down(request));
    ZIGE_TRY(answer, hub_.enrolment().enrol(request.body));
    hub_.ingest().forget_clients();  // whose place was taken is told at its next poll
    log_.info("enrolled", {{"from", request.peer_address}});
    return answer;
}

Result<Bytes> AgentApi::head(const HttpRequest& request) {
    ZIGE_TRY(key, peer_key(request));
    ZIGE_TRY(institution, hub_.ingest().institution_of(key));
    return hub_.feed().head(institution);
}

Result<Bytes> AgentApi::sync(const HttpRequest& request) {
    ZIGE_TRY(key, peer_key(request));
    ZIGE_TRY(answer, hub_.ingest().sync(request.body, key));
    log_.info("sync", {{"from", request.peer_address},
                       {"in", std::to_string(request.body.size())},
                       {"out", std::to_string(answer.size())}});
    return answer;
}

Result<Bytes> AgentApi::renew(const HttpRequest& request) {
    ZIGE_CHECK(slow_down(request));
    ZIGE_TRY(answer, hub_.agents().renew(request.body));
    log_.info("renewed", {{"from", request.peer_address}});
    return answer;
}

Result<Bytes> AgentApi::word_for(const HttpRequest& request) {
    if (request.path != "/v1/renew") {
        ZIGE_TRY(key, peer_key(request));
        return hub_.agents().word_for(key);
    }
    ZIGE_TRY(agent, agent_of(request.body));
    return hub_.agents().word(agent);
}

Result<Bytes> AgentApi::copy(const HttpRequest& request) {
    ZIGE_TRY(key, peer_key(request));
    ZIGE_CHECK(hub_.recovery().hand_in(request.body, key));
    log_.info("copy", {{"from", request.peer_address}, {"in", std::to_string(request.body.size())}});
    return Bytes{};
}

Result<Bytes> AgentApi::blob(const HttpRequest& request) {
    ZIGE_TRY(key, peer_key(request));
    ZIGE_CHECK(hub_.ingest().institution_of(key));
    const std::string_view rest = std::string_view(request.path).substr(kBlobPath.size());
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) return fail(ErrorId::api_unknown_path, "path");
    const auto bytes = from_hex(rest.substr(0, slash));
    const auto hash = bytes ? to_hash(*bytes) : std::nullopt;
    const auto index = number_of(rest.substr(slash + 1));
    if (!hash || !index) return fail(ErrorId::api_bad_field, "blob");
    return hub_.feed().chunk(*hash, *index);
}

}  // namespace zige::hub
