#pragma once

#include "shared/ports/crypto.h"
#include "shared/wire/agent_messages.h"

namespace zige::vectors {

/// One story in all vectors: hub 411500 (key 1), hospital H41150200017 with four records, agent 7 in chapter 1.
/// Keys and times are fixed. Private keys are one byte, 32 times (tests/support/fixed_keys.h).
inline constexpr std::string_view kHub = "411500";
inline constexpr std::byte kRootKey{0x11};
inline constexpr std::byte kSecondRootKey{0x12};
inline constexpr std::byte kOnlineKey{0x21};
inline constexpr std::byte kAgentKey{0x31};
inline constexpr std::byte kForgersKey{0x66};
inline constexpr std::uint8_t kOnlineKeyId = 1;
inline constexpr Instant kIssued{std::chrono::seconds{1'790'000'000}};     ///< the trust document
inline constexpr Instant kPublished{std::chrono::seconds{1'795'312'800}};  ///< 2026-11-22 10:00 in China

Hash256 filled(int byte);
wire::Uuid uuid(int byte);

wire::State state();     ///< epoch 1, seq 1042
wire::State previous();  ///< epoch 1, seq 1017
wire::Head head();
wire::Config config();
std::vector<Record> records();
wire::Delta patch();  ///< one suspension, from previous() to state()
wire::Delta snapshot();
wire::Manifest manifest();
wire::JournalEntry chapter_entry();
wire::JournalEntry decision_entry();
wire::JournalEntry contact_entry();
wire::JournalEntry filing_entry();
wire::Segment segment(const Hasher& hasher);
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
wire::SyncRequest sync_request(const Hasher& hasher);
wire::Held held(const Hasher& hasher);
wire::TrustDocument trust(std::uint32_t version);
wire::SignedTrust signed_trust(const wire::TrustDocument& document, const std::vector<std::byte>& signers);
wire::EnrolRequest enrol_request();
wire::EnrolAnswer enrol_answer();
wire::IneligibleUpdate ineligible(const Hasher& hasher);
wire::JournalEntry next_chapter_entry();  ///< agent 7 goes on in chapter 2
wire::Held asking(const Hasher& hasher);  ///< a hub that wants a chapter, a proof and the copy
wire::TrustDocument reset_trust();        ///< version 2, with another online key, back to epoch 1
wire::CopyHandIn copy_hand_in();
wire::Revocation revocation();
wire::RenewRequest renew_request();
wire::RenewAnswer renew_answer();
wire::Statement statement();
wire::EnrolFile enrol_file();
wire::EnrolReply enrol_reply();

}  // namespace zige::vectors
