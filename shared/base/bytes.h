#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zige {

using Bytes = std::vector<std::byte>;
using ByteView = std::span<const std::byte>;

/// A digest of the hub's suite: SHA-256 or SM3.
using Hash256 = std::array<std::byte, 32>;

inline ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes to_bytes(ByteView bytes) { return {bytes.begin(), bytes.end()}; }
inline Bytes to_bytes(std::string_view text) { return to_bytes(as_bytes(text)); }

inline std::string to_hex(ByteView bytes) {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::byte b : bytes) {
        text += kDigits[std::to_integer<unsigned>(b) >> 4U];
        text += kDigits[std::to_integer<unsigned>(b) & 15U];
    }
    return text;
}

/// Lower or upper case digits; nothing for an odd length or another character.
std::optional<Bytes> from_hex(std::string_view text);

/// Nothing unless it is exactly 32 bytes.
std::optional<Hash256> to_hash(ByteView bytes);

}  // namespace zige
