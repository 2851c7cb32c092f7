#include "shared/wire/accept.h"

#include "shared/openssl/crypto.h"
#include "shared/wire/limits.h"
#include "tests/support/testing.h"

namespace zige::wire {
namespace {

const InstitutionCode kOwn{"H41042300017"};

State state(std::uint32_t epoch, std::uint64_t seq, std::uint32_t trust = 3, std::byte root = {}) {
    State result{kOwn, {epoch}, {seq}, {}, {}, trust, {}};
    result.root.fill(root);
    return result;
}

struct Step {
    const char* name;
    State next;
    ErrorId error;
};
const Step kRefused[] = {
    {"of_another_institution", {{"H41042300018"}, {2}, {101}, {}, {}, 3, {}}, ErrorId::wire_wrong_institution},
    {"older", state(2, 99), ErrorId::wire_replayed},
    {"of_an_older_epoch", state(1, 101), ErrorId::wire_replayed},
    {"of_a_new_epoch_with_an_old_number", state(3, 100), ErrorId::wire_replayed},
    {"with_older_trust", state(2, 101, 2), ErrorId::wire_replayed},
    {"two_epochs_ahead", state(4, 101), ErrorId::wire_epoch_jump},
    {"with_other_bytes_under_one_number", state(2, 100, 3, std::byte{1}), ErrorId::wire_fork},
};
TEST_EACH(State, refuses_one, kRefused) {
    const State have = state(2, 100);
    const auto result = check_state(kOwn, &have, row.next);
    CPPUNIT_ASSERT(!result.ok());
    CPPUNIT_ASSERT_EQUAL_MESSAGE(result.error().describe(), row.error, result.error().id);
}

TEST(State, takes_what_is_newer_and_knows_what_it_holds) {
    const State have = state(2, 100);
    CPPUNIT_ASSERT_EQUAL(true, check_state(kOwn, nullptr, have).value());
    CPPUNIT_ASSERT_EQUAL(false, check_state(kOwn, &have, have).value());
    CPPUNIT_ASSERT_EQUAL(true, check_state(kOwn, &have, state(2, 101, 4)).value());
    CPPUNIT_ASSERT_EQUAL(true, check_state(kOwn, &have, state(3, 108)).value());
}

TEST(State, refuses_another_institution_on_an_empty_copy_too) {
    const auto result = check_state({"H41042300018"}, nullptr, state(1, 1));
    CPPUNIT_ASSERT(!result.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_wrong_institution, result.error().id);
}

const StateReset kReset{{3}, 7};

TEST(State, after_a_reset_is_of_its_epoch_whatever_is_held) {
    const State far_ahead = state(9, 900, 6);
    for (const std::uint64_t seq : {1U, 900U, 950U})
        CPPUNIT_ASSERT_EQUAL(true, check_state(kOwn, &far_ahead, state(3, seq, 7), &kReset).value());
    CPPUNIT_ASSERT_EQUAL(true, check_state(kOwn, nullptr, state(3, 1, 8), &kReset).value());
}

const Step kRefusedAfterReset[] = {
    {"of_another_institution", {{"H41042300018"}, {3}, {101}, {}, {}, 7, {}}, ErrorId::wire_wrong_institution},
    {"of_the_epoch_that_was_held", state(2, 101, 7), ErrorId::wire_epoch_jump},
    {"of_the_next_epoch", state(4, 101, 7), ErrorId::wire_epoch_jump},
    {"published_before_the_reset", state(3, 101, 6), ErrorId::wire_replayed},
};
TEST_EACH(State, after_a_reset_refuses_one, kRefusedAfterReset) {
    const State have = state(2, 100);
    const auto result = check_state(kOwn, &have, row.next, &kReset);
    CPPUNIT_ASSERT(!result.ok());
    CPPUNIT_ASSERT_EQUAL_MESSAGE(result.error().describe(), row.error, result.error().id);
}

TEST(DeltaStart, is_where_we_are_or_nothing) {
    DeltaStart delta;
    delta.state = state(1, 5);
    const Hash256 have = state(1, 4, 3, std::byte{7}).root;
    delta.state.previous = have;
    CPPUNIT_ASSERT(check_delta_start(delta, have).ok());
    delta.from = kGenesis;
    CPPUNIT_ASSERT(check_delta_start(delta, have).ok());
    delta.from = state(1, 4, 3, std::byte{8}).root;
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_gap, check_delta_start(delta, have).error().id);
    CPPUNIT_ASSERT_EQUAL(Errc::gap, check_delta_start(delta, have).error().code());
}

TEST(Blob, is_made_of_the_chunks_that_the_manifest_names) {
    const auto hasher = make_hasher(Suite::ed25519_sha256);
    const Bytes blob(kChunkBytes + 100, std::byte{0x5a});
    const ByteView first = ByteView(blob).first(kChunkBytes);
    const ByteView second = ByteView(blob).subspan(kChunkBytes);
    const Manifest manifest{{}, {}, blob.size(), hasher->hash({blob}), {hasher->hash({first}), hasher->hash({second})}};
    CPPUNIT_ASSERT(check_chunk(manifest, 0, first, *hasher).ok());
    CPPUNIT_ASSERT(check_chunk(manifest, 1, second, *hasher).ok());
    CPPUNIT_ASSERT(check_blob(manifest, blob, *hasher).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_chunk, check_chunk(manifest, 1, first, *hasher).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_chunk, check_chunk(manifest, 2, second, *hasher).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_chunk, check_chunk(manifest, 0, first.first(9), *hasher).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_hash, check_blob(manifest, first, *hasher).error().id);
}

}  // namespace
}  // namespace zige::wire
