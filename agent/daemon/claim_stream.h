#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/daemon/claim.h"

namespace zige::daemon {

inline constexpr std::size_t kMaxStreamBytes = 6U << 20;
inline constexpr std::size_t kMaxStreamLines = 10'000;
inline constexpr std::string_view kStreamType = "application/x-ndjson";

/// A claim that comes line by line (NDJSON): the first line holds the fields of the whole, each further one a fee line.
/// It is decided in parts of as many lines as one claim may have, each under its own idempotency key.
class ClaimStream {
public:
    /// All of it is read once, so that one malformed line refuses the whole: local_bad_stream, api_not_json,
    /// api_too_large, and what ClaimText::read says, with the number of the line in the stream. Then the text is kept,
    /// and nothing else.
    static Result<ClaimStream> read(std::string text);

    std::size_t lines() const { return lines_.size(); }
    std::size_t parts() const { return (lines_.size() + agent::kMaxLinesPerClaim - 1) / agent::kMaxLinesPerClaim; }
    /// A part as POST /v1/clear takes it.
    Result<Json> part(std::size_t index) const;

private:
    explicit ClaimStream(std::string text) : text_(std::move(text)) {}
    Result<void> split();
    Result<void> check() const;
    Result<std::string> key_of(std::size_t part) const;

    /// A line in text_, so that moving this moves nothing else.
    struct Span {
        std::size_t first = 0;
        std::size_t size = 0;
    };
    std::string_view words(Span span) const { return std::string_view(text_).substr(span.first, span.size); }

    std::string text_;
    Json head_;
    std::vector<Span> lines_;
};

}  // namespace zige::daemon
