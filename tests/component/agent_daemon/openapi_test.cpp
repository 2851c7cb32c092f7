#include "agent/daemon/openapi.h"

#include <set>

#include "agent/daemon/api_schema.h"
#include "agent/daemon/print.h"
#include "tests/component/agent_daemon/service_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::daemon;
using zige::testing::ServiceFixture;

namespace {

void references_in(const Json& value, std::set<std::string>& found) {
    if (const Json::Array* items = value.items())
        for (const Json& each : *items) references_in(each, found);
    if (const Json::Object* members = value.members())
        for (const Json::Member& each : *members) {
            if (each.key == "$ref" && each.value.text() != nullptr) found.insert(*each.value.text());
            references_in(each.value, found);
        }
}

struct Notation {
    const char* name;
    const char* fields;
};
const Notation kBroken[] = {
    {"no_type", "code"},
    {"no_name", ": text"},
    {"name_twice", "code: text, code: int"},
    {"unknown_type", "code: string"},
    {"empty_type", "code: "},
    {"empty_field", "code: text, , name: text"},
};

constexpr RouteWords kGood{"GET", "/v1/x", kEverybody, "甲", "x", "", "", "Status", ""};

RouteWords without(std::string_view RouteWords::*member) {
    RouteWords route = kGood;
    route.*member = "";
    return route;
}

}  // namespace

TEST(OpenApi, every_reference_leads_to_a_schema) {
    ServiceFixture f;
    const auto answer = f.call("GET", "/v1/openapi.json", "", CallerRole::viewer);
    CPPUNIT_ASSERT_EQUAL(200, answer.status);
    std::set<std::string> references;
    references_in(answer.body, references);
    CPPUNIT_ASSERT(references.size() > 20);
    for (const std::string& each : references) {
        const std::string name = each.substr(each.rfind('/') + 1);
        CPPUNIT_ASSERT_MESSAGE(each, at(answer.body, "components.schemas").find(name) != nullptr);
    }
}

TEST(OpenApi, a_route_without_words_is_none) {
    CPPUNIT_ASSERT(is_described(kGood));
    for (const auto member :
         {&RouteWords::method, &RouteWords::path, &RouteWords::zh, &RouteWords::en, &RouteWords::answer})
        CPPUNIT_ASSERT(!is_described(without(member)));
    RouteWords post = kGood;
    post.method = "POST";
    CPPUNIT_ASSERT(!is_described(post));
    post.body = "nothing";
    CPPUNIT_ASSERT(is_described(post));
}

TEST(OpenApi, a_route_names_what_there_is) {
    RouteWords strange = kGood;
    strange.answer = "Nothing";
    CPPUNIT_ASSERT_THROW(openapi_document({&strange, 1}, "1"), Bug);
    strange = kGood;
    strange.errors = "api_no_such_error";
    CPPUNIT_ASSERT_THROW(openapi_document({&strange, 1}, "1"), Bug);
}

TEST_EACH(OpenApi, broken_notation_is_a_defect, kBroken) { CPPUNIT_ASSERT_THROW(object_schema(row.fields, true), Bug); }

TEST(OpenApi, says_which_members_may_be_missing_and_which_may_be_null) {
    const Json schema = object_schema("a: int, b?: text|null, c: Code[]", true);
    CPPUNIT_ASSERT_EQUAL(std::string(R"(["a","c"])"), at(schema, "required").write());
    CPPUNIT_ASSERT_EQUAL(std::string(R"({"anyOf":[{"type":"string"},{"type":"null"}]})"),
                         at(schema, "properties.b").write());
    CPPUNIT_ASSERT_EQUAL(std::string(R"({"type":"array","items":{"$ref":"#/components/schemas/Code"}})"),
                         at(schema, "properties.c").write());
    CPPUNIT_ASSERT_EQUAL(std::string("false"), at(schema, "additionalProperties").write());
}
