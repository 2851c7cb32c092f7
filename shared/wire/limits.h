#pragma once

#include <cstddef>
#include <cstdint>

namespace zige {

/// Caps on everything that comes from outside (SPEC.md, LIMIT rules). Bytes unless the name says otherwise.
inline constexpr std::size_t kMaxEnvelopeBytes = 32U << 20;  ///< of any envelope
inline constexpr std::size_t kMaxPayloadBytes = 96U << 20;   ///< of its payload after inflating
inline constexpr std::size_t kMaxHeadBytes = 1024;           ///< head, held-to-head answers
inline constexpr std::size_t kMaxHeldBytes = 64U << 10;
inline constexpr std::size_t kMaxProofBytes = kMaxHeldBytes;  ///< envelope that proves a state
inline constexpr std::size_t kMaxEarlierChapters = 16;        ///< acknowledged in one `held`
inline constexpr std::size_t kMaxTrustBytes = 4096;           ///< one trust document with signatures
inline constexpr std::size_t kMaxTrustChain = 64;             ///< documents in one answer
inline constexpr std::size_t kMaxTrustChainBytes = kMaxTrustChain * (kMaxTrustBytes + 3) + 16;
inline constexpr std::size_t kMaxInlineAnswerBytes = 16U << 10;  ///< larger institution objects become a blob
inline constexpr std::size_t kChunkBytes = 8U << 10;
inline constexpr std::size_t kMaxChunks = kMaxEnvelopeBytes / kChunkBytes;
inline constexpr std::size_t kMaxSegmentBytes = 16U << 10;  ///< journal entries of one segment, before deflate
inline constexpr std::size_t kMaxSegmentsPerSync = 4;
inline constexpr std::size_t kMaxSyncRequestBytes = 128U << 10;  ///< envelope of a carrying sync
inline constexpr std::size_t kMaxSyncRequestPayload = 512U << 10;
inline constexpr std::size_t kMaxSyncAnswerBytes = 1U << 20;
inline constexpr std::size_t kMaxEnrolBytes = 16U << 10;
inline constexpr std::size_t kMaxToken = 128;  ///< of an enrolment
inline constexpr std::size_t kMaxStatementBytes = 300;
inline constexpr std::size_t kMaxStatementEnvelope = 400;  ///< so that it fits a printed code
inline constexpr std::size_t kMaxJournalEntryBytes = 4096;
inline constexpr std::size_t kMaxFilingsPerSync = 64;
inline constexpr std::size_t kMaxFilingBytes = 2048;
inline constexpr std::size_t kMaxSealedIdentity = 512;  ///< certificate type and number, sealed
inline constexpr std::size_t kMaxCaseText = 900;        ///< UTF-8 bytes of an appeal or an application
inline constexpr std::size_t kMaxRecords = 400'000;     ///< of one institution
inline constexpr std::size_t kMaxText = 300;            ///< UTF-8 bytes of any name or reason
inline constexpr std::size_t kMaxCode = 30;
inline constexpr std::size_t kMaxIntervals = 64;  ///< of one timeline, stops alike
inline constexpr std::size_t kMaxLeaves = 16;     ///< of one registration
inline constexpr std::size_t kMaxConfigBytes = 64U << 10;
inline constexpr std::size_t kMaxIneligible = 200'000;        ///< entries of the region ineligible set
inline constexpr std::size_t kMaxIneligibleBytes = 8U << 20;  ///< its message after inflating
inline constexpr std::size_t kMaxEnrolReplyBytes = kMaxEnvelopeBytes + kMaxIneligibleBytes + kMaxTrustChainBytes +
                                                   kMaxHeldBytes + kMaxEnrolBytes;  ///< before it is sealed
inline constexpr std::size_t kMaxInstitutionCode = 20;
inline constexpr std::size_t kMaxIdempotencyKey = 64;
inline constexpr std::size_t kMaxHubId = 64;
inline constexpr std::size_t kMaxRecordBytes = 64U << 10;  ///< one encoded record
inline constexpr std::size_t kMaxManifestBytes = 256U << 10;
inline constexpr std::size_t kMaxCertificateBytes = 4096;  ///< DER, requests too
inline constexpr std::size_t kMaxProfileRows = 512;        ///< of each list of a profile
inline constexpr std::size_t kMaxCalendarDays = 366;       ///< of each list of a year; of the regional layer
inline constexpr std::size_t kMaxCalendarYears = 64;
inline constexpr std::size_t kMaxJournaledGrounds = 64;  ///< of one decision
inline constexpr std::size_t kMaxJournaledPeople = 16;
inline constexpr std::size_t kMaxRootKeys = 8;
inline constexpr std::size_t kMaxOnlineKeys = 8;
inline constexpr std::size_t kSignatureBytes = 64;   ///< of both suites
inline constexpr std::size_t kRootKeyIdBytes = 4;    ///< of a root key, beside its signature
inline constexpr std::uint64_t kMaxSeq = INT64_MAX;  ///< of any counter: databases hold signed numbers
inline constexpr int kMaxDepth = 8;                  ///< nesting of CBOR

}  // namespace zige
