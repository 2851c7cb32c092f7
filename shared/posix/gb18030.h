#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "shared/ports/text_decoder.h"

namespace zige {

/// GB18030, and with it GBK and GB2312, by the C library.
std::unique_ptr<TextDecoder> make_gb18030_decoder();

/// The other way. file_bad_encoding: not UTF-8.
Result<std::string> to_gb18030(std::string_view utf8);

/// GB18030 to UTF-8 and back into room of the caller's, without allocation. One thread at a time.
class Gb18030Pair {
public:
    Gb18030Pair();
    ~Gb18030Pair();
    Gb18030Pair(const Gb18030Pair&) = delete;
    Gb18030Pair& operator=(const Gb18030Pair&) = delete;

    struct Converted {
        std::size_t read = 0;
        std::size_t written = 0;
        bool bad = false;  ///< what stands at `read` is no character; else all was read, or the next one has no room
    };
    Converted to_utf8(std::string_view text, std::span<char> room);
    Converted from_utf8(std::string_view text, std::span<char> room);

private:
    void* to_utf8_;
    void* from_utf8_;
};

}  // namespace zige
