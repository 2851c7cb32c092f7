#include "shared/wire/journaled_line.h"

#include "tests/support/testing.h"
#include "tests/unit/wire/random_messages.h"

namespace zige::wire::testing {
namespace {

/// What the gate writes and the hub reads again: neither may lose what decides.
TEST(JournaledLine, comes_back_as_it_went_in) {
    std::size_t prescribed = 0;
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        Draw draw(seed);
        const JournalEntry entry = draw_journal_entry(draw);
        const auto* before = std::get_if<DecisionEntry>(&entry.body);
        if (before == nullptr) continue;
        DecisionEntry question = *before;  // without what was decided, and without what is not the line's
        question.claim_id = question.line_id = question.idempotency_key = "";
        question.judged = question.served = Outcome::allow;
        question.grounds.clear();
        question.state_hash = {};
        question.mode = Mode::enforce;
        for (JournaledPerson& person : question.people) {
            person.found = PersonFound::not_judged;
            person.no = {};
            person.outcome = Outcome::not_judged;
        }
        CPPUNIT_ASSERT(question == journaled(line_of(*before)));
        prescribed += question.prescribed_at ? 1 : 0;
    }
    CPPUNIT_ASSERT(prescribed > 10);
}

TEST(JournaledLine, leaves_out_people_whom_no_line_can_have) {
    DecisionEntry entry;
    entry.people.resize(kMaxPeoplePerLine + 3);
    CPPUNIT_ASSERT_EQUAL(kMaxPeoplePerLine, line_of(entry).people.size());
}

}  // namespace
}  // namespace zige::wire::testing
