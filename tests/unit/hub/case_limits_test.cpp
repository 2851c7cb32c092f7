#include <algorithm>

#include "hub/core/rules/deadlines.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/case_scene.h"

namespace zige::hub::testing {
namespace {

using K = CaseKind;
using P = CaseStep;

const CaseDue* find(const std::vector<CaseDue>& all, DueKind kind) {
    const auto at = std::ranges::find(all, kind, &CaseDue::kind);
    return at == all.end() ? nullptr : &*at;
}

std::string due(const TrackScene& scene, DueKind kind, std::string_view today = "2026-03-02") {
    const auto all = limits_of(scene.track, {scene.rules, Calendar::official(), day(today)});
    const CaseDue* found = find(all, kind);
    if (found == nullptr) return "none";
    return found->due ? format(found->due->day) : found->stopped ? "stopped" : "undated";
}

TAGS(CaseLimits, follow_the_official_calendar, "XY-28 XY-42 XY-43");
TEST(CaseLimits, follow_the_official_calendar) {
    TrackScene scene;
    scene.take(P::facts, "2026-03-02");
    CPPUNIT_ASSERT_EQUAL(std::string("2026-03-09"), due(scene, DueKind::issue_notice));  // XY 42: five working days
    scene.take(P::hear, "2026-03-03").take(P::propose, "2026-03-04", "张拟稿").take(P::notice, "2026-03-06");
    CPPUNIT_ASSERT_EQUAL(std::string("2026-03-11"), due(scene, DueKind::statement));  // XY 28: five days
    scene.take(P::waive, "2026-03-09");
    CPPUNIT_ASSERT_EQUAL(std::string("none"), due(scene, DueKind::statement));
    StepTaken decision = step_of(P::decide, K::scoring, "2026-09-24");
    decision.outcome.add("effect", "suspended");
    scene.take(decision).take(P::issue, "2026-09-24");
    // 09-25..27 and 10-01..07 are off, 09-20 and 10-10 are worked.
    CPPUNIT_ASSERT_EQUAL(std::string("2026-09-30"), due(scene, DueKind::serve_notice, "2026-09-24"));  // XY 43: three
    scene.take(P::serve, "2026-09-30");
    CPPUNIT_ASSERT_EQUAL(std::string("2026-10-20"), due(scene, DueKind::appeal, "2026-09-30"));           // XY 28: ten
    CPPUNIT_ASSERT_EQUAL(std::string("undated"), due(scene, DueKind::institution_update, "2026-09-30"));  // no number
    scene.take(P::updated, "2026-10-08");
    CPPUNIT_ASSERT_EQUAL(std::string("none"), due(scene, DueKind::institution_update, "2026-10-08"));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-10-20"), due(scene, DueKind::appeal, "2026-10-20"));
    CPPUNIT_ASSERT_EQUAL(std::string("none"),
                         due(scene, DueKind::appeal, "2026-10-21"));  // a right that is gone is no task
}

TAGS(CaseLimits, of_a_penalty_count_from_its_arrival, "XY-42");
TEST(CaseLimits, of_a_penalty_count_from_its_arrival) {
    TrackScene scene;
    StepTaken facts = with(step_of(P::facts, K::scoring, "2026-03-06"), "received_on", "2026-03-05");
    scene.take(facts);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-03-12"), due(scene, DueKind::issue_notice));
}

TEST(CaseLimits, name_article_and_whose_task_it_is) {
    TrackScene scene;
    scene.take(P::facts, "2026-03-02");
    const auto all = limits_of(scene.track, {scene.rules, Calendar::official(), day("2026-03-02")});
    const CaseDue* notice = find(all, DueKind::issue_notice);
    CPPUNIT_ASSERT(notice != nullptr);
    CPPUNIT_ASSERT_EQUAL(std::string("第四十二条"), notice->article);
    CPPUNIT_ASSERT(notice->by == StepBy::bureau && !notice->is_right && !notice->due->provisional);
}

struct AppealClock {
    const char* name;
    bool national;
    const char* due;
};
// Appealed on 2026-03-20, with the experts from 03-26 to 04-20.
const AppealClock kClocks[] = {
    // XY 31: ten working days from 03-20, whatever the experts take.
    {"of_xinyang_runs_on_during_an_appraisal", false, "2026-04-03"},
    // N34 44: twenty working days, four of them gone by 03-26, sixteen from 04-20.
    {"of_34_stands_still_during_an_appraisal", true, "2026-05-14"},
};
TAGS(CaseLimits, clock, "XY-31 N34-44");
TEST_EACH(CaseLimits, clock, kClocks) {
    TrackScene scene;
    scene.to_served();
    scene.rules = row.national ? national_procedure_rules() : procedure_rules();
    scene.take(P::appeal, "2026-03-20").take(P::explain, "2026-03-23").take(P::persist, "2026-03-24");
    scene.take(P::appraise, "2026-03-26");
    CPPUNIT_ASSERT_EQUAL(std::string(row.national ? "stopped" : row.due),
                         due(scene, DueKind::handle_appeal, "2026-04-20"));
    scene.take(P::appraised, "2026-04-20");
    CPPUNIT_ASSERT_EQUAL(std::string(row.due), due(scene, DueKind::handle_appeal, "2026-04-20"));
}

TEST(CaseLimits, that_were_shown_provisionally_make_nobody_late) {
    TrackScene scene;
    scene.to_noticed(9).take(P::waive, "2026-03-09").take(P::decide, "2026-12-28").take(P::issue, "2026-12-28");
    StepTaken serve = step_of(P::serve, K::scoring, "2026-12-30");
    serve.shown = {{DueKind::appeal, {day("2027-01-15"), true}}};  // as counted before the year came out
    scene.track.steps.push_back(serve);
    scene.track.state = CaseState::served;
    CPPUNIT_ASSERT_EQUAL(std::string("2027-01-15"), due(scene, DueKind::appeal, "2026-12-31"));
    scene.track.steps.back().shown = {{DueKind::appeal, {day("2027-01-05"), true}}};  // the later one counts
    const auto counted = due_date(scene.rules, DueKind::appeal, day("2026-12-30"), Calendar::official());
    CPPUNIT_ASSERT(counted->provisional);
    CPPUNIT_ASSERT_EQUAL(format(counted->day), due(scene, DueKind::appeal, "2026-12-31"));
}

TAGS(CaseLimits, of_a_restoration_run_from_the_application, "XY-34");
TEST(CaseLimits, of_a_restoration_run_from_the_application) {
    TrackScene scene(K::restoration);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-03-16"), due(scene, DueKind::evaluate_restoration));  // XY 34: ten
    scene.take(P::consent, "2026-03-03", "院方", Opinion::agree)
        .take(P::evaluate, "2026-03-10", "张拟稿", Opinion::agree);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-03-16"), due(scene, DueKind::evaluate_restoration));
    scene.take(P::decide, "2026-03-11").take(P::inform, "2026-03-12");
    CPPUNIT_ASSERT_EQUAL(std::string("none"), due(scene, DueKind::evaluate_restoration));
}

}  // namespace
}  // namespace zige::hub::testing
