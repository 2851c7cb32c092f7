#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shared/base/bytes.h"

namespace zige::testing {

/// Rosters as institutions export them, out of a seed: real layouts and encodings, mistakes at known lines.
/// All people are invented; the same seed gives the same bytes everywhere.

struct ExpectedIssue {
    std::size_t line = 0;
    std::string field;
    std::string error;      ///< stable name of the registry
    bool imported = false;  ///< a warning: the line goes in
};

struct ExpectedPerson {
    std::size_t line = 0;
    std::string code;
    std::string name;
    std::string identity_number;
    bool principal = false;
};

enum class FileEncoding { gbk, gb18030, utf8, utf8_with_bom };

struct MadeFile {
    std::string name;      ///< of the file
    std::string layout;    ///< "gb001"
    std::string encoding;  ///< what the reader will find: "gb18030" for GBK too
    std::size_t lines = 0;
    Bytes content;
    std::vector<ExpectedPerson> people;  ///< who goes in, by line
    std::vector<ExpectedIssue> issues;   ///< by line
};

struct MadeInstitution {
    std::string code;
    std::string name;
    std::string kind;  ///< name of InstitutionKind
    std::vector<MadeFile> files;
};

/// A hospital (about 1,200 people), a township hospital (about 50), a village clinic with two, a rural pharmacy with
/// principal and pharmacist. Six doctors of the hospital also work at the township hospital.
std::vector<MadeInstitution> make_rosters(std::uint64_t seed);

/// The answer key as JSON.
std::string answers_json(std::uint64_t seed, const std::vector<MadeInstitution>& institutions);

}  // namespace zige::testing
