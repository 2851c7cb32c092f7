#include <algorithm>

#include "tests/support/testing.h"
#include "tests/unit/hub/casework_scene.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {
namespace {

const std::string kDocument = "信医保处〔2026〕7号";

/// A decision of `points decide`, served on 2026-05-06: an appeal is in time until 05-19 (05-09 is worked).
struct FiledAppeal : ScoringScene {
    explicit FiledAppeal(std::string_view today) : ScoringScene({casework_rules()}, std::string(today) + " 09:00:00") {
        must(scoring().decide(kOperator, matter(kDocument, "2026-05-06", 10)));
        TestAgent agent(*this, kHospital);
        agent.file(wire::AppealFiling{RecordNo{1}, kDocument, "并非本人开具", {}}, 1);
        agent.sync();
    }
    CaseFile the_case() { return must(hub().cases().list(true, std::nullopt)).at(0).file; }
    Result<StepResult> take(CaseStep step, const std::vector<std::string>& entries, const std::string& actor) {
        StepTaken taken;
        taken.entries = entries_for(step, CaseKind::scoring, Opinion::agree);
        for (const std::string& each : entries)
            taken = with(taken, each.substr(0, each.find('=')), each.substr(each.find('=') + 1));
        return hub().cases().step(actor, {the_case().number, step, {}, std::nullopt, taken.entries});
    }
};

TAGS(CaseFilings, an_appeal_against_points_goes_the_way_of_points, "XY-28 XY-30 XY-31");
TEST(CaseFilings, an_appeal_against_points_goes_the_way_of_points) {
    FiledAppeal f("2026-05-19");
    const CaseFile file = f.the_case();
    CPPUNIT_ASSERT_EQUAL(CaseKind::scoring, file.kind);
    CPPUNIT_ASSERT_EQUAL(kDocument, file.document);
    CPPUNIT_ASSERT_EQUAL(CaseState::appealed, file.people.at(0).track.state);
    must(f.take(CaseStep::explain, {}, "李审核"));
    must(f.take(CaseStep::correct, {"points=7", "reason=部分成立"}, "李审核"));
    CPPUNIT_ASSERT_EQUAL(7U, f.career().points_of(2026));
    CPPUNIT_ASSERT(f.standing().empty());
    CPPUNIT_ASSERT_EQUAL(std::string("normal"),
                         std::string(f.the_case().people[0].track.last(CaseStep::correct)->outcome.text("effect")));
    must(f.take(CaseStep::inform, {}, "李审核"));
}

TAGS(CaseFilings, an_appeal_against_points_that_is_late_is_marked, "XY-28");
TEST(CaseFilings, an_appeal_against_points_that_is_late_is_marked) {
    FiledAppeal f("2026-05-20");
    CPPUNIT_ASSERT_EQUAL(CaseState::appealed_late, f.the_case().people.at(0).track.state);
    must(f.take(CaseStep::admit, {}, "李审核"));
    must(f.take(CaseStep::withdraw, {}, "李审核"));
    CPPUNIT_ASSERT_EQUAL(0U, f.career().points_of(2026));
    CPPUNIT_ASSERT(f.standing().empty());
}

TEST(CaseFilings, a_case_of_points_is_about_a_notice_that_there_is) {
    CaseworkScene f;
    CaseOrder order;
    order.institution = kHospital;
    order.people = {CaseworkScene::kWho};
    order.text = "申诉";
    order.document = "信医保处〔2026〕9号";
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_decision_unknown, f.cases().open(kOperator, order).error().id);
}

TEST(CaseFilings, a_case_about_no_notice_is_not_appealed_from_the_start) {
    CaseworkScene f;
    f.open(CaseKind::scoring);
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_step_missing, f.attempt(CaseStep::appeal).error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("facts"), f.attempt(CaseStep::close).error().field);
    const auto possible = must(f.cases().show(f.number)).people.at(0).possible;
    CPPUNIT_ASSERT(std::ranges::find(possible, CaseStep::appeal) == possible.end());
}

}  // namespace
}  // namespace zige::hub::testing
