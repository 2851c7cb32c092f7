#include "agent/daemon/slip.h"

#include <algorithm>
#include <vector>

namespace zige::daemon {
namespace {

constexpr std::size_t kMinGroups = 12;  // characters of a token or fingerprint, at the least

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
            line.remove_suffix(1);
        while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
        if (!line.empty()) lines.push_back(line);
    }
    return lines;
}

/// Upper case without blanks and hyphens; empty when another character is among them.
std::string base32_of(std::string_view typed) {
    std::string plain;
    for (const char c : typed) {
        if (c == ' ' || c == '-') continue;
        const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        if (!((upper >= '0' && upper <= '9') || (upper >= 'A' && upper <= 'Z')) || upper == 'U') return {};
        plain += upper;
    }
    return plain;
}

/// What stands behind a label: "入网码：ABCD-EFGH", "Token: ABCD-EFGH".
std::string_view behind_label(std::string_view line) {
    constexpr std::string_view kWideColon = "：";
    if (const auto wide = line.rfind(kWideColon); wide != std::string_view::npos)
        return line.substr(wide + kWideColon.size());
    const auto colon = line.rfind(':');
    return colon == std::string_view::npos ? line : line.substr(colon + 1);
}

Result<agent::Slip> from_code(std::string_view code) {
    const auto last = code.rfind('/');
    const auto first = last == std::string_view::npos || last == 0 ? last : code.rfind('/', last - 1);
    if (first == std::string_view::npos || first == last)
        return fail(ErrorId::enrol_bad_slip, "slip", "zige:HOST:PORT/TOKEN/FINGERPRINT");
    agent::Slip slip;
    slip.hub_url = "https://" + std::string(code.substr(0, first));
    slip.token = base32_of(code.substr(first + 1, last - first - 1));
    slip.trust_fingerprint = base32_of(code.substr(last + 1));
    return slip;
}

agent::Slip from_groups(const std::vector<std::string_view>& lines) {
    agent::Slip slip;
    for (const std::string_view line : lines) {
        std::string plain = base32_of(behind_label(line));
        if (plain.size() < kMinGroups) continue;
        (slip.token.empty() ? slip.token : slip.trust_fingerprint) = std::move(plain);
        if (!slip.trust_fingerprint.empty()) break;
    }
    return slip;
}

}  // namespace

Result<agent::Slip> read_slip(std::string_view text, std::string_view hub) {
    constexpr std::string_view kCode = "zige:";
    const std::vector<std::string_view> lines = lines_of(text);
    agent::Slip slip;
    bool coded = false;
    for (const std::string_view line : lines) {
        const auto at = line.find(kCode);
        if (at == std::string_view::npos || coded) continue;
        ZIGE_TRY(read, from_code(line.substr(at + kCode.size())));
        slip = std::move(read);
        coded = true;
    }
    if (!coded) slip = from_groups(lines);
    if (!hub.empty()) slip.hub_url = hub;
    if (slip.token.empty()) return fail(ErrorId::enrol_bad_slip, "token");
    if (slip.trust_fingerprint.empty()) return fail(ErrorId::enrol_bad_slip, "fingerprint");
    if (slip.hub_url.empty()) return fail(ErrorId::enrol_bad_slip, "hub", "give --hub https://host:port");
    return slip;
}

}  // namespace zige::daemon
