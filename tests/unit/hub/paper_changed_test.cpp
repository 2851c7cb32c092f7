#include "hub/core/linked_sanctions.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/paper_scene.h"

namespace zige::hub::testing {
namespace {

void assert_without(const std::string& text, std::string_view words) {
    CPPUNIT_ASSERT_MESSAGE(std::string(words) + " stands in\n" + text, text.find(words) == std::string::npos);
}

/// A notice of 10 points that was in another file of 张伟, at the pharmacy, until the files were made one.
struct MergedPaperScene : PaperScene {
    explicit MergedPaperScene(bool served) {
        const std::string other = "N411500000077";
        add(kPharmacy);
        import(kPharmacy, {row(other, "张伟", "E12345678")});
        MatterOrder there = matter(kDocument, "2026-05-20", 10, served, other);
        there.institution = kPharmacy;
        must(scoring().decide(kOperator, there));
        must(hub().linked_sanctions().merge(kOperator, {other, kWho, "同一人"}));
        order.subject.institution = kPharmacy;
    }
};

TAGS(PaperMerged, notice_tells_of_the_correction_that_came_after_the_merge, "XY-12 XY-31");
TEST(PaperMerged, notice_tells_of_the_correction_that_came_after_the_merge) {
    MergedPaperScene s(true);
    assert_has(s.html(), "暂停医保支付资格4个月");
    must(s.scoring().correct(kOperator, correction(PaperScene::kDocument, 9)));
    const std::string text = s.html();
    for (const char* const words : {"9 分", "暂停医保支付资格2个月", "至 2026年7月20日（含当日）"}) assert_has(text, words);
    assert_without(text, "10 分");
    assert_without(text, "9月20日");
}

TAGS(PaperMerged, notice_tells_of_the_service_that_came_after_the_merge, "XY-12 XY-43");
TEST(PaperMerged, notice_tells_of_the_service_that_came_after_the_merge) {
    MergedPaperScene s(false);
    must(s.scoring().serve(kOperator, {ScoringScene::kWho, PaperScene::kDocument, {day("2026-05-25"), {}, {}}}));
    assert_has(s.html(), "至 2026年9月25日（含当日）");
}

TAGS(PaperMerged, nothing_is_told_of_what_was_withdrawn_after_the_merge, "XY-12 XY-31");
TEST(PaperMerged, nothing_is_told_of_what_was_withdrawn_after_the_merge) {
    MergedPaperScene s(true);
    must(s.scoring().withdraw(kOperator, {ScoringScene::kWho, PaperScene::kDocument, "复议撤销"}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_decision_withdrawn, s.make().error().id);
}

TAGS(PaperChanged, notice_before_service_prints_the_months_that_repairs_leave, "XY-33 XY-42");
TEST(PaperChanged, notice_before_service_prints_the_months_that_repairs_leave) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(PaperScene::kDocument, "2026-05-20", 10, false)));
    assert_has(s.html(), "共 4 个月");
    RepairOrder repair;
    repair.who = ScoringScene::kWho;
    repair.asked = {"activity", {}, 1, {}, day("2026-05-22")};
    must(s.scoring().repair(kOperator, repair));
    assert_has(s.html(), "共 3 个月");
}

TAGS(PaperChanged, notice_of_what_became_graver_tells_the_whole_from_its_first_day, "XY-42 XY-43");
TEST(PaperChanged, notice_of_what_became_graver_tells_the_whole_from_its_first_day) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(PaperScene::kDocument, "2026-05-20", 9)));
    MatterOrder late = matter("A", "2026-05-01", 2);  // eleven of the year
    late.late_reason = "县里补报";
    must(s.scoring().decide(kOperator, late));
    const std::string text = s.html();
    for (const char* const words : {"2026年5月21日 零时起", "共 4 个月"}) assert_has(text, words);
    assert_without(text, "至 2026年7月20日");
}

}  // namespace
}  // namespace zige::hub::testing
