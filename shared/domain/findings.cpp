#include "shared/domain/findings.h"

namespace zige {
namespace {

/// The gravest first: what it comes to, then its rank; of equals the first found.
bool graver(const GroundHit& a, const GroundHit& b) {
    if (a.outcome != b.outcome) return worse(a.outcome, b.outcome);
    return rank_of(a.ground) < rank_of(b.ground);
}

}  // namespace

Outcome Findings::add(GroundHit hit, Ground like) {
    const bool stands = worse(hit.outcome, Outcome::allow_marked);
    hit.freed = stands && emergency_.frees(like);
    hit.released = stands && !hit.freed && release_.frees(like);
    if (hit.freed || hit.released) hit.outcome = Outcome::allow_marked;
    any_freed_ = any_freed_ || hit.freed;
    any_released_ = any_released_ || hit.released;
    auto& grounds = decision_.grounds;
    std::size_t at = grounds.size();
    while (at > 0 && graver(hit, grounds[at - 1])) --at;
    if (at == grounds.capacity()) return hit.outcome;
    if (grounds.full()) grounds.pop_back();
    grounds.insert(at, hit);
    return hit.outcome;
}

Outcome Findings::worst() const {
    return decision_.grounds.empty() ? Outcome::not_judged : decision_.grounds[0].outcome;
}

}  // namespace zige
