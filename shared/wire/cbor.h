#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/wire/limits.h"

namespace zige::wire {

/// Writes deterministic CBOR (RFC 8949 4.2): every head in its shortest form, definite lengths only.
class Writer {
public:
    Writer& uint(std::uint64_t value);
    Writer& integer(std::int64_t value);
    Writer& text(std::string_view value);
    Writer& bytes(ByteView value);
    Writer& array(std::size_t count);
    Writer& map(std::size_t count);
    Writer& boolean(bool value);
    Writer& null();
    Writer& raw(ByteView encoded);  ///< items that are encoded already
    std::size_t size() const { return out_.size(); }
    const Bytes& view() const { return out_; }
    void clear() { out_.clear(); }
    Bytes take() { return std::move(out_); }

private:
    void append(const unsigned char* head, std::size_t size);
    Bytes out_;
};

/// Well-formed UTF-8 without NUL.
bool is_plain_text(ByteView bytes);

/// Reads deterministic CBOR from untrusted bytes, item by item, in the order that the layout fixes. The first error
/// sticks: later reads return zeros and empties, so a decoder checks ok() only before it allocates or loops, and ends
/// with finish(). Views point into the bytes that were given. Nothing is allocated here.
///
/// Errors name the field. wire_truncated: the bytes end inside an item (CBOR-1). wire_not_canonical: a head that is not
/// the shortest, an indefinite length (CBOR-2, CBOR-3). wire_trailing_bytes (CBOR-4). wire_bad_type: not well-formed,
/// another type, a tag, a float (CBOR-5, CBOR-6). wire_missing_field, wire_unknown_field, wire_too_many: a count
/// (CBOR-7). wire_too_deep (CBOR-8). wire_bad_value: beyond its limit (CBOR-9). wire_bad_text: not UTF-8, or a NUL
/// (CBOR-10).
class Reader {
public:
    explicit Reader(ByteView bytes) : bytes_(bytes) {}

    std::uint64_t uint(std::string_view field, std::uint64_t max, std::uint64_t min = 0);
    std::int64_t integer(std::string_view field, std::int64_t min, std::int64_t max);
    std::string_view text(std::string_view field, std::size_t max_bytes, std::size_t min_bytes = 0);
    ByteView bytes(std::string_view field, std::size_t max_bytes, std::size_t min_bytes = 0);
    bool boolean(std::string_view field);
    bool null();  ///< true if the next item is null, which is then read; else nothing is read
    std::size_t array(std::string_view field, std::size_t max, std::size_t min = 0);
    std::size_t map(std::string_view field, std::size_t max);

    bool ok() const { return !failed_; }
    const Error& error() const { return error_; }
    void fail(ErrorId id, std::string_view field, std::string_view why);
    std::size_t offset() const { return offset_; }
    ByteView between(std::size_t from, std::size_t to) const { return bytes_.subspan(from, to - from); }
    /// The error, or wire_trailing_bytes.
    Result<void> finish(std::string_view message);

private:
    enum class Kind : std::uint8_t { none, uint, negative, bytes, text, array, map, boolean, null, other, indefinite };
    struct Item {
        Kind kind = Kind::none;
        std::uint64_t value = 0;  // of an integer: n, or -1 - n; of the others: length, count, truth
        ByteView content;
    };
    friend struct ReaderCallbacks;
    bool next(std::string_view field, Kind wanted, Item& item);
    bool decode(std::string_view field, Item& item, std::size_t& size);
    bool descend(std::string_view field, std::uint64_t children);
    std::size_t count(std::string_view field, const Item& item, std::uint64_t bytes_each, std::size_t max,
                      std::size_t min);

    ByteView bytes_;
    std::size_t offset_ = 0;
    std::array<std::uint64_t, kMaxDepth> left_{};  // items still to come of each open array or map
    std::size_t depth_ = 0;
    bool failed_ = false;
    Error error_{};
};

}  // namespace zige::wire
