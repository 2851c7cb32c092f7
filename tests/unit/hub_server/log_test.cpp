#include "hub/server/log.h"

#include <sstream>

#include "tests/support/fakes.h"
#include "tests/support/testing.h"

using namespace zige;

TEST(HubLogLines, are_one_line_each_whatever_stands_in_a_value) {
    zige::testing::FakeClock clock(*parse_time("2026-11-22 10:00:00", "now"));
    std::ostringstream out;
    hub::Log log(out, clock);
    log.info("sync", {{"agent", "3"}, {"path", "/a b"}, {"why", "x\ninfo forged=1"}, {"empty", ""}});
    CPPUNIT_ASSERT_EQUAL(
        std::string("2026-11-22 10:00:00 info sync agent=3 path=\"/a b\" why=\"x_info forged=1\" empty=\"\"\n"),
        out.str());
}
