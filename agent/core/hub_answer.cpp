#include "agent/core/hub_answer.h"

#include <charconv>

#include "shared/base/codes.h"

namespace zige::agent {
namespace {

constexpr std::size_t kMaxErrorBytes = 1024;
constexpr std::size_t kMaxHost = 253;

/// The text after "error": in a flat JSON object. Only names of the registry are taken from it.
std::string_view error_name(std::string_view json) {
    constexpr std::string_view kKey = "\"error\"";
    auto at = json.find(kKey);
    if (at == std::string_view::npos) return {};
    at = json.find_first_not_of(" \t\r\n:", at + kKey.size());
    if (at == std::string_view::npos || json[at] != '"') return {};
    const auto end = json.find('"', at + 1);
    return end == std::string_view::npos ? std::string_view{} : json.substr(at + 1, end - at - 1);
}

bool is_host(std::string_view host) {
    if (host.empty() || host.size() > kMaxHost) return false;
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        return host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
    return host.find_first_not_of(kAllowed) == std::string_view::npos;
}

bool is_port(std::string_view text) {
    unsigned port = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() && port >= 1 && port <= 65535;
}

}  // namespace

Result<Bytes> body_of(Result<HttpAnswer> answer) {
    if (!answer) return std::move(answer).error();
    if (answer->status == 200 || answer->status == 204) return std::move(answer->body);
    const std::string status = "status " + std::to_string(answer->status);
    const auto text = as_text(answer->body);
    if (const auto id = from_name<ErrorId>(error_name(text.substr(0, kMaxErrorBytes)))) return fail(*id, "hub", status);
    return fail(answer->status >= 500 ? ErrorId::net_refused : ErrorId::sync_refused, "hub", status);
}

Bytes kid_of(AgentId agent) {
    Bytes kid(4);
    for (std::size_t i = 0; i < kid.size(); ++i) kid[i] = static_cast<std::byte>(agent.value >> (24 - 8 * i) & 0xFFU);
    return kid;
}

Result<std::string> hub_url_of(std::string_view typed) {
    constexpr std::string_view kScheme = "https://";
    std::string_view address = typed;
    if (address.starts_with(kScheme)) address.remove_prefix(kScheme.size());
    if (address.ends_with('/')) address.remove_suffix(1);
    const auto colon = address.rfind(':');
    if (colon == std::string_view::npos || !is_host(address.substr(0, colon)) || !is_port(address.substr(colon + 1)))
        return fail(ErrorId::enrol_bad_slip, "hub_url", "host:port");
    return std::string(kScheme) + std::string(address);
}

}  // namespace zige::agent
