#include "agent/daemon/remote_service.h"

namespace zige::daemon {
namespace {

constexpr std::size_t kMaxAnswer = 16U << 20;

}  // namespace

ApiAnswer RemoteService::call(const ApiRequest& request) {
    const std::string path = request.query.empty() ? request.path : request.path + "?" + request.query;
    auto answer = request.method == "GET" ? daemon_->get(path, kMaxAnswer)
                                          : daemon_->post(path, as_bytes(request.body), kMaxAnswer);
    if (!answer) return error_answer(answer.error());
    auto body = parse_json(as_text(answer->body), kMaxAnswer);
    if (!body) return error_answer(body.error());
    return {answer->status, std::move(body).value()};
}

}  // namespace zige::daemon
