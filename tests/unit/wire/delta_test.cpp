#include "shared/wire/delta.h"

#include "shared/wire/codec.h"
#include "tests/support/testing.h"
#include "tests/unit/wire/random_messages.h"

namespace zige::wire::testing {
namespace {

/// Notes what it is given; refuses record `refuse_at`.
class Notes final : public DeltaSink {
public:
    explicit Notes(std::size_t refuse_at = SIZE_MAX) : refuse_at_(refuse_at) {}
    Result<void> start(DeltaStart start) override {
        seq = start.state.seq;
        return {};
    }
    Result<void> record(Record record, ByteView leaf) override {
        if (records.size() == refuse_at_) return fail(ErrorId::store_failed);
        CPPUNIT_ASSERT_EQUAL(to_hex(encode(record)), to_hex(leaf));
        records.push_back(std::move(record));
        return {};
    }
    Result<void> patch(StandingPatch patch) override {
        patches.push_back(std::move(patch));
        return {};
    }
    Seq seq;
    std::vector<Record> records;
    std::vector<StandingPatch> patches;

private:
    std::size_t refuse_at_;
};

Delta delta_of(std::vector<Record> records, std::vector<StandingPatch> patches) {
    Draw draw(1);
    return {draw_state(draw),  Instant{std::chrono::seconds{1'780'000'000}}, 0, {}, {}, std::move(records),
            std::move(patches)};
}

Alias alias(std::uint32_t no) { return {{no}, {1}, "HIS-" + std::to_string(no)}; }

TEST(Delta, is_read_piece_by_piece_with_the_bytes_of_each_leaf) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Draw draw(seed);
        const Delta delta = draw_delta(draw);
        Notes notes;
        const auto result = read_delta(encode(delta), notes);
        if (!result.ok()) CPPUNIT_FAIL(result.error().describe());
        CPPUNIT_ASSERT(notes.seq == delta.state.seq);
        CPPUNIT_ASSERT(notes.records == delta.records);
        CPPUNIT_ASSERT(notes.patches == delta.patches);
    }
}

TEST(Delta, hands_on_the_error_of_whoever_takes_it) {
    Notes notes(2);
    const auto result = read_delta(encode(delta_of({alias(5), alias(6), alias(9)}, {})), notes);
    CPPUNIT_ASSERT(!result.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::store_failed, result.error().id);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, notes.records.size());
}

ErrorId refusal_of(const Delta& delta) {
    const auto result = decode_delta(encode(delta));
    CPPUNIT_ASSERT(!result.ok());
    return result.error().id;
}

TEST(Delta, refuses_a_number_twice_or_out_of_order) {
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_value, refusal_of(delta_of({alias(5), alias(5)}, {})));
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_value, refusal_of(delta_of({alias(6), alias(5)}, {})));
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_value, refusal_of(delta_of({}, {{{7}, {}}, {{7}, {}}})));
}

TEST(Delta, refuses_a_patch_of_a_record_that_it_carries_whole) {
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_duplicate_key, refusal_of(delta_of({alias(5), alias(8)}, {{{8}, {}}})));
}

TEST(Delta, refuses_a_patch_of_the_institution_itself) {
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_value, refusal_of(delta_of({}, {{{0}, {}}})));
}

TEST(Delta, refuses_a_timeline_that_is_not_sorted) {
    const Day day{std::chrono::year{2026} / 3 / 10};
    StandingTimeline timeline(2);
    timeline[0].from = day;
    timeline[1].from = day - std::chrono::days{1};
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_order, refusal_of(delta_of({}, {{{3}, timeline}})));
}

}  // namespace
}  // namespace zige::wire::testing
