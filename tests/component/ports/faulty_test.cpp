#include "tests/support/faulty.h"

#include "tests/support/fakes.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

TEST(FaultyFiles, fails_at_one_call_and_does_nothing_there) {
    MemoryFiles files;
    FaultyFiles faulty(files, Fault(2));
    CPPUNIT_ASSERT(faulty.write("/a", as_bytes("1")).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_disk_full, faulty.write("/a", as_bytes("2")).error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("1"), std::string(as_text(faulty.read("/a", 10).value())));
    CPPUNIT_ASSERT(faulty.fault().struck());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, faulty.fault().calls());
}
TEST(FaultyFiles, fails_for_ever_if_asked) {
    MemoryFiles files;
    FaultyFiles faulty(files, Fault(1, true));
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_io, faulty.read("/a", 1).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_io, faulty.exists("/a").error().id);
}

struct LossRow {
    const char* name;
    Loss loss;
    ErrorId error;
    std::size_t arrived;
};
const LossRow kLosses[] = {{"request", Loss::request, ErrorId::net_unreachable, 0},
                           {"answer", Loss::answer, ErrorId::net_interrupted, 1}};
TEST_EACH(FaultyTransport, loses_the, kLosses) {
    ScriptedTransport hub;
    hub.then(HttpAnswer{200, {}});
    hub.then(HttpAnswer{200, {}});
    FaultyTransport line(hub, row.loss, Fault(1));
    CPPUNIT_ASSERT_EQUAL(row.error, line.post("/sync", {}, 10).error().id);
    CPPUNIT_ASSERT_EQUAL(row.arrived, hub.asked().size());
    CPPUNIT_ASSERT(line.post("/sync", {}, 10).ok());
}

TEST(ScriptedTransport, follows_its_script_and_notes_what_was_asked) {
    ScriptedTransport hub;
    hub.then(HttpAnswer{200, to_bytes("head")});
    hub.then(fail(ErrorId::net_timeout));
    hub.then(ScriptedTransport::Answer(
        [](const ScriptedTransport::Asked& asked) { return Result<HttpAnswer>(HttpAnswer{201, asked.body}); }));
    CPPUNIT_ASSERT_EQUAL(std::string("head"), std::string(as_text(hub.get("/head", 4).value().body)));
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_timeout, hub.get("/head", 4).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_too_large, hub.post("/sync", as_bytes("12345"), 4).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_unreachable, hub.get("/end", 4).error().id);
    CPPUNIT_ASSERT_EQUAL(std::size_t{4}, hub.asked().size());
    CPPUNIT_ASSERT_EQUAL(std::string("POST"), hub.asked()[2].method);
}
