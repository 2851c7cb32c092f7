#include <cstdint>
#include <string_view>

#include "shared/base/result.h"
#include "tests/fuzz/target.h"

/// libFuzzer's entry for the one target that this program is built for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const zige::fuzz::Target target = [] {
        for (const auto& each : zige::fuzz::targets())
            if (std::string_view(each.name) == ZIGE_FUZZ_TARGET) return each;
        throw zige::Bug("no such fuzz target");
    }();
    target.run({reinterpret_cast<const std::byte*>(data), size});
    return 0;
}
