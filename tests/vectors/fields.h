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

/// protocol/vectors/sealed.json, phone_codes.json, sm2.json.
std::vector<Fields> make_sealed();
std::vector<Fields> make_phone_codes();
std::vector<Fields> make_sm2();

/// What a receiver finds, or the name of the refusal.
std::string found_in_sealed(const Fields& row);
std::string found_in_phone_code(const Fields& row);
std::string found_in_sm2(const Fields& row);

/// What the row says that a receiver finds.
const std::string& meant(const Fields& row);

/// The files by name.
struct FieldsFile {
    const char* name;
    std::vector<Fields> (*make)();
    std::string (*found)(const Fields& row);
    const char* random;  ///< the field that comes out different each time; empty if there is none
};
inline constexpr FieldsFile kFieldsFiles[] = {{"sealed", make_sealed, found_in_sealed, "sealed"},
                                              {"phone_codes", make_phone_codes, found_in_phone_code, ""},
                                              {"sm2", make_sm2, found_in_sm2, "bytes"}};

}  // namespace zige::vectors
