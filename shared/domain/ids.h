#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace zige {

/// One integer that cannot be mistaken for another kind of integer.
template <class Tag, class Int>
struct Number {
    Int value{};
    auto operator<=>(const Number&) const = default;
};

/// Registration number (登记号): given by the hub per institution, never reused, key of every record.
/// 0 is the institution record itself; aliases (别名) are records with numbers of the same sequence.
using RecordNo = Number<struct RecordNoTag, std::uint32_t>;
using PersonId = Number<struct PersonIdTag, std::uint64_t>;  ///< hub-internal; never leaves the hub
using AgentId = Number<struct AgentIdTag, std::uint32_t>;    ///< given by the hub; not an institution code
using Chapter = Number<struct ChapterTag, std::uint32_t>;    ///< of an agent's journal, from 1
using Epoch = Number<struct EpochTag, std::uint32_t>;        ///< of the hub; raised by a recovery
using Seq = Number<struct SeqTag, std::uint64_t>;            ///< hub-wide publish number

/// Money in fen (分), 1/100 yuan. Negative amounts are reversals.
using Fen = Number<struct FenTag, std::int64_t>;

/// National code of an institution (定点医药机构代码), 12 characters as a rule; at most 20, never empty.
struct InstitutionCode {
    std::string text;
    auto operator<=>(const InstitutionCode&) const = default;
};

}  // namespace zige
