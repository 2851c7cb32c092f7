#include "hub/core/rules/points.h"
#include "tests/policy/profiles.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::hub;
using namespace zige::testing;

namespace {

/// Decisions that were reported, and the borders of the tables, by hand from the texts.
struct CaseRow {
    const char* name;
    const char* tags;
    std::string_view profile;
    unsigned single;
    unsigned cumulative;
    Entered entered;
    std::optional<Standing> status;
    unsigned months;
    unsigned years;
    const char* article;
};
const CaseRow kCases[] = {
    {"chifeng_single_10_four_months", "WH-4-2", kWuhai, 10, 10, {}, Standing::suspended, 4, 0, "乌海告知书 四（二）"},
    {"chifeng_single_12_three_years", "WH-4-4", kWuhai, 12, 12, {}, Standing::terminated, 0, 3, "乌海告知书 四（四）"},
    {"tongnan_10_and_4_one_year",
     "N34-29",
     kNational,
     4,
     14,
     {},
     Standing::terminated,
     0,
     1,
     "医保办发〔2024〕34号 第二十九条"},
    {"zhongshan_one_point_no_suspension", "GD-4-4", kGuangdong, 1, 1, {}, {}, 0, 0, ""},
    {"xinyang_two_and_a_single_nine_make_eleven",
     "XY-40-6 ours:rules.longer_of_cumulative_and_single",
     kXinyang,
     9,
     11,
     {},
     Standing::suspended,
     4,
     0,
     "信医保〔2025〕1号 第四十条第（六）项"},
    {"xinyang_single_11_six_months",
     "XY-40-6",
     kXinyang,
     11,
     11,
     {},
     Standing::suspended,
     6,
     0,
     "信医保〔2025〕1号 第四十条第（六）项"},
    {"xinyang_six_and_six_one_year",
     "XY-40-7",
     kXinyang,
     6,
     12,
     {},
     Standing::terminated,
     0,
     1,
     "信医保〔2025〕1号 第四十条第（七）项"},
    {"xinyang_single_12_three_years",
     "XY-40-8",
     kXinyang,
     12,
     12,
     {},
     Standing::terminated,
     0,
     3,
     "信医保〔2025〕1号 第四十条第（八）项"},
    {"guangdong_entered_months",
     "GD-4-4",
     kGuangdong,
     9,
     9,
     {6, {}, "情节较重"},
     Standing::suspended,
     6,
     0,
     "广东起草说明 四（四）"},
    {"jining_six_points_three_months", "JN-5-1", kJining, 6, 6, {}, Standing::suspended, 3, 0, "济宁通知 五（一）"},
    {"jining_twelve_with_an_entered_ban",
     "JN-5-1 JN-5-2",
     kJining,
     12,
     12,
     {{}, 2, "情节严重"},
     Standing::terminated,
     0,
     2,
     "济宁通知 五（一）"},
};

struct RefusedRow {
    const char* name;
    const char* tags;
    std::string_view profile;
    unsigned points;
    Entered entered;
    ErrorId error;
};
const RefusedRow kRefused[] = {
    {"guangdong_without_months", "GD-4-4", kGuangdong, 9, {}, ErrorId::points_months_needed},
    {"guangdong_without_a_reason", "GD-4-4", kGuangdong, 9, {3, {}, ""}, ErrorId::points_months_needed},
    {"guangdong_no_month", "GD-4-4", kGuangdong, 9, {0, {}, "x"}, ErrorId::points_months_out_of_range},
    {"guangdong_seven_months", "GD-4-4", kGuangdong, 11, {7, {}, "x"}, ErrorId::points_months_out_of_range},
    {"national_seven_months", "N34-29", kNational, 10, {7, {}, "x"}, ErrorId::points_months_out_of_range},
    {"xinyang_fixes_the_months_itself", "XY-40-4", kXinyang, 9, {3, {}, "x"}, ErrorId::points_nothing_to_enter},
    {"jining_without_years", "JN-5-2", kJining, 12, {}, ErrorId::points_years_needed},
    {"jining_three_years", "JN-5-2", kJining, 12, {{}, 3, "x"}, ErrorId::points_years_out_of_range},
};

}  // namespace

TEST_EACH(RealCases, end_as_the_texts_say, kCases) {
    const auto effect = effect_of(rules_of(row.profile), row.single, row.cumulative, row.entered);
    CPPUNIT_ASSERT_MESSAGE(effect.ok() ? "" : effect.error().describe(), effect.ok());
    CPPUNIT_ASSERT_EQUAL(row.status, effect->served.status);
    CPPUNIT_ASSERT_EQUAL(row.months, effect->served.months);
    CPPUNIT_ASSERT_EQUAL(row.years, effect->served.ban_years);
    CPPUNIT_ASSERT_EQUAL(std::string(row.article), effect->served.article);
}

TEST_EACH(RealCases, refuse_what_the_text_does_not_allow, kRefused) {
    const auto effect = effect_of(rules_of(row.profile), row.points, row.points, row.entered);
    CPPUNIT_ASSERT(!effect.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, effect.error().id);
}

TEST(RealCases, of_chifeng_are_judged_by_other_months_elsewhere) {
    CPPUNIT_ASSERT_EQUAL(4U, effect_of(rules_of(kWuhai), 10, 10, {})->served.months);
    CPPUNIT_ASSERT_EQUAL(4U, effect_of(rules_of(kXinyang), 10, 10, {})->served.months);
    CPPUNIT_ASSERT_EQUAL(3U, effect_of(rules_of(kWuhai), 1, 10, {})->served.months);
    CPPUNIT_ASSERT_EQUAL(2U, effect_of(rules_of(kXinyang), 1, 10, {})->served.months);
}
TAGS(RealCases, of_chifeng_are_judged_by_other_months_elsewhere, "WH-4-2 XY-40-5");
