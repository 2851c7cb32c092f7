#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

#include "shared/poco/json.h"
#include "shared/poco/utf8.h"

namespace zige {

namespace {

constexpr std::size_t kMaxNumberDigits = 64;

void append_utf8(std::string& out, std::uint32_t code) {
    const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80U | ((code >> shift) & 0x3fU)); };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xc0U | (code >> 6U));
        tail(0);
    } else if (code < 0x10000) {
        out += static_cast<char>(0xe0U | (code >> 12U));
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xf0U | (code >> 18U));
        tail(12);
        tail(6);
        tail(0);
    }
}

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    Result<Json> parse() {
        ZIGE_TRY(value, parse_value(0));
        skip_space();
        if (at_ != text_.size()) return complain("something follows the value");
        return value;
    }

private:
    Error complain(const char* why) const {
        return fail(ErrorId::api_not_json, "", std::string(why) + " at byte " + std::to_string(at_));
    }
    bool next_is(char wanted) const { return at_ < text_.size() && text_[at_] == wanted; }
    bool next_is_digit() const { return at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; }
    bool take(char wanted) {
        if (!next_is(wanted)) return false;
        ++at_;
        return true;
    }
    bool take_word(std::string_view word) {
        if (!text_.substr(at_).starts_with(word)) return false;
        at_ += word.size();
        return true;
    }
    void skip_space() {
        while (next_is(' ') || next_is('\t') || next_is('\n') || next_is('\r')) ++at_;
    }

    Result<Json> parse_value(int depth) {
        skip_space();
        if (depth >= kMaxJsonDepth && (next_is('{') || next_is('['))) return complain("nested too deep");
        if (next_is('{')) return parse_object(depth);
        if (next_is('[')) return parse_array(depth);
        if (next_is('"')) {
            ZIGE_TRY(text, parse_text());
            return Json(std::move(text));
        }
        if (next_is('-') || next_is_digit()) return parse_number();
        if (take_word("true")) return Json(true);
        if (take_word("false")) return Json(false);
        if (take_word("null")) return Json();
        return complain("no value");
    }

    Result<Json> parse_object(int depth) {
        const std::size_t begin = at_++;
        Json::Object members;
        skip_space();
        if (take('}')) return Json(std::move(members));
        do {
            skip_space();
            if (!next_is('"')) return complain("no key");
            ZIGE_TRY(key, parse_text());
            skip_space();
            if (!take(':')) return complain("no colon after the key");
            ZIGE_TRY(value, parse_value(depth + 1));
            members.push_back({std::move(key), std::move(value)});
            skip_space();
        } while (take(','));
        if (!take('}')) return complain("no comma and no end of the object");
        if (has_duplicate(members)) {
            at_ = begin;
            return complain("a key stands twice in the object");
        }
        return Json(std::move(members));
    }

    // Sorted, so that an object of very many keys does not cost their square.
    static bool has_duplicate(const Json::Object& members) {
        std::vector<std::string_view> keys;
        keys.reserve(members.size());
        for (const Json::Member& each : members) keys.push_back(each.key);
        std::sort(keys.begin(), keys.end());
        return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
    }

    Result<Json> parse_array(int depth) {
        ++at_;
        Json::Array items;
        skip_space();
        if (take(']')) return Json(std::move(items));
        do {
            ZIGE_TRY(value, parse_value(depth + 1));
            items.push_back(std::move(value));
            skip_space();
        } while (take(','));
        if (!take(']')) return complain("no comma and no end of the array");
        return Json(std::move(items));
    }

    Result<Json> parse_number() {
        const std::size_t begin = at_;
        bool integral = true;
        take('-');
        if (!next_is_digit()) return complain("no digit");
        if (!take('0')) skip_digits();
        if (take('.')) {
            integral = false;
            if (!next_is_digit()) return complain("no digit");
            skip_digits();
        }
        if (take('e') || take('E')) {
            integral = false;
            if (!take('+')) take('-');
            if (!next_is_digit()) return complain("no digit");
            skip_digits();
        }
        const std::string_view number = text_.substr(begin, at_ - begin);
        if (number.size() > kMaxNumberDigits) return complain("too long a number ends");
        std::int64_t value = 0;
        const auto parsed = std::from_chars(number.data(), number.data() + number.size(), value);
        if (integral && parsed.ec == std::errc{}) return Json(value);
        return Json(Json::Decimal{std::string(number)});
    }
    void skip_digits() {
        while (next_is_digit()) ++at_;
    }

    Result<std::string> parse_text() {
        ++at_;
        std::string text;
        while (!take('"')) {
            if (at_ == text_.size()) return complain("no end of the text");
            if (take('\\')) {
                ZIGE_CHECK(parse_escape(text));
                continue;
            }
            const std::size_t length = json::utf8_length(text_.substr(at_));
            if (length == 0) return complain("no UTF-8");
            if (static_cast<unsigned char>(text_[at_]) < 0x20) return complain("a control character");
            text += text_.substr(at_, length);
            at_ += length;
        }
        return text;
    }

    Result<void> parse_escape(std::string& text) {
        if (take('u')) return parse_code(text);
        static constexpr std::string_view kLetters = "\"\\/bfnrt";
        static constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
        const auto which = at_ < text_.size() ? kLetters.find(text_[at_]) : std::string_view::npos;
        if (which == std::string_view::npos) return complain("no such escape");
        text += kMeanings[which];
        ++at_;
        return {};
    }

    Result<void> parse_code(std::string& text) {
        ZIGE_TRY(code, parse_hex());
        if (code == 0) return complain("NUL in a text ends");
        if (code >= 0xdc00 && code < 0xe000) return complain("half a pair ends");
        if (code >= 0xd800 && code < 0xdc00) {
            if (!take_word("\\u")) return complain("half a pair ends");
            ZIGE_TRY(low, parse_hex());
            if (low < 0xdc00 || low >= 0xe000) return complain("half a pair ends");
            code = 0x10000 + ((code - 0xd800) << 10U) + (low - 0xdc00);
        }
        append_utf8(text, code);
        return {};
    }

    Result<std::uint32_t> parse_hex() {
        std::uint32_t code = 0;
        const std::string_view digits = text_.substr(at_, 4);
        const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
        if (digits.size() < 4 || parsed.ec != std::errc{} || parsed.ptr != digits.data() + 4)
            return complain("no four hexadecimal digits");
        at_ += 4;
        return code;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

Result<Json> parse_json(std::string_view text, std::size_t limit) {
    if (text.size() > limit)
        return fail(ErrorId::api_too_large, "",
                    std::to_string(text.size()) + " bytes, at most " + std::to_string(limit));
    return Parser(text).parse();
}

}  // namespace zige
