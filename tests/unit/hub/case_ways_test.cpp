#include <algorithm>

#include "tests/support/testing.h"
#include "tests/unit/hub/case_scene.h"

namespace zige::hub::testing {
namespace {

using K = CaseKind;
using P = CaseStep;
using S = CaseState;

/// Every way on, written by hand: kind, state, "step>state ..."; "step!>state" for the verdict that disagrees.
struct Ways {
    K kind;
    S from;
    const char* ways;
};
#define ZIGE_WAYS_OF_A_DECISION(kind)                                                                         \
    {kind, S::opened, "facts>established drop>dropped"}, {kind, S::established, "hear>heard drop>dropped"},   \
        {kind, S::heard, "propose>proposed drop>dropped"},                                                    \
        {kind, S::proposed, "propose>proposed notice>noticed drop>dropped"},                                  \
        {kind, S::noticed,                                                                                    \
         "propose>proposed statement>stated waive>answered review>reviewed review!>heard discuss>discussed discuss!>heard "    \
         "decide>decided "                                                                                    \
         "drop>dropped"},                                                                                     \
        {kind, S::stated, "statement>stated verify>answered drop>dropped"},                                   \
        {kind, S::answered,                                                                                   \
         "propose>proposed review>reviewed review!>heard discuss>discussed discuss!>heard decide>decided "    \
         "drop>dropped"},                                                                                     \
        {kind, S::reviewed, "propose>proposed discuss>discussed discuss!>heard decide>decided drop>dropped"}, \
        {kind, S::discussed, "propose>proposed decide>decided drop>dropped"},                                 \
        {kind, S::decided, "issue>issued"}, {kind, S::issued, "serve>served"},                                \
        {kind, S::served, "updated>updated appeal>appealed appeal>appealed_late close>closed"},               \
        {kind, S::updated, "appeal>appealed appeal>appealed_late close>closed"},                              \
        {kind, S::appealed_late, "admit>appealed admit!>upheld updated>appealed_late"},                       \
        {kind, S::appealed,                                                                                   \
         "transfer>with_department explain>explained correct>corrected withdraw>withdrawn updated>appealed"}, \
        {kind, S::explained,                                                                                  \
         "accept>upheld persist>with_department correct>corrected withdraw>withdrawn updated>explained"},     \
        {kind, S::with_department,                                                                            \
         "appraise>in_appraisal uphold>upheld correct>corrected withdraw>withdrawn updated>with_department"}, \
        {kind, S::in_appraisal, "appraised>with_department updated>in_appraisal"},                            \
        {kind, S::upheld, "inform>informed"}, {kind, S::corrected, "inform>informed"},                        \
        {kind, S::withdrawn, "inform>informed"}, {kind, S::informed, "updated>informed close>closed"},        \
        {kind, S::closed, "appeal>appealed_late"}, {                                                          \
        kind, S::dropped, ""                                                                                  \
    }
#define ZIGE_WAYS_OF_AN_APPLICATION(kind)                                                           \
    {kind, S::opened, "consent>consented consent!>dropped drop>dropped"},                           \
        {kind, S::consented, "evaluate>evaluated evaluate!>refused drop>dropped"},                  \
        {kind, S::evaluated, "decide>decided drop>dropped"}, {kind, S::decided, "inform>informed"}, \
        {kind, S::refused, "inform>informed"}, {kind, S::upheld, "inform>informed"}, {              \
        kind, S::dropped, ""                                                                        \
    }
const Ways kWays[] = {
    ZIGE_WAYS_OF_A_DECISION(K::scoring),
    ZIGE_WAYS_OF_A_DECISION(K::status),
    ZIGE_WAYS_OF_AN_APPLICATION(K::repair),
    {K::repair, S::informed, "updated>informed close>closed"},
    ZIGE_WAYS_OF_AN_APPLICATION(K::restoration),
    {K::restoration, S::informed, "updated>informed close>closed appeal>with_department"},
    {K::restoration, S::with_department, "uphold>upheld overrule>evaluated"},
    {K::status, S::opened, "appeal>appealed appeal>appealed_late"},  // against a notice that was made without a case
    {K::scoring, S::opened, "appeal>appealed appeal>appealed_late"},
    {K::status, S::decided, "drop>dropped"},  // nothing runs before it is served
    {K::status, S::issued, "drop>dropped"},
    {K::referral, S::opened, "refer>referred drop>dropped"},
    {K::referral, S::referred, "reply>replied"},
    {K::referral, S::replied, "reply>replied close>closed"},
};

std::string ways_of(K kind, S state) {
    std::string ways = " ";
    for (const Ways& each : kWays)
        if (each.kind == kind && each.from == state) ways += std::string(each.ways) + " ";
    return ways;
}

struct Attempt {
    K kind;
    S state;
    P step;
    Opinion opinion;
};

StepTaken past(P step, K kind, std::string_view on, Opinion opinion = Opinion::agree) {
    return step_of(step, kind, on, "张拟稿", opinion);
}

/// A track in that state whose past lets every guard pass that `found_by` and `passed` allow.
TrackScene somewhere(const Attempt& attempt, const char* found_by, Opinion passed) {
    TrackScene scene(attempt.kind);
    scene.track.document = "信医保处〔2026〕9号";
    scene.track.state = attempt.state;
    auto& steps = scene.track.steps;
    steps.push_back(with(past(P::facts, K::scoring, "2026-03-02"), "found_by", found_by));
    steps.push_back(past(P::propose, K::scoring, "2026-03-03"));
    steps.push_back(past(P::evaluate, K::restoration, "2026-03-04", passed));
    steps.push_back(past(P::notice, K::scoring, "2026-03-05"));
    steps.push_back(past(P::serve, K::scoring, "2026-04-01"));
    return scene;
}

/// Where the step leads by any of the pasts; nothing if all refuse it.
std::vector<std::string> outcomes(const Attempt& attempt, std::vector<Error>& errors) {
    std::vector<std::string> found;
    for (const char* found_by : {"bureau", "department"})
        for (const Opinion passed : {Opinion::agree, Opinion::disagree})
            for (const char* on : {"2026-04-02", "2026-06-01"}) {
                const TrackScene scene = somewhere(attempt, found_by, passed);
                const auto rule = scene.check(step_of(attempt.step, attempt.kind, on, "李审核", attempt.opinion));
                if (!rule.ok()) errors.push_back(rule.error());
                else found.emplace_back(to_string((*rule)->to.value_or(attempt.state)));
            }
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

bool is_refusal(ErrorId id) {
    return id == ErrorId::case_wrong_step || id == ErrorId::case_step_missing || id == ErrorId::case_closed ||
           id == ErrorId::case_evaluation_failed;
}

void check_attempt(const Attempt& attempt) {
    std::vector<Error> errors;
    const auto found = outcomes(attempt, errors);
    const std::string ways = ways_of(attempt.kind, attempt.state);
    const std::string step = std::string(to_string(attempt.step)) + (attempt.opinion == Opinion::disagree ? "!>" : ">");
    std::size_t expected = 0;
    for (std::size_t at = ways.find(" " + step); at != std::string::npos; at = ways.find(" " + step, at + 1))
        ++expected;
    CPPUNIT_ASSERT_EQUAL_MESSAGE(step + " of" + ways, expected, found.size());
    for (const std::string& to : found)
        CPPUNIT_ASSERT_MESSAGE(step + to, ways.find(" " + step + to + " ") != std::string::npos);
    if (expected > 0) return;
    for (const Error& error : errors) {
        CPPUNIT_ASSERT_MESSAGE(error.describe(), is_refusal(error.id));
        const bool waits = error.id == ErrorId::case_step_missing;  // it names what is missing, and what waits for it
        CPPUNIT_ASSERT_EQUAL_MESSAGE(error.describe(), !waits, error.field == to_string(attempt.step));
        CPPUNIT_ASSERT(!waits || error.detail.find(to_string(attempt.step)) != std::string::npos);
        const bool of_this_kind = error.detail.find("has no such step") == std::string::npos;
        CPPUNIT_ASSERT_MESSAGE(error.describe(), !of_this_kind || error.detail.find("第") != std::string::npos);
    }
}

struct Place {
    std::string name;
    K kind;
    S state;
};
/// Each kind x each state.
std::vector<Place> all_places() {
    std::vector<Place> places;
    for (const K kind : all<K>())
        for (const S state : all<S>())
            places.push_back({std::string(to_string(kind)) + "_" + to_string(state), kind, state});
    return places;
}

/// ... x each step x each opinion that the step may have.
TAGS(CaseProcedure, allows_what_the_table_by_hand_does_and_refuses_the_rest,
     "XY-28 XY-29 XY-30 XY-31 XY-32 XY-34 XY-36");
TEST_EACH(CaseProcedure, allows_what_the_table_by_hand_does_and_refuses_the_rest, all_places()) {
    for (const P step : all<P>()) {
        check_attempt({row.kind, row.state, step, Opinion::agree});
        if (has_opinion(step)) check_attempt({row.kind, row.state, step, Opinion::disagree});
    }
}

}  // namespace
}  // namespace zige::hub::testing
