#pragma once

#include "shared/ports/crypto.h"
#include "shared/wire/agent_messages.h"

namespace zige::vectors {

/// One story in all vectors: hub 411500 (key 1), hospital H41150200017 with four records, agent 7 in chapter 1.
/// Keys and times are fixed. Private keys are one byte, 32 times (tests/support/fixed_keys.h). What holds a hash, a key
/// or a signature comes in either suite; roots, hashes and chains are those of the records and entries of the story, so
/// that whoever has all vectors can compute them again.
inline constexpr std::string_view kHub = "411500";
inline constexpr std::byte kRootKey{0x11};
inline constexpr std::byte kSecondRootKey{0x12};
inline constexpr std::byte kOnlineKey{0x21};
inline constexpr std::byte kAgentKey{0x31};
inline constexpr std::byte kForgersKey{0x66};
inline constexpr std::byte kHubSealingKey{0x41};
inline constexpr std::byte kAgentSealingKey{0x43};
inline constexpr Suite kFirstSuite = Suite::ed25519_sha256;
inline constexpr std::uint8_t kOnlineKeyId = 1;
inline constexpr Instant kIssued{std::chrono::seconds{1'790'000'000}};     ///< the trust document
inline constexpr Instant kPublished{std::chrono::seconds{1'795'312'800}};  ///< 2026-11-22 10:00 in China

Hash256 filled(int byte);
wire::Uuid uuid(int byte);

wire::State state(Suite = kFirstSuite);     ///< epoch 1, seq 1042: records()
wire::State previous(Suite = kFirstSuite);  ///< epoch 1, seq 1017: the same before the suspension
wire::Head head(Suite = kFirstSuite);
wire::Config config();
std::vector<Record> records();
wire::Delta patch(Suite = kFirstSuite);  ///< one suspension, from previous() to state()
wire::Delta snapshot(Suite = kFirstSuite);
wire::Delta earlier_snapshot(Suite = kFirstSuite);  ///< of previous()
wire::Manifest manifest();
wire::Manifest manifest_of(ByteView blob, Suite = kFirstSuite);  ///< from nothing to state()
wire::JournalEntry chapter_entry();
wire::JournalEntry decision_entry();
wire::JournalEntry contact_entry();
wire::JournalEntry filing_entry();
wire::JournalEntry phone_code_entry();
wire::JournalEntry forward_entry();
wire::JournalEntry released_entry();  ///< with what few decisions have
wire::JournalEntry evidence_entry();
wire::JournalEntry reversal_entry();
wire::Segment segment(Suite = kFirstSuite);  ///< the chapter entry and the decision
wire::Filing departure();
wire::Filing undo();
wire::Filing window();

/// One filing of each kind after those three, in the order of FilingKind, with what it says.
struct FilingSample {
    const char* name;
    const char* why;
    wire::Filing filing;
};
std::vector<FilingSample> more_filings();
wire::RegistrationFiling registration();
wire::SyncRequest sync_request(Suite = kFirstSuite);
wire::Held held(Suite = kFirstSuite);
wire::SyncAnswer sync_answer(Suite = kFirstSuite);
wire::TrustDocument trust(std::uint32_t version, Suite = kFirstSuite);
wire::SignedTrust signed_trust(const wire::TrustDocument& document, const std::vector<std::byte>& signers);
wire::EnrolRequest enrol_request(Suite = kFirstSuite);
wire::EnrolAnswer enrol_answer();
wire::IneligibleUpdate ineligible(Suite = kFirstSuite);
wire::JournalEntry next_chapter_entry();  ///< agent 7 goes on in chapter 2
wire::Held asking();                      ///< a hub that wants a chapter, a proof and the copy
wire::TrustDocument reset_trust();        ///< version 2, with another online key, back to epoch 1
wire::CopyHandIn copy_hand_in(Suite = kFirstSuite);
wire::Revocation revocation();
wire::RenewRequest renew_request();
wire::RenewAnswer renew_answer();
wire::Statement statement();
wire::EnrolFile enrol_file();
wire::EnrolReply enrol_reply();

/// An envelope by the hub's online key, or by agent 7 for what agents send.
Bytes in_envelope(MessageType, const Bytes& payload, Suite = kFirstSuite);
Bytes sender_key(MessageType, Suite = kFirstSuite);

/// X.509 by openssl, in DER: the authority of the hub, the request and the certificate of agent 7.
Bytes tls_ca();
Bytes tls_request();
Bytes tls_certificate();

}  // namespace zige::vectors
