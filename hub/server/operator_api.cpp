#include "hub/server/operator_api.h"

namespace zige::hub {
namespace {

Result<Json> run(HubService& service, const HttpRequest& request) {
    if (!request.path.starts_with(kOperationPath)) return fail(ErrorId::api_unknown_path, "path");
    if (request.method != "POST") return fail(ErrorId::api_bad_method, "method");
    ZIGE_TRY(call, decode_call(request.path.substr(kOperationPath.size()), request.body));
    return service.call(call);
}

}  // namespace

HttpReply answer_operation(HubService& service, Log& log, const HttpRequest& request) {
    const auto answer = run(service, request);
    // Neither arguments nor answers are logged: they may hold an identity number or a token. The hub's own log has the
    // event.
    const std::string outcome = answer.ok() ? "ok" : to_string(answer.error().id);
    log.info("operation", {{"name", request.path.substr(0, 60)}, {"outcome", outcome}});
    HttpReply reply;
    reply.status = answer.ok() ? 200 : http_status_of(answer.error().id);
    reply.body = to_bytes((answer.ok() ? *answer : error_json(answer.error())).write());
    return reply;
}

}  // namespace zige::hub
