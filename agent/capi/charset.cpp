#include "agent/capi/charset.h"

#include <algorithm>
#include <cstring>

#include "shared/wire/cbor.h"

namespace zige::capi {
namespace {

/// Beside the codes of people and most numbers there is nothing to convert.
bool is_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; });
}

Error bad_encoding(std::string_view field, std::size_t at) {
    return fail(ErrorId::file_bad_encoding, std::string(field), "no character at byte " + std::to_string(at));
}

/// The longest beginning of UTF-8 that fits and ends with a whole character.
std::size_t whole_characters(std::string_view utf8, std::size_t room) {
    if (utf8.size() <= room) return utf8.size();
    std::size_t length = room;
    while (length > 0 && (static_cast<unsigned char>(utf8[length]) & 0xC0U) == 0x80U) --length;
    return length;
}

}  // namespace

/// A converter for one call.
class Charset::Borrowed {
public:
    explicit Borrowed(const Charset& owner) : owner_(owner) {
        {
            const std::lock_guard lock(owner_.mutex_);
            if (!owner_.idle_.empty()) {
                pair_ = std::move(owner_.idle_.back());
                owner_.idle_.pop_back();
            }
        }
        if (!pair_) pair_ = std::make_unique<Gb18030Pair>();
    }
    ~Borrowed() {
        try {
            const std::lock_guard lock(owner_.mutex_);
            owner_.idle_.push_back(std::move(pair_));
        } catch (const std::bad_alloc&) {
            pair_.reset();  // no memory to keep it: the next call makes another one
        }
    }
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;

    Gb18030Pair* operator->() { return pair_.get(); }

private:
    const Charset& owner_;
    std::unique_ptr<Gb18030Pair> pair_;
};

Result<std::string_view> Charset::read(const char* text, std::size_t max_bytes, std::string_view field,
                                       std::pmr::memory_resource& memory) const {
    if (text == nullptr) return std::string_view{};
    const auto too_long = [&] {
        return fail(ErrorId::api_bad_field, std::string(field), "longer than " + std::to_string(max_bytes) + " bytes");
    };
    const std::size_t most = gb18030_ ? 2 * max_bytes : max_bytes;  // four bytes of GB18030 may be two of UTF-8
    const std::size_t length = ::strnlen(text, most + 1);
    if (length > most) return too_long();
    const std::string_view given(text, length);
    if (is_ascii(given)) return length > max_bytes ? Result<std::string_view>(too_long()) : given;
    if (!gb18030_) {
        if (!wire::is_plain_text(as_bytes(given))) return bad_encoding(field, 0);
        return given;
    }
    auto* room = static_cast<char*>(memory.allocate(max_bytes, 1));
    Borrowed converter(*this);
    const auto done = converter->to_utf8(given, {room, max_bytes});
    if (done.bad) return bad_encoding(field, done.read);
    if (done.read < given.size()) return too_long();
    return std::string_view(room, done.written);
}

Result<std::string> Charset::read(std::string_view text, std::string_view field) const {
    if (!gb18030_ || is_ascii(text)) return std::string(text);  // the parser of the JSON looks at UTF-8
    std::string utf8(2 * text.size(), '\0');                    // two bytes of GB18030 are at most three of UTF-8
    Borrowed converter(*this);
    const auto done = converter->to_utf8(text, utf8);
    if (done.bad || done.read < text.size()) return bad_encoding(field, done.read);
    utf8.resize(done.written);
    return utf8;
}

std::size_t Charset::convert_out(std::string_view utf8, std::span<char> room) const {
    if (!gb18030_ || is_ascii(utf8)) {
        const std::size_t length = whole_characters(utf8, room.size());
        std::copy_n(utf8.data(), length, room.data());
        return length;
    }
    Borrowed converter(*this);
    return converter->from_utf8(utf8, room).written;
}

void Charset::write(std::string_view utf8, char* to, std::size_t room) const {
    to[convert_out(utf8, {to, room - 1})] = '\0';
}

std::string Charset::write(std::string_view utf8) const {
    std::string text(2 * utf8.size(), '\0');
    text.resize(convert_out(utf8, text));
    return text;
}

}  // namespace zige::capi
