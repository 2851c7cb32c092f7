#include <cstddef>
#include <cstring>

#include "tests/capi/served_folder.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

constexpr Way kWays[] = {Way::owner, Way::socket};

void clear(Asked& asked, zige_agent* agent) {
    zige_error error;
    fine(zige_clear(&asked.answer, agent, &asked.claim, &error), error);
}

zige_reversal reversal_by(const char* who) {
    zige_reversal reversal;
    ZIGE_INIT(reversal);
    reversal.by = who;
    reversal.transaction = "2205";
    return reversal;
}

zige_reversed reverse(zige_agent* agent, const zige_reversal& reversal) {
    zige_reversed reversed;
    ZIGE_INIT(reversed);
    zige_error error;
    fine(zige_reverse(&reversed, agent, &reversal, &error), error);
    return reversed;
}

/// An emergency of somebody who is suspended.
void declare(zige_line& line) {
    line.emergency_kind = ZIGE_EMERGENCY_RESCUE;
    line.emergency_reason = "心搏骤停";
    line.emergency_declared_by = "王伟";
}

struct Evidence {
    Evidence(const EnrolledFolder& folder, const char* reference)
        : begun(format(folder.now() - std::chrono::hours{1})), ended(format(folder.now() - std::chrono::minutes{5})) {
        ZIGE_INIT(given);
        given.kind = ZIGE_EMERGENCY_RESCUE;
        given.reference = reference;
        given.begun = begun.c_str();
        given.ended = ended.c_str();
        given.record_number = "QJ-03";
        given.by = "王伟";
    }
    std::string begun;
    std::string ended;
    zige_evidence given{};
};

}  // namespace

TEST(CapiFollowup, what_is_reversed_is_asked_anew_under_the_same_key) {
    EnrolledFolder folder;
    for (const Way way : kWays) {
        ServedFolder served(folder, way, ZIGE_GBK);
        const std::string key = way == Way::owner ? "K-1" : "K-2";
        Asked asked(folder, {kGoodCode, kSuspendedCode});
        asked.claim.idempotency_key = key.c_str();
        clear(asked, served.agent);
        const std::uint64_t first = asked.decision().number;
        const std::string reference = asked.decision().reference;
        clear(asked, served.agent);
        CPPUNIT_ASSERT_EQUAL(1, asked.answer.repeated);
        zige_reversal reversal = reversal_by("1");
        reversal.idempotency_key = key.c_str();
        const zige_reversed reversed = reverse(served.agent, reversal);
        CPPUNIT_ASSERT_EQUAL(2U, reversed.decisions);
        CPPUNIT_ASSERT_EQUAL(0, reversed.repeated);
        CPPUNIT_ASSERT(reversed.number > first);
        clear(asked, served.agent);
        CPPUNIT_ASSERT_EQUAL(0, asked.answer.repeated);
        CPPUNIT_ASSERT(asked.decision().number > reversed.number);
        const char* const references[] = {reference.c_str()};
        zige_reversal again = reversal_by("1");
        again.references = references;
        again.reference_count = 1;
        CPPUNIT_ASSERT_EQUAL(1, reverse(served.agent, again).repeated);
    }
}

TEST(CapiFollowup, the_evidence_of_an_emergency_is_recorded_once) {
    EnrolledFolder folder;
    for (const Way way : kWays) {
        ServedFolder served(folder, way);
        Asked asked(folder, {kSuspendedCode});
        declare(asked.line());
        clear(asked, served.agent);
        CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OUTCOME_ALLOW_MARKED}, asked.decision().outcome);
        const Evidence evidence(folder, asked.decision().reference);
        std::uint64_t recorded = 0;
        for (int i = 0; i < 2; ++i) {
            zige_evidence_duty duty;
            ZIGE_INIT(duty);
            zige_error error;
            fine(zige_add_evidence(&duty, served.agent, &evidence.given, &error), error);
            CPPUNIT_ASSERT_EQUAL(asked.decision().number, duty.number);
            CPPUNIT_ASSERT_EQUAL(asked.answer.chapter, duty.chapter);
            CPPUNIT_ASSERT_EQUAL(0, duty.late);
            CPPUNIT_ASSERT_EQUAL(std::size_t{19}, std::strlen(duty.due));
            CPPUNIT_ASSERT(duty.evidence > duty.number);
            if (i == 1) CPPUNIT_ASSERT_EQUAL(recorded, duty.evidence);
            recorded = duty.evidence;
        }
    }
}

TEST(CapiFollowup, the_head_of_the_institution_frees_an_unknown_code_and_never_a_suspended_person) {
    EnrolledFolder folder;
    for (const Way way : kWays) {
        ServedFolder served(folder, way);
        Asked asked(folder, {"0099", kSuspendedCode});
        for (zige_line& line : asked.lines) {
            line.release_reason = "新到人员，代码对照未完成";
            line.released_by = "李院长";
        }
        clear(asked, served.agent);
        CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OUTCOME_ALLOW_MARKED}, asked.decision(0).outcome);
        bool freed = false;
        for (std::uint32_t i = 0; i < asked.decision(0).ground_count; ++i)
            freed |= asked.decision(0).grounds[i].freed == 2;
        CPPUNIT_ASSERT(freed);
        CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OUTCOME_DENY}, asked.decision(1).outcome);
    }
}

TEST(CapiFollowup, a_refused_line_that_comes_again_under_another_name_needs_an_order) {
    EnrolledFolder folder;
    for (const Way way : kWays) {
        ServedFolder served(folder, way);
        const std::string visit = way == Way::owner ? "MDT-1" : "MDT-2";
        const auto of_visit = [&](zige_line& line) {
            line.visit = visit.c_str();
            line.item_code = "YP-0001";
        };
        Asked refused(folder, {kSuspendedCode});
        of_visit(refused.line());
        clear(refused, served.agent);
        CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OUTCOME_DENY}, refused.decision().outcome);
        Asked again(folder, {kGoodCode});
        of_visit(again.line());
        clear(again, served.agent);
        CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OUTCOME_HOLD}, again.decision().outcome);
        CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_ADVICE_NEW_ORDER}, again.decision().advice);
        const std::string written = format(folder.now() + std::chrono::seconds{1});
        again.line().order_number = "YZ-7";
        again.line().order_time = written.c_str();
        clear(again, served.agent);
        CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OUTCOME_ALLOW_MARKED}, again.decision().outcome);
        CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_GROUND_REATTRIBUTION}, again.decision().grounds[0].ground);
    }
}

TEST(CapiFollowup, a_program_of_the_header_without_visits_still_asks) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    Asked asked(folder, {kGoodCode, kSuspendedCode});
    constexpr std::size_t kThen = offsetof(zige_line, visit);
    std::vector<unsigned char> lines(2 * kThen);
    for (std::size_t i = 0; i < 2; ++i) std::memcpy(lines.data() + i * kThen, &asked.lines[i], kThen);
    asked.claim.lines = reinterpret_cast<const zige_line*>(lines.data());
    asked.claim.line_size = kThen;
    clear(asked, served.agent);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OUTCOME_ALLOW}, asked.decision(0).outcome);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OUTCOME_DENY}, asked.decision(1).outcome);
}

namespace {

struct Row {
    const char* name;
    std::function<void(zige_evidence&)> spoil;
    std::int32_t code;
    const char* field;
};
const Row kEvidence[] = {
    {"no_reference", [](zige_evidence& e) { e.reference = nullptr; }, ZIGE_E_API_BAD_FIELD, "evidence.reference"},
    {"a_path_for_a_reference", [](zige_evidence& e) { e.reference = "../../"; }, ZIGE_E_API_BAD_FIELD,
     "evidence.reference"},
    {"an_unknown_reference", [](zige_evidence& e) { e.reference = "ZZZZZZ"; }, ZIGE_E_JOURNAL_NOT_FOUND, "reference"},
    {"no_kind", [](zige_evidence& e) { e.kind = 0; }, ZIGE_E_API_BAD_FIELD, "evidence.kind"},
    {"a_kind_below_all", [](zige_evidence& e) { e.kind = INT32_MIN; }, ZIGE_E_API_BAD_FIELD, "evidence.kind"},
    {"no_begin", [](zige_evidence& e) { e.begun = nullptr; }, ZIGE_E_API_MISSING_FIELD, "evidence.begun"},
    {"no_time", [](zige_evidence& e) { e.ended = "soon"; }, ZIGE_E_TIME_BAD_TIME, "resc_endtime"},
    {"an_end_before_the_begin", [](zige_evidence& e) { std::swap(e.begun, e.ended); }, ZIGE_E_API_BAD_FIELD,
     "resc_endtime"},
    {"nobody_who_records_it", [](zige_evidence& e) { e.by = ""; }, ZIGE_E_API_MISSING_FIELD, "evidence.by"},
    {"a_size_of_nothing", [](zige_evidence& e) { e.size = 3; }, ZIGE_E_API_BAD_FIELD, "evidence.size"},
};

}  // namespace

TEST_EACH(CapiFollowup, refuses_evidence_with, kEvidence) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    Asked asked(folder, {kSuspendedCode});
    declare(asked.line());
    clear(asked, served.agent);
    Evidence evidence(folder, asked.decision().reference);
    row.spoil(evidence.given);
    zige_evidence_duty duty;
    ZIGE_INIT(duty);
    zige_error error;
    CPPUNIT_ASSERT_EQUAL(row.code, zige_add_evidence(&duty, served.agent, &evidence.given, &error));
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), std::string(error.field));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, duty.evidence);
}

namespace {

const char* const kOne[] = {"7KQ2M4"};
const char* const kBadOne[] = {"7KQ2M4", "no"};
struct ReversalRow {
    const char* name;
    std::function<void(zige_reversal&)> spoil;
    std::int32_t code;
    const char* field;
};
const ReversalRow kReversals[] = {
    {"nothing_named", [](zige_reversal&) {}, ZIGE_E_API_MISSING_FIELD, "references"},
    {"a_key_and_references",
     [](zige_reversal& r) {
         r.idempotency_key = "K";
         r.references = kOne;
         r.reference_count = 1;
     },
     ZIGE_E_API_MISSING_FIELD, "references"},
    {"a_key_that_nobody_used", [](zige_reversal& r) { r.idempotency_key = "K"; }, ZIGE_E_JOURNAL_NOT_FOUND,
     "idempotency_key"},
    {"references_that_are_not_there", [](zige_reversal& r) { r.reference_count = 1; }, ZIGE_E_API_MISSING_FIELD,
     "reversal.references"},
    {"a_second_one_that_is_no_reference",
     [](zige_reversal& r) {
         r.references = kBadOne;
         r.reference_count = 2;
     },
     ZIGE_E_API_BAD_FIELD, "reversal.references[1]"},
    {"more_than_a_claim_has", [](zige_reversal& r) { r.reference_count = ZIGE_MAX_LINES + 1; }, ZIGE_E_API_BAD_FIELD,
     "reversal.reference_count"},
    {"nobody_who_does_it", [](zige_reversal& r) { r.by = nullptr; }, ZIGE_E_API_MISSING_FIELD, "reversal.by"},
};

}  // namespace

TEST_EACH(CapiFollowup, refuses_a_reversal_with, kReversals) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    zige_reversal reversal = reversal_by("1");
    row.spoil(reversal);
    zige_reversed reversed;
    ZIGE_INIT(reversed);
    zige_error error;
    CPPUNIT_ASSERT_EQUAL(row.code, zige_reverse(&reversed, served.agent, &reversal, &error));
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), std::string(error.field));
}
