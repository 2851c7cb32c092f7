#include "tests/simulation/thief.h"

#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"

namespace zige::simulation {

/// The same records under a later number: whoever takes it refuses what the hub publishes next.
wire::State Thief::next_state(const Victim& victim) {
    const bool has_earlier_epochs = victim.state.epoch.value > 1;
    if (back_() % (has_earlier_epochs ? 2 : 4) == 0) return earlier_state(victim);
    wire::State state = victim.state;
    state.seq.value += 1 + random_() % 50;
    auto epochs = static_cast<std::uint32_t>(random_() % 2 == 0 ? 1 + random_() % 3 : 0);
    if (epochs > 1 && back_() % 2 == 0) epochs = 1;
    state.epoch.value += epochs;
    state.previous = victim.hash;
    const bool other_root = random_() % 3 == 0;
    possible_ = !other_root && epochs <= 1;
    if (other_root) state.root[random_() % state.root.size()] ^= std::byte{1};
    highest_ = std::max(highest_, state.epoch);
    return state;
}

wire::State Thief::later_state(const Victim& victim) {
    wire::State state = victim.state;
    state.seq.value += 1 + back_() % 50;
    state.previous = victim.hash;
    return state;
}

/// The same records under an earlier number, or a later one of an earlier epoch: nobody may take it (P4).
wire::State Thief::earlier_state(const Victim& victim) {
    wire::State state = victim.state;
    possible_ = false;
    state.previous = victim.hash;
    if (state.epoch.value > 1 && back_() % 4 != 0) {
        --state.epoch.value;
        state.seq.value += back_() % 50;
    } else {
        state.seq.value -= std::min<std::uint64_t>(state.seq.value, 1 + back_() % 3);
    }
    return state;
}

Bytes Thief::seal(MessageType type, const Bytes& payload) const {
    const Bytes kid{static_cast<std::byte>(parts_.key.id)};
    return wire::seal_envelope({parts_.hub_id, type}, payload, kid, *parts_.signer, parts_.compressor).value();
}

/// As late as the key lives, any time before, or later: which nobody may believe.
Instant Thief::any_time() {
    const auto life = static_cast<std::uint64_t>((parts_.key.not_after - parts_.key.not_before).count());
    if (random_() % 4 == 0)
        return parts_.key.not_after + std::chrono::seconds{static_cast<std::int64_t>(random_() % (2 * life))};
    if (random_() % 2 == 0) return parts_.key.not_after - std::chrono::seconds{1};
    return parts_.key.not_before + std::chrono::seconds{static_cast<std::int64_t>(random_() % life)};
}

/// The genuine acknowledgement with another time; damaged ones stay as they are.
Bytes Thief::forged_held(ByteView genuine) const {
    const auto payload = wire::open_envelope({parts_.hub_id, MessageType::held}, genuine, parts_.key.public_key,
                                             parts_.verifier, parts_.compressor, kMaxHeldBytes);
    if (!payload.ok()) return to_bytes(genuine);
    auto held = wire::decode_held(*payload);
    if (!held.ok()) return to_bytes(genuine);
    held->hub_time = parts_.key.not_after - std::chrono::seconds{1};
    return seal(MessageType::held, wire::encode(*held));
}

bool Thief::meddle(const Victim& victim, const std::string& path, HttpAnswer& answer) {
    if (answer.status != 200 || random_() % 2 == 0) return false;
    if (path.rfind("/v1/head", 0) == 0) {
        forged_ = next_state(victim);
        answer.body = seal(MessageType::head, wire::encode(wire::Head{forged_, any_time(), victim.ineligible_version}));
        return true;
    }
    if (path != "/v1/sync") return false;
    auto genuine = wire::decode_sync_answer(answer.body);
    if (!genuine.ok()) return false;
    const bool rules = back_() % 4 == 0;
    forged_ = rules ? later_state(victim) : next_state(victim);
    wire::Delta delta;
    delta.state = forged_;
    delta.hub_time = any_time();
    delta.ineligible_version = victim.ineligible_version;
    if (rules) {  // rules that the state does not name
        delta.config = victim.easier;
        possible_ = false;
    }
    genuine->institution_type = MessageType::delta;
    genuine->institution = seal(MessageType::delta, wire::encode(delta));
    if (random_() % 2 == 0) genuine->held = forged_held(genuine->held);
    answer.body = wire::encode(*genuine);
    return true;
}

}  // namespace zige::simulation
