#include "hub/server/service.h"

#include <set>

#include "hub/server/command_line.h"
#include "hub/server/operations.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::hub;

TEST(HubServiceCall, comes_back_as_it_was_sent) {
    ServiceCall call;
    call.operation = "roster.import";
    call.arguments.set("institution", "H41150300001").set("note", "第一行\n第二行");
    call.attachment = to_bytes(std::string_view("\n\0\xFF tabs\t", 9));
    const auto back = decode_call(call.operation, encode_call(call));
    CPPUNIT_ASSERT(back.ok());
    CPPUNIT_ASSERT(call.arguments == back->arguments);
    CPPUNIT_ASSERT(call.attachment == back->attachment);
}

TEST(HubServiceCall, refuses_a_body_that_is_none) {
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_not_json, decode_call("x", as_bytes("{}")).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_not_json, decode_call("x", as_bytes("[]\n")).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_not_json, decode_call("x", as_bytes("{\"a\":\n")).error().id);
}

TEST(HubServiceError, comes_back_as_it_was_sent) {
    for (const ErrorId id : all<ErrorId>()) {
        const Error error = fail(id, "code", "why");
        CPPUNIT_ASSERT(error == error_from(error_json(error)));
        CPPUNIT_ASSERT(http_status_of(id) >= 400);
    }
}

TEST(HubServiceError, of_a_newer_program_is_named) {
    const Error error = error_from(Json::object({{"error", Json::object({{"code", "something_new"}})}}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_bad_answer, error.id);
    CPPUNIT_ASSERT_EQUAL(std::string("something_new"), error.detail);
}

TEST(HubOperations, are_those_of_the_command_line_each_once) {
    std::set<std::string_view> operations;
    for (const auto area : operation_areas())
        for (const NamedOperation& operation : area) CPPUNIT_ASSERT(operations.insert(operation.name).second);
    // Drafts and root keys stay with the caller (run_trust.cpp), so do templates (run_papers.cpp) and files of
    // profiles.
    std::set<std::string_view> asked{"trust.show", "trust.draft", "trust.publish",
                                     "paper.make", "paper.print", "profile.file"};
    for (const CommandSpec& command : commands())
        if (!command.operation.empty()) asked.insert(command.operation);
    CPPUNIT_ASSERT(operations == asked);
}
