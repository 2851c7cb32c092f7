#include "shared/posix/gb18030.h"

#include <iconv.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <type_traits>

namespace zige {

namespace {

struct CloseConverter {
    void operator()(iconv_t converter) const { iconv_close(converter); }
};
using Converter = std::unique_ptr<std::remove_pointer_t<iconv_t>, CloseConverter>;

iconv_t open_converter(const char* to, const char* from) {
    const iconv_t opened = iconv_open(to, from);
    // iconv_open's failure is the value -1 and not a null pointer.
    expect(reinterpret_cast<std::intptr_t>(opened) != -1, "the C library has no GB18030");
    return opened;
}

Gb18030Pair::Converted convert(iconv_t converter, std::string_view text, std::span<char> room) {
    char* in = const_cast<char*>(text.data());  // iconv only reads it
    std::size_t left = text.size();
    char* out = room.data();
    std::size_t space = room.size();
    iconv(converter, nullptr, nullptr, nullptr, nullptr);  // forgets what an earlier text left behind
    const std::size_t done = iconv(converter, &in, &left, &out, &space);
    const bool bad = done == static_cast<std::size_t>(-1) && errno != E2BIG;
    return {text.size() - left, room.size() - space, bad};
}

Result<std::string> convert(std::string_view text, const char* to, const char* from) {
    const Converter converter(open_converter(to, from));  // one per call: a converter has state
    char* in = const_cast<char*>(text.data());            // iconv only reads it
    std::size_t left = text.size();
    std::string converted;
    std::array<char, 4096> buffer;
    while (left > 0) {
        char* out = buffer.data();
        std::size_t space = buffer.size();
        const std::size_t done = iconv(converter.get(), &in, &left, &out, &space);
        const int why = errno;
        converted.append(buffer.data(), buffer.size() - space);
        if (done == static_cast<std::size_t>(-1) && why != E2BIG)
            return fail(ErrorId::file_bad_encoding, "",
                        (why == EINVAL ? "a character is cut at byte " : "no character at byte ") +
                            std::to_string(text.size() - left));
    }
    return converted;
}

class Gb18030Decoder : public TextDecoder {
public:
    Result<std::string> to_utf8(ByteView text) const override { return convert(as_text(text), "UTF-8", "GB18030"); }
};

}  // namespace

Gb18030Pair::Gb18030Pair() {
    Converter to(open_converter("UTF-8", "GB18030"));
    from_utf8_ = open_converter("GB18030", "UTF-8");
    to_utf8_ = to.release();
}

Gb18030Pair::~Gb18030Pair() {
    iconv_close(to_utf8_);
    iconv_close(from_utf8_);
}

Gb18030Pair::Converted Gb18030Pair::to_utf8(std::string_view text, std::span<char> room) {
    return convert(to_utf8_, text, room);
}

Gb18030Pair::Converted Gb18030Pair::from_utf8(std::string_view text, std::span<char> room) {
    return convert(from_utf8_, text, room);
}

std::unique_ptr<TextDecoder> make_gb18030_decoder() { return std::make_unique<Gb18030Decoder>(); }

Result<std::string> to_gb18030(std::string_view utf8) { return convert(utf8, "GB18030", "UTF-8"); }

}  // namespace zige
