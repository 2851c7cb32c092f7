#include "tests/vectors/diagnostic.h"

#include <cstdint>
#include <cstdio>
#include <stdexcept>

namespace zige::vectors {
namespace {

class Printer {
public:
    explicit Printer(ByteView bytes) : bytes_(bytes) {}
    std::string all() {
        std::string text = item();
        if (at_ != bytes_.size()) throw std::runtime_error("bytes follow the item");
        return text;
    }

private:
    unsigned byte() {
        if (at_ == bytes_.size()) throw std::runtime_error("ends early");
        return std::to_integer<unsigned>(bytes_[at_++]);
    }
    std::uint64_t argument(unsigned info) {
        if (info < 24) return info;
        if (info > 27) throw std::runtime_error("indefinite or reserved");
        std::uint64_t value = 0;
        for (unsigned n = 1U << (info - 24); n > 0; --n) value = value << 8U | byte();
        return value;
    }
    std::string item() {
        const unsigned head = byte();
        if (head == 0xf4) return "false";
        if (head == 0xf5) return "true";
        if (head == 0xf6) return "null";
        const std::uint64_t value = argument(head & 31U);
        switch (head >> 5U) {
            case 0: return std::to_string(value);
            case 1: return "-" + std::to_string(value + 1);
            case 2: return "h'" + to_hex(take(value)) + "'";
            case 3: return quoted(as_text(take(value)));
            case 4: return "[" + items(value, 1) + "]";
            case 5: return "{" + items(value, 2) + "}";
            default: throw std::runtime_error("no such type here");
        }
    }
    std::string items(std::uint64_t count, unsigned each) {
        std::string text;
        for (std::uint64_t i = 0; i < count; ++i) {
            if (i > 0) text += ", ";
            text += item();
            if (each == 2) text += ": " + item();
        }
        return text;
    }
    ByteView take(std::uint64_t size) {
        if (size > bytes_.size() - at_) throw std::runtime_error("ends early");
        at_ += size;
        return bytes_.subspan(at_ - size, size);
    }
    static std::string quoted(std::string_view content) {
        std::string text = "\"";
        for (const char c : content) {
            if (c == '"' || c == '\\') text += '\\';
            text += c;
        }
        return text + '"';
    }

    ByteView bytes_;
    std::size_t at_ = 0;
};

}  // namespace

std::string diagnostic(ByteView bytes) { return Printer(bytes).all(); }

}  // namespace zige::vectors
