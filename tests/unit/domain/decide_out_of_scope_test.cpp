// Out of scope nothing is looked at: not who is on the line, not what is stopped.
#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

struct Row {
    const char* name;
    void (*arrange)(Scene&);
};
const Row kRows[] = {
    {"kind_of_institution", [](Scene& scene) { scene.parts.institution.kind = InstitutionKind::nursing_home; }},
    {"transaction",
     [](Scene& scene) {
         std::erase_if(scene.parts.profile.roles,
                       [](const RoleRule& rule) { return rule.txn == Txn::outpatient_fees; });
     }},
};

void expect_not_judged(const Scene& scene, const FeeLine& line) {
    const Judged judged = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL(Outcome::not_judged, judged->judged);
    CPPUNIT_ASSERT_EQUAL(Outcome::not_judged, judged->served);
    CPPUNIT_ASSERT_EQUAL(std::vector<Ground>{}, judged.grounds());
}

}  // namespace

TEST_EACH(DecideOutOfScope, a_code_that_nobody_has_is_not_refused, kRows) {
    Scene scene;
    row.arrange(scene);
    expect_not_judged(scene, ordered_by(kStranger));
}
TAGS(DecideOutOfScope, a_code_that_nobody_has_is_not_refused, "XY-2 GD-4-1");

TEST_EACH(DecideOutOfScope, a_stopped_agreement_says_nothing, kRows) {
    Scene scene;
    row.arrange(scene);
    scene.stop("2026-01-01"_day, {});
    expect_not_judged(scene, ordered_by(kZhang));
}
