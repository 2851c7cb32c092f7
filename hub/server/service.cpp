#include "hub/server/service.h"

namespace zige::hub {
namespace {

constexpr std::size_t kMaxArgumentsBytes = 2U << 20;

}  // namespace

Bytes encode_call(const ServiceCall& call) {
    Bytes body = to_bytes(call.arguments.write() + "\n");
    body.insert(body.end(), call.attachment.begin(), call.attachment.end());
    return body;
}

Result<ServiceCall> decode_call(std::string operation, ByteView body) {
    const std::string_view text = as_text(body);
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return fail(ErrorId::api_not_json, "arguments", "no line end");
    ZIGE_TRY(arguments, parse_json(text.substr(0, end), kMaxArgumentsBytes));
    if (arguments.members() == nullptr) return fail(ErrorId::api_not_json, "arguments", "not an object");
    if (body.size() - end - 1 > kMaxAttachmentBytes) return fail(ErrorId::api_too_large, "attachment");
    return ServiceCall{std::move(operation), std::move(arguments), to_bytes(body.subspan(end + 1))};
}

Json error_json(const Error& error) {
    return Json::object({{"error", Json::object({{"code", to_string(error.id)},
                                                 {"number", static_cast<std::int64_t>(error.id)},
                                                 {"field", error.field},
                                                 {"reason_zh", text(error.id, Lang::zh)},
                                                 {"reason_en", text(error.id, Lang::en)},
                                                 {"detail", error.detail}})}});
}

Error error_from(const Json& json) {
    const Json* error = json.find("error");
    const auto text_of = [&](std::string_view key) {
        const Json* member = error == nullptr ? nullptr : error->find(key);
        return member != nullptr && member->text() != nullptr ? *member->text() : std::string();
    };
    const std::string name = text_of("code");
    if (const auto id = from_name<ErrorId>(name)) return fail(*id, text_of("field"), text_of("detail"));
    return fail(ErrorId::net_bad_answer, "error", name);
}

int http_status_of(ErrorId error) {
    if (error == ErrorId::api_overloaded) return 429;
    if (error == ErrorId::api_too_large || error == ErrorId::wire_too_large) return 413;
    if (error == ErrorId::api_bad_method) return 405;
    switch (errc_of(error)) {
        case Errc::invalid: return 400;
        case Errc::not_found: return 404;
        case Errc::untrusted: return 403;
        case Errc::gap:
        case Errc::stale: return 409;
        case Errc::busy:
        case Errc::unavailable: return 503;
        case Errc::corrupt:
        case Errc::io:
        case Errc::unsupported:
        case Errc::internal: return 500;
    }
    return 500;
}

}  // namespace zige::hub
