#include "hub/core/ledger.h"
#include "hub/core/linked_sanctions.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/scoring_scene.h"

namespace zige::hub::testing {
namespace {

struct ListScene : ScoringScene {
    ListScene() {
        must(scoring().decide(kOperator, matter("B", "2026-05-06", 10)));
        must(scoring().decide(kOperator, matter("A", "2026-04-01", 3, true, kOther)));
        MatterOrder elsewhere = matter("C", "2026-05-20", 3, true, kWho);
        elsewhere.institution = kTownship;
        must(scoring().decide(kOperator, elsewhere));
        must(scoring().withdraw(kOperator, {kWho, "C", "申诉成立"}));
    }
    std::string documents(const DecisionFilter& filter) {
        std::string text;
        for (const DecisionView& each : must(hub().ledger().decisions(filter)))
            text += (text.empty() ? "" : " ") + each.known.decision.document;
        return text;
    }
};

struct FilterRow {
    const char* name;
    DecisionFilter filter;
    const char* documents;
};
const FilterRow kFilters[] = {
    {"everybody_by_day", {}, "A B C"},
    {"one_person", {ScoringScene::kWho, "", {}, {}}, "B C"},
    {"one_institution", {"", kTownship, {}, {}}, "C"},
    {"a_month_with_its_first_and_last_day", {"", "", day("2026-05-06"), day("2026-05-20")}, "B C"},
    {"a_day_too_short", {"", "", day("2026-05-07"), day("2026-05-19")}, ""},
    {"all_at_once", {ScoringScene::kWho, kHospital, day("2026-05-01"), day("2026-05-31")}, "B"},
};
TEST_EACH(DecisionList, has_the_decisions_of, kFilters) {
    ListScene s;
    CPPUNIT_ASSERT_EQUAL(std::string(row.documents), s.documents(row.filter));
}

TEST(DecisionList, has_what_runs_and_nothing_of_what_was_withdrawn) {
    ListScene s;
    const auto views = must(s.hub().ledger().decisions({ScoringScene::kWho, "", {}, {}}));
    CPPUNIT_ASSERT_EQUAL(std::string("张伟"), views.at(0).name);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-05-07"), format(views.at(0).interval->from));
    CPPUNIT_ASSERT(views.at(1).known.withdrawn && !views.at(1).interval);
}

TEST(DecisionList, refuses_who_and_what_is_not_there) {
    ListScene s;
    CPPUNIT_ASSERT_EQUAL(ErrorId::person_not_found,
                         s.hub().ledger().decisions({"D411500999999", "", {}, {}}).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::institution_not_found, s.hub().ledger().decisions({"", "H9", {}, {}}).error().id);
}

TAGS(Merging, lists_the_decisions_of_both_files, "XY-12 XY-20");
TEST(Merging, lists_the_decisions_of_both_files) {
    ListScene s;
    s.add(kPharmacy);
    s.import(kPharmacy, {row("N411500000077", "张伟", "E12345678")});
    MatterOrder other = matter("D", "2026-05-01", 6, true, "N411500000077");
    other.institution = kPharmacy;
    must(s.scoring().decide(kOperator, other));
    const MergeOrder order{"N411500000077", ScoringScene::kWho, "护照与身份证为同一人"};
    const MergeResult preview = must(s.hub().linked_sanctions().merge(kOperator, order, Run::preview));
    const MergeResult merged = must(s.hub().linked_sanctions().merge(kOperator, order));
    for (const MergeResult& each : {preview, merged}) {
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, each.decisions.size());  // C was withdrawn
        CPPUNIT_ASSERT_EQUAL(std::string("D"), each.decisions[0].decision.document);
        CPPUNIT_ASSERT(each.decisions[0].file == each.merged && each.decisions[1].file == each.kept);
    }
}

}  // namespace
}  // namespace zige::hub::testing
