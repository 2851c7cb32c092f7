// A fee that is dated back over a sanction, and a refused line that comes again under another person.
#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

/// Zhang is suspended from the 15th; it is the 18th.
Scene after_a_sanction() {
    Scene scene;
    scene.person(kZhang).standing = {suspended("2026-09-15"_day)};
    return scene;
}

FeeLine dated(Txn txn, std::string_view when) {
    FeeLine line = ordered_by(kZhang, parse_time(when, "test").value());
    line.txn = txn;
    line.visit.first_asked = parse_time(kNow, "now").value();
    return line;
}

struct Row {
    const char* name;
    void (*arrange)(FeeLine&);
    Outcome outcome;
};
const Row kRows[] = {
    {"over_a_day_before_the_first_ask_is_held", [](FeeLine&) {}, Outcome::hold},
    {"asked_first_before_the_sanction_passes",
     [](FeeLine& line) { line.visit.first_asked = "2026-09-14 10:00:00"_time; }, Outcome::allow},
    {"within_a_day_of_the_first_ask_passes", [](FeeLine& line) { line.visit.first_asked = "2026-09-15 08:59:59"_time; },
     Outcome::allow},
    {"before_its_visit_is_held",
     [](FeeLine& line) {
         line.visit.first_asked = "2026-09-14 10:00:00"_time;
         line.visit.begun = "2026-09-15 08:00:00"_time;
     },
     Outcome::hold},
    {"before_a_visit_of_before_the_sanction_passes",
     [](FeeLine& line) {
         line.visit.first_asked = "2026-09-14 10:00:00"_time;
         line.visit.begun = "2026-09-14 09:30:00"_time;
     },
     Outcome::allow},
    {"of_an_in_patient_is_marked",
     [](FeeLine& line) {
         line.txn = Txn::inpatient_fees;
         line.visit.admitted = true;
         line.visit.begun = "2026-09-10 09:00:00"_time;
     },
     Outcome::allow_marked},
    {"of_an_in_patient_whose_admission_nobody_saw_is_marked", [](FeeLine& line) { line.txn = Txn::inpatient_fees; },
     Outcome::allow_marked},
    {"of_an_in_patient_within_a_day_passes",
     [](FeeLine& line) {
         line.txn = Txn::inpatient_fees;
         line.visit.first_asked = "2026-09-15 08:00:00"_time;
     },
     Outcome::allow},
    {"of_an_in_patient_before_the_admission_is_held",
     [](FeeLine& line) {
         line.txn = Txn::inpatient_fees;
         line.visit.admitted = true;
         line.visit.begun = "2026-09-16 09:00:00"_time;
     },
     Outcome::hold},
    {"of_which_nothing_is_known_passes", [](FeeLine& line) { line.visit = {}; }, Outcome::allow},
};

}  // namespace

TEST_EACH(DecideVisit, a_fee_of_before_the_sanction, kRows) {
    Scene scene = after_a_sanction();
    FeeLine line = dated(Txn::outpatient_fees, "2026-09-14 09:00:00");
    row.arrange(line);
    const Judged judged = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL(row.outcome, judged->served);
    CPPUNIT_ASSERT_EQUAL(row.outcome != Outcome::allow, judged.outcome_of(Ground::time_inconsistent).has_value());
}

TEST(DecideVisit, an_old_fee_of_somebody_eligible_passes_unmarked) {
    Scene scene;
    const Judged judged = scene.judge(dated(Txn::outpatient_fees, "2026-09-10 09:00:00"));
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, judged->served);
    CPPUNIT_ASSERT(judged.grounds().empty());
}

TEST(DecideVisit, the_profile_says_how_late_is_late) {
    Scene scene = after_a_sanction();
    scene.parts.profile.patient_delay_hours = 24 * 5;
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, scene.judge(dated(Txn::outpatient_fees, "2026-09-14 09:00:00"))->served);
    scene.parts.profile.patient_delay_hours = 24 * 4;
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, scene.judge(dated(Txn::outpatient_fees, "2026-09-14 09:00:00"))->served);
}

TEST(DecideVisit, a_clock_that_is_not_believed_says_nothing_of_asking) {
    Scene scene = after_a_sanction();
    scene.now.clock_suspect = true;
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked,
                         scene.judge(dated(Txn::outpatient_fees, "2026-09-14 09:00:00"))->served);
}

TEST(DecideVisit, a_fee_that_is_refused_in_any_case_says_nothing_of_time) {
    Scene scene = after_a_sanction();
    const Judged judged = scene.judge(dated(Txn::outpatient_fees, "2026-09-16 09:00:00"));
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, judged->served);
    CPPUNIT_ASSERT(!judged.outcome_of(Ground::time_inconsistent));
}

TEST(DecideVisit, age_alone_makes_no_fee_inconsistent) {
    Scene scene;
    scene.parts.institution.strict = true;
    scene.now.copy_as_of = "2026-01-10 09:00:00"_time;
    FeeLine line = dated(Txn::outpatient_fees, "2026-01-10 08:00:00");
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, scene.judge(line)->served);
}

TEST(DecideVisit, advises_to_check_the_time_only_where_it_holds) {
    Scene scene = after_a_sanction();
    CPPUNIT_ASSERT_EQUAL(Advice::check_fee_time,
                         scene.judge(dated(Txn::outpatient_fees, "2026-09-14 09:00:00"))->advice);
    CPPUNIT_ASSERT_EQUAL(Advice::none, scene.judge(dated(Txn::inpatient_fees, "2026-09-14 09:00:00"))->advice);
}

namespace {

FeeLine refused_before(std::string_view code) {
    FeeLine line = ordered_by(code);
    line.visit.refused_at = "2026-09-18 09:30:00"_time;
    return line;
}

}  // namespace

TEST(DecideReattribution, a_refused_line_under_another_person_waits_for_a_new_order) {
    Scene scene;
    const Judged judged = scene.judge(refused_before(kLi));
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, judged->served);
    CPPUNIT_ASSERT_EQUAL(Ground::reattribution, judged->grounds[0].ground);
    CPPUNIT_ASSERT_EQUAL(Advice::new_order, judged->advice);
}

TEST(DecideReattribution, a_new_order_passes_marked) {
    Scene scene;
    FeeLine line = refused_before(kLi);
    line.order = {"YZ0031", "2026-09-18 09:30:01"_time};
    const Judged judged = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, judged->served);
    CPPUNIT_ASSERT(judged.grounds() == std::vector<Ground>{Ground::reattribution});
    CPPUNIT_ASSERT_EQUAL(Advice::none, judged->advice);
}

TEST(DecideReattribution, an_order_of_before_the_refusal_or_without_a_number_is_none) {
    Scene scene;
    FeeLine line = refused_before(kLi);
    line.order = {"YZ0031", "2026-09-18 09:30:00"_time};
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, scene.judge(line)->served);
    line.order = {"", "2026-09-18 09:45:00"_time};
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, scene.judge(line)->served);
    line.order = {"YZ0031", {}};
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, scene.judge(line)->served);
}

TEST(DecideReattribution, neither_an_emergency_nor_the_head_takes_the_place_of_the_order) {
    Scene scene;
    FeeLine line = rescued(refused_before(kLi));
    line.release = {"急用", "赵院长"};
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, scene.judge(line)->served);
}
