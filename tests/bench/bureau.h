#pragma once

#include <memory>
#include <vector>

#include "shared/openssl/crypto.h"
#include "shared/ports/compressor.h"
#include "shared/ports/crypto.h"
#include "shared/wire/messages.h"

namespace zige::bench {

/// The hub's side of the protocol for one institution: signs what its agents are given, with real keys of the suite.
class Bureau {
public:
    /// `records`: the place of each is its number. `now`: signed hub time of everything; the online key is valid around
    /// it.
    Bureau(Suite suite, Instant now, std::vector<Record> records);

    /// Signed; of the state as it is.
    Bytes head() const;
    Bytes snapshot() const;
    wire::Manifest manifest(ByteView snapshot) const;
    /// Publishes a next state and gives the signed delta that leads to it.
    Bytes publish(std::vector<wire::StandingPatch> patches);
    Bytes publish(std::vector<Record> records);

    const Bytes& trust() const { return trust_; }  ///< encoded SignedTrust, the first of its chain
    const InstitutionCode& institution() const { return state_.institution; }
    const std::vector<Record>& records() const { return records_; }
    Instant now() const { return now_; }
    const Hasher& hasher() const { return *hasher_; }
    const Verifier& verifier() const { return *verifier_; }
    const Compressor& compressor() const { return *compressor_; }

private:
    void make_trust();
    void set_record(Record record);
    wire::Delta next_delta();
    Bytes sign(MessageType type, ByteView payload) const;

    std::unique_ptr<Hasher> hasher_;
    std::unique_ptr<Verifier> verifier_;
    std::unique_ptr<Compressor> compressor_;
    std::unique_ptr<Signer> root_key_;
    std::unique_ptr<Signer> online_key_;
    Instant now_;
    Bytes trust_;
    Bytes config_;
    std::vector<Record> records_;
    std::vector<Hash256> leaves_;
    wire::State state_;
};

}  // namespace zige::bench
