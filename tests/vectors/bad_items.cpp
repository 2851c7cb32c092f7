#include "shared/wire/cbor.h"
#include "tests/vectors/bad.h"

namespace zige::vectors {
namespace {

using wire::Writer;

/// The parts of a filing that takes a departure back, each in hexadecimal; one of them is made wrong.
struct Parts {
    std::string array = "84";
    std::string uuid = "50d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2";
    std::string times =
        "83186400"
        "00";
    std::string clerk = "66e78e8be88ab3";
    std::string body = "820250d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1";
    std::string behind;
    Bytes bytes() const { return from_hex(array + uuid + times + clerk + body + behind).value(); }
};

struct Row {
    const char* name;
    const char* why;
    ErrorId error;
    std::string Parts::*part;
    const char* hex;
};

const Row kRows[] = {
    {"over-long-integer", "100 in three bytes", ErrorId::wire_not_canonical, &Parts::times, "831900640000"},
    {"over-long-count", "four items announced in two bytes", ErrorId::wire_not_canonical, &Parts::array, "9804"},
    {"over-long-length", "the length of a text in two bytes", ErrorId::wire_not_canonical, &Parts::clerk,
     "7806e78e8be88ab3"},
    {"indefinite-array", "an array without a count", ErrorId::wire_not_canonical, &Parts::times, "9f18640000ff"},
    {"indefinite-text", "a text in pieces", ErrorId::wire_not_canonical, &Parts::clerk, "7f66e78e8be88ab3ff"},
    {"indefinite-bytes", "bytes in pieces", ErrorId::wire_not_canonical, &Parts::uuid,
     "5f50d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2ff"},
    {"tag", "a tagged time", ErrorId::wire_bad_type, &Parts::times, "83c118640000"},
    {"float", "a time as a float", ErrorId::wire_bad_type, &Parts::times, "83f956400000"},
    {"simple-value", "an unassigned simple value", ErrorId::wire_bad_type, &Parts::clerk, "f0"},
    {"undefined", "undefined for null", ErrorId::wire_bad_type, &Parts::clerk, "f7"},
    {"reserved-head", "a reserved head", ErrorId::wire_bad_type, &Parts::clerk, "7c"},
    {"map", "a map for an array", ErrorId::wire_bad_type, &Parts::times, "a1186400"},
    {"bytes-for-text", "a byte string for a text", ErrorId::wire_bad_type, &Parts::clerk, "46e78e8be88ab3"},
    {"bad-utf8", "half a character", ErrorId::wire_bad_text, &Parts::clerk, "65e78e8be88a"},
    {"overlong-utf8", "a slash in two bytes", ErrorId::wire_bad_text, &Parts::clerk, "62c0af"},
    {"surrogate", "half a surrogate pair", ErrorId::wire_bad_text, &Parts::clerk, "63eda080"},
    {"nul", "a NUL in a text", ErrorId::wire_bad_text, &Parts::clerk, "63610062"},
    {"missing-item", "three items", ErrorId::wire_missing_field, &Parts::array, "83"},
    {"extra-item", "five items", ErrorId::wire_unknown_field, &Parts::array, "85"},
    {"announces-memory", "a text of 2^64-1 bytes", ErrorId::wire_truncated, &Parts::clerk, "7bffffffffffffffff"},
    {"unknown-kind", "kind 99", ErrorId::wire_bad_value, &Parts::body, "82186350d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1"},
    {"other-layout", "an undoing in the place of a commitment", ErrorId::wire_bad_type, &Parts::body,
     "820650d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1"},
    {"time-before-1970", "a running time before 1970", ErrorId::wire_bad_value, &Parts::times, "831864386500"},
    {"short-uuid", "15 bytes", ErrorId::wire_bad_value, &Parts::uuid, "4fd2d2d2d2d2d2d2d2d2d2d2d2d2d2d2"},
    {"day-of-2200", "a last day after 2199", ErrorId::wire_bad_value, &Parts::body, "8401031a0001ac0660"},
    {"trailing-item", "an item behind the end", ErrorId::wire_trailing_bytes, &Parts::behind, "00"},
};

}  // namespace

void add_bad_items(std::vector<Vector>& all) {
    for (const Row& row : kRows) {
        Parts parts;
        parts.*row.part = row.hex;
        Vector v;
        v.name = std::string("bad/filing-") + row.name;
        v.why = row.why;
        v.message = "filing";
        v.bytes = parts.bytes();
        v.error = row.error;
        all.push_back(v);
    }
}

}  // namespace zige::vectors
