#include "tests/unit/hub/test_agent.h"

#include "shared/openssl/x509.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"

namespace zige::hub::testing {

Bytes open(HubFixture& f, MessageType type, ByteView envelope) {
    const Trust& trust = f.hub().trust();
    const wire::OnlineKey key = must(wire::find_online_key(trust.document(), must(wire::envelope_kid(envelope))));
    return must(wire::open_envelope({trust.hub_id(), type}, envelope, key.public_key, *f.verifier, *f.compressor,
                                    kMaxPayloadBytes));
}

wire::Uuid uuid(std::uint8_t number) {
    wire::Uuid uuid{};
    uuid.fill(static_cast<std::byte>(number));
    return uuid;
}

TestAgent::TestAgent(HubFixture& f) : fixture(f) {
    signer = must(f.keys->open_signing_key(must(f.keys->make_signing_key())));
    const CertificateRequest csr = must(create_request("agent"));
    tls_pem = csr.private_key_pem;
    tls_request = csr.request_der;
    tls_key = must(read_request_key(tls_request));
    const KeyMaker::Pair sealing = must(f.keys->make_sealing_key());
    sealing_key = sealing.public_part;
    unsealer = must(f.keys->open_sealing_key(sealing.private_pem));
}

TestAgent::TestAgent(HubFixture& f, const std::string& where) : TestAgent(f) {
    const Slip slip = must(f.hub().enrolment().issue_token(kOperator, where, "127.0.0.1:7443"));
    must(enrol(slip.token));
}

wire::EnrolRequest TestAgent::enrol_request(const std::string& token) const {
    return {token, tls_request, signer->public_key(), sealing_key};
}

Result<wire::EnrolAnswer> TestAgent::enrol(const std::string& token) {
    ZIGE_TRY(envelope, fixture.hub().enrolment().enrol(wire::encode(enrol_request(token))));
    const wire::EnrolAnswer answer =
        must(wire::decode_enrol_answer(open(fixture, MessageType::enrol_answer, envelope)));
    id = answer.agent;
    chapter = answer.chapter;
    institution = answer.institution.text;
    trusted = answer.hub_time;
    return answer;
}

void TestAgent::append(decltype(wire::JournalEntry::body) body) {
    const std::uint64_t index = entries.size() + 1;
    const Instant now = fixture.clock.wall();
    const Bytes bytes = wire::encode(wire::JournalEntry{index, {trusted, now, now}, std::move(body)});
    const Hash256 before = hashes.empty() ? wire::chain_start(id, chapter, *fixture.hasher) : hashes.back();
    entries.push_back(bytes);
    hashes.push_back(wire::chain_next(before, bytes, *fixture.hasher));
    const std::vector<Hash256> leaves = {wire::merkle_leaf(bytes, *fixture.hasher)};
    const Bytes message = wire::batch_message(id, chapter, index, index, wire::merkle_root(leaves, *fixture.hasher));
    batches.push_back({index, index, must(signer->sign(message))});
}

void TestAgent::decide(const wire::DecisionEntry& entry) { append(entry); }
void TestAgent::contact(std::uint8_t random) {
    wire::ContactEntry entry;
    entry.random.fill(static_cast<std::byte>(random));
    append(entry);
}

void TestAgent::start_next_chapter() {
    const wire::ChapterBefore before{id, chapter, entries.size(),
                                     hashes.empty() ? wire::chain_start(id, chapter, *fixture.hasher) : hashes.back()};
    ++chapter.value;
    entries.clear();
    hashes.clear();
    batches.clear();
    held = {};
    append(wire::ChapterEntry{id, chapter, "test", before});
}

wire::Segment TestAgent::segment(std::uint64_t first, std::uint64_t last) const {
    wire::Segment segment;
    segment.agent = id;
    segment.chapter = chapter;
    segment.first = first;
    segment.link_before = first == 1 ? wire::chain_start(id, chapter, *fixture.hasher) : hashes[first - 2];
    for (std::uint64_t index = first; index <= last; ++index) {
        segment.entries.push_back(entries[index - 1]);
        segment.batches.push_back(batches[index - 1]);
    }
    return segment;
}

wire::SyncRequest TestAgent::request() const {
    wire::SyncRequest request;
    request.agent = id;
    request.chapter = chapter;
    request.institution = {institution};
    request.epoch = Epoch{1};
    request.state_hash = state_hash;
    request.trust_version = fixture.hub().trust().version();
    request.journal_size = entries.size();
    request.journal_hash = hashes.empty() ? wire::chain_start(id, chapter, *fixture.hasher) : hashes.back();
    request.times = {trusted, fixture.clock.wall(), fixture.clock.wall()};
    request.health.software = "test";
    if (held.size < entries.size()) request.segments = {segment(held.size + 1, entries.size())};
    request.filings = filings;
    return request;
}

Bytes TestAgent::seal(const wire::SyncRequest& request) const {
    Bytes kid;
    for (int shift = 24; shift >= 0; shift -= 8) kid.push_back(static_cast<std::byte>(id.value >> shift));
    return must(wire::seal_envelope({fixture.hub().trust().hub_id(), MessageType::sync_request}, wire::encode(request),
                                    kid, *signer, *fixture.compressor));
}

Result<TestAgent::Heard> TestAgent::sync(const wire::SyncRequest& asked) {
    ZIGE_TRY(bytes, fixture.hub().ingest().sync(seal(asked), tls_key));
    Heard heard;
    heard.answer = must(wire::decode_sync_answer(bytes));
    heard.held = must(wire::decode_held(open(fixture, MessageType::held, heard.answer.held)));
    held = heard.held;
    trusted = heard.held.hub_time;
    filings.clear();
    return heard;
}

Bytes TestAgent::file(decltype(wire::Filing::body) body, std::uint8_t number) {
    const Instant now = fixture.clock.wall();
    const Bytes bytes = wire::encode(wire::Filing{uuid(number), {trusted, now, now}, "收费员", std::move(body)});
    append(wire::FilingEntry{bytes});
    filings.push_back(bytes);
    return bytes;
}

}  // namespace zige::hub::testing
