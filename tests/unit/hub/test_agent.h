#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/wire/messages.h"
#include "tests/unit/hub/hub_fixture.h"

namespace zige::hub::testing {

/// An agent as the hub meets it: its keys, its journal chain, and what it says in a sync. It judges nothing.
class TestAgent {
public:
    /// Makes keys and enrols with a fresh token.
    TestAgent(HubFixture& fixture, const std::string& institution);
    /// Makes keys only.
    explicit TestAgent(HubFixture& fixture);

    Result<wire::EnrolAnswer> enrol(const std::string& token);
    wire::EnrolRequest enrol_request(const std::string& token) const;

    /// Appends to the chain; each is a commit batch of its own.
    void decide(const wire::DecisionEntry& entry);
    void contact(std::uint8_t random);
    void append(decltype(wire::JournalEntry::body) body);
    /// Leaves the chapter and starts the next one with an entry that names where the old one ends.
    void start_next_chapter();
    /// Entries first..last of the chain, with the batches that end inside.
    wire::Segment segment(std::uint64_t first, std::uint64_t last) const;

    /// A request with everything that the hub does not hold yet, as far as this agent knows.
    wire::SyncRequest request() const;
    struct Heard {
        wire::SyncAnswer answer;
        wire::Held held;
    };
    Result<Heard> sync(const wire::SyncRequest& request);
    Heard sync() { return must(sync(request())); }
    Bytes seal(const wire::SyncRequest& request) const;

    Bytes file(decltype(wire::Filing::body) body, std::uint8_t uuid);

    HubFixture& fixture;
    std::string institution;
    AgentId id;
    Chapter chapter{1};
    std::unique_ptr<Signer> signer;
    std::string tls_pem;
    Bytes tls_request;
    Bytes tls_key;
    Bytes sealing_key;
    std::unique_ptr<Unsealer> unsealer;  ///< the private half
    std::vector<Bytes> entries;
    std::vector<Hash256> hashes;  ///< chain hash after each entry
    std::vector<wire::BatchSignature> batches;
    std::vector<Bytes> filings;
    wire::Held held;
    Hash256 state_hash{};
    Instant trusted{};
};

/// The payload of an envelope that the hub's online key signed.
Bytes open(HubFixture& fixture, MessageType type, ByteView envelope);

wire::Uuid uuid(std::uint8_t number);

}  // namespace zige::hub::testing
