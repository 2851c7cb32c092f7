#include "agent/capi/guard.h"

#include <cstdio>

#include "shared/base/error_words.h"

namespace zige::capi {
namespace {

std::int32_t kind_of(Errc code) {
    switch (code) {
        case Errc::invalid: return ZIGE_KIND_INVALID;
        case Errc::not_found: return ZIGE_KIND_NOT_FOUND;
        case Errc::corrupt: return ZIGE_KIND_CORRUPT;
        case Errc::untrusted: return ZIGE_KIND_UNTRUSTED;
        case Errc::unavailable: return ZIGE_KIND_UNAVAILABLE;
        case Errc::busy: return ZIGE_KIND_BUSY;
        case Errc::gap:
        case Errc::stale: return ZIGE_KIND_SYNC;
        case Errc::io:
        case Errc::unsupported:
        case Errc::internal: return ZIGE_KIND_STOP;
    }
    return ZIGE_KIND_STOP;
}

zige_status status_of(ErrorId id) { return -static_cast<zige_status>(id); }

template <std::size_t N>
void copy(const char* text, char (&to)[N]) {
    std::snprintf(to, N, "%s", text);
}

}  // namespace

zige_status tell_none(zige_error* to) {
    if (to == nullptr) return ZIGE_OK;
    to->code = ZIGE_OK;
    to->kind = 0;
    to->field[0] = to->reason[0] = to->next[0] = to->detail[0] = '\0';
    return ZIGE_OK;
}

zige_status tell(zige_error* to, const Error& error, const Manner& manner) {
    const zige_status status = status_of(error.id);
    if (to == nullptr) return status;
    tell_none(to);
    to->code = status;
    to->kind = kind_of(error.code());
    manner.charset.write(error.field, to->field);
    manner.charset.write(error.detail, to->detail);
    manner.charset.write(words_of(fail(error.id, "", error.detail), manner.lang).reason, to->reason);
    manner.charset.write(next_step(error.id, manner.lang), to->next);
    return status;
}

zige_status tell_defect(zige_error* to, const char* what, const Manner& manner) {
    constexpr ErrorId kDefect = ErrorId::api_internal;
    if (manner.log != nullptr) {
        char line[300];
        std::snprintf(line, sizeof line, "%s: %s", to_string(kDefect), what);
        try {
            manner.log(line, manner.user);
        } catch (const std::exception& thrown) {
            what = thrown.what();  // the host's own log is broken: that is worth more than what it was to hold
        } catch (...) {
            what = "the host's log threw";
        }
    }
    if (to == nullptr) return status_of(kDefect);
    tell_none(to);
    to->code = status_of(kDefect);
    to->kind = ZIGE_KIND_STOP;
    copy(what, to->detail);
    try {
        manner.charset.write(text(kDefect, manner.lang), to->reason);
        manner.charset.write(next_step(kDefect, manner.lang), to->next);
    } catch (const std::exception&) {
        copy(text(kDefect, Lang::en), to->reason);  // no memory to convert the Chinese
    }
    return status_of(kDefect);
}

}  // namespace zige::capi
