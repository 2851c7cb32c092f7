#pragma once

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace zige::testing {

struct InventedPerson {
    std::string code;
    std::string name;
    std::string sex;
    std::string identity_number;
    std::string licence;
    std::string contract_from;
    std::string contract_until;
};

/// People out of a seed: 120 surnames, the 3,755 given-name characters of GB 2312 level 1, identity numbers with a
/// right check digit, codes with random sequence numbers. Nobody and no code comes twice.
class InventedPeople {
public:
    explicit InventedPeople(std::uint64_t seed) : engine_(seed) {}

    /// `code_prefix`: "D", "N", "HY" or "HJ". `with_licence`: the layout has a column for it.
    InventedPerson next(std::string_view code_prefix, bool with_licence);
    std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }

private:
    std::string name();
    std::string identity_number(bool male);
    std::string digits(std::size_t count);
    std::string day(int first_year, int years);

    std::mt19937_64 engine_;  // its sequence is fixed by the standard; the distributions are not
    std::uint64_t people_ = 0;
    std::set<std::uint64_t> sequences_;
};

/// Between character sets by the C library; characters that `to` lacks become '?', as exports do it.
std::string converted(std::string_view text, const char* from, const char* to);

}  // namespace zige::testing
