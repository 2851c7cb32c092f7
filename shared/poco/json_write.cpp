#include <algorithm>
#include <cstdint>

#include "shared/poco/json.h"
#include "shared/poco/utf8.h"

namespace zige {

namespace json {

std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto in = [&](std::size_t i, unsigned low, unsigned high) {
        return i < text.size() && byte(i) >= low && byte(i) <= high;
    };
    if (in(0, 0x00, 0x7f)) return 1;
    if (in(0, 0xc2, 0xdf)) return in(1, 0x80, 0xbf) ? 2 : 0;
    if (in(0, 0xe0, 0xef)) {
        const unsigned low = byte(0) == 0xe0 ? 0xa0 : 0x80;
        const unsigned high = byte(0) == 0xed ? 0x9f : 0xbf;
        return in(1, low, high) && in(2, 0x80, 0xbf) ? 3 : 0;
    }
    if (!in(0, 0xf0, 0xf4)) return 0;
    const unsigned low = byte(0) == 0xf0 ? 0x90 : 0x80;
    const unsigned high = byte(0) == 0xf4 ? 0x8f : 0xbf;
    return in(1, low, high) && in(2, 0x80, 0xbf) && in(3, 0x80, 0xbf) ? 4 : 0;
}

}  // namespace json

namespace {

void write_escape(std::string& out, unsigned char character) {
    switch (character) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        default:
            constexpr char kDigits[] = "0123456789abcdef";
            out += "\\u00";
            out += kDigits[character >> 4U];
            out += kDigits[character & 15U];
    }
}

/// A byte that is no UTF-8 becomes U+FFFD: an answer is always valid JSON, whatever an error message quotes.
void write_text(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const auto first = static_cast<unsigned char>(text.front());
        const std::size_t length = json::utf8_length(text);
        if (length == 0) out += "\xef\xbf\xbd";
        else if (first < 0x20 || first == '"' || first == '\\' || first == 0x7f) write_escape(out, first);
        else out += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    out += '"';
}

class Writer {
public:
    explicit Writer(int indent) : indent_(indent) {}

    void write(const Json& value, int depth) {
        if (const auto* text = value.text()) write_text(out, *text);
        else if (const auto number = value.number()) out += *number;
        else if (const auto flag = value.boolean()) out += *flag ? "true" : "false";
        else if (const auto* items = value.items())
            write_all('[', ']', *items, depth, [&](const Json& each) { write(each, depth + 1); });
        else if (const auto* members = value.members())
            write_all('{', '}', *members, depth, [&](const Json::Member& each) {
                write_text(out, each.key);
                out += indent_ > 0 ? ": " : ":";
                write(each.value, depth + 1);
            });
        else out += "null";
    }

    std::string out;

private:
    template <class All, class One>
    void write_all(char open, char close, const All& all, int depth, One one) {
        out += open;
        bool first = true;
        for (const auto& each : all) {
            if (!first) out += ',';
            first = false;
            new_line(depth + 1);
            one(each);
        }
        if (!all.empty()) new_line(depth);
        out += close;
    }

    void new_line(int depth) {
        if (indent_ <= 0) return;
        out += '\n';
        out.append(static_cast<std::size_t>(indent_) * static_cast<std::size_t>(depth), ' ');
    }

    int indent_;
};

}  // namespace

std::string Json::write(int indent) const {
    Writer writer(indent);
    writer.write(*this, 0);
    return std::move(writer.out);
}

}  // namespace zige
