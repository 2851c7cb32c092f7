#pragma once

#include "agent/capi/charset.h"
#include "agent/capi/json_fields.h"
#include "agent/daemon/service.h"
#include "zige/zige.h"

namespace zige::capi {

/// What follows a decision, as the call of the local interface that does it, and its answer. api_missing_field,
/// api_bad_field, file_bad_encoding: of the host's struct.
Result<daemon::ApiRequest> evidence_request(const zige_evidence* given, const Charset& charset);
void fill(zige_evidence_duty& to, const JsonFields& from);

Result<daemon::ApiRequest> reversal_request(const zige_reversal* given, const Charset& charset);
void fill(zige_reversed& to, const JsonFields& from);

}  // namespace zige::capi
