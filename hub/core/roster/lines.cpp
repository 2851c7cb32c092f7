#include "hub/core/roster/lines.h"

#include <algorithm>

#include "shared/wire/cbor.h"

namespace zige::hub {
namespace {

constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";
constexpr std::string_view kIdeographicSpace = "\xE3\x80\x80";
constexpr std::string_view kDosEnd = "\x1A";

/// The next code point of valid UTF-8 text.
char32_t take_code_point(std::string_view& text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    char32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) point = point << 6U | (static_cast<unsigned char>(text.at(i)) & 0x3FU);
    text.remove_prefix(length);
    return point;
}

bool is_ascii(ByteView bytes) {
    return std::ranges::all_of(bytes, [](std::byte b) { return std::to_integer<unsigned>(b) < 0x80; });
}

std::string_view without_blanks(std::string_view text) {
    const auto trim_once = [&](auto starts, auto cut) {
        for (const std::string_view blank : {std::string_view(" "), std::string_view("\r"), kIdeographicSpace})
            if (starts(blank)) return cut(blank.size()), true;
        return false;
    };
    while (trim_once([&](std::string_view b) { return text.starts_with(b); },
                     [&](std::size_t n) { text.remove_prefix(n); })) {
    }
    while (trim_once([&](std::string_view b) { return text.ends_with(b); },
                     [&](std::size_t n) { text.remove_suffix(n); })) {
    }
    return text;
}

constexpr std::ptrdiff_t kCommasOfCsv = 10;  // a line of any layout has more columns than that

bool is_csv(std::string_view text) {
    return text.find('\t') == std::string_view::npos && std::ranges::count(text, ',') >= kCommasOfCsv;
}

/// The field in front and what parts it from the next; a quote in a quoted field stands twice.
std::string take_csv_field(std::string_view& text, bool& more) {
    std::string field;
    bool quoted = false;
    while (!text.empty() && (quoted || text.front() != ',')) {
        const char c = text.front();
        text.remove_prefix(1);
        const bool twice = quoted && c == '"' && text.starts_with('"');
        if (twice) text.remove_prefix(1);
        if (c == '"' && !twice) quoted = !quoted;
        else field.push_back(c);
    }
    more = !text.empty();
    if (more) text.remove_prefix(1);
    return field;
}

bool starts_with(ByteView bytes, std::string_view prefix) { return as_text(bytes).starts_with(prefix); }

}  // namespace

std::vector<RawLine> split_lines(ByteView file) {
    std::vector<RawLine> lines;
    std::string_view rest = as_text(file);
    if (rest.starts_with(kUtf8Bom)) rest.remove_prefix(kUtf8Bom.size());
    while (rest.ends_with(kDosEnd)) rest.remove_suffix(1);
    for (std::uint32_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const auto offset = static_cast<std::size_t>(line.data() - as_text(file).data());
        lines.push_back({number, as_bytes(line), offset + line.size()});
    }
    return lines;
}

std::optional<RosterEncoding> detect_encoding(ByteView file, const std::vector<RawLine>& lines) {
    if (starts_with(file, kUtf8Bom)) return RosterEncoding::utf8_with_bom;
    if (starts_with(file, "\xFF\xFE") || starts_with(file, "\xFE\xFF")) return std::nullopt;
    std::size_t valid = 0;
    std::size_t other = 0;
    for (const RawLine& line : lines)
        if (!is_ascii(line.bytes)) ++(wire::is_plain_text(line.bytes) ? valid : other);
    return valid >= other ? RosterEncoding::utf8 : RosterEncoding::gb18030;
}

std::vector<std::string> split_columns(std::string_view text) {
    std::vector<std::string> columns;
    if (is_csv(text)) {
        for (bool more = true; more;) columns.emplace_back(without_blanks(take_csv_field(text, more)));
        return columns;
    }
    for (bool more = true; more;) {
        const std::size_t tab = text.find('\t');
        more = tab != std::string_view::npos;
        columns.emplace_back(without_blanks(text.substr(0, tab)));
        if (more) text.remove_prefix(tab + 1);
    }
    return columns;
}

RareCharacter rare_character(std::string_view utf8_name) {
    RareCharacter worst = RareCharacter::none;
    while (!utf8_name.empty()) {
        const char32_t c = take_code_point(utf8_name);
        if (c == 0xFFFD || c == U'?' || c == U'？') return RareCharacter::lost;
        const bool extension = (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x9FA6 && c <= 0x9FFF) || c >= 0x10000;
        const bool private_use = c >= 0xE000 && c <= 0xF8FF;
        if (extension || private_use) worst = RareCharacter::outside_gbk;
    }
    return worst;
}

}  // namespace zige::hub
