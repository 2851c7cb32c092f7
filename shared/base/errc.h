#pragma once

namespace zige {

/// What the caller can do about an error. Few codes, each with one meaning.
enum class Errc {
    invalid,      ///< fix the call; never retry
    not_found,    ///< go on without it
    corrupt,      ///< rebuild from a snapshot
    untrusted,    ///< reject, report, never retry
    unavailable,  ///< retry with backoff
    busy,         ///< retry soon
    gap,          ///< sync, then again
    stale,        ///< sync, then again
    io,           ///< stop this task, alarm
    unsupported,  ///< stop this task, alarm
    internal,     ///< stop this task, alarm
};

inline const char* to_string(Errc code) {
    switch (code) {
    case Errc::invalid: return "invalid";
    case Errc::not_found: return "not_found";
    case Errc::corrupt: return "corrupt";
    case Errc::untrusted: return "untrusted";
    case Errc::unavailable: return "unavailable";
    case Errc::busy: return "busy";
    case Errc::gap: return "gap";
    case Errc::stale: return "stale";
    case Errc::io: return "io";
    case Errc::unsupported: return "unsupported";
    case Errc::internal: return "internal";
    }
    return "unknown";
}

}  // namespace zige
