#include "agent/daemon/service.h"

#include "shared/base/error_words.h"

namespace zige::daemon {

const char* to_string(CallerRole role) {
    switch (role) {
        case CallerRole::owner: return "owner";
        case CallerRole::his: return "his";
        case CallerRole::clerk: return "clerk";
        case CallerRole::viewer: return "viewer";
    }
    return "unknown";
}

Result<AnswerLines> AgentService::clear_lines(const ApiRequest& request) {
    return fail(ErrorId::api_bad_method, "", request.method + " " + request.path + " line by line");
}

int http_status(ErrorId error) {
    if (error == ErrorId::api_unauthorized) return 401;
    switch (error) {
        case ErrorId::api_forbidden:
        case ErrorId::local_pin_needed:
        case ErrorId::local_pin_wrong:
        case ErrorId::local_self_refused: return 403;
        case ErrorId::local_pin_locked: return 429;
        default: break;
    }
    if (error == ErrorId::api_bad_method) return 405;
    if (error == ErrorId::api_too_large) return 413;
    switch (errc_of(error)) {
        case Errc::invalid: return 400;
        case Errc::not_found: return 404;
        case Errc::untrusted: return 502;
        case Errc::busy:
        case Errc::unavailable:
        case Errc::gap:
        case Errc::stale: return 503;
        case Errc::corrupt:
        case Errc::io:
        case Errc::unsupported:
        case Errc::internal: return 500;
    }
    return 500;
}

ApiAnswer error_answer(const Error& error) {
    const Error without_field = fail(error.id, "", error.detail);
    Json body = Json::object({{"code", to_string(error.id)},
                              {"number", static_cast<int>(error.id)},
                              {"field", error.field},
                              {"reason_zh", words_of(without_field, Lang::zh).reason},
                              {"reason_en", words_of(without_field, Lang::en).reason},
                              {"next_zh", next_step(error.id, Lang::zh)},
                              {"next_en", next_step(error.id, Lang::en)},
                              {"detail", error.detail}});
    return {http_status(error.id), Json::object({{"error", std::move(body)}})};
}

std::optional<Error> error_of(const ApiAnswer& answer) {
    if (answer.status >= 200 && answer.status < 300) return {};
    const Json* error = answer.body.find("error");
    const auto member = [&](const char* key) -> std::string {
        const Json* value = error == nullptr ? nullptr : error->find(key);
        return value == nullptr || value->text() == nullptr ? "" : *value->text();
    };
    const auto id = from_name<ErrorId>(member("code"));
    return fail(id.value_or(ErrorId::api_internal), member("field"), member("detail"));
}

}  // namespace zige::daemon
