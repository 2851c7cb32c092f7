#include "hub/core/rules/restoration.h"

#include "tests/support/testing.h"
#include "tests/unit/rules/xinyang_rules.h"

namespace zige::hub::testing {
namespace {

/// N34 39: from 15 working days before the end.
Rules national_rules() {
    Rules rules = xinyang_rules();
    rules.apply_earliest = {true, {ValueSource::article, "第三十九条"}};
    for (DeadlineRule& each : rules.deadlines)
        if (each.kind == DueKind::apply_restoration) each.days = 15;
    return rules;
}

const Career kSuspended = career_of({scored("A", "2026-08-01", 10), began("A", "2026-08-09", "2026-10-09")});

struct Row {
    const char* name;
    Rules rules;
    const char* applied;
    const char* evaluated;
    const char* end;
    bool late;
    const char* tags;
};
const Row kRows[] = {
    {"in_time_from_the_end", xinyang_rules(), "2026-09-18", "2026-10-08", "2026-10-09", false, "XY-34 XY-35"},
    {"in_time_and_evaluated_later_from_the_end", xinyang_rules(), "2026-09-18", "2026-10-20", "2026-10-09", false,
     "XY-34"},
    {"late_from_the_evaluation", xinyang_rules(), "2026-09-19", "2026-10-20", "2026-10-20", true, "XY-34"},
    {"late_and_evaluated_early_never_before_the_end", xinyang_rules(), "2026-09-19", "2026-09-25", "2026-10-09", true,
     "XY-34"},
    {"nationally_from_fifteen_working_days_before", national_rules(), "2026-09-11", "2026-09-20", "2026-10-09", false,
     "N34-39"},
    {"nationally_on_the_last_day", national_rules(), "2026-10-08", "2026-10-20", "2026-10-09", false, "N34-39"},
    {"nationally_late_after_the_end", national_rules(), "2026-10-09", "2026-10-20", "2026-10-20", true, "N34-39"},
};
TEST_EACH(Restoration, applied_for, kRows) {
    const auto plan =
        plan_restoration(row.rules, kSuspended, Calendar::official(), {"A", on(row.applied), on(row.evaluated)});
    CPPUNIT_ASSERT_EQUAL(std::string(row.end), format(plan.value().over.end));
    CPPUNIT_ASSERT_EQUAL(row.late, plan.value().late);
    CPPUNIT_ASSERT(plan.value().over.why == SanctionEnd::restored);
}

struct BadRow {
    const char* name;
    Rules rules;
    RestorationAsked asked;
    ErrorId error;
};
const BadRow kBad[] = {
    {"of_another_document", xinyang_rules(), {"B", on("2026-09-18"), on("2026-10-08")}, ErrorId::points_not_suspended},
    {"evaluated_before_it_was_asked",
     xinyang_rules(),
     {"A", on("2026-09-18"), on("2026-09-17")},
     ErrorId::points_bad_day},
    {"before_it_began", xinyang_rules(), {"A", on("2026-08-08"), on("2026-09-17")}, ErrorId::points_bad_day},
    {"nationally_too_early", national_rules(), {"A", on("2026-09-10"), on("2026-09-17")}, ErrorId::case_too_early},
};
TEST_EACH(Restoration, is_refused, kBad) {
    const auto plan = plan_restoration(row.rules, kSuspended, Calendar::official(), row.asked);
    CPPUNIT_ASSERT_EQUAL(row.error, plan.error().id);
}

TAGS(Restoration, of_what_ends_by_itself_is_refused, "JN-5-2");
TEST(Restoration, of_what_ends_by_itself_is_refused) {
    SanctionBegan dated = began("A", "2026-08-09", "2026-10-09");
    dated.interval.end = dated.interval.nominal_end;  // JN 五(二)
    const auto plan = plan_restoration(xinyang_rules(), career_of({dated}), Calendar::official(),
                                       {"A", on("2026-09-01"), on("2026-09-02")});
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_not_suspended, plan.error().id);
}

TEST(Restoration, without_a_printed_end_is_from_the_evaluation) {
    SanctionBegan open = began("A", "2026-08-09", "2026-10-09");
    open.interval.nominal_end = std::nullopt;
    const auto plan = plan_restoration(xinyang_rules(), career_of({open}), Calendar::official(),
                                       {"A", on("2026-09-01"), on("2026-09-02")});
    CPPUNIT_ASSERT_EQUAL(std::string("2026-09-02"), format(plan.value().over.end));
}

TAGS(Restoration, of_a_termination_waits_for_its_bar, "XY-40-7");
TEST(Restoration, of_a_termination_waits_for_its_bar) {
    SanctionBegan ended = began("A", "2026-08-09", "2026-10-09", SanctionCause::points, Standing::terminated);
    ended.barred_until = on("2027-08-09");
    const auto plan = plan_restoration(xinyang_rules(), career_of({ended}), Calendar::official(),
                                       {"A", on("2027-07-20"), on("2027-08-01")});
    CPPUNIT_ASSERT_EQUAL(std::string("2027-08-09"), format(plan.value().over.end));
    CPPUNIT_ASSERT(plan.value().register_again);  // XY 35
}

TAGS(Restoration, of_a_bar_that_ends_years_ahead_is_refused, "XY-34 XY-40-7 XY-40-8");
TEST(Restoration, of_a_bar_that_ends_years_ahead_is_refused) {
    SanctionBegan ended = began("A", "2026-08-09", "2029-08-09", SanctionCause::points, Standing::terminated);
    Scored decision = scored("A", "2026-08-01", 12);
    decision.effect.served.article = "第四十条第（八）项";
    const Career career = career_of({decision, ended});
    const auto asked = [&](std::string_view evaluated) {
        return plan_restoration(xinyang_rules(), career, Calendar::official(), {"A", on("2026-09-01"), on(evaluated)});
    };
    const Error refused = asked("2026-11-02").error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_barred, refused.id);
    for (const char* const words : {"2029-08-09", "第四十条第（八）项", "第三十四条"})
        CPPUNIT_ASSERT_MESSAGE(refused.detail, refused.detail.find(words) != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_barred, asked("2029-06-09").error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("2029-08-09"), format(asked("2029-06-10").value().over.end));
}

}  // namespace
}  // namespace zige::hub::testing
