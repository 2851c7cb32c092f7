#include "hub/core/papers/markup.h"

#include <algorithm>
#include <charconv>

namespace zige::hub {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::size_t kLongestEntity = 10;
constexpr std::uint32_t kLastCharacter = 0x10FFFF;

constexpr std::pair<std::string_view, char> kEntities[] = {
    {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};

bool is_word(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

void append_utf8(std::string& out, std::uint32_t code) {
    const auto more = [&](unsigned shift) { out += static_cast<char>(0x80U | ((code >> shift) & 0x3FU)); };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0U | (code >> 6U));
        more(0);
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0U | (code >> 12U));
        more(6), more(0);
    } else {
        out += static_cast<char>(0xF0U | (code >> 18U));
        more(12), more(6), more(0);
    }
}

/// "#39" or "#x4e2d": a character that may stand on paper.
bool append_numbered(std::string& out, std::string_view entity) {
    if (entity.size() < 2 || entity.front() != '#') return false;
    entity.remove_prefix(1);
    const bool hexadecimal = entity.front() == 'x';
    if (hexadecimal) entity.remove_prefix(1);
    std::uint32_t code = 0;
    const auto end = entity.data() + entity.size();
    const auto [at, error] = std::from_chars(entity.data(), end, code, hexadecimal ? 16 : 10);
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (error != std::errc() || at != end || code < 0x20 || code == 0x7f || surrogate || code > kLastCharacter) return false;
    append_utf8(out, code);
    return true;
}

bool append_entity(std::string& out, std::string_view entity) {
    for (const auto& [name, character] : kEntities)
        if (entity == name) {
            out += character;
            return true;
        }
    return append_numbered(out, entity);
}

std::string_view cut_blanks(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
    return text;
}

}  // namespace

Error MarkupReader::bad(std::size_t line, std::string why) const {
    return fail(ErrorId::paper_bad_template, std::string(name_) + ":" + std::to_string(line), std::move(why));
}

Result<MarkupPiece> MarkupReader::next() {
    const std::size_t line = line_;
    if (rest_.empty()) {
        MarkupPiece over;
        over.line = line;
        return over;
    }
    return rest_.front() == '<' ? read_tag(line) : read_text(line);
}

Result<MarkupPiece> MarkupReader::read_text(std::size_t line) {
    MarkupPiece piece;
    piece.kind = MarkupPiece::Kind::text;
    const std::string_view raw = take(std::min(rest_.find('<'), rest_.size()));
    piece.line = line + static_cast<std::size_t>(std::ranges::count(raw.substr(0, raw.find_first_not_of(kBlanks)), '\n'));
    ZIGE_TRY(text, resolved(raw, line));
    piece.text = std::move(text);
    return piece;
}

Result<std::string> MarkupReader::resolved(std::string_view text, std::size_t line) const {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\n') ++line;
        if (text[at] != '&') {
            out += text[at];
            continue;
        }
        const std::size_t end = text.substr(0, at + kLongestEntity).find(';', at);
        if (end == std::string_view::npos || !append_entity(out, text.substr(at + 1, end - at - 1)))
            return bad(line, "& stands for itself as &amp;");
        at = end;
    }
    return out;
}

Result<MarkupPiece> MarkupReader::read_tag(std::size_t line) {
    const std::size_t end = rest_.find('>');
    if (end == std::string_view::npos) return bad(line, "< without >; for itself it is &lt;");
    std::string_view inside = take(end + 1).substr(1, end - 1);
    MarkupPiece piece;
    piece.line = line;
    piece.kind = MarkupPiece::Kind::start;
    if (inside.starts_with('/')) {
        piece.kind = MarkupPiece::Kind::end;
        inside.remove_prefix(1);
    } else if (inside.ends_with('/')) {
        piece.closed = true;
        inside.remove_suffix(1);
    }
    piece.name = inside.substr(0, inside.find_first_of(kBlanks));
    if (!is_word(piece.name)) return bad(line, "<" + std::string(inside.substr(0, 40)) + "> is no element");
    inside = cut_blanks(inside.substr(piece.name.size()));
    if (piece.kind == MarkupPiece::Kind::end && !inside.empty()) return bad(line, "an end has no attributes");
    ZIGE_CHECK(read_attributes(piece, inside));
    return piece;
}

Result<void> MarkupReader::read_attributes(MarkupPiece& into, std::string_view inside) const {
    while (!inside.empty()) {
        const std::size_t is = inside.find("=\"");
        const std::size_t end = is == std::string_view::npos ? is : inside.find('"', is + 2);
        if (end == std::string_view::npos || !is_word(inside.substr(0, is)))
            return bad(into.line, "<" + std::string(into.name) + ">: attributes are written name=\"value\"");
        ZIGE_TRY(value, resolved(inside.substr(is + 2, end - is - 2), into.line));
        if (!into.attributes.emplace(inside.substr(0, is), std::move(value)).second)
            return bad(into.line, "<" + std::string(into.name) + "> has an attribute twice");
        inside = cut_blanks(inside.substr(end + 1));
    }
    return {};
}

std::string_view MarkupReader::take(std::size_t bytes) {
    const std::string_view taken = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    line_ += static_cast<std::size_t>(std::ranges::count(taken, '\n'));
    return taken;
}

}  // namespace zige::hub
