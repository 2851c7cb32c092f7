#include "agent/core/forwards.h"

#include <atomic>
#include <thread>

#include "tests/support/agent_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

Hash256 filled(int byte) {
    Hash256 hash;
    hash.fill(static_cast<std::byte>(byte));
    return hash;
}

agent::Forwards::Message message(int identity = 1) {
    return {"2207", "H41150200001202609010800000001", filled(identity), filled(9), identity == 2};
}

struct Office : AgentFixture {
    Office() { ready(); }
    agent::Forwards forwards() { return agent::Forwards(journal()); }
    /// The forward entries of the journal, "2207 1 begun", in their order.
    std::vector<std::string> entries() {
        std::vector<std::string> found;
        const auto status = journal().status();
        for (std::uint64_t number = 1; number <= status.size; ++number) {
            const auto entry = journal().entry(status.chapter, number).value();
            if (const auto* forward = std::get_if<wire::ForwardEntry>(&entry.body))
                found.push_back(forward->infno + " " + std::to_string(forward->attempt) + " " +
                                to_string(forward->state));
        }
        return found;
    }
};

struct After {
    const char* name;
    ForwardState state;
    std::optional<ErrorId> error;  ///< of the same message again
};
const After kAfter[] = {
    {"accepted", ForwardState::accepted, ErrorId::fsi_already_forwarded},
    {"unknown", ForwardState::unknown, ErrorId::fsi_outcome_unknown},
    {"refused", ForwardState::refused, {}},
    {"not_sent", ForwardState::not_sent, {}},
};

}  // namespace

TEST_EACH(Forwards, sends_the_same_message_again_only_where_nothing_was_taken, kAfter) {
    Office f;
    CPPUNIT_ASSERT_EQUAL(1U, f.forwards().begin(message()).value());
    CPPUNIT_ASSERT(f.forwards().end(message(), 1, row.state, "-1").ok());
    const auto again = f.forwards().begin(message());
    if (row.error) CPPUNIT_ASSERT_EQUAL(*row.error, again.error().id);
    else CPPUNIT_ASSERT_EQUAL(2U, again.value());
    CPPUNIT_ASSERT_EQUAL(1U, f.forwards().begin(message(2)).value());
}

TEST(Forwards, is_on_disk_before_anything_is_sent_and_unknown_after_a_power_cut) {
    Office f;
    CPPUNIT_ASSERT_EQUAL(1U, f.forwards().begin(message()).value());
    CPPUNIT_ASSERT(f.entries() == std::vector<std::string>{"2207 1 begun"});
    f.disk->cut_power_now();
    f.stop();
    f.disk->reboot();
    f.start();
    const auto again = f.forwards().begin(message());
    CPPUNIT_ASSERT_EQUAL(ErrorId::fsi_outcome_unknown, again.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-09-01 08:00:00"), again.error().detail);
    CPPUNIT_ASSERT(f.entries() == std::vector<std::string>{"2207 1 begun"});
}

TEST(Forwards, journals_what_was_sent_and_what_came_of_it) {
    Office f;
    CPPUNIT_ASSERT_EQUAL(1U, f.forwards().begin(message(2)).value());
    CPPUNIT_ASSERT(f.forwards().end(message(2), 1, ForwardState::accepted, "0").ok());
    const auto status = f.journal().status();
    const auto entry = std::get<wire::ForwardEntry>(f.journal().entry(status.chapter, status.size).value().body);
    wire::ForwardEntry expected;
    expected.infno = "2207";
    expected.msgid = "H41150200001202609010800000001";
    expected.message = filled(9);
    expected.state = ForwardState::accepted;
    expected.lines_unseen = true;
    expected.infcode = "0";
    CPPUNIT_ASSERT(expected == entry);
    CPPUNIT_ASSERT(f.journal().verify().ok());
    f.sync();
    CPPUNIT_ASSERT_EQUAL(f.journal().status().size, f.journal().status().held);
}

TEST(Forwards, begins_a_message_once_for_callers_at_the_same_time) {
    Office f;
    std::atomic<int> begun{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < 8; ++i)
        callers.emplace_back([&] {
            if (f.forwards().begin(message()).ok()) ++begun;
        });
    for (auto& each : callers) each.join();
    CPPUNIT_ASSERT_EQUAL(1, begun.load());
}

TEST(Forwards, sends_nothing_that_it_cannot_journal) {
    Office f;
    f.disk->fill_up_at_write(f.disk->counts().writes + 1);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_recorded, f.forwards().begin(message()).error().id);
    f.disk->free_space();
    CPPUNIT_ASSERT_EQUAL(1U, f.forwards().begin(message()).value());
}
