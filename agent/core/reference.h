#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/domain/ids.h"

namespace zige::agent {

/// The 6-character reference (参考号) of a journal entry, in Crockford's base 32 (no I, L, O, U), which a clerk reads
/// out. A one-to-one image of 30 bits: (chapter - 1) * 2^26 + index, modulo 2^30, times an odd constant and mixed, so
/// that neighbours do not look alike. Unique within an agent's journal while a chapter has fewer than 2^26 entries; a
/// longer chapter runs into the next one's range, and reference_number() names the chapter it is asked for.
std::string reference(Chapter chapter, std::uint64_t index);

/// The index within `chapter` that a reference stands for; lower case and the look-alikes i, l, o are read as 1, 1, 0.
/// Nothing for other text.
std::optional<std::uint64_t> reference_number(std::string_view reference, Chapter chapter);

}  // namespace zige::agent
