#pragma once

#include <vector>

#include "shared/wire/messages.h"

namespace zige::bench {

/// The corpus that all sizes are measured with, drawn by a seed, so that figures mean something: random six-digit
/// sequence numbers in the codes, 120 surnames and 2,000 characters of given names drawn evenly, and a bureau whose
/// division and document prefix are in no dictionary.
struct Corpus {
    std::vector<Record> records;               ///< the institution, then people 1..n
    std::vector<wire::StandingPatch> patches;  ///< suspensions of people, ascending

    std::vector<Registration> registrations() const;
    std::vector<Alias> licences(std::uint64_t seed) const;  ///< one of 15 digits for each person, numbered after them

    static constexpr Instant kPublished{std::chrono::seconds{1'795'312'800}};  ///< 2026-11-22 10:00 in China
    /// What `count` suspensions with dates and document among `people` people tell, in bits.
    static double entropy_bits(std::size_t people, std::size_t count);
};

Corpus make_corpus(std::size_t people, std::size_t patches, std::uint64_t seed);

}  // namespace zige::bench
