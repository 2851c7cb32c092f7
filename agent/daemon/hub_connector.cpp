#include "agent/daemon/hub_connector.h"

#include "agent/daemon/options.h"
#include "shared/poco/transport.h"

namespace zige::daemon {
namespace {

constexpr std::size_t kMaxUrl = 300;

}  // namespace

Result<HubAddress> parse_hub_url(std::string_view url) {
    const auto bad = [&](const char* why) { return fail(ErrorId::enrol_bad_slip, "hub", why); };
    constexpr std::string_view kScheme = "https://";
    if (url.size() > kMaxUrl) return bad("too long");
    std::string_view rest = url;
    if (rest.starts_with(kScheme)) rest.remove_prefix(kScheme.size());
    if (rest.ends_with('/')) rest.remove_suffix(1);
    const auto colon = rest.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return bad("host and port, as in https://10.1.2.3:8443");
    std::string_view host = rest.substr(0, colon);
    const auto port = parse_number(rest.substr(colon + 1), "hub", 1, 65535);
    if (!port) return bad("the port is a number from 1 to 65535");
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host.empty() || host.find_first_of("/@?# []") != std::string_view::npos) return bad("not a host");
    return HubAddress{std::string(host), static_cast<std::uint16_t>(*port)};
}

Result<std::unique_ptr<Transport>> HubConnector::connect(const Peer& peer) {
    ZIGE_TRY(address, parse_hub_url(peer.hub_url));
    PocoTransportOptions options;
    options.host = address.host;
    options.port = address.port;
    options.ca_der = peer.tls_ca;
    options.now = now_;
    options.stop = stop_.get_token();
    if (!peer.certificate.empty()) {
        ZIGE_TRY(key, keys_.tls_key());
        options.identity = TlsIdentity{std::move(key), peer.certificate};
    }
    auto transport = make_poco_transport(std::move(options));
    if (!transport && transport.error().id == ErrorId::crypto_bad_key)
        return fail(ErrorId::enrol_damaged, "keys/tls.pem", transport.error().describe());
    return transport;
}

}  // namespace zige::daemon
