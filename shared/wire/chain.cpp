#include "shared/wire/chain.h"

#include "shared/wire/codec.h"

namespace zige::wire {
namespace {

constexpr std::array kEntryMark{std::byte{0x02}};

/// Big-endian.
template <class Int>
auto fixed(Int value) {
    std::array<std::byte, sizeof(Int)> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[bytes.size() - 1 - i] = static_cast<std::byte>((value >> (8 * i)) & 0xffU);
    return bytes;
}

void append(Bytes& out, ByteView part) { out.insert(out.end(), part.begin(), part.end()); }

}  // namespace

Hash256 state_hash(const State& state, const Hasher& hasher) { return hasher.hash({encode(state)}); }

Hash256 chain_start(AgentId agent, Chapter chapter, const Hasher& hasher) {
    return hasher.hash({as_bytes("zige-journal"), fixed(agent.value), fixed(chapter.value)});
}

Hash256 chain_next(const Hash256& previous, ByteView entry, const Hasher& hasher) {
    return hasher.hash({kEntryMark, previous, entry});
}

Bytes batch_message(AgentId agent, Chapter chapter, std::uint64_t first, std::uint64_t last, const Hash256& root) {
    Bytes message = to_bytes("zige-batch");
    append(message, fixed(agent.value));
    append(message, fixed(chapter.value));
    append(message, fixed(first));
    append(message, fixed(last));
    append(message, root);
    return message;
}

}  // namespace zige::wire
