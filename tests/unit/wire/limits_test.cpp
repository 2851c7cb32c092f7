#include "shared/wire/limits.h"

#include "shared/wire/codec.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/envelope.h"
#include "shared/zlib/compressor.h"
#include "tests/support/fixed_keys.h"
#include "tests/support/testing.h"
#include "tests/unit/wire/random_messages.h"

namespace zige::wire::testing {
namespace {

template <class Value>
ErrorId refusal(Result<Value> result) {
    CPPUNIT_ASSERT_MESSAGE("was accepted", !result.ok());
    CPPUNIT_ASSERT_MESSAGE(result.error().describe() + " names no field", !result.error().field.empty());
    return result.error().id;
}

/// A decoder is given one byte more than its message may have.
struct Cap {
    const char* name;
    std::size_t bytes;
    ErrorId (*decode)(ByteView);
};
const Cap kCaps[] = {
    {"state", kMaxHeadBytes, [](ByteView b) { return refusal(decode_state(b)); }},
    {"head", kMaxHeadBytes, [](ByteView b) { return refusal(decode_head(b)); }},
    {"config", kMaxConfigBytes, [](ByteView b) { return refusal(decode_config(b)); }},
    {"record", kMaxRecordBytes, [](ByteView b) { return refusal(decode_record(b)); }},
    {"delta", kMaxPayloadBytes, [](ByteView b) { return refusal(decode_delta(b)); }},
    {"manifest", kMaxManifestBytes, [](ByteView b) { return refusal(decode_manifest(b)); }},
    {"journal_entry", kMaxJournalEntryBytes, [](ByteView b) { return refusal(decode_journal_entry(b)); }},
    {"filing", kMaxFilingBytes, [](ByteView b) { return refusal(decode_filing(b)); }},
    {"sync_request", kMaxSyncRequestPayload, [](ByteView b) { return refusal(decode_sync_request(b)); }},
    {"held", kMaxHeldBytes, [](ByteView b) { return refusal(decode_held(b)); }},
    {"sync_answer", kMaxSyncAnswerBytes, [](ByteView b) { return refusal(decode_sync_answer(b)); }},
    {"trust_document", kMaxTrustBytes, [](ByteView b) { return refusal(decode_trust_document(b)); }},
    {"signed_trust", kMaxTrustBytes, [](ByteView b) { return refusal(decode_signed_trust(b)); }},
    {"enrol_request", kMaxEnrolBytes, [](ByteView b) { return refusal(decode_enrol_request(b)); }},
    {"enrol_answer", kMaxEnrolBytes, [](ByteView b) { return refusal(decode_enrol_answer(b)); }},
    {"ineligible_update", kMaxIneligibleBytes, [](ByteView b) { return refusal(decode_ineligible_update(b)); }},
    {"copy_hand_in", kMaxPayloadBytes, [](ByteView b) { return refusal(decode_copy_hand_in(b)); }},
    {"revocation", kMaxHeadBytes, [](ByteView b) { return refusal(decode_revocation(b)); }},
    {"renew_request", kMaxEnrolBytes, [](ByteView b) { return refusal(decode_renew_request(b)); }},
    {"renew_answer", kMaxEnrolBytes, [](ByteView b) { return refusal(decode_renew_answer(b)); }},
    {"statement", kMaxStatementBytes, [](ByteView b) { return refusal(decode_statement(b)); }},
    {"enrol_file", kMaxTrustChainBytes + kMaxEnrolBytes, [](ByteView b) { return refusal(decode_enrol_file(b)); }},
    {"enrol_reply", kMaxEnrolReplyBytes, [](ByteView b) { return refusal(decode_enrol_reply(b)); }},
};
TEST_EACH(Limit, holds_for_a_whole, kCaps) {
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_too_large, row.decode(Bytes(row.bytes + 1)));
}

TEST(Limit, holds_for_a_name) {
    Draw draw(1);
    Registration person = draw.registration({1});
    person.name = std::string(kMaxText + 1, 'a');
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_value, refusal(decode_record(encode(Record(person)))));
}

TEST(Limit, holds_for_the_intervals_of_a_timeline) {
    Draw draw(1);
    Registration person = draw.registration({1});
    person.standing.assign(kMaxIntervals + 1, {});
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_too_many, refusal(decode_record(encode(Record(person)))));
}

TEST(Limit, holds_for_the_entries_of_a_segment) {
    Draw draw(1);
    Segment segment = draw_segment(draw);
    segment.entries.assign(5, Bytes(kMaxJournalEntryBytes));
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_too_many, refusal(decode_segment(encode(segment))));
}

TEST(Limit, holds_for_years_before_1900_and_after_2199) {
    Draw draw(1);
    Filing filing = draw_filing(draw);
    for (const int year : {1899, 2200}) {
        filing.body = DepartureFiling{{1}, Day{std::chrono::year{year} / 12 / 31}, ""};
        CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_value, refusal(decode_filing(encode(filing))));
    }
}

TEST(Limit, brings_a_clock_that_is_far_off_to_the_nearest_time_that_can_be_told) {
    Draw draw(1);
    Filing filing = draw_filing(draw);
    filing.times.wall = Instant{std::chrono::seconds{-5}};
    CPPUNIT_ASSERT(decode_filing(encode(filing)).value().times.wall == Instant{});
    filing.times.wall = Instant::max();
    CPPUNIT_ASSERT(decode_filing(encode(filing)).value().times.wall.time_since_epoch().count() == 253'402'300'799);
}

/// STMT-4: even one that cannot be compressed fits the printed code, in both suites.
TEST(Limit, holds_for_the_printed_code_of_a_statement) {
    Draw draw(1);
    Statement largest = draw_statement(draw);
    largest.interval.document.clear();
    const std::size_t rest = kMaxStatementBytes - encode(largest).size() - 2;  // a longer text has a longer head
    largest.interval.document = draw.text(rest, rest);
    const Bytes payload = encode(largest);
    CPPUNIT_ASSERT(decode_statement(payload).ok());
    CPPUNIT_ASSERT(payload.size() >= kMaxStatementBytes - 2);
    const auto compressor = make_compressor(dictionaries());
    for (const Suite suite : all<Suite>()) {
        const auto signer = zige::testing::fixed_signer(std::byte{1}, suite);
        const auto envelope =
            seal_envelope({"411500", MessageType::statement}, payload, Bytes(1), *signer, *compressor);
        CPPUNIT_ASSERT_MESSAGE(std::to_string(envelope->size()), envelope->size() <= kMaxStatementEnvelope);
    }
}

TEST(Version, of_a_message_without_envelope_is_named_when_it_is_newer) {
    Draw draw(1);
    Bytes answer = encode(draw_enrol_answer(draw));
    answer[1] = std::byte{2};
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_unknown_version, refusal(decode_enrol_answer(answer)));
}

}  // namespace
}  // namespace zige::wire::testing
