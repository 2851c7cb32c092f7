#include "agent/core/anchor.h"

#include "tests/support/fakes.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::agent;

namespace {

const std::filesystem::path kPath = "/anchor";

Anchor anchor() {
    return {AgentId{7}, Chapter{2}, 41, Hash256{std::byte{0xA5}}, Instant{std::chrono::seconds{1788746400}}};
}

}  // namespace

TEST(Anchor, comes_back_as_it_was_written) {
    testing::MemoryFiles files;
    CPPUNIT_ASSERT(!read_anchor(files, kPath));
    CPPUNIT_ASSERT(write_anchor(files, kPath, anchor()).ok());
    const auto back = read_anchor(files, kPath);
    CPPUNIT_ASSERT(back && *back == anchor());
}

TEST(Anchor, is_none_when_any_byte_of_it_is_damaged) {
    testing::MemoryFiles files;
    CPPUNIT_ASSERT(write_anchor(files, kPath, anchor()).ok());
    const Bytes whole = *files.read(kPath, 1024);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        Bytes damaged = whole;
        damaged[i] ^= std::byte{1};  // turns each digit into another one
        CPPUNIT_ASSERT(files.write(kPath, damaged).ok());
        CPPUNIT_ASSERT_MESSAGE("byte " + std::to_string(i), !read_anchor(files, kPath));
        CPPUNIT_ASSERT(files.write(kPath, ByteView(whole).first(i)).ok());
        CPPUNIT_ASSERT_MESSAGE("cut at " + std::to_string(i), !read_anchor(files, kPath));
    }
}
