#include "hub/server/exit_code.h"

#include <algorithm>

namespace zige::hub {
namespace {

/// The call was right, but what the hub holds says no.
constexpr ErrorId kRefusals[] = {
    ErrorId::hub_already_initialised, ErrorId::institution_exists, ErrorId::institution_value_undecided,
    ErrorId::sanction_overlaps,       ErrorId::person_ambiguous,   ErrorId::code_taken,
    ErrorId::ledger_bad_chain};

}  // namespace

Exit exit_of(ErrorId error) {
    if (error == ErrorId::hub_not_initialised) return Exit::not_initialised;
    if (error == ErrorId::hub_behind_witness) return Exit::unavailable;
    if (std::ranges::find(kRefusals, error) != std::end(kRefusals)) return Exit::refused;
    switch (errc_of(error)) {
        case Errc::invalid: return Exit::usage;
        case Errc::not_found: return Exit::not_found;
        case Errc::busy: return Exit::busy;
        case Errc::untrusted: return Exit::untrusted;
        case Errc::unavailable:
        case Errc::gap:
        case Errc::stale: return Exit::unavailable;
        case Errc::corrupt:
        case Errc::io:
        case Errc::unsupported:
        case Errc::internal: return Exit::io;
    }
    return Exit::io;
}

}  // namespace zige::hub
