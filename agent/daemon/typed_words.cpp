#include "agent/daemon/typed_words.h"

#include <algorithm>

#include "shared/base/letters.h"
#include "shared/wire/cbor.h"

namespace zige::daemon {
namespace {

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// "--reason" of "--reason=...", or the option before the word; "" for a word that stands alone.
std::string option_at(std::span<const std::string_view> words, std::size_t at) {
    const std::string_view own = words[at].substr(0, words[at].find('='));
    if (own.starts_with("--") && is_ascii(own)) return std::string(own);
    if (at > 0 && words[at - 1].starts_with("--") && is_ascii(words[at - 1])) return std::string(words[at - 1]);
    return {};
}

}  // namespace

bool types_gb18030(std::string_view locale) {
    const auto dot = locale.find('.');
    if (dot == std::string_view::npos) return false;
    std::string charset;
    for (const char c : locale.substr(dot + 1, locale.find('@') - dot - 1))
        if (c != '-' && c != '_') charset += ascii_lower(c);
    return charset == "gb18030" || charset == "gbk" || charset == "gb2312" || charset == "euccn" || charset == "cp936";
}

Result<std::vector<std::string>> typed_words(std::span<const std::string_view> words, std::string_view locale,
                                             const TextDecoder& gb18030) {
    const bool gb = types_gb18030(locale);
    std::vector<std::string> typed;
    typed.reserve(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (is_ascii(words[i]) || (!gb && wire::is_plain_text(as_bytes(words[i])))) {
            typed.emplace_back(words[i]);
            continue;
        }
        auto text = gb ? gb18030.to_utf8(as_bytes(words[i])) : Result<std::string>(fail(ErrorId::file_bad_encoding));
        if (!text) return fail(ErrorId::usage_bad_argument, option_at(words, i), gb ? "not GB18030" : "not UTF-8");
        typed.push_back(*std::move(text));
    }
    return typed;
}

}  // namespace zige::daemon
