#pragma once

#include <string>
#include <string_view>

#include "shared/ports/crypto.h"
#include "shared/ports/random.h"
#include "shared/ports/sealing.h"
#include "shared/wire/messages.h"

namespace zige::wire {

/// Codes that people read to each other over the telephone: decimal digits, the last of them a check digit. PHONE rules
/// of SPEC.md. Pure; how often somebody may try is the caller's business (a misheard code need not count).
///
/// What is typed may hold blanks, hyphens and full-width digits. phone_code_misheard: another number of digits, another
/// character, or the check digit is wrong: every single wrong digit and every swap of two neighbours (PHONE-1).
/// phone_code_wrong: all digits are plausible, but it was not made with this key for this.

inline constexpr std::size_t kProlongationDigits = 12;
inline constexpr std::size_t kFilingCodeDigits = 8;
inline constexpr std::size_t kRegionCodeDigits = 24;
inline constexpr int kMaxProlongationDays = 15;
inline constexpr std::uint32_t kMaxSerialsAhead = 10;  ///< codes that were issued and never typed

/// Between whom, and under which trust document of the agent's.
struct PhoneParties {
    std::string_view hub_id;
    AgentId agent;
    std::uint32_t trust_version;
};
/// The key of an agent's codes, the same on both sides (PHONE-2): `own` is one side's sealing key, `peer` the other's
/// public one. crypto_bad_key, crypto_failed.
Result<Hash256> phone_key(const PhoneParties& parties, const Unsealer& own, ByteView peer);

/// Lets a copy count as fresh for some days more.
struct Prolongation {
    std::uint32_t serial;  ///< from 1, counted by the hub per agent
    int days;
    bool operator==(const Prolongation&) const = default;
};
/// phone_code_too_long: `days` is not within 1..15 (PHONE-5).
Result<std::string> prolongation_code(const Hash256& key, const Prolongation& granted, const Hasher& hasher);
/// `used`: the highest serial that this agent took, 0 for none; it keeps the one that comes back before it acts on it.
/// phone_code_misheard, phone_code_wrong, phone_code_used, phone_code_too_long.
Result<Prolongation> read_prolongation(const Hash256& key, std::string_view typed, std::uint32_t used,
                                       const Hasher& hasher);

/// Says that an agent had these bytes under this UUID when its clerk read the code to the operator (PHONE-6).
std::string filing_code(const Hash256& key, const Uuid& id, ByteView filing, const Hasher& hasher);
/// What the operator writes down until the filing comes: the digits alone. phone_code_misheard.
Result<std::string> read_filing_code(std::string_view typed);
/// phone_code_wrong, phone_code_misheard.
Result<void> check_filing_code(const Hash256& key, std::string_view typed, const Uuid& id, ByteView filing,
                               const Hasher& hasher);

/// One code for all agents of a hub that is down: who knows it knows what the hub hashed (PHONE-7).
std::string new_region_code(Random& random);
/// `code`: 24 digits as new_region_code() makes them.
Hash256 region_code_hash(std::string_view hub_id, std::string_view code, const Hasher& hasher);
/// phone_code_misheard, phone_code_wrong.
Result<void> check_region_code(std::string_view hub_id, std::string_view typed, const Hash256& hash,
                               const Hasher& hasher);

/// In groups of four, as it is read out: "1234 5678 9012".
std::string spoken(std::string_view code);

}  // namespace zige::wire
