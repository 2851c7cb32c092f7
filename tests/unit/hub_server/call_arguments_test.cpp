#include "hub/server/call_arguments.h"

#include "tests/support/testing.h"

using namespace zige;
using namespace zige::hub;

TEST(HubCallArguments, takes_a_text_of_one_line) {
    const Json json = Json::object({{"document", "信医保处〔2026〕12号"}});
    CPPUNIT_ASSERT_EQUAL(std::string("信医保处〔2026〕12号"), *CallArguments(json).text("document"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_missing_field, CallArguments(json).text("reason").error().id);
    CPPUNIT_ASSERT(!*CallArguments(json).maybe_text("reason"));
}

TEST(HubCallArguments, names_the_text_that_holds_a_control_character) {
    for (const char* bad : {"D\n1", "D\x1B[2J", "D\t1", "D\x7F"}) {
        const Json json = Json::object({{"document", bad}});
        const auto refused = CallArguments(json).text("document");
        CPPUNIT_ASSERT(!refused.ok());
        CPPUNIT_ASSERT_EQUAL(ErrorId::api_bad_field, refused.error().id);
        CPPUNIT_ASSERT_EQUAL(std::string("document"), refused.error().field);
    }
}

TEST(HubCallArguments, takes_lines_where_a_file_is_meant) {
    const Json json = Json::object({{"profile", "{\n}\n"}});
    CPPUNIT_ASSERT_EQUAL(std::string("{\n}\n"), *CallArguments(json).long_text("profile"));
}
