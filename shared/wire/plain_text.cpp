#include "shared/wire/cbor.h"

namespace zige::wire {
namespace {

/// Length of the UTF-8 sequence that starts with `lead`, its smallest code point and the bits that `lead` holds.
struct Sequence {
    std::size_t length;
    std::uint32_t smallest;
    std::uint32_t bits;
};

Sequence sequence_of(std::uint32_t lead) {
    if (lead < 0x80) return {1, 1, lead};  // 1: a NUL is refused
    if (lead >= 0xc0 && lead < 0xe0) return {2, 0x80, lead & 0x1fU};
    if (lead >= 0xe0 && lead < 0xf0) return {3, 0x800, lead & 0x0fU};
    if (lead >= 0xf0 && lead < 0xf8) return {4, 0x10000, lead & 0x07U};
    return {0, 0, 0};
}

bool is_scalar(std::uint32_t point) { return point <= 0x10ffff && (point < 0xd800 || point > 0xdfff); }

}  // namespace

bool is_plain_text(ByteView bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
        const Sequence sequence = sequence_of(std::to_integer<std::uint32_t>(bytes[i]));
        if (sequence.length == 0 || sequence.length > bytes.size() - i) return false;
        std::uint32_t point = sequence.bits;
        for (std::size_t k = 1; k < sequence.length; ++k) {
            const auto next = std::to_integer<std::uint32_t>(bytes[i + k]);
            if ((next & 0xc0U) != 0x80U) return false;
            point = (point << 6U) | (next & 0x3fU);
        }
        if (point < sequence.smallest || !is_scalar(point)) return false;
        i += sequence.length;
    }
    return true;
}

}  // namespace zige::wire
