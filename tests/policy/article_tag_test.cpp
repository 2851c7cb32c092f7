#include "tests/policy/article_tag.h"

#include "tests/policy/profiles.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

struct TagRow {
    const char* name;
    std::string_view profile;
    const char* text;
    const char* tag;
};
const TagRow kTags[] = {
    {"article", kXinyang, "第二十条：记分累加计算", "XY-20"},
    {"article_and_item", kXinyang, "第三十三条第（二）项：每次减1分", "XY-33-2"},
    {"article_by_document", kXinyang, "信医保〔2025〕1号 第四十条第（四）项", "XY-40-4"},
    {"article_ten", kXinyang, "第十条", "XY-10"},
    {"article_seventeen", kXinyang, "第十七条", "XY-17"},
    {"provincial_text", kXinyang, "豫医保〔2025〕1号：3月1日起", "HN"},
    {"order_with_a_number_in_its_name", kXinyang, "国家医保局令第3号 第三十七条：三十个工作日", "O3-37"},
    {"section_and_item", kWuhai, "乌海告知书 四（二）：累计9分", "WH-4-2"},
    {"section_item_and_number", kWuhai, "乌海告知书 三（一）2", "WH-3-1-2"},
    {"section", kWuhai, "乌海告知书 五：不予修复", "WH-5"},
    {"national_article", kWuhai, "医保办发〔2024〕34号 第二十九条：暂停", "N34-29"},
    {"annex", kNational, "医保发〔2024〕23号 附件2：由低到高", "N23-A2"},
    {"explanation", kGuangdong, "广东起草说明 四（三）：累加计算", "GD-4-3"},
    {"end_of_a_text", kJining, "济宁通知 末段：自印发之日起", "JN-end"},
    {"no_document", kWuhai, "第三条", ""},
    {"no_article", kXinyang, "某处", ""},
};

}  // namespace

TEST_EACH(ArticleTag, names_text_article_and_item, kTags) {
    CPPUNIT_ASSERT_EQUAL(std::string(row.tag), article_tag(row.profile, row.text));
}

TEST(ArticleTag, is_known_for_every_value_of_every_profile) {
    for (const std::string_view id : kAllProfiles)
        for (const hub::SourcedValue& value : profile_file(id).values)
            CPPUNIT_ASSERT_MESSAGE(std::string(id) + " " + value.path + ": " + value.cite.text,
                                   !value_tag(id, value).empty());
}

TEST(ArticleTag, of_what_is_ours_is_its_key) {
    const hub::SourcedValue value = {"rules.repair[0]", "rules.repair[exam]", "{}", {ValueSource::undecided, "?"}, 1};
    CPPUNIT_ASSERT_EQUAL(std::string("ours:rules.repair[exam]"), value_tag(kXinyang, value));
}
