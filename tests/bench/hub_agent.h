#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "shared/openssl/x509.h"
#include "shared/wire/messages.h"
#include "tests/bench/hub_rig.h"

namespace zige::bench {

/// An agent as the hub meets it: real keys, a real journal chain, the copy that it was given. It judges nothing.
class HubAgent {
public:
    /// Enrols with a fresh token. `rig` outlives it.
    HubAgent(HubRig& rig, const std::string& institution);

    /// Envelope of a carrying sync: `decisions` new ones and the contact, in one signed batch.
    Bytes sync_request(std::size_t decisions);
    /// Reads the answer and takes over what it brings, blobs too.
    void take(ByteView answer);
    /// Envelope of all that it holds (REC-2).
    Bytes copy() const;

    const Bytes& tls_key() const { return tls_key_; }
    const CertificateRequest& tls() const { return tls_; }
    const Bytes& certificate() const { return certificate_; }
    const wire::Held& held() const { return held_; }

private:
    void append(const wire::JournalEntry& entry, wire::Segment& segment);
    wire::JournalEntry decision() const;
    Bytes seal(MessageType type, ByteView payload) const;
    Bytes open(MessageType type, ByteView envelope) const;
    void take_delta(const wire::Delta& delta);
    Bytes fetch(const wire::Manifest& manifest) const;

    const hub::Environment& env() const { return rig_.env(); }

    HubRig& rig_;  // whose hub may have been put back meanwhile
    std::string hub_id_;
    wire::TrustDocument trust_;
    std::unique_ptr<Signer> signer_;
    CertificateRequest tls_;
    Bytes tls_key_;
    Bytes certificate_;
    AgentId id_;
    std::string institution_;
    std::uint64_t size_ = 0;
    Hash256 chain_{};
    wire::State state_;
    Hash256 state_hash_{};
    Bytes config_;
    std::map<RecordNo, Record> records_;
    wire::Held held_;
    Bytes held_envelope_;
    std::uint32_t ineligible_ = 0;
};

}  // namespace zige::bench
