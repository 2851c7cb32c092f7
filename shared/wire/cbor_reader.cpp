#include <cbor/callbacks.h>
#include <cbor/streaming.h>

#include <limits>
#include <string>

#include "shared/wire/cbor.h"

namespace zige::wire {

/// What libcbor calls for each item: fills the Item that it was given.
struct ReaderCallbacks {
    using Kind = Reader::Kind;
    static void set(void* context, Kind kind, std::uint64_t value, ByteView content = {}) {
        *static_cast<Reader::Item*>(context) = {kind, value, content};
    }
    static ByteView view(cbor_data data, std::size_t size) { return {reinterpret_cast<const std::byte*>(data), size}; }
    static cbor_callbacks make();
};

cbor_callbacks ReaderCallbacks::make() {
    cbor_callbacks calls = cbor_empty_callbacks;
    calls.uint8 = [](void* c, std::uint8_t n) { set(c, Kind::uint, n); };
    calls.uint16 = [](void* c, std::uint16_t n) { set(c, Kind::uint, n); };
    calls.uint32 = [](void* c, std::uint32_t n) { set(c, Kind::uint, n); };
    calls.uint64 = [](void* c, std::uint64_t n) { set(c, Kind::uint, n); };
    calls.negint8 = [](void* c, std::uint8_t n) { set(c, Kind::negative, n); };
    calls.negint16 = [](void* c, std::uint16_t n) { set(c, Kind::negative, n); };
    calls.negint32 = [](void* c, std::uint32_t n) { set(c, Kind::negative, n); };
    calls.negint64 = [](void* c, std::uint64_t n) { set(c, Kind::negative, n); };
    calls.byte_string = [](void* c, cbor_data data, std::size_t n) { set(c, Kind::bytes, n, view(data, n)); };
    calls.string = [](void* c, cbor_data data, std::size_t n) { set(c, Kind::text, n, view(data, n)); };
    calls.array_start = [](void* c, std::size_t n) { set(c, Kind::array, n); };
    calls.map_start = [](void* c, std::size_t n) { set(c, Kind::map, n); };
    calls.boolean = [](void* c, bool b) { set(c, Kind::boolean, b ? 1 : 0); };
    calls.null = [](void* c) { set(c, Kind::null, 0); };
    calls.byte_string_start = [](void* c) { set(c, Kind::indefinite, 0); };
    calls.string_start = [](void* c) { set(c, Kind::indefinite, 0); };
    calls.indef_array_start = [](void* c) { set(c, Kind::indefinite, 0); };
    calls.indef_map_start = [](void* c) { set(c, Kind::indefinite, 0); };
    calls.indef_break = [](void* c) { set(c, Kind::indefinite, 0); };
    calls.tag = [](void* c, std::uint64_t) { set(c, Kind::other, 0); };
    calls.float2 = [](void* c, float) { set(c, Kind::other, 0); };
    calls.float4 = [](void* c, float) { set(c, Kind::other, 0); };
    calls.float8 = [](void* c, double) { set(c, Kind::other, 0); };
    calls.undefined = [](void* c) { set(c, Kind::other, 0); };
    return calls;
}

namespace {

constexpr auto kNullByte = std::byte{0xf6};

std::size_t shortest_head(std::uint64_t argument) {
    if (argument < 24) return 1;
    if (argument <= std::numeric_limits<std::uint8_t>::max()) return 2;
    if (argument <= std::numeric_limits<std::uint16_t>::max()) return 3;
    return argument <= std::numeric_limits<std::uint32_t>::max() ? 5 : 9;
}

std::string limits_text(std::uint64_t value, std::uint64_t min, std::uint64_t max) {
    return std::to_string(value) + " is not within " + std::to_string(min) + ".." + std::to_string(max);
}

}  // namespace

void Reader::fail(ErrorId id, std::string_view field, std::string_view why) {
    if (failed_) return;
    failed_ = true;
    error_ = zige::fail(id, std::string(field), std::string(why) + " (byte " + std::to_string(offset_) + ")");
}

bool Reader::decode(std::string_view field, Item& item, std::size_t& size) {
    const ByteView rest = bytes_.subspan(offset_);
    static const cbor_callbacks calls = ReaderCallbacks::make();
    const auto result = cbor_stream_decode(reinterpret_cast<cbor_data>(rest.data()), rest.size(), &calls, &item);
    if (result.status == CBOR_DECODER_NEDATA) {
        fail(ErrorId::wire_truncated, field, "the bytes end inside this item");  // CBOR-1
        return false;
    }
    if (result.status != CBOR_DECODER_FINISHED || item.kind == Kind::none) {
        fail(ErrorId::wire_bad_type, field, "not well-formed CBOR");  // CBOR-5
        return false;
    }
    size = result.read;
    if (item.kind == Kind::indefinite) {
        fail(ErrorId::wire_not_canonical, field, "indefinite length");  // CBOR-3
        return false;
    }
    const bool has_argument = item.kind <= Kind::map;
    if (has_argument && size - item.content.size() != shortest_head(item.value)) {
        fail(ErrorId::wire_not_canonical, field, "a number in more bytes than needed");  // CBOR-2
        return false;
    }
    return true;
}

bool Reader::descend(std::string_view field, std::uint64_t children) {
    if (depth_ > 0) --left_[depth_ - 1];
    if (children > 0) {
        if (depth_ == left_.size()) {
            fail(ErrorId::wire_too_deep, field, "nested too deeply");  // CBOR-8, LIMIT-2
            return false;
        }
        left_[depth_++] = children;
    }
    while (depth_ > 0 && left_[depth_ - 1] == 0) --depth_;
    return true;
}

bool Reader::next(std::string_view field, Kind wanted, Item& item) {
    if (failed_) return false;
    std::size_t size = 0;
    if (!decode(field, item, size)) return false;
    const bool integer = wanted == Kind::negative && item.kind == Kind::uint;
    if (item.kind != wanted && !integer) {
        fail(ErrorId::wire_bad_type, field, "another type stands here");  // CBOR-6
        return false;
    }
    std::uint64_t children = 0;
    if (item.kind == Kind::array) children = item.value;
    if (item.kind == Kind::map) children = item.value > bytes_.size() ? item.value : item.value * 2;
    if (!descend(field, children)) return false;
    offset_ += size;
    return true;
}

std::uint64_t Reader::uint(std::string_view field, std::uint64_t max, std::uint64_t min) {
    Item item;
    if (!next(field, Kind::uint, item)) return min;
    if (item.value >= min && item.value <= max) return item.value;
    fail(ErrorId::wire_bad_value, field, limits_text(item.value, min, max));  // CBOR-9
    return min;
}

std::int64_t Reader::integer(std::string_view field, std::int64_t min, std::int64_t max) {
    Item item;
    if (!next(field, Kind::negative, item)) return min;
    const bool fits = item.value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const auto argument = static_cast<std::int64_t>(fits ? item.value : 0);
    const std::int64_t value = item.kind == Kind::uint ? argument : -1 - argument;
    if (fits && value >= min && value <= max) return value;
    fail(ErrorId::wire_bad_value, field,
         "not within " + std::to_string(min) + ".." + std::to_string(max));  // CBOR-9
    return min;
}

std::string_view Reader::text(std::string_view field, std::size_t max_bytes, std::size_t min_bytes) {
    Item item;
    if (!next(field, Kind::text, item)) return {};
    if (item.content.size() > max_bytes || item.content.size() < min_bytes) {
        fail(ErrorId::wire_bad_value, field, limits_text(item.content.size(), min_bytes, max_bytes));  // CBOR-9
        return {};
    }
    if (!is_plain_text(item.content)) {
        fail(ErrorId::wire_bad_text, field, "not UTF-8, or a NUL in it");  // CBOR-10
        return {};
    }
    return as_text(item.content);
}

ByteView Reader::bytes(std::string_view field, std::size_t max_bytes, std::size_t min_bytes) {
    Item item;
    if (!next(field, Kind::bytes, item)) return {};
    if (item.content.size() >= min_bytes && item.content.size() <= max_bytes) return item.content;
    fail(ErrorId::wire_bad_value, field, limits_text(item.content.size(), min_bytes, max_bytes));  // CBOR-9
    return {};
}

bool Reader::boolean(std::string_view field) {
    Item item;
    return next(field, Kind::boolean, item) && item.value != 0;
}

bool Reader::null() {
    if (failed_ || offset_ >= bytes_.size() || bytes_[offset_] != kNullByte) return false;
    Item item;
    return next("", Kind::null, item);
}

std::size_t Reader::count(std::string_view field, const Item& item, std::uint64_t bytes_each, std::size_t max,
                          std::size_t min) {
    if (item.value < min || item.value > max) {  // CBOR-7, before anything is allocated
        const ErrorId too_many = min == max ? ErrorId::wire_unknown_field : ErrorId::wire_too_many;
        fail(item.value < min ? ErrorId::wire_missing_field : too_many, field, limits_text(item.value, min, max));
        return 0;
    }
    if (item.value * bytes_each > bytes_.size() - offset_) {
        fail(ErrorId::wire_truncated, field, "more items announced than bytes follow");  // LIMIT-3
        return 0;
    }
    return static_cast<std::size_t>(item.value);
}

std::size_t Reader::array(std::string_view field, std::size_t max, std::size_t min) {
    Item item;
    return next(field, Kind::array, item) ? count(field, item, 1, max, min) : 0;
}

std::size_t Reader::map(std::string_view field, std::size_t max) {
    Item item;
    return next(field, Kind::map, item) ? count(field, item, 2, max, 0) : 0;
}

Result<void> Reader::finish(std::string_view message) {
    if (!failed_ && offset_ != bytes_.size())
        fail(ErrorId::wire_trailing_bytes, message, "bytes follow the end");  // CBOR-4
    if (failed_) return error_;
    expect(depth_ == 0, "a decoder left items unread");
    return {};
}

}  // namespace zige::wire
