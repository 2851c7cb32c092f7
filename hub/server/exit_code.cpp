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
    if (error == ErrorId::hub_not_initialised) return Exit::not_set_up;
    if (error == ErrorId::hub_behind_witness) return Exit::unavailable;
    if (std::ranges::find(kRefusals, error) != std::end(kRefusals)) return Exit::refused;
    return zige::exit_of(errc_of(error));
}

}  // namespace zige::hub
