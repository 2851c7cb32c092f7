#include "shared/wire/accept.h"

#include <algorithm>
#include <tuple>

#include "shared/wire/limits.h"

namespace zige::wire {
namespace {

std::string number_of(const State& state) {
    return "epoch " + std::to_string(state.epoch.value) + " seq " + std::to_string(state.seq.value);
}

Result<bool> check_after_reset(const StateReset& reset, const State& next) {
    if (next.epoch != reset.epoch)  // TRUST-9
        return fail(ErrorId::wire_epoch_jump, "state.epoch",
                    number_of(next) + ", root set " + std::to_string(reset.epoch.value));
    if (next.trust_version < reset.trust_version)
        return fail(ErrorId::wire_replayed, "state.trust_version", std::to_string(next.trust_version));
    return true;
}

}  // namespace

Result<bool> check_state(const InstitutionCode& own, const State* have, const State& next, const StateReset* reset) {
    if (next.institution != own)  // STATE-1
        return fail(ErrorId::wire_wrong_institution, "state.institution", next.institution.text);
    if (reset != nullptr) return check_after_reset(*reset, next);
    if (have == nullptr || next == *have) return have == nullptr;
    if (next.epoch == have->epoch && next.seq == have->seq)  // STATE-2
        return fail(ErrorId::wire_fork, "state.seq", number_of(next));
    if (next.epoch < have->epoch || next.seq <= have->seq)  // STATE-3
        return fail(ErrorId::wire_replayed, "state.seq", number_of(next) + ", we hold " + number_of(*have));
    if (next.epoch.value - have->epoch.value > 1)  // STATE-4
        return fail(ErrorId::wire_epoch_jump, "state.epoch", number_of(next) + ", we hold " + number_of(*have));
    if (next.trust_version < have->trust_version)  // STATE-5
        return fail(ErrorId::wire_replayed, "state.trust_version", std::to_string(next.trust_version));
    return true;
}

Result<bool> check_state_after_reset(const InstitutionCode& own, const State* have, const State& next, Epoch epoch,
                                     std::uint32_t trust_version) {
    if (next.institution != own)  // STATE-1
        return fail(ErrorId::wire_wrong_institution, "state.institution", next.institution.text);
    if (have != nullptr && next == *have) return false;
    if (next.epoch != epoch)  // TRUST-9
        return fail(next.epoch < epoch ? ErrorId::wire_replayed : ErrorId::wire_epoch_jump, "state.epoch",
                    number_of(next) + ", after a reset to epoch " + std::to_string(epoch.value));
    if (next.trust_version < trust_version)
        return fail(ErrorId::wire_replayed, "state.trust_version", std::to_string(next.trust_version));
    return true;
}

Result<void> check_delta_start(const DeltaStart& delta, const Hash256& have) {
    const Hash256& from = delta.from ? *delta.from : delta.state.previous;
    if (from == kGenesis || from == have) return {};
    return fail(ErrorId::wire_gap, "delta.from", to_hex(from).substr(0, 16));
}

Result<void> check_chunk(const Manifest& manifest, std::size_t index, ByteView chunk, const Hasher& hasher) {
    const bool known = index < manifest.chunks.size() && index * kChunkBytes < manifest.size;
    const std::uint64_t left = known ? manifest.size - index * kChunkBytes : 0;
    if (known && chunk.size() == std::min<std::uint64_t>(left, kChunkBytes) &&
        hasher.hash({chunk}) == manifest.chunks[index])
        return {};
    return fail(ErrorId::wire_bad_chunk, "chunk", std::to_string(index));
}

Result<void> check_blob(const Manifest& manifest, ByteView blob, const Hasher& hasher) {
    if (blob.size() == manifest.size && hasher.hash({blob}) == manifest.hash) return {};
    return fail(ErrorId::wire_bad_hash, "manifest.hash", to_hex(manifest.to).substr(0, 16));
}

}  // namespace zige::wire
