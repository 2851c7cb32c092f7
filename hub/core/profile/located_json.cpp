#include "hub/core/profile/located_json.h"

#include <charconv>
#include <optional>

#include "shared/wire/cbor.h"

namespace zige::hub {
namespace {

constexpr int kMaxDepth = 16;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

void append_utf8(std::string& out, std::uint32_t point) {
    const auto add = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (point < 0x80) return add(point);
    if (point < 0x800) {
        add(0xC0 | point >> 6);
    } else {
        if (point < 0x10000) {
            add(0xE0 | point >> 12);
        } else {
            add(0xF0 | point >> 18);
            add(0x80 | (point >> 12 & 0x3F));
        }
        add(0x80 | (point >> 6 & 0x3F));
    }
    add(0x80 | (point & 0x3F));
}

class Parser {
public:
    explicit Parser(std::string_view text) : rest_(text) {}

    Result<LocatedJson> whole() {
        ZIGE_TRY(value, read_value(0));
        skip_blanks();
        if (!rest_.empty()) return mistake("something follows the end");
        return value;
    }

private:
    Error mistake(std::string_view what) const {
        return fail(ErrorId::profile_not_json, "file", "line " + std::to_string(line_) + ": " + std::string(what));
    }

    void skip_blanks() {
        while (!rest_.empty() && std::string_view(" \t\r\n").find(rest_.front()) != std::string_view::npos) {
            if (rest_.front() == '\n') ++line_;
            rest_.remove_prefix(1);
        }
    }
    bool take(char c) {
        skip_blanks();
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool take_word(std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    Result<LocatedJson> read_value(int depth) {
        if (depth > kMaxDepth) return mistake("nested too deep");
        skip_blanks();
        if (rest_.empty()) return mistake("the file ends too early");
        LocatedJson found;
        found.line = line_;
        if (rest_.front() == '{') {
            ZIGE_TRY(members, read_object(depth));
            found.value = std::move(members);
        } else if (rest_.front() == '[') {
            ZIGE_TRY(items, read_array(depth));
            found.value = std::move(items);
        } else if (rest_.front() == '"') {
            ZIGE_TRY(text, read_text());
            found.value = std::move(text);
        } else {
            ZIGE_CHECK(read_word(found));
        }
        return found;
    }

    Result<void> read_word(LocatedJson& found) {
        if (take_word("true")) found.value = true;
        else if (take_word("false")) found.value = false;
        else if (!take_word("null")) return read_number(found);
        return {};
    }

    Result<void> read_number(LocatedJson& found) {
        std::int64_t number = 0;
        const auto [end, failed] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
        const auto length = static_cast<std::size_t>(end - rest_.data());
        const std::string_view digits = rest_.substr(0, length);
        const bool padded = digits.starts_with("0") ? length > 1 : digits.starts_with("-0");
        if (failed != std::errc() || padded) return mistake("expected a value");
        rest_.remove_prefix(length);
        if (!rest_.empty() && std::string_view(".eE").find(rest_.front()) != std::string_view::npos)
            return mistake("expected an integer");
        found.value = number;
        return {};
    }

    Result<LocatedJson::Array> read_array(int depth) {
        take('[');
        LocatedJson::Array items;
        if (take(']')) return items;
        do {
            ZIGE_TRY(item, read_value(depth + 1));
            items.push_back(std::move(item));
        } while (take(','));
        if (!take(']')) return mistake("expected ',' or ']'");
        return items;
    }

    Result<LocatedJson::Object> read_object(int depth) {
        take('{');
        LocatedJson::Object members;
        if (take('}')) return members;
        do {
            skip_blanks();
            if (rest_.empty() || rest_.front() != '"') return mistake("expected a name in quotes");
            ZIGE_TRY(key, read_text());
            for (const auto& [other, unused] : members)
                if (other == key) return mistake("\"" + key + "\" stands twice");
            if (!take(':')) return mistake("expected ':'");
            ZIGE_TRY(value, read_value(depth + 1));
            members.emplace_back(std::move(key), std::move(value));
        } while (take(','));
        if (!take('}')) return mistake("expected ',' or '}'");
        return members;
    }

    Result<std::string> read_text() {
        rest_.remove_prefix(1);
        std::string out;
        while (!rest_.empty() && rest_.front() != '"') {
            const char c = rest_.front();
            if (static_cast<unsigned char>(c) < 0x20) return mistake("a text ends on its own line");
            rest_.remove_prefix(1);
            if (c != '\\') out += c;
            else ZIGE_CHECK(read_escape(out));
        }
        if (rest_.empty()) return mistake("a text has no end");
        rest_.remove_prefix(1);
        return out;
    }

    Result<void> read_escape(std::string& out) {
        constexpr std::string_view kNames = "\"\\/bfnrt";
        constexpr std::string_view kValues = "\"\\/\b\f\n\r\t";
        if (rest_.empty()) return mistake("a text has no end");
        const char name = rest_.front();
        rest_.remove_prefix(1);
        if (const std::size_t at = kNames.find(name); at != std::string_view::npos) {
            out += kValues[at];
            return {};
        }
        return name == 'u' ? read_unicode(out) : Result<void>(mistake("unknown escape"));
    }

    std::optional<std::uint32_t> read_hex4() {
        std::uint32_t unit = 0;
        if (rest_.size() < 4) return std::nullopt;
        const auto [end, failed] = std::from_chars(rest_.data(), rest_.data() + 4, unit, 16);
        if (failed != std::errc() || end != rest_.data() + 4) return std::nullopt;
        rest_.remove_prefix(4);
        return unit;
    }

    Result<void> read_unicode(std::string& out) {
        auto point = read_hex4();
        if (point && *point >= 0xD800 && *point < 0xDC00) {
            const auto low = take_word("\\u") ? read_hex4() : std::nullopt;
            const bool pair = low && *low >= 0xDC00 && *low < 0xE000;
            point = pair ? std::optional(0x10000 + (*point - 0xD800) * 0x400 + (*low - 0xDC00)) : std::nullopt;
        } else if (point && *point >= 0xDC00 && *point < 0xE000) {
            point.reset();
        }
        if (!point || *point == 0) return mistake("unknown escape");
        append_utf8(out, *point);
        return {};
    }

    std::string_view rest_;
    std::uint32_t line_ = 1;
};

}  // namespace

LocatedJson::LocatedJson() = default;
LocatedJson::LocatedJson(const LocatedJson& other) = default;
LocatedJson::LocatedJson(LocatedJson&& other) noexcept = default;
LocatedJson& LocatedJson::operator=(const LocatedJson& other) = default;
LocatedJson& LocatedJson::operator=(LocatedJson&& other) noexcept = default;
LocatedJson::~LocatedJson() = default;

const LocatedJson* LocatedJson::find(std::string_view key) const {
    if (const Object* object = members())
        for (const auto& [name, member] : *object)
            if (name == key) return &member;
    return nullptr;
}

Result<LocatedJson> parse_located_json(std::string_view text) {
    if (text.size() > kMaxPolicyFileBytes) return fail(ErrorId::profile_not_json, "file", "over 1 MiB");
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    if (!wire::is_plain_text(as_bytes(text))) return fail(ErrorId::profile_not_json, "file", "not UTF-8");
    return Parser(text).whole();
}

}  // namespace zige::hub
