#include "agent/capi/guard.h"

#include <functional>
#include <stdexcept>
#include <string>

#include "tests/support/testing.h"

using namespace zige;
using namespace zige::capi;

namespace {

void ZIGE_CALL keep_line(const char* line, void* user) { *static_cast<std::string*>(user) += line; }
void ZIGE_CALL broken_log(const char*, void*) { throw std::runtime_error("the log is full"); }

struct Row {
    const char* name;
    std::function<Result<void>()> body;
    const char* detail;
};
const Row kRows[] = {
    {"a_bug",
     [] {
         expect(false, "an index beyond the end");
         return Result<void>();
     },
     "an index beyond the end"},
    {"no_memory", []() -> Result<void> { throw std::bad_alloc(); }, "std::bad_alloc"},
    {"what_is_no_exception", []() -> Result<void> { throw 42; }, "an exception of an unknown kind"},
};

}  // namespace

TEST_EACH(CapiGuard, answers_internal_and_lives_after, kRows) {
    std::string log;
    const Manner manner(0, keep_line, &log);
    zige_error error;
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_API_INTERNAL}, guarded(&error, manner, row.body));
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_KIND_STOP}, error.kind);
    CPPUNIT_ASSERT_EQUAL(std::string(row.detail), std::string(error.detail));
    CPPUNIT_ASSERT_EQUAL(std::string("程序内部错误"), std::string(error.reason));
    CPPUNIT_ASSERT_EQUAL("api_internal: " + std::string(row.detail), log);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_API_INTERNAL}, guarded(nullptr, manner, row.body));
}

TEST(CapiGuard, survives_a_host_whose_log_throws) {
    const Manner manner(ZIGE_ENGLISH, broken_log, nullptr);
    zige_error error;
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_API_INTERNAL}, guarded(&error, manner, kRows[0].body));
    CPPUNIT_ASSERT_EQUAL(std::string("the log is full"), std::string(error.detail));
    CPPUNIT_ASSERT_EQUAL(std::string("internal error"), std::string(error.reason));
}

TEST(CapiGuard, cuts_what_is_too_long_to_be_told) {
    const Manner manner(0);
    zige_error error;
    const std::string field(1000, 'f');
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_API_BAD_FIELD},
                         tell(&error, fail(ErrorId::api_bad_field, field, std::string(1000, 'd')), manner));
    CPPUNIT_ASSERT_EQUAL(sizeof error.field - 1, std::string(error.field).size());
    CPPUNIT_ASSERT_EQUAL(sizeof error.detail - 1, std::string(error.detail).size());
}
