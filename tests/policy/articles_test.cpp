#include "tests/policy/profiles.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

/// The articles that a profile's grounds and sanctions may cite: a place + 1 is the number in records, so none may
/// move.
struct ArticlesRow {
    const char* name;
    const char* tags;
    std::string_view profile;
    const char* document;
    std::vector<std::string> places;  ///< of the document, or with their own
};
const ArticlesRow kArticles[] = {
    {"xinyang",
     "XY-8 XY-9 XY-14-2 XY-14-3 XY-17 XY-18 XY-35 XY-39 XY-40-4 XY-40-5 XY-40-6 XY-40-7 XY-40-8 XY-45 XY-46",
     kXinyang,
     "信医保〔2025〕1号 ",
     {"第八条", "第九条", "第十四条第（二）项", "第十四条第（三）项", "第十七条", "第十八条", "第三十五条",
      "第三十九条", "第四十条第（四）项", "第四十条第（五）项", "第四十条第（六）项", "第四十条第（七）项",
      "第四十条第（八）项", "第四十五条", "第四十六条"}},
    {"national",
     "N34-13 N34-16 N34-18 N34-21 N34-29 N34-34 N34-39",
     kNational,
     "医保办发〔2024〕34号 ",
     {"第十三条", "第十六条", "第十八条", "第二十一条", "第二十九条", "第三十四条", "第三十九条"}},
    {"jining",
     "JN-2-1 JN-3-1 JN-3-2 JN-3-3 JN-3-4 JN-5-1 JN-5-2",
     kJining,
     "济宁通知 ",
     {"二（一）", "三（一）", "三（二）", "三（三）", "三（四）", "五（一）", "五（二）"}},
    {"wuhai",
     "WH-4-2 WH-4-3 WH-4-4 N34-13 N34-16 N34-18 N34-21 N34-34",
     kWuhai,
     "",
     {"乌海告知书 四（二）", "乌海告知书 四（三）", "乌海告知书 四（四）", "医保办发〔2024〕34号 第十三条",
      "医保办发〔2024〕34号 第十六条", "医保办发〔2024〕34号 第十八条", "医保办发〔2024〕34号 第二十一条",
      "医保办发〔2024〕34号 第三十四条"}},
    {"guangdong",
     "GD-4-1 GD-4-2 GD-4-4 N34-13 N34-18 N34-21 N34-34",
     kGuangdong,
     "",
     {"广东起草说明 四（一）", "广东起草说明 四（二）", "广东起草说明 四（四）", "医保办发〔2024〕34号 第十三条",
      "医保办发〔2024〕34号 第十八条", "医保办发〔2024〕34号 第二十一条", "医保办发〔2024〕34号 第三十四条"}},
};

struct GroundsRow {
    const char* name;
    const char* tags;
    std::string_view profile;
    std::vector<std::string> cited;  ///< suspended, terminated, departed, not registered, no commitment, agreement
};
const GroundsRow kGrounds[] = {
    {"xinyang",
     "XY-14-2 XY-14-3 XY-18 XY-9 XY-8 XY-39",
     kXinyang,
     {"信医保〔2025〕1号 第十四条第（二）项", "信医保〔2025〕1号 第十四条第（三）项", "信医保〔2025〕1号 第十八条",
      "信医保〔2025〕1号 第九条", "信医保〔2025〕1号 第八条", "信医保〔2025〕1号 第三十九条"}},
    {"national",
     "N34-16 N34-18 N34-13 N34-21 N34-34",
     kNational,
     {"医保办发〔2024〕34号 第十六条", "医保办发〔2024〕34号 第十六条", "医保办发〔2024〕34号 第十八条",
      "医保办发〔2024〕34号 第十三条", "医保办发〔2024〕34号 第二十一条", "医保办发〔2024〕34号 第三十四条"}},
    {"wuhai",
     "N34-16 N34-18 N34-13 N34-21 N34-34",
     kWuhai,
     {"医保办发〔2024〕34号 第十六条", "医保办发〔2024〕34号 第十六条", "医保办发〔2024〕34号 第十八条",
      "医保办发〔2024〕34号 第十三条", "医保办发〔2024〕34号 第二十一条", "医保办发〔2024〕34号 第三十四条"}},
    {"guangdong",
     "GD-4-2 N34-18 N34-13 N34-21 N34-34",
     kGuangdong,
     {"广东起草说明 四（二）", "广东起草说明 四（二）", "医保办发〔2024〕34号 第十八条",
      "医保办发〔2024〕34号 第十三条", "医保办发〔2024〕34号 第二十一条", "医保办发〔2024〕34号 第三十四条"}},
    {"jining",
     "JN-5-2 JN-2-1 JN-3-1 JN-3-2 JN-3-4",
     kJining,
     {"济宁通知 五（二）", "济宁通知 五（二）", "济宁通知 二（一）", "济宁通知 三（一）", "济宁通知 三（二）",
      "济宁通知 三（四）"}},
};

}  // namespace

TEST_EACH(Articles, keep_their_numbers, kArticles) {
    std::vector<std::string> expected;
    for (const std::string& place : row.places) expected.push_back(row.document + place);
    CPPUNIT_ASSERT_EQUAL(expected, gate_of(row.profile).articles);
}

TEST_EACH(Articles, of_grounds_are_cited, kGrounds) {
    const Profile& p = gate_of(row.profile);
    std::vector<std::string> cited;
    for (const std::uint16_t number : {p.article_suspended, p.article_terminated, p.article_departed,
                                       p.article_not_registered, p.article_no_commitment, p.article_agreement})
        cited.emplace_back(p.article(number));
    CPPUNIT_ASSERT_EQUAL(row.cited, cited);
}
