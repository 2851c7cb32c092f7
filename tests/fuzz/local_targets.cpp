#include <set>

#include "agent/daemon/claim_stream.h"
#include "agent/daemon/pin_book.h"
#include "tests/fuzz/target.h"
#include "tests/support/fakes.h"

namespace zige::fuzz {
namespace {

using namespace zige::daemon;

/// What is taken can be asked part by part, no line twice and none left out; what is not names what is wrong.
FUZZ(claim_stream) {
    const auto stream = ClaimStream::read(std::string(as_text(bytes)));
    if (!stream) {
        expect(stream.error().id == ErrorId::api_not_json || !stream.error().field.empty(), "a refusal names a field");
        return;
    }
    std::set<std::string> ids;
    for (std::size_t i = 0; i < stream->parts(); ++i) {
        const auto body = stream->part(i);
        expect(body.ok(), "a part that was read before is read again");
        const auto claim = ClaimText::read(*body);
        expect(claim.ok(), "a claim that was taken before is taken again");
        for (const agent::ClaimLine& line : claim->view().lines)
            expect(ids.emplace(line.line_id).second, "two lines have one name");
    }
    expect(ids.size() == stream->lines(), "a line is lost");
}

/// A file of PINs is whole, or told as damaged and left alone.
FUZZ(pin_file) {
    zige::testing::MemoryFiles files;
    zige::testing::SeededRandom random{1};
    const zige::testing::FakeClock clock{Instant{std::chrono::seconds{1'000'000}}};
    expect(files.write("/data/clerks.json", bytes).ok(), "memory takes a file");
    const auto book = PinBook::open("/data/clerks.json", files, random, clock);
    expect(book.ok(), "a damaged file is no reason not to start");
    const auto known = (*book)->list();
    if (!known) {
        expect(known.error().id == ErrorId::local_pins_damaged, "damaged is told as damaged");
        expect(files.read("/data/clerks.json", bytes.size()).value() == Bytes(bytes.begin(), bytes.end()),
               "nothing was overwritten");
        return;
    }
    for (const PinBook::Facts& each : *known) expect(!each.name.empty(), "somebody without a name");
}

}  // namespace
}  // namespace zige::fuzz
