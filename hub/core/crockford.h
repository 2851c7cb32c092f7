#pragma once

#include <string>
#include <string_view>

#include "shared/base/bytes.h"

namespace zige::hub {

/// Crockford base32 of `bytes`, 5 bits a character; trailing bits that fill no character are zero.
std::string base32(ByteView bytes);
/// "ABCD-EFGH-..." for people to type.
std::string in_groups(std::string_view plain);
/// What somebody typed: upper case, without groups; O is 0, I and L are 1. Empty if a character is none of Crockford's.
std::string plain_base32(std::string_view typed);

}  // namespace zige::hub
