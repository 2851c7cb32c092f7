#include "hub/core/own_signature.h"

#include <algorithm>

#include "hub/core/rotation.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

/// The oldest key goes when a document is full: nobody stole it, and agents that were away prove by it what they hold.
bool made_room(const wire::TrustDocument& document, const wire::OnlineKey& dropped) {
    return document.online_keys.size() >= kKeptOnlineKeys &&
           std::ranges::all_of(document.online_keys, [&](const wire::OnlineKey& each) { return each.id > dropped.id; });
}

/// The newest document that names the key; an id never comes back with another one (TRUST-10). Any other key that a
/// document dropped while it was still valid was revoked: a thief may hold it, and what it signed proves nothing.
Result<wire::OnlineKey> find_key(const Trust& trust, ByteView kid) {
    std::optional<wire::OnlineKey> found;
    std::uint32_t after = 0;
    for (auto page = trust.chain_after(after); !page.empty(); page = trust.chain_after(after)) {
        for (const Bytes& each : page) {
            ZIGE_TRY(signed_trust, wire::decode_signed_trust(each));
            ZIGE_TRY(document, wire::decode_trust_document(signed_trust.document));
            if (const auto key = wire::find_online_key(document, kid); key.ok()) found = *key;
            else if (found && document.issued < found->not_after && !made_room(document, *found)) found.reset();
            after = document.version;
        }
    }
    if (!found) return fail(ErrorId::wire_unknown_key, "envelope.kid", to_hex(kid));
    return *found;
}

struct Opened {
    Bytes payload;
    wire::OnlineKey key;
};
Result<Opened> open(const Environment& env, const Trust& trust, MessageType type, ByteView envelope,
                    std::size_t limit) {
    ZIGE_TRY(kid, wire::envelope_kid(envelope));
    ZIGE_TRY(key, find_key(trust, kid));
    ZIGE_TRY(payload, wire::open_envelope({trust.hub_id(), type}, envelope, key.public_key, env.verifier,
                                          env.compressor, limit));
    return Opened{std::move(payload), std::move(key)};
}

Result<Proven> proven_by(const Environment& env, const std::string& institution, const wire::State& state) {
    if (state.institution.text != institution)
        return fail(ErrorId::wire_wrong_institution, "proof", state.institution.text);
    return Proven{wire::state_hash(state, env.hasher), state};
}

}  // namespace

Result<wire::Head> open_own_head(const Environment& env, const Trust& trust, ByteView envelope) {
    ZIGE_TRY(opened, open(env, trust, MessageType::head, envelope, kMaxHeadBytes));
    ZIGE_TRY(head, wire::decode_head(opened.payload));
    ZIGE_CHECK(wire::check_key_time(opened.key, head.hub_time));
    return head;
}

Result<wire::Held> open_own_held(const Environment& env, const Trust& trust, ByteView envelope) {
    ZIGE_TRY(opened, open(env, trust, MessageType::held, envelope, kMaxHeldBytes));
    ZIGE_TRY(held, wire::decode_held(opened.payload));
    ZIGE_CHECK(wire::check_key_time(opened.key, held.hub_time));
    return held;
}

Result<wire::Delta> open_own_delta(const Environment& env, const Trust& trust, ByteView envelope) {
    ZIGE_TRY(opened, open(env, trust, MessageType::delta, envelope, kMaxPayloadBytes));
    ZIGE_TRY(delta, wire::decode_delta(opened.payload));
    ZIGE_CHECK(wire::check_key_time(opened.key, delta.hub_time));
    return delta;
}

Result<Proven> open_proof(const Environment& env, const Trust& trust, const std::string& institution, AgentId agent,
                          const wire::StateProof& proof) {
    if (proof.type == MessageType::head) {
        ZIGE_TRY(head, open_own_head(env, trust, proof.envelope));
        return proven_by(env, institution, head.state);
    }
    if (proof.type == MessageType::delta) {
        ZIGE_TRY(delta, open_own_delta(env, trust, proof.envelope));
        return proven_by(env, institution, delta.state);
    }
    ZIGE_TRY(held, open_own_held(env, trust, proof.envelope));
    if (held.agent != agent)
        return fail(ErrorId::hub_agent_of_other_institution, "proof", std::to_string(held.agent.value));
    return Proven{held.state_hash, std::nullopt};
}

}  // namespace zige::hub
