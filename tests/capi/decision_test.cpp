#include <cstring>

#include "tests/capi/served_folder.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

struct Row {
    const char* name;
    std::function<void(Asked&)> change;
    std::int32_t outcome;
    std::int32_t ground;  ///< the gravest; 0: none
    std::int32_t person;  ///< whose it is
};

const Row kRows[] = {
    {"who_is_eligible_passes", [](Asked&) {}, ZIGE_OUTCOME_ALLOW, 0, 0},
    {"his_own_code_passes", [](Asked& a) { a.line().people[0].code = "0017"; }, ZIGE_OUTCOME_ALLOW, 0, 0},
    {"a_code_in_chinese_passes", [](Asked& a) { a.line().people[0].code = "工号9"; }, ZIGE_OUTCOME_ALLOW, 0, 0},
    {"who_is_suspended_is_refused", [](Asked& a) { a.line().people[0].code = kSuspendedCode; }, ZIGE_OUTCOME_DENY,
     ZIGE_GROUND_SUSPENDED, 0},
    {"who_executes_is_refused_too",
     [](Asked& a) {
         a.line().people[4] = {kSuspendedCode, ZIGE_ROLE_EXECUTING};
     },
     ZIGE_OUTCOME_DENY, ZIGE_GROUND_SUSPENDED, 4},
    {"who_ordered_may_stand_behind_the_others",
     [](Asked& a) {
         a.line().people[0] = {kSuspendedCode, ZIGE_ROLE_EXECUTING};
         a.line().people[7] = {kGoodCode, ZIGE_ROLE_ORDERING};
     },
     ZIGE_OUTCOME_DENY, ZIGE_GROUND_SUSPENDED, 0},
    {"nobody_knows_this_code", [](Asked& a) { a.line().people[0].code = "9999"; }, ZIGE_OUTCOME_HOLD,
     ZIGE_GROUND_UNMAPPED, 0},
    {"a_declared_rescue_passes",
     [](Asked& a) {
         a.line().people[0].code = kSuspendedCode;
         a.line().emergency_kind = ZIGE_EMERGENCY_RESCUE;
         a.line().emergency_reason = "心跳骤停";
         a.line().emergency_declared_by = "王伟";
     },
     ZIGE_OUTCOME_ALLOW_MARKED, ZIGE_GROUND_SUSPENDED, 0},
    {"who_pays_himself_is_not_judged",
     [](Asked& a) {
         a.line().people[0].code = kSuspendedCode;
         a.line().uninsured = 1;
     },
     ZIGE_OUTCOME_NOT_JUDGED, 0, 0},
    {"who_ordered_at_a_pharmacy_is_its_prescriber",
     [](Asked& a) {
         a.claim.transaction = ZIGE_TXN_PHARMACY_SETTLEMENT;
         a.line().people[0].code = kSuspendedCode;
     },
     ZIGE_OUTCOME_DENY, ZIGE_GROUND_SUSPENDED, 0},
    {"a_visit_is_warned_of_and_not_refused",
     [](Asked& a) {
         a.claim.transaction = ZIGE_TXN_VISIT_INFO;
         a.line().people[0] = {kSuspendedCode, ZIGE_ROLE_ATTENDING};
     },
     ZIGE_OUTCOME_ALLOW_MARKED, ZIGE_GROUND_SUSPENDED, 0},
};

}  // namespace

TEST_EACH(CapiDecision, judges_by_the_rules_whoever_owns_the_agent, kRows) {
    for (const bool clear : {false, true}) {
        EnrolledFolder folder;
        std::string by_owner;
        for (const Way way : {Way::owner, Way::socket, Way::http}) {
            ServedFolder served(folder, way);
            Asked asked(folder);
            row.change(asked);
            zige_error error;
            const auto call = clear ? zige_clear : zige_check;
            fine(call(&asked.answer, served.agent, &asked.claim, &error), error);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(shown(asked), row.outcome, asked.answer.outcome);
            const bool passes = row.outcome != ZIGE_OUTCOME_DENY && row.outcome != ZIGE_OUTCOME_HOLD;
            CPPUNIT_ASSERT_EQUAL(passes ? 1 : 0, asked.answer.may_settle);
            CPPUNIT_ASSERT_EQUAL(clear, asked.decision().number > 0);
            if (row.ground != 0) {
                CPPUNIT_ASSERT_MESSAGE(shown(asked), asked.decision().ground_count > 0);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(shown(asked), row.ground, asked.decision().grounds[0].ground);
                CPPUNIT_ASSERT_EQUAL(row.person, asked.decision().grounds[0].person);
                CPPUNIT_ASSERT_EQUAL(asked.line().emergency_kind != 0 ? 1 : 0, asked.decision().grounds[0].freed);
            }
            if (way == Way::owner) by_owner = shown(asked);
            else CPPUNIT_ASSERT_EQUAL(by_owner, shown(asked));
        }
    }
}

TEST(CapiDecision, names_document_article_interval_and_person) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    Asked asked(folder, {kSuspendedCode});
    zige_error error;
    fine(zige_check(&asked.answer, served.agent, &asked.claim, &error), error);
    const zige_ground& ground = asked.decision().grounds[0];
    CPPUNIT_ASSERT_EQUAL(std::string("信医保处〔2026〕12号"), std::string(ground.document));
    CPPUNIT_ASSERT(std::strlen(ground.article) > 0);
    CPPUNIT_ASSERT_EQUAL(format(day_of(folder.now()) - std::chrono::days{30}), std::string(ground.from));
    CPPUNIT_ASSERT_EQUAL(std::string(), std::string(ground.end));
    CPPUNIT_ASSERT_EQUAL(format(day_of(folder.now()) + std::chrono::days{60}), std::string(ground.nominal_end));
    CPPUNIT_ASSERT_EQUAL(std::string("张强"), std::string(asked.decision().people[0].name));
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_ADVICE_ORDER_BY_OTHER}, asked.decision().advice);
    CPPUNIT_ASSERT_EQUAL(std::string("H41150200001"), std::string(asked.answer.institution));
    CPPUNIT_ASSERT_EQUAL(std::size_t{19}, std::strlen(asked.answer.decided_at));
}

TEST(CapiDecision, decides_thirty_lines_of_several_people_and_departments_at_once) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    Asked asked(folder, std::vector<const char*>(30, kGoodCode));
    for (std::size_t i = 0; i < 30; ++i) {
        asked.line(i).department = i % 2 == 0 ? "A01" : "B02";
        asked.line(i).people[3] = {i == 17 ? kSuspendedCode : kOtherCode, ZIGE_ROLE_EXECUTING};
        asked.line(i).people[5] = {kNurseCode, ZIGE_ROLE_NURSE};
    }
    zige_error error;
    fine(zige_clear(&asked.answer, served.agent, &asked.claim, &error), error);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OUTCOME_DENY}, asked.answer.outcome);
    CPPUNIT_ASSERT_EQUAL(0, asked.answer.may_settle);
    for (std::size_t i = 0; i < 30; ++i) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(shown(asked), i == 17 ? 0 : 1, asked.decision(i).may_settle);
        CPPUNIT_ASSERT_EQUAL(asked.decision(0).number + i, asked.decision(i).number);
        CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_ROLE_NURSE}, asked.decision(i).people[5].role);
        CPPUNIT_ASSERT_EQUAL(0, asked.decision(i).people[1].role);
    }
    CPPUNIT_ASSERT_EQUAL(3, asked.decision(17).grounds[0].person);
}

TEST(CapiDecision, gives_the_same_decision_for_the_same_key) {
    EnrolledFolder folder;
    for (const Way way : {Way::owner, Way::socket}) {
        ServedFolder served(folder, way);
        zige_error error;
        Asked first(folder);
        first.claim.idempotency_key = way == Way::owner ? "K-1" : "K-2";
        fine(zige_clear(&first.answer, served.agent, &first.claim, &error), error);
        Asked again(folder);
        again.claim.idempotency_key = first.claim.idempotency_key;
        again.line().fee_time = first.time.c_str();
        fine(zige_clear(&again.answer, served.agent, &again.claim, &error), error);
        CPPUNIT_ASSERT_EQUAL(0, first.answer.repeated);
        CPPUNIT_ASSERT_EQUAL(1, again.answer.repeated);
        CPPUNIT_ASSERT_EQUAL(first.decision().number, again.decision().number);
        CPPUNIT_ASSERT_EQUAL(std::string(first.decision().reference), std::string(again.decision().reference));
        CPPUNIT_ASSERT_EQUAL(std::string(first.answer.decided_at), std::string(again.answer.decided_at));
        CPPUNIT_ASSERT_EQUAL(std::string(), std::string(again.answer.as_of));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{-1}, again.decision().age_seconds);
        again.line().amount_fen = 999;
        CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_JOURNAL_IDEMPOTENCY_CONFLICT},
                             zige_clear(&again.answer, served.agent, &again.claim, &error));
        CPPUNIT_ASSERT_EQUAL(0, again.answer.may_settle);  // of the call before nothing is left
        CPPUNIT_ASSERT_EQUAL(0, again.decision().may_settle);
    }
}

TEST(CapiDecision, observes_without_refusing) {
    EnrolledFolder folder(Mode::observe);
    ServedFolder served(folder);
    Asked asked(folder, {kSuspendedCode});
    zige_error error;
    fine(zige_clear(&asked.answer, served.agent, &asked.claim, &error), error);
    CPPUNIT_ASSERT_EQUAL(1, asked.answer.may_settle);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OUTCOME_DENY}, asked.decision().judged);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_MODE_OBSERVE}, asked.answer.mode);
}

/// A disk on which nothing can be written any more: P1 for who is refused, no answer for the rest.
TEST(CapiDecision, refuses_whom_it_must_when_the_journal_cannot_be_written) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    Asked asked(folder, {kGoodCode, kSuspendedCode});
    Asked good(folder);
    zige_error error;
    {
        const FullDisk full;
        fine(zige_clear(&asked.answer, served.agent, &asked.claim, &error), error);
        CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_JOURNAL_NOT_RECORDED},
                             zige_clear(&good.answer, served.agent, &good.claim, &error));
    }
    CPPUNIT_ASSERT_EQUAL(1U, asked.answer.unanswered);
    CPPUNIT_ASSERT_EQUAL(0, asked.answer.may_settle);
    CPPUNIT_ASSERT_EQUAL(0, asked.decision(0).outcome);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_JOURNAL_NOT_RECORDED}, asked.decision(0).error);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OUTCOME_DENY}, asked.decision(1).outcome);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, asked.decision(1).number);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_KIND_STOP}, error.kind);
    fine(zige_clear(&good.answer, served.agent, &good.claim, &error), error);
    CPPUNIT_ASSERT(good.decision().number > 0);
}
