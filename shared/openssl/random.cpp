#include <openssl/rand.h>

#include <algorithm>
#include <climits>

#include "shared/openssl/crypto.h"

namespace zige {

namespace {

class OpensslRandom : public Random {
public:
    void fill(std::span<std::byte> out) override {
        while (!out.empty()) {
            const auto part = out.first(std::min<std::size_t>(out.size(), INT_MAX));
            expect(RAND_bytes(reinterpret_cast<unsigned char*>(part.data()), static_cast<int>(part.size())) == 1,
                   "no random bytes");
            out = out.subspan(part.size());
        }
    }
};

}  // namespace

std::unique_ptr<Random> make_random() { return std::make_unique<OpensslRandom>(); }

}  // namespace zige
