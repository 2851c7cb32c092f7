#include "agent/core/succession.h"

#include "shared/sqlite/database.h"
#include "shared/wire/codec.h"
#include "tests/support/replaced_pc.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

TEST(ReplacedPc, carries_the_journal_over_and_goes_on_in_the_next_chapter) {
    Replaced f;
    const auto before = f.journal().status();
    CPPUNIT_ASSERT(f.pc.enrol().ok());
    const auto status = f.pc.agent->status();
    CPPUNIT_ASSERT_EQUAL(4U, status.agent.value);
    CPPUNIT_ASSERT_EQUAL(3U, status.replaces.value);
    CPPUNIT_ASSERT_EQUAL(2U, status.journal.chapter.value);
    CPPUNIT_ASSERT_EQUAL(before.unheld + 1, status.journal.unheld);  // and its own first entry
    const auto first = std::get<wire::ChapterEntry>(f.pc.journal().entry({2}, 1)->body);
    CPPUNIT_ASSERT(first.before == (wire::ChapterBefore{AgentId{3}, Chapter{1}, before.size, before.hash}));
    const auto verified = f.pc.journal().verify();
    CPPUNIT_ASSERT_MESSAGE(verified ? "" : verified.error().describe(), verified.ok());
    CPPUNIT_ASSERT_EQUAL(before.size + 1, verified->entries);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, verified->chapters);
}

TEST(ReplacedPc, hands_in_the_rest_and_the_filings_that_waited) {
    Replaced f;
    const auto before = f.journal().status();
    CPPUNIT_ASSERT(f.pc.enrol().ok());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.pc.agent->status().filings_waiting);
    f.pc.sync();
    CPPUNIT_ASSERT_EQUAL(before.size, std::uint64_t{f.pc.old_entries_at_hub().size()});
    CPPUNIT_ASSERT(!f.hub.forked);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, f.pc.agent->status().journal.unheld);
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, f.pc.agent->status().filings_waiting);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.hub.filings.size());
}

TEST(ReplacedPc, repeats_an_answer_that_the_old_pc_gave) {
    Replaced f;
    const auto earlier = f.clear("D411502000003", "first");
    CPPUNIT_ASSERT(f.pc.enrol().ok());
    f.pc.sync();
    const agent::ClaimLine lines[] = {{"1", AgentFixture::line("D411502000003")}};
    const auto again = f.pc.agent->gate().value()->clear({"C-1", "first", lines});
    CPPUNIT_ASSERT(again.ok() && again->repeated);
    CPPUNIT_ASSERT_EQUAL(earlier->lines[0].number, again->lines[0].number);
    CPPUNIT_ASSERT_EQUAL(1U, again->chapter.value);
}

TEST(ReplacedPc, lets_the_old_program_name_its_successor_without_a_line) {
    Replaced f;
    CPPUNIT_ASSERT(f.pc.enrol().ok());
    f.transports.down = true;
    f.restart();
    const auto word = f.agent->status().revoked;
    CPPUNIT_ASSERT(word && word->reason == RevocationReason::replaced);
    CPPUNIT_ASSERT_EQUAL(4U, word->replaced_by.value);
    CPPUNIT_ASSERT(f.clear("D411502000001", "late").ok());  // P11: nobody is refused for it
}

TEST(ReplacedPc, without_the_old_folder_starts_with_nothing) {
    Replaced f;
    CPPUNIT_ASSERT(f.pc.agent->enrol(f.slip()).ok());
    CPPUNIT_ASSERT(!std::get<wire::ChapterEntry>(f.pc.journal().entry({2}, 1)->body).before);
    f.pc.sync();
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, f.pc.agent->status().journal.unheld);
}

struct Wrong {
    const char* name;
    ErrorId error;
    void (*spoil)(Replaced&);
};
const Wrong kWrong[] = {
    {"the_slip_is_for_another_place", ErrorId::enrol_bad_slip, [](Replaced& f) { f.hub.replaces = AgentId{2}; }},
    {"the_slip_is_for_no_place", ErrorId::enrol_bad_slip, [](Replaced& f) { f.hub.replaces = {}; }},
    {"somebody_else_took_it_over", ErrorId::agent_revoked,
     [](Replaced& f) {
         const wire::Revocation word{AgentId{3}, RevocationReason::replaced, f.hub.now, AgentId{9}};
         CPPUNIT_ASSERT(f.files.write("/data/revocation", wire::encode(word)).ok());
         f.restart();
     }},
    {"the_folder_is_in_a_later_chapter", ErrorId::chapter_unexpected,
     [](Replaced& f) { CPPUNIT_ASSERT(f.journal().open_chapter(Chapter{2}, "test").ok()); }},
};
TEST_EACH(ReplacedPc, is_refused_and_can_go_on_without_the_folder_when, kWrong) {
    Replaced f;
    row.spoil(f);
    CPPUNIT_ASSERT_EQUAL(row.error, f.pc.enrol().error().id);
    CPPUNIT_ASSERT(!f.pc.agent->enrolled());
    CPPUNIT_ASSERT(f.pc.agent->enrol(f.slip()).ok());
    f.pc.sync();
}

/// Two of the predecessor's keys in one journal: each chapter is checked by the key of who wrote it.
TEST(ReplacedPc, of_a_successor_keeps_every_key) {
    Replaced f;
    CPPUNIT_ASSERT(f.pc.enrol().ok());
    const auto middle = f.pc.agent->hand_over();
    f.hub.succeed(AgentId{5});
    NewPc last(f, 3);
    last.keys = FakeKeys(Suite::ed25519_sha256, std::byte{0x79});
    last.start();
    const auto done = last.agent->enrol(f.slip(), &*middle);
    CPPUNIT_ASSERT_MESSAGE(done ? "" : done.error().describe(), done.ok());
    const auto verified = last.journal().verify();
    CPPUNIT_ASSERT_MESSAGE(verified ? "" : verified.error().describe(), verified.ok());
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, verified->chapters);
}

TEST(ReplacedPc, notices_a_changed_entry_of_the_predecessor) {
    Replaced f;
    CPPUNIT_ASSERT(f.pc.enrol().ok());
    f.pc.agent.reset();
    f.pc.journal_store.reset();
    {
        auto database = sqlite::Database::open({.path = "/data/journal.db", .vfs = f.pc.vfs.name()}).value();
        CPPUNIT_ASSERT(database->execute("UPDATE batch SET signature = zeroblob(64) WHERE last < (2 << 40)").ok());
    }
    f.pc.start();
    const auto verified = f.pc.journal().verify();
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_corrupt, verified.error().id);
    CPPUNIT_ASSERT(verified.error().field.starts_with("chapter 1 "));
}
