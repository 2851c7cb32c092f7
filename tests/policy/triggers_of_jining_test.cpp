#include <algorithm>

#include "tests/policy/trigger_row.h"

namespace zige::testing {

using namespace zige::hub;
using F = CaseFact;

namespace {

/// The reason of the trigger, if it holds.
const Proposal::Reason* reason_of(const TriggerRow& row, const Proposal& proposal) {
    const auto at = std::ranges::find(proposal.reasons, row.trigger, &Proposal::Reason::trigger);
    return at == proposal.reasons.end() ? nullptr : &*at;
}

bool holds(const TriggerRow& row, const CaseFacts& facts) {
    return reason_of(row, propose(rules_of(row.profile), facts)) != nullptr;
}

TriggerRow act(const char* name, const char* tag, const char* trigger, const char* level, std::int64_t number) {
    return {name, tag, kJining, trigger, level, {{F::act_of_catalogue, number}}, {{F::act_of_catalogue, number}}};
}

}  // namespace

std::vector<TriggerRow> jining_rows() {
    return {
        act("split_stay", "JN-4-1-1", "JN4-1-1", "1", 101),
        act("needless_treatment", "JN-4-1-2", "JN4-1-2", "1", 102),
        act("double_charge", "JN-4-1-3", "JN4-1-3", "1", 103),
        act("swapped_items", "JN-4-1-4", "JN4-1-4", "1", 104),
        act("refused_patient", "JN-4-1-5", "JN4-1-5", "1", 105),
        act("did_not_tell_the_cost", "JN-4-1-6", "JN4-1-6", "1", 106),
        act("prescribed_against_the_rules", "JN-4-1-7", "JN4-1-7", "1", 107),
        act("unclear_records", "JN-4-1-8", "JN4-1-8", "1", 108),
        act("resale_of_drugs", "JN-4-2-1", "JN4-2-1", "3", 201),
        act("fees_outside_the_fund", "JN-4-2-2", "JN4-2-2", "3", 202),
        act("upgraded_diagnosis", "JN-4-2-3", "JN4-2-3", "3", 203),
        act("patient_not_identified", "JN-4-2-4", "JN4-2-4", "3", 204),
        act("cause_of_injury", "JN-4-2-5", "JN4-2-5", "3", 205),
        act("hindered_inspection", "JN-4-3-1", "JN4-3-1", "6", 301),
        act("penalty_of_another_office", "JN-4-3-2", "JN4-3-2", "6", 302),
        act("bad_press", "JN-4-3-3", "JN4-3-3", "6", 303),
        act("lent_code", "JN-4-3-4", "JN4-3-4", "6", 304),
        act("false_patient", "JN-4-4-1", "JN4-4-1", "12", 401),
        act("false_proof", "JN-4-4-2", "JN4-4-2", "12", 402),
        act("forged_records", "JN-4-4-3", "JN4-4-3", "12", 403),
        act("licence_by_its_number", "JN-4-4-4", "JN4-4-4", "12", 404),
        {"licence_by_the_fact", "JN-4-4-4", kJining, "JN4-4-4", "12", {{F::licence_revoked, 1}}, {}},
        act("fraud", "JN-4-4-5", "JN4-4-5", "12", 405),
        act("other_grave", "JN-4-4-6", "JN4-4-6", "12", 406),
    };
}

void check_trigger(const TriggerRow& row) {
    const Proposal proposal = propose(rules_of(row.profile), row.least);
    const Proposal::Reason* reason = reason_of(row, proposal);
    CPPUNIT_ASSERT_MESSAGE("does not hold with the least facts", reason != nullptr);
    CPPUNIT_ASSERT_EQUAL(std::string(row.level), reason->level);
    CPPUNIT_ASSERT(!reason->text.empty());
    for (const auto& [fact, value] : row.least) {
        CaseFacts changed = row.least;
        changed.erase(fact);
        CPPUNIT_ASSERT_MESSAGE(std::string("holds without ") + to_string(fact), !holds(row, changed));
        changed[fact] = value - 1;
        const bool open_below = value == 0;  // 未发现: only more than nothing is too much
        CPPUNIT_ASSERT_MESSAGE(std::string("holds with less of ") + to_string(fact),
                               open_below || !holds(row, changed));
        changed[fact] = row.most.contains(fact) ? row.most.at(fact) : value + 1'000'000;
        CPPUNIT_ASSERT_MESSAGE(std::string("does not hold with the most of ") + to_string(fact), holds(row, changed));
    }
    for (const auto& [fact, value] : row.most) {
        CaseFacts changed = row.least;
        changed[fact] = value + 1;
        CPPUNIT_ASSERT_MESSAGE(std::string("holds with more of ") + to_string(fact), !holds(row, changed));
    }
}

}  // namespace zige::testing
