#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/core/crypto.h"
#include "agent/core/ports/key_vault.h"
#include "agent/core/ports/transport_factory.h"
#include "shared/ports/compressor.h"
#include "shared/ports/crypto.h"
#include "shared/wire/agent_messages.h"

namespace zige::testing {

/// Stands in for a hub that serves one institution and one agent: real messages and real signatures over a registry in
/// memory, without a network. What it is asked goes through handle(), as HTTP requests would.
class FakeHub {
public:
    /// `tls_ca`: of the trust document; a real one where the connections are real.
    explicit FakeHub(Instant now, Suite suite = Suite::ed25519_sha256, Bytes tls_ca = to_bytes("DER of the authority"));

    // The world; publish() makes a state of it.
    InstitutionRecord institution;
    std::map<std::uint32_t, Registration> people;
    std::map<std::uint32_t, Alias> aliases;
    wire::Config config;
    std::vector<wire::IneligibleEntry> ineligible;  ///< publish_ineligible() makes a version of it
    Instant now;

    Registration& add_person(std::uint32_t no, const std::string& code, const std::string& name);
    wire::State publish();
    void raise_epoch() { ++epoch_.value; }  ///< of the states that are published from now on
    void publish_ineligible();
    Bytes ineligible_update(std::uint32_t from) const;
    wire::IneligibleEntry ineligible_entry(const std::string& code, Day from) const;

    // Messages, as envelopes. `from`: index into the states that were published; nothing: a snapshot.
    Bytes head(std::size_t state) const;
    Bytes delta(std::optional<std::size_t> from, std::size_t to) const;
    Bytes sign(MessageType type, ByteView payload) const;
    Bytes sign_with(const Signer& signer, std::uint8_t kid, MessageType type, ByteView payload) const;
    wire::Delta delta_value(std::optional<std::size_t> from, std::size_t to) const;
    std::size_t last_state() const { return states_.size() - 1; }
    const wire::State& state(std::size_t index) const { return states_.at(index).state; }

    // Trust.
    Bytes trust_document() const { return trust_chain.back(); }
    std::string fingerprint() const;
    void rotate_keys();                          ///< a new trust document with another online key beside the old one
    void reset_time(Instant time, Epoch epoch);  ///< a new trust document with a reset; publish() goes on in that epoch
    std::vector<Bytes> trust_chain;

    // Requests.
    HttpAnswer handle(const std::string& method, const std::string& path, ByteView body);
    std::string token = "0123456789ABCDEF";
    AgentId agent{3};  ///< who enrols
    AgentId replaces;  ///< whose place it takes
    void succeed(AgentId next);  ///< the next one to enrol takes the present one's place, in the next chapter
    bool always_blob = false;                       ///< every delta as manifest and chunks
    std::function<void(wire::SyncAnswer&)> tamper;  ///< changes an answer before it leaves
    std::optional<ErrorId> refuse_filings;          ///< every filing is refused with this reason
    bool defer_filings = false;                     ///< no result yet
    std::optional<wire::Revocation> revocation;     ///< every agent's request is answered 410 with it
    std::function<Bytes(const wire::Revocation&)> word;  ///< makes the body of that answer; none: the online key signs
    std::chrono::seconds certificate_validity{0};        ///< of certificates given from now on; 0: for ever
    int renewals = 0;

    // What arrived.
    wire::SyncRequest last_request;
    std::vector<Bytes> journal;          ///< entries 1..n of the agent
    std::vector<Hash256> journal_chain;  ///< chain hash after each of them
    bool forked = false;
    std::map<std::uint32_t, std::pair<std::vector<Bytes>, std::vector<Hash256>>> left;  ///< chapters before this one
    std::function<void(wire::Held&)> say;  ///< changes what the hub says before it signs it
    std::vector<wire::CopyHandIn> copies;  ///< that were handed in
    std::vector<wire::Filing> filings;
    int requests = 0;
    std::function<Bytes(ByteView csr)> certify;  ///< makes the agent's certificate; none: bytes that are no certificate
    Bytes agent_key;                             ///< public signing key, from enrolment (or set by the test)

    agent::Crypto crypto() const { return {*hasher, *verifier, *compressor, *sealer}; }
    std::unique_ptr<Hasher> hasher;
    std::unique_ptr<Verifier> verifier;
    std::unique_ptr<Compressor> compressor;
    std::unique_ptr<Sealer> sealer;
    std::unique_ptr<Unsealer> unsealer;  ///< opens what is sealed to the hub
    std::unique_ptr<Signer> root;
    std::unique_ptr<Signer> online;
    std::uint8_t online_id = 1;

private:
    struct Published {
        wire::State state;
        Instant at{};
        std::map<std::uint32_t, Record> records;
        Bytes config;
    };
    struct Blob {
        Bytes envelope;
        wire::Manifest manifest;
    };
    Epoch epoch_{1};
    std::vector<Bytes> chain_after(std::size_t version) const;  ///< a page of it, as hubs give it
    Chapter chapter_{1};
    wire::TrustDocument next_trust() const;
    void issue(const wire::TrustDocument& document);
    HttpAnswer enrol(ByteView body);
    HttpAnswer sync(ByteView body);
    HttpAnswer renew(ByteView body);
    HttpAnswer gone() const;
    Bytes certificate_for(ByteView csr) const;
    HttpAnswer take_copy(ByteView body);
    void settle_chapter(Chapter chapter);
    HttpAnswer chunk(const std::string& path) const;
    Result<wire::SyncAnswer> answer(const wire::SyncRequest& request);
    void take_segment(const wire::Segment& segment);
    wire::FilingResult take_filing(const wire::Filing& filing);
    void take_institution(wire::SyncAnswer& answer, const wire::SyncRequest& request);

    std::vector<Published> states_;
    std::vector<std::vector<wire::IneligibleEntry>> ineligible_versions_;
    std::map<std::string, Blob> blobs_;
    std::map<wire::Uuid, wire::FilingResult> results_;
    wire::TrustDocument trust_;
    Bytes tls_ca_;
};

/// Connections to a FakeHub. `down`: nobody answers; `before` may refuse a request or stand in for its answer.
class FakeHubTransports : public agent::TransportFactory {
public:
    explicit FakeHubTransports(FakeHub& hub) : hub_(hub) {}
    Result<std::unique_ptr<Transport>> connect(const Peer& peer) override;

    bool down = false;
    std::function<Result<void>(const std::string& path)> before;
    std::function<void(const std::string& path, HttpAnswer&)> after;
    std::vector<Peer> peers;

private:
    FakeHub& hub_;
};

/// Three keys that are the same each time.
class FakeKeys : public agent::KeyVault {
public:
    explicit FakeKeys(Suite suite = Suite::ed25519_sha256, std::byte seed = std::byte{0x77})
        : suite_(suite), seed_(seed) {}
    Result<PublicParts> prepare() override;
    /// Certificates of FakeHub are texts: "DER of the agent", valid for ever, or "DER from SECONDS until SECONDS".
    Result<Validity> validity_of(ByteView certificate) override;
    Result<std::unique_ptr<Signer>> signer() override;
    Result<std::unique_ptr<Unsealer>> unsealer() override;
    int prepared = 0;

private:
    Suite suite_;
    std::byte seed_;
};

}  // namespace zige::testing
