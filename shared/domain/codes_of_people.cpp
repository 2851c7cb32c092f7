#include "shared/domain/codes_of_people.h"

#include <algorithm>
#include <array>

#include "shared/base/time.h"

namespace zige {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

bool matches(std::string_view code, std::string_view prefix, std::size_t digits) {
    return code.size() == prefix.size() + digits && code.substr(0, prefix.size()) == prefix &&
           is_digits(code.substr(prefix.size()));
}

constexpr std::size_t kIdLength = 18;

/// GB 11643: the check character of the first 17 digits.
char check_character(std::string_view number) {
    constexpr std::array<int, kIdLength - 1> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    constexpr std::string_view kCharacters = "10X98765432";
    int sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (number[i] - '0') * kWeights[i];
    return kCharacters[static_cast<std::size_t>(sum % 11)];
}

bool starts_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

}  // namespace

CodeShape shape_of(std::string_view code) {
    if (matches(code, "D", 12)) return CodeShape::doctor;
    if (matches(code, "N", 12)) return CodeShape::nurse;
    if (matches(code, "HY", 12)) return CodeShape::pharmacy_technician;
    if (matches(code, "HJ", 12)) return CodeShape::medical_technician;
    if (matches(code, "H", 11)) return CodeShape::clinic;
    if (matches(code, "P", 11)) return CodeShape::pharmacy;
    return CodeShape::none;
}

bool is_person_code(std::string_view code) {
    switch (shape_of(code)) {
        case CodeShape::doctor:
        case CodeShape::nurse:
        case CodeShape::pharmacy_technician:
        case CodeShape::medical_technician: return true;
        case CodeShape::clinic:
        case CodeShape::pharmacy:
        case CodeShape::none: return false;
    }
    return false;
}

Result<std::string> check_resident_id(std::string_view number, std::string_view field) {
    const std::string where(field);
    if (number.size() != kIdLength) return fail(ErrorId::identity_bad_length, where, "18 characters are needed");
    std::string raised(number);
    if (raised.back() == 'x') raised.back() = 'X';
    if (!is_digits(number.substr(0, kIdLength - 1)) || (!is_digit(raised.back()) && raised.back() != 'X'))
        return fail(ErrorId::identity_bad_character, where, "17 digits and a digit or X are needed");
    const std::string birth = raised.substr(6, 4) + "-" + raised.substr(10, 2) + "-" + raised.substr(12, 2);
    if (!parse_day(birth, field)) return fail(ErrorId::identity_bad_date, where, "there is no such day of birth");
    if (check_character(raised) != raised.back())
        return fail(ErrorId::identity_bad_checksum, where, "the check character does not fit");
    return raised;
}

std::string masked(std::string_view identity_number) {
    constexpr std::size_t kFirst = 3;
    constexpr std::size_t kLast = 2;
    const auto count = static_cast<std::size_t>(std::ranges::count_if(identity_number, starts_character));
    std::string shown;
    std::size_t at = 0;  // characters begun so far
    for (const char byte : identity_number) {
        if (starts_character(byte)) ++at;
        const bool open = count > kFirst + kLast && (at <= kFirst || at > count - kLast);
        if (open) shown += byte;
        else if (starts_character(byte)) shown += '*';
    }
    return shown;
}

}  // namespace zige
