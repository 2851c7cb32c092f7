#include "shared/base/bounded.h"

#include <vector>

#include "tests/support/testing.h"

using namespace zige;

namespace {

using Three = Bounded<int, 3>;

std::vector<int> items_of(const Three& three) { return {three.begin(), three.end()}; }

Three one_and_three() {
    Three three;
    three.push_back(1);
    three.push_back(3);
    return three;
}

}  // namespace

TEST(Bounded, holds_what_is_put_in_and_no_more) {
    Three three = one_and_three();
    CPPUNIT_ASSERT_EQUAL((std::vector{1, 3}), items_of(three));
    CPPUNIT_ASSERT(!three.full());
    three.push_back(5);
    CPPUNIT_ASSERT(three.full());
    CPPUNIT_ASSERT_THROW(three.push_back(7), Bug);
    CPPUNIT_ASSERT_THROW(three.insert(0, 7), Bug);
    three.clear();
    CPPUNIT_ASSERT(three.empty());
    CPPUNIT_ASSERT_THROW(three.pop_back(), Bug);
}

TEST(Bounded, inserts_at_any_place_and_one_of_its_own_too) {
    Three three = one_and_three();
    three.insert(0, three[1]);
    CPPUNIT_ASSERT_EQUAL((std::vector{3, 1, 3}), items_of(three));
    three.pop_back();
    three.insert(2, 9);
    CPPUNIT_ASSERT_EQUAL((std::vector{3, 1, 9}), items_of(three));
    three.pop_back();
    CPPUNIT_ASSERT_THROW(three.insert(3, 4), Bug);
}

TEST(Bounded, is_copied_by_value) {
    Three three = one_and_three();
    Three copy = three;
    three[0] = 100;
    CPPUNIT_ASSERT_EQUAL((std::vector{1, 3}), items_of(copy));
    copy.push_back(5);
    three = copy;
    CPPUNIT_ASSERT_EQUAL((std::vector{1, 3, 5}), items_of(three));
}
