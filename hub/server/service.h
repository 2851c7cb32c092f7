#pragma once

#include <string>

#include "shared/base/bytes.h"
#include "shared/poco/json.h"

namespace zige::hub {

inline constexpr std::size_t kMaxAttachmentBytes = 64U << 20;  ///< a roster file
inline constexpr std::size_t kMaxCallBytes = kMaxAttachmentBytes + (2U << 20);
inline constexpr std::size_t kMaxAnswerBytes = 256U << 20;

/// One operation on the hub by its name, as the command line asks for it.
struct ServiceCall {
    std::string operation;  ///< "institution.add"
    Json arguments = Json::object();
    Bytes attachment;  ///< content of a file, not interpreted on the way
};

/// What operators can ask of a hub. The same operations whether this process owns the data folder or a running service
/// is asked through its Unix socket. Any thread.
class HubService {
public:
    virtual ~HubService() = default;
    /// api_unknown_path: no such operation; api_missing_field, api_bad_field; what the core says.
    virtual Result<Json> call(const ServiceCall& call) = 0;
};

/// A call as bytes: one line of JSON, then the attachment.
Bytes encode_call(const ServiceCall& call);
/// api_not_json, api_too_large.
Result<ServiceCall> decode_call(std::string operation, ByteView body);

/// An error as JSON and back, as the agent's interface writes it:
/// {"error":{"code":"institution_exists","number":5018,"field":"code","reason_zh":...,"reason_en":...,"detail":"..."}}.
Json error_json(const Error& error);
Error error_from(const Json& json);
int http_status_of(ErrorId error);

}  // namespace zige::hub
