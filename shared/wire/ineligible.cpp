#include <algorithm>

#include "shared/wire/chain.h"
#include "shared/wire/codec_parts.h"

namespace zige::wire {

Hash256 ineligible_digest(std::span<const IneligibleEntry> sorted, ByteView salt, const Hasher& hasher) {
    Writer out;
    out.array(sorted.size());
    for (const IneligibleEntry& entry : sorted) write(out, entry);
    return hasher.hash({as_bytes("zige-ineligible"), salt, out.view()});
}

std::array<std::byte, 8> ineligible_key(ByteView salt, std::string_view code, const Hasher& hasher) {
    const Hash256 mac = hasher.mac(salt, as_bytes(code));
    std::array<std::byte, 8> key{};
    std::copy_n(mac.begin(), key.size(), key.begin());
    return key;
}

}  // namespace zige::wire
