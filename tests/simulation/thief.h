#pragma once

#include <memory>
#include <random>
#include <string>

#include "shared/ports/compressor.h"
#include "shared/ports/crypto.h"
#include "shared/wire/messages.h"
#include "tests/simulation/network.h"

namespace zige::simulation {

/// Somebody on the line who forges what the hub says to agents. With the stolen online key it looks genuine until root
/// revokes that key; with a key of his own it never does.
class Thief {
public:
    struct Parts {
        const Verifier& verifier;
        const Compressor& compressor;
        std::string hub_id;
        wire::OnlineKey key;             ///< the key of the hub that he speaks under
        std::unique_ptr<Signer> signer;  ///< that key's private part, or one of his own
    };
    Thief(std::uint64_t seed, Parts parts) : random_(seed), back_(~seed), parts_(std::move(parts)) {}

    /// What the agent's copy looks like: a thief on the line has read what it got.
    struct Victim {
        wire::State state;
        Hash256 hash{};
        std::uint32_t ineligible_version = 0;
        Bytes easier;  ///< encoded rules of its region, but with a copy that lives for ever
    };
    /// Changes an answer to /v1/sync or /v1/head. False: left alone.
    bool meddle(const Victim& victim, const std::string& path, HttpAnswer& answer);

    std::uint8_t key_id() const { return parts_.key.id; }
    /// The state in his newest forgery; `possible`: its root is that of its records, so that a holder of the key can
    /// bring an agent to it.
    const wire::State& forged() const { return forged_; }
    bool possible() const { return possible_; }
    Instant key_ends() const { return parts_.key.not_after; }
    Epoch highest_epoch() const { return highest_; }

private:
    wire::State next_state(const Victim& victim);
    wire::State later_state(const Victim& victim);
    wire::State earlier_state(const Victim& victim);
    Bytes seal(MessageType type, const Bytes& payload) const;
    Bytes forged_held(ByteView genuine) const;
    Instant any_time();

    std::mt19937_64 random_;
    std::mt19937_64 back_;  ///< of what goes back
    Parts parts_;
    wire::State forged_;
    bool possible_ = true;
    Epoch highest_;
};

}  // namespace zige::simulation
