#include "tests/fuzz/target.h"

namespace zige::fuzz {

std::vector<Target>& targets() {
    static std::vector<Target> all;
    return all;
}

bool add_target(const char* name, void (*run)(ByteView bytes)) {
    targets().push_back({name, run});
    return true;
}

}  // namespace zige::fuzz
