#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace zige {

inline constexpr std::size_t kMaxCodeLength = 30;  ///< of any code of a person as HIS software sends it

/// What a code looks like; lenient, a code that matches nothing may still be an alias.
enum class CodeShape { doctor, nurse, pharmacy_technician, medical_technician, clinic, pharmacy, none };

/// D + 12 digits, N + 12, HY + 12, HJ + 12, H + 11, P + 11 (full match).
CodeShape shape_of(std::string_view code);

/// True for a full match of a person's national code pattern.
bool is_person_code(std::string_view code);

/// Resident identity number (GB 11643): 18 characters, date, check digit; a lower-case x is accepted and raised.
/// ErrorId::identity_bad_length / identity_bad_character / identity_bad_date / identity_bad_checksum; the number itself is
/// never part of the error (P9). Only for certificate type 01.
Result<std::string> check_resident_id(std::string_view number, std::string_view field);

/// 3 first and 2 last characters, the rest as '*'; all of them as '*' where no more than 5 are there. Characters of UTF-8,
/// since other certificates have Chinese in their number. For people who may look but not see.
std::string masked(std::string_view identity_number);

}  // namespace zige
