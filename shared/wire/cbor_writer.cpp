#include <cbor/encoding.h>

#include "shared/wire/cbor.h"

namespace zige::wire {
namespace {

constexpr std::size_t kHeadBytes = 9;  // the longest head: one byte and a 64-bit argument

}  // namespace

void Writer::append(const unsigned char* head, std::size_t size) {
    expect(size > 0, "a CBOR head was not written");
    const auto* first = reinterpret_cast<const std::byte*>(head);
    out_.insert(out_.end(), first, first + size);
}

Writer& Writer::uint(std::uint64_t value) {
    unsigned char head[kHeadBytes];
    append(head, cbor_encode_uint(value, head, sizeof head));
    return *this;
}

Writer& Writer::integer(std::int64_t value) {
    if (value >= 0) return uint(static_cast<std::uint64_t>(value));
    unsigned char head[kHeadBytes];
    append(head, cbor_encode_negint(static_cast<std::uint64_t>(-1 - value), head, sizeof head));
    return *this;
}

Writer& Writer::text(std::string_view value) {
    unsigned char head[kHeadBytes];
    append(head, cbor_encode_string_start(value.size(), head, sizeof head));
    return raw(as_bytes(value));
}

Writer& Writer::bytes(ByteView value) {
    unsigned char head[kHeadBytes];
    append(head, cbor_encode_bytestring_start(value.size(), head, sizeof head));
    return raw(value);
}

Writer& Writer::array(std::size_t count) {
    unsigned char head[kHeadBytes];
    append(head, cbor_encode_array_start(count, head, sizeof head));
    return *this;
}

Writer& Writer::map(std::size_t count) {
    unsigned char head[kHeadBytes];
    append(head, cbor_encode_map_start(count, head, sizeof head));
    return *this;
}

Writer& Writer::boolean(bool value) {
    unsigned char head[kHeadBytes];
    append(head, cbor_encode_bool(value, head, sizeof head));
    return *this;
}

Writer& Writer::null() {
    unsigned char head[kHeadBytes];
    append(head, cbor_encode_null(head, sizeof head));
    return *this;
}

Writer& Writer::raw(ByteView encoded) {
    out_.insert(out_.end(), encoded.begin(), encoded.end());
    return *this;
}

}  // namespace zige::wire
