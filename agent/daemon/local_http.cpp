#include "agent/daemon/local_http.h"

#include <pthread.h>

#include <algorithm>

#include "agent/daemon/claim_stream.h"
#include "agent/daemon/local_service.h"
#include "agent/daemon/options.h"

namespace zige::daemon {
namespace {

constexpr std::size_t kMaxSocketPath = 107;  // of sockaddr_un, without the NUL
constexpr int kSocketConnections = 8;

HttpReply reply_of(const ApiAnswer& answer) {
    HttpReply reply;
    reply.status = answer.status;
    reply.body = to_bytes(answer.body.write());
    return reply;
}

/// What the server itself refuses looks as what we refuse (docs/embedding.md).
HttpReply refusal(int status, const Error& error, std::string_view) {
    HttpReply reply = reply_of(error_answer(error));
    reply.status = status;
    return reply;
}

constexpr std::string_view kFsi = "/fsi";

bool is_fsi(std::string_view path) { return path == kFsi || path.starts_with("/fsi/"); }

struct FsiPath {
    std::string key;    ///< empty: none in the path
    std::string infno;  ///< empty: the message says
};

/// "/fsi", "/fsi/2204", "/fsi/zk-his-.../2204", "/fsi/zk-his-..."
FsiPath fsi_path(std::string_view path) {
    std::string_view rest = path.substr(kFsi.size());
    if (rest.starts_with('/')) rest.remove_prefix(1);
    FsiPath found;
    if (rest.starts_with("zk-")) {
        found.key = rest.substr(0, rest.find('/'));
        rest.remove_prefix(std::min(rest.size(), found.key.size() + 1));
    }
    found.infno = rest;
    return found;
}

HttpServerOptions local_options(const std::string& address, int connections, const Report& report) {
    HttpServerOptions options;
    options.address = address;
    options.max_body_bytes = kMaxApiBody;
    options.max_connections = connections;
    options.refusal = refusal;
    options.on_error = report;
    return options;
}

/// X-Zige-Key, or Authorization: Bearer.
std::string_view shown_key(const HttpRequest& request) {
    const std::string_view own = request.header("X-Zige-Key");
    if (!own.empty()) return own;
    constexpr std::string_view kBearer = "Bearer ";
    const std::string_view bearer = request.header("Authorization");
    return bearer.starts_with(kBearer) ? bearer.substr(kBearer.size()) : std::string_view();
}

/// A defect of ours is no answer: the HIS goes on by its no-answer rule, and the log says why.
ApiAnswer call_guarded(AgentService& service, const ApiRequest& request, const Report& report) {
    try {
        return service.call(request);
    } catch (const std::exception& error) {
        report(request.method + " " + request.path + ": " + error.what());
        return error_answer(fail(ErrorId::api_internal));
    }
}

/// The server's threads are made by its library; each takes our name at its first request.
void name_this_thread() {
    thread_local const int named = pthread_setname_np(pthread_self(), "zige-http");
    (void)named;
}

/// Neither the path, which may hold a key, nor anything of the message goes into the log.
HttpReply call_fsi(const LocalParts& parts, const HttpRequest& http, const Report& report) {
    const FsiPath path = fsi_path(http.path);
    try {
        const auto caller = parts.keys.find(path.key.empty() ? shown_key(http) : std::string_view(path.key));
        return parts.fsi.call(http, path.infno, caller);
    } catch (const std::exception& error) {
        report(http.method + " /fsi/" + (is_infno(path.infno) ? path.infno : "") + ": " + error.what());
        return parts.fsi.refuse(http_status(ErrorId::api_internal), fail(ErrorId::api_internal));
    }
}

ApiRequest request_of(const HttpRequest& http, Caller caller) {
    return {http.method, http.path, http.query, std::string(as_text(http.body)), std::move(caller)};
}

/// A claim that comes line by line.
bool is_stream(const HttpRequest& http) {
    return http.method == "POST" && http.path == "/v1/clear" && http.header("Content-Type").starts_with(kStreamType);
}

HttpReply call_lines(AgentService& service, const ApiRequest& request, const Report& report) {
    try {
        const auto lines = service.clear_lines(request);
        if (!lines) return reply_of(error_answer(lines.error()));
        HttpReply reply;
        reply.content_type = std::string(kStreamType) + "; charset=utf-8";
        reply.next = [next = *lines] { return to_bytes(next()); };
        return reply;
    } catch (const std::exception& error) {
        report(request.path + " line by line: " + error.what());
        return reply_of(error_answer(fail(ErrorId::api_internal)));
    }
}

}  // namespace

Result<void> check_loopback(std::string_view listen) {
    const auto colon = listen.rfind(':');
    if (colon == std::string_view::npos || colon == 0 || !parse_number(listen.substr(colon + 1), "--listen", 0, 65535))
        return fail(ErrorId::usage_bad_argument, "--listen", "HOST:PORT, such as 127.0.0.1:8620");
    const std::string_view host = listen.substr(0, colon);
    const bool digits = host.find_first_not_of("0123456789.") == std::string_view::npos;
    if ((digits && host.starts_with("127.")) || host == "[::1]" || host == "localhost") return {};
    return fail(ErrorId::local_not_loopback, "--listen", std::string(host));
}

Result<std::unique_ptr<HttpServer>> serve_loopback(const std::string& listen, int threads, const LocalParts& parts,
                                                   Report report) {
    ZIGE_CHECK(check_loopback(listen));
    HttpServerOptions options = local_options(listen, threads, report);
    options.body_limit = [parts](const HttpRequest& head) {  // only for whoever has a key
        return is_stream(head) && parts.keys.find(shown_key(head)).ok() ? kMaxStreamBytes : kMaxApiBody;
    };
    options.refusal = [parts](int status, const Error& error, std::string_view path) {
        return is_fsi(path) ? parts.fsi.refuse(status, error) : refusal(status, error, path);
    };
    return make_http_server(std::move(options), [parts, report = std::move(report)](const HttpRequest& http) {
        name_this_thread();
        if (is_fsi(http.path)) return call_fsi(parts, http, report);
        const auto caller = parts.keys.find(shown_key(http));
        if (!caller) return reply_of(error_answer(caller.error()));
        if (is_stream(http)) return call_lines(parts.service, request_of(http, *caller), report);
        return reply_of(call_guarded(parts.service, request_of(http, *caller), report));
    });
}

Result<std::unique_ptr<HttpServer>> serve_socket(const std::string& path, AgentService& service, Report report) {
    if (path.size() > kMaxSocketPath) return fail(ErrorId::local_path_too_long, "--data", path);
    HttpServerOptions options = local_options(path, kSocketConnections, report);
    return make_http_server(std::move(options), [&service, report = std::move(report)](const HttpRequest& http) {
        name_this_thread();
        return reply_of(call_guarded(service, request_of(http, {CallerRole::owner, ""}), report));
    });
}

}  // namespace zige::daemon
