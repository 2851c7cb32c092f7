#pragma once

#include "tests/vectors/vector.h"

namespace zige::vectors {

void add_bad_envelopes(std::vector<Vector>& all);  ///< damage and forgery of a signed head
void add_bad_steps(std::vector<Vector>& all);      ///< genuine messages that a receiver must not take
void add_bad_items(std::vector<Vector>& all);      ///< forms of CBOR that are not the one encoding
void add_bad_messages(std::vector<Vector>& all);   ///< layouts that say what must not be said

}  // namespace zige::vectors
