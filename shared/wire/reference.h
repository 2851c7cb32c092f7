#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"

namespace zige::wire {

/// The 6-character reference (参考号) of a journaled decision, in Crockford's base 32 (no I, L, O, U), which a clerk reads
/// out. A one-to-one image of 30 bits, mixed so that neighbours do not look alike: 15 of the entry's number and 15 of its
/// chain hash. Within 32,768 entries of a chapter no two share one; of another agent, another chapter, or a journal that
/// was put back and went on in another way, two given entries do by chance only, one pair in 2^30 (2^15 at one number).
std::string reference(std::uint64_t number, const Hash256& chain);

inline constexpr std::uint64_t kReferenceNumbers = 1U << 15U;  ///< entries so far apart may share one

/// What a reference says of its entry.
struct Reference {
    std::uint32_t number = 0;  ///< of the entry, modulo kReferenceNumbers
    std::uint32_t chain = 0;   ///< the first 15 bits of its chain hash
    bool is_of(std::uint64_t entry, const Hash256& hash) const;
    bool operator==(const Reference&) const = default;
};
/// Lower case and the look-alikes i, l, o are read as 1, 1, 0. Nothing for other text.
std::optional<Reference> read_reference(std::string_view text);

}  // namespace zige::wire
