#include <algorithm>

#include "tests/policy/profiles.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::hub;
using namespace zige::testing;

namespace {

constexpr auto kYear = MeasureBasis::cumulative;
constexpr auto kOnce = MeasureBasis::single;
using Measures = std::vector<Measure>;
const Measures kSuspended = {Measure::suspend};
const Measures kTerminated = {Measure::terminate};
const Measures kGuangdongSuspended = {Measure::suspend, Measure::talk_by_bureau, Measure::talk_with_head,
                                      Measure::training, Measure::internal_notice};
const Measures kGuangdongTerminated = {Measure::terminate, Measure::talk_by_bureau, Measure::talk_with_head,
                                       Measure::training, Measure::internal_notice};

/// Points `from` to `to` lead to `measures`, and no other points do.
struct MeasureTestRow {
    const char* name;
    const char* tags;
    std::string_view profile;
    MeasureBasis basis;
    unsigned from;
    unsigned to;
    Measures measures;
    std::optional<Range> months;
    std::optional<Range> years;
};
const MeasureTestRow kRows[] = {
    {"xinyang_3", "XY-40-1", kXinyang, kYear, 3, 3, {Measure::talk_by_institution, Measure::training}, {}, {}},
    {"xinyang_4_6", "XY-40-2", kXinyang, kYear, 4, 6, {Measure::talk_by_bureau, Measure::training}, {}, {}},
    {"xinyang_7_8", "XY-40-3", kXinyang, kYear, 7, 8, {Measure::circular, Measure::publish}, {}, {}},
    {"xinyang_9", "XY-40-4", kXinyang, kYear, 9, 9, kSuspended, Range{1, 1}, {}},
    {"xinyang_10", "XY-40-5", kXinyang, kYear, 10, 10, kSuspended, Range{2, 2}, {}},
    {"xinyang_11", "XY-40-6", kXinyang, kYear, 11, 11, kSuspended, Range{4, 4}, {}},
    {"xinyang_12", "XY-40-7", kXinyang, kYear, 12, 12, kTerminated, {}, Range{1, 1}},
    {"xinyang_single_9", "XY-40-4", kXinyang, kOnce, 9, 9, kSuspended, Range{2, 2}, {}},
    {"xinyang_single_10", "XY-40-5", kXinyang, kOnce, 10, 10, kSuspended, Range{4, 4}, {}},
    {"xinyang_single_11", "XY-40-6", kXinyang, kOnce, 11, 11, kSuspended, Range{6, 6}, {}},
    {"xinyang_single_12", "XY-40-8", kXinyang, kOnce, 12, 12, kTerminated, {}, Range{3, 3}},
    {"wuhai_3_8",
     "WH-4-1",
     kWuhai,
     kYear,
     3,
     8,
     {Measure::notify_institution, Measure::talk_by_institution, Measure::training},
     {},
     {}},
    {"wuhai_9", "WH-4-2", kWuhai, kYear, 9, 9, kSuspended, Range{1, 1}, {}},
    {"wuhai_10", "WH-4-2", kWuhai, kYear, 10, 10, kSuspended, Range{3, 3}, {}},
    {"wuhai_11", "WH-4-2", kWuhai, kYear, 11, 11, kSuspended, Range{5, 5}, {}},
    {"wuhai_12", "WH-4-3", kWuhai, kYear, 12, 12, kTerminated, {}, Range{1, 1}},
    {"wuhai_single_9", "WH-4-2", kWuhai, kOnce, 9, 9, kSuspended, Range{2, 2}, {}},
    {"wuhai_single_10", "WH-4-2", kWuhai, kOnce, 10, 10, kSuspended, Range{4, 4}, {}},
    {"wuhai_single_11", "WH-4-2", kWuhai, kOnce, 11, 11, kSuspended, Range{6, 6}, {}},
    {"wuhai_single_12", "WH-4-4", kWuhai, kOnce, 12, 12, kTerminated, {}, Range{3, 3}},
    {"guangdong_3_5", "GD-4-4", kGuangdong, kYear, 3, 5, {Measure::talk_by_institution, Measure::training}, {}, {}},
    {"guangdong_6_8",
     "GD-4-4",
     kGuangdong,
     kYear,
     6,
     8,
     {Measure::talk_by_bureau, Measure::training, Measure::internal_notice},
     {},
     {}},
    {"guangdong_9_11", "GD-4-4", kGuangdong, kYear, 9, 11, kGuangdongSuspended, Range{1, 6}, {}},
    {"guangdong_12", "GD-4-4", kGuangdong, kYear, 12, 12, kGuangdongTerminated, {}, Range{1, 1}},
    {"guangdong_single_12", "GD-4-4", kGuangdong, kOnce, 12, 12, kGuangdongTerminated, {}, Range{3, 3}},
    {"national_1_8", "N34-29", kNational, kYear, 1, 8, {Measure::notify_institution}, {}, {}},
    {"national_9_11", "N34-29", kNational, kYear, 9, 11, kSuspended, Range{1, 6}, {}},
    {"national_12", "N34-29", kNational, kYear, 12, 12, kTerminated, {}, Range{1, 1}},
    {"national_single_12", "N34-29", kNational, kOnce, 12, 12, kTerminated, {}, Range{3, 3}},
    {"jining_5", "JN-5-1", kJining, kYear, 5, 5, {Measure::talk_by_institution}, {}, {}},
    {"jining_6_8", "JN-5-1", kJining, kYear, 6, 8, kSuspended, Range{3, 3}, {}},
    {"jining_9_11", "JN-5-1", kJining, kYear, 9, 11, kSuspended, Range{6, 6}, {}},
    {"jining_12", "JN-5-1 JN-5-2", kJining, kYear, 12, 12, {Measure::end_agreement}, {}, Range{1, 2}},
};

}  // namespace

TEST_EACH(Measures, follow_from_points, kRows) {
    const Rules& rules = rules_of(row.profile);
    const MeasureRow* found = rules.measure(row.basis, row.from);
    CPPUNIT_ASSERT(found != nullptr);
    CPPUNIT_ASSERT_EQUAL(row.measures, found->measures);
    CPPUNIT_ASSERT(row.months == found->months);
    CPPUNIT_ASSERT(row.years == found->ban_years);
    for (unsigned points = 0; points <= kMostPoints; ++points) {
        const bool inside = row.from <= points && points <= row.to;
        CPPUNIT_ASSERT_EQUAL(inside, rules.measure(row.basis, points) == found);
    }
}

TEST(Measures, of_12_hold_for_more_too) {
    for (const std::string_view id : kAllProfiles)
        CPPUNIT_ASSERT(rules_of(id).measure(kYear, 12) == rules_of(id).measure(kYear, 14));
}
TAGS(Measures, of_12_hold_for_more_too, "XY-40-7 WH-4-3 GD-4-4 N34-29 JN-5-1");

TEST(Measures, are_those_of_the_texts_and_no_others) {
    for (const std::string_view id : kAllProfiles) {
        const auto count = std::ranges::count(kRows, id, &MeasureTestRow::profile);
        CPPUNIT_ASSERT_EQUAL(static_cast<std::size_t>(count), rules_of(id).measures.size());
    }
}
