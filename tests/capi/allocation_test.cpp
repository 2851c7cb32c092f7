#include <atomic>
#include <cstddef>
#include <cstdlib>

#include "tests/capi/served_folder.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

// What this program and all libraries in it ask the C library for, counted for the thread that asks to be counted.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
}

namespace {

thread_local bool counting = false;
thread_local std::size_t counted = 0;

void note() {
    if (counting) ++counted;
}

}  // namespace

extern "C" void* malloc(std::size_t size) {
    note();
    return __libc_malloc(size);
}
extern "C" void* calloc(std::size_t count, std::size_t size) {
    note();
    return __libc_calloc(count, size);
}
extern "C" void* realloc(void* memory, std::size_t size) {
    note();
    return __libc_realloc(memory, size);
}

namespace {

std::size_t allocations_of(const std::function<void()>& body) {
    counted = 0;
    counting = true;
    body();
    counting = false;
    return counted;
}

struct Row {
    const char* name;
    std::uint32_t flags;
    const char* document;  ///< of a ground, as the host reads it
};
const Row kRows[] = {
    {"utf8", 0, "信医保处〔2026〕12号"},
    {"gbk", ZIGE_GBK,
     "\xd0\xc5\xd2\xbd\xb1\xa3\xb4\xa6\xa1\xb2"
     "2026\xa1\xb3"
     "12\xba\xc5"},
};

}  // namespace

TEST(CapiAllocation, is_counted) {
    const auto once = [] {
        void* volatile memory = std::malloc(100);
        std::free(memory);
    };
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, allocations_of(once));
}

TEST_EACH(CapiAllocation, a_check_makes_none_once_it_runs, kRows) {
    EnrolledFolder folder;
    ServedFolder served(folder, Way::owner, row.flags);
    Asked asked(folder, std::vector<const char*>(30, kSuspendedCode));
    for (zige_line& line : asked.lines) line.people[1] = {kOtherCode, ZIGE_ROLE_EXECUTING};
    zige_status status = zige_check(&asked.answer, served.agent, &asked.claim, nullptr);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OK}, status);
    const std::size_t made = allocations_of([&] {
        for (int i = 0; i < 100; ++i) status |= zige_check(&asked.answer, served.agent, &asked.claim, nullptr);
    });
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_OK}, status);
    CPPUNIT_ASSERT_EQUAL(std::string(row.document), std::string(asked.decision(29).grounds[0].document));
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, made);
}
