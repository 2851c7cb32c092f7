#pragma once

#include <map>
#include <string>
#include <vector>

#include "shared/base/bytes.h"

namespace zige::vectors {

/// A vector that is a row of named texts: bytes are in hexadecimal, numbers in decimal.
using Fields = std::map<std::string, std::string>;

/// An array of objects of texts. Both throw std::runtime_error with the reason.
std::vector<Fields> read_fields(const std::string& file);
void write_fields(const std::string& file, const std::vector<Fields>& rows);

Bytes bytes_of(const Fields& row, const char* field);

/// protocol/vectors/sealed.json, phone_codes.json.
std::vector<Fields> make_sealed();
std::vector<Fields> make_phone_codes();

/// What a receiver finds: the field that the row must have, or the name of the refusal.
std::string found_in_sealed(const Fields& row);
std::string found_in_phone_code(const Fields& row);

}  // namespace zige::vectors
