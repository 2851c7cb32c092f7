#include "agent/daemon/slip.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "shared/base/letters.h"
#include "shared/wire/codec.h"

namespace zige::daemon {
namespace {

constexpr std::string_view kCode = "zige:";
constexpr std::size_t kTokenDigits = 16;
constexpr std::size_t kFingerprintDigits = 20;
constexpr std::size_t kMinGroups = 12;  // characters of a token or fingerprint, at the least
constexpr std::string_view kBlanks = " \t\r\n";

bool is_blank(char c) { return kBlanks.find(c) != std::string_view::npos; }

/// What a Chinese keyboard, or a scanner on one, makes of an ASCII character.
struct Typed {
    std::string_view wide;
    char plain;
};
constexpr Typed kPunctuation[] = {{"\u3000", ' '}, {"。", '.'}, {"、", '/'}, {"【", '['}, {"】", ']'}, {"—", '-'}};

/// Plain ASCII for full-width forms (U+FF01 to U+FF5E) and the like; no byte order mark.
std::string plain_text(std::string_view typed) {
    std::string text;
    for (std::size_t at = 0; at < typed.size();) {
        const std::string_view three = typed.substr(at, 3);
        const auto known = std::ranges::find(kPunctuation, three, &Typed::wide);
        const auto second = three.size() == 3 ? static_cast<unsigned char>(three[1]) : 0U;
        const auto third = three.size() == 3 ? static_cast<unsigned char>(three[2]) : 0U;
        if (known != std::end(kPunctuation)) {
            text += known->plain;
        } else if (three == "\xEF\xBB\xBF") {
            // nothing
        } else if (three.size() == 3 && three[0] == '\xEF' && (second == 0xBC || second == 0xBD)) {
            text += static_cast<char>(second == 0xBC ? third - 0x81 + '!' : third - 0x80 + '`');
        } else {
            text += typed[at++];
            continue;
        }
        at += 3;
    }
    return text;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find_first_of("\r\n");
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
        while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
        if (!line.empty()) lines.push_back(line);
    }
    return lines;
}

/// Upper case; nothing when it is no digit of base 32 as people write them.
std::optional<char> digit_of(char typed) {
    const char c = typed >= 'a' && typed <= 'z' ? static_cast<char>(typed - 'a' + 'A') : typed;
    const bool known = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z' && c != 'U');
    return known ? std::optional(c) : std::nullopt;
}

/// Upper case without blanks and hyphens; empty when another character is among them.
std::string base32_of(std::string_view typed) {
    std::string plain;
    for (const char c : typed) {
        if (is_blank(c) || c == '-') continue;
        const auto digit = digit_of(c);
        if (!digit) return {};
        plain += *digit;
    }
    return plain;
}

/// What stands behind a label: "入网口令：ABCD-EFGH", "Token: ABCD-EFGH".
std::string_view behind_label(std::string_view line) {
    const auto colon = line.rfind(':');
    return colon == std::string_view::npos ? line : line.substr(colon + 1);
}

/// Up to the next slash, blanks left out; `rest` then begins behind it. Empty: there is no slash.
std::string up_to_slash(std::string_view& rest) {
    const auto slash = rest.find('/');
    std::string part;
    for (const char c : rest.substr(0, slash))
        if (!is_blank(c)) part += c;
    rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
    return slash == std::string_view::npos ? std::string() : part;
}

/// The code is over when the fingerprint has its digits, whatever stands behind it.
std::string fingerprint_in(std::string_view rest) {
    std::string digits;
    for (const char c : rest) {
        if (is_blank(c) || c == '-') continue;
        const auto digit = digit_of(c);
        if (!digit) break;
        digits += *digit;
        if (digits.size() == kFingerprintDigits) break;
    }
    return digits;
}

Result<agent::Slip> from_code(std::string_view code) {
    const std::string address = ascii_lower(up_to_slash(code));
    agent::Slip slip;
    slip.hub_url = "https://" + address;
    slip.token = base32_of(up_to_slash(code));
    slip.trust_fingerprint = fingerprint_in(code);
    constexpr std::string_view kAddress = "abcdefghijklmnopqrstuvwxyz0123456789.-:[]";
    const bool reachable = !address.empty() && address.find_first_not_of(kAddress) == std::string::npos;
    if (!reachable || slip.token.empty() || slip.trust_fingerprint.size() != kFingerprintDigits)
        return fail(ErrorId::enrol_bad_slip, "slip", "zige:HOST:PORT/TOKEN/FINGERPRINT");
    return slip;
}

/// The first code that is whole; else what was wrong with the first one; nothing: there is none.
std::optional<Result<agent::Slip>> find_code(std::string_view text) {
    const std::string small = ascii_lower(text);
    std::optional<Result<agent::Slip>> found;
    for (std::size_t at = small.find(kCode); at != std::string::npos; at = small.find(kCode, at + 1)) {
        auto read = from_code(text.substr(at + kCode.size()));
        if (read.ok()) return read;
        if (!found) found = std::move(read);
    }
    return found;
}

/// Token and fingerprint as groups under each other, however the lines were broken.
agent::Slip from_digits(const std::vector<std::string_view>& lines) {
    std::string all;
    for (const std::string_view line : lines) all += base32_of(behind_label(line));
    if (all.size() != kTokenDigits + kFingerprintDigits) return {};
    return {{}, all.substr(0, kTokenDigits), all.substr(kTokenDigits)};
}

agent::Slip from_groups(const std::vector<std::string_view>& lines) {
    agent::Slip slip;
    for (const std::string_view line : lines) {
        std::string plain = base32_of(behind_label(line));
        if (plain.size() < kMinGroups) continue;
        (slip.token.empty() ? slip.token : slip.trust_fingerprint) = std::move(plain);
        if (!slip.trust_fingerprint.empty()) return slip;
    }
    agent::Slip joined = from_digits(lines);
    return joined.token.empty() ? slip : joined;
}

}  // namespace

Result<agent::Slip> read_slip(std::string_view typed, std::string_view hub) {
    const std::string text = plain_text(typed);
    agent::Slip slip;
    if (auto code = find_code(text)) {
        if (!code->ok()) return code->error();
        slip = *std::move(*code);
    } else {
        slip = from_groups(lines_of(text));
    }
    if (!hub.empty()) slip.hub_url = hub;
    if (slip.token.empty()) return fail(ErrorId::enrol_bad_slip, "token");
    if (slip.trust_fingerprint.empty()) return fail(ErrorId::enrol_bad_slip, "fingerprint");
    if (slip.hub_url.empty()) return fail(ErrorId::enrol_bad_slip, "hub", "give --hub https://host:port");
    return slip;
}

bool is_slip_file(std::string_view content) {
    constexpr char kArrayOfFour = '\x84';  // begins no text
    return content.starts_with(kArrayOfFour);
}

Result<SlipFile> read_slip_file(ByteView content, std::string_view fingerprint, std::string_view hub) {
    ZIGE_TRY(file, wire::decode_enrol_file(content));
    SlipFile slip;
    slip.slip.hub_url = hub.empty() ? file.hub_url : std::string(hub);
    slip.slip.token = std::move(file.token);
    slip.slip.trust_fingerprint = base32_of(plain_text(fingerprint));
    slip.trust = std::move(file.trust);
    if (fingerprint.empty())
        return fail(ErrorId::enrol_bad_slip, "--fingerprint", "as it stands on the paper slip, or ask the bureau");
    if (slip.slip.trust_fingerprint.size() != kFingerprintDigits)
        return fail(ErrorId::enrol_bad_slip, "--fingerprint", "20 characters");
    return slip;
}

bool holds_code(std::string_view text) {
    const std::string plain = plain_text(text);
    const auto code = find_code(plain);
    return code && code->ok();
}

}  // namespace zige::daemon
