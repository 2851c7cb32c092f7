#pragma once

#include <string_view>

#include "shared/poco/json.h"

namespace zige::daemon {

/// JSON Schema (2020-12) of an object from a line of our own notation: `name: type` with commas between. A `?` behind
/// the name: the member may be missing. Types: text, int, bool, day, time, hex, any, null, 'word' (that text alone),
/// the name of a schema of api_schemas(), any of them with [] behind it, and several with | between. `closed`: other
/// members are not allowed. Throws Bug where the notation is not kept: it is ours.
Json object_schema(std::string_view fields, bool closed);
/// Schema of one type of that notation.
Json type_schema(std::string_view type);
/// {"name": {...}}: what the answers of the local interface are made of, each closed.
Json api_schemas();

}  // namespace zige::daemon
