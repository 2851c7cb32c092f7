#include <set>

#include "shared/openssl/crypto.h"
#include "tests/support/fakes.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

std::unique_ptr<Random> fake() { return std::make_unique<SeededRandom>(7); }

struct Row {
    const char* name;
    std::unique_ptr<Random> (*make)();
};
const Row kBoth[] = {{"openssl", make_random}, {"seeded", fake}};

Bytes draw(Random& random, std::size_t size) {
    Bytes bytes(size);
    random.fill(bytes);
    return bytes;
}

}  // namespace

TEST_EACH(RandomContract, does_not_repeat_itself, kBoth) {
    const auto random = row.make();
    std::set<Bytes> drawn;
    for (int i = 0; i < 1'000; ++i) drawn.insert(draw(*random, 16));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1'000}, drawn.size());
}
TEST_EACH(RandomContract, gives_every_byte, kBoth) {
    const auto random = row.make();
    const Bytes bytes = draw(*random, 10'000);
    CPPUNIT_ASSERT_EQUAL(std::size_t{256}, std::set<std::byte>(bytes.begin(), bytes.end()).size());
    random->fill({});
}

TEST(SeededRandom, repeats_for_its_seed_only) {
    SeededRandom one(1), again(1), two(2);
    const Bytes drawn = draw(one, 32);
    CPPUNIT_ASSERT_EQUAL(drawn, draw(again, 32));
    CPPUNIT_ASSERT(drawn != draw(two, 32));
}
